"""A busy neighbour: spins and copies memory in turn, on the last processor, until its parent ends
or ends it."""

import os
import time

TURN_S = 0.01
COPIED_BYTES = 8 << 20


def main():
    parent = os.getppid()
    processors = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, processors[-1:])
    source, target = bytearray(COPIED_BYTES), bytearray(COPIED_BYTES)
    while os.getppid() == parent:
        until = time.monotonic() + TURN_S
        while time.monotonic() < until:
            pass
        until += TURN_S
        while time.monotonic() < until:
            target[:] = source


if __name__ == "__main__":
    main()
