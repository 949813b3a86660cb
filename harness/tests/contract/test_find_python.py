"""Protects the discovery of interpreters: what is said of each, and that a tag means one."""

import json
import os
import shutil
import subprocess


import pytest
from places import SCRIPTS, run, write_program

FIND = os.path.join(SCRIPTS, "find-python")
KEYS = set(
    "spec ok reason executable program tag version prefix compiler config_args numpy library pgo lto"
    " debug gil jit shared worker".split()
)


def resolved_python3():
    """The executable behind `python3`, through shims."""
    ask = ["python3", "-c", "import sys; print(sys.executable)"]
    return subprocess.check_output(ask, universal_newlines=True).strip()


def find(build_dir, *specs, **options):
    """(finished process, its answers)."""
    done = run([FIND, "--build-dir", build_dir] + list(specs), **options)
    return done, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def twin(tmp_path):
    """A second interpreter with the tag of the default one: the python of a virtual environment."""
    folder = tmp_path / "twin"
    subprocess.check_call([resolved_python3(), "-m", "venv", "--without-pip", str(folder)])
    return str(folder / "bin" / "python")


def test_default_is_the_python3_on_path(tmp_path):
    done, answers = find(tmp_path)
    assert done.returncode == 0
    assert len(answers) == 1
    assert set(answers[0]) == KEYS
    assert answers[0]["executable"] == resolved_python3()
    assert answers[0]["worker"] == str(tmp_path / ("zcbench-worker-" + answers[0]["tag"]))
    assert answers[0]["ok"] is (answers[0]["reason"] == "")


def test_shims_are_looked_through(tmp_path):
    real = resolved_python3()
    write_program(tmp_path / "shims" / "python3", '#!/bin/sh\nexec "%s" "$@"\n' % real)
    path = str(tmp_path / "shims") + os.pathsep + os.environ["PATH"]
    _, answers = find(tmp_path, env=dict(os.environ, PATH=path))
    assert answers[0]["executable"] == real


def test_a_version_names_the_default_when_it_fits(tmp_path):
    version = find(tmp_path)[1][0]["version"]
    minor = ".".join(version.split(".")[:2])
    for spec in (minor, version):
        _, answers = find(tmp_path, spec)
        assert [answer["executable"] for answer in answers] == [resolved_python3()]
        assert answers[0]["spec"] == spec


@pytest.mark.parametrize("spec", ["3.1", "3.999", "no-such-python", "/no/such/python"])
def test_what_does_not_exist_is_an_error(tmp_path, spec):
    done, answers = find(tmp_path, spec)
    assert done.returncode == 2
    assert [(answer["spec"], answer["ok"], answer["executable"]) for answer in answers] == [
        (spec, False, "")
    ]
    assert done.stderr.count("\n") == 1
    if spec == "3.999":
        assert find(tmp_path)[1][0]["version"] in answers[0]["reason"]


def test_what_is_no_python_is_left_out_with_a_reason(tmp_path):
    for number, text in enumerate(["echo hello", "echo '{'", "exit 3", "echo boom >&2; exit 1"]):
        fake = write_program(tmp_path / ("fake%d" % number) / "python3", "#!/bin/sh\n%s\n" % text)
        _, answers = find(tmp_path, fake)
        assert answers[0]["ok"] is False
        assert answers[0]["reason"]


def test_unusable_interpreters_keep_their_reason(tmp_path):
    facts = {
        "executable": "/opt/old/python3",
        "version": "3.7.1",
        "prefix": "/opt/old",
        "tag": "cp37",
    }
    facts["reason"] = "Python 3.7.1 is older than 3.8"
    fake = write_program(tmp_path / "python3", "#!/bin/sh\necho '%s'\n" % json.dumps(facts))
    done, answers = find(tmp_path, fake)
    assert done.returncode == 0
    assert (answers[0]["ok"], answers[0]["reason"]) == (False, facts["reason"])


def test_all_holds_each_interpreter_once(tmp_path):
    _, answers = find(tmp_path, "all")
    keys = [(os.path.realpath(answer["executable"]), answer["prefix"]) for answer in answers]
    assert len(keys) == len(set(keys))
    assert resolved_python3() in [answer["executable"] for answer in answers]
    tags = [answer["tag"] for answer in answers if answer["ok"]]
    assert len(tags) == len(set(tags))


def test_the_first_keeps_the_short_tag(tmp_path, twin):
    for number, order in enumerate([("python3", twin), (twin, "python3")]):
        build_dir = tmp_path / ("build%d" % number)
        build_dir.mkdir()
        first, second = find(build_dir, *order)[1]
        assert second["tag"].startswith(first["tag"] + "-")
        assert len(second["tag"]) == len(first["tag"]) + 7
        assert find(build_dir, order[1])[1][0]["tag"] == second["tag"]
        assert find(build_dir, order[0])[1][0]["tag"] == first["tag"]


def test_a_tag_is_free_again_when_its_owner_is_gone(tmp_path, twin):
    build_dir = tmp_path / "build"
    build_dir.mkdir()
    tag = find(build_dir, twin)[1][0]["tag"]
    worker = build_dir / ("zcbench-worker-" + tag)
    worker.write_text("")
    shutil.rmtree(os.path.dirname(os.path.dirname(twin)))
    assert find(build_dir)[1][0]["tag"] == tag
    assert not worker.exists()


def test_what_another_user_may_not_see_stays_taken(tmp_path, twin):
    """A shared build folder: an owner out of sight is not gone, and its worker is not another's."""
    powerless = []  # root sees everything, except in a user namespace of its own
    if os.geteuid() == 0:
        powerless = ["unshare", "--user"]
        if shutil.which("unshare") is None or run(powerless + ["true"]).returncode != 0:
            pytest.skip("root, and no user namespace may be made")
    build_dir = tmp_path / "build"
    build_dir.mkdir()
    tag = find(build_dir, twin)[1][0]["tag"]
    record, place = build_dir / "tags" / tag, tmp_path / "twin"
    worker = build_dir / ("zcbench-worker-" + tag)
    worker.write_text("")
    assert record.stat().st_mode & 0o444 == 0o444
    python = [resolved_python3(), FIND, "--build-dir", str(build_dir), resolved_python3()]
    for hidden in (record, place):
        mode = hidden.stat().st_mode
        hidden.chmod(0)
        try:
            done = run(powerless + python)
        finally:
            hidden.chmod(mode)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["tag"].startswith(tag + "-")
        assert worker.exists() and record.exists()


def test_the_private_environment_is_preferred(tmp_path):
    facts = find(tmp_path)[1][0]
    version = "python" + ".".join(facts["version"].split(".")[:2])
    venv = tmp_path / ("venv-" + facts["tag"])
    (venv / "lib" / version / "site-packages" / "numpy-9.8.7.dist-info").mkdir(parents=True)
    (venv / "bin").mkdir()
    (venv / "bin" / "python").symlink_to(facts["executable"])
    _, answers = find(tmp_path)
    assert answers[0]["program"] == str(venv / "bin" / "python")
    assert answers[0]["prefix"] == str(venv)
    assert answers[0]["numpy"] == "9.8.7"
    assert answers[0]["executable"] == facts["executable"]


def test_the_callers_python_settings_do_not_leak_in(tmp_path):
    (tmp_path / "numpy").mkdir()
    (tmp_path / "numpy" / "__init__.py").write_text("")
    (tmp_path / "numpy-6.6.6.dist-info").mkdir()
    _, answers = find(tmp_path, env=dict(os.environ, PYTHONPATH=str(tmp_path)))
    assert answers[0]["numpy"] != "6.6.6"
