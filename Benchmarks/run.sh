#!/usr/bin/env bash
# Prints a table of time and memory. Flags go to the program: --counties, --townships, --months, --people, --repeats,
# --county-only. WORK names the folder for inboxes and ledgers (about 200 MB for a province year).
set -euo pipefail
cd "$(dirname "$0")/.."
flags=(-c release --static-swift-stdlib)
swift build "${flags[@]}" >&2
programs=$(swift build "${flags[@]}" --show-bin-path)
work=${WORK:-$(mktemp -d)}
if [ -z "${WORK:-}" ]; then trap 'rm -rf "$work"' EXIT; fi
printf '%s, %s processors, %s\n\n' "$(date +%F)" "$(nproc)" "$(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [0-9.]*\).*/\1/p' | head -n 1)"
"$programs/zhucun-benchmark" measure --programs "$programs" --work "$work/run" --project . "$@"
