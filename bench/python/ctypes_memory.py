"""Memory known by its address only: copied into bytes, or shown through a memoryview."""
ID = 'A4'
NAME = 'ctypes_memory'
GROUP = 'array, struct, ctypes'
KIND = 'Z'
REQUIRES = 'ctypes'
PYTHON = '3.14'
SETUP = '''
from ctypes import addressof, c_ubyte, memoryview_at, string_at
raw = payload(offset + n + 64)
block = (c_ubyte * len(raw)).from_buffer_copy(raw)
address = addressof(block) + offset
'''
SOURCE = 'block'
COPY = 'string_at(address, n)'
VIEW = 'memoryview_at(address, n)'
NOTE = 'the view keeps no owner alive: who hands it over must outlive it'
