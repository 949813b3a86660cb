"""A message for another process: pickled through a pipe, or put into shared memory made for it alone."""
ID = 'M3'
NAME = 'shared_memory_setup'
GROUP = 'mmap, shared memory'
KIND = 'R'
SIZES = '8K..32K'
SETUP = '''
from multiprocessing import Pipe
from multiprocessing.shared_memory import SharedMemory
from os import getpid
from zlib import crc32
data = payload(n)
reader, writer = Pipe(duplex=False)
name = 'zcb-%d' % getpid()
'''
SOURCE = 'data'
COPY = '''
writer.send(data)
crc32(reader.recv())
'''
VIEW = '''
made = SharedMemory(name, create=True, size=n)
made.buf[:n] = data
writer.send(made.name)
attached = SharedMemory(name=reader.recv())
part = attached.buf[:n]
out = crc32(part)
part.release()
attached.close()
made.close()
made.unlink()
del made, attached, part
'''
NULL = '''
writer.send(None)
reader.recv()
crc32(data)
'''
HOT_ONLY = 'the bytes pass through the kernel, which has just written them when they arrive'
DROP_ONLY = 'its result is a checksum: the arms read every byte themselves'
NOTE = '''with set-up: one shared memory is made, filled, found by its name, and removed for each message; the
receiver adds up all bytes in every arm, null included; both ends in one process; from 8 KiB on, because the
set-up itself takes more memory than a short message'''
