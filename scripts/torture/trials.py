"""What is tried and what came of it. A trial belongs to a row of the table, has a name that is its own
for good, and a function that returns nothing when all was well, else a sentence. Outcomes are appended
to trials.csv, so that an interrupted call is gone on with."""

import collections
import csv
import io
import os
import threading

Trial = collections.namedtuple("Trial", "row name function")
Outcome = collections.namedtuple("Outcome", "row name passed note seconds")


class Failed(Exception):
    """A trial did not end as it must; the message says how."""


class Recorder:
    """The outcomes in `path`: those of earlier calls, and what is appended now."""

    def __init__(self, path):
        self.path, self.lock, self.outcomes = path, threading.Lock(), {}
        data = b""
        if os.path.exists(path):
            with open(path, "rb") as file:
                data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        for words in csv.reader(io.StringIO(whole.decode("utf-8"), newline="")):
            outcome = Outcome(*words)
            self.outcomes[outcome.row, outcome.name] = outcome
        self.file = open(path, "ab")
        self.file.truncate(len(whole))

    def is_done(self, trial):
        """What failed is tried again."""
        outcome = self.outcomes.get((trial.row, trial.name))
        return outcome is not None and outcome.passed == "1"

    def add(self, trial, note, seconds):
        """`note` None: it passed. What is to be said of a passed trial may stand in `note` as
        ("ok", text); "skipped: why" is said of one that this machine could not give."""
        passed = note is None or isinstance(note, tuple)
        text = note[1] if isinstance(note, tuple) else note or ""
        outcome = Outcome(trial.row, trial.name, "1" if passed else "0", text, "%.1f" % seconds)
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(outcome)
        with self.lock:
            self.file.write(line.getvalue().encode("utf-8", "backslashreplace"))
            self.file.flush()
            self.outcomes[trial.row, trial.name] = outcome
        return outcome
