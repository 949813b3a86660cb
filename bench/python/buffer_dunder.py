"""An object of a Python class hands over its data: by a method that returns bytes, or as a buffer (PEP 688)."""
ID = 'B7'
NAME = 'buffer_dunder'
GROUP = 'buffer protocol'
KIND = 'Z'
PYTHON = '3.12'
SETUP = '''
b = payload(offset + n + 64)
class Packet:
    def __init__(self, data, first, last):
        self.data, self.first, self.last = data, first, last
        self.view = memoryview(data)
    def to_bytes(self):
        return self.data[self.first:self.last]
    def __buffer__(self, flags):
        return self.view[self.first:self.last]
packet = Packet(b, offset, offset + n)
'''
SOURCE = 'b'
COPY = 'packet.to_bytes()'
VIEW = 'memoryview(packet)'
NOTE = '''one call of a Python method in each arm; every export makes a slice of a view, a wrapper that
releases it, and the memoryview asked for'''
