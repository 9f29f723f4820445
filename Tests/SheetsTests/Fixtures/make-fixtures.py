#!/usr/bin/env python3
"""Writes the workbooks of this folder: the same content by every program at hand, and some that only one can write.

Needs openpyxl, XlsxWriter, xlwt, LibreOffice (soffice) and a C compiler with libxlsxwriter. People are invented.
The results are committed; run it again only to change them.
"""
import datetime
import os
import shutil
import subprocess
import tempfile
import zipfile

import openpyxl
import xlsxwriter
import xlwt

HERE = os.path.dirname(os.path.abspath(__file__))
TITLE = "乐都区碾伯镇驻村干部考勤表（2018年11月）"
DATE = datetime.date(2018, 11, 5)
MOMENT = datetime.datetime(2018, 11, 5, 8, 30, 15)
TIME = datetime.time(17, 45, 0)
# Row (from 0) → column → value. Row 5 is hidden, column 6 too, A1:F1 and A4:A5 are merged.
ROWS = {
    0: {0: TITLE},
    2: {0: "姓名", 1: "身份证号", 2: "日期", 3: "出勤天数", 4: "备注", 5: "时间", 6: "隐藏列"},
    3: {0: "马㛃", 1: "632123199001019003", 2: DATE, 3: 22.5, 4: "第一行\n第二行", 5: MOMENT, 6: 1},
    4: {1: "632123198502029017", 2: datetime.date(2018, 12, 31), 3: 0, 4: 'a,b;c "引号"', 5: TIME, 6: 2},
    5: {0: "才让·䶮卓玛", 1: "632123197903039024", 2: DATE, 3: 0.1, 4: " 前后空格 ", 6: 3},
    8: {0: "合计", 3: 22.6, 4: "√△○×　①", 5: True},
}
HIDDEN = {0: {0: "隐藏表"}}


def path(name):
    return os.path.join(HERE, name)


def by_openpyxl(target):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "11月"
    for row, cells in ROWS.items():
        for column, value in cells.items():
            cell = sheet.cell(row + 1, column + 1, value)
            if isinstance(value, datetime.datetime):
                cell.number_format = "yyyy/m/d h:mm:ss"
            elif isinstance(value, datetime.date):
                cell.number_format = 'yyyy"年"m"月"d"日"'
            elif isinstance(value, datetime.time):
                cell.number_format = "h:mm"
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A4:A5")
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["G"].hidden = True
    other = book.create_sheet("隐藏")
    other["A1"] = HIDDEN[0][0]
    other.sheet_state = "hidden"
    book.save(target)


def by_xlsxwriter(target):
    book = xlsxwriter.Workbook(target)
    formats = {
        datetime.datetime: book.add_format({"num_format": "yyyy/m/d h:mm:ss"}),
        datetime.date: book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}),
        datetime.time: book.add_format({"num_format": "h:mm"}),
    }
    sheet = book.add_worksheet("11月")
    sheet.merge_range("A1:F1", TITLE)
    sheet.merge_range("A4:A5", ROWS[3][0])
    for row, cells in ROWS.items():
        for column, value in cells.items():
            if (row, column) in ((0, 0), (3, 0)):
                continue
            if type(value) in formats:
                sheet.write_datetime(row, column, value, formats[type(value)])
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write_number(row, column, value)
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.set_column(6, 6, None, None, {"hidden": True})
    other = book.add_worksheet("隐藏")
    other.write_string(0, 0, HIDDEN[0][0])
    other.hide()
    book.close()


def by_xlwt(target):
    book = xlwt.Workbook(encoding="utf-8")
    formats = {
        datetime.datetime: xlwt.easyxf(num_format_str="yyyy/m/d h:mm:ss"),
        datetime.date: xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'),
        datetime.time: xlwt.easyxf(num_format_str="h:mm"),
    }
    sheet = book.add_sheet("11月")
    sheet.write_merge(0, 0, 0, 5, TITLE)
    sheet.write_merge(3, 4, 0, 0, ROWS[3][0])
    for row, cells in ROWS.items():
        for column, value in cells.items():
            if (row, column) in ((0, 0), (3, 0)):
                continue
            if type(value) in formats:
                sheet.write(row, column, value, formats[type(value)])
            else:
                sheet.write(row, column, value)
    sheet.row(5).hidden = True
    sheet.col(6).hidden = True
    other = book.add_sheet("隐藏")
    other.write(0, 0, HIDDEN[0][0])
    other.visibility = 1
    book.save(target)


