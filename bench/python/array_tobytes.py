"""The bytes of an array.array: copied out, or shown through a memoryview."""
ID = 'A1'
NAME = 'array_tobytes'
GROUP = 'array, struct, ctypes'
KIND = 'Z'
SETUP = '''
from array import array
raw = payload(n)
a = array('B', raw)
'''
SOURCE = 'a'
COPY = 'a.tobytes()'
VIEW = 'memoryview(a)'
NOTE = '''items of one byte, so that both results have the same shape and type; the array cannot grow
while the view lives'''
