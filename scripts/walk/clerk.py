#!/usr/bin/env python3
"""What the people of an invented county (青禾县) do at their own desks: fill in workbooks and send them.

clerk.py STEP SENT RECEIVED: SENT is what the county gave out (empty forms, templates, return workbooks), RECEIVED where
the workbooks arrive. Every person, number and account is made up. Needs openpyxl and LibreOffice.
"""
import calendar
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import openpyxl

COUNTY = "青禾县"
CODE = "630291"
BATCH = "ZC-630291-201810"


def resident_id(body):
    """Body of 17 digits with its check character (GB 11643-1999)."""
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights)) % 11]


# name, sex, ID, unit, role, township, village, first day, bank, account
PEOPLE = [
    ("高文清", "男", "63010219790314051", "青海省统计局", "第一书记", "河湾镇", "柳林村", "2018-10-01", "农业银行", "6228480870000010011"),
    ("丁春燕", "女", "63212119880722042", "青禾县教育局", "工作队员", "河湾镇", "柳林村", "2018-10-01", "农业银行", "6228480870000010029"),
    ("索南才让", "男", "63222119850105071", "青禾县卫生局", "工作队员", "河湾镇", "柳林村", "2018-10-01", "农业银行", "6228480870000010037"),
    ("贺建国", "男", "63012119760930017", "海东市水务局", "第一书记", "河湾镇", "上滩村", "2018-10-01", "农村信用社", "6210130870000020012"),
    ("白玉兰", "女", "63212119900218064", "青禾县教育局", "工作队员", "河湾镇", "上滩村", "2018-10-01", "农业银行", "6228480870000010045"),
    ("许志强", "男", "63010319830611033", "海东市水务局", "第一书记", "石峡乡", "东沟村", "2018-10-01", "农业银行", "6228480870000010052"),
    ("卓玛措", "女", "63252119910403028", "青禾县卫生局", "工作队员", "石峡乡", "东沟村", "2018-10-01", "农业银行", ""),
    ("冶成林", "男", "63212219811127019", "青海省统计局", "第一书记", "石峡乡", "西沟村", "2018-10-01", "农业银行", "6228480870000010060"),
    ("邓小雨", "女", "63010419930816082", "青禾县教育局", "工作队员", "石峡乡", "西沟村", "2018-10-01", "农村信用社", "6210130870000020020"),
    ("尕藏加", "男", "63262119840225013", "青禾县卫生局", "第一书记", "云岭乡", "阳坡村", "2018-10-01", "农业银行", "6228480870000010078"),
    ("林晓东", "男", "63012219870509055", "海东市水务局", "工作队员", "云岭乡", "阳坡村", "2018-10-01", "农业银行", "6228480870000010086"),
    ("于海霞", "女", "63010519920730046", "青禾县教育局", "工作队员", "云岭乡", "阳坡村", "2018-11-12", "农业银行", "6228480870000010094"),
]
PEOPLE = [p[:2] + (resident_id(p[2]),) + p[3:] for p in PEOPLE]
BY_NAME = {p[0]: p for p in PEOPLE}


def only(folder, part):
    found = sorted(path for path in pathlib.Path(folder).rglob("*.xlsx") if part in path.name)
    if len(found) != 1:
        sys.exit(f"clerk.py: {len(found)} workbooks in {folder} are called …{part}…")
    return found[0]


def heading_row(sheet):
    """The row with the headings, and heading → column (stars of required ones taken off)."""
    for row in sheet.iter_rows(min_row=1, max_row=12):
        texts = {str(c.value).strip().rstrip("*").strip().lstrip("*"): c.column for c in row if c.value is not None}
        if len(texts) > 2:
            return row[0].row, texts
    sys.exit(f"clerk.py: no headings in {sheet.title}")


