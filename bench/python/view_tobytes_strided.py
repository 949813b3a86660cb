"""Every second byte behind a memoryview: gathered into a bytes object, or handed on with its stride."""
ID = 'C4'
NAME = 'view_tobytes_strided'
GROUP = 'core'
KIND = 'Z'
SIZES = '64..1M'
SETUP = '''
b = payload(offset + 2 * n + 64)
mv = memoryview(b)[offset:offset + 2 * n:2]
'''
SOURCE = 'b'
COPY = 'mv.tobytes()'
VIEW = 'mv[:]'
NOTE = '''as view_tobytes, but the copy goes byte by byte (about 10 ns each) and makes a temporary;
whoever reads the view pays for the stride each time'''
