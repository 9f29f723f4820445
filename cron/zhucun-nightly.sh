#!/usr/bin/env bash
# The nightly run of zhucun, for cron or a systemd timer: one run at a time, a dated log, old logs removed, and a
# message to a person when the run ends with anything but 0. The exit code is zhucun's.
#
# Where inbox, ledger and output are is said once, in the pipeline file that every command reads
# (/etc/zhucun/zhucun.yaml). Settings of the night itself: /etc/zhucun/nightly.conf (another file: ZHUCUN_CONFIG), lines
# KEY=value; see nightly.conf.example. A variable ZHUCUN_<KEY> in the environment wins over the file.
set -uo pipefail
umask 027
keys=(ZHUCUN WORK_DIR INBOX LEDGER OUTPUT POLICY PIPELINE EXTRA_FLAGS LANGUAGE LOG_DIR KEEP_DAYS MIN_FREE_MB
    MAIL_TO MAIL_FROM WEBHOOK_URL WEBHOOK_FORMAT WEBHOOK_SECRET NOTIFY STUCK_HOURS)
declare -A setting=(
    [ZHUCUN]=zhucun [LANGUAGE]=zh [LOG_DIR]=/var/log/zhucun
    [KEEP_DAYS]=90 [MIN_FREE_MB]=50 [WEBHOOK_FORMAT]=json [NOTIFY]=always [STUCK_HOURS]=30)

usage() {
    case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
        zh*)
            cat <<'TEXT'
概述：每晚运行一次 zhucun：同一时间只有一个运行，每天一个日志，旧日志自动清理，有问题时发邮件或群消息

由 cron 或 systemd 定时器启动，也可以手工运行；退出码就是 zhucun run 的退出码。收件目录、账本、结果的位置写在
/etc/zhucun/zhucun.yaml；通知、日志保留天数等写在 /etc/zhucun/nightly.conf。

用法：zhucun-nightly

选项：
  -h, --help              显示这段说明。

TEXT
            ;;
        *)
            cat <<'TEXT'
OVERVIEW: one nightly run of zhucun: one at a time, a dated log, old logs removed, a message where something stands

Started by cron or a systemd timer, or by hand; its exit code is that of zhucun run. Where inbox, ledger and output are
stands in /etc/zhucun/zhucun.yaml; whom to tell and how long to keep logs in /etc/zhucun/nightly.conf.

USAGE: zhucun-nightly

OPTIONS:
  -h, --help              Show this text.

TEXT
            ;;
    esac
}
case ${1:-} in
    '') ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
esac
# Every date of the product is a date in Qinghai, whatever the zone of the machine.
export TZ=Asia/Shanghai LC_ALL=C.UTF-8
export PATH="${PATH:-/usr/bin:/bin}:/usr/local/bin:/usr/sbin:/sbin"

complain() { printf 'zhucun-nightly: %s\n' "$*" >&2; }

# Only known keys are taken, and nothing in the file is executed.
read_settings() {
    local file=${ZHUCUN_CONFIG:-/etc/zhucun/nightly.conf} line key value number=0
    if [ -r "$file" ]; then
        while IFS= read -r line || [ -n "$line" ]; do
            number=$((number + 1))
            line=${line%$'\r'}
            case $line in '' | [[:space:]]*'#'* | '#'*) continue ;; esac
            key=${line%%=*}
            value=${line#*=}
            if [ "$key" = "$line" ] || [[ " ${keys[*]} " != *" $key "* ]]; then
                complain "$file:$number: 不认识的设置 / unknown setting: $key"
                return 1
            fi
            if [[ $value == \"*\" && ${#value} -ge 2 ]]; then value=${value:1:${#value}-2}; fi
            setting[$key]=$value
        done <"$file"
    elif [ -n "${ZHUCUN_CONFIG:-}" ] || [ -e "$file" ]; then
        complain "$file: 无法读取 / cannot be read"
        return 1
    fi
    for key in "${keys[@]}"; do
        local variable=ZHUCUN_$key
        if [ -n "${!variable+set}" ]; then setting[$key]=${!variable}; fi
    done
    for key in KEEP_DAYS MIN_FREE_MB STUCK_HOURS; do
        if ! [[ ${setting[$key]} =~ ^[0-9]{1,5}$ ]]; then
            complain "$key: 应为整数 / a whole number expected: ${setting[$key]}"
            return 1
        fi
    done
    case ${setting[NOTIFY]} in
        always | changed | daily) ;;
        *) complain "NOTIFY: always, changed, daily: ${setting[NOTIFY]}"; return 1 ;;
    esac
    case ${setting[WEBHOOK_FORMAT]} in
        json | text | wecom | dingtalk | feishu) ;;
        *) complain "WEBHOOK_FORMAT: json, wecom, dingtalk, feishu: ${setting[WEBHOOK_FORMAT]}"; return 1 ;;
    esac
}

