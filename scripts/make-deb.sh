#!/usr/bin/env bash
# make-deb.sh [--programs DIR] [--to DIR] [--version V]: a Debian package from programs that are built already, with
# Debian's own tools. Prints its path.
set -euo pipefail
cd "$(dirname "$0")/.."
programs=.build/release
to=.build/deb
version=
while [ $# -gt 0 ]; do
    case $1 in
        --programs | --to | --version)
            if [ $# -lt 2 ]; then echo "make-deb.sh: $1 needs a value" >&2; exit 64; fi
            name=${1#--}
            printf -v "$name" '%s' "$2"
            shift 2
            ;;
        *) echo "make-deb.sh: unknown option $1" >&2; exit 64 ;;
    esac
done
if [ ! -x "$programs/zhucun" ]; then
    echo "make-deb.sh: no program at $programs/zhucun: run \`make build\` first" >&2
    exit 2
fi
# A debug build needs the toolchain's libraries, which no county's machine has. ZHUCUN_ANY_BUILD: for trying it out.
if [ -z "${ZHUCUN_ANY_BUILD:-}" ] && ldd "$programs/zhucun" 2>/dev/null | grep -q libswift; then
    echo "make-deb.sh: the program at $programs/zhucun needs Swift where it runs: use one that \`make build\` made" >&2
    exit 2
fi
programs=$(cd "$programs" && pwd)
version=${version:-$("$programs/zhucun" --version)}
mkdir -p "$to"
to=$(cd "$to" && pwd)

# The same sources give the same package: its only date is that of the changelog's last change.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
    SOURCE_DATE_EPOCH=$(git log -1 --format=%ct -- CHANGELOG.md 2>/dev/null || true)
    export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(stat -c %Y CHANGELOG.md)}
fi

stage=$to/build/zhucun
rm -rf "$to/build"
mkdir -p "$stage"
cp -r cron docs pipelines scripts README.md README.zh-CN.md CHANGELOG.md LICENSE "$stage/"
mv "$stage/scripts/debian" "$stage/debian"
{
    printf 'zhucun (%s) stable; urgency=medium\n\n' "$version"
    printf '  * See NEWS.md: whose money, which periods, which reports change.\n\n'
    printf ' -- %s  %s\n' "$(sed -n 's/^Maintainer: //p' scripts/debian/control)" "$(date -Ru -d "@$SOURCE_DATE_EPOCH")"
} >"$stage/debian/changelog"
(cd "$stage" && PROGRAMS=$programs DEB_BUILD_OPTIONS=nocheck dpkg-buildpackage -b -us -uc >"$to/build/log" 2>&1) || {
    tail -n 40 "$to/build/log" >&2
    exit 2
}
mv "$to"/build/zhucun_"${version}"_*.deb "$to/"
rm -rf "$to/build"
echo "$to/zhucun_${version}_$(dpkg --print-architecture).deb"
