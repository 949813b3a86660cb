"""A buffer through pickle and back in one process: inside the stream, or handed over beside it."""
ID = 'P2'
NAME = 'pickle_oob'
GROUP = 'pickle'
KIND = 'Z'
SETUP = '''
from pickle import PickleBuffer, dumps, loads
b = payload(offset + n + 64)
mv = memoryview(b)[offset:offset + n]
'''
SOURCE = 'b'
COPY = 'loads(dumps(PickleBuffer(mv), protocol=5))'
VIEW = '''
buffers = []
stream = dumps(PickleBuffer(mv), protocol=5, buffer_callback=buffers.append)
loads(stream, buffers=buffers)
'''
NOTE = '''the result of the view is the sender's memory: fair only where both ends may share it; the copy
passes the bytes twice, into the stream and out of it'''
