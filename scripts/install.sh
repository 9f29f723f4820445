#!/usr/bin/env bash
# install.sh FOLDER-OF-PROGRAMS PREFIX: programs, data, shell completions and cron files.
set -euo pipefail
cd "$(dirname "$0")/.."
programs=$1
prefix=$2

install -d "$prefix/bin" "$prefix/share/zhucun" "$prefix/share/doc/zhucun"
for program in zhucun zhucun-ingest zhucun-normalize zhucun-compute zhucun-report; do
    install -m 755 "$programs/$program" "$prefix/bin/$program"
done
# A library bundled with resources keeps them beside the program.
find "$programs" -maxdepth 1 -name '*.resources' -exec cp -r {} "$prefix/bin/" \;

# Files of an older version that this one no longer has must not stay in force.
rm -rf "$prefix/share/zhucun/pipelines" "$prefix/share/zhucun/cron"
cp -r pipelines cron "$prefix/share/zhucun/"
rm -f "$prefix/share/zhucun/pipelines"/demo*.yaml
find "$prefix/share/zhucun" -type d -exec chmod 755 {} +
find "$prefix/share/zhucun" -type f ! -name '*.sh' -exec chmod 644 {} +
cp -r docs/. "$prefix/share/doc/zhucun/"
cp README.md README.zh-CN.md CHANGELOG.md LICENSE "$prefix/share/doc/zhucun/"

complete() { install -d "$(dirname "$2")" && "$programs/zhucun" --generate-completion-script "$1" >"$2"; }
complete bash "$prefix/share/bash-completion/completions/zhucun"
complete zsh "$prefix/share/zsh/site-functions/_zhucun"
complete fish "$prefix/share/fish/vendor_completions.d/zhucun.fish"

printf '%s\n' "installed: $prefix/bin/zhucun ($("$programs/zhucun" --version))" \
    "every night: $prefix/share/zhucun/cron/install.sh --help"
