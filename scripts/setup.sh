#!/bin/sh
# Makes .venv with the locked versions of everything, or says in plain words what is missing.
# Run by make; calling it again repairs a half-made .venv. PYTHON=/path/to/python picks one.
set -u
cd "$(dirname "$0")/.." || exit 1

fail() {
    printf '\n  Cannot set up stuifmail: %s\n\n' "$1" >&2
    shift
    for line in "$@"; do printf '    %s\n' "$line" >&2; done
    printf '\n' >&2
    exit 1
}

recent_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        if recent_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    found=$( (python3 --version || python --version) 2>/dev/null | head -n 1)
    fail "Python 3.11 or newer is needed; found ${found:-no Python at all}." \
        "Debian 12, Ubuntu 24.04 or newer:  sudo apt-get install python3 python3-venv" \
        "Fedora:                            sudo dnf install python3" \
        "macOS:                             brew install python@3.13" \
        "Elsewhere, and on Windows:         see the downloads of python.org" \
        "Several Pythons? Name one:         make setup PYTHON=/path/to/python3.12"
}

make_environment() {
    if recent_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    python=$(find_python) || exit 1
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        fail "this Python ($python) comes without its venv module." \
            "Debian, Ubuntu:  sudo apt-get install python$version-venv" \
            "Others:          reinstall Python $version with its standard library complete"
    echo "Making .venv with $python ($version) ..."
    "$python" -m venv --clear .venv ||
        fail "the folder .venv could not be made." \
            "Is this folder writable, and is there room on the disk (about 1 GB)?"
}

UNREACHABLE='NewConnectionError|ConnectTimeout|ReadTimeout|name resolution|ConnectionError|ProxyError'
UNREACHABLE="$UNREACHABLE|connection (refused|reset|broken)|from versions: none"

# Puts what pip said into words; the whole text stays in .venv/setup.log.
explain() {
    if grep -q -i -E 'no space left' "$1"; then
        fail "the disk is full." "Make room (about 1 GB) and run the same command again."
    elif grep -q -E 'DO NOT MATCH THE HASHES' "$1"; then
        fail "a downloaded package is not the one that was tested." \
            "A proxy or mirror may have changed it. Clear pip's cache and try again:" \
            "    .venv/bin/python -m pip cache purge"
    elif grep -q -i -E 'certificate' "$1"; then
        fail "the package registry's certificate is not trusted here." \
            "Behind a company proxy? Tell pip its certificate:  export PIP_CERT=/path/to/company.pem"
    elif grep -q -i -E "$UNREACHABLE" "$1"; then
        fail "the package registry cannot be reached." \
            "The first setup needs the network, or a package cache that pip knows." \
            "Behind a proxy?           export HTTPS_PROXY=http://proxy.example.org:8080" \
            "A mirror in your house?   export PIP_INDEX_URL=https://mirror.example.org/simple"
    elif grep -q 'No matching distribution' "$1"; then
        fail "a tested package does not exist for this Python or this kind of computer." \
            "Tested are Python 3.11, 3.12 and 3.13. Pick one of them:" \
            "    rm -r .venv; make setup PYTHON=/path/to/python3.12"
    fi
    fail "pip could not install the packages; its last words were:" "$(tail -n 12 "$1")"
}

install() {
    log=.venv/setup.log
    if ! .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off \
        --retries 2 "$@" >"$log" 2>&1; then
        explain "$log"
    fi
}

make_environment
echo "Installing the tested packages into .venv (one to two minutes the first time) ..."
install --require-hashes -r requirements.txt
install --no-deps --no-build-isolation -e .
touch .venv/.stamp
echo "Ready: .venv/bin/stuifmail"
