#!/usr/bin/env python3
"""A whole run with a worker whose times follow a known law: the files, the figures, and what bad pairs cost."""
import json
import os
import unittest

from contract_support import Driver

QUICK = ("--launches", "6", "--blocks", "5", "--size", "256,4096,1M")


class Run(Driver):
    def test_the_folder_is_complete_and_the_figures_follow_the_law(self):
        done = self.expect(0, self.zcbench("run", "plain", *QUICK, "--size", "64..16K", "--seed", "7"))
        folder = os.readlink(os.path.join(self.work, "results", "latest"))
        self.assertRegex(folder, r"^\d{8}T\d{6}Z-\w+-\w+$")
        self.assertEqual(os.listdir(os.path.join(self.work, "results")).count(folder), 1)
        self.assertIn("plain", done.stdout)
        self.assertIn("results/latest/summary.csv", done.stdout)
        run = self.run_json("results/latest")
        self.assertTrue(run["complete"])
        self.assertEqual(run["run_id"], folder)
        self.assertEqual(run["arguments"], ["run", "plain", *QUICK, "--size", "64..16K", "--seed", "7"])
        breakeven, = self.table("results/latest", "breakeven.csv")
        self.assertEqual(breakeven["status"], "crossed")
        self.assertLess(float(breakeven["ci_lo"]), 800)
        self.assertGreater(float(breakeven["ci_hi"]), 760)
        for row in self.table("results/latest", "speedup.csv"):
            truth = (50 + int(row["size_bytes"]) / 16) / 100
            self.assertAlmostEqual(float(row["gross"]) / truth, 1, delta=0.05)
            self.assertAlmostEqual(float(row["twin"]), 1, delta=0.05)

    def test_every_visit_is_recorded_once(self):
        self.expect(0, self.zcbench("run", "plain", *QUICK, "--out", "out"))
        rows = self.table("out", "samples.csv")
        keys = {(row["size_bytes"], row["launch"], row["block"], row["arm"]) for row in rows}
        self.assertEqual(len(keys), len(rows))
        self.assertEqual(len(rows), 6 * (2 * 5 * 5 + 3 * 5 + 2 * 2))  # from 1 MiB on twin and limit in 2 of 5 blocks
        self.assertFalse(os.path.exists(os.path.join(self.work, "results")))

    def test_one_seed_gives_one_order(self):
        for name in ("a", "b"):
            self.expect(0, self.zcbench("run", "plain", "second", *QUICK, "--seed", "11", "--out", name))
        self.expect(0, self.zcbench("run", "plain", "second", *QUICK, "--seed", "12", "--out", "c"))
        order = {name: [(row["pair"], row["size_bytes"], row["launch"], row["order"], row["arm"])
                        for row in self.table(name, "samples.csv")] for name in "abc"}
        self.assertEqual(order["a"], order["b"])
        self.assertNotEqual(order["a"], order["c"])

    def test_variants_are_measured_side_by_side(self):
        self.expect(0, self.zcbench("run", "plain", "second", *QUICK, "--python", "old=3.11", "--python", "3.13",
                                    "--out", "out"))
        groups = []
        for row in self.table("out", "samples.csv"):
            key = (row["launch"], row["pair"], row["size_bytes"], row["python"])
            if not groups or groups[-1] != key:
                groups.append(key)
        self.assertEqual(len(groups), len(set(groups)))
        first = [group for group in groups if group[1] == "plain"]
        for k in range(0, len(first), 2):
            self.assertEqual(first[k][:3], first[k + 1][:3])
            self.assertNotEqual(first[k][3], first[k + 1][3])
        self.assertEqual({group[3] for group in first[::2]}, {"old", "cp313"})  # who comes first is random
        cells = self.cells("out")
        self.assertEqual(cells["old", "second", "capi", 256], "ok")
        self.assertEqual(cells["cp313", "second", "capi", 256], "unavailable")

    def test_pairs_with_other_modules_have_processes_of_their_own(self):
        self.expect(0, self.zcbench("run", "plain", "with_numpy", *QUICK, "--out", "out"))
        starts = [row for row in self.table("out", "launches.csv") if row["phase"] == "measure"]
        self.assertEqual(len(starts), 12)
        self.assertEqual(len({row["seed"] for row in starts}), 12)
        self.assertEqual({row["status"] for row in starts}, {"ok"})
        self.assertTrue(all(int(row["env_pad_bytes"]) < 4096 for row in starts))

    def test_bad_pairs_cost_their_own_cells_only(self):
        done = self.expect(0, self.zcbench("run", "refused_one", "raises_one", "dies_one", "plain", *QUICK, "--out", "out"))
        rows = {row["pair"]: row for row in self.table("out", "cells.csv") if row["size_bytes"] == "4096"}
        self.assertEqual(rows["refused_one"]["status"], "refused")
        self.assertIn("the view copies", rows["refused_one"]["reason"])
        self.assertEqual(rows["raises_one"]["status"], "refused")
        self.assertIn("ValueError: no", rows["raises_one"]["reason"])
        self.assertEqual(rows["dies_one"]["status"], "failed")
        self.assertEqual(rows["plain"]["status"], "ok")
        self.assertEqual(len([row for row in self.table("out", "samples.csv") if row["pair"] == "plain"]),
                         6 * (2 * 5 * 5 + 3 * 5 + 2 * 2))
        self.assertEqual([row for row in self.table("out", "samples.csv") if row["pair"] != "plain"], [])
        self.assertIn("lost", {row["status"] for row in self.table("out", "launches.csv")})
        self.assertTrue(self.run_json("out")["complete"])
        self.assertIn("plain", done.stdout)

    def test_a_worker_that_goes_on_after_its_end_costs_the_cell_it_spoke_for(self):
        with open(os.path.join(self.work, "late_one.py"), "w") as pair:
            pair.write("NAME = 'late_one'\n")
        words = ("run", "late_one", "plain", "second", "--pairs", "late_one.py", "--launches", "4", "--blocks", "3",
                 "--size", "4096,64K", "--seed", "5")
        self.expect(0, self.zcbench(*words, "--out", "out"))
        cells = self.table("out", "cells.csv")
        for row in cells:
            late = row["pair"] == "late_one"
            self.assertEqual((row["pair"], row["status"]), (row["pair"], "failed" if late else "ok"), row["reason"])
            self.assertEqual("went on after the job's last line" in row["reason"], late)
        whole = [row for row in self.table("out", "samples.csv") if row["pair"] in ("plain", "second")]
        self.assertEqual({(row["pair"], row["size_bytes"], row["launch"]) for row in whole},
                         {(pair, size, str(launch + 1)) for pair in ("plain", "second") for size in ("4096", "65536")
                          for launch in range(4)})
        self.assertNotIn("1", {row["iterations"] for row in whole if row["arm"] == "copy"})

    def test_conditions_are_kept_apart(self):
        done = self.expect(0, self.zcbench("run", "plain", *QUICK, "--consumer", "drop,read", "--cache", "hot", "--cache",
                                           "cold", "--out", "out"))
        rows = {(row["cache"], row["consumer"], int(row["size_bytes"])): float(row["gross"])
                for row in self.table("out", "speedup.csv")}
        self.assertEqual({key[:2] for key in rows}, {("hot", "drop"), ("hot", "read"), ("cold", "drop")})
        for (_, consumer, size), gross in rows.items():
            reading = size / 8 if consumer == "read" else 0
            self.assertAlmostEqual(gross / ((50 + size / 16 + reading) / (100 + reading)), 1, delta=0.05)
        self.assertRegex(done.stdout, r"plain.*cold")
        self.assertRegex(done.stdout, r"plain.*read")
        self.assertEqual(len(self.table("out", "breakeven.csv")), 3)

    def test_nothing_measured_is_exit_5(self):
        done = self.expect(5, self.zcbench("run", "refused_one", *QUICK, "--out", "out"))
        self.assertIn("the view copies", done.stderr)

    def test_interpreters_left_out_are_told_and_recorded(self):
        done = self.expect(0, self.zcbench("run", "plain", *QUICK, "--python", "all", "--out", "out"))
        self.assertIn("3.7.9 — is older than 3.8", done.stderr)
        self.assertEqual({row["python"] for row in self.table("out", "samples.csv")}, {"cp311", "cp313"})

    def test_a_users_pair_is_measured(self):
        with open(os.path.join(self.work, "mine.py"), "w") as pair:
            pair.write("NAME = 'mine'\n")
        self.expect(0, self.zcbench("run", "mine", "--pairs", "mine.py", *QUICK, "--out", "out"))
        self.assertEqual(self.cells("out")["cp311", "mine", "python", 4096], "ok")
        self.assertIn(os.path.join(self.work, "mine.py"), self.run_json("out")["arguments"])

    def test_json_alone_on_stdout(self):
        done = self.expect(0, self.zcbench("run", "plain", *QUICK, "--out", "out", "--json"))
        result = json.loads(done.stdout)
        self.assertEqual(result["schema"], 1)
        self.assertEqual(len(result["speedups"]), 3)
        self.assertEqual(result["breakevens"][0]["status"], "crossed")
        self.assertEqual(result["cells"]["ok"] + result["cells"]["noisy"], 3)
        self.assertIn("VERDICT", done.stderr)

    def test_json_into_a_file(self):
        done = self.expect(0, self.zcbench("run", "plain", *QUICK, "--out", "out", "--json=result.json"))
        self.assertIn("VERDICT", done.stdout)
        with open(os.path.join(self.work, "result.json")) as file:
            self.assertEqual(len(json.load(file)["speedups"]), 3)

    def test_report_rebuilds_the_same_bytes(self):
        self.expect(0, self.zcbench("run", "plain", *QUICK, "--out", "out"))
        names = ("summary.csv", "speedup.csv", "breakeven.csv", "summary.md")
        before = {name: self.content("out", name) for name in names}
        for name in names:
            os.unlink(os.path.join(self.work, "out", name))
        self.expect(0, self.zcbench("report", "out"))
        for name in names:
            self.assertEqual(self.content("out", name), before[name], name)


