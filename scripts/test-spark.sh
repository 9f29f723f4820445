#!/usr/bin/env bash
# A real standalone cluster (a master, two workers) against one ledger: the same bytes with speculation, where a twin
# overtakes a task that hangs, and with a worker killed in the middle, of which only its county is run again; a county
# that cannot be run, a missing and a stale extract. Installs PySpark itself, into $ZHUCUN_SPARK_VENV (default
# .build/spark), and Java where there is none; --prepare does only that. Some three minutes.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
zhucun=${ZHUCUN:-$root/.build/debug/zhucun}
venv=${ZHUCUN_SPARK_VENV:-$root/.build/spark}
export ZHUCUN_HOME=${ZHUCUN_HOME:-$root}
say() { echo "test-spark: $* ($SECONDS s)"; }
fail() { say "FAILED: $*"; exit 1; }
[ "${1:-}" = --prepare ] || [ -x "$zhucun" ] || { echo "test-spark: build zhucun first ($zhucun)" >&2; exit 2; }
if ! command -v java >/dev/null; then
  as_root=; [ "$(id -u)" = 0 ] || as_root=sudo
  $as_root apt-get update -qq; $as_root apt-get install -qq -y openjdk-17-jre-headless >/dev/null
fi
if ! "$venv/bin/python" -c 'import pyspark' 2>/dev/null; then
  python3 -m venv "$venv"; "$venv/bin/pip" install -q -r "$root/pipelines/spark/requirements.txt"
fi
say "Java and PySpark are there"
[ "${1:-}" != --prepare ] || exit 0
work=$(mktemp -d); cluster=$work/cluster
export PYTHON=$venv/bin/python PYSPARK_PYTHON=$venv/bin/python PYSPARK_DRIVER_PYTHON=$venv/bin/python
SPARK_HOME=$("$PYTHON" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))'); export SPARK_HOME
finish() { "$root/pipelines/spark/local-cluster.sh" stop "$cluster"; rm -rf "$work"; }
trap finish EXIT

"$root/scripts/spark-province.py" "$work/inbox" "${ZHUCUN_SPARK_COUNTIES:-4}" 2
head -c 64 /dev/urandom > "$work/key"; chmod 600 "$work/key"
common=(--as-of 2018-12-05)
"$root/pipelines/spark/local-cluster.sh" start "$cluster" 2 1 "${ZHUCUN_SPARK_PORT:-7177}" > "$work/address" & started=$!
code=0; "$zhucun" run --inbox "$work/inbox" --ledger "$work/one/l.sqlite" --output "$work/whole" --key "$work/key" \
  "${common[@]}" --quiet || code=$?
[ $code -le 1 ] || fail "one ledger ended with $code"
wait $started; address=$(cat "$work/address")
say "a cluster of two workers"

same() { # state, output: every file of every county and of the province is that of one ledger
  local state=$1 output=$2 file path count=0
  while IFS= read -r -d '' file; do
    path=${file#"$work/whole/"}
    case $path in
      */province/*) cmp -s "$file" "$output/$path" || fail "$path differs";;
      */[0-9][0-9][0-9][0-9][0-9][0-9]-*/*)
        local county=${path#*/}; county=${county:0:6}
        cmp -s "$file" "$state/$county/current/output/$path" || fail "$path differs";;
      *) continue;;
    esac
    count=$((count + 1))
  done < <(find "$work/whole" -type f -print0)
  [ $count -gt 100 ] || fail "only $count files were compared"
  [ -z "$(find "$state" -path '*/attempts/*' -print -quit)" ] || fail "scratch is left in $state"
  say "$count files are the same bytes"
}
wrapper() { # name, lines of a shell script that stand before the real program
  mkdir -p "$work/$1"; printf '#!/usr/bin/env bash\n%s\nexec "%s" "$@"\n' "$2" "$zhucun" > "$work/$1/zhucun"
  chmod +x "$work/$1/zhucun"
}
submit() { # name, extra flags of the program; $conf: of spark-submit; $program: in place of the program
  local name=$1; shift
  mkdir -p "$work/$name.events"
  "$venv/bin/spark-submit" --master "$address" --conf spark.executor.memory=512m --conf spark.driver.host=127.0.0.1 \
    --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 --conf spark.eventLog.enabled=true \
    --conf spark.eventLog.compress=false --conf spark.eventLog.rolling.enabled=false \
    --conf "spark.eventLog.dir=file://$work/$name.events" ${conf:-} \
    --py-files "$root/pipelines/local/county_task.py" "$root/pipelines/spark/zhucun_spark.py" --inbox "$work/inbox" \
    --state "$work/$name/state" --output "$work/$name/output" --key "$work/key" --zhucun "${program:-$zhucun}" \
    "${common[@]}" "$@" > "$work/$name.log" 2>&1
}
told() { # name, what to print of the tasks of the first pass: speculative, or tasks of which an attempt was lost
  python3 - "$work/$1.events" "$2" <<'PY'
import glob, json, sys
speculative, lost, ends, first = 0, set(), {}, None
for path in glob.glob(sys.argv[1] + "/*"):
    for line in open(path, encoding="utf-8"):
        event = json.loads(line)
        if event["Event"] not in ("SparkListenerTaskStart", "SparkListenerTaskEnd"):
            continue
        task, stage = event["Task Info"], event["Stage ID"]
        first = stage if first is None else first
        if stage != first:
            continue
        if event["Event"] == "SparkListenerTaskStart":
            speculative += task["Speculative"]
        elif event["Task End Reason"]["Reason"] == "Success":
            ends[task["Index"]] = ends.get(task["Index"], 0) + 1
        else:
            lost.add(task["Index"])
print({"speculative": speculative, "lost": len(lost), "twice": sum(count > 1 for count in ends.values())}[sys.argv[2]])
PY
}

