#!/usr/bin/env python3
"""The gate: what passes, what fails, what is not confirmed and what can't be compared, each with its exit code, its sentence
and a gate.json that says the same; on libraries whose views are slower by a known factor."""
import csv
import json
import os
import shutil
import tempfile
import unittest

from contract_support import Driver

SHORT = ("plain", "--launches", "6", "--blocks", "4", "--size", "4K,16K", "--no-memory", "--seed", "7")


class Gate(Driver):
    def library(self, name, factor=1.0, refuses=False):
        folder = os.path.join(self.work, name)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "factor"), "w") as file:
            file.write(str(factor))
        if refuses:
            open(os.path.join(folder, "refuses"), "w").close()
        return folder

    def measured(self, factor=1.0, refuses=False, words=SHORT):
        """A run of two versions of a library in the folder out; head's views take `factor` times as long."""
        old, new = self.library("old"), self.library("new", factor, refuses)
        self.expect(0, self.zcbench("run", *words, "--python", "base=3.11,path=" + old, "--python",
                                    "head=3.11,path=" + new, "--out", "out"))

    def gate(self, code, *words, folder="out"):
        done = self.expect(code, self.zcbench("gate", *words, folder))
        with open(os.path.join(self.work, folder, "gate.json")) as file:
            found = json.load(file)
        self.assertEqual(found["exit_code"], code)
        self.assertEqual(found["schema"], 1)
        return done, found

    def side(self, code, *words, **options):
        return self.gate(code, "--base", "base", "--head", "head", *words, **options)

    def phases(self, folder="out"):
        return {(row["phase"], int(row["launch"])) for row in self.table(folder, "launches.csv")
                if row["phase"] in ("measure", "confirm")}

    def edit(self, name, **members):
        """Changes members of the machine in a run.json, or of the interpreters of a baseline."""
        path = os.path.join(self.work, name)
        with open(path) as file:
            document = json.load(file)
        for part in [document["machine"]] if "machine" in document else document["interpreters"]:
            part.update(members)
        with open(path, "w") as file:
            json.dump(document, file)


