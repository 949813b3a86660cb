"""A view against a view: copy's place is taken by bytes_slice's view, so that twin ÷ copy compares
identical code that copies nothing. The alternative hands out the memoryview that is there already.
"""

ID = "ST9"
NAME = "view_twin"
GROUP = "selftest"
KIND = "R"
SETUP = """
b = payload(offset + n + 64)
mv = memoryview(b)[offset:offset + n]
i, j = 0, n
"""
SOURCE = "b"
COPY = "mv[i:j]"
VIEW = "mv"
NOTE = "for the A/A control only"
