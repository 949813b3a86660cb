#!/usr/bin/env python3
"""What a run counts and observes besides times: each row once, none asked for that the plan has not, and nothing of it can
cost a measurement."""
import os
import signal
import subprocess
import time
import unittest

from contract_support import Driver

RUN = ("run", "--launches", "2", "--blocks", "5", "--seed", "5", "--out", "out")


class Memory(Driver):
    def keys(self, name):
        return [(row["python"], row["pair"], row["lane"], int(row["size_bytes"]), row["arm"])
                for row in self.table("out", name)]

    def has(self, name):
        return os.path.exists(os.path.join(self.work, "out", name))

    def test_rows_stand_for_the_ends_of_the_plan_and_two_sizes_between(self):
        self.expect(0, self.zcbench(*RUN, "plain", "--size", "256..4M", "--python", "3.11", "--python", "3.13"))
        expected = [(python, "plain", "capi", size, arm) for python in ("cp311", "cp313")
                    for size in (256, 65536, 1048576, 4194304) for arm in ("copy", "view")]
        self.assertEqual(self.keys("memory.csv"), expected)
        self.assertEqual(self.keys("semantics.csv"), expected)

    def test_figures_arrive_as_they_were_said(self):
        self.expect(0, self.zcbench(*RUN, "plain", "--size", "256"))
        copy, view = self.table("out", "memory.csv")
        self.assertEqual([view[name] for name in ("blocks_per_op", "bytes_per_op", "gc_objects_per_op", "peak_bytes",
                                                  "retained_bytes", "used_bytes")], ["1", "184", "1", "184", "537", "256"])
        self.assertEqual(copy["bytes_per_op"], "289")
        meaning = self.table("out", "semantics.csv")[1]
        self.assertEqual([meaning[name] for name in ("change_seen", "source_locked", "source_kept_alive", "writable",
                                                     "contiguous")], ["yes", "", "yes", "yes", "yes"])
        lies = self.table("out", "lies.csv")
        self.assertEqual([(row["python"], row["lie"], row["found"]) for row in lies],
                         [("cp311", "full_slice", "same object"), ("cp311", "array", "")])

    def test_it_can_be_left_out(self):
        self.expect(0, self.zcbench(*RUN, "plain", "--size", "256", "--no-memory"))
        self.assertFalse(self.has("memory.csv") or self.has("semantics.csv") or self.has("lies.csv"))
        with open(os.path.join(self.work, "out", "summary.md")) as page:
            self.assertNotIn("Memory and meaning", page.read())

    def test_a_worker_that_dies_of_it_costs_its_rows_only(self):
        with open(os.path.join(self.work, "memoryless_one.py"), "w") as pair:
            pair.write("NAME = 'memoryless_one'\n")
        done = self.zcbench(*RUN, "memoryless_one", "plain", "--pairs", "memoryless_one.py", "--size", "256,4096")
        self.expect(0, done)
        self.assertIn("no memory figures of memoryless_one", done.stderr)
        self.assertEqual({key[1] for key in self.keys("memory.csv")}, {"plain"})
        self.assertEqual({row["status"] for row in self.table("out", "cells.csv")}, {"ok"})

    def test_what_was_refused_is_not_looked_at(self):
        self.expect(0, self.zcbench(*RUN, "refused_one", "plain", "--size", "256"))
        self.assertEqual({key[1] for key in self.keys("memory.csv")}, {"plain"})

    def test_a_resumed_run_adds_no_row_twice(self):
        process = subprocess.Popen(self.command(*RUN, "slow_one", "plain", "--size", "256,4096", "--budget", "60s"),
                                   cwd=self.work, env=self.environment(), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not self.has("memory.csv") and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(60), 143)
        before = self.table("out", "memory.csv")
        self.expect(0, self.zcbench("run", "--resume", "out"))
        self.assertEqual(self.table("out", "memory.csv"), before)
        self.assertEqual(len(set(self.keys("memory.csv"))), 8)

    def test_the_page_tells_both_and_the_lies(self):
        self.expect(0, self.zcbench(*RUN, "plain", "--size", "256,4096"))
        with open(os.path.join(self.work, "out", "summary.md")) as page:
            text = page.read()
        self.assertIn("## Memory and meaning", text)
        self.assertIn("| cp311 | plain capi | 4 KiB | 4.0 KiB in 1 | 184 B in 1 | 1.01× | 1.07× | yes | – | yes |", text)
        self.assertIn("keeps most alive for what it shows is that of plain capi on cp311: 537 B for 256 B", text)
        self.assertIn("## What only looks like a copy or a view", text)
        self.assertIn("same object", text)

    def test_the_lies_can_be_listed(self):
        done = self.zcbench("list", "--lies")
        self.expect(0, done)
        self.assertIn("b[:]", done.stdout)
        self.assertIn("same object", done.stdout)
        self.assertIn("needs numpy", done.stdout)


if __name__ == "__main__":
    unittest.main()
