"""Bytes from a socket that fill an eighth of what was asked for: into a new object, or a buffer made before."""
ID = 'S1'
NAME = 'socket_recv_sparse'
GROUP = 'sockets'
KIND = 'R'
SIZES = '64..64K'
SETUP = '''
from socket import socketpair
data = payload(n)
left, right = socketpair()
asked = 8 * n
buffer = bytearray(b'x') * asked
window = memoryview(buffer)
'''
SOURCE = 'data'
COPY = '''
left.send(data)
right.recv(asked)
'''
VIEW = '''
left.send(data)
window[:right.recv_into(buffer)]
'''
NULL = '''
left.send(data)
right.recv_into(buffer)
data
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''recv makes an object of all it asks for and shrinks it to what came; a socketpair of one process,
filled and drained in every arm'''
