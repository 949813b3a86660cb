#!/usr/bin/env python3
"""The programs that exports are written for read them: pyperf's commands and Google Benchmark's compare.py, from the
private environment that the set-up makes for the tests (build/venv-trust). Where it is not there this is skipped."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PLACES = [sys.argv.pop(2)] if len(sys.argv) > 2 else []

from contract_support import Driver  # noqa: E402  (takes the first word itself)
from fake_share import HERE  # noqa: E402

PLACES.append(os.path.join(HERE, "..", "..", "..", "build"))
SIZES = (256, 16384)
QUICK = ("--launches", "10", "--blocks", "3", "--size", ",".join(map(str, SIZES)))
NAMES = ("plain", "view_of_copy")  # the second holds the words that filters look for
CELLS = ["plain/capi", "view_of_copy/python"]


def find_peers():
    """Python with pyperf, and compare.py; None where they are not installed."""
    for place in PLACES:
        python = os.path.join(os.path.abspath(place), "venv-trust", "bin", "python")
        compare = os.path.join(os.path.abspath(place), "venv-trust", "compare.py")
        if os.path.exists(compare) and subprocess.call([python, "-c", "import pyperf, scipy"], stderr=subprocess.DEVNULL) == 0:
            return python, os.path.realpath(compare)
    return None


def true_ns(arm, size):
    """As contract_fake_worker.py has it."""
    return 100 if arm == "view" else 50 + size / 16


class Peers(Driver):
    python, compare = "", ""
    kept = None  # where the run that all tests read lies

    def setUp(self):
        super().setUp()
        with open(os.path.join(self.share, "bench", "python", "view_of_copy.py"), "w") as file:
            file.write("NAME = 'view_of_copy'\n")
        run = os.path.join(self.work, "run")
        if Peers.kept is None:
            self.expect(0, self.zcbench("run", *NAMES, *QUICK, "--out", "run", "--python", "3.11", "--python", "3.13"))
            Peers.kept = tempfile.mkdtemp(prefix="zcb peers ")
            self.addClassCleanup(shutil.rmtree, Peers.kept)
            shutil.copytree(run, os.path.join(Peers.kept, "run"))
        else:
            shutil.copytree(os.path.join(Peers.kept, "run"), run)

    def export(self, form):
        self.expect(0, self.zcbench("export", "--format", form, "--out", form, "run"))

    def peer(self, *words):
        done = subprocess.run([self.python] + list(words), cwd=self.work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("Traceback", done.stdout)
        return done.stdout

    def test_pyperf_reads_every_command(self):
        self.export("pyperf")
        first, second = "pyperf/cp311.pyperf.json", "pyperf/cp313.pyperf.json"
        stats = self.peer("-m", "pyperf", "stats", first)
        self.assertIn("Number of benchmarks: %d" % (5 * len(CELLS) * len(SIZES)), stats)
        self.assertEqual(stats.count("Total number of values: 10"), 5 * len(CELLS) * len(SIZES))
        for cell in CELLS:
            for size in SIZES:
                for arm in ("copy", "view"):
                    at = stats.index("%s/%s/%d\n" % (cell, arm, size))
                    value, unit = re.search(r"Median \+- MAD: +([0-9.]+) (ns|us)", stats[at:]).groups()
                    self.assertAlmostEqual(float(value) * {"ns": 1, "us": 1000}[unit] / true_ns(arm, size), 1, delta=0.03)
        self.assertIn("plain/capi/view/256", self.peer("-m", "pyperf", "hist", first))
        shown = self.peer("-m", "pyperf", "show", "--metadata", first)
        self.assertIn("- zcbench_variant: cp311", shown)
        self.assertIn("- python_version: 3.11.1", shown)
        self.assertNotIn("standard deviation", self.peer("-m", "pyperf", "check", first))
        table = self.peer("-m", "pyperf", "compare_to", "--table", "--verbose", first, second)
        self.assertIn("view_of_copy/python/copy/16384", table)  # as different, or as hidden for not being so

    def test_pyperf_merges_with_its_own_files(self):
        self.export("pyperf")
        self.peer("-m", "pyperf", "timeit", "--quiet", "-p1", "-n2", "-w1", "-l10", "-o", "own.json", "pass")
        self.peer("-m", "pyperf", "convert", "own.json", "--add", "pyperf/cp311.pyperf.json", "-o", "both.json")
        self.assertIn("plain/capi/copy/256", self.peer("-m", "pyperf", "stats", "both.json"))

    def test_compare_py_sets_view_against_copy_in_one_file(self):
        self.export("gbench")
        self.peer(self.compare, "--no-color", "-d", "found.json", "filters", "gbench/gbench.json", "copy", "view")
        with open(os.path.join(self.work, "found.json")) as file:
            found = [row for row in json.load(file) if row["name"] != "OVERALL_GEOMEAN"]
        self.assertEqual(len(found), 2 * len(CELLS) * len(SIZES))
        for row in found:
            self.assertEqual(len(row["measurements"]), 10)
            self.assertEqual(row["utest"]["nr_of_repetitions"], 10)
            size = int(row["name"].rsplit("/", 1)[1])
            change = true_ns("view", size) / true_ns("copy", size)
            for measured in row["measurements"]:
                self.assertAlmostEqual((1 + measured["time"]) / change, 1, delta=0.06)

    def test_compare_py_sets_interpreters_against_each_other(self):
        self.export("gbench")
        table = self.peer(self.compare, "--no-color", "filters", "gbench/gbench.json", "cp311", "cp313")
        self.assertEqual(table.count("_pvalue"), 5 * len(CELLS) * len(SIZES))
        table = self.peer(self.compare, "--no-color", "benchmarks", "gbench/gbench.json", "gbench/gbench.json")
        self.assertEqual(len(re.findall(r" \+0\.0000 +\+0\.0000 ", table)), 2 * 5 * len(CELLS) * len(SIZES) * 10 + 1)


if __name__ == "__main__":
    peers = find_peers()
    if peers is None:
        print("skipped: no pyperf and compare.py: scripts/setup --tests installs them")
        sys.exit(77)
    Peers.python, Peers.compare = peers
    unittest.main()
