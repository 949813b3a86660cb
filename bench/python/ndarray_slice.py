"""A part of an ndarray: copied out, or shown by a basic slice."""
ID = 'N1'
NAME = 'ndarray_slice'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
import numpy
raw = payload(offset + n + 64)
a = numpy.frombuffer(raw, numpy.uint8).copy()
i, j = offset, offset + n
'''
SOURCE = 'a'
COPY = 'a[i:j].copy()'
VIEW = 'a[i:j]'
NOTE = 'the copy is made from the same slice: one ndarray more, and its data'
