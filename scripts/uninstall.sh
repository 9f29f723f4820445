#!/usr/bin/env bash
# uninstall.sh PREFIX: removes what install.sh put there. Ledgers, inboxes, results and settings stay.
set -euo pipefail
prefix=$1
for program in zhucun zhucun-ingest zhucun-normalize zhucun-compute zhucun-report; do rm -f "$prefix/bin/$program"; done
rm -rf "$prefix/share/zhucun" "$prefix/share/doc/zhucun"
rm -f "$prefix/share/bash-completion/completions/zhucun" "$prefix/share/zsh/site-functions/_zhucun" \
    "$prefix/share/fish/vendor_completions.d/zhucun.fish"
printf 'removed from %s; a nightly job is removed by cron/uninstall.sh of the source folder\n' "$prefix"
