"""A message for another process: pickled through a pipe, or a note of where it lies in shared memory."""
ID = 'M3'
NAME = 'shared_memory'
GROUP = 'mmap, shared memory'
KIND = 'Z'
SIZES = '64..32K'
SETUP = '''
from multiprocessing import Pipe
from multiprocessing.shared_memory import SharedMemory
from os import getpid
data = payload(n)
shared = SharedMemory('zcb-%d' % getpid(), create=True, size=offset + n + 64)
shared.unlink()
shared.buf[offset:offset + n] = data
block = shared.buf
reader, writer = Pipe(duplex=False)
place = offset, offset + n
'''
SOURCE = 'block'
COPY = '''
writer.send(data)
reader.recv()
'''
VIEW = '''
writer.send(place)
first, last = reader.recv()
block[first:last]
'''
NULL = '''
writer.send(None)
reader.recv()
block
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
NOTE = '''without set-up: the shared memory is made once and unlinked at once, so that nothing is left behind;
both ends in one process, so that no waking of the other is in the times; at most what a pipe holds'''
