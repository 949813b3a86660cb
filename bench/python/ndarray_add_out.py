"""The sum of two arrays: as a new array, or into one made before."""
ID = 'N12'
NAME = 'ndarray_add_out'
GROUP = 'numpy'
KIND = 'R'
REQUIRES = 'numpy'
SETUP = '''
from numpy import add, frombuffer, int64
raw = payload(2 * (n // 8 * 8))
a = frombuffer(raw, int64, n // 8)
b = frombuffer(raw, int64, n // 8, n // 8 * 8)
c = a ^ b
'''
SOURCE = 'a'
COPY = 'a + b'
VIEW = 'add(a, b, out=c)'
NOTE = '''both arms add the same numbers; the copy also makes an ndarray and its data; no temporary of which
numpy could reuse the memory stands in the statement'''
