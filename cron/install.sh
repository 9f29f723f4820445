#!/usr/bin/env bash
# Makes zhucun run every night. Repeating it is safe: settings that are there are never overwritten.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

usage() {
    cat <<'TEXT'
install.sh [options]   每晚自动运行 zhucun / make zhucun run every night (as root)

  --systemd            a systemd timer instead of cron
  --time HH:MM         when (02:30)
  --user NAME          as whom; a system user is made if there is none (zhucun)
  --prefix DIR         where `make install` put the program (/usr/local)
  --pipeline FILE      the settings that every command reads (/etc/zhucun/zhucun.yaml)
  --inbox DIR          where the townships' workbooks arrive: written into the settings (/var/lib/zhucun/inbox)
  --work-dir DIR       the folder of ledger/ and output/: the same (/var/lib/zhucun)
  --log-dir DIR        dated logs (/var/log/zhucun)
  --mail-to ADDRESS    tell this address when a run ends with anything but 0
  --webhook-url URL    tell this address too
  --webhook-format F   wecom, dingtalk, feishu or json
  --config FILE        settings of the night (/etc/zhucun/nightly.conf)
  --cron-file FILE     the crontab (/etc/cron.d/zhucun)
TEXT
}

scheduler=cron
time=02:30
user=zhucun
prefix=/usr/local
pipeline=/etc/zhucun/zhucun.yaml
inbox=
work_dir=
log_dir=/var/log/zhucun
mail_to=
webhook_url=
webhook_format=
config=/etc/zhucun/nightly.conf
cron_file=/etc/cron.d/zhucun
units=/etc/systemd/system

while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --systemd) scheduler=systemd; shift; continue ;;
        --cron) scheduler=cron; shift; continue ;;
        --time | --user | --prefix | --pipeline | --inbox | --work-dir | --log-dir | --mail-to | --webhook-url \
            | --webhook-format | --config | --cron-file)
            if [ $# -lt 2 ]; then echo "install.sh: $1 needs a value" >&2; exit 64; fi
            name=${1#--}
            printf -v "${name//-/_}" '%s' "$2"
            shift 2
            ;;
        *) echo "install.sh: unknown option $1" >&2; usage >&2; exit 64 ;;
    esac
done
if ! [[ $time =~ ^([01]?[0-9]|2[0-3]):([0-5][0-9])$ ]]; then echo "install.sh: --time HH:MM" >&2; exit 64; fi
hour=$((10#${BASH_REMATCH[1]})) minute=$((10#${BASH_REMATCH[2]}))
time=$(printf '%02d:%02d' "$hour" "$minute")
for path in "$prefix" "$pipeline" "${inbox:-/}" "${work_dir:-/}" "$log_dir" "$config" "$cron_file"; do
    case $path in /*) ;; *) echo "install.sh: $path: give the whole path, from / on" >&2; exit 64 ;; esac
done
if [ "$(id -u)" != 0 ]; then echo "install.sh: run this as root (sudo)" >&2; exit 2; fi
if [ ! -x "$prefix/bin/zhucun" ]; then
    echo "install.sh: no program at $prefix/bin/zhucun; run 'make install PREFIX=$prefix' first" >&2
    exit 2
fi
if [ ! -f "$pipeline" ]; then
    echo "install.sh: no settings at $pipeline; run 'make install' first, or name them with --pipeline" >&2
    exit 2
fi

# What the flags say goes into the file that every command reads, unless somebody wrote something else there.
set_place() { "$here/set-place.sh" "$pipeline" "$1" "$2" || [ $? = 3 ]; }
if [ -n "$inbox" ]; then set_place inbox "$inbox"; fi
if [ -n "$work_dir" ]; then
    set_place ledger "$work_dir/ledger/zhucun.sqlite"
    set_place output "$work_dir/output"
fi
where() { sed -n "s/^$1: //p" <<<"$places" | head -n 1; }
places=$(cd / && "$prefix/bin/zhucun" settings --pipeline "$pipeline")
inbox=$(where inbox)
state=$(dirname "$(dirname "$(where ledger)")")
for path in "$inbox" "$state" "$(where output)"; do
    # Relative paths would mean another folder at night.
    case $path in /*/*) ;; *) echo "install.sh: $path in $pipeline: give the whole path there, from / on" >&2; exit 2 ;; esac
done

if ! id "$user" >/dev/null 2>&1; then
    useradd --system --user-group --home-dir "$state" --shell /usr/sbin/nologin "$user"
    echo "made the system user $user"
fi
group=$(id -gn "$user")
install -d -o "$user" -g "$group" -m 750 "$log_dir"
# Passed through by whoever may write into the inbox below it; ledger and output are closed to them.
if [ ! -d "$state" ]; then install -d -o "$user" -g "$group" -m 751 "$state"; fi
install -d -o "$user" -g "$group" -m 700 "$(dirname "$(where ledger)")"
install -d -o "$user" -g "$group" -m 750 "$(where output)"
# Others write into the inbox: an existing one keeps its owner and mode.
if [ ! -d "$inbox" ]; then install -d -o "$user" -g "$group" -m 2770 "$inbox"; fi
install -m 755 "$here/zhucun-nightly.sh" "$prefix/bin/zhucun-nightly"

install -d "$(dirname "$config")"
if [ -e "$config" ]; then
    echo "kept $config as it is"
else
    # Line by line, because a path may hold what sed would take for its own.
    while IFS= read -r line; do
        case $line in
            LOG_DIR=*) line=LOG_DIR=$log_dir ;;
            '#PIPELINE='*) if [ "$pipeline" != /etc/zhucun/zhucun.yaml ]; then line=PIPELINE=$pipeline; fi ;;
            '#MAIL_TO='*) if [ -n "$mail_to" ]; then line=MAIL_TO=$mail_to; fi ;;
            '#WEBHOOK_URL='*) if [ -n "$webhook_url" ]; then line=WEBHOOK_URL=$webhook_url; fi ;;
            '#WEBHOOK_FORMAT='*) if [ -n "$webhook_format" ]; then line=WEBHOOK_FORMAT=$webhook_format; fi ;;
        esac
        printf '%s\n' "$line"
    done <"$here/nightly.conf.example" >"$config.new"
    printf '# 程序 / the program\nZHUCUN=%s\n' "$prefix/bin/zhucun" >>"$config.new"
    # It can hold the webhook's secret address.
    chown "root:$group" "$config.new"
    chmod 640 "$config.new"
    mv "$config.new" "$config"
    echo "wrote $config"