class SideBySide(Gate):
    def test_unchanged_code_passes(self):
        self.measured()
        done, found = self.side(0)
        self.assertIn("pass: none of 4 figures is worse by more than is allowed", done.stdout)
        self.assertEqual((found["verdict"], found["mode"], found["base"], found["head"], found["baseline"]),
                         ("pass", "side_by_side", "base", "head", None))
        self.assertEqual(found["counts"]["ok"], 4)
        self.assertEqual({row["outcome"] for row in found["figures"]}, {"ok"})
        self.assertNotIn("confirm", {phase for phase, _ in self.phases()})
        summary = self.content("out", "summary.md").decode()
        self.assertTrue(summary.startswith("# Gate: pass\n"))
        self.assertIn("<details><summary>The whole run</summary>\n\n# ", summary)

    def test_slower_views_fail_confirmed_by_fresh_launches_of_the_same_run(self):
        self.measured(1.2)
        cells = self.content("out", "cells.csv")
        done, found = self.side(3)
        self.assertIn("fail: 2 figures are worse by more than is allowed, confirmed by fresh launches", done.stdout)
        self.assertIn("6 fresh launches are to confirm", done.stderr)
        for row in found["figures"]:
            self.assertEqual(row["outcome"], "regression" if row["arm"] == "view" else "ok")
            if row["arm"] == "view":
                for phase in ("measure", "confirm"):
                    self.assertAlmostEqual(row[phase]["change"], 1.2, delta=0.02)
                    self.assertLess(row[phase]["p_adjusted"], 0.05)
                    self.assertEqual(row[phase]["launches"], 6)
        self.assertEqual(self.phases(), {("measure", n) for n in range(1, 7)} | {("confirm", n) for n in range(7, 13)})
        self.assertEqual(cells, self.content("out", "cells.csv"))
        self.assertTrue(self.run_json("out")["complete"])
        samples = self.content("out", "samples.csv")
        _, again = self.side(3)
        self.assertEqual(again, found)
        self.assertEqual(samples, self.content("out", "samples.csv"))
        self.assertTrue(self.content("out", "summary.md").startswith(b"# Gate: fail\n"))
        launches = {int(row["launches"]) for row in self.table("out", "summary.csv")}
        self.assertEqual(launches, {12})

    def test_what_fresh_launches_do_not_show_passes(self):
        self.measured(1.2)
        self.library("new", 1.0)
        done, found = self.side(0)
        self.assertIn("refuted", done.stdout)
        self.assertEqual(found["counts"]["refuted"], 2)

    def test_without_fresh_launches_nothing_is_confirmed(self):
        self.measured(1.2)
        done, found = self.side(4, "--no-confirm")
        self.assertIn("inconclusive: 2 figures are worse by more than is allowed, not confirmed", done.stdout)
        self.assertEqual(found["counts"]["not_confirmed"], 2)
        self.assertEqual({phase for phase, _ in self.phases()}, {"measure"})

    def test_where_fresh_launches_can_not_be_made_nothing_is_confirmed(self):
        self.measured(1.2)
        before = {name: self.content("out", name) for name in ("cells.csv", "samples.csv", "launches.csv")}
        os.rename(os.path.join(self.workers, "zcbench-worker-cp311"), os.path.join(self.work, "elsewhere"))
        open(os.path.join(self.workers, "unbuildable"), "w").close()
        done, _ = self.side(4)
        self.assertIn("not confirmed: fresh launches can't be made: ", done.stderr)
        os.rename(os.path.join(self.work, "elsewhere"), os.path.join(self.workers, "zcbench-worker-cp311"))
        self.edit("out/run.json", host="another")
        done, _ = self.side(4)
        self.assertIn("the run was made on another machine, another", done.stderr)
        for name, content in before.items():
            self.assertEqual(content, self.content("out", name), name)

    def test_a_view_that_is_refused_now_is_a_regression(self):
        self.measured(refuses=True)
        done, found = self.side(3)
        self.assertIn("2 cells are refused by the proof", done.stdout)
        self.assertEqual({row["status"] for row in found["lost"]}, {"refused"})

    def test_what_is_allowed_for_a_pair_is_allowed(self):
        self.measured(1.2)
        self.side(0, "--allow", "pl*=30%")
        self.side(0, "--allow", "30%")
        self.side(4, "--allow", "pl*=6%", "--allow", "30%", "--no-confirm")
        self.side(4, "--allow", "pl*=30%", "--allow", "plain=6%", "--no-confirm")
        done = self.expect(2, self.zcbench("gate", "--base", "base", "--head", "head", "--allow", "plane=6%", "out"))
        self.assertIn("--allow 'plane=6%' means no pair of this run", done.stderr)

    def test_of_a_merged_run_only_what_was_side_by_side_is_judged(self):
        self.measured(1.2)
        self.expect(0, self.zcbench("run", *SHORT, "--python", "3.13", "--out", "other"))
        self.expect(0, self.zcbench("report", "out", "other", "--out", "merged"))
        done, _ = self.side(4, folder="merged")
        self.assertIn("fresh launches can't be made: the run was merged from several", done.stderr)
        done, _ = self.gate(5, "--base", "base", "--head", "cp313", folder="merged")
        self.assertIn("base and cp313 were measured in different runs", done.stderr)

    def test_json_on_stdout_is_gate_json(self):
        self.measured()
        done = self.expect(0, self.zcbench("gate", "--base", "base", "--head", "head", "--json", "out"))
        self.assertEqual(done.stdout.encode(), self.content("out", "gate.json"))
        self.assertIn("pass", done.stderr)

    def test_words_that_make_no_sense_are_refused(self):
        for words, part in ((("--base", "a"), "--head NAME"), ((), "--baseline FILE"),
                            (("--base", "a", "--head", "b", "--baseline", "c"), "one of the two"),
                            (("--base", "a", "--head", "b", "--create"), "--create goes with --baseline"),
                            (("--baseline", "f", "--allow", "5"), "malformed allowed change '5'"),
                            (("--baseline", "f", "--allow", "=5%"), "malformed allowed change"),
                            (("--baseline", "f", "--ignore", "kernl"), "nearest is kernel"),
                            (("--baseline", "f", "a", "b"), "'b' is one too many"),
                            (("--baseline", "f", "missing"), "'missing' is no folder of a run")):
            self.assertIn(part, self.refused(2, "gate", *words))
        self.measured()
        done, found = self.gate(2, "--base", "base", "--head", "haed")
        self.assertIn("no variant 'haed'; it has base, head", done.stderr)
        self.assertEqual(found["verdict"], "error")


