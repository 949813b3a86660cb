"""What looks like a copy or a view and is none: a list that every interpreter is asked about.

Each entry: NAME: (claim, statement, why). `claim` is what really happens:
    same object    no copy: the statement hands back the very object it was given
    hidden copy    no view: the result lies in memory of its own
    not free       a view, but each one makes more blocks than a view of a bytes object does
NEEDS names the modules an entry needs, AGAIN those whose object is not the source but one that is
handed out again and again. A user who finds another lie adds a line.
"""
SETUP = '''
import re
from array import array
from io import BytesIO
from pickle import PickleBuffer, dumps, loads
b = payload(4096)
ba = bytearray(b)
items = array('B', b)
mv = memoryview(b)
strided = mv[::2]
text = 'wörtlich ' * 500
buffers = []
'''
NUMPY = '''
import numpy
a = numpy.frombuffer(b, numpy.uint8).copy()
m = a.reshape(64, 64)
'''
# The object that a copy would differ from and a view would show.
SOURCES = {
    'bytearray_out_of_band': 'ba',
    'text_as_utf8': 'text',
    'array_out_of_band': 'items',
    'ndarray_data': 'a',
    'ndarray_strided_out_of_band': 'a',
    'ndarray_transpose_ravel': 'a',
}
LIES = {
    'bytes_full_slice': ('same object', 'b[:]', 'a slice of everything is the object itself'),
    'bytes_of_bytes': ('same object', 'bytes(b)', 'bytes never change, so there is nothing to guard against'),
    'bytes_add_nothing': ('same object', "b + b''", 'adding nothing gives what was there'),
    'bytes_times_one': ('same object', 'b * 1', 'repeating once gives what was there'),
    'bytes_join_one': ('same object', "b''.join([b])", 'joining one piece hands that piece back'),
    'bytes_replace_nothing': ('same object', "b.replace(b'not in there', b'x')",
                              'without a match nothing is written'),
    'bytes_slice_of_one': ('same object', 'b[7:8]', 'single bytes are kept once for the whole process'),
    'bytes_slice_of_none': ('same object', 'b[7:7]', 'so is the empty object'),
    're_group_of_all': ('same object', "re.match(b'(?s).*', b).group()",
                        'a group that spans everything is the string itself'),
    'bytesio_getvalue': ('same object', 'BytesIO(b).getvalue()',
                         'a BytesIO made from bytes shares them until it is written to'),
    'bytesio_first_read': ('same object', 'BytesIO(b).read()', 'reading everything first needs no copy either'),
    'sequence_get_slice': ('same object', 'PySequence_GetSlice(b, 0, len(b))',
                           'the C call for a slice of everything'),
    'bytes_from_object': ('same object', 'PyBytes_FromObject(b)', 'the C call behind bytes(b)'),
    'bytesio_getbuffer': ('hidden copy', 'BytesIO(b).getbuffer()',
                          'a writable view can not show shared bytes, so they are copied first'),
    'bytes_out_of_band': ('hidden copy',
                          'loads(dumps(b, protocol=5, buffer_callback=buffers.append), buffers=buffers)',
                          'pickle sends bytes in the stream, whatever the protocol; PickleBuffer(b) goes beside it'),
    'bytearray_out_of_band': ('hidden copy',
                              'loads(dumps(ba, protocol=5, buffer_callback=buffers.append), buffers=buffers)',
                              'a bytearray goes in the stream too'),
    'array_out_of_band': ('hidden copy',
                          'loads(dumps(items, protocol=5, buffer_callback=buffers.append), buffers=buffers)',
                          'and so does an array.array'),
    'get_contiguous': ('hidden copy', 'PyMemoryView_GetContiguous(strided)',
                       'silently a copy when the source is not contiguous'),
    'text_as_utf8': ('hidden copy', 'PyUnicode_AsUTF8AndSize(text)',
                     'the first call for text that is not ASCII encodes it and copies that into a block of its own'),
    'numpy_array': ('hidden copy', 'numpy.array(mv)', 'numpy.asarray(mv) is the view'),
    'ndarray_transpose_ravel': ('hidden copy', 'm.T.ravel()',
                                'ravel shows what lies in order; a transposed table does not'),
    'ndarray_strided_out_of_band': ('hidden copy',
                                    'loads(dumps(a[::2], protocol=5, buffer_callback=buffers.append), buffers=buffers)',
                                    'a strided array is packed before it is sent'),
    'ndarray_data': ('not free', 'a.data', 'numpy describes the buffer anew for every view of it'),
}
AGAIN = 'bytes_slice_of_one', 'bytes_slice_of_none'
NEEDS = {
    'numpy_array': 'numpy',
    'ndarray_transpose_ravel': 'numpy',
    'ndarray_strided_out_of_band': 'numpy',
    'ndarray_data': 'numpy',
}
