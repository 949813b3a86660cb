"""The same run of rows out of an ndarray: by a list of indices, which copies, or by a basic slice."""
ID = 'N3'
NAME = 'ndarray_index'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
import numpy
raw = payload(offset + n + 64)
a = numpy.frombuffer(raw[:len(raw) // 8 * 8], numpy.int64).copy()
i, j = offset // 8, (offset + n) // 8
indices = numpy.arange(i, j)
'''
SOURCE = 'a'
COPY = 'a[indices]'
VIEW = 'a[i:j]'
NOTE = '''64-bit items; the indices, made once, are as long as the data: what a copy by index costs beyond
memcpy is the price of choosing freely'''
