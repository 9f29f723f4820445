#!/usr/bin/env bash
# fuzz.sh SECONDS [TARGET…]: runs each fuzz target for so long under the address sanitizer. New inputs that reach new
# code are kept in Tests/Fuzz/Corpus, the smallest set that reaches all of it; what broke lies in .build/fuzz-found and
# is printed. ZHUCUN_FUZZ_KEEP=0 leaves the corpus as it is (CI).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?seconds a target}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(container sheet biff csv yaml extract blobs)
runtime=("$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")"/lib/clang/*/lib/linux/libclang_rt.fuzzer_no_main-"$(uname -m)".a)
[ -f "${runtime[0]}" ] || { echo "fuzz.sh: the toolchain has no libFuzzer" >&2; exit 2; }
export ZHUCUN_FUZZ_RUNTIME=${runtime[0]} ZHUCUN_HOME=$PWD
swift build -c release --scratch-path .build/fuzz --product zhucun-fuzz --sanitize address \
    -Xswiftc -sanitize-coverage=edge,inline-8bit-counters -Xcc -fsanitize-coverage=inline-8bit-counters 2>&1 |
    grep -E "error:|Compiling|Build complete|warning: unre" | tail -3
program=.build/fuzz/release/zhucun-fuzz
found=.build/fuzz-found
mkdir -p "$found"
failed=0
for target in "${targets[@]}"; do
    corpus=Tests/Fuzz/Corpus/$target
    grown=.build/fuzz-corpus/$target
    mkdir -p "$corpus" "$grown"
    log=$found/$target.log
    # 64 MiB inputs are refused by size; what matters fits into 64 KiB. A second for one input is a hang.
    if "$program" "$target" "$grown" "$corpus" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -max_len=65536 -print_final_stats=1 -artifact_prefix="$found/$target-" >"$log" 2>&1; then
        result=ok
    else
        result=FAILED
        failed=1
        grep -E "ERROR|Fatal|#[0-9]+ |artifact" "$log" | head -20
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    echo "$target: $result, ${runs:-?} inputs in $seconds s, $(find "$grown" "$corpus" -type f | wc -l) kept"
    if [ "${ZHUCUN_FUZZ_KEEP:-1}" = 1 ] && [ $result = ok ]; then
        merged=$(mktemp -d)
        "$program" "$target" -merge=1 -max_len=4096 "$merged" "$corpus" "$grown" >>"$log" 2>&1 || true
        # Small ones only: the repository is no place for megabytes.
        find "$merged" -type f -size -4k | sort | head -200 | while read -r file; do cp -n "$file" "$corpus/"; done
        rm -rf "$merged"
    fi
done
exit $failed
