"""A column of an Arrow table as an ndarray: with missing values, which must be written, or without, as it lies."""
ID = 'I3'
NAME = 'arrow_to_numpy'
GROUP = 'interchange'
KIND = 'Z'
REQUIRES = 'numpy,pyarrow'
SETUP = '''
from numpy import frombuffer, nan, uint8
from pyarrow import array
raw = payload(n // 8)
values = frombuffer(raw, uint8).astype(float)
values[::8] = nan
gaps = array(values, from_pandas=True)
full = array(values, from_pandas=False)
'''
SOURCE = 'values'
COPY = 'gaps.to_numpy(zero_copy_only=False)'
VIEW = 'full.to_numpy(zero_copy_only=True)'
NOTE = '''float64; the column with gaps holds a null where the other holds a NaN, so that both arrays are the
same; nulls can't be shown without writing, which is the copy'''
