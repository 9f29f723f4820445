#!/usr/bin/env bash
# The nightly run of zhucun, for cron or a systemd timer: one run at a time, a dated log, old logs removed, and a
# message to a person when the run ends with anything but 0. The exit code is zhucun's.
#
# Settings: /etc/zhucun/nightly.conf (another file: ZHUCUN_CONFIG), lines KEY=value; see nightly.conf.example.
# A variable ZHUCUN_<KEY> in the environment wins over the file.
set -uo pipefail
umask 027
# Every date of the product is a date in Qinghai, whatever the zone of the machine.
export TZ=Asia/Shanghai LC_ALL=C.UTF-8
export PATH="${PATH:-/usr/bin:/bin}:/usr/local/bin:/usr/sbin:/sbin"

keys=(ZHUCUN WORK_DIR INBOX LEDGER OUTPUT POLICY PIPELINE EXTRA_FLAGS LANGUAGE LOG_DIR KEEP_DAYS MIN_FREE_MB
    MAIL_TO MAIL_FROM WEBHOOK_URL WEBHOOK_FORMAT NOTIFY STUCK_HOURS)
declare -A setting=(
    [ZHUCUN]=zhucun [WORK_DIR]=/var/lib/zhucun [INBOX]=/srv/zhucun/inbox [LANGUAGE]=zh [LOG_DIR]=/var/log/zhucun
    [KEEP_DAYS]=90 [MIN_FREE_MB]=50 [WEBHOOK_FORMAT]=json [NOTIFY]=always [STUCK_HOURS]=30)

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

send_mail() {
    local subject=$1 text=$2
    local head="=?UTF-8?B?$(printf '%s' "$subject" | base64 -w 0)?="
    if command -v sendmail >/dev/null; then
        {
            [ -z "${setting[MAIL_FROM]:-}" ] || printf 'From: %s\n' "${setting[MAIL_FROM]}"
            printf 'To: %s\nSubject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n' \
                "${setting[MAIL_TO]}" "$head"
            printf 'Content-Transfer-Encoding: base64\n\n'
            printf '%s\n' "$text" | base64
        } | sendmail -t
    elif command -v mail >/dev/null; then
        printf '%s\n' "$text" | mail -s "$subject" "${setting[MAIL_TO]}"
    else
        note "邮件没有发出：没有 sendmail 或 mail 程序 / no sendmail or mail program, nothing sent"
        return 1
    fi
}

# The address can be a secret: it goes to curl by its configuration, not its command line.
send_webhook() {
    local subject=$1 text=$2 code=$3 body
    if [ "${setting[WEBHOOK_FORMAT]}" = text ]; then
        # 企业微信、钉钉的群机器人
        body="{\"msgtype\":\"text\",\"text\":{\"content\":$(json "$subject"$'\n\n'"$text")}}"
    else
        body="{\"program\":\"zhucun\",\"exit\":$code,\"time\":$(json "$(date -Iseconds)"),\"host\":$(json "$(uname -n)"),"
        body+="\"title\":$(json "$subject"),\"text\":$(json "$text")}"
    fi
    printf '%s' "$body" | curl -fsS --max-time 20 --retry 2 -o /dev/null -H 'Content-Type: application/json' \
        --data-binary @- -K <(printf 'url = "%s"\n' "${setting[WEBHOOK_URL]}")
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

# What a person reads: which county's month, how many are held, where to look, what to do.
explain() {
    local code=$1 lines=$2 held last
    held=$(grep -E '暂缓 [1-9][0-9]* 行|[^0-9][1-9][0-9]* rows held' <<<"$lines")
    last=$(grep -E '^zhucun[a-z-]*: ' <<<"$lines" | tail -n 1)
    case $code in
        1)
            subject="[驻村] 有需要处理的问题：$(head -n 1 <<<"${held:-报表已写出}")"
            printf '今晚的运行已完成，报表都已写出。以下县区月份有暂缓发放的人员，或有不计的日期：\n\n%s\n\n' \
                "${held:-（没有暂缓发放的行；有日期不计或文件未能读取）}"
            printf '怎么办：\n'
            printf '  1. 打开 %s/index.html，看哪些乡镇有问题、缺报；\n' "$output"
            printf '  2. 把 %s/<月份>/<县区>/townships/ 里的反馈表发给相应乡镇，在标色单元格里改好后报回；\n' "$output"
            printf '  3. 改好的表放进 %s，下一次运行会自动采用。\n' "${setting[INBOX]}"
            printf '不属于任何县区月份的文件问题见 %s/findings.csv。\n' "$output"
            ;;
        75)
            subject="[驻村] 已有 ${setting[STUCK_HOURS]} 小时没有完成过一次运行"
            printf '另一个运行一直占着锁。请登录 %s，用 ps 查看 zhucun 进程是否卡住，结束它后再运行一次 zhucun-nightly。\n' \
                "$(uname -n)"
            ;;
        *)
            subject="[驻村] 今晚的运行没有完成（退出码 $code）：${last#*: }"
            printf '今晚的运行没有完成，没有写出半截文件，已发放的数据不受影响。原因：\n\n%s\n\n' "${last:-见下面的日志}"
            printf '怎么办：按上面的提示处理（路径、权限、磁盘空间），再运行一次 zhucun-nightly；重复运行不会重复发放。\n'
            ;;
    esac
    printf '\n主机 %s，日志 %s，最后几行：\n\n%s\n' "$(uname -n)" "$log" "$(tail -n 15 <<<"$lines")"
}

