#!/usr/bin/env bash
# uninstall.sh PREFIX: removes what install.sh put there. Settings, ledgers, inboxes and results stay; so does a data
# file below PREFIX that somebody edited or added.
set -euo pipefail
prefix=$1
data=$prefix/share/zhucun
for program in zhucun zhucun-ingest zhucun-normalize zhucun-compute zhucun-report; do rm -f "$prefix/bin/$program"; done
if [ -f "$data/shipped.sha256" ]; then
    while IFS= read -r line; do
        file=$data/pipelines/${line:66}
        if [ -f "$file" ] && [ "$(sha256sum <"$file" | cut -d ' ' -f 1)" = "${line:0:64}" ]; then rm "$file"; fi
    done <"$data/shipped.sha256"
fi
rm -rf "$data/cron" "$data/shipped.sha256" "$data/settings.sha256" "$prefix/share/doc/zhucun"
if [ -d "$data" ]; then find "$data" -depth -type d -empty -delete; fi
rm -f "$prefix"/share/man/man1/zhucun{,-*}.1.gz "$prefix"/share/man/zh_CN/man1/zhucun{,-*}.1.gz \
    "$prefix/share/bash-completion/completions/zhucun" "$prefix/share/zsh/site-functions/_zhucun" \
    "$prefix/share/fish/vendor_completions.d/zhucun.fish"
printf '%s\n' "removed from $prefix; settings in /etc/zhucun, ledger and results stay"
if [ -d "$data" ]; then printf '%s\n' "kept, because somebody changed it: $data"; fi
if [ -e /etc/cron.d/zhucun ] || [ -e /etc/systemd/system/zhucun-nightly.timer ]; then
    printf '%s\n' "the nightly job is still there: cron/uninstall.sh of the source folder removes it"
fi
