#!/usr/bin/env bash
# merge-settings.sh SHIPPED TARGET MANIFEST: brings the shipped files into a folder that people edit, as dpkg does with
# conffiles. A file nobody touched follows the new version, an edited or added one stays, a deleted one stays away.
# MANIFEST (lines of sha256sum) is what the version before had put there.
set -euo pipefail
shipped=$1
target=$2
manifest=$3

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }
say() { printf 'zhucun: %s\n' "$*"; }

declare -A before=()
if [ -f "$manifest" ]; then
    while IFS= read -r line; do before[${line:66}]=${line:0:64}; done <"$manifest"
fi

place() {
    install -d -m 755 "$(dirname "$2")"
    install -m 644 "$1" "$2.part"
    mv "$2.part" "$2"
}

mapfile -t names < <(cd "$shipped" && find . -type f -printf '%P\n' | LC_ALL=C sort)
install -d -m 755 "$target" "$(dirname "$manifest")"
: >"$manifest.part"
for name in "${names[@]}"; do
    new=$(sum "$shipped/$name")
    printf '%s  %s\n' "$new" "$name" >>"$manifest.part"
    old=${before[$name]:-}
    unset "before[$name]"
    if [ ! -e "$target/$name" ]; then
        # Deleted by hand since the last installation: it stays away.
        if [ -z "$old" ]; then place "$shipped/$name" "$target/$name"; fi
        continue
    fi
    here=$(sum "$target/$name")
    if [ "$here" = "$new" ] || [ "$old" = "$new" ]; then
        continue
    elif [ "$here" = "$old" ]; then
        place "$shipped/$name" "$target/$name"
    else
        place "$shipped/$name" "$target/$name.new"
        say "保留了改过的 $target/$name；新版本放在旁边：$name.new / kept the edited file, the new one lies beside it"
    fi
done
# Shipped by the version before, no more by this one: it must not stay in force, unless somebody made it theirs.
for name in "${!before[@]}"; do
    [ -e "$target/$name" ] || continue
    if [ "$(sum "$target/$name")" = "${before[$name]}" ]; then
        rm "$target/$name"
        rmdir --ignore-fail-on-non-empty "$(dirname "$target/$name")"
    else
        say "保留了改过的 $target/$name；新版本不再提供它 / kept the edited file, this version ships none"
    fi
done
mv "$manifest.part" "$manifest"
