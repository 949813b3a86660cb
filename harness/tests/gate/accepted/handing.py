"""The library under test: what was accepted."""
ROUNDS = 100


def share(view, first, last):
    for _ in range(ROUNDS):
        part = view[first:last]
    return part