def fill_form(path, records, target):
    """Rows of an empty form, under its headings, as the drop-downs offer them."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row, columns = heading_row(sheet)
    for number, record in enumerate(records, 1):
        for heading, value in record.items():
            cell = sheet.cell(row + number, columns[heading])
            cell.value = value
    save(book, target)


def save(book, target):
    """Saved as an office program does, with what its formulas come to."""
    with tempfile.TemporaryDirectory() as folder:
        name = os.path.basename(target)
        book.save(f"{folder}/{name}")
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
             f"{folder}/saved", f"{folder}/{name}"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if not os.path.exists(f"{folder}/saved/{name}"):
            sys.exit(f"clerk.py: LibreOffice did not save {name}: {done.stdout}")
        shutil.move(f"{folder}/saved/{name}", target)


def registers(sent, received):
    fill_form(only(sent, "县区名录"), [
        {"代码": CODE, "县(区)": COUNTY, "市(州)": "海东市", "深度贫困地区贫困县": "否"}], f"{received}/县区名录.xlsx")
    villages = sorted({(p[5], p[6]) for p in PEOPLE})
    fill_form(only(sent, "村名录"), [
        {"行政区划代码": f"{CODE}{100 + i:03d}{200 + i:03d}", "县(区)": COUNTY, "乡镇": t, "村": v, "贫困村": "是",
         "薄弱村": "是" if v == "西沟村" else "否", "艰边类别": "三类", "乡镇补贴档次": "二档" if t == "云岭乡" else "一档",
         "联点领导": "马县长"} for i, (t, v) in enumerate(villages)], f"{received}/村名录.xlsx")
    levels = {"青海省统计局": "省", "海东市水务局": "市"}
    fill_form(only(sent, "派出单位名录"), [
        {"单位编码": f"QH{i:03d}", "单位": unit, "层级": levels.get(unit, "县"), "所在地艰边类别": "二类"}
        for i, unit in enumerate(sorted({p[3] for p in PEOPLE}), 1)], f"{received}/派出单位名录.xlsx")
    fill_form(only(sent, "花名册"), [
        {"序号": i, "姓名": p[0], "性别": p[1], "民族": "汉族", "身份证号": p[2], "派出单位": p[3], "职级": "科员", "驻村职务": p[4],
         "县(区)": COUNTY, "乡镇": p[5], "村": p[6], "驻村开始日期": p[7], "开户行": p[8], "银行账号": p[9] or None,
         "联系电话": f"1390000{i:04d}"} for i, p in enumerate(PEOPLE, 1)], f"{received}/花名册.xlsx")


def off_days(period):
    """Sundays: the county's cadres rest on them."""
    year, month = map(int, period.split("-"))
    return {d for d in range(1, calendar.monthrange(year, month)[1] + 1) if datetime.date(year, month, d).weekday() == 6}


def marks_of(period, person, other=()):
    """Day → mark: present, but Sundays, and what `other` says."""
    year, month = map(int, period.split("-"))
    days = {d: "√" for d in range(1, calendar.monthrange(year, month)[1] + 1)}
    days.update({d: "休" for d in off_days(period)})
    days.update(dict(other))
    first = datetime.date.fromisoformat(BY_NAME[person][7])
    return {d: m for d, m in days.items() if datetime.date(year, month, d) >= first}


# The template's drop-downs have its own signs.
TEMPLATE_MARKS = {"休": "-", "病": "□", "√/假": "√/△", "旷": "×", "事": "△"}