# The program masks what it writes; this is the second bolt. ID numbers keep six and four characters, other long
# numbers (accounts) their last four.
mask() {
    sed -u -E \
        -e 's/(^|[^0-9])([0-9]{6})[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?([0-9]{3}[0-9Xx])([^0-9]|$)/\1\2********\3\4/g' \
        -e 's/[0-9]{8,}([0-9]{4})/********\1/g'
}

now() { date '+%Y-%m-%d %H:%M:%S'; }
log=
note() {
    if [ -z "$log" ] || ! printf '%s %s\n' "$(now)" "$*" 2>/dev/null >>"$log"; then complain "$*"; fi
}

# Logs whose date is older than KEEP_DAYS days; other files are nobody's business here.
remove_old_logs() {
    local oldest file day
    oldest=$(date -d "-${setting[KEEP_DAYS]} days" +%F)
    for file in "${setting[LOG_DIR]}"/zhucun-????-??-??.log; do
        day=${file##*/zhucun-}
        day=${day%.log}
        if [ -f "$file" ] && [[ $day < $oldest ]]; then rm -f -- "$file"; fi
    done
}

free_mb() { df -Pm -- "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; }

json() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\t'/\\t}
    text=${text//[$'\x01'-$'\x1f']/ }
    printf '"%s"' "$text"
}

# At most so many bytes of a text, whole characters, an ellipsis where something was cut.
cut_bytes() {
    local text=$1 most=$2
    if [ "$(printf '%s' "$text" | wc -c)" -le "$most" ]; then printf '%s' "$text"; return; fi
    most=$((most - 3))
    printf '%s…' "$(printf '%s' "$text" | head -c "$most" | iconv -c -f UTF-8 -t UTF-8)"
}

# RFC 2047: an encoded word has at most 75 characters; 45 bytes of text are 60 of base64.
encoded_word() { printf '=?UTF-8?B?%s?=' "$(cut_bytes "$1" 45 | base64 -w 0)"; }

send_mail() {
    local subject=$1 text=$2
    if command -v sendmail >/dev/null; then
        {
            [ -z "${setting[MAIL_FROM]:-}" ] || printf 'From: %s\n' "${setting[MAIL_FROM]}"
            printf 'To: %s\nSubject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n' \
                "${setting[MAIL_TO]}" "$(encoded_word "$subject")"
            printf 'Content-Transfer-Encoding: base64\n\n'
            printf '%s\n' "$text" | base64
        } | sendmail -t
    elif command -v mail >/dev/null; then
        printf '%s\n' "$text" | mail -s "$(encoded_word "$subject")" "${setting[MAIL_TO]}"
    else
        note "邮件没有发出：没有 sendmail 或 mail 程序 / no sendmail or mail program, nothing sent"
        return 1
    fi
}

# Bytes from and to hexadecimal, without a process that would show them in its arguments.
unhex() { local hex=$1; while [ -n "$hex" ]; do printf "\\x${hex:0:2}"; hex=${hex:2}; done; }
hex() {
    local LC_ALL=C text=$1 i
    for ((i = 0; i < ${#text}; i++)); do printf '%02x' "$(($(printf '%d' "'${text:i:1}") & 255))"; done
}

# HMAC-SHA-256 in base64 of a message under a key (RFC 2104).
hmac_base64() {
    local key inner outer i
    key=$(hex "$1")
    if [ ${#key} -gt 128 ]; then key=$(unhex "$key" | sha256sum | cut -d ' ' -f 1); fi
    while [ ${#key} -lt 128 ]; do key+=00; done
    for ((i = 0; i < 128; i += 2)); do
        inner+=$(printf '%02x' $((16#${key:i:2} ^ 0x36)))
        outer+=$(printf '%02x' $((16#${key:i:2} ^ 0x5c)))
    done
    inner=$({ unhex "$inner"; printf '%s' "$2"; } | sha256sum | cut -d ' ' -f 1)
    inner=$({ unhex "$outer"; unhex "$inner"; } | sha256sum | cut -d ' ' -f 1)
    unhex "$inner" | base64 -w 0
}

# A robot's limit in bytes of text.
robot_text() { json "$(cut_bytes "$1"$'\n\n'"$2" "$3")"; }

# The address can be a secret: it goes to curl by its configuration, not its command line.
send_webhook() {
    local subject=$1 text=$2 code=$3 url=${setting[WEBHOOK_URL]} secret=${setting[WEBHOOK_SECRET]:-} body sign stamp answer
    case ${setting[WEBHOOK_FORMAT]} in
        json)
            body="{\"program\":\"zhucun\",\"exit\":$code,\"time\":$(json "$(date -Iseconds)"),"
            body+="\"host\":$(json "$(uname -n)"),\"title\":$(json "$subject"),\"text\":$(json "$text")}"
            ;;
        wecom | text) body="{\"msgtype\":\"text\",\"text\":{\"content\":$(robot_text "$subject" "$text" 2048)}}" ;;
        dingtalk)
            body="{\"msgtype\":\"text\",\"text\":{\"content\":$(robot_text "$subject" "$text" 16000)}}"
            if [ -n "$secret" ]; then
                stamp=$(date +%s%3N)
                sign=$(hmac_base64 "$secret" "$stamp"$'\n'"$secret")
                sign=${sign//+/%2B}
                sign=${sign//\//%2F}
                url+="&timestamp=$stamp&sign=${sign//=/%3D}"
            fi
            ;;
        feishu)
            body="\"msg_type\":\"text\",\"content\":{\"text\":$(robot_text "$subject" "$text" 16000)}}"
            if [ -n "$secret" ]; then
                stamp=$(date +%s)
                body="\"timestamp\":\"$stamp\",\"sign\":\"$(hmac_base64 "$stamp"$'\n'"$secret" '')\",$body"
            fi
            body="{$body"
            ;;
    esac
    answer=$(printf '%s' "$body" | curl -fsS --max-time 20 --retry 2 -H 'Content-Type: application/json' \
        --data-binary @- -K <(printf 'url = "%s"\n' "$url")) || return 1
    # Robots refuse with 200 and a code in the answer.
    if [ "${setting[WEBHOOK_FORMAT]}" != json ] && ! grep -qE '"(errcode|code|StatusCode)" *: *0[,} ]' <<<"$answer"; then
        note "群机器人拒绝了消息 / the robot refused: $(head -c 300 <<<"$answer" | mask)"
        return 1
    fi
}

notify() {
    local subject=$1 text=$2 code=$3
    if [ -n "${setting[MAIL_TO]:-}" ]; then
        send_mail "$subject" "$text" 2>/dev/null || note "邮件没有发出 / mail was not sent (${setting[MAIL_TO]})"
    fi
    if [ -n "${setting[WEBHOOK_URL]:-}" ]; then
        send_webhook "$subject" "$text" "$code" 2>/dev/null || note "webhook 没有送达 / webhook was not delivered"
    fi
}

# Whether a notice leaves nobody anything to do and tells of no change.
is_quiet() { [ -z "$1" ] || [ "${1%%$'\n'*}" = 没有问题 ]; }

# What stands: a notice without what changed since the night before.
standing() { sed '/^自上次报表以来：/,$d' <<<"$1"; }

# What a person reads. `notice` is the program's own account of the night: held, missing, refused, changed.
explain() {
    local code=$1 lines=$2 notice=$3 last
    last=$(grep -E '^zhucun[a-z-]*: ' <<<"$lines" | tail -n 1)
    case $code in
        0 | 1)
            local subject_line=${notice%%$'\n'*}
            if [ -n "$subject_line" ]; then
                subject="[驻村] $subject_line"
            elif [ "$code" = 1 ]; then
                subject="[驻村] 有需要处理的问题"
            else
                subject="[驻村] 没有问题"
            fi
            if [ "$code" = 0 ] && is_quiet "$notice"; then
                printf '今晚的运行已完成，没有需要处理的事项。\n\n'
            else
                printf '今晚的运行已完成，报表都已写出。\n\n'
            fi
            if [ -n "$notice" ]; then
                # Behind the subject and the blank line below it.
                printf '%s\n' "$(tail -n +3 <<<"$notice")"
            else
                printf '%s\n' "$(grep -E '暂缓 [1-9][0-9]* 行|[^0-9][1-9][0-9]* rows held' <<<"$lines")"
            fi
            if [ "$code" = 1 ] || ! is_quiet "$notice"; then
                printf '\n怎么办：\n  打开 %s/index.html，看全部内容。\n' "$output"
                # Only where townships have something to send or to mend.
                if [ -z "$notice" ] || grep -qE '^(  (未报|要改|请核对空白的日子)|应报未报)：' <<<"$notice"; then
                    printf '  把 %s/<月份>/<县区>/townships/ 里的通知和反馈表发给相应乡镇，在标色单元格里改好后报回；\n' "$output"
                    printf '  改好的表放进 %s，下一次运行会自动采用。\n' "$inbox"
                fi
                if [ -z "$notice" ] || grep -qE '^(没有读入|无权)' <<<"$notice"; then
                    printf '  不属于任何县区月份的文件问题见 %s/findings.csv。\n' "$output"
                fi
            fi
            ;;
        75)
            subject="[驻村] ${setting[STUCK_HOURS]} 小时没有完成过运行"
            printf '另一个运行一直占着锁，已有 %s 小时没有完成过一次运行。请登录 %s，用 ps 查看 zhucun 进程是否卡住，结束它后再运行一次 zhucun-nightly。\n' \
                "${setting[STUCK_HOURS]}" "$(uname -n)"
            ;;
        *)
            subject="[驻村] 未完成($code) ${last#*: }"
            printf '今晚的运行没有完成（退出码 %s），没有写出半截文件，已发放的数据不受影响。原因：\n\n%s\n\n' "$code" "${last:-见下面的日志}"
            printf '怎么办：按上面的提示处理（路径、权限、磁盘空间），再运行一次 zhucun-nightly；重复运行不会重复发放。\n'
            ;;
    esac
    printf '\n主机 %s，日志 %s，最后几行：\n\n%s\n' "$(uname -n)" "$log" "$(tail -n 15 <<<"$lines")"
}

finish() {
    local code=$1 lines=$2 notice=${3:-} subject text
    note "结束 / end, exit $code"
    if [ "$code" != 75 ]; then date +%s >"${setting[LOG_DIR]}/last-finished" 2>/dev/null; fi
    # The run is over. A mail program may leave a child behind, and that must not hold the lock.
    exec 9>&-
    # A night's code tells of held rows alone; what did not come, came back or changed stands in the notice.
    if [ "$code" = 0 ] && [ "${setting[NOTIFY]}" != daily ] && is_quiet "$notice"; then
        rm -f "${setting[LOG_DIR]}/last-notice"
        exit 0
    fi
    # Written to a variable of this shell, so that `explain` can set the subject.
    subject=
    explain "$code" "$lines" "$notice" >/dev/null
    text=$(explain "$code" "$lines" "$notice" | mask)
    subject=$(mask <<<"$subject")
    if [ "${setting[NOTIFY]}" = changed ] && [ "$code" -le 1 ]; then
        local told what=$lines
        # Lines of a run can tell how long it took; the notice is the same where nothing is another.
        if [ -n "$notice" ]; then what=$(standing "$notice"); fi
        told=$(sha256sum <<<"$what" | cut -d ' ' -f 1)
        if [ "$what" = "$notice" ] || [ -z "$notice" ]; then
            if [ "$told" = "$(cat "${setting[LOG_DIR]}/last-notice" 2>/dev/null)" ]; then
                note "与上次相同，不再通知 / same as last time, nobody told"
                exit "$code"
            fi
        fi
        printf '%s\n' "$told" 2>/dev/null >"${setting[LOG_DIR]}/last-notice"
    fi
    notify "$subject" "$text" "$code"
    exit "$code"
}

read_settings || exit 2
log=${setting[LOG_DIR]}/zhucun-$(date +%F).log
# Where the settings of the night say so, its flags; else the pipeline file says it for every command.
if [ -n "${setting[PIPELINE]:-}" ]; then export ZHUCUN_PIPELINE=${setting[PIPELINE]}; fi
flags=(--language "${setting[LANGUAGE]}")
ledger=${setting[LEDGER]:-${setting[WORK_DIR]:+${setting[WORK_DIR]}/ledger/zhucun.sqlite}}
output=${setting[OUTPUT]:-${setting[WORK_DIR]:+${setting[WORK_DIR]}/output}}
inbox=${setting[INBOX]:-}
if [ -n "$ledger" ]; then flags+=(--ledger "$ledger"); fi
if [ -n "$output" ]; then flags+=(--output "$output"); fi
if [ -n "${setting[POLICY]:-}" ]; then flags+=(--policy "${setting[POLICY]}"); fi

# A run that could not be done, and why.
refuse() {
    note "$1"
    finish 2 "$1"
}

# Before anything is touched: a log and a ledger that root leaves behind shut the nightly user out.
owner=$(stat -c %U "${setting[LOG_DIR]}" 2>/dev/null)
if [ -n "$owner" ] && [ "$owner" != root ] && [ "$(id -u)" = 0 ]; then
    complain "日志目录 ${setting[LOG_DIR]} 属于用户 $owner，请用这个用户运行：sudo runuser -u $owner -- zhucun-nightly / run it as $owner"
    exit 2
fi
if ! reason=$({ mkdir -p "${setting[LOG_DIR]}" && : >>"$log"; } 2>&1); then
    message="zhucun: 无法写日志 / cannot write the log $log: ${reason##*: }"
    [ "$(stat -c %U "$log" 2>/dev/null)" != root ] || [ "$(id -u)" = 0 ] ||
        message="$message；文件属于 root，请执行 / it is root's, do: sudo chown $(id -un) $log"
    complain "$message"
    log=
    finish 2 "$message"
fi

exec 9>>"${setting[LOG_DIR]}/nightly.lock"
if ! flock -n 9; then
    note "另一个运行正在进行，这次跳过 / another run is going on, skipped"
    last=$(cat "${setting[LOG_DIR]}/last-finished" 2>/dev/null)
    # One night's overlap is nobody's business; a lock that never comes free is.
    if [[ $last =~ ^[0-9]+$ ]] && [ $(($(date +%s) - last)) -gt $((setting[STUCK_HOURS] * 3600)) ]; then finish 75 ""; fi
    exit 75
fi
remove_old_logs

if ! command -v "${setting[ZHUCUN]}" >/dev/null; then
    refuse "zhucun: 找不到程序 ${setting[ZHUCUN]}。请先 make install，或在设置里写明 ZHUCUN=路径。 / program not found"
fi
# Relative paths of a pipeline file start here.
if [ -n "${setting[WORK_DIR]:-}" ]; then
    if ! mkdir -p "${setting[WORK_DIR]}" 2>/dev/null || ! cd "${setting[WORK_DIR]}" 2>/dev/null; then
        refuse "zhucun: 无法进入工作目录 / cannot enter WORK_DIR ${setting[WORK_DIR]}"
    fi
else
    cd /var/lib/zhucun 2>/dev/null || cd /
fi
settings=$("${setting[ZHUCUN]}" settings "${flags[@]}" ${inbox:+--inbox "$inbox"} 2>>"$log" 9>&-)
where() { sed -n "s/^$1: //p" <<<"$settings" | head -n 1; }
inbox=${inbox:-$(where inbox)}
ledger=${ledger:-$(where ledger)}
output=${output:-$(where output)}
note "开始 / start: ${setting[ZHUCUN]} run, pipeline $(where pipeline), inbox $inbox"
for folder in "$(dirname "${ledger:-/}")" "${output:-/}"; do
    while [ ! -d "$folder" ] && [ "$folder" != / ] && [ "$folder" != . ]; do folder=$(dirname "$folder"); done
    free=$(free_mb "$folder")
    if [ -n "$free" ] && [ "$free" -lt "${setting[MIN_FREE_MB]}" ]; then
        refuse "zhucun: 磁盘空间不足：$folder 只剩 $free MB，至少要 ${setting[MIN_FREE_MB]} MB。请清理后再运行。 / disk nearly full"
    fi
done

# Words of EXTRA_FLAGS are flags of their own.
# shellcheck disable=SC2206
extra=(${setting[EXTRA_FLAGS]:-})

# tee goes on when the disk is full: the run ends with its own code, and the message still has its lines. Nobody may
# inherit the lock, or an orphan would hold it.
lines=$(
    { "${setting[ZHUCUN]}" run "${flags[@]}" ${setting[INBOX]:+--inbox "${setting[INBOX]}"} "${extra[@]}" 2>&1 9>&-
        printf 'zhucun run, exit:%s' "$?"; } | mask 9>&- | tee -a "$log" 2>/dev/null 9>&-
)
code=${lines##*exit:}
if ! [[ $code =~ ^[0-9]{1,3}$ ]]; then code=2; fi
printf '\n' 2>/dev/null >>"$log"
lines=${lines%zhucun run, exit:*}
if [ "$code" = 75 ]; then
    note "另一个运行正在进行，这次跳过 / another run is going on, skipped"
    exit 75
fi
# Whether everything that must last is what it was: a disk that fails is told of while there is a backup.
if [ "$code" -le 1 ]; then
    kept=$(
        { "${setting[ZHUCUN]}" verify --all --quiet "${flags[@]}" 2>&1 9>&-
            printf 'zhucun verify --all, exit:%s' "$?"; } | mask 9>&- | tee -a "$log" 2>/dev/null 9>&-
    )
    printf '\n' 2>/dev/null >>"$log"
    if [ "${kept##*exit:}" = 2 ]; then
        code=2
        lines=${kept%zhucun verify --all, exit:*}$lines
    fi
fi
notice=
if [ "$code" -le 1 ]; then notice=$("${setting[ZHUCUN]}" notice "${flags[@]}" 2>>"$log" 9>&- | mask 9>&-); fi
finish "$code" "${lines%$'\n'}" "$notice"
