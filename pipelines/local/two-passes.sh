#!/usr/bin/env bash
# A province by county on one machine or in a batch queue: the passes of pipelines/spark without Spark.
#
#   two-passes.sh --inbox DIR --state DIR --output DIR --key FILE [--tasks N] [--counties FILE] [--province FLAGS] [-- FLAGS OF THE TASK]
#
# DIR of --inbox holds a folder a county (630202-乐都区). Each county is a task (county_task.py) under xargs; a batch
# queue runs the same line a county. Then `zhucun province` merges, every county runs once more with what comes back
# (only what changes is done again), and again while anything that comes back changes: what is paid is final after the
# second pass. A county that cannot be run goes to STATE/quarantine; what it handed over before is merged as long as it
# fits, so that nobody else is paid for its days. Exit: 0 nothing held, 1 findings stand, a county is in quarantine, or
# what comes back still changes after the fifth pass, 2 the province could not be merged.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tasks=$(nproc); counties=; inbox=; state=; output=; key=; zhucun=${ZHUCUN:-zhucun}; province=(); flags=()
while [ $# -gt 0 ]; do
  case $1 in
    --inbox) inbox=$2; shift 2;; --state) state=$2; shift 2;; --output) output=$2; shift 2;; --key) key=$2; shift 2;;
    --tasks) tasks=$2; shift 2;; --counties) counties=$2; shift 2;;
    --policy|--pipeline) province+=("$1" "$2"); flags+=("$1" "$2"); shift 2;;
    --) shift; break;;
    *) echo "two-passes.sh: $1 ?" >&2; exit 64;;
  esac
done
for needed in inbox state output key; do
  [ -n "${!needed}" ] || { echo "two-passes.sh: --$needed is missing" >&2; exit 64; }
done
flags=("${flags[@]+"${flags[@]}"}" "$@")
mkdir -p "$state" "$output"

# Largest first: the last to begin must not be the longest.
list=$(mktemp "$state/.counties-XXXXXX"); trap 'rm -f "$list"' EXIT
if [ -n "$counties" ]; then cp "$counties" "$list"; else
  for folder in "$inbox"/[0-9][0-9][0-9][0-9][0-9][0-9]*/; do
    [ -d "$folder" ] || continue
    name=$(basename "$folder"); printf '%s %s\n' "$(du -s --apparent-size "$folder" | cut -f1)" "${name:0:6}"
  done | sort -k1,1nr -k2 | cut -d' ' -f2 > "$list"
fi
[ -s "$list" ] || { echo "two-passes.sh: no folder in $inbox begins with a county's code (630202-乐都区): list the codes in a file and give it with --counties" >&2; exit 2; }

pass() { # counties on stdin; what came back in $1
  xargs -P "$tasks" -I{} sh -c '"$0" "$@" || [ $? -le 2 ]' "$here/county_task.py" --state "$state" --county {} \
    --inbox "$inbox" --key "$key" --zhucun "$zhucun" ${1:+--back "$1"} "${flags[@]+"${flags[@]}"}"
}
merge() { # what every county handed over last; where $1 is given, of those in quarantine nothing
  local extracts=() expected=
  while read -r county; do
    [ -d "$state/$county/current" ] || continue
    if [ -n "${1:-}" ] && [ -d "$state/quarantine/$county" ]; then continue; fi
    expected="$expected,$county"
    while IFS= read -r -d '' file; do extracts+=("$file"); done \
      < <(find -H "$state/$county/current/output" -name 'extract-*.json' -print0 | sort -z)
  done < "$list"
  [ ${#extracts[@]} -gt 0 ] || { echo "two-passes.sh: no county could be run" >&2; return 2; }
  "$zhucun" province "${extracts[@]}" --expect "${expected#,}" --output "$output" \
    "${province[@]+"${province[@]}"}" > /dev/null
}
merged() { # with what counties in quarantine handed over before, as long as it fits; else without them, and that is told
  local quarantined
  quarantined=$(while read -r county; do [ ! -d "$state/quarantine/$county" ] || echo "$county"; done < "$list")
  if [ -z "$quarantined" ]; then merge; return; fi
  merge && return
  echo "two-passes.sh: merged without" $quarantined "(quarantine): the others do not know what they claim" >&2
  merge without
}
back="$output/for-counties"
changed() { # counties of which something else comes back than before
  while read -r county; do
    for file in "$back"/*-for-"$county".*; do
      if [ -e "$file" ] && ! cmp -s "$file" "$1/${file##*/}"; then echo "$county"; break; fi
    done
  done < "$list"
}
pass < "$list" || { echo "two-passes.sh: a task could not write to $state" >&2; exit 2; }
merged || exit 2
before=$(mktemp -d "$state/.back-XXXXXX"); trap 'rm -rf "$list" "$before"' EXIT
for round in 2 3 4 5; do
  again=$(changed "$before")
  [ -n "$again" ] || break
  rm -rf "$before"; cp -r "$back" "$before"
  pass "$back" <<< "$again" || { echo "two-passes.sh: a task could not write to $state" >&2; exit 2; }
  merged || exit 2
done
status=0
again=$(changed "$before")
if [ -n "$again" ]; then
  echo "two-passes.sh: what comes back still changes for" $again "after the last pass: run once more" >&2; status=1
fi
while read -r county; do
  if [ -d "$state/quarantine/$county" ]; then
    echo "$county: quarantine: $(tail -1 "$state/quarantine/$county/reason.txt" 2>/dev/null)" >&2; status=1
  elif grep -q '"exit": 1' "$state/$county/current/MANIFEST.json"; then status=1; fi
done < "$list"
exit $status
