#!/usr/bin/env bash
# digests.sh FOLDER-OF-PROGRAMS WORK [SAMPLES] : the tree of digests of every output, to compare before and after a
# change inside: `digests.sh OLD w1 > before; digests.sh NEW w2 > after; diff before after`.
# Runs the fixtures, a generated province (PROVINCE="--counties 6 --townships 3 --months 12 --people 8", empty for none)
# in three nights (cold, nothing new, next day), and the samples below SAMPLES (default ../shared) where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."
programs=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
samples=${3:-../shared}
province=${PROVINCE---counties 6 --townships 3 --months 12 --people 8}
shipped=pipelines/policy/qinghai-2018-231.yaml

# tree CASE FOLDER: a line a file; the metrics tell the time.
tree() {
    (cd "$2" && find . -type f ! -name metrics.prom | LC_ALL=C sort | xargs -d '\n' sha256sum) | sed "s|  \./|  $1/|"
}
# night CASE POLICY AS-OF [MORE…]: one run over WORK/CASE/inbox, then its tree.
night() {
    local name=$1 policy=$2 day=$3 code=0
    shift 3
    "$programs/zhucun" run --inbox "$work/$name/inbox" --ledger "$work/$name/ledger/z.sqlite" \
        --output "$work/$name/output" --policy "$policy" --as-of "$day" --quiet "$@" >&2 || code=$?
    [ "$code" -le 1 ] || exit "$code"
    tree "$name@$day" "$work/$name/output"
}
# inbox CASE SOURCE [RUN.json]: a fresh copy with the times of receipt that the record names, else one for all.
inbox() {
    rm -rf "${work:?}/$1"
    mkdir -p "$work/$1/ledger"
    cp -r "$2" "$work/$1/inbox"
    find "$work/$1/inbox" -exec touch -d '2019-06-08T21:20:00+08:00' {} +
    [ -z "${3:-}" ] || sed -n 's/^ *"\([^"]*\)": "\([0-9T:+-]*\)",\{0,1\}$/\2\t\1/p' "$3" |
        while IFS=$'\t' read -r time name; do touch -d "$time" "$work/$1/inbox/$name"; done
}

inbox month fixtures/inbox fixtures/expected/run.json
night month $shipped 2018-12-05
inbox year fixtures/year/inbox
night year fixtures/policy-samples.yaml 2019-06-30
if [ -d "$samples/samples" ]; then
    inbox samples "$samples/samples/inbox" "$samples/samples/expected/run.json"
    night samples $shipped 2018-12-05
    inbox samples-year "$samples/samples-year/inbox"
    night samples-year "$samples/samples-year/policy-samples.yaml" 2019-06-30
fi
if [ -n "$province" ]; then
    rm -rf "$work/province"
    mkdir -p "$work/province/ledger"
    # shellcheck disable=SC2086
    "$programs/zhucun-benchmark" generate $province --to "$work/province/inbox" >&2
    find "$work/province/inbox" -exec touch -d '2020-01-03T09:00:00+08:00' {} +
    for day in 2020-01-05 2020-01-05 2020-01-06; do night province $shipped $day; done
fi
