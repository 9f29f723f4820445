#!/usr/bin/env python3
"""Walks docs/从安装到审计.md in a clean Debian: every command of the page is run there, and what it prints must be what
stands below it.

walk.py [--record] [--programs DIR | --package FILE] [--keep DIR]
  --record    write what was printed into the page
  --programs  a build that is there (.build/release), of which a package is made
  --package   a package that is there
  --keep      leave the clean root's results, settings, mails and workbooks in this folder, to look at

Prompts within ```console: `$ ` is the operator (user zhiban) on the county's machine; `乡镇$ `, `组织部$ `, `财政局$ ` are
steps of scripts/walk/clerk.py at somebody's own desk: what was given out to them lies in ~/发出, what they send in ~/来件;
`夜里$ DATE` is Debian's cron on that date (the settings' asOf stands for the clock); `邮件$ ` shows the newest mail.
Needs root, debootstrap, python3-venv, and Debian's mirror.
"""
import argparse
import base64
import difflib
import email
import email.policy
import mailbox
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
PAGE = HOME / "docs/从安装到审计.md"
PROMPT = re.compile(r"^(\$|乡镇\$|组织部\$|财政局\$|夜里\$|邮件\$) ?(.*)$")
PACKAGES = "cron exim4-daemon-light sudo locales ca-certificates"


