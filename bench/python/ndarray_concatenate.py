"""Four arrays put one behind the other: into a new array, or into one made before."""
ID = 'N10'
NAME = 'ndarray_concatenate'
GROUP = 'numpy'
KIND = 'R'
REQUIRES = 'numpy'
SIZES = '1K..64M'
SETUP = '''
from numpy import concatenate, frombuffer, uint8
raw = payload(offset + n + 64)
whole = frombuffer(raw, uint8).copy()
ends = [offset + n * k // 4 for k in range(5)]
parts = [whole[first:last] for first, last in zip(ends, ends[1:])]
buffer = concatenate(parts) ^ uint8(255)
'''
SOURCE = 'whole'
COPY = 'concatenate(parts)'
VIEW = '''
concatenate(parts, out=buffer)
buffer
'''
NOTE = '''the same bytes are copied in both arms; the copy also makes an ndarray and its data; from 1 KiB
on, because out= itself takes some memory'''