fi

# The wrapper looks for its settings at the usual place; another one is named in the line itself.
setting=
if [ "$config" != /etc/zhucun/nightly.conf ]; then setting=$config; fi

has_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }

if [ "$scheduler" = cron ]; then
    command -v cron >/dev/null || echo "install.sh: warning: cron is not installed (apt-get install cron)" >&2
    {
        sed -e '/^30 2 /d' -e "1s|at 02:30|at $time|" -e "1s|/etc/cron.d/zhucun|$cron_file|" "$here/zhucun.crontab"
        if [ -n "$setting" ]; then printf 'ZHUCUN_CONFIG=%s\n' "$setting"; fi
        printf '%d %d * * * %s %s/bin/zhucun-nightly\n' "$minute" "$hour" "$user" "$prefix"
    } >"$cron_file.new"
    chmod 644 "$cron_file.new"
    mv "$cron_file.new" "$cron_file"
    # Never both.
    if [ -e "$units/zhucun-nightly.timer" ]; then
        if has_systemd; then systemctl disable --now zhucun-nightly.timer; fi
        rm -f "$units/zhucun-nightly.timer" "$units/zhucun-nightly.service"
    fi
    echo "wrote $cron_file: every night at $time (the machine's own zone)"
else
    install -d "$units"
    sed -e "s|^User=.*|User=$user|" -e "s|/usr/local|$prefix|g" \
        ${setting:+-e "/^ExecStart=/i Environment=ZHUCUN_CONFIG=$setting"} \
        "$here/zhucun-nightly.service" >"$units/zhucun-nightly.service"
    sed -e "s|02:30:00|$time:00|" -e "s|at 02:30|at $time|" \
        "$here/zhucun-nightly.timer" >"$units/zhucun-nightly.timer"
    chmod 644 "$units"/zhucun-nightly.{service,timer}
    rm -f "$cron_file"
    if has_systemd; then
        systemctl daemon-reload
        systemctl enable --now zhucun-nightly.timer
    else
        echo "systemd is not running here; later: systemctl enable --now zhucun-nightly.timer"
    fi
    echo "wrote $units/zhucun-nightly.timer: every night at $time (Asia/Shanghai)"
fi
echo "inbox $inbox; try it now: ${setting:+ZHUCUN_CONFIG=$setting }runuser -u $user -- $prefix/bin/zhucun-nightly; log in $log_dir"
