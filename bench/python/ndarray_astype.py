"""An ndarray as the type it already has: by astype, which copies all the same, or with copy=False."""
ID = 'N5'
NAME = 'ndarray_astype'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
from numpy import frombuffer, uint8
raw = payload(offset + n + 64)
whole = frombuffer(raw, uint8).copy()
a = whole[offset:offset + n]
'''
SOURCE = 'whole'
COPY = 'a.astype(uint8)'
VIEW = 'a.astype(uint8, copy=False)'
NOTE = 'the view is the very same ndarray: it makes no object at all'
