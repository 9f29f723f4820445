#!/usr/bin/env bash
# Tests of the nightly job: the wrapper's log, lock, retention, mail and webhook; install and uninstall; and a run that
# Debian's own cron starts. Needs the debug build. What cannot run here (no root, no cron) says so and is skipped.
set -uo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
programs=$(cd "${1:-$(cd "$root" && swift build --show-bin-path)}" && pwd)
unset ZHUCUN_CONFIG
place=$(mktemp -d)
failures=0
helpers=()
cron_file=
cleanup() {
    [ -z "$cron_file" ] || rm -f "$cron_file"
    for id in "${helpers[@]}"; do kill "$id" 2>/dev/null; done
    rm -rf "$place"
}
trap cleanup EXIT

pass() { printf 'ok    %s\n' "$1"; }
fail() { printf 'FAIL  %s\n' "$1"; failures=$((failures + 1)); }
skip() { printf 'skip  %s\n' "$1"; }
# check "sentence" command…
check() {
    local sentence=$1
    shift
    if "$@" >/dev/null 2>&1; then pass "$sentence"; else fail "$sentence"; fi
}
not() { ! "$@"; }

wrapper=$root/cron/zhucun-nightly.sh
mkdir -p "$place/bin" "$place/work"

# A stand-in whose words and exit code the test chooses.
cat >"$place/bin/stand-in" <<'TEXT'
#!/usr/bin/env bash
printf '%s\n' "$@" >"$(dirname "$0")/../arguments"
cat "$(dirname "$0")/../words"
exit "$(cat "$(dirname "$0")/../code")"
TEXT
cat >"$place/bin/sendmail" <<'TEXT'
#!/usr/bin/env bash
cat >"$(dirname "$0")/../mail"
TEXT
chmod +x "$place/bin/"*

# night CODE WORDS [KEY=value…]: one run of the wrapper with the stand-in.
night() {
    printf '%s' "$1" >"$place/code"
    printf '%s\n' "$2" >"$place/words"
    shift 2
    rm -f "$place/mail"
    {
        printf 'INBOX=%s\nWORK_DIR=%s\nLOG_DIR=%s\nZHUCUN=%s\nMIN_FREE_MB=0\n' \
            "$place/in" "$place/work" "$place/log" "$place/bin/stand-in"
        printf '%s\n' "$@"
    } >"$place/conf"
    PATH="$place/bin:$PATH" ZHUCUN_CONFIG=$place/conf "$wrapper" 2>"$place/stderr"
}
mail_text() { sed '1,/^$/d' "$place/mail" | base64 -d; }
mail_subject() { sed -n 's/^Subject: =?UTF-8?B?\(.*\)?=$/\1/p' "$place/mail" | base64 -d; }
today=$(TZ=Asia/Shanghai date +%F)
log=$place/log/zhucun-$today.log

mkdir -p "$place/log"
: >"$place/log/zhucun-2018-01-01.log"
: >"$place/log/zhucun-$(TZ=Asia/Shanghai date -d '-10 days' +%F).log"
: >"$place/log/zhucun-$(TZ=Asia/Shanghai date -d '-11 days' +%F).log"
: >"$place/log/keep-me.log"
night 0 '没有暂缓或不计的问题' KEEP_DAYS=10 MAIL_TO=somebody@example.org
check "a quiet night exits 0" [ $? = 0 ]
check "its log has the date of Qinghai" grep -q '没有暂缓' "$log"
check "a quiet night sends nothing" not test -e "$place/mail"
check "logs older than KEEP_DAYS are removed" not test -e "$place/log/zhucun-2018-01-01.log"
check "a log of exactly KEEP_DAYS days stays" test -e "$place/log/zhucun-$(TZ=Asia/Shanghai date -d '-10 days' +%F).log"
check "a log one day older goes" not test -e "$place/log/zhucun-$(TZ=Asia/Shanghai date -d '-11 days' +%F).log"
check "other files in the folder stay" test -e "$place/log/keep-me.log"
check "the run is told inbox, ledger and output" grep -q "^$place/work/ledger/zhucun.sqlite$" "$place/arguments"

words='2018-11 乐都区：99 人，187323.61 元，暂缓 18 行
2018-10 乐都区：8 人，3000.00 元，暂缓 0 行
张三 630202199001019038 6302021990010190 38 6217000012345678901'
night 1 "$words" MAIL_TO=somebody@example.org
check "findings that stand: exit 1 passes through" [ $? = 1 ]
check "the mail's subject names county, month and held rows" grep -q '2018-11 乐都区.*暂缓 18 行' <(mail_subject)
check "the mail says where to look" grep -q "$place/work/output/index.html" <(mail_text)
check "the mail says what to do" grep -q '反馈表' <(mail_text)
check "no month without held rows stands among those to mend" not grep -q '2018-10' <(mail_text | sed '/怎么办/,$d')
check "no full ID number in the log" not grep -qE '[0-9]{17}[0-9Xx]' "$log"
check "the ID is masked, not dropped" grep -q '630202\*\*\*\*\*\*\*\*9038' "$log"
check "no full ID or account number in the mail" not grep -qE '[0-9]{16}' <(mail_text)

