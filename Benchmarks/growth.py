#!/usr/bin/env python3
"""How `zhucun province` grows, what a task costs beside the run in it, and one county twenty times as large.

    growth.py --work DIR [--counties 40,400,2800] [--zhucun PATH] [--only province|task|large]

150 people and 10 months a county, invented; every second county has somebody on its roster whom another one has too.
Extracts are made 400 counties at a time by one ledger (the bytes are those of counties apart: scripts/check-apart.py).
Prints processor seconds, wall seconds and the largest resident set. Say the machine's load with the figures: it is
printed first. Needs Python 3.8, 15 minutes and 8 GB for 2,800 counties.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
MONTHS = ["2019-%02d" % month for month in range(1, 11)]
DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31]


def counties():
    """(code, name) of the country's counties."""
    found = []
    with open(os.path.join(ROOT, "pipelines/regions/china.csv"), encoding="utf-8") as file:
        for line in file:
            cells = line.strip().split(",")
            if len(cells) == 3 and cells[0].isdigit() and not cells[0].endswith("0000"):
                found.append((cells[0], cells[1]))
    return found


def person_id(code, number):
    month = number % 12 + 1
    body = "%s%d%02d%02d%03d" % (code, 1958 + number // 1200, month, month, 900 + number // 12 % 100)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS)) % 11]


def write(path, lines):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("".join(",".join(line) + "\r\n" for line in lines))
    os.utime(path, (1575000000, 1575000000))


def write_county(inbox, place, other, people=150):
    """A county's folder; its last person is the other county's last one too where there is another."""
    code, name = place
    dice = random.Random(code)
    folder = os.path.join(inbox, "%s-%s" % place)
    os.makedirs(folder)
    towns = ["样例%s镇" % "一二三四五"[number] for number in range(5)]
    villages = [(town, "样例%s村" % letter) for town in towns for letter in "甲乙丙丁戊己"]
    write(folder + "/村名录.csv", [["村名录"], ["行政区划代码", "县(区)", "乡镇", "村", "贫困村"]] + [
        ["%s%06d" % (code, 100201 + number), name, town, village, "是"]
        for number, (town, village) in enumerate(villages)])
    cadres = []
    for number in range(people):
        owner = other if other and number == people - 1 else code
        cadres.append(("王%s%s" % ("伟芳军静"[number % 4], "山川河海"[number // 4 % 4]), person_id(owner, number),
                       "%s样例%s局" % (name, "甲乙丙丁戊己庚辛壬癸"[number % 10]), villages[number % len(villages)],
                       "6228480%012d" % (int(owner) * 10000 + number)))
    write(folder + "/花名册.csv", [["驻村干部花名册"], [
        "姓名", "身份证号", "派出单位", "职级", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期", "开户行", "银行账号"]] + [
        [who, number, unit, "科员", "工作队员", name, town, village, "2018-05-01", "", "农业银行", account]
        for who, number, unit, (town, village), account in cadres])
    for month, days in zip(MONTHS, DAYS):
        for town in towns:
            write("%s/%s-%s.csv" % (folder, month, town), [
                ["%s%s2019年%d月驻村干部考勤表" % (name, town, int(month[5:]))],
                ["姓名", "身份证号", "村"] + [str(day + 1) for day in range(days)]] + [
                [who, number, village] + [dice.choice("√√√√√√√事") for _ in range(days)]
                for who, number, _, (at, village), _ in cadres if at == town])


def measure(command, env=None, fine=(0, 1)):
    """(processor seconds, wall seconds, MiB) of a command and what it starts."""
    begun = time.time()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=env)
    text = child.stderr.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status) if hasattr(os, "waitstatus_to_exitcode") else status >> 8
    if child.returncode not in fine:
        sys.stderr.write("%s\nended with %d: %s\n" % (" ".join(command)[:300], child.returncode, text[-2000:]))
        sys.exit(2)
    return usage.ru_utime + usage.ru_stime, time.time() - begun, usage.ru_maxrss / 1024


def province(asked, key):
    places, extracts = counties(), []
    wanted = sorted(int(number) for number in asked.counties.split(","))
    for start in range(0, wanted[-1], 400):
        work = os.path.join(asked.work, "group-%d" % start)
        group = places[start:min(start + 400, wanted[-1])]
        if not os.path.isdir(work + "/kept"):
            shutil.rmtree(work, ignore_errors=True)
            for index, place in enumerate(group):
                write_county(work + "/inbox", place, group[index - 1][0] if index % 4 == 1 else None)
            measure([asked.zhucun, "run", "--inbox", work + "/inbox", "--ledger", work + "/one/z.sqlite", "--output",
                     work + "/output", "--key", key, "--as-of", "2019-11-20", "--quiet"])
            for code, name in group:
                source, target = "%s/output/2019/%s-%s" % (work, code, name), "%s/kept/%s" % (work, code)
                os.makedirs(target)
                for file in sorted(os.listdir(source)):
                    if file.startswith(("extract-", "claims-")):
                        shutil.move(os.path.join(source, file), target)
                extra = "%s/output/2018/%s-%s" % (work, code, name)
                for file in sorted(os.listdir(extra)) if os.path.isdir(extra) else []:
                    if file.startswith(("extract-", "claims-")):
                        shutil.move(os.path.join(extra, file), target)
            for name in ["inbox", "one", "output"]:
                shutil.rmtree(work + "/" + name)
            print("extracts of %d counties are made" % (start + len(group)), flush=True)
        for code, _ in group:
            folder = "%s/kept/%s" % (work, code)
            extracts.append([os.path.join(folder, file) for file in sorted(os.listdir(folder))
                             if file.startswith("extract-")])
    for number in wanted:
        output = os.path.join(asked.work, "province-%d" % number)
        shutil.rmtree(output, ignore_errors=True)
        cpu, wall, memory = measure([asked.zhucun, "province"] + sum(extracts[:number], []) + ["--output", output])
        print("province of %d counties: %.1f processor s, %.1f s, %.0f MiB" % (number, cpu, wall, memory), flush=True)


def task(asked, key):
    """A county's task beside the run in it: new, and with nothing new."""
    work = os.path.join(asked.work, "task")
    shutil.rmtree(work, ignore_errors=True)
    place = counties()[0]
    write_county(work + "/inbox", place, None)
    plain = [asked.zhucun, "run", "--county", place[0], "--inbox", work + "/inbox", "--ledger", work + "/one/z.sqlite",
             "--output", work + "/output", "--key", key, "--as-of", "2019-11-20", "--quiet"]
    whole = [ROOT + "/pipelines/local/county_task.py", "--state", work + "/state", "--county", place[0], "--inbox",
             work + "/inbox", "--key", key, "--zhucun", asked.zhucun, "--as-of", "2019-11-20"]
    for name in ["new", "nothing new"]:
        alone, around = measure(plain), measure(whole)
        print("county, %s: run %.2f s (%.2f processor s), task %.2f s (%.2f processor s)"
              % (name, alone[1], alone[0], around[1], around[0]), flush=True)


def large(asked, key):
    """39 counties of 150 people and one of 3,000, two tasks at a time."""
    work = os.path.join(asked.work, "large")
    for name, people in [("equal", 150), ("one twenty times as large", 3000)]:
        shutil.rmtree(work, ignore_errors=True)
        for index, place in enumerate(counties()[:40]):
            write_county(work + "/inbox", place, None, people if index == 20 else 150)
        cpu, wall, memory = measure(
            [ROOT + "/pipelines/local/two-passes.sh", "--inbox", work + "/inbox", "--state", work + "/state",
             "--output", work + "/province", "--key", key, "--tasks", "2", "--", "--as-of", "2019-11-20"],
            dict(os.environ, ZHUCUN=asked.zhucun))
        print("40 counties, %s: %.1f processor s, %.1f s, the largest process %.0f MiB" % (name, cpu, wall, memory),
              flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", required=True)
    parser.add_argument("--counties", default="40,400,2800")
    parser.add_argument("--only", choices=["province", "task", "large"])
    parser.add_argument("--zhucun", default=os.environ.get("ZHUCUN") or ROOT + "/.build/release/zhucun")
    asked = parser.parse_args()
    asked.work, asked.zhucun = os.path.abspath(asked.work), os.path.abspath(asked.zhucun)
    os.environ.setdefault("ZHUCUN_HOME", ROOT)
    os.makedirs(asked.work, exist_ok=True)
    key = os.path.join(asked.work, "key")
    if not os.path.exists(key):
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(os.urandom(64))
    print("load %.2f, %d processors" % (os.getloadavg()[0], os.cpu_count()), flush=True)
    for name, part in [("task", task), ("large", large), ("province", province)]:
        if asked.only in (None, name):
            part(asked, key)


if __name__ == "__main__":
    main()
