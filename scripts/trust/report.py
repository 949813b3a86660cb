"""The comparison as tables: on the terminal (table.txt) and as Markdown (table.md). Figures come
from figures.py; here they are put into words."""

import json
import os

import figures
import goals
import plan as plans
import raw
import self_report
from table import Table, as_markdown, as_text, show_share

WORDS = {
    (figures.ZCBENCH, "standard"): "zcbench, standard profile",
    (figures.ZCBENCH, "rigorous"): "zcbench, rigorous profile",
    (figures.PYPERF, "default"): "pyperf, defaults",
    (figures.PYPERF, "rigorous"): "pyperf --rigorous",
    (figures.GBENCH, "9"): "Google Benchmark, 9 interleaved repetitions",
    (figures.GBENCH, "20"): "Google Benchmark, 20 interleaved repetitions",
}
ALARM_WORDS = {
    (figures.GBENCH, "9"): ", between two runs",
    (figures.GBENCH, "20"): ", within one run",
}
SIZES = (("ns", "5 ns"), ("us", "5 µs"), ("ms", "1 ms"), ("all", "all"))


def show_detected(cell):
    if cell is None:
        return "–"
    share = cell.share
    words = share.hits, share.trials, 100 * share.low, 100 * share.high
    return "%d of %d (%.0f–%.0f %%)" % words


def show_time(seconds):
    if seconds is None:
        return "?"
    if seconds < 100:
        return "%.2g s" % seconds if seconds < 10 else "%.0f s" % seconds
    return "%.0f s" % seconds if seconds < 600 else "%.0f min" % (seconds / 60)


def show_times(figure):
    if figure.low is None:
        return "%s (interval needs 6 rounds)" % show_time(figure.value)
    return "%s (%s – %s)" % tuple(show_time(seconds) for seconds in figure)


def show_factor(figure):
    if figure is None:
        return "–"
    if figure.low is None:
        return "%.3g×" % figure.value
    return "%.3g× (%.3g–%.3g)" % figure


def alarm_table(rows):
    found = figures.alarms(rows)
    lines = []
    for (name, setting), words in WORDS.items():
        for kernel in ("copy", "view", "chain", "all"):
            shares = [found.get((name, setting, kernel, c)) for c in (plans.QUIET, plans.BUSY)]
            if any(shares):
                label = words + ALARM_WORDS.get((name, setting), "")
                lines.append([label, kernel] + [show_share(share) for share in shares])
    notes = [
        "Nominal: 5 %. Each front end's own verdict; intervals: Clopper–Pearson. copy and view: "
        "bytes_slice, python lane, 4 KiB; chain: multiplications, zcbench's twin only."
    ]
    extra = figures.overdispersion(rows)
    if extra is not None:
        notes.append(
            "A pair of zcbench's is 10 launches × 20 blocks that no other pair shares; between "
            "runs their number varies %.2f times as much as independent pairs' would." % extra
        )
    head = ["Front end", "kernel", "quiet", "busy neighbour"]
    return Table("Alarms on identical code", head, lines, notes)


def detection_table(rows, percent):
    found = figures.detections(rows)
    lines = []
    for (name, setting), words in WORDS.items():
        for condition in (plans.QUIET, plans.BUSY):
            cells = [found.get((name, setting, percent, size, condition)) for size, _ in SIZES]
            if cells[-1] is None:
                continue
            shown = [show_detected(cell) for cell in cells]
            seen = "%.2f %%" % (100 * cells[-1].seen)
            lines.append([words, condition] + shown + [seen, show_time(cells[-1].wall_s)])
    head = ["Front end", "machine"] + ["work of " + label for _, label in SIZES[:-1]]
    head += ["all", "slow-down seen", "wall per pair"]
    notes = [
        "Detected: called different, and slower. One spin of %s %% of the work after the last "
        "iteration of each timed region. zcbench's wall is that of its whole run, which has two "
        "more injected arms; a peer's is its share for the two that are compared." % percent
    ]
    return Table("Detection of an injected slow-down of %s %%" % percent, head, lines, notes)


def spread_table(rows, scale):
    found = figures.spreads(rows, scale)
    lines = []
    for condition in (plans.QUIET, plans.BUSY):
        for budget in ("10s", "36s"):
            ours = found.get((figures.ZCBENCH, budget, condition))
            for name in (figures.ZCBENCH, figures.PYPERF, figures.GBENCH):
                one = found.get((name, budget, condition))
                if one is not None:
                    lines.append(spread_line(name, budget, condition, one, ours))
    head = ["Wall time", "machine", "front end", "repeats", "wall taken", "copy/view"]
    head += ["spread (CV)", "÷ zcbench's"]
    notes = [
        "bytes_slice, python lane, 4 KiB. Intervals: χ² for a spread, F for a ratio of two. Of a "
        "peer's mean and median the one that spreads less is shown. pyperf at 36 s has as "
        "many processes as fit (its defaults at least), at 10 s the neighbouring processes of the "
        "same two runs; Google Benchmark has 9 repetitions at 10 s, and 20 of both arms twice at "
        "36 s."
    ]
    return Table("Spread of the copy/view ratio at equal wall time", head, lines, notes)


