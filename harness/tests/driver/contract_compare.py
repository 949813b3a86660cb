#!/usr/bin/env python3
"""Variants of one run and runs of different days held against each other, where the truth is known: on cp313 the view of
newer_mine takes 1.25 times as long, everything else is the same."""
import json
import os
import shutil
import tempfile
import unittest

from contract_support import Driver

PLOTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "plots")
QUICK = ("--launches", "6", "--blocks", "5", "--size", "256..4K", "--seed", "3")
BOTH = ("--python", "3.11", "--python", "3.13")
FILES = ("compare.csv", "compare-means.csv", "compare-breakeven.csv")


class Compare(Driver):
    measured = {}  # words: the folder of such a run, kept for the tests after

    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.mkdtemp(prefix="zcb compare ")
        cls.addClassCleanup(shutil.rmtree, cls.kept)

    def measure(self, out, *words):
        out = os.path.join(self.work, out)
        if words not in self.measured:
            self.measured[words] = os.path.join(self.kept, str(len(self.measured)))
            self.really_measure(self.measured[words], *words)
        shutil.copytree(self.measured[words], out)

    def really_measure(self, out, *words):
        pair = os.path.join(self.work, "newer_mine.py")
        with open(pair, "w") as file:
            file.write("NAME = 'newer_mine'\n")
        self.expect(0, self.zcbench("run", "plain", "newer_mine", "--pairs", pair, *QUICK, "--out", out, *words))

    def change_run(self, folder, change):
        about = self.run_json(folder)
        change(about)
        with open(os.path.join(self.work, folder, "run.json"), "w") as file:
            json.dump(about, file)

    def refused(self, code, *words):
        done = self.expect(code, self.zcbench("compare", *words))
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        return done.stderr

    def test_what_changed_between_variants_is_found_and_nothing_else(self):
        self.measure("out", *BOTH)
        os.symlink(PLOTS, os.path.join(self.share, "plots"))
        done = self.expect(0, self.zcbench("compare", "out"))
        if shutil.which("gnuplot") is not None:
            self.assertEqual(done.stderr, "")
            for name in ("time-copy", "time-view", "normalised-copy", "normalised-view", "speedup"):
                picture = self.content("out", "plots/compare-%s-cp311.svg" % name)
                self.assertIn(b"newer_mine", picture)
        for line in ("newer_mine python copy", "newer_mine python view", "plain capi view"):
            self.assertIn(line, done.stdout)
        for row in self.table("out", "compare.csv"):
            is_slower = row["pair"] == "newer_mine" and row["arm"] == "view"
            truth = 1 if not is_slower else 0.8 if row["figure"] == "speedup" else 1.25
            self.assertAlmostEqual(float(row["ratio"]) / truth, 1, delta=0.03)
            self.assertLessEqual(float(row["ratio_lo"]), float(row["ratio"]))
            self.assertLessEqual(float(row["p"]), float(row["p_holm"]))
            self.assertEqual((row["base"], row["head"], row["launches"]), ("cp311", "cp313", "6"))
            if is_slower:
                self.assertEqual(row["verdict"], "less" if row["figure"] == "speedup" else "slower")
            else:
                self.assertIn(row["verdict"], ("same", "unclear"))
        means = [row for row in self.table("out", "compare-means.csv") if row["pair"] == ""]
        self.assertEqual({row["cells"] for row in means}, {"10"})
        breakevens = {row["pair"]: row for row in self.table("out", "compare-breakeven.csv")}
        self.assertAlmostEqual(float(breakevens["newer_mine"]["ratio"]), 1200 / 800, delta=0.2)

    def test_json_holds_the_tables(self):
        self.measure("out", *BOTH)
        done = self.expect(0, self.zcbench("compare", "out:cp313", "out:cp311", "--json"))
        one, = json.loads(done.stdout)["comparisons"]
        self.assertEqual((one["base"]["python"], one["head"]["python"], one["paired"]), ("cp313", "cp311", True))
        self.assertEqual(len(one["cells"]), len(self.table("out", "compare.csv")))
        self.assertEqual(len(one["means"]) + len(one["series"]), len(self.table("out", "compare-means.csv")))
        self.assertEqual(len(one["breakevens"]), len(self.table("out", "compare-breakeven.csv")))
        self.assertIn("TIME", done.stderr)

    def test_a_run_beside_itself_shows_no_change(self):
        self.measure("out", *BOTH)
        for words in (("out", "out"), ("out:cp313", "cp313"), ("out", "cp311", "cp311")):
            self.expect(0, self.zcbench("compare", *words))
            rows = self.table("out", "compare.csv")
            self.assertEqual({(row["ratio"], row["ratio_lo"], row["ratio_hi"]) for row in rows}, {("1", "1", "1")})
            self.assertEqual({row["verdict"] for row in rows}, {"same"})
            self.assertEqual({row["ratio_lo"] for row in self.table("out", "compare-breakeven.csv")}, {"1"})

    def test_two_runs_are_compared_without_units(self):
        self.measure("old")
        self.measure("new", *BOTH)
        done = self.expect(0, self.zcbench("compare", "old", "new", "--out", "."))
        self.assertNotIn("TIME", done.stdout)
        rows = self.table(".", "compare.csv")
        self.assertEqual({row["figure"] for row in rows}, {"over_limit", "over_null", "speedup"})
        self.assertEqual({row["head"] for row in rows}, {"cp311"})
        self.assertEqual({row["verdict"] for row in rows}, {"same"})
        for name in FILES:
            self.assertFalse(os.path.exists(os.path.join(self.work, "new", name)))
        self.expect(0, self.zcbench("compare", "old", "new:cp313"))
        verdicts = {(row["pair"], row["arm"], row["figure"]): row["verdict"] for row in self.table("new", "compare-means.csv")}
        self.assertEqual(verdicts["newer_mine", "view", "over_null"], "slower")
        self.assertEqual(verdicts["plain", "view", "over_null"], "same")

    def test_times_of_two_runs_need_one_machine_and_one_build(self):
        self.measure("old")
        self.measure("new", *BOTH)
        self.expect(0, self.zcbench("compare", "old", "new:cp311", "--absolute"))
        self.assertIn("time", {row["figure"] for row in self.table("new", "compare.csv")})
        self.assertIn("build of Python", self.refused(5, "old", "new:cp313", "--absolute"))
        self.change_run("old", lambda about: about["machine"].update(cpu_model="Another"))
        self.assertIn("CPU model 'Another' against", self.refused(5, "old", "new", "--absolute"))
        self.assertIn("CPU model 'Another' against", self.expect(0, self.zcbench("compare", "old", "new")).stdout)

    def test_unlike_builds_stand_beside_the_ratios(self):
        self.measure("out", *BOTH)
        self.change_run("out", lambda about: about["interpreters"][1].update(pgo=True, compiler="Clang 18"))
        done = self.expect(0, self.zcbench("compare", "out", "--cells"))
        self.assertIn("* compiler, PGO", done.stdout)
        self.assertIn("compiler (GCC, Clang 18), PGO (no, yes)", done.stdout)
        self.assertIn(")* slower", done.stdout)
        for name in FILES:
            self.assertEqual({row["builds"] for row in self.table("out", name)}, {"compiler, PGO"})

    def test_merged_runs_are_one_run_with_their_machines(self):
        self.measure("one")
        self.measure("two", *BOTH)
        self.change_run("two", lambda about: (about["machine"].update(host="far away", cpu_model="Another"),
                                              about.update(run_id="20261122T120000Z-far-0")))
        self.expect(0, self.zcbench("report", "one", "two", "--out", "all"))
        about = self.run_json("all")
        here = self.run_json("one")["machine"]["host"]
        names = ["cp311-" + "".join(c if c.isalnum() or c in "_.-" else "_" for c in here), "cp311-far_away", "cp313"]
        self.assertEqual([variant["name"] for variant in about["interpreters"]], names)
        self.assertEqual([source["machine"]["host"] for source in about["sources"]], [here, "far away"])
        self.assertEqual((about["complete"], about["machine"]["host"]), (True, here + "; far away"))
        for name in ("samples.csv", "launches.csv", "cells.csv", "memory.csv", "semantics.csv", "lies.csv"):
            parts = self.table("one", name) + self.table("two", name)
            rows = self.table("all", name)
            self.assertEqual(len(rows), len(parts))
            self.assertEqual({row["python"] for row in rows}, set(names))
            for row, part in zip(rows, parts):
                row.pop("python"), part.pop("python")
                self.assertEqual(row, part)
        self.assertEqual({row["python"] for row in self.table("all", "speedup.csv")}, set(names))
        self.expect(0, self.zcbench("compare", "all:cp313", names[1], names[0]))
        figures = {}
        for row in self.table("all", "compare.csv"):
            figures.setdefault(row["head"], set()).add(row["figure"])
        self.assertIn("time", figures[names[1]])  # one run's launches stay side by side
        self.assertNotIn("time", figures[names[0]])
        self.assertIn("CPU model", self.refused(5, "all:" + names[0], names[1], "--absolute"))

    def test_folders_that_can_not_be_merged_say_why(self):
        self.measure("one")
        self.measure("two", *BOTH)
        for words, reason in ((("one", "one"), "given twice"), (("one", "none"), "'none'"),
                              (("one", "two", "--out", "one"), "not empty"), (("one", "--out", "new"), "several"),
                              (("one", "two", "--figures", "time"), "one DIR")):
            done = self.expect(2, self.zcbench("report", *words))
            self.assertIn(reason, done.stderr)
            self.assertEqual(done.stdout, "")
        os.makedirs(os.path.join(self.work, "nothing"))
        self.expect(5, self.zcbench("report", "one", "nothing", "--out", "new"))
        self.assertFalse(os.path.exists(os.path.join(self.work, "new")))

    def test_history_tells_runs_in_the_order_of_their_start(self):
        self.measure("runs/b", *BOTH)
        self.measure("runs/a")
        for name, day in (("a", "2026-11-20"), ("b", "2026-11-22")):
            self.change_run("runs/" + name, lambda about: about.update(run_id=name, started_utc=day + "T12:00:00.000Z"))
        os.symlink("b", os.path.join(self.work, "runs", "latest"))
        done = self.expect(0, self.zcbench("history", "runs", "--out", "told", "--json"))
        rows = self.table("told", "history.csv")
        self.assertEqual([row["run_id"] for row in rows], ["a"] * 2 + ["b"] * 4)
        self.assertEqual(len(json.loads(done.stdout)["rows"]), 6)
        for row in rows:
            truth = 1200 if row["pair"] == "newer_mine" and row["python"] == "cp313" else 800
            self.assertEqual(row["breakeven_status"], "crossed")
            self.assertAlmostEqual(float(row["breakeven_bytes"]) / truth, 1, delta=0.15)
            self.assertLess(float(row["speedup_lo"]), float(row["speedup_hi"]))
        self.assertLess(done.stderr.index("2026-11-20"), done.stderr.index("2026-11-22"))
        self.assertIn("no folder", self.expect(2, self.zcbench("history", "nowhere")).stderr)
        os.makedirs(os.path.join(self.work, "nothing"))
        self.assertIn("no run in", self.expect(5, self.zcbench("history", "nothing")).stderr)

    def test_what_can_not_be_compared_says_why(self):
        self.measure("out", *BOTH)
        self.measure("alone")
        self.assertIn("no variant 'cp39', nearest is cp31", self.refused(2, "out:cp39", "out:cp311"))
        self.assertIn("'nowhere/' is no folder", self.refused(2, "nowhere/", "out"))
        self.assertIn("results/latest", self.refused(2, "cp311"))
        self.assertIn("unknown aspect", self.refused(2, "out", "--aspect", "size"))
        self.assertIn("one variant, cp311", self.refused(5, "alone"))
        os.makedirs(os.path.join(self.work, "nothing"))
        self.assertIn("no run.json", self.refused(5, "nothing", "out"))
        shutil.copytree(os.path.join(self.work, "out"), os.path.join(self.work, "empty"))
        with open(os.path.join(self.work, "empty", "samples.csv"), "w"):
            pass
        self.assertIn("is empty", self.refused(5, "out", "empty"))
        self.change_run("alone", lambda about: about["interpreters"][0].update(name="other"))
        self.assertIn("no variant 'other'", self.refused(5, "alone", "out"))
        self.assertIn("no cell", self.refused(5, "alone", "out:cp311"))


if __name__ == "__main__":
    unittest.main()
