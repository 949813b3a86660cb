"""A file passed on into another: through the program's memory, or inside the kernel."""
ID = 'F3'
NAME = 'file_send'
GROUP = 'files'
KIND = 'K'
SIZES = '4K..16M'
SETUP = '''
from mmap import mmap
from os import copy_file_range, sendfile
from tempfile import TemporaryFile
raw = payload(n)
old = payload(n)
def made(content):
    file = TemporaryFile(buffering=0)
    file.write(content)
    return file
source, by_copy, by_sendfile, by_range = made(raw), made(old), made(old), made(old)
read_from, sent_to, ranged_to = source.fileno(), by_sendfile.fileno(), by_range.fileno()
copied, sent, ranged = (mmap(file.fileno(), n) for file in (by_copy, by_sendfile, by_range))
'''
SOURCE = 'raw'
COPY = '''
source.seek(0)
by_copy.seek(0)
while True:
    piece = source.read(65536)
    if not piece:
        break
    by_copy.write(piece)
out = copied
'''
VIEW = '''
by_sendfile.seek(0)
at = 0
while at < n:
    at += sendfile(sent_to, read_from, at, n - at)
out = sent
'''
VIEWS = {
    'copy_file_range': '''
at = 0
while at < n:
    at += copy_file_range(read_from, ranged_to, n - at, at, at)
out = ranged
''',
}
NULL = '''
source.seek(0)
by_copy.seek(0)
copied
'''
HOT_ONLY = 'the bytes lie in the page cache, which both arms find as the last one left it'
NOTE = '''page cache warm on both sides; the files exist at full length, so no arm allocates space; the results
are mappings of the three targets, made beforehand; pieces of 64 KiB in the copy, as shutil takes them'''
