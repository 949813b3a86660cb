"""A message through sixteen layers, each of which takes off its header and keeps what is left."""
ID = 'R6'
NAME = 'handover_chain_16'
GROUP = 'scenario'
KIND = 'Z'
SIZES = '512..16M'
SETUP = '''
b = payload(offset + n + 64)
mv = memoryview(b)
i, j = offset, offset + n
layers = range(16)
'''
SOURCE = 'b'
COPY = '''
kept = [b[i:j]]
for layer in layers:
    kept.append(kept[-1][16:])
out = kept
del kept
'''
VIEW = '''
kept = [mv[i:j]]
for layer in layers:
    kept.append(kept[-1][16:])
out = kept
del kept
'''
NOTE = '''headers of 16 bytes; the message and what each of the layers keeps are the result: seventeen objects, and
with copies seventeen times the bytes'''
