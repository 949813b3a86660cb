"""Protects the raw data: what is whole is kept, what is torn is dropped, whatever kills the
call."""

import fabricate  # noqa: F401
import pytest
import raw


def task_rows(number, task):
    context = {"round": number, "condition": "quiet", "task": task}
    return [
        raw.row("sample", subject="copy", value=1.5, note='a, "b"', **context),
        raw.row("done", **context),
    ]


def recorded(folder):
    recorder = raw.Recorder(folder)
    recorder.append([raw.row("plan", note="{}")])
    recorder.append(task_rows(1, "first"))
    recorder.append(task_rows(1, "second"))
    return recorder


def test_rows_come_back(tmp_path):
    recorder = recorded(str(tmp_path))
    assert raw.read(str(tmp_path)) == recorder.rows
    assert recorder.done() == {("1", "first"), ("1", "second")}
    assert recorder.rows[1].note == 'a, "b"' and recorder.rows[1].value == "1.5"


def test_every_torn_end_drops_the_open_task_only(tmp_path):
    recorded(str(tmp_path))
    path = tmp_path / "raw.csv"
    whole = path.read_bytes()
    first_end = whole.index(b"first,done")
    first_end = whole.index(b"\n", first_end) + 1
    for cut in range(first_end, len(whole)):
        path.write_bytes(whole[:cut])
        assert raw.Recorder(str(tmp_path)).done() == {("1", "first")}
        assert path.read_bytes() == whole[:first_end]
    raw.Recorder(str(tmp_path)).append(task_rows(1, "second"))
    assert path.read_bytes() == whole


def test_compressed_data_read_the_same_and_are_reproducible(tmp_path):
    texts = []
    for name in ("one", "two"):
        recorder = recorded(str(tmp_path / name))
        recorder.compress()
        recorder.compress()
        assert not (tmp_path / name / "raw.csv").exists()
        assert raw.read(str(tmp_path / name)) == recorder.rows
        assert raw.Recorder(str(tmp_path / name)).rows == recorder.rows
        texts.append((tmp_path / name / "raw.csv.gz").read_bytes())
    assert texts[0] == texts[1]


def test_foreign_files_are_refused(tmp_path):
    (tmp_path / "raw.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError):
        raw.read(str(tmp_path))
    (tmp_path / "raw.csv").write_text(",".join(raw.COLUMNS) + "\n1,2\n")
    with pytest.raises(ValueError):
        raw.read(str(tmp_path))