def by_libxlsxwriter(target):
    lines = ["#include <xlsxwriter.h>", "int main(void) {"]
    lines.append(f'lxw_workbook *b = workbook_new("{target}");')
    lines.append('lxw_worksheet *s = workbook_add_worksheet(b, "11月");')
    lines.append('lxw_worksheet *o = workbook_add_worksheet(b, "隐藏");')
    for index, code in enumerate(("yyyy/m/d h:mm:ss", 'yyyy\\"年\\"m\\"月\\"d\\"日\\"', "h:mm")):
        lines.append(f"lxw_format *f{index} = workbook_add_format(b);")
        lines.append(f'format_set_num_format(f{index}, "{code}");')

    def text(value):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    lines.append(f"worksheet_merge_range(s, 0, 0, 0, 5, {text(TITLE)}, NULL);")
    lines.append(f"worksheet_merge_range(s, 3, 0, 4, 0, {text(ROWS[3][0])}, NULL);")
    for row, cells in ROWS.items():
        for column, value in cells.items():
            at = f"s, {row}, {column}"
            if (row, column) in ((0, 0), (3, 0)):
                continue
            if isinstance(value, bool):
                lines.append(f"worksheet_write_boolean({at}, {int(value)}, NULL);")
            elif isinstance(value, str):
                lines.append(f"worksheet_write_string({at}, {text(value)}, NULL);")
            elif isinstance(value, datetime.datetime):
                parts = f"{value.year}, {value.month}, {value.day}, {value.hour}, {value.minute}, {value.second}"
                lines.append(f"{{ lxw_datetime d = {{{parts}}}; worksheet_write_datetime({at}, &d, f0); }}")
            elif isinstance(value, datetime.date):
                parts = f"{value.year}, {value.month}, {value.day}, 0, 0, 0"
                lines.append(f"{{ lxw_datetime d = {{{parts}}}; worksheet_write_datetime({at}, &d, f1); }}")
            elif isinstance(value, datetime.time):
                parts = f"0, 0, 0, {value.hour}, {value.minute}, {value.second}"
                lines.append(f"{{ lxw_datetime d = {{{parts}}}; worksheet_write_datetime({at}, &d, f2); }}")
            else:
                lines.append(f"worksheet_write_number({at}, {value!r}, NULL);")
    lines.append("lxw_row_col_options hidden = {.hidden = LXW_TRUE};")
    lines.append("worksheet_set_row_opt(s, 5, LXW_DEF_ROW_HEIGHT, NULL, &hidden);")
    lines.append("worksheet_set_column_opt(s, 6, 6, LXW_DEF_COL_WIDTH, NULL, &hidden);")
    lines.append(f"worksheet_write_string(o, 0, 0, {text(HIDDEN[0][0])}, NULL);")
    lines.append("worksheet_hide(o); return workbook_close(b); }")
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "w.c")
        with open(source, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        program = os.path.join(folder, "w")
        subprocess.run(["cc", source, "-o", program, "-lxlsxwriter"], check=True)
        subprocess.run([program], check=True)


def by_libreoffice(source, target, kind):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
             "--outdir", folder, source],
            check=True, stdout=subprocess.DEVNULL)
        stem = os.path.splitext(os.path.basename(source))[0]
        shutil.copyfile(os.path.join(folder, stem + "." + kind.split(":")[0]), target)


