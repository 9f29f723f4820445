#!/usr/bin/env bash
# package-files.sh TREE: what a Debian package has beyond `make install`: the nightly job, which is there once the
# package is, and what Debian wants elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
tree=$1

install -m 755 cron/zhucun-nightly.sh "$tree/usr/bin/zhucun-nightly"
install -d "$tree/lib/systemd/system" "$tree/etc/cron.d"
sed 's|/usr/local|/usr|g' cron/zhucun-nightly.service >"$tree/lib/systemd/system/zhucun-nightly.service"
cp cron/zhucun-nightly.timer "$tree/lib/systemd/system/"
# Where systemd runs, its timer does it. The file stays when the package is removed, and then does nothing.
sed -e '1s|.*|# 每晚 2:30（机器自己的时区）运行；有 systemd 时由它的定时器运行 / every night at 02:30; with systemd its timer does it.|' \
    -e 's|/usr/local/bin:||' \
    -e 's|zhucun /usr/local/bin/zhucun-nightly|zhucun [ -d /run/systemd/system ] \|\| [ ! -x /usr/bin/zhucun-nightly ] \|\| /usr/bin/zhucun-nightly|' \
    cron/zhucun.crontab >"$tree/etc/cron.d/zhucun"
cp cron/nightly.conf.example "$tree/etc/zhucun/nightly.conf"
# The package is the nightly job's installer.
rm -r "$tree/usr/share/zhucun/cron"
# Said in scripts/debian/copyright.
rm "$tree/usr/share/doc/zhucun/LICENSE"
mv "$tree/usr/share/doc/zhucun/CHANGELOG.md" "$tree/usr/share/doc/zhucun/NEWS.md"
