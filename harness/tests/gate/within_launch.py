#!/usr/bin/env python3
"""What a launch should say of an arm when two processes are compared: its quickest visit, the lower quartile or the median.
Asked of the launches under results/reference/estimators: neighbouring launches of a run, a second apart, are two processes
that run the same code, so ln(time / time) is 0 and all that is seen is noise. Prints the table of docs/gate.md.

    harness/tests/gate/within_launch.py results/reference/estimators
"""
import csv
import glob
import gzip
import math
import os
import statistics
import sys
from collections import defaultdict

WAYS = [("quickest visit", min), ("lower quartile", lambda times: sorted(times)[len(times) // 4]),
        ("median", statistics.median)]


def launches(path):
    """{(pair, lane, size, arm): {launch: times}} of one samples.csv.gz."""
    found = defaultdict(lambda: defaultdict(list))
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            if row["arm"] in ("copy", "view") and row["pair"] == "bytes_slice":
                cell = row["pair"], row["lane"], row["size_bytes"], row["arm"]
                found[cell][int(row["launch"])].append(int(row["elapsed_ns"]) / int(row["iterations"]))
    return found


def spreads(folder, condition):
    """Per way: over the cells, the robust deviation and the share of differences above 10 %."""
    logs = defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, condition + "-*", "samples.csv.gz"))):
        for cell, times in launches(path).items():
            for launch in times:
                if launch % 2 == 0 and launch - 1 in times:
                    for name, way in WAYS:
                        logs[cell, name].append(math.log(way(times[launch]) / way(times[launch - 1])))
    for name, _ in WAYS:
        cells = [values for (_, way), values in logs.items() if way == name]
        robust = statistics.median(1.4826 * statistics.median(map(abs, values)) for values in cells)
        off = statistics.mean(statistics.mean(abs(x) > 0.1 for x in values) for values in cells)
        yield name, robust, off


def main():
    print("| machine | a launch says | typical deviation | off by more than 10 % |\n|---|---|---|---|")
    for condition in ("quiet", "busy", "crowded"):
        for name, robust, off in spreads(sys.argv[1], condition):
            print("| %s | %s | %.1f %% | %.0f %% |" % (condition, name, 100 * robust, 100 * off))


if __name__ == "__main__":
    main()
