"""One row repeated into a table: by tile, or by broadcast_to, which shows the row again and again."""
ID = 'N9'
NAME = 'ndarray_broadcast'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
from numpy import broadcast_to, frombuffer, tile, uint8
width = 1 << n.bit_length() // 2
rows = n // width
raw = payload(width)
row = frombuffer(raw, uint8).copy()
'''
SOURCE = 'row'
COPY = 'tile(row, (rows, 1))'
VIEW = 'broadcast_to(row, (rows, width))'
NOTE = 'a table about as wide as high; n counts the table, of which the view holds one row'
