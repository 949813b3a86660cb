"""Speaks base/wire.h to a real worker, so that its promises are tested without the driver."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("ZCB_BUILD_DIR", TOP / "build")).resolve()
TOKEN = "00000000000000ab"


def workers():
    """[(tag, worker, program)] of every worker in the build folder that find-python knows, those
    of ZCB_TEST_PYTHONS (paths separated by colons) included."""
    named = [path for path in os.environ.get("ZCB_TEST_PYTHONS", "").split(":") if path]
    command = [sys.executable, TOP / "scripts" / "find-python", "--build-dir", BUILD] + named + ["all"]
    lines = subprocess.run(command, stdout=subprocess.PIPE, universal_newlines=True).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    ready = {facts["tag"]: (str(BUILD / facts["worker"]), facts["program"])
             for facts in found if facts["ok"] and (BUILD / facts["worker"]).exists()}
    return [(tag,) + programs for tag, programs in ready.items()]


def encode(text):
    return urllib.parse.quote(str(text), safe="_.:,+/-")


def fields(line):
    return {key: urllib.parse.unquote(value)
            for key, value in (word.split("=", 1) for word in line.split()[1:])}


class Worker:
    """A worker process; close it, or use it as a context manager."""

    def __init__(self, worker, program, pair_files=(), modules="", counting=False):
        from_driver, self_write = os.pipe()
        self_read, to_driver = os.pipe()
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1",
                       "NUMPY_MADVISE_HUGEPAGE": "0", "ASAN_OPTIONS": "detect_leaks=0"}
        preload = BUILD / "libzcbcount.so"
        if counting and not self.is_sanitized(worker):
            environment["LD_PRELOAD"] = str(preload)

        def place_descriptors():
            high = [os.dup2(from_driver, 60), os.dup2(to_driver, 61)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [worker, "--serve", "--program", program, "--modules", modules, "--hash-seed", "7"],
            env=environment, preexec_fn=place_descriptors, close_fds=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(from_driver)
        os.close(to_driver)
        self.write = os.fdopen(self_write, "w", buffering=1)
        self.read = os.fdopen(self_read, "r")
        self.load_errors = {}
        for path in pair_files:
            answer = fields(self.ask("load pair=%s path=%s" % (pathlib.Path(path).stem, encode(path))))
            if "error" in answer:
                self.load_errors[answer["pair"]] = answer["error"]
        self.hello = fields(self.ask("ready"))

    @staticmethod
    def is_sanitized(worker):
        with open(worker, "rb") as file:
            return b"__asan_init" in file.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.write.write("quit\n")
        self.write.close()
        self.status = self.process.wait(30)
        self.read.close()

    def ask(self, line):
        self.write.write(line + "\n")
        return self.read.readline().rstrip("\n")

    def job(self, line):
        """(lines before the end, fields of the end)."""
        self.write.write(line + "\n")
        lines = []
        while True:
            answer = self.read.readline().rstrip("\n")
            assert answer, "the worker is gone"
            if answer.startswith("end "):
                return lines, fields(answer)
            lines.append(answer)

    def proof(self, pair, lane="python", size=4096, limit_ms=10000):
        """(status, reason)."""
        lines, end = self.job("proof token=%s pair=%s lane=%s size=%d seed=5 limit_ms=%d"
                              % (TOKEN, pair, lane, size, limit_ms))
        reasons = [fields(line).get("reason", "") for line in lines]
        return end["status"], " ".join(filter(None, reasons))

    def measure(self, pair, counts, lane="python", size=4096, heap="default", blocks=4, warmup=1):
        """(visits as dicts, fields of the end)."""
        lines, end = self.job(
            "measure token=%s pair=%s lane=%s heap=%s cache=hot consumer=drop size=%d seed=9 "
            "limit_ms=30000 blocks=%d sparse_every=1 warmup=%d counts=%s"
            % (TOKEN, pair, lane, heap, size, blocks, warmup, counts))
        return [fields(line) for line in lines if line.startswith("visit ")], end
