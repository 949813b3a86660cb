"""The kernels that stand behind the peers' front ends, the same that zcbench measures: the
statements of bench/python/bytes_slice.py in zcbench's own loop form, and the chain of
multiplications of its selftest pairs with the same spin after the last iteration.

kernel(name, library) gives visit(iterations): one timed region's work. The source's offset is
fixed at 0 — a program's author would not draw it anew, as zcbench does — which spares the peers
what the layout of memory adds to their spread.
"""

import ctypes
import itertools
import os
import random
import runpy

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
SLICE_PAIR = os.path.join(TOP, "bench", "python", "bytes_slice.py")
SLICE_BYTES = 4096

# Multiplications per operation, as in harness/worker/selftest_<size>.c.
STEPS = {"ns": 5, "us": 5000, "ms": 1000000}

# Operations per step of an engine that asks after every step whether to go on: about 0.5 ms.
BATCH = {"copy": 2500, "view": 2500, "ns": 100000, "us": 100, "ms": 1}

LOOP = "def body(_it, %s):\n    for _i in _it:\n        %s\n"


def payload(size):
    """Bytes that are resident and not zero."""
    return bytes(random.choice(range(1, 256)) for _ in range(size))


def slice_visit(arm):
    pair = runpy.run_path(SLICE_PAIR)
    bound = {"n": SLICE_BYTES, "offset": 0, "payload": payload}
    exec(pair["SETUP"], bound)
    used = [name for name in ("b", "mv", "i", "j") if name in bound]
    space = {}
    exec(LOOP % (", ".join(used), pair[arm.upper()]), space)
    body, arguments = space["body"], [bound[name] for name in used]

    def visit(iterations):
        body(itertools.repeat(None, iterations), *arguments)

    return visit


def chain_visit(size, percent, library):
    run = ctypes.CDLL(library).zcb_trust_visit
    run.argtypes = [ctypes.c_uint64] * 3
    run.restype = None
    steps, per_mille = STEPS[size], int(percent) * 10

    def visit(iterations):
        run(iterations, steps, per_mille)

    return visit


def kernel(name, library):
    """`copy`, `view`, or `<size>.<percent>` for the chain with a spin of that many per cent."""
    if "." not in name:
        return slice_visit(name)
    size, percent = name.split(".")
    return chain_visit(size, percent, library)


def batch(name):
    """Operations per batch of a kernel, or of a subject of the raw data named after one."""
    return BATCH[name.replace("_", ".").split(".")[0]]
