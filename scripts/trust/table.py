"""A table of texts, and how it looks on a terminal and as Markdown."""

import collections
import textwrap

# `head` and `rows` of texts, and sentences below it.
Table = collections.namedtuple("Table", "title head rows notes")


def show_share(share):
    if share is None:
        return "–"
    words = 100.0 * share.hits / share.trials, 100 * share.low, 100 * share.high
    return "%d of %d, %.1f %% (%.1f–%.1f)" % ((share.hits, share.trials) + words)


def as_text(table):
    lines = [table.head] + table.rows
    widths = [max(len(line[i]) for line in lines) for i in range(len(table.head))]
    shown = ["  ".join(c.ljust(w) for c, w in zip(line, widths)).rstrip() for line in lines]
    notes = [line for note in table.notes for line in textwrap.wrap(note, 100)]
    return "\n".join([table.title.upper()] + shown + notes) + "\n"


def as_markdown(table):
    escaped = [[cell.replace("|", "\\|") for cell in line] for line in table.rows]
    lines = ["| %s |" % " | ".join(table.head), "|%s" % ("---|" * len(table.head))]
    lines += ["| %s |" % " | ".join(line) for line in escaped]
    return "\n".join(["### " + table.title, ""] + lines + [""] + table.notes) + "\n"
