"""An object with a buffer as an ndarray: by array, which copies, or by asarray, which doesn't."""
ID = 'N4'
NAME = 'ndarray_convert'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SETUP = '''
from numpy import array, asarray
b = payload(offset + n + 64)
mv = memoryview(b)[offset:offset + n]
'''
SOURCE = 'b'
COPY = 'array(mv)'
VIEW = 'asarray(mv)'
VIEWS = {'copy_false': 'array(mv, copy=False)'}
NOTE = '''copy=False meant "only if needed" before numpy 2.0 and means "never, or raise" since; here no copy
is needed, so all versions give the same'''
