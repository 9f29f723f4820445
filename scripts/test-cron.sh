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
    if [ -e "$place/children" ]; then mapfile -t -O "${#helpers[@]}" helpers <"$place/children"; fi
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

# A stand-in whose words and exit code the test chooses; it answers as the program does where it is asked for places
# and for the night's notice.
cat >"$place/bin/stand-in" <<'TEXT'
#!/usr/bin/env bash
place=$(dirname "$0")/..
case $1 in
    settings)
        printf 'pipeline: /etc/zhucun/zhucun.yaml\ninbox: %s\nledger: %s\noutput: %s\n' "$place/in" "$place/l/z.sqlite" "$place/o"
        exit 0
        ;;
    notice) cat "$place/notice" 2>/dev/null; exit 0 ;;
    verify)
        cat "$place/kept" 2>/dev/null
        if [ -e "$place/kept" ]; then exit 2; else exit 0; fi
        ;;
esac
printf '%s\n' "$@" >"$place/arguments"
printf '%s\n' "${ZHUCUN_PIPELINE:-}" >"$place/pipeline"
cat "$place/words"
exit "$(cat "$place/code")"
TEXT
# As real ones do, it leaves a child behind that has all it inherited.
cat >"$place/bin/sendmail" <<'TEXT'
#!/usr/bin/env bash
cat >"$(dirname "$0")/../mail"
sleep 60 >/dev/null 2>&1 &
echo $! >>"$(dirname "$0")/../children"
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
encoded_subject() { sed -n 's/^Subject: //p' "${1:-$place/mail}"; }
mail_subject() { encoded_subject "$@" | sed -n 's/^=?UTF-8?B?\(.*\)?=$/\1/p' | base64 -d; }
is_one_encoded_word() {
    local word
    word=$(encoded_subject)
    [ ${#word} -le 75 ] && [[ $word =~ ^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$ ]] && iconv -f UTF-8 -t UTF-8 <(mail_subject) >/dev/null
}
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
check "the run is told the ledger where the night's settings name it" grep -q "^$place/work/ledger/zhucun.sqlite$" "$place/arguments"

if [ "$(id -u)" = 0 ]; then
    mkdir -p "$place/theirs"
    chown nobody "$place/theirs"
    night 0 '没有暂缓或不计的问题' "LOG_DIR=$place/theirs"
    check "root in the place of the log's own user is told before anything is touched" [ $? = 2 ]
    check "and how to run it" grep -q 'sudo runuser -u nobody -- zhucun-nightly' "$place/stderr"
    check "and leaves no file that shuts that user out" [ -z "$(ls -A "$place/theirs")" ]
    chown root "$place/theirs"
    : >"$place/theirs/zhucun-$today.log"
    chmod 711 "$place"
    install -m 755 "$wrapper" "$place/nightly"
    chown nobody "$place/theirs"
    runuser -u nobody -- env PATH="$place/bin:$PATH" ZHUCUN_CONFIG="$place/conf" "$place/nightly" 2>"$place/stderr" >/dev/null
    check "a log that root left behind is named with what to do" \
        grep -q "文件属于 root.*sudo chown nobody $place/theirs/zhucun-$today.log" "$place/stderr"
fi

words='2018-11 乐都区：99 人，187323.61 元，暂缓 18 行
2018-10 乐都区：8 人，3000.00 元，暂缓 0 行
张三 630202199001019038 6302021990010190 38 6217000012345678901'
cat >"$place/notice" <<'TEXT'
乐都区 2018-11 暂缓18 缺报1

2018-11 乐都区：计发 99 人 187323.61 元，暂缓 18 行
  未报：达拉乡
  要改：碾伯镇（3 处，暂缓 2 行）

没有读入的文件（1 个）：
  考勤/630202199001019038.xlsx：工作簿设有打开密码。
TEXT
night 1 "$words" MAIL_TO=somebody@example.org
check "findings that stand: exit 1 passes through" [ $? = 1 ]
check "the mail's subject names county, month, held rows and missing townships" \
    [ "$(mail_subject)" = '[驻村] 乐都区 2018-11 暂缓18 缺报1' ]
check "the subject is one encoded word of at most 75 characters" is_one_encoded_word
check "the mail names the townships that are missing and that have something to mend" \
    eval "mail_text | grep -q '未报：达拉乡' && mail_text | grep -q '要改：碾伯镇'"
check "the mail names the files that were refused" grep -q '没有读入的文件（1 个）' <(mail_text)
check "the mail says where to look" grep -q "$place/work/output/index.html" <(mail_text)
check "the mail says what to do" grep -q '反馈表' <(mail_text)
check "no full ID number in the log" not grep -qE '[0-9]{17}[0-9Xx]' "$log"
check "the ID is masked, not dropped" grep -q '630202\*\*\*\*\*\*\*\*9038' "$log"
check "no full ID or account number in the mail" not grep -qE '[0-9]{16}' <(mail_text)
night 1 "$words" MAIL_TO=somebody@example.org
check "a mail program that leaves a child behind does not hold the lock" [ $? = 1 ]
printf '很长很长的县名很长很长的县名 2018-11 暂缓18 缺报1\n' >"$place/notice"
night 1 "$words" MAIL_TO=somebody@example.org
check "a subject that is too long is cut between characters" eval "is_one_encoded_word && mail_subject | grep -q '…$'"
rm "$place/notice"
night 1 "$words" MAIL_TO=somebody@example.org
check "without a notice the mail has the run's own lines" grep -q '暂缓 18 行' <(mail_text)

night 1 "$words" MAIL_TO=somebody@example.org NOTIFY=changed
check "NOTIFY=changed tells of findings once" test -e "$place/mail"
night 1 "$words" MAIL_TO=somebody@example.org NOTIFY=changed
check "NOTIFY=changed does not tell of the same again" not test -e "$place/mail"
check "the exit code is 1 all the same" [ "$(tail -n 3 "$log" | grep -c 'exit 1')" -ge 1 ]

night 0 '没有暂缓或不计的问题' MAIL_TO=somebody@example.org NOTIFY=daily
check "NOTIFY=daily tells of a quiet night too" grep -q '没有需要处理的事项' <(mail_text)

# What is missing, returned or changed makes no exit code.
printf '整月未报1 待重发1740.00\n\n应报未报：\n  甲县2018年10月的考勤应在 2018-11-05 前报送\n' >"$place/notice"
night 0 '没有暂缓或不计的问题' MAIL_TO=somebody@example.org
check "what did not come is told by default, whatever the exit code" \
    eval "[ '$?' = 0 ] && [ \"\$(mail_subject)\" = '[驻村] 整月未报1 待重发1740.00' ] && mail_text | grep -q '甲县2018年10月'"
night 0 'a' MAIL_TO=somebody@example.org NOTIFY=changed
check "and with NOTIFY=changed" test -e "$place/mail"
night 0 'b' MAIL_TO=somebody@example.org NOTIFY=changed
check "there once: the words of the run do not make it another" not test -e "$place/mail"
printf '整月未报1 待重发1740.00\n\n应报未报：\n  甲县2018年10月的考勤应在 2018-11-05 前报送\n\n自上次报表以来：\n  问题：新增 1\n' >"$place/notice"
night 0 'b' MAIL_TO=somebody@example.org NOTIFY=changed
check "what changed is told" test -e "$place/mail"
printf '整月未报1 待重发1740.00\n\n应报未报：\n  甲县2018年10月的考勤应在 2018-11-05 前报送\n' >"$place/notice"
night 0 'b' MAIL_TO=somebody@example.org NOTIFY=changed
check "and is no news the night after" not test -e "$place/mail"
printf '没有问题\n' >"$place/notice"
night 0 'a' MAIL_TO=somebody@example.org
check "a notice with nothing in it is sent to nobody" not test -e "$place/mail"
printf '没有问题\n\n已发放的钱：\n  甲县：未回盘 22260.00 元（ZC-630202-201810）\n' >"$place/notice"
night 0 'a' MAIL_TO=somebody@example.org
check "what only waits for a bank's answer calls nobody every night" not test -e "$place/mail"
night 0 'a' MAIL_TO=somebody@example.org NOTIFY=daily
check "and stands in the message of who wants one every night" grep -q '未回盘 22260.00' <(mail_text)
rm "$place/notice"

printf '原件缺失或被改动：花名册.xlsx\n' >"$place/kept"
night 0 '没有暂缓或不计的问题' MAIL_TO=somebody@example.org
check "a night whose ledger or originals are damaged ends with 2" test $? = 2
check "and says so in the mail" grep -q . "$place/mail"
rm -f "$place/kept"
night 2 'zhucun: 找不到收件目录 /srv/x。请新建该目录' MAIL_TO=somebody@example.org
check "a run that could not be done: exit 2 passes through" [ $? = 2 ]
check "its subject gives the reason" grep -q '未完成.*找不到收件' <(mail_subject)
check "and is one encoded word" is_one_encoded_word

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
check "disk nearly full: exit 2 before anything runs" eval "[ $? = 2 ] && mail_text | grep -q '磁盘空间不足'"
night 0 "$words" COLOUR=red
check "an unknown setting is refused with its line" eval "[ $? = 2 ] && grep -q 'conf:6: .*COLOUR' '$place/stderr'"
night 0 "$words" 'KEEP_DAYS=$(touch '"$place"'/executed)'
check "nothing in the settings is executed" not test -e "$place/executed"
if [ -c /dev/full ]; then
    mv "$log" "$place/log.kept"
    ln -s /dev/full "$log"
    night 1 "$words" MAIL_TO=somebody@example.org
    check "log on a full disk: the run goes on, its code and message too" \
        eval "[ $? = 1 ] && mail_text | grep -q '暂缓 18 行'"
    rm -f "$log"
    mv "$place/log.kept" "$log"
fi

# The webhook, against a server that answers one request.
if command -v python3 >/dev/null && command -v curl >/dev/null; then
    cat >"$place/server.py" <<'TEXT'
import base64, hashlib, hmac, http.server, json, sys, urllib.parse
folder = sys.argv[1]
secret = 'SECab键c'
def sign(key, text):
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        message = json.loads(body)
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        open(folder + '/hook', 'wb').write(body)
        content = (message.get('text') or {}).get('content') if isinstance(message.get('text'), dict) else ''
        open(folder + '/content-bytes', 'w').write(str(len((content or '').encode())))
        if query.get('sign') == sign(secret, query.get('timestamp', '') + '\n' + secret):
            open(folder + '/signed', 'w').write('dingtalk')
        if message.get('sign') and message['sign'] == sign(message['timestamp'] + '\n' + secret, ''):
            open(folder + '/signed', 'w').write('feishu')
        self.send_response(200); self.end_headers()
        self.wfile.write(b'{"errcode":93000,"errmsg":"invalid"}' if 'refuse' in query else b'{"errcode":0,"errmsg":"ok"}')
    def log_message(self, *rest): pass
server = http.server.HTTPServer(('127.0.0.1', 0), Handler)
open(folder + '/port.new', 'w').write(str(server.server_port))
import os; os.rename(folder + '/port.new', folder + '/port')
server.serve_forever()
TEXT
    python3 "$place/server.py" "$place" &
    helpers+=($!)
    for _ in $(seq 50); do [ -e "$place/port" ] || sleep 0.1; done
    hook=http://127.0.0.1:$(cat "$place/port")/hook
    night 1 "$words"$'\n"quoted" \\ back'$'\ttab' "WEBHOOK_URL=$hook"
    check "the webhook gets JSON with exit code and text" grep -q '"exit":1.*暂缓 18 行' "$place/hook"
    check "the webhook gets no full ID or account number" not grep -qE '[0-9]{16}' "$place/hook"
    for robot in wecom text dingtalk; do
        rm -f "$place/hook"
        night 1 "$words" "WEBHOOK_URL=$hook" "WEBHOOK_FORMAT=$robot"
        check "WEBHOOK_FORMAT=$robot: text as 企业微信 and 钉钉 take it" \
            grep -q '^{"msgtype":"text","text":{"content":".*暂缓 18 行.*"}}$' "$place/hook"
    done
    rm -f "$place/hook"
    night 1 "$words" "WEBHOOK_URL=$hook" WEBHOOK_FORMAT=feishu
    check "WEBHOOK_FORMAT=feishu: text as 飞书 takes it" \
        grep -q '^{"msg_type":"text","content":{"text":".*暂缓 18 行.*"}}$' "$place/hook"
    rm -f "$place/hook"
    for robot in dingtalk feishu; do
        night 1 "$words" "WEBHOOK_URL=$hook?access_token=a" "WEBHOOK_FORMAT=$robot" WEBHOOK_SECRET=SECab键c
        check "WEBHOOK_SECRET signs as $robot checks it" [ "$(cat "$place/signed" 2>/dev/null)" = "$robot" ]
        rm -f "$place/signed"
    done
    long=$(printf '乡镇%.0s' $(seq 3000))
    night 1 "$long" "WEBHOOK_URL=$hook" WEBHOOK_FORMAT=wecom
    check "企业微信 gets at most 2048 bytes of text, whole characters" [ "$(cat "$place/content-bytes")" -le 2048 ]
    night 1 "$words" "WEBHOOK_URL=$hook?refuse=1" WEBHOOK_FORMAT=wecom
    check "a robot that refuses with 200 is logged, the exit code stays" eval "[ $? = 1 ] && grep -q '群机器人拒绝' '$log'"
    night 1 "$words" "WEBHOOK_URL=http://127.0.0.1:1/hook"
    check "a dead webhook changes no exit code and is logged" eval "[ $? = 1 ] && grep -q 'webhook 没有送达' '$log'"
    night 1 "$words" "WEBHOOK_FORMAT=pigeon"
    check "an unknown robot is refused" [ $? = 2 ]
else
    skip "webhook: python3 or curl is missing"
fi

# A real mail program, where there is one: the mail arrives, and what it leaves running holds no lock.
if [ "$(id -u)" = 0 ] && [ -x /usr/sbin/exim4 ]; then
    had_spool=$([ -e /var/mail/mail ] && echo yes)
    from=zhucun-test-$$@localhost
    mv "$place/bin/sendmail" "$place/bin/no-sendmail"
    night 1 "$words" MAIL_TO=root@localhost "MAIL_FROM=$from"
    night 1 "$words" MAIL_TO=root@localhost "MAIL_FROM=$from"
    check "right after exim4 took a mail the next run is not locked out" [ $? = 1 ]
    mv "$place/bin/no-sendmail" "$place/bin/sendmail"
    for _ in $(seq 50); do [ "$(grep -c "^From: $from" /var/mail/mail 2>/dev/null)" = 2 ] || sleep 0.2; done
    check "exim4 delivers the mail" grep -q "^From: $from" /var/mail/mail
    sed -n "/^From: $from/,/^$/p" /var/mail/mail >"$place/delivered"
    check "its subject can be read" grep -q '有需要处理的问题' <(mail_subject "$place/delivered" | head -n 1)
    [ -n "$had_spool" ] || rm -f /var/mail/mail
else
    skip "a real mail program: not root, or exim4 is not installed"
fi

# The real program on the fixtures.
mkdir -p "$place/real"
cp -r "$root/fixtures/inbox" "$place/real/inbox"
sed -e "s|^inbox: .*|inbox: $place/real/inbox|" -e "s|^ledger: .*|ledger: $place/real/work/ledger/z.sqlite|" \
    -e "s|^output: .*|output: $place/real/work/output|" -e "s#^\(policy\|forms\|regions\): #&$root/pipelines/#" \
    "$root/pipelines/demo.yaml" >"$place/real.yaml"
printf 'exportFolder: %s/pipelines/exports\n' "$root" >>"$place/real.yaml"
printf 'LOG_DIR=%s\nZHUCUN=%s\nPIPELINE=%s\nMAIL_TO=somebody@example.org\n' "$place/real/log" "$programs/zhucun" \
    "$place/real.yaml" >"$place/real.conf"
rm -f "$place/mail"
PATH="$place/bin:$PATH" ZHUCUN_CONFIG=$place/real.conf "$wrapper"
check "the real program under the wrapper exits 1 on the fixtures" [ $? = 1 ]
check "its results are there" test -n "$(find "$place/real/work/output" -name 'payments-2018-11.csv')"
check "its log has no full ID number" not grep -rqE '[0-9]{17}[0-9Xx]' "$place/real/log"
check "its mail names townships and refused files" \
    eval "mail_text | grep -q '未报：.*达拉乡' && mail_text | grep -q '考勤汇总（有密码）.xlsx'"
check "its subject is one encoded word" is_one_encoded_word

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
    mkdir -p "$place/etc"
    "$root/scripts/settings-tree.sh" "$root/pipelines" "$place/etc"
    install_it() {
        "$root/cron/install.sh" --prefix "$prefix" --user root --pipeline "$place/etc/zhucun.yaml" \
            --inbox "$place/real/inbox" --work-dir "$place/cron-work" \
            --log-dir "$place/cron-log" --config "$place/etc/nightly.conf" --cron-file "$cron_file" --time 3:05
    }
    check "install" install_it
    check "inbox, ledger and output stand in the file that every command reads" \
        eval "grep -qx 'inbox: $place/real/inbox' '$place/etc/zhucun.yaml' && grep -qx 'output: $place/cron-work/output' '$place/etc/zhucun.yaml'"
    check "the crontab's comment has the time of its line" grep -q '^# .*every night at 03:05' "$cron_file"
    check "the crontab line has the time, the user and the wrapper" \
        grep -qx "5 3 \* \* \* root $prefix/bin/zhucun-nightly" "$cron_file"
    printf 'KEEP_DAYS=7\n' >>"$place/etc/nightly.conf"
    check "installing again" install_it
    check "and it keeps edited settings" grep -qx KEEP_DAYS=7 "$place/etc/nightly.conf"
    check "another inbox than the one in the settings is not forced on them" \
        eval "'$root/cron/set-place.sh' '$place/etc/zhucun.yaml' inbox /elsewhere; [ \$? = 3 ]"

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
    sed -e 's|^units=.*|units=$UNITS|' "$root/cron/install.sh" >"$place/install-units.sh"
    cp "$root"/cron/{set-place.sh,nightly.conf.example,zhucun-nightly.sh,zhucun-nightly.service,zhucun-nightly.timer} "$place/"
    UNITS=$place/units bash "$place/install-units.sh" --systemd --prefix "$prefix" --user root --time 4:15 \
        --pipeline "$place/etc/zhucun.yaml" --log-dir "$place/cron-log" --config "$place/etc/nightly.conf" \
        --cron-file "$cron_file" >/dev/null
    check "the timer's words have its time too" eval "grep -q '^OnCalendar=.* 04:15:00 Asia/Shanghai' '$place/units/zhucun-nightly.timer' && grep -q '^Description=.* 04:15' '$place/units/zhucun-nightly.timer'"
    if command -v systemd-analyze >/dev/null; then
        sed -i "s|^ExecStart=.*|ExecStart=$prefix/bin/zhucun|; s|^User=.*|User=root|" "$place/units/zhucun-nightly.service"
        check "systemd takes the units" systemd-analyze --man=no verify "$place/units/zhucun-nightly.service" \
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
