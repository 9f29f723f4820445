#!/usr/bin/env python3
"""One county of a province as a task: runs `zhucun run --county`, and commits the county's folder whole.

    county_task.py --state DIR --county CODE --inbox DIR --key FILE [--back DIR] [--as-of DATE] [...]

The county's folder is DIR/CODE: `current` leads to the version in force (ledger, output, MANIFEST.json). A task
works on a copy of it and puts its own in place by one rename, or leaves everything as it was: it may be killed at any
moment, run twice, or beside a twin of itself (speculation). What a killed task left behind the next one of the
county removes. The program it starts dies with it and keeps its niceness.

Exit: 0 or 1 as `zhucun run` (1: findings stand); 2: it could not be done (a full disk too), the reason lies in
DIR/quarantine/CODE; 3: not even that could be written.
Needs Python 3.8 and nothing else. Source: spec §11.
"""
import argparse
import ctypes
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

MANIFEST = "MANIFEST.json"
# They tell the time, or the way here: a task run twice writes others.
NOT_IN_MANIFEST = {"metrics.prom"}


def die_with_parent():
    """The program must not outlive the task that started it (PR_SET_PDEATHSIG is 1)."""
    ctypes.CDLL("libc.so.6", use_errno=True).prctl(1, signal.SIGKILL)
    if os.getppid() == 1:
        os._exit(2)


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            sha.update(block)
    return sha.hexdigest()


def manifest(folder):
    """SHA-256 of every file of the output, by path."""
    files = {}
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name not in NOT_IN_MANIFEST:
                path = os.path.join(root, name)
                files[os.path.relpath(path, folder)] = digest(path)
    return files


