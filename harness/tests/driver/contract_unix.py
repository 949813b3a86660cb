#!/usr/bin/env python3
"""zcbench behaves as a Unix program: help wherever it is asked for, a manual page and completions made of the same tables,
standard streams that are closed, full or no longer read, signals that come twice."""
import os
import re
import shutil
import signal
import subprocess
import time
import unittest

from contract_support import ZCBENCH, Driver


class Help(Driver):
    def commands(self):
        text = self.expect(0, self.zcbench("--help")).stdout
        return re.findall(r"^  ([a-z]+) +\S", text, re.MULTILINE)

    def test_no_command_shows_the_commands(self):
        done = self.expect(2, self.zcbench())
        self.assertIn("  run  ", done.stderr)
        self.assertTrue(done.stderr.endswith("zcbench: no command given\n"))
        self.assertEqual(done.stdout, "")

    def test_every_command_explains_itself_in_every_way(self):
        self.assertIn("run", self.commands())
        for name in self.commands():
            with self.subTest(command=name):
                text = self.expect(0, self.zcbench(name, "--help")).stdout
                self.assertIn("Usage: zcbench %s" % name, text)
                self.assertRegex(text, "Example")
                self.assertLessEqual(max(map(len, text.splitlines())), 80)
                self.assertEqual(self.expect(0, self.zcbench("help", name)).stdout, text)
                self.assertEqual(self.expect(0, self.zcbench(name, "-h")).stdout, text)
                self.assertIn("Usage: zcbench %s" % name, self.expect(0, self.zcbench(name, "--usage")).stdout)

    def test_what_help_does_not_know(self):
        self.assertIn("nearest is run", self.refused(2, "help", "rnu"))
        self.assertIn("one word too many", self.refused(2, "help", "run", "list"))


