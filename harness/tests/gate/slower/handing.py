"""The library under test: a tenth more work than accepted."""
ROUNDS = 110


def share(view, first, last):
    for _ in range(ROUNDS):
        part = view[first:last]
    return part
