#!/usr/bin/env python3
"""The constant for a library, from a run whose times follow a known law: copy and view cross at 800 bytes."""
import json
import os
import re
import unittest

from contract_support import Driver

QUICK = ("--launches", "6", "--blocks", "5", "--size", "256..16K", "--seed", "3")


class Threshold(Driver):
    def test_the_constant_lies_where_the_arms_cross(self):
        self.expect(0, self.zcbench("run", "plain", "second", *QUICK, "--python", "3.11", "--python", "3.13"))
        done = self.expect(0, self.zcbench("threshold", "plain"))
        found = re.findall(r"^#define ZCB_COPY_BELOW (\d+) /\* (\w+), .*: (\d+)–(\d+) B, 95 % \*/$", done.stdout, re.M)
        self.assertEqual([row[1] for row in found], ["cp311", "cp313"])
        for constant, _, low, high in found:
            self.assertAlmostEqual(int(constant) / 800, 1, delta=0.15)
            self.assertLessEqual(int(low), int(constant))
            self.assertLessEqual(int(constant), int(high))
        self.assertEqual(done.stderr, "")

    def test_json_says_the_same(self):
        self.expect(0, self.zcbench("run", "plain", *QUICK, "--out", "out"))
        text = self.expect(0, self.zcbench("threshold", "pl*", "out")).stdout
        cutoff, = json.loads(self.expect(0, self.zcbench("threshold", "plain", "out", "--json")).stdout)["cutoffs"]
        self.assertIn("#define ZCB_COPY_BELOW %d " % cutoff["copy_below"], text)
        self.assertEqual((cutoff["pair"], cutoff["status"], cutoff["consumer"]), ("plain", "crossed", "drop"))
        self.assertIsNone(cutoff["copy_above"])

    def test_where_sharing_always_pays_this_is_said(self):
        self.expect(0, self.zcbench("run", "plain", "--launches", "6", "--blocks", "5", "--size", "4K..64K", "--out", "out"))
        done = self.expect(0, self.zcbench("threshold", "plain", "out"))
        self.assertIn("always share", done.stdout)
        self.assertIn("#define ZCB_COPY_BELOW 0 ", done.stdout)

    def test_a_pair_that_is_not_in_the_run_is_named_with_those_that_are(self):
        self.expect(0, self.zcbench("run", "plain", "second", *QUICK, "--out", "out"))
        done = self.expect(5, self.zcbench("threshold", "bytes_slice", "out"))
        self.assertEqual(done.stdout, "")
        self.assertIn("no pair 'bytes_slice'; it has plain, second", done.stderr)

    def test_words_that_make_no_sense_are_refused(self):
        self.assertIn("PAIR", self.refused(2, "threshold"))
        self.assertIn("results/latest", self.refused(2, "threshold", "plain"))
        os.makedirs(os.path.join(self.work, "empty"))
        self.refused(5, "threshold", "plain", "empty")


if __name__ == "__main__":
    unittest.main()
