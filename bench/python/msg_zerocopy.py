"""Bytes into a TCP connection: copied by the kernel at once, or pinned until they are sent (MSG_ZEROCOPY)."""
ID = 'S5'
NAME = 'msg_zerocopy'
GROUP = 'sockets'
KIND = 'K'
SIZES = '4K..64K'
SETUP = '''
from socket import MSG_ERRQUEUE, SOL_SOCKET, create_connection, create_server
SO_ZEROCOPY, MSG_ZEROCOPY = 60, 0x4000000
data = payload(n)
def connected():
    with create_server(('127.0.0.1', 0)) as server:
        near = create_connection(server.getsockname())
        far = server.accept()[0]
    near.setsockopt(SOL_SOCKET, SO_ZEROCOPY, 1)
    return near, far
(near, far), (pinned_near, pinned_far) = connected(), connected()
got_by_copy, got_by_view = bytearray(b'x') * n, bytearray(b'x') * n
into_copy, into_view = memoryview(got_by_copy), memoryview(got_by_view)
one = bytearray(1)
'''
SOURCE = 'data'
COPY = '''
near.send(data)
at = 0
while at < n:
    at += far.recv_into(into_copy[at:])
out = got_by_copy
'''
VIEW = '''
pinned_near.send(data, MSG_ZEROCOPY)
at = 0
while at < n:
    at += pinned_far.recv_into(into_view[at:])
pinned_near.recvmsg(0, 64, MSG_ERRQUEUE)
out = got_by_view
'''
NULL = '''
near.send(one)
far.recv_into(one)
data
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''TCP over loopback, where the kernel copies pinned pages after all before they are received: what
is seen is the price of asking (pinning, and the notice that the memory is free again), not the saving of a
network card; null passes a single byte'''
