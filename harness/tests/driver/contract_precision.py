#!/usr/bin/env python3
"""A precision is gone on for until it is reached."""
import math
import unittest

from contract_support import Driver

FEW = ("--profile", "quick", "--blocks", "5", "--size", "256,4K,64K")


class Precision(Driver):
    def widths(self, folder):
        return {int(row["size_bytes"]): math.sqrt(float(row["gross_hi"]) / float(row["gross_lo"])) - 1
                for row in self.table(folder, "speedup.csv")}

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

    def test_bare_and_malformed(self):
        done = self.expect(0, self.zcbench("run", "plain", *FEW, "--precision", "--out", "out"))
        self.assertIn("within ±3 %", done.stderr)
        self.assertIn("malformed precision '2'", self.refused(2, "run", "plain", "--precision=2"))
        self.assertIn("out of range", self.refused(2, "run", "plain", "--precision", "90%"))


if __name__ == "__main__":
    unittest.main()
