"""The raw data of a comparison: one CSV that is only ever appended to.

A task's rows are written together and end with a row of kind `done`; what a kill left behind it —
a torn line, rows of a task that did not end — is dropped when the file is opened again. Kinds:

  plan     the first row: seed, rounds and scale in `note` (JSON)
  part     one call: machine and versions in `note` (JSON)
  run      one call of a front end: its wall time, its place in the task in `step`
  sample   one value of `subject`: ns per iteration, or (zcbench) a launch's ratio;
           `index` is the process, repetition or launch, `step` the value within the process
  ratio    a front end's own ratio with its own interval, and the wall time it took
  verdict  a front end's own word on two subjects: `different` is 0 or 1, `value` second ÷ first,
           `note` the statistic it went by
  known    zcbench's ratio of `subject` whose truth stands in `note`; `different` says whether
           its interval excludes that truth
  breakeven  where `subject` breaks even by the launches that `setting` names (odd, even, whole):
           `value` bytes with interval, the crossing's number in `index`, in `note` the status and
           (whole) the slope d ln ratio / d ln n there
  share    `value`: share of a run's wall time that lies in timed visits; `setting` the profile
  loop     one start of the worker: ns an iteration costs in the loop that `subject` names
  gate     of `step` suites drawn again, `subject` per cent slower, `value` failed
  done     the task's rows are complete
"""

import collections
import csv
import gzip
import io
import os

COLUMNS = (
    "round condition task kind setting subject index step wall_s value low high different note"
).split()
COMMITTING = ("plan", "part", "done")

Row = collections.namedtuple("Row", COLUMNS)


def row(kind, **fields):
    """A row whose other fields are empty."""
    values = dict.fromkeys(COLUMNS, "")
    values["kind"] = kind
    values.update((name, as_text(value)) for name, value in fields.items())
    return Row(**values)


def as_text(value):
    if isinstance(value, bool):
        return "1" if value else "0"
    return "%.9g" % value if isinstance(value, float) else str(value)


def encode(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def decode(data):
    """The whole rows of `data`; a last line without its newline is dropped, and so is the
    header."""
    text = data[: data.rfind(b"\n") + 1].decode("utf-8")
    rows = []
    for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""))):
        if number == 0:
            if fields != COLUMNS:
                raise ValueError("no raw data of a comparison: its columns are not ours")
        elif len(fields) != len(COLUMNS):
            raise ValueError("line %d has %d fields" % (number + 1, len(fields)))
        else:
            rows.append(Row(*fields))
    return rows


def committed(rows):
    """The rows up to the last one that ends something."""
    for count in range(len(rows), 0, -1):
        if rows[count - 1].kind in COMMITTING:
            return rows[:count]
    return []


def find(folder):
    """Path of the folder's raw data, compressed or not; None without any."""
    for name in ("raw.csv", "raw.csv.gz"):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return path
    return None


def read(folder):
    """The committed rows of a folder; none where nothing was recorded."""
    path = find(folder)
    if path is None:
        return []
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        return committed(decode(file.read()))


class Recorder:
    """Appends to folder/raw.csv. Invariant: between two calls the file holds whole tasks only."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.rows = read(folder)
        self.folder = folder
        self.path = os.path.join(folder, "raw.csv")
        if find(folder) != os.path.join(folder, "raw.csv.gz"):
            self.restore()

    def restore(self):
        """Writes the committed rows anew: what was torn is gone."""
        beside = self.path + ".new"
        with open(beside, "wb") as file:
            file.write(encode([COLUMNS] + self.rows))
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.path)

    def append(self, rows):
        """Adds rows that end with a committing one, in one write."""
        rows = list(rows)
        assert rows and rows[-1].kind in COMMITTING
        with open(self.path, "ab") as file:
            file.write(encode(rows))
            file.flush()
            os.fsync(file.fileno())
        self.rows += rows

    def done(self):
        """(round, task) of every task that ended."""
        return {(r.round, r.task) for r in self.rows if r.kind == "done"}

    def compress(self):
        """Turns raw.csv into raw.csv.gz, the same bytes for the same rows."""
        if not os.path.exists(self.path):
            return
        beside = self.path + ".gz.new"
        with open(self.path, "rb") as plain, open(beside, "wb") as file:
            with gzip.GzipFile("raw.csv", "wb", 9, file, 0) as packed:
                packed.write(plain.read())
        os.replace(beside, self.path + ".gz")
        os.unlink(self.path)
