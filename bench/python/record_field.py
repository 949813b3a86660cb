"""One field of an array of records: as an array of its own, or as a view that steps over the other field."""
ID = 'N11'
NAME = 'record_field'
GROUP = 'numpy'
KIND = 'Z'
REQUIRES = 'numpy'
SIZES = '64..16M'
SETUP = '''
from numpy import dtype, frombuffer
record = dtype([('stamp', 'i8'), ('value', 'i8')])
raw = payload(offset + 2 * n + 64)
records = frombuffer(raw, record, n // 8, offset)
'''
SOURCE = 'raw'
COPY = "records['value'].copy()"
VIEW = "records['value']"
NOTE = '''n counts the field, half of the records; the copy is made from the same view; whoever reads the view
fetches the other field's bytes as well'''
