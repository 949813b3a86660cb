"""The body of a web request off a socket, 4 KiB at a time: appended to bytes, joined, or received in place."""
ID = 'R4'
NAME = 'http_body'
GROUP = 'scenario'
KIND = 'Q'
SIZES = '16K..1M'
SETUP = '''
from socket import socketpair
body = payload(n)
pieces = [body[first:first + 4096] for first in range(0, n, 4096)]
left, right = socketpair()
buffer = bytearray(b'x') * n
window = memoryview(buffer)
'''
SOURCE = 'body'
COPY = '''
out = b''
for piece in pieces:
    left.send(piece)
    out += right.recv(4096)
'''
VIEW = '''
at = 0
for piece in pieces:
    left.send(piece)
    at += right.recv_into(window[at:])
out = buffer
'''
VIEWS = {
    'join': '''
received = []
for piece in pieces:
    left.send(piece)
    received.append(right.recv(4096))
out = b''.join(received)
del received
''',
    'take_bytes': '''
received = bytearray()
for piece in pieces:
    left.send(piece)
    received += right.recv(4096)
out = received.take_bytes()
del received
''',
}
SINCE = {'take_bytes': '3.15'}
NULL = '''
for piece in pieces:
    left.send(piece)
    right.recv_into(buffer)
out = body
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''a socketpair of one process, filled and drained in every arm, null included; the length is known from
the header, so the buffer can be made before; take_bytes hands over
what a bytearray has grown to'''
