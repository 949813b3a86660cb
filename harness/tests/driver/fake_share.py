"""A share folder with interpreters that do not exist and a worker that needs none: what the driver is tried out on, by the
contract tests and by scripts/torture."""
import os

HERE = os.path.dirname(os.path.abspath(__file__))

FIND_PYTHON = '''#!/usr/bin/env python3
import json, os, sys
place = sys.argv[sys.argv.index("--build-dir") + 1]
spec = sys.argv[-1]
known = {"3.11": "cp311", "3.13": "cp313", "python3": "cp311"}
def line(spec, tag):
    print(json.dumps({"spec": spec, "ok": True, "reason": "", "executable": sys.executable, "program": sys.executable,
        "tag": tag, "version": "3.%s.1" % tag[3:], "prefix": "/", "compiler": "GCC", "config_args": "", "numpy": "",
        "pgo": False, "lto": 0, "debug": 0, "gil": 1, "jit": 0, "shared": 1,
        "worker": os.path.join(place, "zcbench-worker-" + tag)}))
def no(spec, reason):
    print(json.dumps({"spec": spec, "ok": False, "reason": reason}))
if spec == "all":
    line("3.11.1", "cp311"); line("3.13.1", "cp313"); no("3.7.9", "is older than 3.8")
elif spec in known:
    line(spec, known[spec])
else:
    no(spec, "no Python %s found; found: 3.11.1, 3.13.1" % spec)
    sys.exit(2)
'''

BUILD_WORKER = '''#!/usr/bin/env python3
import os, shutil, sys
if os.path.exists(os.path.join(sys.argv[-1], "unbuildable")):
    sys.exit("build-worker: no compiler")
for tag in ("cp311", "cp313") if sys.argv[1] != "--try" else ():
    shutil.copy(%r, os.path.join(sys.argv[-1], "zcbench-worker-" + tag))
'''


def script(share, name, text):
    path = os.path.join(share, "scripts", name)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, 0o755)


def make(place):
    """Makes `share` and `workers` in the folder `place`: their paths. Workers are built into the latter when asked for."""
    share, workers = os.path.join(place, "share"), os.path.join(place, "workers")
    os.makedirs(os.path.join(share, "bench", "python"))
    os.makedirs(os.path.join(share, "bench", "capi"))
    os.makedirs(os.path.join(share, "scripts"))
    os.makedirs(workers)
    script(share, "find-python", FIND_PYTHON)
    script(share, "build-worker", BUILD_WORKER % os.path.join(HERE, "contract_fake_worker.py"))
    with open(os.path.join(share, "bench", "capi", "plain.c"), "w") as code:
        code.write("/* plain */\nint arm;\n")
    return share, workers
