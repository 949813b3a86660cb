"""Protects what a CI job stands on: scripts/ci-job hands on words, exit codes and the summary; the step in action.yml makes
the right words of its inputs, whatever they hold; the workflow to copy uses inputs that exist."""

import os
import re

import pytest
from places import SCRIPTS, TOP, run, write_program

JOB = os.path.join(SCRIPTS, "ci-job")

# Writes its words to a file, and answers as it was told.
ZCBENCH = """#!/bin/sh
command=$1
for word in "$@"; do printf '%s\\n' "$word"; done >>"$WORDS"
for out in "$@"; do :; done
mkdir -p "$out"
echo "# page of $command" >"$out/summary.md"
if [ "$command" = gate ]; then echo "100% sure"; exit "$GATE"; fi
exit "$RUN"
"""


@pytest.fixture
def job(tmp_path):
    """Runs a command with a zcbench that answers run and gate with these codes."""
    program = write_program(tmp_path / "zcbench", ZCBENCH)

    def go(command, run_code=0, gate_code=0, **variables):
        environment = dict(os.environ, ZCBENCH=program, WORDS=str(tmp_path / "words"), RUN=str(run_code),
                           GATE=str(gate_code), GITHUB_STEP_SUMMARY=str(tmp_path / "page"),
                           GITHUB_OUTPUT=str(tmp_path / "output"), GITHUB_ACTIONS="true", **variables)
        done = run(command, env=environment, cwd=str(tmp_path))
        words = (tmp_path / "words").read_text().splitlines() if (tmp_path / "words").exists() else []
        return done, words

    return go


@pytest.mark.parametrize("code,level", [(0, "notice"), (3, "error"), (4, "warning"), (5, "error")])
def test_the_gates_code_is_the_jobs(job, tmp_path, code, level):
    done, words = job([JOB, "out", "--base", "a b", "--head", "h", "--", "pair", "--size", "*"], gate_code=code)
    assert done.returncode == code
    assert words == ["run", "pair", "--size", "*", "--out", "out", "gate", "--base", "a b", "--head", "h", "out"]
    assert "::%s title=zcbench::100%%25 sure" % level in done.stdout
    assert (tmp_path / "page").read_text() == "# page of gate\n"
    assert (tmp_path / "output").read_text() == "folder=out\nexit-code=%d\n" % code


def test_without_words_for_it_nothing_is_judged(job):
    done, words = job([JOB, "out", "--", "pair"])
    assert (done.returncode, words) == (0, ["run", "pair", "--out", "out"])


def test_a_run_that_fails_is_not_judged(job, tmp_path):
    done, words = job([JOB, "out", "--baseline", "f", "--", "pair"], run_code=5)
    assert done.returncode == 5
    assert "gate" not in words
    assert "exit-code=5" in (tmp_path / "output").read_text()


def test_without_a_folder_it_says_how(job):
    for words in ([], ["--base"]):
        done, _ = job([JOB] + words)
        assert done.returncode == 2
        assert "scripts/ci-job OUT" in done.stderr


def read(*names):
    with open(os.path.join(TOP, *names)) as file:
        return file.read()


def inputs_of(action):
    """{name: default} of action.yml."""
    part = action.split("\ninputs:\n")[1].split("\noutputs:\n")[0]
    return dict(re.findall(r"^  ([a-z-]+):\n    description: .*\n    default: (.*)$", part, re.M))


def step_of(action):
    """The step that measures: its environment as {variable: input}, its script."""
    step = action.split("- name: Measure and judge")[1]
    script = "".join(line[8:] + "\n" for line in step.split("run: |\n")[1].splitlines())
    return dict(re.findall(r"^        (IN_[A-Z]+): \$\{\{ inputs\.([a-z-]+) \}\}$", step, re.M)), script


@pytest.fixture
def action(job, tmp_path):
    """What the words of zcbench are when action.yml is used with these inputs."""
    text = read("action.yml")
    defaults, (variables, script) = inputs_of(text), step_of(text)
    assert set(variables.values()) == set(defaults)
    (tmp_path / "scripts").mkdir()
    os.symlink(JOB, str(tmp_path / "scripts" / "ci-job"))

    def use(**given):
        values = {name.replace("_", "-"): value for name, value in given.items()}
        assert set(values) <= set(defaults)
        environment = {variable: values.get(name, defaults[name].strip("'")) for variable, name in variables.items()}
        done, words = job(["bash", "-e", "-o", "pipefail", "-c", script], GITHUB_ACTION_PATH=str(tmp_path), **environment)
        assert done.returncode == 0, done.stderr
        return words

    return use


def test_by_itself_the_action_measures(action):
    assert action() == "run --profile quick --python python3 --out zcbench-out".split()


def test_two_paths_are_judged_side_by_side(action):
    words = action(base_path="old src", head_path="new", label="3.13", pairs="a b*", pair_files="x.py y.py", allow="9% a=2%",
                   out="here")
    assert words == ["run", "a", "b*", "--profile", "quick", "--pairs", "x.py", "--pairs", "y.py", "--python",
                     "base-3.13=python3,path=old src", "--python", "head-3.13=python3,path=new", "--out", "here",
                     "gate", "--allow", "9%", "--allow", "a=2%", "--base", "base-3.13", "--head", "head-3.13", "here"]


def test_a_baseline_is_judged_against(action):
    assert action(baseline="b.json")[-4:] == ["gate", "--baseline", "b.json", "zcbench-out"]


def test_inputs_do_not_become_commands(action, tmp_path):
    bad = "`touch made` $(touch made) ;touch made \" '"
    action(pairs=bad, base_path=bad, head_path=bad, label=bad, allow=bad, options=bad)
    assert not (tmp_path / "made").exists()


def test_the_workflow_to_copy_uses_inputs_that_exist():
    workflow = read("docs", "ci", "zcbench.yml")
    used = re.findall(r"^          ([a-z-]+): ", workflow.split("OWNER/zcbench@main\n        with:\n")[1].split("      - uses")[0], re.M)
    assert used and set(used) <= set(inputs_of(read("action.yml")))
    assert "zcbench report runs/* --out merged" in workflow
