"""A message of 64-bit numbers behind its header: packed and concatenated, or packed where it is to lie."""
ID = 'A3'
NAME = 'struct_pack'
GROUP = 'array, struct, ctypes'
KIND = 'R'
SIZES = '64..1M'
SETUP = '''
from struct import pack, pack_into, unpack
form = '%dq' % (n // 8)
raw = payload(n)
numbers = unpack(form, raw[:n // 8 * 8])
head = payload(16)
message = bytearray(head) + bytearray(b'x') * (n // 8 * 8)
'''
SOURCE = 'message'
COPY = 'head + pack(form, *numbers)'
VIEW = '''
pack_into(form, message, 16, *numbers)
message
'''
NOTE = '''both arms pass the same tuple of numbers; the copy makes two bytes objects, the view writes into
one bytearray again and again'''
