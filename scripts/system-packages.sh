#!/bin/sh
# Gets what the tests need beside Python packages, where it may; else says loudly what will be skipped.
# Never fails: a test that lacks its program skips, and with CI=true a skipped test fails the run.
set -u

have_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

have_postgres() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

have_node() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1
}

# The second parser of calendars; again once its version in package.json is another.
have_ical_js() {
    [ -d "$node_folder/node_modules/ical.js" ] &&
        ! [ "$node_folder/package.json" -nt "$node_folder/node_modules/ical.js" ]
}

install_ical_js() {
    echo "Installing ical.js for the tests ..."
    how="(cd tests/node && npm install --no-package-lock)"
    (cd "$node_folder" && npm install --no-package-lock --no-audit --no-fund --silent) </dev/null >/dev/null 2>&1 &&
        touch "$node_folder/node_modules/ical.js"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# One line a package manager: how it would be done, and done if we may.
install_with() {
    echo "Installing $* for the tests ..."
    if command -v apt-get >/dev/null 2>&1; then
        how="sudo apt-get install $*"
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update </dev/null >/dev/null 2>&1
        as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" \
            </dev/null >/dev/null 2>&1
    elif command -v dnf >/dev/null 2>&1; then
        how="sudo dnf install $*"
        as_root dnf -q -y install "$@" </dev/null >/dev/null 2>&1
    elif command -v apk >/dev/null 2>&1; then
        how="sudo apk add $*"
        as_root apk add -q "$@" </dev/null >/dev/null 2>&1
    elif command -v brew >/dev/null 2>&1; then
        how="brew install $*"
        brew install -q "$@" </dev/null >/dev/null 2>&1
    else
        how="install $* with this system's package manager"
        return 1
    fi
}

postgres_package() {
    if command -v dnf >/dev/null 2>&1; then echo postgresql-server
    elif command -v brew >/dev/null 2>&1; then echo postgresql@16
    else echo postgresql
    fi
}

warn() {
    printf '\n  !! %s\n  !! To run them too:  %s\n\n' "$1" "$how"
}

how=""
node_folder="${0%/*}/../tests/node"
if ! have_browser; then
    install_with chromium
    have_browser || warn "No Chromium: the tests that look at pages (tests/browser) will be SKIPPED."
fi
if ! have_postgres; then
    install_with "$(postgres_package)"
    have_postgres || warn "No PostgreSQL: the tests of the store on PostgreSQL will be SKIPPED."
fi
if ! have_node; then
    install_with nodejs npm
    have_node || warn "No Node: the tests that read calendars with ical.js will be SKIPPED."
fi
if have_node && ! have_ical_js; then
    install_ical_js
    have_ical_js || warn "No ical.js: the tests that read calendars with it will be SKIPPED."
fi
exit 0
