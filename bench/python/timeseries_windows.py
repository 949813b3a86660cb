"""A series cut into sixteen windows that overlap by half, for sixteen readers: copied, or shown in place."""
ID = 'R3'
NAME = 'timeseries_windows'
GROUP = 'scenario'
KIND = 'Z'
REQUIRES = 'numpy'
SIZES = '1K..64M'
SETUP = '''
from numpy import frombuffer, int64
size = n // 16 // 8
raw = payload(offset + 8 * (size // 2 * 15 + size))
series = frombuffer(raw, int64, offset=offset)
starts = range(0, 16 * (size // 2), size // 2)
'''
SOURCE = 'raw'
COPY = '[series[k:k + size].copy() for k in starts]'
VIEW = '[series[k:k + size] for k in starts]'
NOTE = '64-bit measurements; n counts the windows, nearly twice the series; every copy is made from the same view'
