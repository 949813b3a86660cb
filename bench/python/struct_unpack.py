"""A record of 64-bit numbers inside a larger buffer, turned into a tuple."""
ID = 'A2'
NAME = 'struct_unpack'
GROUP = 'array, struct, ctypes'
KIND = 'R'
SIZES = '64..1M'
SETUP = '''
from struct import unpack, unpack_from
b = payload(offset + n + 64)
form = '%dq' % (n // 8)
i, j = offset, offset + n // 8 * 8
'''
SOURCE = 'b'
COPY = 'unpack(form, b[i:j])'
VIEW = 'unpack_from(form, b, i)'
DROP_ONLY = 'its result is a tuple of numbers, the same in both arms'
NOTE = '''both arms make the same tuple of n/8 ints, which costs far more than the slice that sharing
saves; the format is made once'''
