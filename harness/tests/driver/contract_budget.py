#!/usr/bin/env python3
"""A budget ends a run in time, goes to the widest intervals and to break-evens; what is missed is told.

What a budget reaches depends on what else runs: nothing of the other tests, ctest sees to that."""
import time
import unittest

from contract_support import Driver

FEW = ("--profile", "quick", "--blocks", "5", "--size", "256,4K,64K")


class Budget(Driver):
    def test_a_whole_run_is_cut_to_it(self):
        start = time.monotonic()
        done = self.expect(0, self.zcbench("run", "plain", "slow_one", "--budget", "8s", "--out", "out"))
        self.assertLess(time.monotonic() - start, 8)
        self.assertIn("quick look", done.stderr)
        self.assertTrue(self.run_json("out")["complete"])

    def test_what_it_does_not_reach_is_told_with_what_it_needs(self):
        start = time.monotonic()
        done = self.expect(0, self.zcbench("run", "plain", "slow_one", *FEW, "--precision=0.1%", "--budget", "10s", "--out",
                                           "out"))
        self.assertLess(time.monotonic() - start, 11)
        self.assertRegex(done.stderr, r"precision: \d of 6 cells are within ±0.1 %; not reached:")
        self.assertRegex(done.stderr, r"plain capi 256 B on cp311: ±0\.\d+ %, needs about \d+ more launches")
        self.assertGreaterEqual(min(len(launches) for launches in self.launches("out").values()), 6)

    def test_without_a_precision_it_is_used_to_its_end(self):
        start = time.monotonic()
        self.expect(0, self.zcbench("run", "plain", *FEW, "--budget", "6s", "--out", "out"))
        self.assertLess(time.monotonic() - start, 6.9)
        self.assertGreater(time.monotonic() - start, 4)
        self.assertGreater(max(len(launches) for launches in self.launches("out").values()), 12)

    def test_it_leaves_time_for_the_break_even(self):
        self.expect(0, self.zcbench("run", "plain", "--profile", "quick", "--budget", "12s", "--seed", "3", "--out", "out"))
        row, = self.table("out", "breakeven.csv")
        self.assertEqual(row["status"], "crossed")
        self.assertAlmostEqual(float(row["bytes"]), 800, delta=80)
        self.assertGreater(len(self.launches("out")), 8)


if __name__ == "__main__":
    unittest.main()