night 1 "$words" MAIL_TO=somebody@example.org NOTIFY=changed
check "NOTIFY=changed tells of findings once" test -e "$place/mail"
night 1 "$words" MAIL_TO=somebody@example.org NOTIFY=changed
check "NOTIFY=changed does not tell of the same again" not test -e "$place/mail"
check "its exit code is 1 all the same" [ "$(tail -n 3 "$log" | grep -c 'exit 1')" -ge 1 ]

night 2 'zhucun: 找不到收件目录 /srv/x。请新建该目录' MAIL_TO=somebody@example.org
check "a run that could not be done: exit 2 passes through" [ $? = 2 ]
check "its subject gives the reason" grep -q '没有完成.*找不到收件目录' <(mail_subject)

night 75 'zhucun: 另一个运行正在进行' MAIL_TO=somebody@example.org
check "a held lock: exit 75, and no mail" eval "[ $? = 75 ] && [ ! -e '$place/mail' ]"
printf '%s\n' "$(($(date +%s) - 40 * 3600))" >"$place/log/last-finished"
(
    exec 9>>"$place/log/nightly.lock"
    flock -n 9 || exit 9
    night 0 '' MAIL_TO=somebody@example.org
    [ $? = 75 ] || exit 8
    exec 9>&-
)
check "a second wrapper at the same time exits 75" [ $? = 0 ]
check "a lock held for more than STUCK_HOURS is told" grep -q '30 小时' <(mail_subject)

night 1 "$words" ZHUCUN=/nowhere/zhucun MAIL_TO=somebody@example.org
check "no program: exit 2, told with what to do" eval "[ $? = 2 ] && mail_text | grep -q 'make install'"
night 0 "$words" MIN_FREE_MB=99999 MAIL_TO=somebody@example.org
check "disk nearly full: exit 2 before anything runs" eval "[ $? = 2 ] && mail_subject | grep -q '磁盘空间不足'"
night 0 "$words" COLOUR=red
check "an unknown setting is refused with its line" eval "[ $? = 2 ] && grep -q 'conf:6: .*COLOUR' '$place/stderr'"
night 0 "$words" 'KEEP_DAYS=$(touch '"$place"'/executed)'
check "nothing in the settings is executed" not test -e "$place/executed"
if [ -c /dev/full ]; then
    mv "$log" "$place/log.kept"
    ln -s /dev/full "$log"
    night 1 "$words" MAIL_TO=somebody@example.org
    check "log on a full disk: the run goes on, its code and message too" \
        eval "[ $? = 1 ] && mail_subject | grep -q '暂缓 18 行'"
    rm -f "$log"
    mv "$place/log.kept" "$log"
fi

# The webhook, against a server that answers one request.
if command -v python3 >/dev/null && command -v curl >/dev/null; then
    cat >"$place/server.py" <<'TEXT'
import http.server, json, sys
folder = sys.argv[1]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        json.loads(body)
        open(folder + '/hook', 'wb').write(body)
        self.send_response(200); self.end_headers()
    def log_message(self, *rest): pass
server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
open(folder + '/port.new', 'w').write(str(server.server_port))
import os; os.rename(folder + '/port.new', folder + '/port')
server.serve_forever()
TEXT
    python3 "$place/server.py" "$place" &
    helpers+=($!)
    for _ in $(seq 50); do [ -e "$place/port" ] || sleep 0.1; done
    night 1 "$words"$'\n"quoted" \\ back'$'\ttab' "WEBHOOK_URL=http://127.0.0.1:$(cat "$place/port")/hook"
    check "the webhook gets JSON with exit code and text" grep -q '"exit":1.*暂缓 18 行' "$place/hook"
    check "the webhook gets no full ID or account number" not grep -qE '[0-9]{16}' "$place/hook"
    rm -f "$place/hook"
    night 1 "$words" "WEBHOOK_URL=http://127.0.0.1:$(cat "$place/port")/hook" WEBHOOK_FORMAT=text
    check "WEBHOOK_FORMAT=text is what group robots take" grep -q '"msgtype":"text".*"content"' "$place/hook"
    night 1 "$words" "WEBHOOK_URL=http://127.0.0.1:1/hook"
    check "a dead webhook changes no exit code and is logged" eval "[ $? = 1 ] && grep -q 'webhook 没有送达' '$log'"
