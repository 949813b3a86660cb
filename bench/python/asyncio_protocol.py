"""Bytes from a socket through asyncio: handed to a Protocol as bytes, or put into a BufferedProtocol's buffer."""
ID = 'S4'
NAME = 'asyncio_protocol'
GROUP = 'sockets'
KIND = 'R'
SIZES = '64..64K'
SETUP = '''
import asyncio
from socket import socketpair
data = payload(n)
loop = asyncio.new_event_loop()
class Receiver(asyncio.Protocol):
    def data_received(self, chunk):
        self.result = chunk
        self.done.set_result(None)
class BufferedReceiver(asyncio.BufferedProtocol):
    def __init__(self):
        self.result = bytearray(b'x') * n
    def get_buffer(self, hint):
        return self.result
    def buffer_updated(self, count):
        self.done.set_result(None)
def connected(receiver):
    near, far = socketpair()
    far.setblocking(False)
    loop.run_until_complete(loop.create_connection(lambda: receiver, sock=far))
    return near
plain, buffered = Receiver(), BufferedReceiver()
to_plain, to_buffered = connected(plain), connected(buffered)
near, far = socketpair()
sink = bytearray(b'x') * n
'''
SOURCE = 'data'
COPY = '''
plain.done = loop.create_future()
to_plain.send(data)
loop.run_until_complete(plain.done)
plain.result
'''
VIEW = '''
buffered.done = loop.create_future()
to_buffered.send(data)
loop.run_until_complete(buffered.done)
buffered.result
'''
NULL = '''
near.send(data)
far.recv_into(sink)
data
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''a socketpair of one process, filled and drained in every arm, in null without asyncio; the loop
runs until the message is there, in one piece; a Protocol's transport makes an object of 256 KiB for every read and
shrinks it, a BufferedProtocol is asked for its buffer'''
