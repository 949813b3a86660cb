#!/usr/bin/env python3
"""A run as the files of other tools: the values are those of samples.csv, the shapes those that the tools document,
and what can't be exported leaves nothing behind. The tools themselves read them in contract_peers.py."""
import json
import math
import os
import statistics
import subprocess
import unittest

from contract_support import ZCBENCH, Driver

QUICK = ("--launches", "3", "--blocks", "5", "--size", "256,16K", "--seed", "3")
HOSTILE = "\"><script>$(touch pwned)`x` '%s\\ \u202e\U0001f600"
ARMS = ("copy", "view", "null", "twin", "limit")


def is_sanitized():
    with open(ZCBENCH, "rb") as file:
        return b"__asan_init" in file.read()


def medians(rows):
    """{(python, name, launch): ns} as the exports should have them."""
    times = {}
    for row in rows:
        name = "%s/%s/%s/%s" % (row["pair"], row["lane"], row["arm"], row["size_bytes"])
        key = (row["python"], name, int(row["launch"]))
        times.setdefault(key, []).append(int(row["elapsed_ns"]) / int(row["iterations"]))
    return {key: statistics.median(values) for key, values in times.items()}


def check_history_row(row):
    """What github-action-benchmark asks of an entry: three needed members, two texts that may be missing."""
    assert isinstance(row["name"], str) and isinstance(row["unit"], str), row
    assert isinstance(row["value"], (int, float)) and row["value"] > 0, row
    assert all(isinstance(row.get(key, ""), str) for key in ("range", "extra")), row
    assert set(row) <= {"name", "unit", "value", "range", "extra"}, row


def check_metric_format(root):
    """Bencher's JSON schema: name → measure → value and optional bounds, all numbers."""
    for name, measures in root.items():
        assert name and list(measures) == ["latency"], name
        metric = measures["latency"]
        assert set(metric) <= {"value", "lower_value", "upper_value"}, metric
        assert all(isinstance(number, (int, float)) and math.isfinite(number) for number in metric.values()), metric
        assert metric.get("lower_value", metric["value"]) <= metric["value"] <= metric.get("upper_value", math.inf)


