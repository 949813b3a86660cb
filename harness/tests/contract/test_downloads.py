"""Protects those who type `make`: what is downloaded comes from a package manager, by name and, where
pip brings it, as wheels only; nothing that comes over the network is handed to a shell."""

import os
import re

import pytest
from places import TOP

AREAS = ("Makefile", "CMakeLists.txt", "action.yml", ".ci", "scripts", "harness", "docs/ci", "docs")
SHELLS = r"(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+(?:\S+=\S*\s+)*)?(?:\S*/)?(?:ba|da|z|k|fi)?sh\b"
INTERPRETERS = SHELLS + r"|(?:\S*/)?(?:python[\d.]*|perl|ruby|node)\b"
FETCH = r"\b(?:curl|wget|fetch|aria2c|lynx)\b"
# What runs that which was just fetched: in a pipe, a substitution, or by a file's name.
RUN_WHAT_IS_FETCHED = (
    re.compile(FETCH + r"[^|;\n]*\|\s*(?:" + INTERPRETERS + ")"),
    re.compile(r"(?:" + SHELLS + r"|\beval|\bsource|(?:^|\s)\.)\s[^|;\n]*(?:\$\(|<\(|`)\s*" + FETCH),
    re.compile(FETCH + r"[^\n]*(?:-o|-O|>)\s*(\S+)[^\n]*(?:;|&&)\s*(?:" + INTERPRETERS + r")\s+\1"),
)
FETCHED = re.compile(r"^[^#\n]*" + FETCH + r"\s+[^\n]*https?://|urllib\.request|\burlretrieve\b", re.M)
PIP = re.compile(r"\bpip\b[\"',\s]+install\b")


def files():
    """(path from the top, text) of every file that may be carried out."""
    for area in AREAS:
        start = os.path.join(TOP, area)
        found = [start] if os.path.isfile(start) else []
        for folder, _, names in os.walk(start):
            found += [os.path.join(folder, name) for name in names]
        for path in found:
            if path == os.path.abspath(__file__) or path.endswith((".pyc", ".gz", ".png")):
                continue
            with open(path, encoding="utf-8", errors="replace") as file:
                yield os.path.relpath(path, TOP), file.read()


def runs_what_is_fetched(text):
    text = text.replace("\\\n", " ")
    return [found.group(0) for rule in RUN_WHAT_IS_FETCHED for found in rule.finditer(text)]


@pytest.mark.parametrize(
    "line",
    [
        "curl -sSf https://x.y/z | sh",
        "curl https://x.y/z \\\n  | sudo -E bash -s --",
        "wget -qO- https://x.y | python3 -",
        'sh -c "$(curl -fsSL https://x.y)"',
        "bash <(curl -s https://x.y)",
        "eval `wget -O - x.y`",
        "curl -o get.sh https://x.y && bash get.sh",
    ],
)
def test_the_rule_knows_what_it_looks_for(line):
    assert runs_what_is_fetched(line)


def test_nothing_fetched_is_handed_to_a_shell():
    seen = [(path, line) for path, text in files() for line in runs_what_is_fetched(text)]
    assert seen == []


def test_programs_and_scripts_fetch_nothing_themselves():
    """Only apt and pip do, which check what they bring."""
    outside = ("docs" + os.sep, os.path.join("harness", "tests"))
    seen = [
        path for path, text in files() if FETCHED.search(text) and not path.startswith(outside)
    ]
    assert seen == []


def test_pip_brings_wheels_only():
    """A source package would be a program of somebody's that runs at once."""
    callers = [
        (path, text) for path, text in files() if path.startswith("scripts") and PIP.search(text)
    ]
    assert len(callers) >= 3
    for path, text in callers:
        for found in PIP.finditer(text):
            call = text[found.start() : found.start() + 120]
            assert re.search(r"--only-binary[\"',\s]+:all:", call), path


def test_packages_of_the_tests_have_a_version():
    """One, or at least a bound: which wheel there is depends on the interpreter."""
    with open(os.path.join(TOP, "scripts", "trust", "setup"), encoding="utf-8") as file:
        packages = re.search(r"^PACKAGES = \[(.*)\]", file.read(), re.M).group(1)
    for package in re.findall(r'"([^"]+)"', packages):
        assert re.search("==|<", package), package
    with open(os.path.join(TOP, "scripts", "setup"), encoding="utf-8") as file:
        assert re.search(r"--only-binary :all: 'pytest<\d+'", file.read())


def test_the_set_up_turns_no_check_off():
    careless = re.compile(
        r"--trusted-host|allow-?unauthenticated|--insecure\b|--no-check-certificate|curl[^\n]* -k\b"
        r"|trusted=yes|Check-Valid-Until=false|verify=False|--extra-index-url"
    )
    seen = [path for path, text in files() if careless.search(text)]
    assert seen == []
