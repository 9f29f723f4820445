#!/usr/bin/env python3
"""How `zhucun province` grows, what a task costs beside the run in it, and one county twenty times as large.

    growth.py --work DIR [--counties 40,400,2800] [--zhucun PATH] [--only province|task|large]

150 people and 10 months a county, invented; every second county has somebody on its roster whom another one has too.
The extracts of the first 100 counties are made by one ledger (the bytes are those of counties apart:
scripts/check-apart.py); those of more are copies of these under other counties' codes and other people. Prints
processor seconds, wall seconds and the largest resident set. Say the machine's load with the figures: it is printed
first. Needs Python 3.8, some minutes and 5 GB for 2,800 counties.
"""
import argparse
import hashlib
import json
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


def make_extracts(asked, key, group):
    """What those counties hand over, below WORK/kept."""
    work = os.path.join(asked.work, "made")
    shutil.rmtree(work, ignore_errors=True)
    for index, place in enumerate(group):
        write_county(work + "/inbox", place, group[index - 1][0] if index % 4 == 1 else None)
    measure([asked.zhucun, "run", "--inbox", work + "/inbox", "--ledger", work + "/one/z.sqlite", "--output",
             work + "/output", "--key", key, "--as-of", "2019-11-20", "--quiet"])
    for code, name in group:
        target = "%s/kept/%s" % (asked.work, code)
        os.makedirs(target)
        for year in ["2018", "2019"]:
            source = "%s/output/%s/%s-%s" % (work, year, code, name)
            for file in sorted(os.listdir(source)) if os.path.isdir(source) else []:
                if file.startswith(("extract-", "claims-")):
                    shutil.move(os.path.join(source, file), target)
    shutil.rmtree(work)


def copy_extracts(kept, place, other, number):
    """What a county hands over, as if it were another one's with other people: the number changes every HMAC."""
    # A permutation of the digits for each number below 128.
    (code, name), (new_code, new_name) = place, other
    table = str.maketrans("0123456789abcdef", "".join(
        "%x" % ((digit * (2 * (number // 16) + 1) + number) % 16) for digit in range(16)))
    target = os.path.join(kept, new_code)
    os.makedirs(target)
    digests = {}
    for file in sorted(os.listdir(os.path.join(kept, code))):
        if not file.endswith(".csv"):
            continue
        with open(os.path.join(kept, code, file), encoding="utf-8-sig", newline="") as source:
            lines = source.read().replace(name, new_name).replace(code + "/", new_code + "/").split("\r\n")
        text = "\ufeff" + "\r\n".join(lines[:1] + [line[:64].translate(table) + line[64:] for line in lines[1:]])
        digests[file[7:14]] = hashlib.sha256(text.encode()).hexdigest()
        with open(os.path.join(target, file), "w", encoding="utf-8", newline="") as out:
            out.write(text)
    for file in sorted(os.listdir(os.path.join(kept, code))):
        if not file.endswith(".json"):
            continue
        with open(os.path.join(kept, code, file), encoding="utf-8") as source:
            extract = json.loads(source.read().replace(name, new_name).replace('"%s"' % code, '"%s"' % new_code))
        del extract["sha256"]
        for claims in extract["claims"]:
            claims["sha256"] = digests[claims["period"]]
        for person in extract["people"]:
            person["person"] = person["person"].translate(table)
        for part, fields in [("people", ["name"]), ("accounts", ["account", "person"]), ("payees", ["account", "person"])]:
            for entry in extract.get("registers", {}).get(part) or []:
                for field in fields:
                    entry[field] = entry[field].translate(table)
        body = json.dumps(extract, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        with open(os.path.join(target, file), "w", encoding="utf-8", newline="") as out:
            out.write('{"sha256":"%s",%s' % (hashlib.sha256(body.encode()).hexdigest(), body[1:]))


def province(asked, key):
    places, extracts, kept = counties(), [], os.path.join(asked.work, "kept")
    wanted = sorted(int(number) for number in asked.counties.split(","))
    made = min(wanted[-1], 100)
    if not os.path.isdir(kept):
        make_extracts(asked, key, places[:made])
    for index, place in enumerate(places[:wanted[-1]]):
        if not os.path.isdir(os.path.join(kept, place[0])):
            copy_extracts(kept, places[index % made], place, index // made)
        folder = os.path.join(kept, place[0])
        extracts.append([os.path.join(folder, file) for file in sorted(os.listdir(folder))
                         if file.startswith("extract-")])
    print("extracts of %d counties are made" % wanted[-1], flush=True)
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
