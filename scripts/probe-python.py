#!/usr/bin/env python3
"""What the interpreter that runs this file is, as one JSON object on stdout.

Run as `EXE -I probe-python.py`, so that user settings do not change the answer. The syntax is old
on purpose: an interpreter that is too old must still be able to say so. Numpy is looked for,
never imported: importing costs more than everything else here together.

Keys: implementation, version, executable, prefix, base_prefix, tag, digest, compiler,
config_args, pgo, lto, debug, gil, jit, shared (0, 1, or -1 where the build hides it), include,
library, numpy, reason (empty when zcbench can use the interpreter, else a sentence).
"""

import hashlib
import importlib.machinery
import json
import os
import re
import sys
import sysconfig

OLDEST = (3, 8)


def variable(name):
    """Text of a build variable, "" where the build has none."""
    value = sysconfig.get_config_var(name)
    return "" if value is None else str(value)


def version():
    text = "%d.%d.%d" % sys.version_info[:3]
    level = sys.version_info[3]
    if level != "final":
        text += {"alpha": "a", "beta": "b", "candidate": "rc"}[level] + str(sys.version_info[4])
    return text


def build_flag(config_words, flag_words):
    """1 where a configure argument or a compiler flag says so, 0 where it would, -1 where a
    distribution's build removes such traces."""
    config_args = variable("CONFIG_ARGS")
    flags = " ".join(
        variable(name) for name in ("PY_CORE_CFLAGS", "PY_CORE_LDFLAGS", "CFLAGS", "LDFLAGS")
    )
    if any(word in config_args for word in config_words) or any(
        word in flags for word in flag_words
    ):
        return 1
    return -1 if getattr(sys, "base_prefix", sys.prefix) == "/usr" else 0


def jit():
    """1 where the JIT runs unless told otherwise; a build that merely has one counts as 0."""
    if hasattr(sys, "_jit"):
        return int(sys._jit.is_enabled())
    wanted = re.search(r"--enable-experimental-jit(=[^' ]*)?", variable("CONFIG_ARGS"))
    return int(bool(wanted) and wanted.group(1) in (None, "=yes"))


def include():
    """Folder of Python.h, or ""."""
    for folder in (sysconfig.get_path("include"), variable("INCLUDEPY"), variable("CONFINCLUDEPY")):
        if folder and os.path.isfile(os.path.join(folder, "Python.h")):
            return folder
    return ""


def library():
    """Path of the libpython to link with, the shared one if there is one, or ""."""
    base = getattr(sys, "base_prefix", sys.prefix)
    folders = [variable("LIBDIR"), os.path.join(base, "lib"), variable("LIBPL")]
    multiarch = variable("MULTIARCH")
    if multiarch:
        folders.insert(1, os.path.join(variable("LIBDIR"), multiarch))
    names = [
        name
        for name in (variable("LDLIBRARY"), variable("INSTSONAME"))
        if ".so" in name or ".dylib" in name
    ]
    names += [name for name in (variable("LIBRARY"), variable("LDLIBRARY")) if name.endswith(".a")]
    for name in names:
        for folder in folders:
            path = os.path.join(folder, name)
            if folder and os.path.isfile(path):
                return path
    return ""


def static_libraries():
    """What a static libpython needs besides itself, as linker words; "" for a shared one."""
    if not library().endswith(".a"):
        return ""
    return " ".join(variable(name) for name in ("MODLIBS", "LIBS", "SYSLIBS")).strip()


def numpy():
    """Version of the numpy this interpreter would import, or ""."""
    for folder in sys.path:
        package = os.path.join(folder, "numpy")
        if not os.path.isfile(os.path.join(package, "__init__.py")):
            continue
        # A folder that several versions share may hold a numpy compiled for another one.
        names = ["_multiarray_umath" + suffix for suffix in importlib.machinery.EXTENSION_SUFFIXES]
        cores = [os.path.join(package, core) for core in ("_core", "core")]
        if not any(os.path.exists(os.path.join(core, name)) for core in cores for name in names):
            return ""
        for name in os.listdir(folder):
            if name.startswith("numpy-") and name.endswith((".dist-info", ".egg-info")):
                return name.split("-")[1].replace(".dist", "").replace(".egg", "")
        return "unknown"
    return ""


def tag(gil, debug):
    return "cp%d%d%s%s" % (
        sys.version_info[0],
        sys.version_info[1],
        "" if gil else "t",
        "d" if debug else "",
    )


def digest(facts):
    """Six hex digits that differ where path or build differ: tells two interpreters of one tag
    apart."""
    keys = ("prefix", "version", "compiler", "config_args")
    text = "\n".join([os.path.realpath(facts["executable"])] + [facts[key] for key in keys])
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:6]


def reason(facts):
    if facts["implementation"] != "cpython":
        return "is %s, not CPython" % facts["implementation"]
    if sys.version_info[:2] < OLDEST:
        return "Python %s is older than %d.%d" % ((facts["version"],) + OLDEST)
    if not facts["include"]:
        return "no headers (Python.h is missing)"
    if not facts["library"]:
        return "no libpython"
    return ""


def facts():
    debug = int(hasattr(sys, "gettotalrefcount"))
    gil = int(variable("Py_GIL_DISABLED") != "1")
    found = {
        "implementation": sys.implementation.name if hasattr(sys, "implementation") else "cpython",
        "version": version(),
        "executable": sys.executable,
        "prefix": sys.prefix,
        "base_prefix": getattr(sys, "base_prefix", sys.prefix),
        "tag": tag(gil, debug),
        "compiler": sys.version[sys.version.rfind("[") + 1 :].rstrip("]"),
        "config_args": variable("CONFIG_ARGS"),
        "pgo": build_flag(["--enable-optimizations"], ["-fprofile-use"]),
        "lto": build_flag(["--with-lto"], ["-flto"]),
        "debug": debug,
        "gil": gil,
        "jit": jit(),
        "shared": int(variable("Py_ENABLE_SHARED") == "1"),
        "include": include(),
        "library": library(),
        "static_libraries": static_libraries(),
        "numpy": numpy(),
    }
    found["digest"] = digest(found)
    found["reason"] = reason(found)
    return found


if __name__ == "__main__":
    print(json.dumps(facts(), sort_keys=True))
