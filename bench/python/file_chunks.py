"""A file put together from reads of 16 KiB: pieces joined at the end, or read where they are to lie."""
ID = 'F2'
NAME = 'file_chunks'
GROUP = 'files'
KIND = 'R'
SIZES = '32K..64M'
SETUP = '''
import os
from tempfile import TemporaryFile
raw = payload(n)
file = TemporaryFile(buffering=0)
file.write(raw)
k = 16384
buffer = bytearray(b'x') * n
window = memoryview(buffer)
descriptor = file.fileno()
'''
SOURCE = 'buffer'
COPY = '''
file.seek(0)
pieces = []
while True:
    piece = file.read(k)
    if not piece:
        break
    pieces.append(piece)
out = b''.join(pieces)
del pieces, piece
'''
VIEW = '''
file.seek(0)
at = 0
while True:
    got = file.readinto(window[at:at + k])
    if not got:
        break
    at += got
out = buffer
'''
VIEWS = {
    'os': '''
file.seek(0)
at = 0
while True:
    got = os.readinto(descriptor, window[at:at + k])
    if not got:
        break
    at += got
out = buffer
''',
}
SINCE = {'os': '3.14'}
NULL = '''
file.seek(0)
buffer
'''
HOT_ONLY = 'the bytes lie in the page cache, which both arms find as the last one left it'
NOTE = '''page cache warm; unbuffered, so that all arms make the same system calls (n/16 KiB reads and one
that finds the end); the view makes a slice of a memoryview for each; view:os goes by the
descriptor, without the file object between'''
