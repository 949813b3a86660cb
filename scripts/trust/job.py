"""What the three front ends have in common: a task under way, and how a program is called.

Walls are those of the whole process, from outside.
"""

import collections
import os
import random
import subprocess
import tempfile
import time

import raw

# python: that of build/venv-trust; compare: Google Benchmark's compare.py; library: the kernel;
# gate: the program that draws the gate's suites again; interpreter: what the worker embeds;
# scratch: a folder for the front ends' own files. The programs and files come first.
PROGRAMS = 5
Tools = collections.namedtuple("Tools", "python compare library zcbench gate interpreter scratch")


class FrontEndError(Exception):
    """A front end failed; the text says which and how."""


class Job:
    """One task under way: collects its rows."""

    def __init__(self, tools, scale, number, condition, task, seed):
        self.tools, self.scale, self.variant = tools, scale, task.variant
        self.chance = random.Random(seed)
        self.context = {"round": number, "condition": condition, "task": task.name}
        self.rows = []
        self.folder = tempfile.mkdtemp(dir=tools.scratch)

    def add(self, kind, **fields):
        self.rows.append(raw.row(kind, **dict(fields, **self.context)))

    def path(self, name):
        return os.path.join(self.folder, name)

    def call(self, command, **options):
        """Runs a command; its wall time in seconds and its output."""
        if "input" not in options:
            options["stdin"] = subprocess.DEVNULL
        begin = time.monotonic()
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            cwd=self.folder,
            **options,
        )
        wall_s = time.monotonic() - begin
        if done.returncode != 0:
            tail = (done.stderr.strip() or done.stdout.strip()).splitlines()[-5:]
            raise FrontEndError(
                "%s: exit status %d\n%s" % (" ".join(command), done.returncode, "\n".join(tail))
            )
        return wall_s, done.stdout

    def shuffled(self, items):
        items = list(items)
        self.chance.shuffle(items)
        return items


def script(name):
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), name)


def chain_subject(size, percent):
    """The name a kernel of multiplications has in the raw data."""
    return "%s_slow_%s" % (size, percent) if percent != "0" else size + "_base"


def middle(values):
    """The median."""
    ordered = sorted(values)
    return 0.5 * (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2])