def spread_line(name, budget, condition, one, ours):
    factor = (
        "1"
        if one is ours
        else "–" if ours is None else show_factor(figures.spread_ratio(one, ours))
    )
    words = name if one.choice == "own" else "%s (%s)" % (name, one.choice)
    cv = "%.2f %% (%.2f–%.2f)" % tuple(100 * value for value in one.cv)
    return [
        budget.replace("s", " s"),
        condition,
        words,
        str(one.count),
        show_time(one.wall_s),
        "%.3f×" % one.ratio,
        cv,
        factor,
    ]


def time_table(rows, scale):
    spreads = figures.spreads(rows, scale)
    lines = []
    for condition in (plans.QUIET, plans.BUSY):
        by_spread = figures.times_by_spread(spreads, condition)
        own = figures.times_by_own_interval(rows, condition)
        for name in (figures.ZCBENCH, figures.PYPERF, figures.GBENCH):
            line = [name, condition, "–", "–", "–", "–"]
            if name in by_spread:
                line[2] = show_times(by_spread[name][0])
            if name in by_spread and figures.ZCBENCH in by_spread:
                ratio = figures.time_ratio(by_spread[name], by_spread[figures.ZCBENCH])
                line[3] = "1" if name == figures.ZCBENCH else show_factor(ratio)
            if name in own:
                line[4] = show_times(own[name][0])
                line[5] = "1" if name == figures.ZCBENCH else show_factor(own[name][1])
            if line[2:] != ["–"] * 4:
                lines.append(line)
    head = ["Front end", "machine", "until repeats agree to ±2 %", "÷ zcbench's"]
    head += ["until its own interval is ±2 %", "÷ zcbench's"]
    notes = [
        "Until repeats agree: extrapolated by √ from the spread over repeats, for each front end "
        "from the budget that makes it shorter; intervals: χ² and F. Its own interval: median "
        "over rounds, order-statistics interval; zcbench's as it came during the run, the peers' "
        "by √ from the scatter of pyperf's process means and of Google Benchmark's 9 repetitions. "
        "An own interval knows nothing of drift: how far it can be believed is what the alarms "
        "show."
    ]
    return Table("Wall time to ±2 % on copy/view at 4 KiB", head, lines, notes)


def goal_table(rows, scale):
    found = goals.judge_all(rows, scale)
    lines = [list(goal) for goal in found]
    return Table("Goals", ["What", "wanted", "found", "verdict"], lines, [])


def preamble(rows, plan):
    """Lines above the tables: date, machine, versions, how much was measured."""
    parts = [json.loads(row.note) for row in rows if row.kind == "part"]
    done = {
        c: len({r.round for r in rows if r.kind == "done" and r.condition == c})
        for c in (plans.QUIET, plans.BUSY)
    }
    lines = []
    if parts:
        first, last = parts[0], parts[-1]
        dates = sorted({first["started"][:10], last["started"][:10]})
        lines.append(
            "%s · %s, %d processors, %s"
            % (" to ".join(dates), first["cpu"], first["processors"], first["kernel"])
        )
        lines.append(
            " · ".join("%s %s" % item for item in sorted(last["versions"].items()) if item[1])
        )
    lines.append(
        "%d quiet and %d busy rounds of %d and %d%s"
        % (done[plans.QUIET], done[plans.BUSY], plan.quiet, plan.busy, load_words(rows))
    )
    if plan.scale < 1:
        lines.append(
            "Shortened to %g of its length: a trial of the scripts, no figures to quote."
            % plan.scale
        )
    elif not goals.judge_all(rows, plan.scale):
        lines.append("A look, no claim: goals are judged on 30 quiet rounds (`make trust-full`).")
    return lines


def load_words(rows):
    loads = [float(r.value) for r in rows if r.kind == "done" and r.condition == plans.QUIET]
    if not loads:
        return ""
    return "; load before quiet tasks up to %.1f" % max(loads)


def tables(rows, plan):
    every = [
        alarm_table(rows),
        detection_table(rows, "1"),
        detection_table(rows, "2"),
        spread_table(rows, plan.scale),
        time_table(rows, plan.scale),
    ]
    every += self_report.tables(rows) + [
        goal_table(rows, plan.scale),
    ]
    return [table for table in every if table.rows]


def write(folder, stream):
    """Prints the tables, and leaves them in the folder as table.txt and table.md."""
    rows = raw.read(folder)
    if not rows or rows[0].kind != "plan":
        raise ValueError("%s holds no raw data of a comparison" % folder)
    plan = plans.from_text(rows[0].note)
    head, found = preamble(rows, plan), tables(rows, plan)
    text = "\n".join(["\n".join(head) + "\n"] + [as_text(table) for table in found])
    markdown = "\n".join(
        ["## zcbench beside its peers", "", "  \n".join(head), ""] + [as_markdown(t) for t in found]
    )
    for name, content in (("table.txt", text), ("table.md", markdown)):
        beside = os.path.join(folder, name + ".new")
        with open(beside, "w", encoding="utf-8") as file:
            file.write(content)
        os.replace(beside, os.path.join(folder, name))
    stream.write(text)
