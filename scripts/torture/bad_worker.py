#!/usr/bin/env python3
"""A worker that does its work until it is to measure the pair `second`, and then misbehaves as its
place's file `behaviour` says. Stands in for contract_fake_worker.py, which it imports."""

import os
import signal
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))
with open(os.path.join(HERE, "fake_worker_dir")) as file:
    sys.path.insert(0, file.read())
with open(os.path.join(HERE, "behaviour")) as file:
    BEHAVIOUR = file.read()
import contract_fake_worker as fake  # noqa: E402


def raw(data):
    while data:
        data = data[os.write(4, data) :]


def visit(job, **other):
    fields = dict(token=job["token"], block=0, order=0, arm="copy", n=1000, ns=100000, faults=0)
    fields.update(other)
    raw(("visit " + " ".join("%s=%s" % item for item in fields.items()) + "\n").encode())


def count_of(job, arm="copy"):
    return dict(item.rsplit(":", 1) for item in job["counts"].split(","))[arm]


def bad_visit(job, **other):
    """A whole job in which one visit is not what it should be."""
    say = fake.say

    def changed(line):
        if line.startswith("visit ") and " block=1 " in line and " arm=copy " in line:
            words = dict(word.split("=") for word in line.split()[1:])
            words.update(other)
            line = "visit " + " ".join("%s=%s" % item for item in words.items())
        say(line)

    fake.say = changed
    fake.measure(job, int(job["size"]))


def without_visit(job):
    say = fake.say
    fake.say = lambda line: None if " block=1 order=0 " in line else say(line)
    fake.measure(job, int(job["size"]))


def twice(job):
    say = fake.say

    def doubled(line):
        say(line)
        if " block=1 order=0 " in line:
            say(line)

    fake.say = doubled
    fake.measure(job, int(job["size"]))


def flood(to, data):
    while True:
        os.write(to, data)


def left_behind(job):
    """A process of its own that holds the wire, ignores signals, and outlives it."""
    if os.fork() == 0:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(600)
    os._exit(3)


def deaf(job):
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(600)


def closes(job):
    os.close(4)
    time.sleep(600)


def half_line(job, then=None):
    raw(b"visit token=%s block=0 ord" % job["token"].encode())
    if then is not None:
        then()
    time.sleep(600)


def end_early(job):
    fake.end(job["token"], "ok")


def another_token(job):
    fake.measure(dict(job, token="0123456789abcdef"), int(job["size"]))


def goes_on(job):
    fake.measure(job, int(job["size"]))
    visit(job)


BEHAVIOURS = {
    "floods stderr": lambda job: flood(2, b"x" * 65536),
    "floods the wire with lines": lambda job: flood(4, b"visit token=0 block=0\n" * 1000),
    "floods the wire without a newline": lambda job: flood(4, b"y" * 65536),
    "hangs": lambda job: time.sleep(600),
    "hangs and ignores signals": deaf,
    "exits with 0": lambda job: os._exit(0),
    "exits with 3": lambda job: os._exit(3),
    "aborts": lambda job: os.abort(),
    "is killed": lambda job: os.kill(os.getpid(), signal.SIGKILL),
    "leaves a process behind": left_behind,
    "closes the wire and stays": closes,
    "writes half a line and hangs": half_line,
    "writes half a line and dies": lambda job: half_line(job, lambda: os._exit(1)),
    "writes random bytes": lambda job: raw(os.urandom(5000) + b"\n"),
    "writes a NUL": lambda job: raw(b"visit token=%s\0 block=0\n" % job["token"].encode()),
    "writes another token": another_token,
    "ends without visits": end_early,
    "goes on after its end": goes_on,
    "drops a visit": without_visit,
    "tells a visit twice": twice,
    "says ns=0": lambda job: bad_visit(job, ns="0"),
    "says ns=-5": lambda job: bad_visit(job, ns="-5"),
    "says ns=nan": lambda job: bad_visit(job, ns="nan"),
    "says ns=1e5": lambda job: bad_visit(job, ns="1e5"),
    "says ns=18446744073709551616": lambda job: bad_visit(job, ns="18446744073709551616"),
    "says another count": lambda job: bad_visit(job, n=str(int(count_of(job)) + 1)),
    "says another arm": lambda job: bad_visit(job, arm="view"),
    "says an unknown arm": lambda job: bad_visit(job, arm="copied"),
    "says block=4000000000": lambda job: bad_visit(job, block="4000000000"),
    "says order=17": lambda job: bad_visit(job, order="17"),
    "says no faults": lambda job: bad_visit(job, faults=""),
}


def work(verb, job):
    if verb == "measure" and job["pair"] == "second":
        return BEHAVIOURS[BEHAVIOUR](job)
    return honest(verb, job)


honest, fake.work = fake.work, work

if __name__ == "__main__":
    if "--is-build" in sys.argv:
        sys.exit(0)
    elif "--describe" in sys.argv:
        fake.describe(sys.argv[sys.argv.index("--pairs") + 1 :])
    elif "--lies" in sys.argv:
        fake.lies()
    else:
        fake.serve()
