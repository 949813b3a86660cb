"""A part of an Arrow buffer: as bytes, or as a buffer on the same memory."""
ID = 'I2'
NAME = 'arrow_buffer'
GROUP = 'interchange'
KIND = 'Z'
REQUIRES = 'pyarrow'
SETUP = '''
from pyarrow import py_buffer
b = payload(offset + n + 64)
whole = py_buffer(b)
'''
SOURCE = 'b'
COPY = 'whole.slice(offset, n).to_pybytes()'
VIEW = 'whole.slice(offset, n)'
NOTE = 'the copy is made from the same slice: one object more, and its bytes'
