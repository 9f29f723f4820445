#!/usr/bin/env bash
# clean-root.sh FOLDER: a clean Debian in FOLDER, as debootstrap makes it, in which apt works and no service starts.
# Needs root, and Debian's mirror the first time. The caller unmounts FOLDER/proc.
# ZHUCUN_CLEAN_ROOT: where its archive is kept between runs (/var/tmp/zhucun-clean-root.tar).
set -euo pipefail
folder=$1
archive=${ZHUCUN_CLEAN_ROOT:-/var/tmp/zhucun-clean-root.tar}
if [ ! -s "$archive" ]; then
    mirror=$(apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' | awk '$1 == "bookworm" { print $2; exit }')
    log=$(mktemp)
    made=$(mktemp -d)
    trap 'rm -rf --one-file-system "$log" "$made"' EXIT
    debootstrap --variant=minbase bookworm "$made" "${mirror:?no Debian mirror in the lists of apt}" >"$log" 2>&1 \
        || { tail "$log" >&2; exit 2; }
    tar -C "$made" -cf "$archive.part" . && mv "$archive.part" "$archive"
fi
mkdir -p "$folder"
tar -C "$folder" -xf "$archive"
mount -t proc proc "$folder/proc"
cp /etc/resolv.conf "$folder/etc/"
find /etc/apt/apt.conf.d -name '*proxy*' -exec cp {} "$folder/etc/apt/apt.conf.d/" \;
printf '#!/bin/sh\nexit 101\n' >"$folder/usr/sbin/policy-rc.d"
chmod +x "$folder/usr/sbin/policy-rc.d"