finish() {
    local code=$1 lines=$2 subject text
    note "结束 / end, exit $code"
    if [ "$code" != 75 ]; then date +%s >"${setting[LOG_DIR]}/last-finished" 2>/dev/null; fi
    if [ "$code" = 0 ]; then
        rm -f "${setting[LOG_DIR]}/last-notice"
        exit 0
    fi
    # Written to a variable of this shell, so that `explain` can set the subject.
    subject=
    explain "$code" "$lines" >/dev/null
    text=$(explain "$code" "$lines" | mask)
    subject=$(mask <<<"$subject" | cut -c 1-120)
    if [ "${setting[NOTIFY]}" = changed ] && [ "$code" = 1 ]; then
        local told
        told=$(sha256sum <<<"$lines" | cut -d ' ' -f 1)
        if [ "$told" = "$(cat "${setting[LOG_DIR]}/last-notice" 2>/dev/null)" ]; then
            note "与上次相同，不再通知 / same as last time, nobody told"
            exit "$code"
        fi
        printf '%s\n' "$told" 2>/dev/null >"${setting[LOG_DIR]}/last-notice"
    fi
    notify "$subject" "$text" "$code"
    exit "$code"
}

read_settings || exit 2
output=${setting[OUTPUT]:-${setting[WORK_DIR]}/output}
ledger=${setting[LEDGER]:-${setting[WORK_DIR]}/ledger/zhucun.sqlite}
log=${setting[LOG_DIR]}/zhucun-$(date +%F).log

if ! mkdir -p "${setting[LOG_DIR]}" 2>/dev/null || ! { : >>"$log"; } 2>/dev/null; then
    message="zhucun: 无法写日志 / cannot write the log $log: $(df -Ph "${setting[LOG_DIR]}" 2>/dev/null | tail -n 1)"
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
note "开始 / start: ${setting[ZHUCUN]} run, inbox ${setting[INBOX]}"

if ! command -v "${setting[ZHUCUN]}" >/dev/null; then
    message="zhucun: 找不到程序 ${setting[ZHUCUN]}。请先 make install，或在设置里写明 ZHUCUN=路径。 / program not found"
    note "$message"
    finish 2 "$message"
fi
if ! mkdir -p "${setting[WORK_DIR]}" 2>/dev/null || ! cd "${setting[WORK_DIR]}" 2>/dev/null; then
    message="zhucun: 无法进入工作目录 / cannot enter WORK_DIR ${setting[WORK_DIR]}"
    note "$message"
    finish 2 "$message"
fi
for folder in "$(dirname "$ledger")" "$output"; do
    while [ ! -d "$folder" ] && [ "$folder" != / ] && [ "$folder" != . ]; do folder=$(dirname "$folder"); done
    free=$(free_mb "$folder")
    if [ -n "$free" ] && [ "$free" -lt "${setting[MIN_FREE_MB]}" ]; then
        message="zhucun: 磁盘空间不足：$folder 只剩 $free MB，至少要 ${setting[MIN_FREE_MB]} MB。请清理后再运行。 / disk nearly full"
        note "$message"
        finish 2 "$message"
    fi
done

flags=(--inbox "${setting[INBOX]}" --ledger "$ledger" --output "$output" --language "${setting[LANGUAGE]}")
if [ -n "${setting[POLICY]:-}" ]; then flags+=(--policy "${setting[POLICY]}"); fi
# Words of EXTRA_FLAGS are flags of their own.
# shellcheck disable=SC2206
flags+=(${setting[EXTRA_FLAGS]:-})

# tee goes on when the disk is full: the run ends with its own code, and the message still has its lines. Nobody may
# inherit the lock, or an orphan would hold it.
lines=$(
    { "${setting[ZHUCUN]}" run ${setting[PIPELINE]:+"${setting[PIPELINE]}"} "${flags[@]}" 2>&1 9>&-
        printf 'exit:%s' "$?"; } | mask 9>&- | tee -a "$log" 2>/dev/null 9>&-
)
code=${lines##*exit:}
if ! [[ $code =~ ^[0-9]{1,3}$ ]]; then code=2; fi
printf '\n' 2>/dev/null >>"$log"
lines=${lines%exit:*}
if [ "$code" = 75 ]; then
    note "另一个运行正在进行，这次跳过 / another run is going on, skipped"
    exit 75
fi
finish "$code" "${lines%$'\n'}"
