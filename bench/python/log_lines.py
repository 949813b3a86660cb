"""A log of 64 lines, searched for errors: cut into bytes objects, shown line by line, or by places alone."""
ID = 'R5'
NAME = 'log_lines'
GROUP = 'scenario'
KIND = 'R'
SIZES = '16K..4M'
SETUP = '''
raw = payload(n)
text = raw.translate(bytes(32 + k % 95 for k in range(256)))
length = n // 64
log = b'\\n'.join([text[k * length:(k + 1) * length - 1] for k in range(64)])
mv = memoryview(log)
size = len(log)
'''
SOURCE = 'log'
COPY = '''
out = 0
for line in log.split(b'\\n'):
    out += line[0] == 69
'''
VIEW = '''
at = out = 0
while at < size:
    end = log.find(b'\\n', at)
    if end < 0:
        end = size
    line = mv[at:end]
    out += line[0] == 69
    at = end + 1
'''
VIEWS = {
    'spans': '''
at = out = 0
while at < size:
    end = log.find(b'\\n', at)
    if end < 0:
        end = size
    out += log[at] == 69
    at = end + 1
''',
}
DROP_ONLY = 'its result is a count: the arms read what they need themselves'
NOTE = '''always 64 lines, so n sets their length, from 256 B on: below, a memoryview takes more memory than
the line; split does in one call what the others loop for, so sharing is expected to lose on short lines'''
