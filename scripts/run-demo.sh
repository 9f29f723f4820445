#!/usr/bin/env bash
# Runs a demonstration pipeline: run-demo.sh FOLDER-OF-PROGRAMS PIPELINE.yaml CODE. Ends with 0 when zhucun ends with
# CODE, as the demonstration should, else with zhucun's own; what that was is said. Speaks the reader's language.
set -uo pipefail
cd "$(dirname "$0")/.."
programs=$1
pipeline=$2
expected=$3
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) chinese=yes ;; *) chinese= ;; esac
say() { if [ -n "$chinese" ]; then printf '%s\n' "$1"; else printf '%s\n' "$2"; fi; }
# A label of one width in columns, a CJK character taking two.
label() { if [ -n "$chinese" ]; then printf '  %s  ' "$1"; else printf '  %-18s  ' "$2"; fi; }

# A checkout does not keep modification times, and they decide which of two versions of a sheet is the newer one.
times=fixtures/expected/run.json
sed -n 's/^ *"\([^"]*\)": "\([0-9T:+-]*\)",\{0,1\}$/\2\t\1/p' "$times" | while IFS=$'\t' read -r time name; do
    if [ -f "fixtures/inbox/$name" ]; then touch -d "$time" "fixtures/inbox/$name"; fi
done

"$programs/zhucun" run "$pipeline"
code=$?

output=$(sed -n 's/^output: *//p' "$pipeline")
list() {
    local path
    while IFS= read -r path; do
        label "$1" "$2"
        printf '%s\n' "$path"
    done
}
if [ "$code" -le 1 ]; then
    printf '\n'
    [ ! -f "$output/index.html" ] || list '先看这里' 'start here' <<<"$output/index.html"
    find "$output" -path '*/finance/*' \( -name '*.xlsx' -o -name 'payments-*.csv' -o -name 'held-*.csv' \) \
        | LC_ALL=C sort | tail -n 9 | list '财务文件' 'finance'
    find "$output" -name 'findings.csv' | LC_ALL=C sort | tail -n 12 | list '问题清单' 'what is wrong'
    find "$output" \( -name '年度台账-*.xlsx' -o -name '培训覆盖汇总-*.xlsx' \) | LC_ALL=C sort \
        | list '年度报表' 'yearly'
    printf '\n'
fi
case $code in
    0) say 'zhucun 的退出码是 0：完成，没有暂缓或不计。' 'zhucun exited with 0: done, nothing is held.' ;;
    1) say 'zhucun 的退出码是 1：完成，报表都已写出；样表里有真实的问题，所以有人暂缓发放、有日期不计。' \
        'zhucun exited with 1: done, every report is written; some rows are held or days excluded, because the findings in these workbooks are real.' ;;
    *) say "zhucun 的退出码是 $code：没有完成，原因见上。" "zhucun exited with $code: the run could not be done, see above." ;;
esac
if [ "$code" = "$expected" ]; then
    say '演示应当这样结束。' 'That is how this demonstration should end.'
    exit 0
fi
say "演示应当以 $expected 结束。" "The demonstration should have ended with $expected."
if [ "$code" = 0 ]; then exit 1; fi
exit "$code"
