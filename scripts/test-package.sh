#!/usr/bin/env bash
# test-package.sh [FOLDER-OF-PROGRAMS]: that the program is installed once and forgotten. `make install` without compiler
# and network; then the Debian package in a clean Debian: install, run, upgrade from a version before, remove, purge.
# Uses a release build that is there. Needs root, and Debian's mirror for the clean root.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root" || exit 2
programs=$(cd "${1:-.build/release}" && pwd) || exit 2
place=$(mktemp -d)
chmod 755 "$place"
failures=0
passed=0
cleanup() {
    mountpoint -q "$place/root/proc" && umount "$place/root/proc"
    rm -rf --one-file-system "$place"
}
trap cleanup EXIT

pass() { printf 'ok    %s\n' "$1"; passed=$((passed + 1)); }
fail() { printf 'FAIL  %s\n' "$1"; failures=$((failures + 1)); }
# check "sentence" command…
check() {
    local sentence=$1
    shift
    if "$@" >"$place/told" 2>&1; then
        pass "$sentence"
    else
        fail "$sentence"
        tail -n 20 "$place/told" | sed 's/^/      /'
    fi
}
not() { ! "$@"; }
# ends CODE command…
ends() {
    local code=$1
    shift
    "$@"
    local got=$?
    if [ "$got" != "$code" ]; then
        echo "ended with $got, not $code"
        return 1
    fi
}

if [ "$(id -u)" != 0 ]; then
    echo "test-package.sh: run this as root" >&2
    exit 2
fi

# --- make install, as `sudo make install` does it: root's PATH, which has no compiler, and here no network either.
bare() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }
make_install() { bare unshare -n make --no-print-directory -C "$root" install PROGRAMS="$programs" PREFIX="$place/opt"; }
data=$place/opt/share/zhucun/pipelines
check "make install needs no compiler in PATH and no network" make_install
check "the installed program finds its data from every folder" \
    eval "(cd / && bare '$place/opt/bin/zhucun' policy --on 2018-11-01 | grep -q 60.00)"
check "a second name for it does too" \
    eval "ln -s '$place/opt/bin/zhucun' '$place/zc' && (cd / && bare '$place/zc' policy --on 2018-11-01 | grep -q 60.00)"
check "its stages are there" bare "$place/opt/bin/zhucun-ingest" --version
check "a man page for every command, in both languages" eval "
    for command in \$(LC_ALL=C '$place/opt/bin/zhucun' --help | sed -n '/^SUBCOMMANDS:/,\$s/^  \([a-z][a-z-]*\) .*/\1/p'); do
        zcat '$place/opt/share/man/man1/zhucun-'\$command.1.gz | grep -q '^\.SH OPTIONS' || exit 1
        zcat '$place/opt/share/man/zh_CN/man1/zhucun-'\$command.1.gz | grep -q '^\.SH 选项' || exit 1
    done"
check "a build that is not there is told, with 2" \
    ends 2 scripts/install.sh --programs "$place/none" --prefix "$place/opt"

printf '# 本地\n' >>"$data/forms/roster.yaml"
printf 'name: local\n' >"$data/exports/local.yaml"
rm "$data/forms/pairing.yaml"
printf '# old\n' >"$data/forms/obsolete.yaml"
(cd "$data" && sha256sum forms/obsolete.yaml) >>"$place/opt/share/zhucun/shipped.sha256"
check "installing again" make_install
check "an edited file stays" grep -qx '# 本地' "$data/forms/roster.yaml"
check "an added file stays" test -e "$data/exports/local.yaml"
check "a deleted file stays away" not test -e "$data/forms/pairing.yaml"
check "a file that this version ships no more goes" not test -e "$data/forms/obsolete.yaml"
check "make uninstall" bare make --no-print-directory -C "$root" uninstall PREFIX="$place/opt"
check "and it keeps what somebody changed, nothing else" \
    [ "$(find "$place/opt" -type f -printf '%P\n' | LC_ALL=C sort | tr '\n' ' ')" = \
    'share/zhucun/pipelines/exports/local.yaml share/zhucun/pipelines/forms/roster.yaml ' ]

