"""Bytes from a socket: into a new object, or into a buffer made before."""
ID = 'S1'
NAME = 'socket_recv'
GROUP = 'sockets'
KIND = 'R'
SIZES = '64..64K'
SETUP = '''
from socket import socketpair
data = payload(n)
left, right = socketpair()
buffer = bytearray(b'x') * n
'''
SOURCE = 'data'
COPY = '''
left.send(data)
right.recv(n)
'''
VIEW = '''
left.send(data)
right.recv_into(buffer)
buffer
'''
NULL = '''
left.send(data)
right.recv_into(buffer)
data
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''a socketpair of one process: every arm fills it and drains it, null too, which therefore costs what
the view costs; all that was asked for arrives'''
