#!/usr/bin/env python3
"""One ledger against counties apart: every file of every county and of the province must be the same bytes.

    check-apart.py INBOX --work DIR [--share 10] [--as-of yyyy-mm-dd] [--tasks N] [--zhucun PATH]

INBOX holds a folder a county with a 村名录 and a 花名册 whose sheets begin in A1 or under one title line. It is copied
(hard links), its folders are named by code and name (630202-乐都区), and --share people come to stand on the rosters of
two counties: half of them moved on 1 July, half are in both at once; in some months both counties' sheets mark them.
Then one ledger runs it, `pipelines/local/two-passes.sh` runs it by county, and the files are compared.
Prints times and how many files are equal. Exit: 0 all equal, 1 not, 2 it could not be done.
"""
import argparse
import calendar
import csv
import filecmp
import io
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def run(command, env=None):
    begun = time.time()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode > 1:
        sys.stderr.write("%s ended with %d:\n%s\n" % (command[0], done.returncode, text[-2000:]))
        sys.exit(2)
    return time.time() - begun, text


def rows(zhucun, path):
    """The table of a register: a dictionary a row."""
    done = subprocess.run([zhucun, "inspect", path, "--cells"], stdout=subprocess.PIPE, check=True)
    cells = {}
    for sheet, cell, kind, value in list(csv.reader(io.StringIO(done.stdout.decode("utf-8"))))[1:]:
        column, row = re.match(r"([A-Z]+)(\d+)", cell).groups()
        cells.setdefault(int(row), {})[column] = value
    head = next(row for row in sorted(cells) if len(cells[row]) > 3)
    return [{cells[head].get(column, column): value for column, value in cells[row].items()}
            for row in sorted(cells) if row > head]


def register(folder, word):
    return next(os.path.join(folder, name) for name in sorted(os.listdir(folder)) if word in name)


def write(path, lines, at):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    os.utime(path, (at, at))


class County:
    def __init__(self, inbox, name, zhucun):
        folder = os.path.join(inbox, name)
        self.villages = rows(zhucun, register(folder, "村名录"))
        self.code = self.villages[0]["行政区划代码"][:6]
        self.name = re.sub(r"^\d{6}-?", "", name)
        self.folder = os.path.join(inbox, "%s-%s" % (self.code, self.name))
        if folder != self.folder:
            os.rename(folder, self.folder)
        self.months = sorted(name for name in os.listdir(self.folder) if re.fullmatch(r"\d{4}-\d{2}", name))

    def roster(self, zhucun):
        return rows(zhucun, register(self.folder, "花名册"))


