"""A packet in a receive buffer: header parsed and payload handed on, by slices or in place."""
ID = 'R2'
NAME = 'packet_parse'
GROUP = 'scenario'
KIND = 'Z'
SIZES = '64..64K'
SETUP = '''
from struct import Struct
header = Struct('!HHIQ')
received = (payload(offset + 16)[:offset] + header.pack(7, 1, n - 16, 1 << 60)
            + payload(n - 16) + payload(64))
mv = memoryview(received)
at = offset
'''
SOURCE = 'received'
COPY = '''
kind, flags, length, stamp = header.unpack(received[at:at + 16])
received[at + 16:at + 16 + length]
'''
VIEW = '''
kind, flags, length, stamp = header.unpack_from(received, at)
mv[at + 16:at + 16 + length]
'''
NOTE = '''a packet of n bytes: 16 of header, which says the length of the payload; the memoryview of the
receive buffer is made once; two objects by slices, one in place'''