def fill_template(path, period, other, target, leave_out=()):
    """The county's template: names and days stand in it already; grey days are left alone."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row, columns = heading_row(sheet)
    name_column = columns["姓名"]
    for line in range(row + 1, sheet.max_row + 1):
        name = sheet.cell(line, name_column).value
        if name not in BY_NAME or name in leave_out:
            continue
        for day, mark in marks_of(period, name, other.get(name, {}).items()).items():
            sheet.cell(line, columns[str(day)]).value = TEMPLATE_MARKS.get(mark, mark)
    save(book, target)


def own_sheet(period, township, other, target, legend=None, days=None, title=None):
    """A township's own sheet: no drop-downs, a title, names without ID numbers for some, Sundays left as they are."""
    year, month = map(int, period.split("-"))
    days = list(days or range(1, calendar.monthrange(year, month)[1] + 1))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "考勤"
    sheet.append([title or f"{COUNTY}{township}{year}年{month}月驻村干部考勤表"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=4 + len(days))
    sheet.append(["序号", "姓名", "身份证号", "驻村"] + days)
    for number, p in enumerate([p for p in PEOPLE if p[5] == township], 1):
        marks = marks_of(period, p[0], other.get(p[0], {}).items())
        sheet.append([number, p[0], p[2], p[6]] + [marks.get(d) for d in days])
    if legend:
        sheet.append([legend])
    sheet.append(["填表人：", None, "审核人："])
    save(book, target)


def october(sent, received):
    # 河湾镇 uses the template. 丁春燕 was ill for two days; 贺建国 had half a day's leave.
    fill_template(only(sent, "河湾镇-考勤表-2018-10"), "2018-10",
                  {"丁春燕": {16: "病", 17: "病"}, "贺建国": {23: "√/假"}}, f"{received}/河湾镇2018年10月考勤表.xlsx")
    # 石峡乡 has a sheet of its own, whose signs nobody explains.
    own_sheet("2018-10", "石峡乡", {"许志强": {9: "△", 10: "△"}, "卓玛措": {18: "☆"}}, f"{received}/石峡乡10月.xlsx")


def october_late(sent, received):
    own_sheet("2018-10", "云岭乡", {"林晓东": {29: "公"}}, f"{received}/云岭乡2018年10月考勤.xlsx", legend="注：√出勤 公因公出差 休休息")


def mend_return(sent, received):
    """石峡乡's return workbook: only the coloured cells, as the manual says; what △ and ☆ mean."""
    path = only(sent, "石峡乡-问题反馈-2018-10")
    book = openpyxl.load_workbook(path)
    filled = 0
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("注：“"):
                    mark = cell.value[3]
                    answer = next(c for c in row if c.column > cell.column and c.fill.fgColor.rgb not in (None, "00000000"))
                    answer.value = {"△": "请假", "☆": "培训"}[mark]
                    filled += 1
    if filled != 2:
        sys.exit(f"clerk.py: {filled} cells to fill in {path.name}, not 2")
    save(book, f"{received}/{path.name}")


def november(sent, received):
    fill_template(only(sent, "河湾镇-考勤表-2018-11"), "2018-11", {"索南才让": {7: "旷"}}, f"{received}/河湾镇2018年11月考勤表.xlsx")
    own_sheet("2018-11", "石峡乡", {"许志强": {20: "△"}}, f"{received}/石峡乡11月.xlsx", legend="注：√出勤 △请假 休休息")
    own_sheet("2018-11", "云岭乡", {}, f"{received}/云岭乡11月上半月.xlsx", days=range(1, 16), legend="注：√出勤 休休息",
              title="云岭乡2018年11月（上半月）驻村干部考勤表")


def november_rest(sent, received):
    own_sheet("2018-11", "云岭乡", {}, f"{received}/云岭乡11月下半月.xlsx", days=range(16, 31), legend="注：√出勤 休休息",
              title="云岭乡2018年11月（下半月）驻村干部考勤表")


def october_again(sent, received):
    """After October was closed and paid: 贺建国 was there the whole 23rd, 白玉兰 not on the 11th."""
    fill_template(only(sent, "河湾镇-考勤表-2018-10"), "2018-10",
                  {"丁春燕": {16: "病", 17: "病"}, "白玉兰": {11: "事"}}, f"{received}/河湾镇2018年10月考勤表更正.xlsx")


def bank_answer(sent, received):
    """What the bank sent back, copied from its list into the form 银行回盘."""
    records = []
    for path in sorted(pathlib.Path(sent).glob("bank-2018-10*.csv")):
        for line in path.read_text(encoding="gb18030").splitlines()[1:]:
            number, name, account, amount, identity = line.split("|")
            records.append({"批次号": BATCH, "姓名": name, "身份证号": identity, "银行账号": account, "金额": amount, "结果": "成功"})
    book = openpyxl.load_workbook(only(sent, "信用社代发-2018-10"))
    for number, name, account, amount, _ in book.worksheets[0].iter_rows(values_only=True):
        if name in BY_NAME:
            returned = name == "邓小雨"
            records.append({"批次号": BATCH, "姓名": name, "身份证号": BY_NAME[name][2], "银行账号": str(account),
                            "金额": str(amount).replace(",", ""), "结果": "退回" if returned else "成功",
                            "原因": "账户已销户" if returned else None})
    fill_form(only(sent, "银行回盘"), records, f"{received}/银行回盘201810.xlsx")


def not_paid(sent, received):
    """Nobody paid 卓玛措, who had no account then: the finance bureau says so."""
    fill_form(only(sent, "银行回盘"), [
        {"批次号": BATCH, "姓名": "卓玛措", "身份证号": BY_NAME["卓玛措"][2], "金额": "1560.00", "结果": "未付", "原因": "当时没有账号"}],
        f"{received}/银行回盘201810（未付）.xlsx")


def new_account(sent, received):
    """The roster's form again, with two rows: 邓小雨's new account, and the one 卓玛措 has now."""
    rows = []
    for name, account in (("邓小雨", "6228480870000010102"), ("卓玛措", "6228480870000010110")):
        p = BY_NAME[name]
        rows.append({"姓名": p[0], "身份证号": p[2], "派出单位": p[3], "驻村职务": p[4], "县(区)": COUNTY, "乡镇": p[5], "村": p[6],
                     "驻村开始日期": p[7], "开户行": "农业银行", "银行账号": account})
    fill_form(only(sent, "花名册"), rows, f"{received}/花名册（账号变更）.xlsx")


def december(sent, received):
    # The row of 白玉兰 was forgotten; 云岭乡 sends figures alone.
    fill_template(only(sent, "河湾镇-考勤表-2018-12"), "2018-12", {}, f"{received}/河湾镇2018年12月考勤表.xlsx", leave_out=("白玉兰",))
    own_sheet("2018-12", "石峡乡", {"许志强": {27: "抽调"}}, f"{received}/石峡乡12月.xlsx", legend="注：√出勤 △请假 休休息 抽调单位抽回")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"{COUNTY}云岭乡2018年12月驻村干部考勤表"])
    sheet.append(["序号", "姓名", "身份证号", "村", "出勤天数"])
    for number, (name, days) in enumerate((("尕藏加", 26), ("林晓东", 25.5), ("于海霞", 24)), 1):
        sheet.append([number, name, BY_NAME[name][2], BY_NAME[name][6], days])
    save(book, f"{received}/云岭乡12月.xlsx")


