"""Where the contract tests find the tree and the programs under test, and how they run one."""

import os
import subprocess

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BUILD = os.environ.get("ZCB_BUILD_DIR") or os.path.join(TOP, "build")
SCRIPTS = os.path.join(TOP, "scripts")


def run(command, **options):
    """Runs a command to its end with its output caught as text; never raises on a bad status."""
    options.setdefault("timeout", 300)
    return subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        **options
    )


def write_program(path, text):
    """An executable script at `path`; its folder is made. Returns the path as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return str(path)
