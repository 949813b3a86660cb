"""A whole file into a bytearray: read and converted, or read straight into one made before."""
ID = 'F1'
NAME = 'file_read'
GROUP = 'files'
KIND = 'R'
SETUP = '''
from tempfile import TemporaryFile
raw = payload(n)
file = TemporaryFile(buffering=0)
file.write(raw)
buffer = bytearray(b'x') * n
'''
SOURCE = 'buffer'
COPY = '''
file.seek(0)
bytearray(file.read(n))
'''
VIEW = '''
file.seek(0)
file.readinto(buffer)
buffer
'''
NULL = '''
file.seek(0)
buffer
'''
HOT_ONLY = 'the bytes lie in the page cache, which both arms find as the last one left it'
NOTE = '''page cache warm; unbuffered, so that both arms make one system call for the rewind and one for
the bytes; the view reuses one bytearray, the copy makes a bytes and a bytearray'''