def december_again(sent, received):
    """河湾镇's return workbook: the violet row is filled in, and it goes back as it is."""
    path = only(sent, "河湾镇-问题反馈-2018-12")
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        row, columns = heading_row(sheet)
        for line in range(row + 1, sheet.max_row + 1):
            if sheet.cell(line, columns["姓名"]).value == "白玉兰":
                for day, mark in marks_of("2018-12", "白玉兰").items():
                    sheet.cell(line, columns[str(day)]).value = TEMPLATE_MARKS.get(mark, mark)
    save(book, f"{received}/{path.name}")


def decide(sent, received):
    """裁定表: the figures of 云岭乡 are accepted, but for 于海霞's: she was there 20 days."""
    path = only(sent, "裁定表-2018-12")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row, columns = heading_row(sheet)
    for line in range(row + 1, sheet.max_row + 1):
        name = sheet.cell(line, columns["姓名"]).value
        if name not in BY_NAME:
            continue
        answer = {"处理": "认可"} if name != "于海霞" else {"处理": "改为", "改为": "20天"}
        for heading, value in {**answer, "裁定人": "王书记", "裁定日期": "2019-01-08", "依据": "县委组织部会议纪要2019年第1期"}.items():
            sheet.cell(line, columns[heading]).value = value
    save(book, f"{received}/{path.name}")


STEPS = {f.__name__.replace("_", "-"): f for f in (
    registers, october, october_late, mend_return, november, november_rest, october_again, bank_answer, not_paid, new_account, december, december_again,
    decide)}

if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in STEPS:
        sys.exit(f"clerk.py STEP SENT RECEIVED; STEP: {' '.join(STEPS)}")
    STEPS[sys.argv[1]](sys.argv[2], sys.argv[3])
