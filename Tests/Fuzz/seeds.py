#!/usr/bin/env python3
"""First inputs of the fuzz targets, from the fixtures: whole files, and the parts that the targets put into a container.

    seeds.py FIXTURES SETTINGS OUT      writes OUT/{container,sheet,biff,csv,yaml}/…, nothing above 64 KiB
"""
import os
import re
import struct
import sys
import zipfile

LIMIT = 64 * 1024


def save(folder, name, content):
    if content and len(content) <= LIMIT:
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)


def inline(sheet, strings):
    """The sheet's XML with its shared strings in the cells: the target's workbook has no part of strings."""
    def one(match):
        text = strings[int(match.group(3))] if int(match.group(3)) < len(strings) else ""
        return '<c%st="inlineStr"%s><is><t>%s</t></is></c>' % (match.group(1), match.group(2), text)
    return re.sub(r'<c( [^>]*?)t="s"([^>]*)><v>(\d+)</v></c>', one, sheet)


def sheets(path):
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        strings = []
        if "xl/sharedStrings.xml" in names:
            for item in re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode("utf-8"), re.S):
                strings.append("".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S)))
        for name in names:
            if re.match(r"xl/worksheets/[^/]+\.xml$", name):
                yield inline(archive.read(name).decode("utf-8"), strings).encode("utf-8")


def stream(content):
    """The workbook's stream of a compound file with sectors of 512 bytes; None where there is none."""
    if content[:8] != b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or content[30] != 9:
        return None
    start = struct.unpack_from("<I", content, 48)[0]
    sector = lambda number: content[512 * (number + 1):512 * (number + 2)]
    table = b"".join(sector(n) for n in struct.unpack_from("<109I", content, 76) if n < 0xFFFFFFFA)

    def chain(number):
        while number < 0xFFFFFFFA:
            yield sector(number)
            number = struct.unpack_from("<I", table, 4 * number)[0]

    directory = b"".join(chain(start))
    for place in range(0, len(directory), 128):
        entry = directory[place:place + 128]
        name = entry[:max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        size = struct.unpack_from("<I", entry, 120)[0]
        if name in ("Workbook", "Book") and size >= 4096:
            return b"".join(chain(struct.unpack_from("<I", entry, 116)[0]))[:size]
    return None


def main():
    fixtures, settings, out = sys.argv[1:]
    number = 0
    for root in (fixtures, settings):
        for folder, inner, files in sorted(os.walk(root)):
            inner.sort()
            for file in sorted(files):
                path = os.path.join(folder, file)
                number += 1
                with open(path, "rb") as opened:
                    content = opened.read()
                name = "%04d" % number
                if file.endswith((".xlsx", ".xls", ".et")):
                    save(out + "/container", name, content)
                if file.endswith(".csv"):
                    save(out + "/csv", name, content)
                if file.endswith((".yaml", ".yml")):
                    save(out + "/yaml", name, content)
                if file.endswith(".json"):
                    save(out + "/extract", name, content)
                if content[:2] == b"PK":
                    try:
                        for index, sheet in enumerate(sheets(path)):
                            save(out + "/sheet", "%s-%d" % (name, index), sheet)
                    except (zipfile.BadZipFile, UnicodeDecodeError, KeyError) as refusal:
                        print("seeds.py: %s: %s" % (path, refusal), file=sys.stderr)
                found = stream(content)
                if found:
                    save(out + "/biff", name, found)


if __name__ == "__main__":
    main()
