"""Memory known by its address only: copied into bytes, or shown as a ctypes array or through a memoryview."""
ID = 'A4'
NAME = 'ctypes_memory'
GROUP = 'array, struct, ctypes'
KIND = 'Z'
REQUIRES = 'ctypes'
SETUP = '''
import ctypes
from ctypes import addressof, c_ubyte, string_at
raw = payload(offset + n + 64)
block = (c_ubyte * len(raw)).from_buffer_copy(raw)
address = addressof(block) + offset
Block = c_ubyte * n
'''
SOURCE = 'block'
COPY = 'string_at(address, n)'
VIEW = 'Block.from_address(address)'
VIEWS = {'memoryview_at': 'ctypes.memoryview_at(address, n)'}
SINCE = {'memoryview_at': '3.14'}
NOTE = 'the array type is made once; no view keeps an owner alive: who hands it over must outlive it'
