"""Bytes behind a memoryview: copied out into a bytes object, or handed on as a view of the view."""
ID = 'C4'
NAME = 'view_tobytes'
GROUP = 'core'
KIND = 'Z'
SETUP = '''
b = payload(offset + n + 64)
mv = memoryview(b)[offset:offset + n]
'''
SOURCE = 'b'
COPY = 'mv.tobytes()'
VIEW = 'mv[:]'
VIEWS = {'memoryview': 'memoryview(mv)'}
NOTE = 'contiguous source; each arm makes one object of all n bytes'