class Manual(Driver):
    def page(self):
        return self.expect(0, self.zcbench("help", "--man")).stdout

    def test_it_holds_every_option_of_every_command(self):
        page = self.page().replace("\\-", "-")
        for name in re.findall(r"^  ([a-z]+) +\S", self.zcbench("--help").stdout, re.MULTILINE):
            self.assertIn(".SS zcbench %s" % name, page)
            options = set(re.findall(r"^ +(--[a-z-]+)", self.zcbench(name, "--help").stdout, re.MULTILINE))
            for option in options - {"--usage"}:
                self.assertIn("\\fB%s\\fR" % option, page)
        self.assertEqual(self.page(), self.page())

    @unittest.skipUnless(shutil.which("mandoc"), "no mandoc here")
    def test_mandoc_finds_nothing_wrong(self):
        done = subprocess.run(["mandoc", "-Tlint", "-Wwarning"], input=self.page(), stdout=subprocess.PIPE,
                              universal_newlines=True, timeout=60)
        told = [line for line in done.stdout.splitlines() if "missing date" not in line]  # a tree without git has none
        self.assertEqual(told, [])

    @unittest.skipUnless(shutil.which("groff"), "no groff here")
    def test_groff_shows_what_was_meant(self):
        done = subprocess.run(["groff", "-k", "-man", "-Tutf8", "-ww"], input=self.page(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, universal_newlines=True, timeout=60)
        self.assertEqual(done.stderr, "")
        text = re.sub("\x1b\\[[0-9;]*m|.\x08", "", done.stdout)
        self.assertIn("zcbench run 'ndarray_*' --size 4KiB,64KiB,1MiB --profile rigorous", text)
        self.assertIn("6 launches × 10 blocks", text)


class Complete(Driver):
    def offered(self, *words):
        lines = self.expect(0, self.zcbench("__complete", *words)).stdout.splitlines()
        return [line.split("\t")[0] for line in lines]

    def setUp(self):
        super().setUp()
        for name in ("bytes_slice.py", "view_hash.py", "_part.py"):
            open(os.path.join(self.share, "bench", "python", name), "w").close()

    def test_commands_options_and_values(self):
        self.assertEqual(self.offered("r"), ["run", "report"])
        self.assertEqual(self.offered("--v"), ["--version"])
        self.assertEqual(self.offered("run", "--la"), ["--lane", "--launches"])
        self.assertEqual(self.offered("run", "--lane", ""), ["python", "capi"])
        self.assertEqual(self.offered("run", "--lane=python,c"), ["--lane=python,capi"])
        self.assertEqual(self.offered("run", "--color=n"), ["--color=never"])
        self.assertEqual(self.offered("pair", "--prof"), ["--profile"])
        self.assertEqual(self.offered("help", "thr"), ["threshold"])

    def test_every_value_that_is_offered_is_taken(self):
        told = self.expect(0, self.zcbench("run", "--help")).stdout
        options = re.findall(r"--([a-z-]+)\[?=([a-z]+(?:\|[a-z]+)+)", told)
        self.assertGreater(len(options), 4)
        for option, choices in options:
            for choice in choices.split("|"):
                line = self.refused(2, "run", "--%s=%s" % (option, choice), "--seed=x")
                self.assertIn("seed", line, (option, choice))
            self.assertNotIn("seed", self.refused(2, "run", "--%s=nonsense" % option, "--seed=x"))

    def test_pairs_folders_and_files(self):
        self.assertEqual(self.offered("run", ""), ["bytes_slice", "view_hash", "plain", "all"])
        self.assertEqual(self.offered("run", "bytes_slice", "v"), ["view_hash"])
        self.assertEqual(self.offered("run", "--seed", "1", "--", "b"), ["bytes_slice"])
        self.assertEqual(self.offered("threshold", "bytes_slice", ""), [":folders"])
        self.assertEqual(self.offered("run", "--out", ""), [":folders"])
        self.assertEqual(self.offered("exporter", ""), [":files .py"])
        self.assertEqual(self.offered("run", "--json="), [":files"])

    def test_nothing_where_nothing_fits(self):
        for words in (("nonsense", ""), ("run", "--seed", ""), ("run", "--none="), ("threshold", "a", "b", ""), ()):
            self.assertEqual(self.offered(*words), [], words)

    def test_versions_of_interpreters_on_path(self):
        folder = os.path.join(self.place, "bin")
        os.makedirs(folder)
        for name in ("python3.9", "python3.13t", "python3.13-config", "python3"):
            open(os.path.join(folder, name), "w").close()
        done = subprocess.run(self.command("__complete", "run", "--python", "base=3."), cwd=self.work, stdout=subprocess.PIPE,
                              env=dict(self.environment(), PATH=folder, HOME=self.place, PYENV_ROOT=""),
                              universal_newlines=True, timeout=60)
        self.assertEqual(done.stdout.split(), ["base=3.9", "base=3.13t"])


class Streams(Driver):
    def shell(self, script):
        """Runs a shell's script, "$1" being zcbench."""
        return subprocess.run(["bash", "-c", script, "bash", ZCBENCH], cwd=self.work, env=self.environment(),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              universal_newlines=True, timeout=120)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full here")
    def test_a_full_stdout_is_told(self):
        for words in ("list", "list --json", "--help", "run --help", "help --man", "--version", "show plain"):
            with self.subTest(words=words):
                done = self.shell('"$1" %s >/dev/full' % words)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr.count("stdout can't be written"), 1)

    def test_a_closed_stdout_is_told_and_no_file_is_taken_for_it(self):
        done = self.shell('"$1" run plain --launches 2 --blocks 5 --size 64,4096 --out out >&-')
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.count("stdout can't be written"), 1)
        self.assertTrue(self.run_json("out")["complete"])
        self.assertEqual(len(self.table("out", "speedup.csv")), 2)
        with open(os.path.join(self.work, "out", "samples.csv")) as samples:
            self.assertNotIn("VERDICT", samples.read())

    def test_closed_stderr_and_stdin_harm_nothing(self):
        done = self.shell('"$1" run plain --launches 2 --blocks 5 --size 64,4096 --out out <&- 2>&-')
        self.assertEqual(done.returncode, 0)
        self.assertTrue(self.run_json("out")["complete"])
        with open(os.path.join(self.work, "out", "samples.csv")) as samples:
            self.assertNotIn("zcbench", samples.read())

    def without_reader(self, *words, **options):
        """Runs zcbench with a stdout that nobody reads any more: (exit status, stderr)."""
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(self.command(*words), cwd=self.work, env=self.environment(), stdin=subprocess.DEVNULL,
                              stdout=writer, stderr=subprocess.PIPE, universal_newlines=True, timeout=120, **options)
        os.close(writer)
        return done.returncode, done.stderr

    def test_a_reader_that_goes_ends_it_silently_after_the_files(self):
        run = ("run", "plain", "--launches", "2", "--blocks", "5", "--size", "64,4096", "--out", "out")
        for words in (("list",), ("list", "--json"), ("--help",), ("run", "--help"), run, ("report", "out", "--json")):
            with self.subTest(words=words):
                code, errors = self.without_reader(*words)
                self.assertEqual(code, -signal.SIGPIPE)
                self.assertNotIn("can't be written", errors)
        self.assertTrue(os.path.exists(os.path.join(self.work, "out", "summary.md")))

    def test_where_that_signal_is_ignored_it_is_told(self):
        code, errors = self.without_reader("--help", restore_signals=False)  # python ignores it, and so does its child
        self.assertEqual(code, 1)
        self.assertIn("stdout can't be written: Broken pipe", errors)


class Signals(Driver):
    def interrupt(self, number, times):
        """A run that gets a signal so many times at once; (exit status, stderr)."""
        process = subprocess.Popen(self.command("run", "slow_one", "--launches", "30", "--size", "64..16K", "--out", "out"),
                                   cwd=self.work, env=self.environment(), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, universal_newlines=True)
        samples = os.path.join(self.work, "out", "samples.csv")
        limit = time.monotonic() + 60
        while not (os.path.exists(samples) and os.path.getsize(samples) > 5000) and time.monotonic() < limit:
            time.sleep(0.05)
        for _ in range(times):
            process.send_signal(number)
            time.sleep(0.01)
        return process.communicate(timeout=60)[1], process.returncode

    def test_a_signal_that_comes_twice_at_once_is_one_wish(self):
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(signal=number):
                errors, status = self.interrupt(number, 2)
                self.assertEqual(status, code)
                self.assertIn("run --resume out` goes on", errors)
                shutil.rmtree(os.path.join(self.work, "out"))


if __name__ == "__main__":
    unittest.main()