def shown(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def as_text(separator):
    lines = []
    for row in range(9):
        cells = ROWS.get(row, {})
        fields = []
        for column in range(max(cells, default=-1) + 1):
            field = shown(cells.get(column))
            if any(mark in field for mark in (separator, '"', "\n", "\r")):
                field = '"' + field.replace('"', '""') + '"'
            fields.append(field)
        lines.append(separator.join(fields))
    return "\r\n".join(lines) + "\r\n"


def write(name, data):
    with open(path(name), "wb") as file:
        file.write(data)


def formulas():
    """Formulas with results of every kind (LibreOffice), and without any (openpyxl, xlwt)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "公式"
    for row, formula in enumerate(
        ["=1+1", '="文"&"字"', "=1=1", "=1/0", '=""', "=DATE(2018,11,5)", "=NA()"], start=1
    ):
        sheet.cell(row, 1, formula)
    sheet["A6"].number_format = "yyyy-mm-dd"
    book.save(path("formulas-openpyxl.xlsx"))
    by_libreoffice(path("formulas-openpyxl.xlsx"), path("formulas-libreoffice.xlsx"), "xlsx")
    by_libreoffice(path("formulas-openpyxl.xlsx"), path("formulas-libreoffice.xls"), "xls")
    old = xlwt.Workbook()
    page = old.add_sheet("公式")
    page.write(0, 0, xlwt.Formula("1+1"))
    page.write(1, 0, xlwt.Formula('"a"&"b"'))
    old.save(path("formulas-xlwt.xls"))
    # Only a formula whose result is an empty text, by a program that computes.
    empty = openpyxl.Workbook()
    empty.active["A1"] = '=""'
    empty.active["A2"] = "x"
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "empty.xlsx")
        empty.save(source)
        by_libreoffice(source, path("formula-empty-libreoffice.xls"), "xls")


def from_1904():
    book = xlsxwriter.Workbook(path("dates-1904.xlsx"), {"date_1904": True})
    sheet = book.add_worksheet("日期")
    sheet.write_datetime(0, 0, DATE, book.add_format({"num_format": 14}))
    sheet.write_datetime(1, 0, MOMENT, book.add_format({"num_format": 22}))
    book.close()
    old = xlwt.Workbook()
    old.dates_1904 = True
    page = old.add_sheet("日期")
    page.write(0, 0, DATE, xlwt.easyxf(num_format_str="m/d/yy"))
    page.write(1, 0, MOMENT, xlwt.easyxf(num_format_str="m/d/yy h:mm"))
    old.save(path("dates-1904.xls"))


def long_strings():
    """Texts that run over the seams between SST records, narrow and wide."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("长")
    for row in range(30):
        sheet.write(row, 0, f"{row}:" + ("驻村" * 400 if row % 2 else "narrow " * 150))
    book.save(path("long-strings.xls"))


def bomb():
    with zipfile.ZipFile(path("bomb.xlsx"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        with zipfile.ZipFile(path("openpyxl.xlsx")) as source:
            for item in source.infolist():
                data = source.read(item)
                if item.filename == "xl/worksheets/sheet1.xml":
                    data = data.replace(b"<sheetData>", b" " * (6 << 20) + b"<sheetData>")
                target.writestr(item.filename, data)


def main():
    by_openpyxl(path("openpyxl.xlsx"))
    by_xlsxwriter(path("xlsxwriter.xlsx"))
    by_xlwt(path("xlwt.xls"))
    by_libxlsxwriter(path("libxlsxwriter.xlsx"))
    by_libreoffice(path("xlsxwriter.xlsx"), path("libreoffice.xlsx"), "xlsx")
    by_libreoffice(path("xlsxwriter.xlsx"), path("libreoffice.xls"), "xls")
    write("utf8.csv", as_text(",").encode("utf-8"))
    write("utf8-bom.csv", as_text(",").encode("utf-8-sig"))
    write("gb18030.csv", as_text(",").encode("gb18030"))
    write("gb18030-semicolon.xls", as_text(";").encode("gb18030"))
    write("utf16le-tab.txt", as_text("\t").encode("utf-16"))
    write("utf16be.csv", b"\xfe\xff" + as_text(",").encode("utf-16-be"))
    write("utf16le-bare.txt", as_text("\t").encode("utf-16-le"))
    formulas()
    from_1904()
    long_strings()
    bomb()


if __name__ == "__main__":
    main()
