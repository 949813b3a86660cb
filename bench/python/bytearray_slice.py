"""A part of a bytearray: copied out, or shown through a memoryview made for the purpose."""
ID = 'C2'
NAME = 'bytearray_slice'
GROUP = 'core'
KIND = 'Z'
SETUP = '''
raw = payload(offset + n + 64)
ba = bytearray(raw)
i, j = offset, offset + n
'''
SOURCE = 'ba'
COPY = 'ba[i:j]'
VIEW = 'memoryview(ba)[i:j]'
NOTE = '''the view makes its memoryview in the statement, because one kept open would lock the bytearray
against resizing: three blocks (managed buffer, memoryview, slice) against the copy's two (object, bytes)'''
