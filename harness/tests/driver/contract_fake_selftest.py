#!/usr/bin/env python3
"""A worker whose instrument is known: sound in cp311; in cp313 twin takes 1 % more than copy, slow-downs do not slow down,
and net times do not add up."""
import os
import sys

import contract_fake_worker as fake

SLOW = {"view:slow_0p5": 1.005, "view:slow_1": 1.01, "view:slow_2": 1.02, "view:slow_5": 1.05, "null": 0.05}
RATIO = {"view:990": 0.99, "view:950": 0.95, "view:800": 0.8, "view:600": 0.6, "null": 0.001}
COSTS = {  # of arms against copy's 1000 ns, by pair
    "selftest_ns": SLOW, "selftest_us": SLOW, "selftest_ms": SLOW, "selftest_ratio": RATIO,
    "selftest_linear": {"view": 2 / 3, "null": 1 / 3}, "selftest_mirror": {"view:mirror": 1.005, "null": 0.1},
    "bytes_slice": {"view": 0.5, "null": 0.1}}
IS_BROKEN = "cp313" in sys.argv[0]


def alternatives(pair):
    return [arm for arm in COSTS[pair] if arm != "null"]


def cost_ns(arm, pair):
    cost = 1000 * COSTS[pair].get(arm, 1)
    if IS_BROKEN:
        cost = {"twin": 1010, "null": cost * 0.8}.get(arm, 1000 if arm.startswith("view:slow") else cost)
    return cost


def work(verb, job):
    """The jobs of the fake worker with arms and costs of the pair at hand."""
    pair = job["pair"]
    fake.ARMS = ["copy", *alternatives(pair), "null", "twin", "limit"]
    fake.cost_ns = lambda arm, size: cost_ns(arm, pair)
    known_work(verb, job)


def entry(name, lane, file):
    own = name.startswith("selftest_")
    return {"id": "", "name": name, "group": "selftest" if own else "core", "kind": "R", "lane": lane, "note": "",
            "requires": "", "size_min": 512 if own else 64, "size_max": 512 if own else 1 << 26,
            "alternatives": alternatives(name), "file": file, "ok": True, "reason": ""}


known_work, fake.work, fake.entry, fake.NAMES = fake.work, work, entry, list(COSTS)

if __name__ == "__main__":
    if "--loop-cost" in sys.argv:
        print("loop,median_ns,lowest_ns,highest_ns\ncapi,0.5,0.4,0.6\npython,5,4,6\ntimeit,6,5,7")
    elif "--is-build" in sys.argv:
        sys.exit(0)
    elif "--describe" in sys.argv:
        fake.describe([])
    else:
        fake.serve()
