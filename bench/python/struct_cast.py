"""A record of 64-bit numbers turned into a list: unpacked from a slice, or taken from a cast view."""
ID = 'A2'
NAME = 'struct_cast'
GROUP = 'array, struct, ctypes'
KIND = 'R'
SIZES = '64..1M'
SETUP = '''
from struct import unpack
b = payload(offset + n + 64)
form = '%dq' % (n // 8)
i, j = offset, offset + n // 8 * 8
numbers = memoryview(b)[i:j].cast('q')
'''
SOURCE = 'b'
COPY = 'list(unpack(form, b[i:j]))'
VIEWS = {'cast': 'numbers.tolist()'}
DROP_ONLY = 'its result is a list of numbers, the same in both arms'
NOTE = '''both arms make the same list of n/8 ints; format and cast view of the record are made once; the copy
makes a slice and a tuple on the way; a tuple straight from the view is slower and, from 3.14 on, takes more memory'''
