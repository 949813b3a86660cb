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

HERE = os.path.dirname(os.path.abspath(__file__))
ZCBENCH = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "zcbench"

FIND_PYTHON = '''#!/usr/bin/env python3
import json, os, sys
place = sys.argv[sys.argv.index("--build-dir") + 1]
spec = sys.argv[-1]
known = {"3.11": "cp311", "3.13": "cp313", "python3": "cp311"}
def line(spec, tag):
    print(json.dumps({"spec": spec, "ok": True, "reason": "", "executable": sys.executable, "program": sys.executable,
        "tag": tag, "version": "3.%s.1" % tag[3:], "prefix": "/", "compiler": "GCC", "config_args": "", "numpy": "",
        "pgo": False, "lto": 0, "debug": 0, "gil": 1, "jit": 0, "shared": 1,
        "worker": os.path.join(place, "zcbench-worker-" + tag)}))
def no(spec, reason):
    print(json.dumps({"spec": spec, "ok": False, "reason": reason}))
if spec == "all":
    line("3.11.1", "cp311"); line("3.13.1", "cp313"); no("3.7.9", "is older than 3.8")
elif spec in known:
    line(spec, known[spec])
else:
    no(spec, "no Python %s found; found: 3.11.1, 3.13.1" % spec)
    sys.exit(2)
'''

BUILD_WORKER = '''#!/usr/bin/env python3
import os, shutil, sys
if os.path.exists(os.path.join(sys.argv[-1], "unbuildable")):
    sys.exit("build-worker: no compiler")
for tag in ("cp311", "cp313") if sys.argv[1] != "--try" else ():
    shutil.copy(%r, os.path.join(sys.argv[-1], "zcbench-worker-" + tag))
'''


class Driver(unittest.TestCase):
    """A test with a folder of its own, in which zcbench is run."""

    def setUp(self):
        self.place = os.path.realpath(tempfile.mkdtemp(prefix="zcb contract "))
        self.addCleanup(shutil.rmtree, self.place)
        self.share, self.workers = os.path.join(self.place, "share"), os.path.join(self.place, "workers")
        os.makedirs(os.path.join(self.share, "bench", "python"))
        os.makedirs(os.path.join(self.share, "bench", "capi"))
        os.makedirs(os.path.join(self.share, "scripts"))
        os.makedirs(self.workers)
        self.script("find-python", FIND_PYTHON)
        self.script("build-worker", BUILD_WORKER % os.path.join(HERE, "contract_fake_worker.py"))
        with open(os.path.join(self.share, "bench", "capi", "plain.c"), "w") as code:
            code.write("/* plain */\nint arm;\n")
        self.work = os.path.join(self.place, "work")
        os.makedirs(self.work)

    def script(self, name, text):
        path = os.path.join(self.share, "scripts", name)
        with open(path, "w") as script:
            script.write(text)
        os.chmod(path, 0o755)

    def environment(self):
        return dict(os.environ, ZCB_SHARE_DIR=self.share, ZCB_WORKER_DIR=self.workers, NO_COLOR="1")

    def command(self, *words):
        return [ZCBENCH] + list(words)

    def zcbench(self, *words, **options):
        return subprocess.run(self.command(*words), cwd=self.work, env=self.environment(), stdin=subprocess.DEVNULL,
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

    def cells(self, folder):
        """{(python, pair, lane, size): status} of cells.csv."""
        return {(row["python"], row["pair"], row["lane"], int(row["size_bytes"])): row["status"]
                for row in self.table(folder, "cells.csv")}
