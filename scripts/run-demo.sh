#!/usr/bin/env bash
# Runs a demonstration pipeline: run-demo.sh FOLDER-OF-PROGRAMS PIPELINE.yaml. Its exit code is zhucun's.
set -uo pipefail
cd "$(dirname "$0")/.."
programs=$1
pipeline=$2

# A checkout does not keep modification times, and they decide which of two versions of a sheet is the newer one.
times=fixtures/expected/run.json
sed -n 's/^ *"\([^"]*\)": "\([0-9T:+-]*\)",\{0,1\}$/\2\t\1/p' "$times" | while IFS=$'\t' read -r time name; do
    if [ -f "fixtures/inbox/$name" ]; then touch -d "$time" "fixtures/inbox/$name"; fi
done

"$programs/zhucun" run "$pipeline"
code=$?

output=$(sed -n 's/^output: *//p' "$pipeline")
if [ "$code" -le 1 ]; then
    printf '\n'
    [ ! -f "$output/index.html" ] || printf '  start here          %s\n' "$output/index.html"
    find "$output" -path '*/finance/*' \( -name '*.xlsx' -o -name 'payments-*.csv' -o -name 'held-*.csv' \) \
        | LC_ALL=C sort | tail -n 9 | sed 's/^/  finance             /'
    find "$output" -name 'findings.csv' | LC_ALL=C sort | sed 's/^/  what is wrong       /' | tail -n 12
    find "$output" -name '年度台账-*.xlsx' -o -name '培训覆盖汇总-*.xlsx' | LC_ALL=C sort | sed 's/^/  yearly              /'
    printf '\n'
fi
case $code in
    0) printf 'zhucun exited with 0: done, nothing is held.\n' ;;
    1) printf '%s\n' \
        'zhucun exited with 1: done, every report is written; some rows are held or days excluded because the findings' \
        'in these workbooks are real. That is the expected end of this demonstration (make calls it "Error 1").' ;;
    *) printf 'zhucun exited with %s: the run could not be done, see above.\n' "$code" ;;
esac
exit "$code"