def read_manifest(folder):
    try:
        with open(os.path.join(folder, MANIFEST), encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def is_whole(folder):
    """Whether a committed folder is as its manifest says."""
    told = read_manifest(folder)
    return told is not None and manifest(os.path.join(folder, "output")) == told["files"]


class Attempt:
    """A folder of this task's own, locked while the task lives."""

    def __init__(self, state, county):
        self.county = os.path.join(state, county)
        self.attempts = os.path.join(self.county, "attempts")
        os.makedirs(self.attempts, mode=0o750, exist_ok=True)
        self.sweep()
        self.folder = tempfile.mkdtemp(dir=self.attempts)
        self.lock = open(self.folder + ".lock", "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)

    def sweep(self):
        """Removes what tasks that live no more left behind."""
        for name in sorted(os.listdir(self.attempts)):
            path = os.path.join(self.attempts, name)
            if name.endswith(".lock"):
                if not os.path.isdir(path[: -len(".lock")]) and self.is_free(path):
                    remove_file(path)
                continue
            if self.is_free(path + ".lock"):
                shutil.rmtree(path, ignore_errors=True)
                remove_file(path + ".lock")

    @staticmethod
    def is_free(lock):
        try:
            with open(lock, "r+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
        except FileNotFoundError:
            # Made a moment ago by a twin that has not locked it yet, or long ago by one that was killed just then.
            folder = lock[: -len(".lock")]
            try:
                return os.path.isdir(folder) and not os.listdir(folder) and age(folder) > 600
            except FileNotFoundError:
                return False
        except OSError:
            return False

    @property
    def current(self):
        return os.path.join(self.county, "current")

    def begin(self):
        """Starts from the version in force."""
        self.base = self.version()
        if os.path.isdir(self.current):
            shutil.copytree(os.path.realpath(self.current), os.path.join(self.folder, "new"), symlinks=True)
        else:
            os.makedirs(os.path.join(self.folder, "new"), mode=0o750)
        return os.path.join(self.folder, "new")

    def version(self):
        """The version in force; None before the first."""
        return os.path.realpath(self.current) if os.path.islink(self.current) else None

    def commit(self, told):
        """Puts the new version in place, unless another one was put there since this one began: a twin's, or of a later
        pass, which one that began before must not take back."""
        guard = open(os.path.join(self.county, "commit.lock"), "w")
        fcntl.flock(guard, fcntl.LOCK_EX)
        try:
            known = read_manifest(self.current) if os.path.isdir(self.current) else None
            if self.version() != self.base or known == told and is_whole(self.current):
                return False
            new = os.path.join(self.folder, "new")
            with open(os.path.join(new, MANIFEST), "w", encoding="utf-8") as file:
                json.dump(told, file, ensure_ascii=False, sort_keys=True, indent=1)
                file.flush()
                os.fsync(file.fileno())
            versions = os.path.join(self.county, "versions")
            os.makedirs(versions, mode=0o750, exist_ok=True)
            version = os.path.join(versions, os.path.basename(self.folder))
            os.rename(new, version)
            old = self.version()
            link = self.current + ".new"
            remove_file(link)
            os.symlink(os.path.relpath(version, self.county), link)
            os.replace(link, self.current)
            for name in os.listdir(versions):
                path = os.path.join(versions, name)
                if path != version and path != old:
                    shutil.rmtree(path, ignore_errors=True)
            if old and old != version:
                shutil.rmtree(old, ignore_errors=True)
            return True
        finally:
            guard.close()

    def end(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        remove_file(self.folder + ".lock")
        self.lock.close()


def age(path):
    import time

    return time.time() - os.stat(path).st_mtime


def remove_file(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def run(arguments, env=None):
    done = subprocess.run(
        arguments, preexec_fn=die_with_parent, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env=env)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def perform(state, county, inbox, key, zhucun="zhucun", back=None, pipeline=None, policy=None, as_of=None, jobs=None,
            received=None, before=None):
    """Runs a county and commits its folder. Returns (exit, text).

    `back`: folder with what the province gave back; `before`: called just before the commit (tests kill there).
    """
    try:
        return attempt_run(
            state, county, inbox, key, zhucun, back, pipeline, policy, as_of, jobs, received, before)
    except OSError as error:
        # Disk full, say: the version in force stays, and whoever counts the counties must hear of it.
        text = "%s\n" % error
        quarantine(state, county, 2, text)
        return 2, text


def attempt_run(state, county, inbox, key, zhucun, back, pipeline, policy, as_of, jobs, received, before):
    attempt = Attempt(state, county)
    try:
        new = attempt.begin()
        ledger, output = os.path.join(new, "ledger", "zhucun.sqlite"), os.path.join(new, "output")
        command = [zhucun, "run", "--county", county, "--inbox", inbox, "--ledger", ledger, "--output", output,
                   "--key", key, "--quiet"]
        for flag, value in [("--pipeline", pipeline), ("--policy", policy), ("--as-of", as_of), ("--jobs", jobs),
                            ("--received", received)]:
            if value:
                command += [flag, str(value)]
        for kind, ending in [("claims", "csv"), ("records", "json"), ("quotas", "json")]:
            path = os.path.join(back, "%s-for-%s.%s" % (kind, county, ending)) if back else ""
            if path and os.path.exists(path):
                command += ["--" + kind, path]
        code, text = run(command)
        if code not in (0, 1):
            quarantine(state, county, code, text)
            return 2, text
        told = {"county": county, "exit": code, "files": manifest(output)}
        if before:
            before()
        attempt.commit(told)
        shutil.rmtree(os.path.join(state, "quarantine", county), ignore_errors=True)
        return code, text
    finally:
        attempt.end()


def quarantine(state, county, code, text):
    """Keeps why a county could not be done; the others go on."""
    folder = os.path.join(state, "quarantine", county)
    os.makedirs(folder, mode=0o750, exist_ok=True)
    temporary = os.path.join(folder, ".reason-%d" % os.getpid())
    try:
        with open(temporary, "w", encoding="utf-8") as file:
            file.write("exit %d\n%s" % (code, text))
        os.replace(temporary, os.path.join(folder, "reason.txt"))
    except OSError:
        # The folder says that it is in quarantine; why is on stderr alone.
        remove_file(temporary)


def known(state, counties):
    """Counties with a version in force: of one in quarantine the last one says what it claims and issued."""
    return [county for county in counties if os.path.isdir(os.path.join(state, county, "current"))]


def extracts(state, counties):
    """The extracts of those counties' versions in force."""
    found = []
    for county in sorted(counties):
        output = os.path.join(state, county, "current", "output")
        for root, folders, names in os.walk(output):
            folders.sort()
            found += [os.path.join(root, name) for name in sorted(names) if name.startswith("extract-")]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", required=True, help="folder of all counties' folders")
    parser.add_argument("--county", required=True)
    parser.add_argument("--inbox", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--zhucun", default="zhucun")
    for name in ["back", "pipeline", "policy", "as-of", "jobs", "received"]:
        parser.add_argument("--" + name)
    asked = parser.parse_args()
    try:
        code, text = perform(
            asked.state, asked.county, asked.inbox, asked.key, asked.zhucun, asked.back, asked.pipeline, asked.policy,
            asked.as_of, asked.jobs, asked.received)
    except OSError as error:
        code, text = 3, "%s\n" % error
    if code >= 2:
        try:
            os.write(2, ("%s: %s" % (asked.county, text)).encode("utf-8", "replace"))
        except OSError:
            # The log lies on the full disk as well: the code tells.
            pass
    return code


if __name__ == "__main__":
    sys.exit(main())
