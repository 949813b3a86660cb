"""A region of a video frame for the next stage: cropped into an array of its own, or shown in place."""
ID = 'R1'
NAME = 'video_roi'
GROUP = 'scenario'
KIND = 'Z'
REQUIRES = 'numpy'
SIZES = '4K..16M'
SETUP = '''
import numpy
wide, high = (1920, 1080) if n <= 4 << 20 else (3840, 2160)
frame = numpy.frombuffer(payload(high * wide * 3), numpy.uint8).reshape(high, wide, 3)
rows = int((n / 3 * 9 / 16) ** 0.5)
columns = n // 3 // rows
top, left = offset % (high - rows), offset % (wide - columns)
bottom, right = top + rows, left + columns
'''
SOURCE = 'frame'
COPY = 'frame[top:bottom, left:right].copy()'
VIEW = 'frame[top:bottom, left:right]'
NOTE = '''BGR frames, 8 bits a channel: 1080p up to 4 MiB, 4K above; the region is 16:9 and holds n
bytes but for a last incomplete column; whoever reads the view steps over the rest of each line'''
