"""A record of 64-bit numbers turned into a tuple: unpacked from a slice, or read through a cast view."""
ID = 'A2'
NAME = 'struct_cast'
GROUP = 'array, struct, ctypes'
KIND = 'R'
SIZES = '512..1M'
SETUP = '''
from struct import unpack
b = payload(offset + n + 64)
form = '%dq' % (n // 8)
i, j = offset, offset + n // 8 * 8
numbers = memoryview(b)[i:j].cast('q')
'''
SOURCE = 'b'
COPY = 'unpack(form, b[i:j])'
VIEWS = {'cast': 'tuple(numbers)'}
NOTE = '''both arms make the same tuple of n/8 ints; format and cast view of the record are made once; from
512 B on, because iterating over a view makes an iterator and, before 3.10, an exception at its end'''
