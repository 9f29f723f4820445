#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET…]: runs each fuzz target for so long under the address sanitizer, two at a time. New inputs that
# reach new code are kept in Tests/Fuzz/Corpus, the smallest set that reaches all of it; what broke lies in
# .build/fuzz-found and is printed.
#   ZHUCUN_FUZZ_KEEP=0       leaves the corpus as it is (CI)
#   ZHUCUN_FUZZ_BUILD=debug  a build of two minutes whose runs are slower (CI); release otherwise
set -euo pipefail
cd "$(dirname "$0")/.."
export seconds=${1:?seconds a target}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(container sheet biff csv yaml extract blobs)
runtime=("$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")"/lib/clang/*/lib/linux/libclang_rt.fuzzer_no_main-"$(uname -m)".a)
[ -f "${runtime[0]}" ] || { echo "fuzz.sh: the toolchain has no libFuzzer" >&2; exit 2; }
export ZHUCUN_FUZZ_RUNTIME=${runtime[0]} ZHUCUN_HOME=$PWD build=${ZHUCUN_FUZZ_BUILD:-release}
swift build -c "$build" --scratch-path .build/fuzz --product zhucun-fuzz --sanitize address \
    -Xswiftc -gnone -Xswiftc -sanitize-coverage=edge,inline-8bit-counters \
    -Xcc -fsanitize-coverage=inline-8bit-counters >.build/fuzz-build.log 2>&1 ||
    { grep -E "error:" .build/fuzz-build.log | head -20 >&2; exit 2; }
export program=.build/fuzz/$build/zhucun-fuzz found=.build/fuzz-found
mkdir -p "$found"

# What the fixtures give: every target begins with inputs that mean something.
rm -rf .build/fuzz-seeds
python3 Tests/Fuzz/seeds.py fixtures pipelines .build/fuzz-seeds
mkdir -p .build/fuzz-seeds/blobs
find fixtures -name '*.xlsx' -size -64k | sort | xargs -d '\n' "$program" seeds .build/fuzz-seeds/blobs

fuzz() {
    local target=$1 result=ok corpus=Tests/Fuzz/Corpus/$1 grown=.build/fuzz-corpus/$1 seeds=.build/fuzz-seeds/$1
    local log=$found/$1.log
    export ZHUCUN_FUZZ_TARGET=$target
    mkdir -p "$corpus" "$grown" "$seeds"
    # 64 MiB inputs are refused by size; what matters fits into 64 KiB. A minute for one input is a hang, on a busy machine too.
    "$program" "$grown" "$corpus" "$seeds" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=2048 \
        -max_len=65536 -print_final_stats=1 -artifact_prefix="$found/$target-" >"$log" 2>&1 || result=FAILED
    [ $result = ok ] || grep -aE "ERROR|Fatal|SUMMARY|#[0-9]+ |Test unit|artifact" "$log" | head -20
    echo "$target: $result, $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s, $(find "$grown" -type f | wc -l) new ones kept"
    if [ "${ZHUCUN_FUZZ_KEEP:-1}" = 1 ] && [ $result = ok ]; then
        local merged
        merged=$(mktemp -d)
        "$program" -merge=1 -max_len=65536 "$merged" "$corpus" "$grown" >>"$log" 2>&1 || result=FAILED
        # Small ones only: the repository is no place for megabytes.
        find "$merged" -type f -size -3k | sort | head -80 | while read -r file; do cp -n "$file" "$corpus/"; done
        rm -rf "$merged"
    fi
    [ $result = ok ]
}
export -f fuzz
printf '%s\n' "${targets[@]}" | xargs -P 2 -I{} bash -c 'fuzz {}'