class List(Driver):
    def test_json_names_every_pair_with_availability(self):
        done = self.expect(0, self.zcbench("list", "--json", "--python", "3.11", "--python", "3.13"))
        pairs = {pair["name"]: pair for pair in json.loads(done.stdout)["pairs"]}
        self.assertEqual(pairs["plain"]["lanes"], ["capi"])
        self.assertEqual(pairs["plain"]["sizes"], [64, 1 << 26])
        self.assertEqual(set(pairs["plain"]), {"id", "name", "group", "kind", "lanes", "sizes", "note", "availability"})
        self.assertEqual(pairs["second"]["availability"],
                         {"cp311": {"ok": True}, "cp313": {"ok": False, "reason": "needs Python 3.99"}})

    def test_table_tells_reasons(self):
        done = self.expect(0, self.zcbench("list", "--python", "3.13"))
        self.assertIn("no: second capi on cp313: needs Python 3.99", done.stdout)

    def test_show_prints_the_code(self):
        done = self.expect(0, self.zcbench("show", "plain"))
        self.assertIn("int arm;", done.stdout)
        self.assertIn("capi/plain.c", done.stdout)
        shown = json.loads(self.expect(0, self.zcbench("show", "T1", "--json")).stdout)
        self.assertEqual(shown["pairs"][0]["lanes"][0]["code"], "/* plain */\nint arm;\n")


if __name__ == "__main__":
    unittest.main()