# Version 1.0.0 kept no list of what it had installed, and edits had no place but its data.
mkdir -p "$place/old/share/zhucun"
cp -r pipelines "$place/old/share/zhucun/pipelines"
printf 'INBOX=/srv/县/inbox\nWORK_DIR=/srv/zc\nPOLICY=/etc/zhucun/policy.yaml\n' >"$place/nightly.conf"
printf '# 本地\n' >>"$place/old/share/zhucun/pipelines/policy/qinghai-2018-231.yaml"
mkdir "$place/etc"
mv "$place/nightly.conf" "$place/etc/"
check "upgrading an installation of 1.0.0" \
    bare scripts/install.sh --programs "$programs" --prefix "$place/old" --settings "$place/etc"
check "its edits go on in the settings" grep -qx '# 本地' "$place/etc/policy/qinghai-2018-231.yaml"
check "what its nightly.conf said, every command reads now" eval "
    grep -qx 'inbox: \"/srv/县/inbox\"' '$place/etc/zhucun.yaml' && grep -qx 'ledger: /srv/zc/ledger/zhucun.sqlite' '$place/etc/zhucun.yaml' \
    && grep -qx 'output: /srv/zc/output' '$place/etc/zhucun.yaml' && grep -qx 'policy: /etc/zhucun/policy.yaml' '$place/etc/zhucun.yaml'"
check "and the settings can be read" "$place/old/bin/zhucun" settings --pipeline "$place/etc/zhucun.yaml" --policy pipelines/policy/qinghai-2018-231.yaml
rm -rf "$place/old" "$place/opt"

# --- The package.
package=$(scripts/make-deb.sh --programs "$programs" --to "$place/deb") || { fail "make deb"; exit 1; }
pass "make deb ($(du -m "$package" | cut -f 1) MB)"
check "lintian finds no error" lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$package"
check "the programs are stripped" eval "
    dpkg-deb -x '$package' '$place/tree' && ! readelf -S '$place/tree/usr/bin/zhucun' | grep -q '\.symtab'"
printf '      %s MB installed\n' "$(du -sm "$place/tree" | cut -f 1)"
rm -rf "$place/tree"
# The version before: one form was another then, and one more was shipped.
dpkg-deb -R "$package" "$place/before"
sed -i 's/^Version: .*/Version: 0.9.0/' "$place/before/DEBIAN/control"
# Forms of before had no examples and offers.
sed -i '/^ *\(note\|offers\): /d' "$place/before/etc/zhucun/forms/training.yaml"
printf '# before\n' >>"$place/before/etc/zhucun/forms/training.yaml"
printf '# before\n' >>"$place/before/etc/zhucun/forms/insurance.yaml"
(cd "$place/before" && find . -type f ! -path './DEBIAN/*' ! -path './etc/*' -printf '%P\0' | xargs -0 md5sum >DEBIAN/md5sums)
dpkg-deb --root-owner-group -Zgzip -z1 -b "$place/before" "$place/deb/before.deb" >/dev/null
rm -rf "$place/before"

scripts/clean-root.sh "$place/root" || { fail "a clean root"; exit 1; }
cp "$place/deb/before.deb" "$package" "$place/root/"
new=/$(basename "$package")