# One county hangs when it is first run: a twin overtakes it, and it must not come back.
wrapper slow 'case "$*" in "run --county 630202"*) if mkdir "$0.once" 2>/dev/null; then read -rt 60 <> <(:) || :; fi;; esac'
conf="--conf spark.speculation=true --conf spark.speculation.multiplier=1.0 --conf spark.speculation.quantile=0.1 --conf spark.speculation.minTaskRuntime=1ms"
code=0; program=$work/slow/zhucun conf=$conf submit speculated --parquet "$work/parquet" || code=$?
[ $code = 1 ] || { tail -30 "$work/speculated.log"; fail "the job ended with $code"; }
[ "$(told speculated speculative)" -gt 0 ] || fail "no task was speculated"
same "$work/speculated/state" "$work/speculated/output"
say "speculation: $(grep '^pass' "$work/speculated.log" | tr '\n' ';')"
"$venv/bin/python" - "$work" <<'PY'
import csv, decimal, glob, sys
from pyspark.sql import SparkSession
work = sys.argv[1]
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("ERROR")
lines = spark.read.parquet("file://%s/parquet/lines" % work)
assert dict(lines.dtypes)["合计"].startswith("decimal"), lines.dtypes
told = sum((row["合计"] for row in lines.collect()), decimal.Decimal(0))
files = glob.glob("%s/whole/*/*/finance/payments-*.csv" % work)
paid = [decimal.Decimal(row["合计"]) for file in files for row in csv.DictReader(open(file, encoding="utf-8-sig"))]
assert told == sum(paid) and lines.count() == len(paid), (told, sum(paid))
assert spark.read.parquet("file://%s/parquet/findings" % work).count() > 100
assert spark.read.parquet("file://%s/parquet/coverage" % work).count() > 3
print("test-spark: Parquet holds %d lines of %s yuan, as the files do" % (len(paid), told))
spark.stop()
PY

say "a worker killed in the middle"
submit killed & job=$!
for _ in $(seq 400); do
  [ -n "$(find "$work/killed/state" -path '*/attempts/*' -name zhucun.sqlite -print -quit 2>/dev/null)" ] && break; sleep 0.05
done
# The worker and all it started, as a machine that loses power.
kill -9 -- -"$(cat "$cluster/worker-1.pid")"; rm "$cluster/worker-1.pid"
code=0; wait $job || code=$?
[ $code = 1 ] || { tail -30 "$work/killed.log"; fail "the job ended with $code"; }
[ "$(told killed lost)" -le 1 ] && [ "$(told killed twice)" = 0 ] || fail "more than the dead worker's county was run again"
for county in "$work/killed/state"/[0-9]*; do
  # What the dead left behind the next task of the county removes: run again, nothing changes.
  "$root/pipelines/local/county_task.py" --state "$work/killed/state" --county "$(basename "$county")" --inbox \
    "$work/inbox" --key "$work/key" --zhucun "$zhucun" "${common[@]}" --back "$work/killed/output/for-counties" || [ $? = 1 ]
done
same "$work/killed/state" "$work/killed/output"

say "a missing and a stale extract"
mapfile -t extracts < <(find -H "$work"/speculated/state/*/current/output -name 'extract-*.json' | sort)
told=$("$zhucun" province "${extracts[@]:1}" --expect 630121,630202,630203,632221 --output "$work/none" --language en 2>&1) \
  && fail "a missing county was not refused"
grep -q 630121 <<< "$told" || fail "not named: $told"
"$zhucun" run --county 630202 --inbox "$work/inbox" --ledger "$work/late/l.sqlite" --output "$work/late/o" --key "$work/key" \
  --as-of 2019-01-20 --quiet || [ $? = 1 ]
told=$("$zhucun" province $(find "$work/late/o" -name 'extract-2018.json') "${extracts[@]/*630202*/}" --output "$work/none" \
  --language en 2>&1) && fail "a stale extract was not refused"
[ ! -e "$work/none" ] || fail "something was written"

say "a county that cannot be run"
wrapper broken 'case "$*" in run*632221*) echo "no space left" >&2; exit 2;; esac'
ZHUCUN="$work/broken/zhucun" "$root/pipelines/local/two-passes.sh" --inbox "$work/inbox" --state "$work/q/state" \
  --output "$work/q/output" --key "$work/key" --tasks 2 -- "${common[@]}" 2> "$work/q.log" && fail "quarantine ended with 0"
grep -q '632221: quarantine: no space left' "$work/q.log" || { cat "$work/q.log"; fail "the reason is not told"; }
[ -d "$work/q/state/630202/current" ] || fail "the others did not go on"
ps -eo args | grep -F "$work" | grep -v grep | grep -q ' run --county' && fail "a program outlived its task"
say "passed"
