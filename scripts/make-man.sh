#!/usr/bin/env bash
# make-man.sh FOLDER-OF-PROGRAMS FOLDER: man pages in English and Chinese, made from what the commands say of themselves.
set -euo pipefail
programs=$(cd "$1" && pwd)
folder=$2
version=$("$programs/zhucun" --version)
examples=$(cd "$(dirname "$0")" && pwd)/man-examples.txt

# page NAME LANGUAGE FILE COMMAND…
page() {
    local name=$1 language=$2 file=$3
    shift 3
    install -d -m 755 "$(dirname "$file")"
    "$@" --help | awk -v name="$name" -v version="$version" -v language="$language" -v examples="$examples" '
        function roff(text) {
            gsub(/\\/, "\\e", text)
            gsub(/-/, "\\-", text)
            if (text ~ /^[.\x27]/) text = "\\\\&" text
            return text
        }
        function section(title) { print ".SH " title; place = title }
        BEGIN {
            if (language == "zh") {
                split("名称 概要 描述 参数 选项 子命令", word, " ")
            } else {
                split("NAME SYNOPSIS DESCRIPTION ARGUMENTS OPTIONS COMMANDS", word, " ")
            }
            printf ".TH %s 1 \"\" \"zhucun %s\" \"zhucun\"\n", toupper(name), version
            print ".nh"
        }
        # OVERVIEW: one line, then perhaps more of it.
        /^(OVERVIEW|概述)[:：]/ {
            sub(/^(OVERVIEW:|概述：) */, "")
            summary = $0
            printf ".SH %s\n%s \\- %s\n", word[1], roff(name), roff(summary)
            inOverview = 1
            next
        }
        /^(USAGE|用法)[:：]/ {
            sub(/^(USAGE:|用法：) */, "")
            inOverview = 0
            usage = usage roff($0) "\n"
            inUsage = 1
            next
        }
        /^(ARGUMENTS:|参数：)$/ { flush(); section(word[4]); next }
        /^(OPTIONS:|选项：)$/ { flush(); section(word[5]); next }
        /^(SUBCOMMANDS:|子命令：)$/ { flush(); section(word[6]); next }
        function flush() {
            if (isFlushed) return
            isFlushed = 1
            printf ".SH %s\n.nf\n%s.fi\n", word[2], usage
            if (about != "") printf ".SH %s\n.nf\n%s.fi\n", word[3], about
        }
        inOverview { if ($0 != "" || about != "") about = about roff($0) "\n"; next }
        inUsage && $0 != "" && !place { sub(/^ +/, ""); usage = usage roff($0) "\n"; next }
        # Two blanks and a name; what it means behind two more blanks or on the lines below.
        /^  [^ ]/ && place {
            label = $0
            sub(/^  /, "", label)
            text = ""
            at = match(label, /  +/)
            if (at) { text = substr(label, at + RLENGTH); label = substr(label, 1, at - 1) }
            printf ".TP\n.B %s\n", roff(label)
            if (text != "") print roff(text)
            next
        }
        /^ +[^ ]/ && place { sub(/^ +/, ""); print roff($0) }
        function entry(label, text) { printf ".TP\n.B %s\n%s\n", roff(label), roff(text) }
        function example(line,  part) {
            split(line, part, "|")
            if (part[1] == name) entry(part[2], language == "zh" ? part[3] : part[4])
        }
        # What no command says of itself: its examples, then what is the same for all of them.
        END {
            flush()
            print ".SH " (language == "zh" ? "示例" : "EXAMPLES")
            while ((getline line < examples) > 0) example(line)
            if (language == "zh") {
                print ".SH 退出码"
                entry("0", "完成，没有暂缓或不计的问题。")
                entry("1", "完成，有人暂缓发放，或有日期不计；报表都已写出。")
                entry("2", "没有完成；什么都没有改动，消息说明原因。")
                entry("64", "命令写法不对。")
                entry("75", "另一个运行正在进行。")
                print ".SH 文件"
                entry("/etc/zhucun/zhucun.yaml", "流程文件：收件目录、账本、结果在哪里。")
                entry("/etc/zhucun/nightly.conf", "每晚运行的通知和日志。")
                entry("/var/lib/zhucun", "收件目录、账本、结果。")
                print ".SH 另见"
            } else {
                print ".SH EXIT STATUS"
                entry("0", "Done; nothing is held or excluded.")
                entry("1", "Done; somebody is held or days are excluded. Every report is written.")
                entry("2", "Not done; nothing was changed, the message says why.")
                entry("64", "The command was written wrongly.")
                entry("75", "Another run is going on.")
                print ".SH FILES"
                entry("/etc/zhucun/zhucun.yaml", "The pipeline file: where inbox, ledger and output are.")
                entry("/etc/zhucun/nightly.conf", "Messages and logs of the nightly run.")
                entry("/var/lib/zhucun", "Inbox, ledger, output.")
                print ".SH SEE ALSO"
            }
            if (name != "zhucun") print ".BR zhucun (1),"
            print "/usr/share/doc/zhucun/"
        }
    ' >"$file"
    if ! grep -q '^\.SH' "$file"; then
        echo "make-man.sh: $* --help gave nothing a page could be made of" >&2
        exit 1
    fi
    gzip -9nf "$file"
}

both() {
    local name=$1
    shift
    page "$name" en "$folder/man1/$name.1" env -u LC_ALL -u LC_MESSAGES LANG=C.UTF-8 COLUMNS=100 "$@"
    page "$name" zh "$folder/zh_CN/man1/$name.1" env -u LC_ALL -u LC_MESSAGES LANG=zh_CN.UTF-8 COLUMNS=100 "$@"
}

both zhucun "$programs/zhucun"
LC_ALL=C.UTF-8 COLUMNS=100 "$programs/zhucun" --help | sed -n '/^SUBCOMMANDS:/,$s/^  \([a-z][a-z-]*\) .*/\1/p' \
    | while read -r command; do both "zhucun-$command" "$programs/zhucun" "$command"; done
for stage in ingest normalize compute report; do both "zhucun-$stage" "$programs/zhucun-$stage"; done
both zhucun-nightly "$(cd "$(dirname "$0")/.." && pwd)/cron/zhucun-nightly.sh"