else
    skip "webhook: python3 or curl is missing"
fi

# The real program on the fixtures.
mkdir -p "$place/real"
cp -r "$root/fixtures/inbox" "$place/real/inbox"
{
    printf 'INBOX=%s\nWORK_DIR=%s\nLOG_DIR=%s\nZHUCUN=%s\nPIPELINE=%s\n' "$place/real/inbox" "$place/real/work" \
        "$place/real/log" "$programs/zhucun" "$root/pipelines/demo.yaml"
} >"$place/real.conf"
ZHUCUN_CONFIG=$place/real.conf "$wrapper"
check "the real program under the wrapper exits 1 on the fixtures" [ $? = 1 ]
check "its results are there" test -n "$(find "$place/real/work/output" -name 'payments-2018-11.csv')"
check "its log has no full ID number" not grep -rqE '[0-9]{17}[0-9Xx]' "$place/real/log"

# Debian's cron.
if [ "$(id -u)" != 0 ]; then
    skip "install, uninstall and Debian's cron: not root"
elif ! command -v cron >/dev/null; then
    skip "install, uninstall and Debian's cron: cron is not installed"
else
    prefix=$place/usr
    mkdir -p "$prefix/bin"
    # The programs find each other and their data beside the driver's real place.
    cat >"$prefix/bin/zhucun" <<TEXT
#!/usr/bin/env bash
exec env ZHUCUN_HOME="$root" "$programs/zhucun" "\$@" --as-of 2018-12-05
TEXT
    chmod +x "$prefix/bin/zhucun"
    chmod 755 "$place"
    cron_file=/etc/cron.d/zhucun-test-$$
    install_it() {
        "$root/cron/install.sh" --prefix "$prefix" --user root --inbox "$place/real/inbox" --work-dir "$place/cron-work" \
            --log-dir "$place/cron-log" --config "$place/etc/nightly.conf" --cron-file "$cron_file" --time 03:05
    }
    check "install" install_it
    check "the crontab line has the time, the user and the wrapper" \
        grep -qx "5 3 \* \* \* root $prefix/bin/zhucun-nightly" "$cron_file"
    printf 'KEEP_DAYS=7\n' >>"$place/etc/nightly.conf"
    check "installing again" install_it
    check "and it keeps edited settings" grep -qx KEEP_DAYS=7 "$place/etc/nightly.conf"

    # As installed, but every minute instead of every night.
    sed -i 's/^5 3 /* * /' "$cron_file"
    if ! { [ -s /run/crond.pid ] && kill -0 "$(cat /run/crond.pid)" 2>/dev/null; }; then
        cron -f &
        helpers+=($!)
    fi
    cron_log=$place/cron-log/zhucun-$(TZ=Asia/Shanghai date +%F).log
    for _ in $(seq 95); do
        grep -qs 'end, exit' "$place"/cron-log/zhucun-*.log && break
        sleep 1
    done
    rm -f "$cron_file.new"
    sed -i 's/^\* \* /5 3 /' "$cron_file"
    cron_log=$(ls "$place"/cron-log/zhucun-????-??-??.log 2>/dev/null | head -n 1)
    check "Debian's cron starts a run, and its dated log is there" grep -q 'end, exit 1$' "${cron_log:-/nowhere}"
    check "the run that cron started wrote its results" \
        test -n "$(find "$place/cron-work/output" -name 'payments-2018-11.csv' 2>/dev/null)"
    check "uninstall" "$root/cron/uninstall.sh" --prefix "$prefix" --cron-file "$cron_file"
    check "the crontab is gone, settings and results stay" \
        eval "[ ! -e '$cron_file' ] && [ -e '$place/etc/nightly.conf' ] && [ -d '$place/cron-work/output' ]"
    if command -v systemd-analyze >/dev/null; then
        mkdir -p "$place/units"
        cp "$root"/cron/zhucun-nightly.{service,timer} "$place/units/"
        sed -i "s|^ExecStart=.*|ExecStart=$prefix/bin/zhucun|; s|^User=.*|User=root|" "$place/units/zhucun-nightly.service"
        check "systemd takes the units" systemd-analyze verify "$place/units/zhucun-nightly.service" \
            "$place/units/zhucun-nightly.timer"
    else
        skip "systemd units: systemd-analyze is missing"
    fi
fi

if [ "$failures" -gt 0 ]; then
    printf '%s tests of the nightly job failed\n' "$failures"
    exit 1
fi
printf 'all tests of the nightly job passed\n'
