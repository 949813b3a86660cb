#!/usr/bin/env python3
"""Whatever ends a run early, no finished cell is lost and --resume completes it to the same set of samples."""
import fcntl
import os
import resource
import signal
import subprocess
import time
import unittest

from contract_support import Driver

PLAN = ("run", "plain", "slow_one", "slow_two", "--launches", "3", "--blocks", "5", "--size", "256,4096", "--seed", "5",
        "--out", "out")


class Resume(Driver):
    def start(self, *words):
        return subprocess.Popen(self.command(*words), cwd=self.work, env=self.environment(), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)

    def lines(self):
        try:
            with open(os.path.join(self.work, "out", "samples.csv")) as samples:
                return samples.readlines()
        except OSError:
            return []

    def interrupt(self, number, wanted_lines=60, plan=PLAN):
        """Runs the plan until samples are there, sends the signal: (exit code, stdout, stderr)."""
        process = self.start(*plan)
        deadline = time.monotonic() + 60
        while len(self.lines()) < wanted_lines and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertIsNone(process.poll(), "the run ended before it could be interrupted")
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def keys(self):
        return sorted((row["pair"], int(row["size_bytes"]), int(row["launch"]), int(row["block"]), row["arm"])
                      for row in self.table("out", "samples.csv"))

    def complete(self):
        """Resumes, and checks that every planned visit is there once."""
        done = self.expect(0, self.zcbench("run", "--resume", "out"))
        expected = sorted((pair, size, launch, block, arm) for pair in ("plain", "slow_one", "slow_two")
                          for size in (256, 4096) for launch in (1, 2, 3) for block in range(5)
                          for arm in ("copy", "view", "null", "twin", "limit"))
        self.assertEqual(self.keys(), expected)
        self.assertTrue(self.run_json("out")["complete"])
        self.assertEqual(set(self.cells("out").values()), {"ok"})
        return done

    def test_no_other_numpy_is_mixed_in(self):
        folder = os.path.join(self.work, "lib")
        os.mkdir(folder)
        version = os.path.join(folder, "numpy.version")
        with open(version, "w") as file:
            file.write("1.26.4")
        plan = PLAN + ("--python", "with=3.11,path=" + folder)
        self.assertEqual(self.interrupt(signal.SIGINT, plan=plan)[0], 130)
        self.assertEqual(self.run_json("out")["interpreters"][0]["numpy"], "1.26.4")
        with open(version, "w") as file:
            file.write("2.0.0")
        done = self.expect(2, self.zcbench("run", "--resume", "out"))
        self.assertIn("with of that run had numpy 1.26.4 and has 2.0.0 now", done.stderr)
        with open(version, "w") as file:
            file.write("1.26.4")
        self.expect(0, self.zcbench("run", "--resume", "out"))

    def test_added_sizes_and_launches_are_gone_on_with(self):
        plan = ("run", "slow_one", "--profile", "quick", "--blocks", "5", "--size", "256,4096", "--seed", "5", "--refine",
                "--precision", "0.7%", "--out", "out")
        code, _, err = self.interrupt(signal.SIGINT, 13 * 25, plan)  # the planned 12 groups and one more
        self.assertEqual(code, 130, err)
        added = set(self.cells("out"))
        self.assertGreater(len(added), 2)
        done = self.expect(0, self.zcbench("run", "--resume", "out"))
        keys = self.keys()
        self.assertEqual(len(keys), len(set(keys)))
        self.assertTrue(added <= set(self.cells("out")))
        self.assertEqual(set(self.cells("out").values()), {"ok"})
        breakeven, = self.table("out", "breakeven.csv")
        self.assertAlmostEqual(float(breakeven["bytes"]), 800, delta=40)
        self.assertRegex(done.stderr, r"precision: (\d+) of \1 cells are within ±0.7 %")

    def test_control_c(self):
        code, out, err = self.interrupt(signal.SIGINT)
        self.assertEqual(code, 130, err)
        self.assertIn("zcbench run --resume out", err)
        self.assertIn("VERDICT", out)
        self.assertFalse(self.run_json("out")["complete"])
        before = self.lines()
        self.assertTrue(before[-1].endswith("\n"))
        self.assertEqual((len(before) - 1) % 25, 0)
        self.complete()
        self.assertEqual(self.lines()[:len(before)], before)

    def test_termination(self):
        code, _, err = self.interrupt(signal.SIGTERM)
        self.assertEqual(code, 143, err)
        self.complete()

    def test_kill(self):
        self.assertEqual(self.interrupt(signal.SIGKILL)[0], -signal.SIGKILL)
        before = self.lines()
        self.complete()
        self.assertEqual(self.lines()[:len(before)], before)

    def test_interrupted_while_calibrating(self):
        process = self.start(*PLAN)
        while not os.path.exists(os.path.join(self.work, "out", "samples.csv")) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=30), 130)
        process.communicate()
        self.complete()

    def test_torn_files(self):
        self.interrupt(signal.SIGKILL)
        whole = self.lines()
        path = os.path.join(self.work, "out", "samples.csv")
        for cut in (1, len(whole[-1]), len(whole[-1]) + 1, sum(len(line) for line in whole[-24:])):
            with self.subTest(bytes=cut):
                with open(path, "w") as samples:
                    samples.write("".join(whole)[:-cut])
                self.complete()
                self.assertEqual(self.lines()[:len(whole) - 25], whole[:len(whole) - 25])
                run = os.path.join(self.work, "out", "run.json")
                with open(run) as file:
                    text = file.read()
                with open(run, "w") as file:
                    file.write(text.replace('"complete": true', '"complete": false'))

    def cut(self, name, keep):
        """Leaves the first bytes of a file of the run: `keep` says how many of them, given all."""
        path = os.path.join(self.work, "out", name)
        with open(path, "rb") as file:
            data = file.read()
        with open(path, "wb") as file:
            file.write(data[:keep(data)])

    def test_what_it_can_not_go_on_without_is_there_twice(self):
        self.interrupt(signal.SIGKILL)
        self.cut("run.json", lambda data: len(data) // 2)
        self.cut("cells.csv", lambda data: data.find(b"\n", len(data) // 2) + 1)
        self.cut("launches.csv", lambda data: len(data) - 5)
        done = self.complete()
        for name in ("run.json", "cells.csv"):
            self.assertIn("note: 'out/%s' had been cut short" % name, done.stderr)
        self.assertEqual([name for name in os.listdir(os.path.join(self.work, "out")) if name[0] == "."], [])

    def test_torn_tables_of_memory_are_made_whole_again(self):
        self.interrupt(signal.SIGKILL, plan=PLAN + ("--budget", "60s"))
        unfinished = self.content("out", "run.json")
        for name, keep in (("memory.csv", lambda data: data.find(b"\n", len(data) // 2) + 1),
                           ("semantics.csv", lambda data: len(data) - 3), ("lies.csv", lambda data: 20)):
            with self.subTest(name=name):
                whole = sorted(self.content("out", name).splitlines())
                self.cut(name, keep)
                self.complete()
                self.assertEqual(sorted(self.content("out", name).splitlines()), whole)
                with open(os.path.join(self.work, "out", "run.json"), "wb") as file:
                    file.write(unfinished)

    def test_a_complete_run_that_lost_rows_measures_them_again(self):
        self.expect(0, self.zcbench(*PLAN))
        whole = self.lines()
        self.cut("samples.csv", lambda data: len(data) // 2)
        self.assertIn("has lost", self.expect(2, self.zcbench("report", "out")).stderr)
        self.complete()
        self.assertEqual(len(self.lines()), len(whole))

    def test_private_folders_of_the_killed_are_removed_by_the_next(self):
        place = os.path.join(self.work, "tmp")
        for name in ("zcbench-pair-dead01", "zcbench-pair-lively", "zcbench-other", "another-pair-dead01"):
            os.makedirs(os.path.join(place, name))
            open(os.path.join(place, name, "pair.py"), "w").close()
        alive = os.open(os.path.join(place, "zcbench-pair-lively"), os.O_RDONLY)
        fcntl.flock(alive, fcntl.LOCK_EX)
        done = self.zcbench("pair", "--setup", "b = bytes(n)", "--copy", "b[1:]", "--view", "memoryview(b)[1:]",
                            "--launches", "1", "--blocks", "2", "--size", "64", "--out", "out", temporary=place)
        self.expect(0, done)
        self.assertEqual(sorted(os.listdir(place)), ["another-pair-dead01", "zcbench-other", "zcbench-pair-lively"])
        os.close(alive)

    def test_what_killed_writers_left_is_swept(self):
        self.interrupt(signal.SIGKILL)
        for name in (".run.json.4711-0.tmp", ".cells.csv.12-3.tmp"):
            open(os.path.join(self.work, "out", name), "w").close()
        self.complete()
        self.assertEqual([name for name in os.listdir(os.path.join(self.work, "out")) if name[0] == "."], [])

    def test_remains_of_a_run_that_never_began_are_no_content(self):
        os.makedirs(os.path.join(self.work, "out"))
        for name in (".run.json.4711-0.tmp", ".cells.csv"):
            open(os.path.join(self.work, "out", name), "w").close()
        self.expect(0, self.zcbench(*PLAN))
        self.assertEqual([name for name in os.listdir(os.path.join(self.work, "out")) if name[0] == "."], [])

    def test_a_run_that_can_not_begin_leaves_nothing(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        self.expect(0, self.zcbench("list"))  # builds the worker
        self.expect(1, self.zcbench(*PLAN, preexec_fn=limit))
        self.assertFalse(os.path.exists(os.path.join(self.work, "out")))

    def test_a_report_that_was_broken_off_is_made_when_resumed(self):
        self.expect(0, self.zcbench(*PLAN))
        for name in ("run.json", "cells.csv"):  # the copies go when all is told
            with open(os.path.join(self.work, "out", "." + name), "wb") as copy:
                copy.write(self.content("out", name))
        os.unlink(os.path.join(self.work, "out", "speedup.csv"))
        self.expect(0, self.zcbench("run", "--resume", "out"))
        self.assertTrue(self.content("out", "speedup.csv"))
        self.assertEqual([name for name in os.listdir(os.path.join(self.work, "out")) if name[0] == "."], [])

    def test_a_file_that_can_not_grow(self):
        """What a full disk does to samples.csv, made with a limit on file sizes."""
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (16000, 16000))
        done = self.zcbench(*PLAN, preexec_fn=limit)
        self.expect(1, done)
        self.assertIn("zcbench run --resume out", done.stderr)
        self.assertEqual(len([line for line in done.stderr.splitlines() if line.startswith("zcbench run: ")]), 1)
        self.assertGreater(len(self.lines()), 25)
        self.complete()

    def test_a_complete_run_ends_at_once(self):
        self.expect(0, self.zcbench("run", "plain", "--launches", "1", "--blocks", "2", "--size", "64", "--out", "out"))
        before = os.stat(os.path.join(self.work, "out", "samples.csv")).st_mtime_ns
        done = self.expect(0, self.zcbench("run", "--resume", "out"))
        self.assertIn("complete", done.stderr)
        self.assertEqual(os.stat(os.path.join(self.work, "out", "samples.csv")).st_mtime_ns, before)

    def test_two_runs_never_share_a_folder(self):
        first = self.start(*PLAN)
        while len(self.lines()) < 2 and first.poll() is None:
            time.sleep(0.02)
        self.assertEqual(self.zcbench("run", "--resume", "out").returncode, 2)
        self.assertEqual(self.zcbench(*PLAN).returncode, 2)
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
        self.complete()

    def test_no_process_is_left(self):
        self.interrupt(signal.SIGKILL)
        deadline = time.monotonic() + 10
        while self.workers_alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(self.workers_alive(), [])

    def workers_alive(self):
        alive = []
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % name, "rb") as file:
                    if self.workers.encode() in file.read():
                        alive.append(name)
            except OSError:
                pass
        return alive


if __name__ == "__main__":
    unittest.main()
