"""Bytes that arrived from elsewhere as an ndarray: with data of its own, or on the bytes themselves."""
ID = 'N6'
NAME = 'frombuffer'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
from numpy import frombuffer, uint8
b = payload(offset + n + 64)
'''
SOURCE = 'b'
COPY = 'frombuffer(b, uint8, n, offset).copy()'
VIEW = 'frombuffer(b, uint8, n, offset)'
NOTE = 'the copy is writable, the view is not; the copy makes one ndarray more, and its data'
