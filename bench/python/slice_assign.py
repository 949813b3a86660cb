"""Bytes written into the middle of a bytearray: by its own slice assignment, or through a memoryview of it."""
ID = 'C5'
NAME = 'slice_assign'
GROUP = 'core'
KIND = 'R'
SETUP = '''
data = payload(n)
raw = payload(offset + n + 64)
by_slice, by_view, by_array = bytearray(raw), bytearray(raw), bytearray(raw)
window = memoryview(by_view)
array_data = bytearray(data)
i, j = offset, offset + n
'''
SOURCE = 'by_slice'
COPY = '''
by_slice[i:j] = data
by_slice
'''
VIEW = '''
window[i:j] = data
by_view
'''
VIEWS = {
    'bytearray': '''
by_array[i:j] = array_data
by_array
''',
}
NOTE = '''a bytearray turns what is assigned into a bytearray first, unless it is one (view:bytearray); the
memoryview, made once, takes any buffer as it is'''
