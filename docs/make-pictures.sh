#!/usr/bin/env bash
# Makes the pictures of the manuals from the results of `make run` and `make run-year` (run them first).
# Needs libreoffice-calc-nogui, fonts-noto-cjk, poppler-utils, chromium; what is missing leaves its picture as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -p docs/pictures

# page WORKBOOK PICTURE PAGE
page() {
    if [ ! -f "$1" ]; then
        echo "no $1" >&2
        return
    fi
    cp "$1" "$place/book.xlsx"
    soffice "-env:UserInstallation=file://$place/profile" --headless --convert-to pdf --outdir "$place" "$place/book.xlsx" \
        >/dev/null 2>&1
    pdftoppm -png -r 72 -f "$3" -l "$3" -singlefile "$place/book.pdf" "$place/page"
    mv "$place/page.png" "docs/pictures/$2"
}

finance=output/demo/2018-11/630202-乐都区/finance
if command -v soffice >/dev/null && command -v pdftoppm >/dev/null; then
    page "$finance/生活补助发放表-2018-11.xlsx" statement-totals.png 1
    page "$finance/生活补助发放表-2018-11.xlsx" statement.png 2
    page "output/demo-year/2019/province/培训覆盖汇总-2019.xlsx" training-coverage.png 1
    returned=$(find output/demo/2018-11/630202-乐都区/townships -name '*问题反馈*.xlsx' 2>/dev/null | LC_ALL=C sort | head -n 1)
    if [ -n "$returned" ]; then page "$returned" return-workbook.png 1; fi
fi
browser=$(command -v chromium || command -v chromium-browser || true)
if [ -n "$browser" ] && [ -f output/demo/index.html ]; then
    "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,900 \
        --user-data-dir="$place/browser" --screenshot="$place/run-page.png" "file://$PWD/output/demo/index.html" \
        >/dev/null 2>&1 && mv "$place/run-page.png" docs/pictures/run-page.png
fi
ls -l docs/pictures
