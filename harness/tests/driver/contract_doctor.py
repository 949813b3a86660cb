#!/usr/bin/env python3
"""`zcbench doctor` says what it finds, names a reason for whatever is left out, and fails only where nothing can be used or
what was asked for can't."""
import json
import math
import os
import shutil
import unittest

from contract_support import Driver
from fake_share import HERE

NOTHING = '''#!/usr/bin/env python3
import json
print(json.dumps({"spec": "3.7.9", "ok": False, "reason": "is older than \\u001b[31m3.8", "version": "3.7.9"}))
'''


class Doctor(Driver):
    def examine(self, code, *words):
        """What it prints as JSON."""
        return json.loads(self.expect(code, self.zcbench("doctor", "--probe", "20ms", "--json", *words)).stdout)

    def build_worker(self, tag):
        shutil.copy(os.path.join(HERE, "contract_fake_worker.py"), os.path.join(self.workers, "zcbench-worker-" + tag))


class Interpreters(Doctor):
    def test_each_has_its_state(self):
        self.build_worker("cp311")
        found = self.examine(0)["interpreters"]
        self.assertEqual([(one["name"], one["state"], one["reason"], one["requested"]) for one in found],
                         [("cp311", "ready", None, False), ("cp313", "embeds", None, False),
                          ("", "left out", "is older than 3.8", False)])
        self.assertEqual((found[0]["version"], found[0]["pgo"], found[0]["gil"]), ("3.11.1", False, True))

    def test_text_has_the_same(self):
        done = self.expect(0, self.zcbench("doctor", "--probe", "20ms"))
        self.assertRegex(done.stdout, r"\bcp313 +3\.13\.1 +embeds +GCC, no PGO, no LTO, shared")
        self.assertRegex(done.stdout, r"LEFT OUT\n +3\.7\.9 +is older than 3\.8\n")
        for title in ("TOOLS", "MACHINE", "NOISE", "ADVICE"):
            self.assertIn("\n%s" % title, done.stdout)

    def test_one_that_cannot_be_embedded_is_left_out(self):
        self.build_worker("cp311")
        open(os.path.join(self.workers, "unbuildable"), "w").close()
        found = self.examine(0)["interpreters"]
        self.assertEqual([one["state"] for one in found], ["ready", "left out", "left out"])
        self.assertIn("no compiler", found[1]["reason"])

    def test_a_worker_that_no_longer_starts_is_left_out(self):
        path = os.path.join(self.workers, "zcbench-worker-cp311")
        with open(path, "w") as worker:
            worker.write("#!/bin/sh\necho libpython is gone >&2\nexit 3\n")
        os.chmod(path, 0o755)
        found = self.examine(0)["interpreters"]
        self.assertEqual([one["state"] for one in found], ["left out", "embeds", "left out"])
        self.assertIn("libpython is gone", found[0]["reason"])

    def test_only_those_asked_for(self):
        found = self.examine(0, "--python", "3.13", "--python", "mine=3.11")["interpreters"]
        self.assertEqual([(one["name"], one["requested"]) for one in found], [("cp313", True), ("mine", True)])

    def test_one_asked_for_in_vain_is_an_error_beside_the_findings(self):
        done = self.expect(2, self.zcbench("doctor", "--probe", "20ms", "--python", "3.99", "--json"))
        self.assertEqual(json.loads(done.stdout)["interpreters"][0]["state"], "left out")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertIn("python '3.99' can't be used: no Python 3.99 found", done.stderr)

    def test_none_at_all_is_a_finding_with_a_code_of_its_own(self):
        self.script("find-python", NOTHING)
        done = self.expect(5, self.zcbench("doctor", "--probe", "20ms"))
        self.assertIn("no usable Python", done.stderr)
        self.assertIn("no interpreter can be used: install one", " ".join(done.stdout.split()))
        self.assertIn("3.7.9", done.stdout)
        self.assertNotIn("\x1b", done.stdout)


class Machine(Doctor):
    def test_figures_are_there_and_sane(self):
        found = self.examine(0)
        noise = found["noise"]
        self.assertTrue(all(math.isfinite(noise[name]) for name in ("piece_ns", "lost_share", "clock_ns", "load1")))
        self.assertGreaterEqual(noise["p99_ratio"], 1)
        self.assertTrue(0 <= noise["lost_share"] < 1)
        self.assertGreaterEqual(noise["probe_ns"], 2e7)
        self.assertGreater(found["machine"]["cpus"], 0)
        self.assertEqual(found["schema"], 1)

    def test_a_missing_tool_is_named_with_what_it_costs(self):
        only = os.path.join(self.place, "bin")
        os.makedirs(only)
        for name in ("env", "python3", "cc", "c++", "cmake"):
            os.symlink(shutil.which(name), os.path.join(only, name))
        before, self.environment = self.environment, lambda: dict(before(), PATH=only)
        found = self.examine(0)
        tools = {tool["name"]: tool for tool in found["tools"]}
        self.assertEqual([name for name in tools if tools[name]["found"]], ["C compiler", "C++ compiler", "cmake"])
        self.assertTrue(any("no gnuplot: there are no pictures" in advice for advice in found["advice"]))
        self.assertTrue(any("missing: make, pkg-config" in advice for advice in found["advice"]))


class Usage(Doctor):
    def test_arguments_are_refused(self):
        self.assertIn("takes no argument", self.refused(2, "doctor", "3.11"))
        self.assertIn("too long", self.refused(2, "doctor", "--probe", "2m"))
        self.assertIn("nearest is --python", self.refused(2, "doctor", "--pyhton", "3.11"))


if __name__ == "__main__":
    unittest.main()