class Export(Driver):
    def measure(self, *words):
        self.expect(0, self.zcbench("run", "plain", *QUICK, "--out", "run", *words))

    def export(self, form, out="out", *words):
        done = self.expect(0, self.zcbench("export", "--format", form, "--out", out, "run", *words))
        self.assertEqual(done.stderr, "")
        return done.stdout

    def load(self, name, out="out"):
        with open(os.path.join(self.work, out, name), encoding="utf-8") as file:
            return json.load(file, parse_constant=self.fail)

    def files(self, out="out"):
        return sorted(os.listdir(os.path.join(self.work, out)))

    def test_pyperf_gets_a_file_per_interpreter_with_a_value_per_launch(self):
        self.measure("--python", "3.11", "--python", "3.13")
        self.assertIn("cp311.pyperf.json   10 benchmarks", self.export("pyperf"))
        self.assertEqual(self.files(), ["cp311.pyperf.json", "cp313.pyperf.json"])
        truth = medians(self.table("run", "samples.csv"))
        for tag in ("cp311", "cp313"):
            root = self.load(tag + ".pyperf.json")
            self.assertEqual(root["version"], "1.0")
            self.assertEqual(len(root["benchmarks"]), 2 * len(ARMS))
            for benchmark in root["benchmarks"]:
                self.assertEqual(len(benchmark["runs"]), 3)
                for run in benchmark["runs"]:
                    key = (tag, benchmark["metadata"]["name"], run["metadata"]["zcbench_launch"])
                    value, = run["values"]
                    self.assertAlmostEqual(value * 1e9 / truth[key], 1, places=7)
                    self.assertEqual(len(run["metadata"]["date"]), len("2026-11-22 12:00:00.123"))

    def test_google_benchmark_rows_differ_in_the_arm_only(self):
        self.measure("--python", "3.11", "--python", "3.13")
        self.export("gbench")
        self.assertEqual(self.files(), ["gbench.json"])
        root = self.load("gbench.json")
        truth = medians(self.table("run", "samples.csv"))
        self.assertEqual(len(root["benchmarks"]), len(truth))
        self.assertEqual(root["context"]["json_schema_version"], 1)
        self.assertIsInstance(root["context"]["caches"], list)
        names = {row["name"] for row in root["benchmarks"]}
        for arm in ARMS[1:]:
            self.assertEqual({n.replace("copy", arm) for n in names if "copy" in n}, {n for n in names if arm in n})
        for row in root["benchmarks"]:
            python, name = row["label"].split("/", 1)
            self.assertAlmostEqual(row["real_time"] / truth[python, name, row["repetition_index"]], 1, places=7)
            self.assertEqual(row["repetitions"], 3)
            self.assertEqual(row["run_type"], "iteration")

    def test_histories_get_one_figure_per_cell_or_arm(self):
        self.measure()
        self.export("gha", "gha")
        self.export("bmf", "bmf")
        rows, metrics = self.load("gha.json", "gha"), self.load("bmf.json", "bmf")
        summary = {"%(python)s/%(pair)s/%(lane)s/%(arm)s/%(size_bytes)s" % row: row for row in self.table("run", "summary.csv")}
        self.assertEqual([row["name"] for row in rows], [name for name in summary if "/view/" in name])
        self.assertEqual(set(metrics), {name for name in summary if "/view/" in name or "/copy/" in name})
        check_metric_format(metrics)
        for row in rows:
            check_history_row(row)
            self.assertAlmostEqual(row["value"] / float(summary[row["name"]]["median_ns"]), 1, places=7)
            self.assertRegex(row["range"], "^± [0-9.e+-]+$")
            self.assertIn("speed-up", row["extra"])
        for name, metric in metrics.items():
            self.assertAlmostEqual(metric["latency"]["value"] / float(summary[name]["median_ns"]), 1, places=7)
            self.assertAlmostEqual(metric["latency"]["upper_value"] / float(summary[name]["ci_hi_ns"]), 1, places=7)

    def test_one_launch_has_no_interval_and_gives_none(self):
        self.expect(0, self.zcbench("run", "plain", "--launches", "1", "--blocks", "5", "--size", "4K", "--out", "run"))
        for form in ("gha", "bmf", "pyperf", "gbench"):
            self.export(form, form)
        row, = self.load("gha.json", "gha")
        check_history_row(row)
        self.assertNotIn("range", row)
        check_metric_format(self.load("bmf.json", "bmf"))

    def test_names_from_outside_stay_text(self):
        self.measure()
        for name in ("samples.csv", "cells.csv", "launches.csv"):
            path = os.path.join(self.work, "run", name)
            quoted = '"' + HOSTILE.replace('"', '""') + '"'
            with open(path, encoding="utf-8") as file:
                text = file.read().replace("cp311,", "../x/y,").replace(",plain,", ",%s," % quoted)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        run = self.run_json("run")
        run["machine"]["host"] = HOSTILE + "\r\n\x1b[31m"
        run["interpreters"][0]["name"] = "../x/y"
        run["pairs"][0]["name"] = HOSTILE
        run["calibration"] = []
        with open(os.path.join(self.work, "run", "run.json"), "w") as file:
            json.dump(run, file)
        for form in ("pyperf", "gbench", "gha", "bmf"):
            self.export(form, form)
            self.assertEqual(len(self.files(form)), 1)
        root = self.load(self.files("pyperf")[0], "pyperf")
        self.assertEqual(root["benchmarks"][0]["metadata"]["name"], HOSTILE + "/capi/copy/256")
        self.assertEqual(root["metadata"]["hostname"], HOSTILE + "   [31m")
        self.assertIn("../x/y/" + HOSTILE + "/capi/view/256", self.load("bmf.json", "bmf"))
        self.assertEqual(sorted(os.listdir(self.work)), ["bmf", "gbench", "gha", "pyperf", "run"])

    def test_json_names_the_files(self):
        self.measure()
        answer = json.loads(self.export("pyperf", "deep/er/out", "--json"))
        self.assertEqual((answer["schema"], answer["format"]), (1, "pyperf"))
        self.assertEqual(answer["files"], [{"path": "deep/er/out/cp311.pyperf.json", "rows": 10}])

    @unittest.skipIf(is_sanitized(), "a sanitizer keeps what was freed")
    def test_a_million_samples_take_little_memory(self):
        self.measure()
        with open(os.path.join(self.work, "run", "samples.csv"), "w") as file:
            file.write("python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,elapsed_ns,"
                       "minor_faults\n")
            for launch in range(1, 21):
                for size in range(64, 564):
                    head = "cp311,plain,capi,default,hot,drop,%d,%d," % (size, launch)
                    file.writelines("%s%d,%d,%s,1000,%d,0\n" % (head, i // 5, i % 5, ARMS[i % 5], 90000 + i * launch)
                                    for i in range(100))
        for form in ("pyperf", "gbench", "gha", "bmf"):
            process = subprocess.Popen(self.command("export", "--format", form, "--out", form, "run"), cwd=self.work,
                                       stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.WEXITSTATUS(status)
            self.assertEqual(status, 0)
            self.assertLess(usage.ru_maxrss, 300 * 1024)
        self.assertEqual(len(self.load("gbench.json", "gbench")["benchmarks"]), 500 * 20 * 5)

    def test_what_makes_no_sense_is_refused(self):
        self.measure()
        os.makedirs(os.path.join(self.work, "full"))
        open(os.path.join(self.work, "full", "kept"), "w").close()
        cases = {
            ("--format", "pyprf", "--out", "new"): "unknown format 'pyprf', nearest is pyperf: pyperf, gbench, gha or bmf",
            ("--out", "new"): "--format is needed",
            ("--format", "gha"): "--out is needed",
            ("--format", "gha", "--out", "full"): "'full' is not empty",
            ("--format", "gha", "--out", "full/kept"): "'full/kept' is no folder",
            ("--format", "gha", "--out", "new", "run", "run"): "at most one DIR",
            ("--format", "gha", "--out", "new", "nowhere"): "'nowhere' is no folder of a run",
        }
        for words, sentence in cases.items():
            done = self.expect(2, self.zcbench("export", *(words if "run" in words or "nowhere" in words else words + ("run",))))
            self.assertIn(sentence, done.stderr)
            self.assertEqual((done.stdout, done.stderr.count("\n")), ("", 1))
        self.assertEqual(sorted(os.listdir(self.work)), ["full", "run"])
        self.assertEqual(self.files("full"), ["kept"])

    def test_a_run_without_figures_is_not_exported(self):
        self.expect(5, self.zcbench("run", "refused_one", *QUICK, "--out", "run"))
        for form in ("pyperf", "gbench", "gha", "bmf"):
            done = self.expect(5, self.zcbench("export", "--format", form, "--out", "new", "run"))
            self.assertIn("no figures", done.stderr)
        os.makedirs(os.path.join(self.work, "empty"))
        self.expect(5, self.zcbench("export", "--format", "gha", "--out", "new", "empty"))
        self.assertFalse(os.path.exists(os.path.join(self.work, "new")))

    def test_a_variant_without_figures_gets_no_file(self):
        self.expect(0, self.zcbench("run", "second", "--lane", "capi", *QUICK, "--out", "run", "--python", "3.11", "--python",
                                    "3.13"))
        self.export("pyperf")
        self.assertEqual(self.files(), ["cp311.pyperf.json"])


if __name__ == "__main__":
    unittest.main()
