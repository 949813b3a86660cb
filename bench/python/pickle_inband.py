"""A bytearray through pickle and back: with protocol 4, or with protocol 5 in the stream."""
ID = 'P1'
NAME = 'pickle_inband'
GROUP = 'pickle'
KIND = 'R'
SETUP = '''
from pickle import dumps, loads
raw = payload(n)
ba = bytearray(raw)
'''
SOURCE = 'ba'
COPY = 'loads(dumps(ba, protocol=4))'
VIEW = 'loads(dumps(ba, protocol=5))'
NOTE = '''both results are bytearrays of their own; protocol 4 knows only bytes, so it makes a bytes object
on the way in and another on the way out'''
