"""A result put together from chunks of 1 KiB: appended to bytes, to a bytearray, or joined at the end."""
ID = 'C7'
NAME = 'append_chunks'
GROUP = 'core'
KIND = 'Q'
SIZES = '2K..1M'
SETUP = '''
b = payload(n)
chunks = [b[first:first + 1024] for first in range(0, n, 1024)]
'''
SOURCE = 'b'
COPY = '''
out = b''
for chunk in chunks:
    out += chunk
'''
VIEWS = {
    'bytearray': '''
out = bytearray()
for chunk in chunks:
    out += chunk
''',
    'join': "b''.join(chunks)",
}
NOTE = '''the chunks are there beforehand; bytes makes a new object for every chunk, a bytearray grows by an
eighth when it is full, join knows the size and makes one object'''
