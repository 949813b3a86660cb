"""A part of mapped memory: copied out, or shown through a memoryview made for the purpose."""
ID = 'M1'
NAME = 'mmap_slice'
GROUP = 'mmap, shared memory'
KIND = 'Z'
SETUP = '''
from mmap import mmap
raw = payload(offset + n + 64)
mm = mmap(-1, len(raw))
mm[:] = raw
i, j = offset, offset + n
'''
SOURCE = 'mm'
COPY = 'mm[i:j]'
VIEW = 'memoryview(mm)[i:j]'
NOTE = '''anonymous and written to beforehand, so that no arm pays for first touch; the view makes its
memoryview in the statement, because one kept open would keep the mapping from being closed'''
