"""The library under test: twice the work of accepted."""
ROUNDS = 200


def share(view, first, last):
    for _ in range(ROUNDS):
        part = view[first:last]
    return part
