#!/usr/bin/env bash
# Stops the nightly run. Settings, logs, ledger and results stay. uninstall.sh [--prefix DIR] [--cron-file FILE]
set -euo pipefail
prefix=/usr/local
cron_file=/etc/cron.d/zhucun
units=/etc/systemd/system
while [ $# -gt 0 ]; do
    case $1 in
        --prefix) prefix=${2:?--prefix needs a value}; shift 2 ;;
        --cron-file) cron_file=${2:?--cron-file needs a value}; shift 2 ;;
        *) echo "uninstall.sh [--prefix DIR] [--cron-file FILE]" >&2; exit 64 ;;
    esac
done
if [ "$(id -u)" != 0 ]; then echo "uninstall.sh: run this as root (sudo)" >&2; exit 2; fi
if [ -e "$units/zhucun-nightly.timer" ]; then
    if [ -d /run/systemd/system ]; then systemctl disable --now zhucun-nightly.timer; fi
    rm -f "$units/zhucun-nightly.timer" "$units/zhucun-nightly.service"
    if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
fi
rm -f "$cron_file" "$prefix/bin/zhucun-nightly"
echo "the nightly run is off; kept: settings in /etc/zhucun, logs, ledger, results"
