#!/usr/bin/env bash
# install.sh [--programs DIR] [--root DIR] [--prefix DIR] [--settings DIR]: puts what was built into its place: programs,
# data, man pages, completions, manuals, cron files, settings. Needs neither a compiler nor a network.
#   --programs  where `make build` left them (.build/release)
#   --root      put before every path: staging for a package, which keeps people's edits by its own means
#   --prefix    /usr/local
#   --settings  /etc/zhucun for the prefixes /usr and /usr/local; elsewhere none, and the shipped data are used
set -euo pipefail
cd "$(dirname "$0")/.."
programs=.build/release
root=
prefix=/usr/local
settings=
while [ $# -gt 0 ]; do
    case $1 in
        --programs | --root | --prefix | --settings)
            if [ $# -lt 2 ]; then echo "install.sh: $1 needs a value" >&2; exit 64; fi
            name=${1#--}
            printf -v "$name" '%s' "$2"
            shift 2
            ;;
        *) echo "install.sh: unknown option $1" >&2; exit 64 ;;
    esac
done
case $prefix in /usr | /usr/local) settings=${settings:-/etc/zhucun} ;; esac
place=$root$prefix
data=$place/share/zhucun
names=(zhucun zhucun-ingest zhucun-normalize zhucun-compute zhucun-report)

for name in "${names[@]}"; do
    if [ ! -x "$programs/$name" ]; then
        printf '%s\n' "install: no program at $programs/$name: run \`make build\` first, as yourself, not under sudo" \
            "安装：$programs/$name 还没有编译好：请先用自己的账号运行 make build（不要用 sudo）" >&2
        exit 2
    fi
done
if ! install -d "$place/bin" 2>/dev/null || [ ! -w "$place/bin" ]; then
    echo "install: cannot write to $place: use sudo, or PREFIX=\$HOME/… / 无法写入 $place，请用 sudo" >&2
    exit 2
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One program that goes by five names: the stages are within the driver. A running one keeps what it has open.
cp "$programs/zhucun" "$work/zhucun"
# Most of what the compiler wrote are symbols; debhelper strips a package's programs itself.
if [ -z "$root" ] && command -v strip >/dev/null; then strip --strip-unneeded "$work/zhucun"; fi
install -m 755 "$work/zhucun" "$place/bin/.zhucun.part"
mv "$place/bin/.zhucun.part" "$place/bin/zhucun"
for name in "${names[@]:1}"; do ln -sfn zhucun "$place/bin/$name"; done

# Data as shipped. What the version before had put there is known from a list; version 1.0.0 kept none.
mkdir "$work/pipelines"
cp -r pipelines/. "$work/pipelines/"
rm -f "$work/pipelines"/demo*.yaml
if [ -n "$root" ]; then
    install -d "$data/pipelines"
    cp -r "$work/pipelines/." "$data/pipelines/"
else
    if [ ! -f "$data/shipped.sha256" ] && [ -d "$data/pipelines" ]; then
        install -m 644 scripts/shipped-1.0.0.sha256 "$data/shipped.sha256"
        # Edits of version 1.0.0 had no other place than this one: they go on in the settings.
        if [ -n "$settings" ] && [ ! -e "$settings/zhucun.yaml" ]; then
            scripts/settings-tree.sh "$data/pipelines" "$settings"
            grep -E '^.{64}  (policy|forms|regions|exports)/' scripts/shipped-1.0.0.sha256 >"$data/settings.sha256"
            if grep -q "^$(sha256sum <"$data/pipelines/nightly.yaml" | cut -c 1-64)  nightly.yaml$" \
                scripts/shipped-1.0.0.sha256; then
                (cd "$settings" && sha256sum zhucun.yaml) >>"$data/settings.sha256"
            fi
        fi
    fi
    scripts/merge-settings.sh "$work/pipelines" "$data/pipelines" "$data/shipped.sha256"
fi
find "$data" -type d -exec chmod 755 {} +
find "$data" -type f -exec chmod 644 {} +
find "$data" -type f -name '*.sh' -exec chmod 755 {} +

# Settings: edited by people, so an upgrade only brings what nobody changed.
if [ -n "$settings" ]; then
    scripts/settings-tree.sh "$work/pipelines" "$work/settings"
    if [ -n "$root" ]; then
        install -d "$root$settings"
        cp -r "$work/settings/." "$root$settings/"
    else
        scripts/merge-settings.sh "$work/settings" "$settings" "$data/settings.sha256"
    fi
fi

# Version 1.0.0 said at night where things are: every command is to know it.
if [ -z "$root" ] && [ -n "$settings" ] && [ -r "$settings/nightly.conf" ]; then
    at_night() { sed -n "s/^$1=//p" "$settings/nightly.conf" | tail -n 1 | tr -d '"\r'; }
    carry() { [ -z "$2" ] || cron/set-place.sh "$settings/zhucun.yaml" "$1" "$2" || [ $? = 3 ]; }
    state=$(at_night WORK_DIR)
    ledger=$(at_night LEDGER)
    output=$(at_night OUTPUT)
    carry inbox "$(at_night INBOX)"
    carry ledger "${ledger:-${state:+$state/ledger/zhucun.sqlite}}"
    carry output "${output:-${state:+$state/output}}"
    carry policy "$(at_night POLICY)"
fi

rm -rf "$data/cron"
install -d "$data/cron"
install -m 644 cron/nightly.conf.example cron/zhucun.crontab cron/zhucun-nightly.service cron/zhucun-nightly.timer \
    "$data/cron/"
install -m 755 cron/install.sh cron/uninstall.sh cron/set-place.sh cron/zhucun-nightly.sh "$data/cron/"

documents=$place/share/doc/zhucun
rm -rf "$documents"
install -d "$documents"
cp -r docs/. "$documents/"
rm -f "$documents"/*.sh
cp README.md README.zh-CN.md CHANGELOG.md LICENSE "$documents/"
find "$documents" -type d -exec chmod 755 {} +
find "$documents" -type f -exec chmod 644 {} +

scripts/make-man.sh "$programs" "$place/share/man"
# Sourced, never started: the first line of bash's names a program for nothing.
complete() { install -d "$(dirname "$2")" && "$programs/zhucun" --generate-completion-script "$1" | sed '1{/^#!/d}' >"$2"; }
complete bash "$place/share/bash-completion/completions/zhucun"
complete zsh "$place/share/zsh/site-functions/_zhucun"
complete fish "$place/share/fish/vendor_completions.d/zhucun.fish"

if [ -z "$root" ]; then
    printf '%s\n' "installed: $prefix/bin/zhucun ($("$prefix/bin/zhucun" --version))" \
        "${settings:+settings: $settings/zhucun.yaml}" "every night: $prefix/share/zhucun/cron/install.sh --help" \
        | grep .
fi
