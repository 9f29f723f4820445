#!/usr/bin/env python3
"""An invented small province for scripts/test-spark.sh: counties that share people, as text files. The same every time.

    spark-province.py DIR [COUNTIES] [MONTHS]
"""
import os
import random
import sys

COUNTIES = [("630202", "乐都区"), ("630203", "平安区"), ("630121", "大通回族土族自治县"), ("632221", "门源回族自治县"),
            ("630222", "民和回族土族自治县"), ("630223", "互助土族自治县")]
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]


def person_id(number):
    month = number % 12 + 1
    body = "630202%d%02d%02d%03d" % (1960 + number // 12 % 40, month, month, 900 + number // 480 % 100)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS)) % 11]


def write(path, rows, time):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("".join(",".join(row) + "\r\n" for row in rows))
    os.utime(path, (time, time))


def main():
    folder, count, months = sys.argv[1], int((sys.argv + ["4"])[2]), int((sys.argv + ["4", "2"])[3])
    dice = random.Random(231)
    counties = COUNTIES[:count]
    people = []
    for index, (code, name) in enumerate(counties):
        # One county is much larger than the others.
        for number in range(24 if index == 0 else 8):
            terms = [(index, "川口镇" if number % 2 else "河湟镇", "%s村" % "上下东西"[number % 4], "2018-01-01", "")]
            if number % 4 == 3:
                terms.append(((index + 1) % count, "川口镇", "上村", "2018-10-15", ""))
            unit = "青海省财政厅" if number % 3 == 0 else name + "教育局"
            people.append(("王%s%s" % ("伟芳军静"[number % 4], "山川河海"[index % 4]), person_id(len(people)), unit,
                           "62284800000%08d" % (10000000 + len(people)), terms))
    for index, (code, name) in enumerate(counties):
        place = os.path.join(folder, "%s-%s" % (code, name))
        villages = [["村名录"], ["行政区划代码", "县(区)", "乡镇", "村", "贫困村", "薄弱村"]]
        for number, (town, village) in enumerate((town, village + "村") for town in ["川口镇", "河湟镇"] for village in "上下东西"):
            villages.append(["%s%06d" % (code, 100000 + number), name, town, village, "是", "是" if number % 3 else "否"])
        write(place + "/村名录.csv", villages, 1540000000)
        write(place + "/派出单位名录.csv", [["派出单位名录"], ["单位编码", "单位", "层级"], ["D%d" % index, name + "教育局", "县"]]
              + ([["S1", "青海省财政厅", "省"]] if index == 0 else []), 1540000100)
        roster = [["驻村干部花名册"], ["姓名", "身份证号", "派出单位", "职级", "驻村职务", "县(区)", "乡镇", "村", "驻村开始日期", "驻村结束日期",
                                  "开户行", "银行账号"]]
        training = [["培训名单"], ["培训班", "主办单位", "级别", "类型", "开始日期", "结束日期", "姓名", "身份证号", "结果"]]
        for who, number, unit, account, terms in people:
            for county, town, village, start, end in terms:
                if county == index:
                    roster.append([who, number, unit, "科员", "工作队员", name, town, village, start, end, "农业银行", account])
            if dice.random() < (0.5 if terms[0][0] == index else 0.1):
                training.append(["%d期班" % index, "县委组织部", "县", "轮训", "2018-10-08", "2018-10-12", who, number, "合格"])
        write(place + "/驻村干部花名册.csv", roster, 1540000200 + index)
        write(place + "/培训.csv", training, 1540000300 + index)
        for month in range(months):
            period, days = [("2018-10", 31), ("2018-11", 30), ("2018-09", 30), ("2018-08", 31)][month]
            for town in ["川口镇", "河湟镇"]:
                rows = [["%s%s%s年%d月驻村干部考勤表" % (name, town, period[:4], int(period[5:]))],
                        ["姓名", "身份证号", "村"] + [str(day + 1) for day in range(days)]]
                for who, number, unit, account, terms in people:
                    for county, place_town, village, _, _ in terms:
                        if county == index and place_town == town:
                            rows.append([who, number, village] + [dice.choice("√√√√√√事旷") for _ in range(days)])
                write("%s/%s-%s.csv" % (place, period, town), rows, 1543000000 + month * 1000 + index)


main()
