"""A part of a bytearray as a ctypes array: with memory of its own, or on the bytearray's."""
ID = 'A4'
NAME = 'ctypes_buffer'
GROUP = 'array, struct, ctypes'
KIND = 'Z'
REQUIRES = 'ctypes'
SETUP = '''
from ctypes import c_ubyte
raw = payload(offset + n + 64)
ba = bytearray(raw)
Block = c_ubyte * n
'''
SOURCE = 'ba'
COPY = 'Block.from_buffer_copy(ba, offset)'
VIEW = 'Block.from_buffer(ba, offset)'
NOTE = '''the array type is made once; the view makes more objects (a memoryview and a dict that keep the
bytearray exported) and locks it against resizing'''
