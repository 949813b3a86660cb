"""Numbers in a buffer, added up: from a list of them, or by iterating over a cast view."""
ID = 'C10'
NAME = 'view_iterate'
GROUP = 'core'
KIND = 'R'
SIZES = '512..1M'
SETUP = '''
b = payload(offset + n + 64)
mv = memoryview(b)[offset:offset + n // 4 * 4]
'''
SOURCE = 'b'
COPY = '''
out = 0
for number in mv.cast('I').tolist():
    out += number
'''
VIEW = '''
out = 0
for number in mv.cast('I'):
    out += number
'''
DROP_ONLY = 'its result is a sum: the arms read every number themselves'
NOTE = '''unsigned 32-bit numbers; both arms make a cast view and an int for every number, the copy also a
list that holds them all; from 512 B on, for the view's iterator takes as much as a
shorter list; indices instead would be ints of their own, more than the list holds'''
