"""What the gate is tried on: the view comes from a module, of which three versions lie in accepted/, slower/ and twice/."""
NAME = 'hand_over'
GROUP = 'gate'
KIND = 'Z'
SIZES = '1K..64K'
SETUP = '''
import handing
b = payload(offset + n + 64)
mv = memoryview(b)
i, j = offset, offset + n
'''
SOURCE = 'b'
COPY = 'b[i:j]'
VIEW = 'handing.share(mv, i, j)'
NOTE = 'copy is one slice; view asks a library, so that two import paths are two versions of it'