class Stored(Gate):
    accepted = None  # a folder with a run and its baseline, made once

    def setUp(self):
        Gate.setUp(self)
        if Stored.accepted is None:
            self.measured()
            self.expect(0, self.zcbench("baseline", "out", "--out", "accepted.json"))
            Stored.accepted = tempfile.mkdtemp(prefix="zcb gate ")
            self.addClassCleanup(shutil.rmtree, Stored.accepted)
            shutil.copytree(self.work, os.path.join(Stored.accepted, "work"))
        else:
            shutil.rmtree(self.work)
            shutil.copytree(os.path.join(Stored.accepted, "work"), self.work)

    def stored(self, code, *words, **options):
        return self.gate(code, "--baseline", "accepted.json", *words, **options)

    def put(self, text):
        with open(os.path.join(self.work, "accepted.json"), "w") as file:
            file.write(text)

    def another_run(self, factor):
        os.rename(os.path.join(self.work, "out"), os.path.join(self.work, "first"))
        self.measured(factor, words=SHORT[:-1] + ("8",))

    def test_a_baseline_is_the_same_for_the_same_run(self):
        first = self.content(".", "accepted.json")
        done = self.expect(0, self.zcbench("baseline", "out", "--out", "accepted.json"))
        self.assertEqual(first, self.content(".", "accepted.json"))
        self.assertIn("8 figures and 2 break-evens", done.stdout)
        done = self.expect(0, self.zcbench("baseline", "out", "--out", "accepted.json", "--json"))
        said = json.loads(done.stdout)
        self.assertEqual((said["schema"], said["file"], said["figures"], said["breakevens"], said["left_out"]),
                         (1, "accepted.json", 8, 2, 0))
        self.assertIn("8 figures and 2 break-evens", done.stderr)
        document = json.loads(first.decode())
        for row in document["figures"]:
            self.assertEqual(row["divisor"], "limit" if row["arm"] == "copy" else "null")
            self.assertLessEqual(row["lo"], row["ratio"])

    def test_another_run_of_the_same_code_passes_and_one_twice_as_slow_fails(self):
        self.another_run(1.0)
        _, found = self.stored(0)
        self.assertEqual((found["verdict"], found["mode"], found["baseline"]), ("pass", "baseline", "accepted.json"))
        os.rename(os.path.join(self.work, "out"), os.path.join(self.work, "second"))
        self.measured(2.0, words=SHORT[:-1] + ("9",))
        done, found = self.stored(3)
        bad = {(row["python"], row["arm"]) for row in found["figures"] if row["outcome"] == "regression"}
        self.assertEqual(bad, {("head", "view")})
        self.assertIn("regression     head plain capi 4 KiB view: ", done.stdout)

    def test_a_missing_baseline_is_made_when_asked(self):
        os.remove(os.path.join(self.work, "accepted.json"))
        done, found = self.stored(5)
        self.assertIn("there is no baseline 'accepted.json'", done.stderr)
        self.assertEqual(found["verdict"], "not_comparable")
        done, found = self.stored(0, "--create")
        self.assertIn("baseline accepted.json: 8 figures", done.stdout)
        self.assertEqual(found["verdict"], "created")
        _, found = self.stored(0, "--create")
        self.assertEqual(found["verdict"], "pass")

    def test_another_machine_or_build_is_named(self):
        whole = self.content(".", "accepted.json").decode()
        for member, name in (("cpu_model", "CPU model"), ("kernel", "kernel"), ("libc", "C library"),
                             ("compiler", "compiler"), ("python_build", "build of Python")):
            self.edit("accepted.json", **{member: "another one"})
            done, _ = self.stored(5)
            self.assertRegex(done.stderr, "%s.* 'another one' against '" % name)
            self.stored(0, "--ignore", member)
            self.put(whole)

    def test_what_is_no_baseline_is_refused_with_a_sentence(self):
        whole = self.content(".", "accepted.json").decode()
        for text, part in ((whole[:len(whole) // 2], "accepted.json' line "), ("{}", "it is no baseline"),
                           (whole.replace('"schema": 1', '"schema": 9'), "schema 9 is newer than 1"),
                           (self.content("out", "run.json").decode(), "it is no baseline")):
            self.put(text)
            done, found = self.stored(2)
            self.assertIn(part, done.stderr)
            self.assertEqual(len(done.stderr.splitlines()), 1)
            self.assertEqual(found["verdict"], "error")
            self.assertIn(part, found["reason"])
        os.remove(os.path.join(self.work, "accepted.json"))
        os.makedirs(os.path.join(self.work, "accepted.json"))
        done, _ = self.stored(2)
        self.assertIn("cannot read 'accepted.json': Is a directory", done.stderr)

    def test_of_another_variant_nothing_can_be_said(self):
        self.expect(0, self.zcbench("run", *SHORT, "--python", "3.13", "--out", "other"))
        done, _ = self.stored(5, folder="other")
        self.assertIn("no variant of this run: it has base and more, the run cp313", done.stderr)

    def test_only_complete_runs_are_judged_and_accepted(self):
        document = self.run_json("out")
        document["complete"] = False
        with open(os.path.join(self.work, "out", "run.json"), "w") as file:
            json.dump(document, file)
        done, _ = self.stored(5)
        self.assertIn("--resume out", done.stderr)
        self.expect(5, self.zcbench("baseline", "out", "--out", "new.json"))
        self.assertFalse(os.path.exists(os.path.join(self.work, "new.json")))

    def test_a_baseline_needs_a_run_and_a_place(self):
        self.assertIn("--out FILE is needed", self.expect(2, self.zcbench("baseline", "out")).stderr)
        self.expect(2, self.zcbench("baseline", "out", "more", "--out", "new.json"))
        self.expect(2, self.zcbench("baseline", "missing", "--out", "new.json"))
        self.expect(5, self.zcbench("baseline", "old", "--out", "new.json"))
        done = self.expect(2, self.zcbench("baseline", "out", "--out", "no/such/new.json"))
        self.assertIn("no/such", done.stderr)

    def test_an_empty_run_gives_no_baseline(self):
        with open(os.path.join(self.work, "out", "samples.csv"), newline="") as file:
            header = next(csv.reader(file))
        with open(os.path.join(self.work, "out", "samples.csv"), "w") as file:
            file.write(",".join(header) + "\n")
        done = self.expect(5, self.zcbench("baseline", "out", "--out", "new.json"))
        self.assertIn("is empty", done.stderr)
        _, found = self.stored(5)
        self.assertEqual(found["verdict"], "not_comparable")


if __name__ == "__main__":
    unittest.main()
