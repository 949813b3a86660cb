"""The bytes of an ndarray: copied out, or shown through a memoryview."""
ID = 'N7'
NAME = 'ndarray_tobytes'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
import numpy
raw = payload(offset + n + 64)
whole = numpy.frombuffer(raw, numpy.uint8).copy()
a = whole[offset:offset + n]
'''
SOURCE = 'a'
COPY = 'a.tobytes()'
VIEW = 'a.data'
VIEWS = {'memoryview': 'memoryview(a)'}
NOTE = '''a view is not free: numpy describes its buffer anew at every export; two blocks (managed
buffer, memoryview) against the copy's one'''
