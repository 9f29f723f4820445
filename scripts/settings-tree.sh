#!/usr/bin/env bash
# settings-tree.sh SOURCE TARGET: what /etc/zhucun holds as shipped, made from the pipelines folder SOURCE: zhucun.yaml,
# which is nightly.yaml with places of their own for inbox, ledger and output, and the data that it names.
set -euo pipefail
source=$1
target=$2
state=/var/lib/zhucun

install -d -m 755 "$target"
{
    printf '%s\n' '# 本机的设置：zhucun 的每个命令都读它 / the settings of this machine: every command of zhucun reads them.' \
        '# 改这里；升级不会覆盖。/ Edit here: an upgrade keeps it.'
    # Only what is as shipped is moved: places that somebody chose stay.
    sed -e '1{/^# The nightly run/d}' -e '/^# inbox, ledger, output: relative to the folder/d' \
        -e "s|^inbox: inbox$|inbox: $state/inbox|" \
        -e "s|^ledger: ledger/zhucun.sqlite$|ledger: $state/ledger/zhucun.sqlite|" \
        -e "s|^output: output$|output: $state/output|" "$source/nightly.yaml"
} >"$target/zhucun.yaml"
for folder in policy forms regions exports; do
    install -d -m 755 "$target/$folder"
    install -m 644 "$source/$folder"/*.yaml "$target/$folder/"
done
