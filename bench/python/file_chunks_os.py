"""A file put together from reads of 16 KiB by descriptor: pieces joined at the end, or read in place."""
ID = 'F2'
NAME = 'file_chunks_os'
GROUP = 'files'
KIND = 'R'
SIZES = '32K..64M'
PYTHON = '3.14'
SETUP = '''
from os import SEEK_SET, lseek, read, readinto
from tempfile import TemporaryFile
raw = payload(n)
file = TemporaryFile(buffering=0)
file.write(raw)
descriptor = file.fileno()
k = 16384
buffer = bytearray(b'x') * n
window = memoryview(buffer)
'''
SOURCE = 'buffer'
COPY = '''
lseek(descriptor, 0, SEEK_SET)
pieces = []
while True:
    piece = read(descriptor, k)
    if not piece:
        break
    pieces.append(piece)
out = b''.join(pieces)
del pieces, piece
'''
VIEWS = {
    'os': '''
lseek(descriptor, 0, SEEK_SET)
at = 0
while True:
    got = readinto(descriptor, window[at:at + k])
    if not got:
        break
    at += got
out = buffer
''',
}
NULL = '''
lseek(descriptor, 0, SEEK_SET)
buffer
'''
NOTE = 'as file_chunks, without a file object between: page cache warm, the same system calls in both arms'
