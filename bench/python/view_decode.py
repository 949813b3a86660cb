"""Text out of a part of a buffer: decoded from a bytes object made for it, or from the view itself."""
ID = 'C8'
NAME = 'view_decode'
GROUP = 'core'
KIND = 'R'
SETUP = '''
raw = payload(offset + n + 64)
b = raw.translate(bytes(32 + k % 95 for k in range(256)))
mv = memoryview(b)[offset:offset + n]
'''
SOURCE = 'b'
COPY = "bytes(mv).decode()"
VIEW = "str(mv, 'utf8')"
NOTE = 'printable ASCII; both arms make the same str, the copy a bytes object before it'
