"""Names interpreters within one build folder: the short tag where it is free, a longer one where
not. Apart from find-python because it is the only part that keeps a record."""

import os
import shutil
import tempfile

UNREADABLE = ["an owner that this user may not know"]


def is_gone(path):
    """Nothing is there. What this user may not see is not gone."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        pass
    return False


class Tags:
    """Which interpreter of a build folder owns which short tag. Invariant: BUILD/tags/<tag> is
    written whole, once, and holds its owner: digest, real executable and prefix, a line each.
    What was installed along lies in a second such folder, which is only read."""

    def __init__(self, build_dir, installed_dir=""):
        self.build_dir = build_dir
        self.folder = os.path.join(build_dir, "tags")
        self.installed_dir = installed_dir

    @staticmethod
    def identity(facts):
        return [facts["digest"], os.path.realpath(facts["executable"]), facts["prefix"]]

    def owner(self, tag, folder=None):
        try:
            with open(os.path.join(folder or self.folder, tag)) as record:
                lines = record.read().split("\n")
        except PermissionError:
            return UNREADABLE
        except OSError:
            return None
        return lines[:3] if len(lines) > 3 else None

    def write(self, facts):
        """Takes the tag unless somebody else has just done so. Where nothing can be written
        nothing is kept."""
        try:
            os.makedirs(self.folder, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder)
        except OSError:
            return
        with os.fdopen(handle, "w") as record:
            record.write("".join(text + "\n" for text in self.identity(facts)))
        try:
            os.link(name, os.path.join(self.folder, facts["tag"]))
        except OSError:
            pass
        os.unlink(name)

    def show(self, tag):
        """Other users of the folder have to know whose the tag is."""
        path = os.path.join(self.folder, tag)
        try:
            if os.stat(path).st_mode & 0o444 != 0o444:
                os.chmod(path, 0o644)
        except OSError:
            pass

    def give_up(self, tag):
        """Frees a tag whose owner is gone or was replaced in place; what was built for it goes
        too."""
        shutil.rmtree(os.path.join(self.build_dir, "worker-" + tag), ignore_errors=True)
        shutil.rmtree(os.path.join(self.build_dir, "venv-" + tag), ignore_errors=True)
        for path in (
            os.path.join(self.build_dir, "zcbench-worker-" + tag),
            os.path.join(self.folder, tag),
        ):
            if os.path.exists(path):
                os.unlink(path)

    def is_installed(self, tag):
        worker = os.path.join(self.installed_dir, "zcbench-worker-" + tag)
        return self.installed_dir != "" and os.path.exists(worker)

    def place(self, facts):
        """(tag of this interpreter, folder its worker and numpy belong in)."""
        tag, longer = facts["tag"], facts["tag"] + "-" + facts["digest"]
        if self.is_installed(tag):
            if self.owner(tag, os.path.join(self.installed_dir, "tags")) == self.identity(facts):
                return tag, self.installed_dir
        if self.is_installed(longer):
            return longer, self.installed_dir
        # A tag that is taken there is taken here, too.
        return longer if self.is_installed(tag) else self.name(facts), self.build_dir

    def name(self, facts):
        """The tag of this interpreter in this build folder."""
        tag, identity = facts["tag"], self.identity(facts)
        owner = self.owner(tag)
        if owner not in (None, identity, UNREADABLE) and os.access(self.folder, os.W_OK):
            if owner[1:] == identity[1:] or any(is_gone(path) for path in owner[1:]):
                self.give_up(tag)
                owner = None
        if owner is None and os.path.isdir(self.build_dir):
            self.write(facts)
            owner = self.owner(tag)
        if owner is None or owner == identity:
            self.show(tag)
            return tag
        return tag + "-" + facts["digest"]
