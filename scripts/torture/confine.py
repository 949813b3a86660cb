"""Words to put before a program so that it runs with less: as an ordinary user, without
capabilities, network, /proc, devices, or in a root of its own. What a machine doesn't allow is told
by Refused."""

import os
import shutil
import subprocess

NOBODY = 65534
NOT_ALLOWED = 99  # exit of the scripts below where a mount is refused
POWERLESS = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]

READ_ONLY = 'mount --bind "{0}" "{0}" && mount -o remount,ro,bind "{0}" || exit 99\n'
# Nothing but what a program is linked with, the tree, and one device.
ROOT = """
mount -t tmpfs -o mode=755 zcb-torture "{root}" || exit 99
cd "{root}" && mkdir -p dev tmp ".{work}" || exit 99
for folder in {kept}; do
    [ -L "$folder" ] && cp -P "$folder" ".$folder" && continue
    [ -d "$folder" ] || continue
    mkdir -p ".$folder" && mount --rbind "$folder" ".$folder" || exit 99
done
mount --bind "{work}" ".{work}" && : > dev/null && mount --bind /dev/null dev/null || exit 99
cd "{work}"
"""


class Refused(Exception):
    """This machine doesn't allow it; the message says what."""


def try_words(words, what):
    """The words, if a program runs behind them."""
    for program in (words[0], "setpriv"):
        if shutil.which(program) is None:
            raise Refused("no %s here" % program)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(words + ["true"], stdin=subprocess.DEVNULL, **quiet).returncode != 0:
        raise Refused("%s not allowed here" % what)
    return words


def namespace(*kinds):
    """Namespaces of these kinds; an ordinary user gets them by being root in a user namespace."""
    words = ["unshare"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    return try_words(words + ["--" + kind for kind in kinds], "a %s namespace" % kinds[0])


def as_script(text, last):
    """The shell text, then the words `last` and what follows."""
    return ["sh", "-c", text + 'exec "$@"', "sh"] + list(last)


def ordinary_user():
    """uid 65534 for root; an ordinary user stays one. No capability is left or can be had again."""
    if os.geteuid() != 0:
        return try_words(["setpriv", "--no-new-privs"], "no-new-privs")
    ids = ["--reuid=%d" % NOBODY, "--regid=%d" % NOBODY, "--clear-groups"]
    return try_words(POWERLESS + ids, "another user id")


def closed_above(path):
    """The first folder above that others may not enter; None."""
    above = "/"
    for part in os.path.realpath(path).strip("/").split("/"):
        above = os.path.join(above, part)
        if os.path.isdir(above) and not os.stat(above).st_mode & 0o001:
            return above
    return None


def opened(paths, hold):
    """Shell text that lets others reach these folders: what is closed above is laid over in this
    mount namespace. `hold` is an empty folder."""
    text = ""
    for closed in sorted({closed_above(path) for path in paths} - {None}):
        inside = [p for p in map(os.path.realpath, paths) if p.startswith(closed + "/")]
        text += 'mount --bind "%s" "%s" && ' % (closed, hold)
        text += 'mount -t tmpfs -o mode=755 none "%s"' % closed
        for path in inside:
            text += ' && mkdir -p "%s" && mount --bind "%s%s" "%s"' % (
                path, hold, path[len(closed):], path,
            )
        text += " || exit 99\n"
    return text


def read_only_tree(context, prefix, hold):
    """An ordinary user before whom the tree and the build folder are read-only."""
    paths = [os.path.realpath(path) for path in (context.top, context.build, prefix)]
    text = opened(paths, hold) if os.geteuid() == 0 else ""
    for path in paths[:2]:
        text += READ_ONLY.format(path)
    last = ordinary_user() if os.geteuid() == 0 else POWERLESS
    return namespace("mount") + as_script(text, last)


def own_root(context, prefix, place):
    """A root with the system's programs, the tree and `place`: no /proc, no /sys, no /dev/shm, its
    own process ids."""
    chroot = shutil.which("chroot", path=os.defpath + ":/usr/sbin:/sbin")
    if chroot is None:
        raise Refused("no chroot here")
    root = os.path.join(place.top, "root")
    os.makedirs(root)
    kept = ["/usr", "/bin", "/lib", "/lib64", "/etc", prefix, context.top, context.build]
    kept += [os.path.realpath(path) for path in kept]
    kept = [p for i, p in enumerate(kept) if p not in kept[:i]]
    text = ROOT.format(root=root, work=place.top, kept=" ".join('"%s"' % path for path in kept))
    inside = [chroot, root, "sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", place.work]
    return namespace("mount", "pid", "fork", "kill-child") + as_script(text, inside + POWERLESS)
