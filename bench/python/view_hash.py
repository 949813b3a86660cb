"""The hash of a part of a buffer: of a bytes object made for it, or of the view itself."""
ID = 'C9'
NAME = 'view_hash'
GROUP = 'core'
KIND = 'R'
SIZES = '256..64M'
SETUP = '''
b = payload(offset + n + 64)
mv = memoryview(b)[offset:offset + n]
'''
SOURCE = 'b'
COPY = 'hash(bytes(mv))'
VIEW = 'hash(mv[:])'
DROP_ONLY = 'its result is a hash: the arms read every byte themselves'
NOTE = '''a view keeps its hash, so the view hashed is made anew each time; from 256 B on, because a
memoryview object itself takes as much as the bytes object of a shorter part; read-only views of bytes only'''
