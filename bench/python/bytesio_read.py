"""A part of a BytesIO: read out, or shown through its buffer."""
ID = 'F4'
NAME = 'bytesio_read'
GROUP = 'files'
KIND = 'Z'
SETUP = '''
from io import BytesIO
raw = payload(offset + n + 64)
stream = BytesIO()
stream.write(raw)
whole = stream.getbuffer()
i, j = offset + 1, offset + 1 + n
'''
SOURCE = 'whole'
COPY = '''
stream.seek(i)
stream.read(n)
'''
VIEW = 'stream.getbuffer()[i:j]'
NOTE = '''the stream owns its buffer (it was written to, not made from bytes, which getbuffer would copy) and
the part does not start at 0, where read may hand over the whole object; locked against resizing while viewed'''
