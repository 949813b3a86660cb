"""An array through the DLPack protocol: copied by array, or taken over by from_dlpack."""
ID = 'I1'
NAME = 'dlpack'
GROUP = 'interchange'
KIND = 'Z'
REQUIRES = 'numpy >= 1.23'
SETUP = '''
from numpy import array, frombuffer, from_dlpack, uint8
raw = payload(offset + n + 64)
whole = frombuffer(raw, uint8).copy()
a = whole[offset:offset + n]
'''
SOURCE = 'whole'
COPY = 'array(a)'
VIEW = 'from_dlpack(a)'
NOTE = 'both ends are numpy: what is seen is the protocol, a capsule and an ndarray made for each hand-over'
