#!/usr/bin/env python3
"""bash, zsh and fish complete what zcbench offers: each is started on a terminal of its own and typed at."""
import os
import pty
import select
import shutil
import subprocess
import time
import unittest

from contract_support import ZCBENCH, Driver
from fake_share import HERE

COMPLETIONS = os.path.realpath(os.path.join(HERE, "..", "..", "..", "scripts", "completions"))
WRAPPER = '''#!/bin/sh
[ "$1" = __complete ] && exec '%s' "$@"
echo "TAKEN:$*:"
'''


class Completions(Driver):
    def setUp(self):
        super().setUp()
        for name in ("bytes_slice.py", "view_hash.py", "view_iterate.py"):
            open(os.path.join(self.share, "bench", "python", name), "w").close()
        self.bin = os.path.join(self.place, "bin")
        os.makedirs(self.bin)
        with open(os.path.join(self.bin, "zcbench"), "w") as wrapper:
            wrapper.write(WRAPPER % ZCBENCH)
        os.chmod(os.path.join(self.bin, "zcbench"), 0o755)
        open(os.path.join(self.bin, "python3.97"), "w").close()
        os.makedirs(os.path.join(self.work, "a run"))
        for name in ("mine.py", "mine.txt"):
            open(os.path.join(self.work, name), "w").close()

    def environment(self):
        # Nothing of the user's own shell settings.
        return dict(super().environment(), HOME=self.place, ZDOTDIR=self.place, TERM="xterm", PS1="> ", PROMPT="> ",
                    PATH=self.bin + os.pathsep + os.environ["PATH"], INPUTRC="/dev/null")

    def typed(self, shell, first, line):
        """What zcbench is called with when `line` (tabs complete) is typed at `shell` after the command `first`."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.work)
            os.execvpe(shell[0], shell, self.environment())
        try:
            self.talk(terminal, first + "; echo READY''NOW\n", "READYNOW")
            said = self.talk(terminal, line + "\n", "TAKEN:")
        finally:
            os.close(terminal)
            os.waitpid(pid, 0)
        return said.split("TAKEN:")[1].split(":")[0].strip()

    def talk(self, terminal, keys, until):
        """Types `keys`, a key after the other as a person does, and reads until a whole line holds `until`."""
        for key in keys:
            os.write(terminal, key.encode())
            time.sleep(0.3 if key == "\t" else 0.005)
        said, limit = "", time.monotonic() + 30
        while until not in said or "\n" not in said.split(until)[-1]:
            if time.monotonic() > limit or not select.select([terminal], [], [], 30)[0]:
                self.fail("no %s in what was said: %r" % (until, said))
            said += os.read(terminal, 65536).decode("utf-8", "replace")
        return said

    def check(self, shell, first):
        for line, taken in (
                ("zcbench thr\tbytes_sl\t", "threshold bytes_slice"),
                ("zcbench run --prof\tqui\tbytes_sl\t", "run --profile quick bytes_slice"),
                ("zcbench run --lane=py\t", "run --lane=python"),
                ("zcbench run --python 3.97\t", "run --python 3.97"),
                ("zcbench run --pairs mi\t", "run --pairs mine.py"),
                ("zcbench report a\t", "report a run"),
        ):
            with self.subTest(line=line):
                self.assertEqual(self.typed(shell, first, line).rstrip("/"), taken)  # zsh takes a last slash away

    @unittest.skipUnless(shutil.which("bash"), "no bash here")
    def test_bash(self):
        self.check(["bash", "--norc", "--noprofile", "-i"], ". '%s/zcbench.bash'" % COMPLETIONS)

    @unittest.skipUnless(shutil.which("zsh"), "no zsh here")
    def test_zsh(self):
        self.check(["zsh", "-f", "-i"], "fpath=('%s' $fpath); autoload -Uz compinit; compinit -u -D" % COMPLETIONS)

    @unittest.skipUnless(shutil.which("fish"), "no fish here")
    def test_fish(self):
        for line, offered in (
                ("zcbench thr", ["threshold"]),
                ("zcbench run view_", ["view_hash", "view_iterate"]),
                ("zcbench run --profile ", ["quick", "standard", "rigorous", "full"]),
                ("zcbench run --lane=py", ["--lane=python"]),
                ("zcbench run --python=a=3.97", ["--python=a=3.97"]),
                ("zcbench run --pairs mi", ["mine.py"]),
                ("zcbench report a", ["a run/"]),
        ):
            with self.subTest(line=line):
                script = "source '%s/zcbench.fish'; complete -C '%s'" % (COMPLETIONS, line)
                done = subprocess.run(["fish", "--no-config", "-c", script], cwd=self.work, env=self.environment(),
                                      stdout=subprocess.PIPE, universal_newlines=True, timeout=60)
                self.assertEqual(sorted(text.split("\t")[0] for text in done.stdout.splitlines()), sorted(offered))


if __name__ == "__main__":
    unittest.main()
