#!/usr/bin/env python3
"""Break-even sizes are looked for more closely than the planned sizes stand, where the truth is known."""
import unittest

from contract_support import Driver

FEW = ("--launches", "6", "--blocks", "5")


class Refine(Driver):
    def breakeven(self, folder):
        row, = self.table(folder, "breakeven.csv")
        self.assertEqual(row["status"], "crossed")
        return [float(row[key]) for key in ("bytes", "ci_lo", "ci_hi")]

    def sizes(self, folder):
        return sorted(key[3] for key in self.cells(folder))

    def test_wide_steps_are_halved_until_the_estimate_is_within_10_percent(self):
        planned = ("run", "plain", *FEW, "--seed", "3", "--size", "64,256,1K,4K")
        self.expect(0, self.zcbench(*planned, "--out", "wide"))
        self.expect(0, self.zcbench(*planned, "--refine", "--out", "out"))
        self.assertEqual(self.sizes("wide"), [64, 256, 1024, 4096])
        estimate, lo, hi = self.breakeven("out")
        self.assertAlmostEqual(estimate, 800, delta=80)
        self.assertLess(abs(estimate - 800), abs(self.breakeven("wide")[0] - 800))
        self.assertTrue(lo <= 800 * 1.01 and hi >= 800 / 1.01)
        added = set(self.sizes("out")) - {64, 256, 1024, 4096}
        self.assertTrue(2 <= len(added) <= 6, added)
        self.assertTrue(all(256 < size < 1024 and size % 8 == 0 for size in added), added)
        launches = {(row["size_bytes"], row["launch"]) for row in self.table("out", "samples.csv")}
        self.assertEqual(len(launches), 6 * len(self.sizes("out")))

    def test_a_step_is_found_to_the_byte(self):
        self.expect(0, self.zcbench("run", "step_one", *FEW, "--size", "64..4K", "--refine", "--out", "out"))
        estimate, lo, hi = self.breakeven("out")
        self.assertTrue(617 <= lo <= estimate <= hi <= 618, (lo, estimate, hi))
        self.assertIn(617, self.sizes("out"))
        self.assertIn(618, self.sizes("out"))

    def test_by_default_profiles_are_refined_and_sizes_by_name_are_not(self):
        self.expect(0, self.zcbench("run", "plain", *FEW, "--profile", "quick", "--out", "quick"))
        self.assertAlmostEqual(self.breakeven("quick")[0], 800, delta=80)
        self.assertGreater(len(self.sizes("quick")), 8)
        self.expect(0, self.zcbench("run", "plain", *FEW, "--profile", "quick", "--no-refine", "--out", "planned"))
        self.assertEqual(len(self.sizes("planned")), 8)

    def test_variants_share_the_added_sizes_and_what_is_unavailable_stays_so(self):
        self.expect(0, self.zcbench("run", "plain", "second", *FEW, "--size", "64,1K", "--refine", "--python", "3.11",
                                    "--python", "3.13", "--out", "out"))
        cells = self.cells("out")
        for (python, pair, lane, size), status in cells.items():
            expected = "unavailable" if (python, pair) == ("cp313", "second") else "ok"
            self.assertEqual(status, expected, (python, pair, size))
            self.assertIn(("cp311", pair, lane, size), cells)
        self.assertGreater(len([1 for key in cells if key[:2] == ("cp313", "plain")]), 2)


if __name__ == "__main__":
    unittest.main()