class CountyMachine:
    """A clean Debian with what every county's machine has: cron, a mail program, an operator who may use sudo."""

    def __init__(self, place):
        self.place = pathlib.Path(place)
        self.root = self.place / "root"
        self.desk = self.root / "home/zhiban"

    def quietly(self, command, **more):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)
        if done.returncode != 0:
            sys.exit(f"walk.py: {command}: ended with {done.returncode}\n{done.stdout[-3000:]}")
        return done.stdout

    def inside(self, script, user="root"):
        """A shell script in the clean root: its output with its errors, as a terminal would show them."""
        home = "/root" if user == "root" else f"/home/{user}"
        clean = ["env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", f"HOME={home}",
                 f"USER={user}", "LANG=zh_CN.UTF-8", "TZ=Asia/Shanghai", "DEBIAN_FRONTEND=noninteractive", "TERM=dumb"]
        command = clean + ["chroot", str(self.root)]
        if user != "root":
            command += ["runuser", "-u", user, "--"]
        return subprocess.run(command + ["bash", "-c", f"cd {home}\n{script}"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def prepare(self, package):
        self.quietly([HOME / "scripts/clean-root.sh", self.root])
        # `script` needs a terminal.
        self.quietly(["mount", "-t", "devpts", "devpts", self.root / "dev/pts"])
        told = self.inside(f"""set -e
            export LANG=C.UTF-8
            printf '127.0.0.1 localhost\\n127.0.1.1 %s\\n' "$(uname -n)" >/etc/hosts
            apt-get update -qq
            apt-get install -y -qq --no-install-recommends {PACKAGES}
            localedef -i zh_CN -f UTF-8 zh_CN.UTF-8
            useradd -m -s /bin/bash zhiban
            echo 'zhiban ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/zhiban
            echo 'Defaults env_keep += "LANG TZ"' >>/etc/sudoers.d/zhiban""")
        if told.returncode != 0:
            sys.exit(f"walk.py: the clean root could not be made ready\n{told.stdout[-3000:]}")
        shutil.copy(package, self.desk)
        for name in ("发出", "来件"):
            (self.desk / name).mkdir()
            os.chown(self.desk / name, 1000, 1000)
        venv = self.place / "venv"
        self.quietly([sys.executable, "-m", "venv", venv])
        self.quietly([venv / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "openpyxl>=3,<4"])

    def clerk(self, step):
        """Somebody fills in workbooks and sends them: what arrived anew is printed."""
        arrived = self.desk / "来件"
        before = {path.name for path in arrived.iterdir()}
        done = subprocess.run([self.place / "venv/bin/python", HOME / "scripts/walk/clerk.py", step, self.desk / "发出", arrived],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for path in arrived.iterdir():
            os.chown(path, 1000, 1000)
        new = sorted({path.name for path in arrived.iterdir()} - before)
        return done.stdout + "".join(f"来件/{name}\n" for name in new)

    def night(self, day):
        """Debian's cron starts the job of /etc/cron.d/zhucun. Its clock is this machine's, so the job's time is put to
        now and back again; the day is said by the settings."""
        settings = self.root / "etc/zhucun/zhucun.yaml"
        lines = [line for line in settings.read_text().splitlines() if not line.startswith("asOf:")]
        settings.write_text("\n".join(lines + [f'asOf: "{day}"']) + "\n")
        crontab = self.root / "etc/cron.d/zhucun"
        written = crontab.read_text()
        # In Qinghai's zone, a few seconds from now at the earliest.
        next_minute = time.gmtime(time.time() + 65 + 8 * 3600)
        crontab.write_text(re.sub(r"^30 2 ", f"{next_minute.tm_min} {next_minute.tm_hour} ", written, flags=re.M))
        log = self.root / "var/log/zhucun"
        ended = lambda: sum(path.read_text(errors="replace").count("结束 / end") for path in log.glob("zhucun-*.log"))
        count = ended()
        clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TZ=Asia/Shanghai"]
        cron = subprocess.Popen(clean + ["chroot", str(self.root), "cron", "-f"])
        try:
            until = time.time() + 200
            while ended() == count and time.time() < until:
                time.sleep(0.5)
        finally:
            time.sleep(2)
            cron.terminate()
            cron.wait()
            crontab.write_text(written)
        return "" if ended() > count else "cron has not run the job\n"

    def mail(self):
        box = self.root / "var/mail/zhiban"
        for _ in range(20):
            if box.exists():
                break
            time.sleep(0.5)
        messages = list(mailbox.mbox(box, factory=lambda f: email.message_from_binary_file(f, policy=email.policy.default)))
        if not messages:
            return "（没有邮件）\n"
        newest = messages[-1]
        text = newest.get_content()
        return f"主题：{newest['Subject']}\n\n" + text[:text.find("\n主机 ")].rstrip() + "\n"

    def run(self, prompt, command):
        if prompt == "$":
            done = self.inside(command, user="zhiban")
            return done.stdout
        if prompt == "夜里$":
            return self.night(command)
        if prompt == "邮件$":
            return self.mail()
        return self.clerk(command)

    def keep(self, folder):
        folder = pathlib.Path(folder)
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("var/lib/zhucun", "etc/zhucun", "home/zhiban", "var/mail"):
            if (self.root / name).exists():
                shutil.copytree(self.root / name, folder / name, symlinks=True)

    def close(self):
        for name in ("dev/pts", "proc"):
            subprocess.run(["umount", self.root / name], stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", "--one-file-system", self.place])


def parts(text):
    """Lines of the page, and commands (prompt, command, what stands below it)."""
    is_console = False
    found = []
    for line in text.split("\n"):
        if line.startswith("```"):
            is_console = line == "```console"
            found.append(line)
        elif is_console and PROMPT.match(line):
            found.append([*PROMPT.match(line).groups(), []])
        elif is_console and found and isinstance(found[-1], list):
            # A command goes on in lines that begin with `> `.
            if line.startswith("> ") and not found[-1][2]:
                found[-1][1] += "\n" + line[2:]
            else:
                found[-1][2].append(line)
        else:
            found.append(line)
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--record", action="store_true")
    options.add_argument("--programs", default=HOME / ".build/release")
    options.add_argument("--package")
    options.add_argument("--keep")
    chosen = options.parse_args()
    if os.getuid() != 0:
        sys.exit("walk.py: run this as root")
    place = tempfile.mkdtemp()
    os.chmod(place, 0o755)
    machine = CountyMachine(place)
    lines, differing, count = [], 0, 0
    try:
        machine.prepare(chosen.package or machine.quietly(
            [HOME / "scripts/make-deb.sh", "--programs", chosen.programs, "--to", f"{place}/deb"]).strip().splitlines()[-1])
        for part in parts(PAGE.read_text()):
            if isinstance(part, str):
                lines.append(part)
                continue
            prompt, command, expected = part
            printed = machine.run(prompt, command).replace("\r\n", "\n").split("\n")
            printed = printed[:-1] if printed[-1] == "" else printed
            count += 1
            print(f"{prompt} {command}" if chosen.record or printed != expected else ".", flush=True)
            if chosen.record:
                print("\n".join(printed), flush=True)
            elif printed != expected:
                differing += 1
                print("\n".join(list(difflib.unified_diff(expected, printed, "page", "printed", lineterm=""))[2:]), flush=True)
            lines += [f"{prompt} {command}".rstrip().replace("\n", "\n> "), *printed]
        if chosen.record:
            PAGE.write_text("\n".join(lines))
        if chosen.keep:
            machine.keep(chosen.keep)
    finally:
        machine.close()
    print(f"{count} commands, {differing} print something else")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
