"""All windows of 16 numbers over a series: as an array of their own, or as a view of the series."""
ID = 'N8'
NAME = 'sliding_windows'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy >= 1.20'
SIZES = '256..64M'
SETUP = '''
from numpy import frombuffer, int64
from numpy.lib.stride_tricks import sliding_window_view
raw = payload((n // 128 + 15) * 8)
series = frombuffer(raw, int64).copy()
'''
SOURCE = 'series'
COPY = 'sliding_window_view(series, 16).copy()'
VIEW = 'sliding_window_view(series, 16)'
NOTE = '''the windows are stacked by copying the view, because a loop in Python would cost more than the copy;
n counts the windows, sixteen times the series; a reader of the view walks the same numbers
sixteen times; the view is a good deal of Python code and, after large copies, finds it fallen out of the caches'''
