"""A part of a bytes object: copied out, or shown through a slice of a memoryview."""
ID = 'C1'
NAME = 'bytes_slice'
GROUP = 'core'
KIND = 'Z'
SETUP = '''
b = payload(offset + n + 64)
mv = memoryview(b)
i, j = offset, offset + n
'''
SOURCE = 'b'
COPY = 'b[i:j]'
VIEW = 'mv[i:j]'
NOTE = 'both arms build their slice in the statement, as programs do; each makes one object'
