"""The outcomes as the table of docs/reliability.md: a row for each class of faults or inputs."""

import os

# What other scripts have to say: Markdown files beside this one, put behind the tables as they are.
OTHERS = ("privilege.md", "fuzz.md", "memory.md", "analysis.md")

HEADINGS = {
    "kills": "Ended at random moments",
    "cuts": "Files cut short",
    "faults": "Calls that fail, clocks that jump",
    "surroundings": "Surroundings",
    "privilege": "Few rights, little machine",
    "workers": "Workers that misbehave",
    "mutants": "Mistakes built into the harness",
}
WORDS = {
    "kills": "all finished cells kept, run completed to the same cells, nothing left behind",
    "cuts": "run completed to the same cells, or refused by name; no torn row read",
    "faults": "exit code, one sentence, files that are gone on with",
    "surroundings": "exit code, one sentence, correct files",
    "privilege": "runs; what can't be is refused by name",
    "workers": "costs its own cells only, reason told",
    "mutants": "noticed by the tests",
}


SKIPPED = "skipped: "


def words_of(part, good, tried, notes, skipped):
    """What was skipped was not tried."""
    if good != tried:
        return "%d of %d: %s" % (good, tried, notes[0] if notes else "")
    if skipped:
        return "%s; %d %s" % (WORDS[part], len(skipped), skipped[0]) if tried else skipped[0]
    return WORDS[part]


def cell(text):
    return " ".join(text.replace("|", "\\|").split())


def make(rows, outcomes, modules):
    """`rows` are (part, row) in the table's order; a part's module may say how many blows a trial
    of a row deals (trials_of)."""
    by_row = {}
    for outcome in outcomes:
        by_row.setdefault(outcome.row, []).append(outcome)
    lines, last = [], None
    for part, row in rows:
        if part != last:
            lines += ["", "### %s" % HEADINGS[part], "", "| what | trials | outcome |"]
            lines += ["|---|---:|---|"]
            last = part
        outcomes_of_row = by_row.get(row, [])
        if not outcomes_of_row:
            continue
        skipped = [o.note for o in outcomes_of_row if o.note.startswith(SKIPPED)]
        tried = [o for o in outcomes_of_row if not o.note.startswith(SKIPPED)]
        good = [outcome for outcome in tried if outcome.passed == "1"]
        blows = getattr(modules[part], "trials_of", lambda _: 1)(row)
        bad = [outcome.note for outcome in tried if outcome.passed != "1"]
        note = words_of(part, len(good), len(tried), bad, skipped)
        if part == "mutants" and len(good) == len(tried) and good:
            note = good[0].note
        lines.append("| %s | %d | %s |" % (cell(row), blows * len(tried), cell(note)))
    return "\n".join(lines).strip() + "\n"


def written_tables(top):
    """The tables as they stand in docs/reliability.md, without what is put before and behind them."""
    with open(os.path.join(top, "docs", "reliability.md"), encoding="utf-8") as file:
        text = file.read()
    ends = [len(text)]
    for name in OTHERS:
        path = os.path.join(top, "scripts", "torture", name)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                heading = file.readline()
            ends += [text.index(heading)] if heading in text else []
    begin = min(text.index("### " + heading) for heading in HEADINGS.values())
    return text[begin : min(ends)]


def write_docs(top, text):
    """docs/reliability.md: the head, the tables, what other scripts have left to be put behind."""
    here = os.path.join(top, "scripts", "torture")
    parts = []
    for name in ("head.md",) + OTHERS:
        path = os.path.join(here, name)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                parts.append(file.read().strip())
    parts.insert(1, text.strip())
    with open(os.path.join(top, "docs", "reliability.md"), "w", encoding="utf-8") as file:
        file.write("\n\n".join(parts) + "\n")
