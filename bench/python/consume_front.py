"""A parser that takes its input from the front, 1 KiB at a time, until nothing is left."""
ID = 'C6'
NAME = 'consume_front'
GROUP = 'core'
KIND = 'Q'
SIZES = '2K..1M'
SETUP = '''
b = payload(n)
mv = memoryview(b)
k = 1024
'''
SOURCE = 'b'
COPY = '''
rest, out = b, 0
while rest:
    out += rest[0]
    rest = rest[k:]
'''
VIEW = '''
rest, out = mv, 0
while rest:
    out += rest[0]
    rest = rest[k:]
'''
VIEWS = {
    'offset': '''
at = out = 0
while at < n:
    out += b[at]
    at += k
''',
}
DROP_ONLY = 'its result is a sum: the arms read what they need themselves'
NOTE = '''the consumer reads the first byte of what is left before each step and returns their sum; one
object per step (bytes or memoryview), none with an offset'''
