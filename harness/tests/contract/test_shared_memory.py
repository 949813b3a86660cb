"""Named shared memory does not outlive a child that is killed at any moment, nor, from the next start of a
worker on, a worker that is killed with its child."""

import os
import signal
import time

import pytest

from worker_client import TOKEN, TOP, Worker, workers

PAIR = TOP / "bench" / "python" / "shared_memory_setup.py"
JOB = ("measure token=%s pair=shared_memory_setup lane=python heap=default cache=hot consumer=drop size=8192 seed=9 "
       "limit_ms=60000 blocks=5000 sparse_every=1 warmup=1 counts=copy:50,view:50,null:50,twin:50,limit:50\n" % TOKEN)
FOLDER = "/dev/shm"

pytestmark = pytest.mark.skipif(not os.path.isdir(FOLDER), reason="no " + FOLDER)


def children(process):
    with open("/proc/%d/task/%d/children" % (process, process)) as file:
        return [int(word) for word in file.read().split()]


def start_and_wait_for_segments(worker):
    """The child's process id once its shared memory has been seen."""
    worker.write.write(JOB)
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for child in children(worker.process.pid):
            if os.path.exists("%s/zcb-%d" % (FOLDER, child)):
                return child
    raise AssertionError("no shared memory was made")


@pytest.mark.parametrize("tag,program,python", workers())
def test_a_killed_child_leaves_no_shared_memory(tag, program, python):
    with Worker(program, python, [PAIR]) as worker:
        for _ in range(5):
            child = start_and_wait_for_segments(worker)
            os.kill(child, signal.SIGKILL)
            assert "status=signal:9" in worker.read.readline()
            assert not os.path.exists("%s/zcb-%d" % (FOLDER, child))


def test_a_worker_sweeps_what_a_killed_one_has_left():
    tag, program, python = workers()[0]
    dead, living = FOLDER + "/zcb-%d" % (2 ** 22 + 1), FOLDER + "/zcb-%d" % os.getpid()
    others = FOLDER + "/zcb-test-of-%d" % os.getpid()
    try:
        for path in dead, living, others:
            open(path, "w").close()
        with Worker(program, python):
            pass
        assert [os.path.exists(path) for path in (dead, living, others)] == [False, True, True]
    finally:
        for path in dead, living, others:
            if os.path.exists(path):
                os.unlink(path)
