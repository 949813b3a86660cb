"""What was collected in a bytearray, handed on as bytes: copied out and cleared, or taken over."""
ID = 'C3'
NAME = 'bytearray_take'
GROUP = 'core'
KIND = 'Z'
PYTHON = '3.15'
SIZES = '64..1M'
SETUP = 'raw = payload(n)'
FRESH = 'ba = bytearray(raw)'
SOURCE = 'ba'
COPY = '''
out = bytes(ba)
_ = ba.clear()
'''
VIEW = 'ba.take_bytes()'
NOTE = '''either way the bytearray is empty afterwards, so each operation has one of its own, made before the visit;
up to 64 MiB of them, so that large ones are not in the cache'''
