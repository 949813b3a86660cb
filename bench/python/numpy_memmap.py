"""A file of numbers and the largest of them: read into an array, or mapped and read where it lies."""
ID = 'M2'
NAME = 'numpy_memmap'
GROUP = 'mmap, shared memory'
KIND = 'L'
REQUIRES = 'numpy'
SIZES = '4K..64M'
SETUP = '''
from mmap import mmap
from numpy import fromfile, memmap, uint8
from tempfile import TemporaryFile
raw = payload(n)
file = TemporaryFile(buffering=0)
file.write(raw)
path = '/proc/self/fd/%d' % file.fileno()
whole = mmap(file.fileno(), n)
'''
SOURCE = 'whole'
COPY = '''
out = fromfile(path, uint8)
largest = out.max()
'''
VIEW = '''
out = memmap(path, uint8, 'r')
largest = out.max()
'''
HOT_ONLY = 'the bytes lie in the page cache, which both arms find as the last one left it'
NOTE = '''page cache warm; both arms open the file by its name and read every byte, because a mapping costs nothing
until it is touched and then a page fault for every few pages'''
