#!/usr/bin/env python3
"""Bad input gets its exit code, one clear line with the nearest valid name, and leaves nothing behind."""
import os
import subprocess
import unittest

from contract_support import Driver


class Sizes(Driver):
    def test_malformed_sizes(self):
        for text, part in (("0", "too small"), ("-1", "malformed size '-1'"), ("4X", "unit 'X'"),
                           ("1M..1K", "backwards"), ("18446744073709551616", "too large"), ("", "missing")):
            with self.subTest(size=text):
                self.assertIn(part, self.refused(2, "run", "--size", text))
                self.assertIn(part, self.refused(2, "run", "--size=" + text))

    def test_a_size_that_no_pair_takes(self):
        self.assertIn("plain takes 64 B to 64 MiB", self.refused(2, "run", "plain", "--size", "1"))


class Names(Driver):
    def test_unknown_pair(self):
        line = self.refused(2, "run", "plian")
        self.assertIn("unknown pair 'plian'", line)
        self.assertIn("nearest is plain", line)
        self.assertIn("nearest is plain", self.refused(2, "show", "plainn"))

    def test_unknown_command_option_lane_profile(self):
        self.assertIn("nearest is report", self.refused(2, "reprot"))
        self.assertIn("nearest is --budget", self.refused(2, "run", "--bugdet", "3s"))
        self.assertIn("nearest is --size", self.refused(2, "run", "--sizes=3"))
        self.assertIn("nearest is python", self.refused(2, "run", "--lane", "pyhton"))
        self.assertIn("nearest is quick", self.refused(2, "run", "--profile", "qiuck"))
        self.assertIn("unknown option '-x'", self.refused(2, "run", "-x"))
        self.assertIn("unknown option '--unheard'", self.refused(2, "--unheard"))

    def test_a_name_with_control_characters_is_not_obeyed(self):
        line = self.refused(2, "run", "x\x1b[31m\ny")
        self.assertNotIn("\x1b", line)


class Values(Driver):
    def test_values_out_of_range(self):
        for option, value in (("--launches", "0"), ("--launches", "x"), ("--blocks", "-3"), ("--visit", "5"),
                              ("--visit", "1ns"), ("--warmup", "1.5"), ("--budget", "60"), ("--seed", "-1"),
                              ("--seed", "18446744073709551616"), ("--cell-limit", "0s"), ("--out", ""),
                              ("--color", "mauve"), ("--json", "")):
            with self.subTest(option=option, value=value):
                self.refused(2, "run", option + "=" + value)

    def test_missing_and_superfluous_values(self):
        self.assertIn("needs a value", self.refused(2, "run", "--size"))
        self.assertIn("takes no value", self.refused(2, "run", "--help=3"))

    def test_arguments_that_a_command_does_not_take(self):
        self.refused(2, "list", "plain")
        self.refused(2, "show")
        self.assertIn("one DIR", self.refused(2, "report", "a", "b", "--figures", "time"))