# A command in the clean root, from a folder that has nothing to do with it.
inside() { bare LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$place/root" sh -c 'cd /tmp && exec "$@"' sh "$@"; }
service() { inside runuser -u zhucun -- "$@"; }
apt() { inside apt-get -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold "$@"; }

apt update >"$place/told" 2>&1 || tail "$place/told"
check "the package installs in a clean Debian" apt install /before.deb
check "there is no compiler in it" not inside sh -c 'command -v swift'
check "every program starts" eval "for p in zhucun zhucun-ingest zhucun-normalize zhucun-compute zhucun-report; do inside \$p --version || exit 1; done"
# Names of the clean root's users are not this machine's: compare by number.
owner=$(inside id -u zhucun)
check "the system user is there" test -n "$owner"
is_owned() { [ "$(stat -c '%u %a' "$place/root$1")" = "$owner $2" ] || { stat -c '%u %a' "$place/root$1"; return 1; }; }
check "ledger and results are closed to others, the inbox can be reached" eval \
    "is_owned /var/lib/zhucun 751 && is_owned /var/lib/zhucun/ledger 700 && is_owned /var/lib/zhucun/output 750 && is_owned /var/lib/zhucun/inbox 2770"
check "every command reads /etc/zhucun/zhucun.yaml" eval "inside zhucun settings | grep -qx 'pipeline: /etc/zhucun/zhucun.yaml'"
check "the night's crontab is there" grep -q 'zhucun .*/usr/bin/zhucun-nightly' "$place/root/etc/cron.d/zhucun"
check "an inbox that is empty from the start is no fault" service zhucun-nightly

cp -r fixtures/inbox/. "$place/root/var/lib/zhucun/inbox/"
chown -R "$owner" "$place/root/var/lib/zhucun/inbox"
printf 'asOf: "2018-12-05"\n# 本地\n' >>"$place/root/etc/zhucun/zhucun.yaml"
check "the night's run works: findings stand in the fixtures" ends 1 service zhucun-nightly
check "its results are there" test -s "$place/root/var/lib/zhucun/output/index.html"
check "its log is there" eval "grep -q 'exit 1' '$place'/root/var/log/zhucun/zhucun-*.log"
state() { find "$place/root/var/lib/zhucun" -type f ! -name '*-shm' ! -name '*-wal' ! -name '*.lock' ! -name metrics.prom -printf '%P %u %m ' -exec sha256sum {} \; | LC_ALL=C sort | sha256sum; }
before=$(state)
check "closing as root is refused and names the right user" \
    eval "ends 2 inside zhucun close 2018-10 --county 630202 >'$place/said' 2>&1; grep -q \"sudo -u 'zhucun'\" '$place/said'"
check "and touched nothing" [ "$(state)" = "$before" ]
check "root may look" inside zhucun status
check "another user may not, and is told whose it is" \
    eval "ends 2 inside runuser -u games -- zhucun status >'$place/said' 2>&1; grep -q \"sudo -u 'zhucun'\" '$place/said'"
check "the right user closes" service zhucun close 2018-10 --county 630202
check "and verifies" service zhucun verify

# Local files and edits of every kind.
etc=$place/root/etc/zhucun
printf '# 本地\n' >>"$etc/forms/training.yaml"
cp "$etc/exports/bank.yaml" "$etc/exports/local.yaml"
printf '# 本地\n' >>"$etc/policy/qinghai-2018-231.yaml"
printf 'KEEP_DAYS=7\n' >>"$etc/nightly.conf"
check "upgrade" apt install "$new"
check "the new version is there" eval "inside dpkg-query -W -f '\${Version}' zhucun | grep -qx '$("$programs/zhucun" --version)'"
check "edited settings, form, policy and the night's settings stay" eval "
    grep -qx '# 本地' '$etc/zhucun.yaml' && grep -qx '# 本地' '$etc/forms/training.yaml' \
    && grep -qx '# 本地' '$etc/policy/qinghai-2018-231.yaml' && grep -qx KEEP_DAYS=7 '$etc/nightly.conf'"
check "an edited form of before stays as it was" not grep -q '^ *note: ' "$etc/forms/training.yaml"
check "an added export profile stays" test -e "$etc/exports/local.yaml"
check "a form that nobody touched is the new one" not grep -q '# before' "$etc/forms/insurance.yaml"
check "the ledger of the version before goes on" ends 1 service zhucun-nightly
check "and its batch is proven" service zhucun verify
check "settings of the night stay closed to others" [ "$(stat -c %a "$etc/nightly.conf")" = 640 ]

check "remove" apt remove zhucun
check "the programs are gone" not inside sh -c 'command -v zhucun'
check "settings, ledger, originals and results stay" eval "
    test -e '$etc/zhucun.yaml' && test -s '$place/root/var/lib/zhucun/ledger/zhucun.sqlite' \
    && test -s '$place/root/var/lib/zhucun/output/index.html'"
check "install again: all is as it was" eval "apt install '$new' && service zhucun verify"
check "purge" apt purge zhucun
check "takes settings and logs" eval "not test -e '$etc/zhucun.yaml' && not test -e '$place/root/var/log/zhucun'"
check "but never what was paid on, nor a file that somebody added" eval "
    test -s '$place/root/var/lib/zhucun/ledger/zhucun.sqlite' && test -d '$place/root/var/lib/zhucun/inbox/考勤' \
    && test -e '$etc/exports/local.yaml'"

printf '%s passed, %s failed\n' "$passed" "$failures"
[ "$failures" = 0 ]
