"""A message sent through a full socket: what is left after each partial send, as new bytes or as a view."""
ID = 'S2'
NAME = 'socket_send_rest'
GROUP = 'sockets'
KIND = 'Q'
SIZES = '16K..1M'
SETUP = '''
from socket import SO_SNDBUF, SOL_SOCKET, socketpair
data = payload(n)
view = memoryview(data)
left, right = socketpair()
left.setsockopt(SOL_SOCKET, SO_SNDBUF, 4096)
left.setblocking(False)
got_by_copy, got_by_view, sink = (bytearray(b'x') * n for _ in range(3))
into_copy, into_view = memoryview(got_by_copy), memoryview(got_by_view)
pieces = [data[first:first + 4096] for first in range(0, n, 4096)]
'''
SOURCE = 'data'
COPY = '''
rest, at = data, 0
while rest:
    sent = left.send(rest)
    at += right.recv_into(into_copy[at:])
    rest = rest[sent:]
out = got_by_copy
'''
VIEW = '''
rest, at = view, 0
while rest:
    sent = left.send(rest)
    at += right.recv_into(into_view[at:])
    rest = rest[sent:]
out = got_by_view
'''
NULL = '''
for piece in pieces:
    left.send(piece)
    right.recv_into(sink)
out = data
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''a socketpair of one process whose send buffer holds 8 KiB: the kernel takes what fits, the
other end takes it out; the same system calls in both arms, in null on pieces of 4 KiB made before'''
