#!/usr/bin/env python3
"""A precision is gone on for until it is reached, a budget goes to the widest intervals; what is missed is told."""
import math
import time
import unittest

from contract_support import Driver

FEW = ("--profile", "quick", "--blocks", "5", "--size", "256,4K,64K")


class Precision(Driver):
    def widths(self, folder):
        return {int(row["size_bytes"]): math.sqrt(float(row["gross_hi"]) / float(row["gross_lo"])) - 1
                for row in self.table(folder, "speedup.csv")}

    def launches(self, folder):
        found = {}
        for row in self.table(folder, "samples.csv"):
            found.setdefault(int(row["size_bytes"]), set()).add(int(row["launch"]))
        return found

    def test_every_interval_becomes_as_narrow_as_asked(self):
        self.expect(0, self.zcbench("run", "plain", *FEW, "--seed", "5", "--out", "planned"))
        wide = self.widths("planned")
        self.assertGreater(max(wide.values()), 0.004)
        done = self.expect(0, self.zcbench("run", "plain", *FEW, "--seed", "5", "--precision", "0.4%", "--out", "out"))
        self.assertLessEqual(max(self.widths("out").values()), 0.004)
        self.assertIn("precision: 3 of 3 cells are within ±0.4 %", done.stderr)
        for size, launches in self.launches("out").items():
            self.assertEqual(len(launches) > 6, wide[size] > 0.004, size)
        self.assertTrue(self.run_json("out")["complete"])

    def test_what_a_budget_does_not_reach_is_told_with_what_it_needs(self):
        start = time.monotonic()
        done = self.expect(0, self.zcbench("run", "plain", "slow_one", *FEW, "--precision=0.1%", "--budget", "10s", "--out",
                                           "out"))
        self.assertLess(time.monotonic() - start, 11)
        self.assertRegex(done.stderr, r"precision: \d of 6 cells are within ±0.1 %; not reached:")
        self.assertRegex(done.stderr, r"plain capi 256 B on cp311: ±0\.\d+ %, needs about \d+ more launches")
        self.assertGreaterEqual(min(len(launches) for launches in self.launches("out").values()), 6)

    def test_a_budget_alone_goes_on_to_its_end(self):
        start = time.monotonic()
        self.expect(0, self.zcbench("run", "plain", *FEW, "--budget", "6s", "--out", "out"))
        self.assertLess(time.monotonic() - start, 6.9)
        self.assertGreater(time.monotonic() - start, 4)
        self.assertGreater(max(len(launches) for launches in self.launches("out").values()), 12)

    def test_bare_and_malformed(self):
        done = self.expect(0, self.zcbench("run", "plain", *FEW, "--precision", "--out", "out"))
        self.assertIn("within ±3 %", done.stderr)
        self.assertIn("malformed precision '2'", self.refused(2, "run", "plain", "--precision=2"))
        self.assertIn("out of range", self.refused(2, "run", "plain", "--precision", "90%"))


if __name__ == "__main__":
    unittest.main()
