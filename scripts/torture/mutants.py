"""Builds mistakes into a copy of the tree, one at a time, and asks the tests: each must be noticed."""

import os
import re
import shutil
import subprocess
import sys

import mutations
from trials import Failed, Trial

# In the short form: rooms that are built in seconds, a few of each.
SHORT_ROOMS = ("harness/stats", "harness/store")
SHORT_EVERY = 3
LIMIT_S = 120


def sources(top):
    """Names of the tree's files, without what was built or measured."""
    for folder, inner, names in os.walk(top):
        if folder == top:
            inner[:] = [n for n in inner if n not in (".git", "results") and n[:5] != "build"]
        inner[:] = [n for n in inner if n != "__pycache__"]
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), top)


class Tree:
    """A copy of the tree's sources with a build folder of its own."""

    def __init__(self, context):
        self.context, self.top = context, os.path.join(context.scratch, "mutants")
        self.build = os.path.join(self.top, "build")
        self.good = set()  # tests that pass without any mistake
        self.is_ready = self.has_worker = False

    def prepare(self):
        if not self.is_ready:
            self.copy()
            words = ["cmake", "-S", self.top, "-B", self.build, "-DCMAKE_BUILD_TYPE=None"]
            self.check(words + ["-DCMAKE_C_FLAGS=-O0"], "the copy can't be configured")
            self.is_ready = True

    def copy(self):
        """Only what differs is written: what an earlier call has built stays."""
        for name in sources(self.context.top):
            source, target = os.path.join(self.context.top, name), os.path.join(self.top, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if not same(source, target):
                shutil.copy(source, target)

    def check(self, words, what):
        done = run(words, self.top)
        if done.returncode != 0:
            tail = " | ".join(done.stdout.decode("utf-8", "replace").splitlines()[-4:])
            raise Failed("%s: %s" % (what, tail))

    def make(self, targets, folder=None):
        words = ["make", "-C", folder or self.build, "-j%d" % (os.cpu_count() or 2)]
        self.check(words + list(targets), "it does not build")

    def worker_folder(self):
        names = [n for n in os.listdir(self.build) if re.match(r"worker-cp\w+$", n)]
        return os.path.join(self.build, names[0]) if names else None

    def build_for(self, test):
        """Builds what a test needs, and returns its command."""
        kind, _, case = test.partition(":")
        if kind in ("worker", "proofs"):
            if not self.has_worker:
                words = [os.path.join(self.top, "scripts", "build-worker"), "python3", self.build]
                self.check(words, "the worker can't be built")
                self.has_worker = True
            folder = self.worker_folder()
            if kind == "worker":
                self.make(["worker_test_" + case], folder)
                return [os.path.join(folder, "worker-test-" + case)]
            self.make([], folder)
            return [test_python(), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
                    os.path.join(self.top, "harness/tests/contract/test_proofs.py"), "-k",
                    "costs_its_own"]
        if case:
            self.make(["zcbench"])
            script = os.path.join(self.top, "harness/tests/driver/contract_%s.py" % kind)
            return [sys.executable, script, os.path.join(self.build, "zcbench"), case]
        return [self.unit_test(test)]

    def unit_test(self, test):
        room, _, name = test.replace("/", "_").partition("_")
        target = {"driver": "test_driver_" + name, "store": "test_store_" + name}.get(
            room, "test_%s_%s" % (room, name)
        )
        if room == "driver" and name.startswith("worker_"):
            target = "test_" + name
        self.make([target])
        return os.path.join(self.build, target)

    def passes(self, test):
        command = self.build_for(test)
        environment = dict(os.environ, ZCB_BUILD_DIR=self.build)
        try:
            done = run(command, self.top, env=environment, timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0


def same(a, b):
    if not os.path.exists(b):
        return False
    with open(a, "rb") as one, open(b, "rb") as other:
        return one.read() == other.read()


def run(words, folder, **options):
    return subprocess.run(
        words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, **options
    )


def test_python():
    for python in ("python3", "/usr/bin/python3"):
        done = run([python, "-c", "import pytest"], None)
        if done.returncode == 0:
            return python
    raise Failed("no python with pytest: `scripts/setup --tests` gets it")


def ask(tree, mutation):
    tree.prepare()
    path = os.path.join(tree.top, mutation.file)
    with open(path) as file:
        text = file.read()
    if text.count(mutation.old) != 1:
        raise Failed("what it replaces stands there %d times" % text.count(mutation.old))
    for test in mutation.tests:
        if test not in tree.good and not tree.passes(test):
            raise Failed("%s fails without it" % test)
        tree.good.add(test)
    try:
        with open(path, "w") as file:
            file.write(text.replace(mutation.old, mutation.new))
        for test in mutation.tests:
            if not tree.passes(test):
                return ("ok", "noticed by %s" % test)
    finally:
        with open(path, "w") as file:
            file.write(text)
    raise Failed("no test notices it: %s" % ", ".join(mutation.tests))


def chosen(context):
    if not context.is_short:
        return mutations.LIST
    few = [m for m in mutations.LIST if m.file.startswith(SHORT_ROOMS)]
    return few[context.seed % SHORT_EVERY :: SHORT_EVERY]


def plan(context):
    tree = Tree(context)
    for mutation in chosen(context):
        if mutation.tests[0].startswith(("worker:", "proofs")) and not context.has_worker:
            continue
        yield Trial(mutation.name, "1", lambda mutation=mutation: ask(tree, mutation))