class Interpreters(Driver):
    def test_one_that_cannot_be_used_is_told_with_the_reason(self):
        line = self.refused(2, "run", "--python", "3.99")
        self.assertIn("python '3.99' can't be used: no Python 3.99 found", line)
        self.assertIn("3.13.1", line)
        self.refused(2, "list", "--python", "3.99")

    def test_malformed_words(self):
        self.assertIn("names no interpreter", self.refused(2, "run", "--python", ""))
        self.assertIn("no folder", self.refused(2, "run", "--python", "3.11,path=/no/such"))
        self.assertIn("malformed name", self.refused(2, "run", "--python", "=3.11"))

    def test_one_name_for_two(self):
        self.assertIn("two interpreters are named 'cp311'", self.refused(2, "run", "--python", "3.11", "--python", "3.11"))
        self.assertIn("two interpreters are named 'a'", self.refused(2, "run", "--python", "a=3.11", "--python", "a=3.13"))

    def test_none_at_all(self):
        self.script("find-python", "#!/bin/sh\necho 'find-python: no python3 on PATH' >&2\nexit 2\n")
        self.assertIn("no python3 on PATH", self.refused(2, "run"))

    def test_find_python_that_talks_nonsense(self):
        self.script("find-python", "#!/bin/sh\necho hello\n")
        self.assertIn("printed no JSON", self.refused(1, "run"))

    def test_worker_that_can_not_be_built(self):
        open(os.path.join(self.workers, "unbuildable"), "w").close()
        self.assertIn("its worker can't be built: no compiler", self.refused(2, "run", "--python", "3.11"))
        self.assertIn("no usable Python", self.refused(2, "run", "--python", "all"))

    def test_worker_that_does_not_work(self):
        self.expect(0, self.zcbench("list"))
        with open(os.path.join(self.workers, "zcbench-worker-cp311"), "w") as worker:
            worker.write("#!/bin/sh\necho 'no libpython' >&2\nkill -SEGV $$\n")
        line = self.refused(2, "list")
        self.assertIn("signal 11", line)
        self.assertIn("no libpython", line)


class Files(Driver):
    def test_a_folder_that_is_not_empty(self):
        os.makedirs(os.path.join(self.work, "full", "x"))
        self.assertIn("'full' is not empty", self.refused(2, "run", "--out", "full"))
        self.assertEqual(os.listdir(os.path.join(self.work, "full")), ["x"])

    def test_a_folder_that_can_not_be_made(self):
        open(os.path.join(self.work, "file"), "w").close()
        self.assertIn("'file' is no folder", self.refused(2, "run", "--out", "file/run"))
        self.assertIn("'file' is no folder", self.refused(2, "run", "--out", "file"))
        self.refused(2, "run", "plain", "--out", "/proc/no/such")

    @unittest.skipIf(os.geteuid() == 0, "root may write anywhere")
    def test_a_folder_that_is_read_only(self):
        os.makedirs(os.path.join(self.work, "locked"))
        os.chmod(os.path.join(self.work, "locked"), 0o555)
        self.assertIn("not writable", self.refused(2, "run", "--out", "locked/run"))

    def test_a_users_pair_with_a_syntax_error(self):
        with open(os.path.join(self.work, "mine.py"), "w") as pair:
            pair.write("NAME = (\n")
        line = self.refused(2, "run", "--pairs", "mine.py")
        self.assertIn("SyntaxError", line)
        self.assertIn("mine.py", line)

    def test_a_users_pair_that_is_not_there(self):
        self.assertIn("pair file 'none.py' can't be read", self.refused(2, "run", "--pairs", "none.py"))

    def test_a_users_pair_with_a_name_that_is_taken(self):
        for folder in ("a", "b"):
            os.makedirs(os.path.join(self.work, folder))
            with open(os.path.join(self.work, folder, "mine.py"), "w") as pair:
                pair.write("NAME = 'mine'\n")
        line = self.refused(2, "run", "--pairs", "a/mine.py", "--pairs", "b/mine.py")
        self.assertIn("'mine'", line)

    def test_folders_that_are_no_run(self):
        self.assertIn("is no folder", self.refused(2, "report", "nowhere"))
        self.refused(2, "report")
        self.refused(5, "report", ".")
        self.refused(5, "run", "--resume", ".")
        self.refused(2, "run", "--resume", "nowhere")
        self.assertIn("--resume takes every argument", self.refused(2, "run", "--resume", ".", "--seed", "1"))


class Help(Driver):
    def test_help_and_version_everywhere(self):
        for words in ((), ("run",), ("pair",), ("exporter",), ("list",), ("show",), ("report",)):
            with self.subTest(command=words):
                self.assertIn("Usage: zcbench", self.expect(0, self.zcbench(*words, "--help")).stdout)
                self.assertRegex(self.expect(0, self.zcbench(*words, "--version")).stdout, r"^zcbench \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    unittest.main()
