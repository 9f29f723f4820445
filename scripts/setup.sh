#!/usr/bin/env bash
# Installs the Debian packages that are missing: `setup.sh build` what the program needs, `setup.sh test` also what
# the tests look at its results with, `setup.sh package` what builds and tries the Debian package. Asks nothing; does
# nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

purpose=${1:-build}
needed=(build-essential pkg-config libxlsxwriter-dev libdeflate-dev libcsv-dev libzip-dev libxml2-dev libsqlite3-dev libssl-dev)
# Independent eyes: tests that use them are skipped where they are missing.
eyes=(libreoffice-calc-nogui fonts-noto-cjk poppler-utils chromium cron exim4-daemon-light python3-venv)
packaging=(dpkg-dev debhelper)
trying=(lintian debootstrap)

say() { printf 'setup: %s\n' "$*" >&2; }

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null)" = "ii " ]; }

missing() {
    local package
    for package in "$@"; do is_installed "$package" || printf '%s\n' "$package"; done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -n "$@" || sudo "$@"
    else
        say "run this as root, it needs to install packages: $*"
        return 1
    fi
}

# What dpkg tells of each package is worth reading where it fails, and only there.
apt() {
    local told code=0
    told=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 -qq "$@" 2>&1) || code=$?
    [ "$code" = 0 ] || printf '%s\n' "$told" >&2
    return "$code"
}

check_swift() {
    local version
    if ! version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1) \
        || [ -z "$version" ]; then
        say "Swift is not in PATH. Install Swift 6.2 or newer for Debian 12 from https://www.swift.org/install/linux/"
        exit 2
    fi
    local major=${version% *} minor=${version#* }
    if [ "$major" -lt 6 ] || { [ "$major" = 6 ] && [ "$minor" -lt 2 ]; }; then
        say "Swift $major.$minor is too old. Install Swift 6.2 or newer from https://www.swift.org/install/linux/"
        exit 2
    fi
}

if ! command -v dpkg-query >/dev/null; then
    say "this is not Debian or Ubuntu: install what these packages hold yourself: ${needed[*]}"
else
    mapfile -t absent < <(missing "${needed[@]}")
    wanted=()
    if [ "$purpose" = test ]; then mapfile -t wanted < <(missing "${eyes[@]}"); fi
    if [ "$purpose" = package ]; then
        mapfile -t absent < <(missing "${packaging[@]}")
        mapfile -t wanted < <(missing "${trying[@]}")
    fi
    if [ ${#absent[@]} -gt 0 ] || [ ${#wanted[@]} -gt 0 ]; then
        all=("${absent[@]}" "${wanted[@]}")
        say "installing ${all[*]} (a minute or two)"
        apt update || say "apt-get update failed; trying with the lists that are there"
        if [ ${#absent[@]} -gt 0 ] && ! apt install --no-install-recommends "${absent[@]}"; then
            say "could not install: ${absent[*]}"
            exit 2
        fi
        for package in "${wanted[@]}"; do
            apt install --no-install-recommends "$package" \
                || say "could not install $package: the tests that need it will be skipped"
        done
    fi
fi
# A package is built from programs that are there already.
if [ "$purpose" = package ]; then exit 0; fi
check_swift

# The Frictionless validator, in an environment of its own.
if [ "$purpose" = test ] && [ ! -x .venv/bin/frictionless ] && command -v python3 >/dev/null; then
    say "installing frictionless into .venv"
    { python3 -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check 'frictionless>=5,<6'; } >&2 \
        || say "could not install frictionless: the test of the data package will be skipped"
fi
