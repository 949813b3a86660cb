"""What is read from the folder of a zcbench run, and parts of it written as a run of their own."""

import bisect
import calendar
import collections
import csv
import json
import math
import os
import shutil
import time

from job import FrontEndError, middle

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
VIEW_TWIN = os.path.join(TOP, "harness", "tests", "trust", "view_twin.py")
STANDARD_LAUNCHES = 10
LAUNCHES_LEAST = 6  # below, zcbench gives no interval


def utc_seconds(text):
    """Seconds of 2026-11-22T13:02:08.935Z."""
    whole, _, part = text.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) + float("0." + (part or "0"))


def read_table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def interval(row, name):
    """(value, low, high); None where the run was too short for one."""
    texts = [row[name + end] for end in ("", "_lo", "_hi")]
    return tuple(map(float, texts)) if all(texts) else None


class Figures:
    """The figures of a folder with one cell."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = {row["arm"]: row for row in read_table(folder, "speedup.csv")}

    def get(self, name, arm="view"):
        """`gross` (copy ÷ arm) or `twin` with its interval; a FrontEndError where there is
        none."""
        found = interval(self.rows[arm], name) if arm in self.rows else None
        if found is None:
            raise FrontEndError("zcbench gave no %s of %s in %s" % (name, arm, self.folder))
        return found


def prefixes(count):
    """Numbers of launches at which the interval is looked at: 6, 8, 12, 16, 24 … below count."""
    result, step = [], LAUNCHES_LEAST
    while step < count:
        result.append(step)
        step = max(step + 1, int(round(step * 1.4142)))
    return result


class Run:
    """A finished run. Invariant: `starts` rises, one entry per measuring launch."""

    def __init__(self, folder, began, wall_s):
        self.folder, self.wall_s = folder, wall_s
        rows = [r for r in read_table(folder, "launches.csv") if r["phase"] == "measure"]
        self.samples = read_table(folder, "samples.csv")
        measured = {int(row["launch"]) for row in self.samples}
        self.starts = sorted(
            (utc_seconds(row["started_utc"]) - began, int(row["launch"]))
            for row in rows
            if int(row["launch"]) in measured
        )

    def launches(self):
        """Numbers of the launches in the order they were made."""
        return [launch for _, launch in self.starts]

    def wall_of(self, count):
        """What a run that ended after `count` launches would have taken: the time to the start of
        the last of them, and what this run took from the start of its last to its end."""
        return self.wall_s - self.starts[-1][0] + self.starts[count - 1][0]

    def count_within(self, seconds):
        """The most launches whose run would have ended in time."""
        walls = [self.wall_of(count) for count in range(1, len(self.starts) + 1)]
        return bisect.bisect_right(walls, seconds)

    def launch_ratios(self):
        """(launch, seconds from the run's start, {ratio: its median over the launch's blocks})."""
        times = collections.defaultdict(dict)
        for row in self.samples:
            per_iteration = int(row["elapsed_ns"]) / int(row["iterations"])
            times[int(row["launch"]), row["block"]][row["arm"]] = per_iteration
        logs = collections.defaultdict(lambda: collections.defaultdict(list))
        for (launch, _), arms in times.items():
            logs[launch]["copy/view"].append(math.log(arms["copy"] / arms["view"]))
            if "twin" in arms:
                logs[launch]["copy_again/copy"].append(math.log(arms["twin"] / arms["copy"]))
        for started_s, launch in self.starts:
            ratios = {name: math.exp(middle(values)) for name, values in logs[launch].items()}
            yield launch, started_s, ratios

    def launch_medians(self, above, below):
        """ln(above ÷ below) of every launch: its median over blocks."""
        times = collections.defaultdict(dict)
        for row in self.samples:
            key = row["launch"], row["block"]
            times[key][row["arm"]] = int(row["elapsed_ns"]) / int(row["iterations"])
        logs = collections.defaultdict(list)
        for (launch, _), arms in times.items():
            logs[launch].append(math.log(arms[above] / arms[below]))
        return [middle(values) for values in logs.values()]

    def facts(self):
        """run.json."""
        with open(os.path.join(self.folder, "run.json"), encoding="utf-8") as file:
            return json.load(file)

    def write_subset(self, folder, launches):
        """Writes a folder with what was recorded of these launches only."""
        os.makedirs(folder)
        for name in os.listdir(self.folder):
            if name in ("cells.csv", "memory.csv", "semantics.csv"):
                shutil.copy(os.path.join(self.folder, name), folder)
        chosen = {str(launch) for launch in launches}
        self.copy_rows("launches.csv", folder, chosen)
        # zcbench tells by their number whether rows were lost: none were, these are all there are.
        facts = dict(self.facts(), sample_rows=self.copy_rows("samples.csv", folder, chosen))
        with open(os.path.join(folder, "run.json"), "w", encoding="utf-8") as file:
            json.dump(facts, file)

    def copy_rows(self, name, folder, chosen):
        """Copies the rows of these launches; returns how many there are."""
        rows = self.samples if name == "samples.csv" else read_table(self.folder, name)
        rows = [row for row in rows if row["launch"] in chosen]
        with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return len(rows)
