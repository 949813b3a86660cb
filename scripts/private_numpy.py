"""A numpy of its own for an interpreter: a private environment in the build folder, from wheels
only; the user's own environment stays as it is, and nothing is compiled."""

import os
import subprocess

LIMIT_S = 600


def steps(facts, venv, wanted):
    python = os.path.join(venv, "bin", "python")
    return [
        # The interpreter's own packages stay visible: a pair may need them.
        [facts["executable"], "-I", "-m", "venv", "--system-site-packages", "--clear", venv],
        [
            python,
            "-I",
            "-m",
            "pip",
            "install",
            "--only-binary",
            ":all:",
            "--timeout",
            "30",
            "--retries",
            "1",
            "--disable-pip-version-check",
            "--quiet",
            wanted,
        ],
        [python, "-I", "-c", "import numpy"],
    ]


def install(facts, venv, wanted="numpy"):
    """Makes the environment with what pip calls `wanted`: None, or the line that says why it could
    not be made."""
    # Settings that lead pip elsewhere than into the environment it runs in.
    misleading = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH", "PYTHONHOME")
    environment = {name: value for name, value in os.environ.items() if name not in misleading}
    environment["PIP_USER"] = "0"
    for command in steps(facts, venv, wanted):
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                universal_newlines=True,
                errors="replace",
                timeout=LIMIT_S,
                env=environment,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        if done.returncode != 0:
            lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
            telling = (
                [line for line in lines if line.startswith("ERROR")] or lines or ["no reason given"]
            )
            return telling[-1][:200]
    return None
