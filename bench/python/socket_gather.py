"""A message in four parts through a socket: joined and sent, or gathered by the kernel."""
ID = 'S3'
NAME = 'socket_gather'
GROUP = 'sockets'
KIND = 'R'
SIZES = '1K..64K'
SETUP = '''
from socket import socketpair
data = payload(n)
ends = [n * k // 4 for k in range(5)]
parts = [data[first:last] for first, last in zip(ends, ends[1:])]
left, right = socketpair()
got_by_copy, got_by_view = bytearray(b'x') * n, bytearray(b'x') * n
'''
SOURCE = 'data'
COPY = '''
left.send(b''.join(parts))
right.recv_into(got_by_copy)
got_by_copy
'''
VIEW = '''
left.sendmsg(parts)
right.recv_into(got_by_view)
got_by_view
'''
NULL = '''
left.send(data)
right.recv_into(got_by_copy)
got_by_copy
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''a socketpair of one process, filled and drained in every arm; sendmsg makes tables of 96 bytes a
part, join an object of all; the kernel takes at most 1024 parts a call'''