FIELDS = ["姓名", "身份证号", "派出单位", "职级", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行", "银行账号"]


def share(counties, count, zhucun):
    """People who come to stand on two rosters, with marks in both counties."""
    at = 1700000000
    rosters, sheets = {}, {}
    for number in range(count):
        home, away = counties[number % len(counties)], counties[(number + 7) % len(counties)]
        person = home.roster(zhucun)[number * 3]
        year = home.months[0][:4]
        moved = number < count // 2
        person = dict(person, **{"县(区)": home.name})
        if moved:
            rosters.setdefault(home.code, []).append(dict(person, **{"驻村结束日期": year + "-06-30"}))
        place = away.villages[number % len(away.villages)]
        there = dict(person, **{"县(区)": away.name, "乡镇": place["乡镇"], "村": place["村"], "驻村结束日期": "",
                                "驻村开始日期": year + ("-07-01" if moved else "-01-01")})
        rosters.setdefault(away.code, []).append(there)
        for month in away.months:
            if moved and month[5:] >= "07" or not moved and month[5:] in ("03", "06", "09"):
                sheets.setdefault((away.code, month, place["乡镇"]), []).append(there)
    by_code = {county.code: county for county in counties}
    for code, people in rosters.items():
        write(os.path.join(by_code[code].folder, "花名册调整.csv"),
              [["驻村干部花名册"], FIELDS] + [[person.get(field, "") for field in FIELDS] for person in people], at)
    for number, ((code, month, township), people) in enumerate(sorted(sheets.items())):
        county = by_code[code]
        days = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
        lines = [["%s%s%s年%d月驻村干部考勤表（补报）" % (county.name, township, month[:4], int(month[5:]))],
                 ["姓名", "身份证号", "村"] + list(range(1, days + 1))]
        for person in people:
            lines.append([person["姓名"], person["身份证号"], person["村"]]
                         + ["√" if (day + number) % 3 else "" for day in range(days)])
        write(os.path.join(county.folder, month, "补报-%s.csv" % township), lines, at + 1000 + number)


def compare(whole, state, province):
    """Files that differ, and how many there are."""
    theirs = {}
    for root, _, names in os.walk(whole):
        for name in names:
            path = os.path.relpath(os.path.join(root, name), whole)
            theirs[path] = os.path.join(root, name)
    ours = {}
    for code in os.listdir(state):
        output = os.path.join(state, code, "current", "output")
        for root, _, names in os.walk(output):
            for name in names:
                path = os.path.relpath(os.path.join(root, name), output)
                if "/%s-" % code in path:
                    ours[path] = os.path.join(root, name)
    for root, _, names in os.walk(province):
        for name in names:
            path = os.path.relpath(os.path.join(root, name), province)
            if "/province/" in path and "double-presence" not in name:
                ours[path] = os.path.join(root, name)
    wanted = {path for path in theirs if re.match(r"[^/]+/(\d{6}-|province/)", path)}
    different = sorted(wanted ^ set(ours))
    different += sorted(path for path in wanted & set(ours) if not filecmp.cmp(theirs[path], ours[path], shallow=False))
    return different, len(wanted | set(ours))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inbox")
    parser.add_argument("--work", required=True, help="an empty or new folder")
    parser.add_argument("--share", type=int, default=10)
    parser.add_argument("--as-of")
    parser.add_argument("--tasks", default=str(os.cpu_count()))
    parser.add_argument("--zhucun", default=os.environ.get("ZHUCUN") or ROOT + "/.build/release/zhucun")
    asked = parser.parse_args()
    work, zhucun = os.path.abspath(asked.work), os.path.abspath(asked.zhucun)
    os.environ.setdefault("ZHUCUN_HOME", ROOT)
    inbox = os.path.join(work, "inbox")
    os.makedirs(work, exist_ok=True)
    try:
        shutil.copytree(asked.inbox, inbox, copy_function=os.link)
    except (OSError, shutil.Error):
        shutil.rmtree(inbox, ignore_errors=True)
        shutil.copytree(asked.inbox, inbox)
    counties = [County(inbox, name, zhucun) for name in sorted(os.listdir(inbox))
                if os.path.isdir(os.path.join(inbox, name))]
    share(counties, asked.share, zhucun)
    key = os.path.join(work, "province.key")
    with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        file.write(os.urandom(64))
    as_of = ["--as-of", asked.as_of] if asked.as_of else []
    seconds, _ = run([zhucun, "run", "--inbox", inbox, "--ledger", work + "/one/zhucun.sqlite", "--output",
                      work + "/whole", "--key", key, "--quiet"] + as_of)
    print("one ledger: %.1f s" % seconds, flush=True)
    seconds, text = run([ROOT + "/pipelines/local/two-passes.sh", "--inbox", inbox, "--state", work + "/state",
                         "--output", work + "/province", "--key", key, "--tasks", asked.tasks, "--"] + as_of,
                        dict(os.environ, ZHUCUN=zhucun))
    print("%d counties apart, all passes: %.1f s" % (len(counties), seconds))
    sys.stdout.write(text)
    different, count = compare(work + "/whole", work + "/state", work + "/province")
    for path in different[:40]:
        print("differs: " + path)
    print("%d of %d files of counties and of the province are the same bytes" % (count - len(different), count))
    return 1 if different or count < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
