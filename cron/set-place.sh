#!/usr/bin/env bash
# set-place.sh PIPELINE.yaml KEY PATH: writes a path into the settings, where the file still has the shipped one.
# Exit 3, and nothing written, where somebody chose another.
set -euo pipefail
file=$1
key=$2
path=$3

quoted=$path
if ! [[ $path =~ ^[A-Za-z0-9/_.-]+$ ]]; then
    quoted=${path//\\/\\\\}
    quoted=\"${quoted//\"/\\\"}\"
fi
case $key in
    inbox) shipped=/var/lib/zhucun/inbox ;;
    ledger) shipped=/var/lib/zhucun/ledger/zhucun.sqlite ;;
    output) shipped=/var/lib/zhucun/output ;;
    policy) shipped=policy/qinghai-2018-231.yaml ;;
    *) echo "set-place.sh: $key: inbox, ledger, output or policy" >&2; exit 64 ;;
esac
here=$(sed -n "s/^$key: *//p" "$file" | head -n 1)
if [ "$here" = "$quoted" ]; then exit 0; fi
if [ "$here" != "$shipped" ]; then
    printf '%s\n' "保留了 $file 里的 $key: $here（没有改成 $path）/ kept as it stands, edit it there" >&2
    exit 3
fi
while IFS= read -r line || [ -n "$line" ]; do
    case $line in "$key:"*) line="$key: $quoted" ;; esac
    printf '%s\n' "$line"
done <"$file" >"$file.part"
chmod --reference="$file" "$file.part"
chown --reference="$file" "$file.part"
mv "$file.part" "$file"
