#!/usr/bin/env python3
"""Names, notes, reasons, host names and paths that hold markup, quotes, commands, control characters, marks that turn the
writing direction and 10 kB of text reach every output, are shown there and obeyed nowhere."""
import csv
import html
import json
import os
import re
import shutil
import subprocess
import unittest

from contract_support import Driver
from fake_share import HERE

QUICK = ("--launches", "6", "--blocks", "5", "--size", "64,4096,16K", "--seed", "3")
NAME = "<b>&\"'`touch pwned`$(touch pwned)|,;*[x](y)\u202e\\"  # what a name may hold: no control characters
TEXT = "<script>alert(1)</script> \"'`touch pwned`$(touch pwned)|,;\x1b[31m\x07\r\n\t=1+1 \u202e\u200b\x9b0m%s%n\\ "
LONG = TEXT + "x" * 10000
# What acts on a terminal or turns what stands around it: control characters and marks of direction.
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Hostile(Driver):
    def is_harmless(self, text, where):
        self.assertIsNone(ACTING.search(text), "%s: %r" % (where, ACTING.search(text)))

    def quiet(self, code, *words):
        """stdout of a command that must not act, whatever it shows."""
        done = self.expect(code, self.zcbench(*words))
        for stream, where in ((done.stdout, "stdout"), (done.stderr, "stderr")):
            self.is_harmless(stream, "%s of %s" % (where, words))
            self.assertNotIn("x" * 9000, stream)
        self.nothing_ran()
        return done.stdout

    def nothing_ran(self):
        for folder, _, names in os.walk(self.place):
            self.assertNotIn("pwned", names, folder)

    def edit_csv(self, path, names):
        """Replaces names in a recorded table."""
        with open(path, newline="", encoding="utf-8") as table:
            rows = list(csv.reader(table))
        with open(path, "w", newline="", encoding="utf-8") as table:
            csv.writer(table, lineterminator="\n").writerows([[names.get(field, field) for field in row] for row in rows])

    def poison(self, folder):
        """Gives a run hostile labels wherever a label may stand."""
        names = {"second": NAME}
        place = os.path.join(self.work, folder)
        with open(os.path.join(place, "run.json"), encoding="utf-8") as file:
            text = file.read()
        run = json.loads(text.replace('"second"', json.dumps(NAME)))
        for key in ("host", "cpu_model", "kernel", "libc", "os", "virtualisation"):
            run["machine"][key] = TEXT
        for pair in run["pairs"]:
            pair.update(group=TEXT, note=LONG, id=TEXT[:20])
        for one in run["interpreters"]:
            one.update(version=TEXT, compiler=LONG, executable="/" + TEXT, numpy=TEXT)
        run["left_out"] = [{"spec": TEXT, "reason": LONG}]
        with open(os.path.join(place, "run.json"), "w", encoding="utf-8") as file:
            json.dump(run, file)
        for name in ("samples.csv", "cells.csv", "memory.csv", "semantics.csv"):
            self.edit_csv(os.path.join(place, name), names)
        with open(os.path.join(place, "cells.csv"), newline="", encoding="utf-8") as table:
            rows = list(csv.DictReader(table))
        for row in rows:
            if row["pair"] == "plain" and row["size_bytes"] == "64":
                row.update(status="failed", reason=TEXT[:400])
        with open(os.path.join(place, "cells.csv"), "w", newline="", encoding="utf-8") as table:
            writer = csv.DictWriter(table, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        with open(os.path.join(place, "lies.csv"), newline="", encoding="utf-8") as table:
            lies = list(csv.reader(table))
        with open(os.path.join(place, "lies.csv"), "w", newline="", encoding="utf-8") as table:
            csv.writer(table, lineterminator="\n").writerows(
                lies[:1] + [row[:2] + ["b[:] " + TEXT] + row[3:-1] + [TEXT] for row in lies[1:]])

    def measured(self):
        """A poisoned run of two interpreters in `run`."""
        self.expect(0, self.zcbench("run", "plain", "second", *QUICK, "--python", "3.11", "--python", "x=3.11", "--out", "run"))
        self.poison("run")

    def check_tables(self, folder):
        """Every table has as many fields in each row as its head; the name came through as it is."""
        seen = 0
        for name in sorted(os.listdir(os.path.join(self.work, folder))):
            if name.endswith(".csv"):
                with open(os.path.join(self.work, folder, name), newline="", encoding="utf-8") as table:
                    head, *rows = list(csv.reader(table))
                self.assertEqual({len(row) for row in rows} | {len(head)}, {len(head)}, name)
                seen += "pair" in head and NAME in {row[head.index("pair")] for row in rows}
        self.assertGreater(seen, 4)

    def check_markdown(self, folder):
        for name in ("summary.md", "answers.md"):
            if not os.path.exists(os.path.join(self.work, folder, name)):
                continue
            text = self.content(folder, name).decode("utf-8")
            self.is_harmless(text, name)
            self.assertNotRegex(text, "(?i)<script|<b>&")
            self.assertNotIn("](y)", text.replace("\\]", ""))
            bars = [re.sub(r"\\.", "", line).count("|") for line in text.splitlines() if line.startswith("|")]
            heads = [line for line in text.splitlines() if re.match(r"^\|[ :|-]+\|$", line)]
            self.assertTrue(set(bars) <= {head.count("|") for head in heads}, name)

    def check_page(self, folder):
        path = os.path.join(self.work, folder, "report.html")
        if os.path.exists(path):
            page = self.content(folder, "report.html").decode("utf-8")
            self.is_harmless(page, "report.html")
            self.assertNotRegex(page, "(?i)<script>alert|<b>&")
            self.assertIn(html.escape("alert(1)"), page)

    def test_a_report_shows_them_and_obeys_none(self):
        self.measured()
        shutil.copytree(os.path.join(HERE, "..", "..", "..", "plots"), os.path.join(self.share, "plots"))
        shown = self.quiet(0, "report", "run")
        self.assertIn("<b>&\"'`touch", shown)
        self.assertLessEqual(max(map(len, shown.splitlines())), 120)
        self.check_tables("run")
        self.check_markdown("run")
        self.check_page("run")
        root = json.loads(self.expect(0, self.zcbench("report", "run", "--json")).stdout)
        self.assertIn(NAME, {row["pair"] for row in root["speedups"]})

    def test_the_other_commands_that_read_a_run(self):
        self.measured()
        self.quiet(0, "threshold", "*", "run")
        self.quiet(0, "compare", "run:cp311", "run:x")
        self.expect(0, self.zcbench("baseline", "run", "--out", "base.json"))
        for form in ("pyperf", "gbench", "gha", "bmf"):
            self.quiet(0, "export", "--format", form, "--out", "out-" + form, "run")
            for name in os.listdir(os.path.join(self.work, "out-" + form)):
                json.loads(self.content("out-" + form, name))

    def test_what_a_worker_and_a_script_say(self):
        """Reasons, notes, versions that come over the wire while a run goes on."""
        path = os.path.join(self.share, "scripts", "find-python")
        with open(path) as script:
            text = script.read()
        with open(path, "w") as script:
            script.write(text.replace('"is older than 3.8"', repr(LONG)).replace('"compiler": "GCC"', '"compiler": %r' % LONG))
        self.expect(0, self.zcbench("list"))
        worker = os.path.join(self.workers, "zcbench-worker-cp311")
        with open(worker) as code:
            text = code.read()
        text = text.replace('"note": "a note"', '"note": %r' % LONG).replace('"group": "test"', '"group": %r' % TEXT)
        with open(worker, "w") as code:
            code.write(text.replace("reason=ValueError:%%20no", "reason=%%1b[31m%%0a%%e2%%80%%aeno" + "x" * 900))
        shutil.copy(worker, os.path.join(self.workers, "zcbench-worker-cp313"))
        self.quiet(0, "list", "--python", "all")
        self.quiet(0, "show", "plain")
        self.assertEqual(json.loads(self.zcbench("list", "--json").stdout)["pairs"][0]["note"], LONG)
        self.quiet(0, "run", "plain", "raises_one", *QUICK, "--python", "all", "--out", "run")
        reasons = {row["pair"]: row["reason"] for row in self.table("run", "cells.csv")}
        self.assertIn("[31m", reasons["raises_one"])
        self.check_markdown("run")

    def test_folders_and_words(self):
        for name in ("a\x1b[31mb", "a\nb", "it's $(touch pwned) `touch pwned`", "\u202eabc", "--x", "x" * 200):
            with self.subTest(folder=name):
                self.quiet(0, "run", "plain", *QUICK, "--no-memory", "--out=" + name)
                self.quiet(0, "report", "--", name)
                shutil.rmtree(os.path.join(self.work, name))
        for words in (("run", TEXT), ("show", LONG), (TEXT,), ("run", "--" + TEXT), ("run", "--python", TEXT),
                      ("report", "/nowhere/" + TEXT), ("run", "--size", TEXT), ("run", "--json=/nowhere/" + TEXT, "plain"),
                      ("help", TEXT), ("__complete", TEXT)):
            with self.subTest(words=words):
                done = self.zcbench(*words)
                self.is_harmless(done.stderr, "stderr")
                self.is_harmless(done.stdout, "stdout")
                self.assertLess(len(done.stderr), 6000)
        self.nothing_ran()

    def test_the_next_command_works_for_a_pair_of_the_users_own(self):
        path = os.path.join(self.work, "it's mine")
        os.makedirs(path)
        with open(os.path.join(path, "mine.py"), "w") as pair:
            pair.write("NAME = 'mine'\n")
        shown = self.quiet(0, "run", "mine", "--pairs", os.path.join(path, "mine.py"), *QUICK, "--no-memory", "--out", "run")
        line = re.search("^next +(.*)$", shown, re.MULTILINE).group(1)
        done = subprocess.run(["bash", "-c", line], cwd=self.work, env=self.environment(), stdout=subprocess.PIPE,
                              universal_newlines=True, timeout=60)
        self.assertEqual(done.returncode, 0)
        self.assertIn("NAME = 'mine'", done.stdout)

    def test_what_is_to_be_typed_next_can_be_typed(self):
        """The line that tells how to go on, taken by a shell as it stands, names the very folder."""
        name = "it's \x1b[1m $(touch pwned) \u202e"
        process = subprocess.Popen(self.command("run", "slow_one", "--launches", "30", "--size", "64..16K", "--out", name),
                                   cwd=self.work, env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   universal_newlines=True)
        samples = os.path.join(self.work, name, "samples.csv")
        while not (os.path.exists(samples) and os.path.getsize(samples) > 3000) and process.poll() is None:
            pass
        process.terminate()
        errors = process.communicate(timeout=60)[1]
        self.is_harmless(errors, "stderr")
        line = re.search(r"kept: `(.*)` goes on", errors).group(1)
        words = subprocess.run(["bash", "-c", "set -- %s; printf '%%s\\0' \"$@\"" % line], cwd=self.work,
                               stdout=subprocess.PIPE, universal_newlines=True, timeout=60).stdout.split("\0")
        self.assertEqual(words[1:4], ["run", "--resume", name])
        self.nothing_ran()


if __name__ == "__main__":
    unittest.main()
