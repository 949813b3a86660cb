"""What the contract tests of the driver share: a share folder of their own, with interpreters that do not exist and a worker
that needs none, so that the program is driven as a user drives it, in seconds."""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import fake_share

ZCBENCH = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "zcbench"


class Driver(unittest.TestCase):
    """A test with a folder of its own, in which zcbench is run."""

    def setUp(self):
        self.place = os.path.realpath(tempfile.mkdtemp(prefix="zcb contract "))
        self.addCleanup(shutil.rmtree, self.place)
        self.share, self.workers = fake_share.make(self.place)
        self.work = os.path.join(self.place, "work")
        os.makedirs(self.work)

    def script(self, name, text):
        fake_share.script(self.share, name, text)

    def environment(self):
        return dict(os.environ, ZCB_SHARE_DIR=self.share, ZCB_WORKER_DIR=self.workers, NO_COLOR="1")

    def command(self, *words):
        return [ZCBENCH] + list(words)

    def zcbench(self, *words, temporary=None, **options):
        environment = dict(self.environment(), **({"TMPDIR": temporary} if temporary else {}))
        return subprocess.run(self.command(*words), cwd=self.work, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=120,
                              **options)

    def expect(self, code, done):
        self.assertEqual(done.returncode, code, "stdout: %s\nstderr: %s" % (done.stdout, done.stderr))
        return done

    def refused(self, code, *words):
        """The one line on stderr of a command that must fail with `code`, say nothing on stdout, and leave nothing."""
        done = self.expect(code, self.zcbench(*words))
        lines = [line for line in done.stderr.splitlines() if not line.startswith("building the worker")]
        self.assertEqual(len(lines), 1, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertFalse(os.path.exists(os.path.join(self.work, "results")))
        return lines[0]

    def table(self, folder, name):
        with open(os.path.join(self.work, folder, name), newline="") as file:
            return list(csv.DictReader(file))

    def content(self, folder, name):
        with open(os.path.join(self.work, folder, name), "rb") as file:
            return file.read()

    def run_json(self, folder):
        with open(os.path.join(self.work, folder, "run.json")) as file:
            return json.load(file)

    def launches(self, folder):
        """{size in bytes: numbers of its launches} of samples.csv."""
        found = {}
        for row in self.table(folder, "samples.csv"):
            found.setdefault(int(row["size_bytes"]), set()).add(int(row["launch"]))
        return found

    def cells(self, folder):
        """{(python, pair, lane, size): status} of cells.csv."""
        return {(row["python"], row["pair"], row["lane"], int(row["size_bytes"])): row["status"]
                for row in self.table(folder, "cells.csv")}
