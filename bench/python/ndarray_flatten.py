"""A table as one row: flattened into an array of its own, or shown as one."""
ID = 'N2'
NAME = 'ndarray_flatten'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
import numpy
raw = payload(offset + n + 64)
whole = numpy.frombuffer(raw, numpy.uint8).copy()
table = whole[offset:offset + n // 2 * 2].reshape(2, -1)
'''
SOURCE = 'whole'
COPY = 'table.flatten()'
VIEW = 'table.ravel()'
VIEWS = {'reshape': 'table.reshape(-1)'}
NOTE = 'contiguous, else ravel and reshape copy too; each arm makes one ndarray, the copy also its data'
