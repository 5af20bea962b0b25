#!/bin/sh
# Make .venv hold the project (editable) and the locked packages it needs.
#
#   tools/venv.sh run     what the library needs to be installed and run
#   tools/venv.sh test    that, and everything that checks and tests it
#
# Works with an interpreter that has pip but no ensurepip (Debian without python3-venv), or the other way
# round. Does nothing when .venv is already right: the stamps in it are named after what it was made from.
set -eu
cd "$(dirname "$0")/.."

say() { printf '== %s\n' "$*"; }
die() {
    printf 'set-up stopped: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
    exit 1
}

kind=${1:-}
case $kind in
    run | test) ;;
    *) die "usage: tools/venv.sh run|test" ;;
esac

# --- the interpreter --------------------------------------------------------------------------------------

PYTHON=${PYTHON:-python3}
unset PYTHONHOME PYTHONPATH

newer_pythons() {
    for name in python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys' >/dev/null 2>&1; then printf '%s ' "$name"; fi
    done
}

command -v "$PYTHON" >/dev/null 2>&1 || die "there is no '$PYTHON' on this machine." \
    "Install Python 3.11 or newer (Debian: apt-get install python3 python3-pip)," \
    "or name yours: make test PYTHON=/path/to/python3.12"
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    others=$(newer_pythons)
    die "'$PYTHON' is $("$PYTHON" --version 2>&1); cse_forms needs Python 3.11 or newer." \
        "Name a newer one: make test PYTHON=python3.12" \
        "Found here: ${others:-none}"
fi

# When PYTHON is the interpreter of a virtual environment (perhaps .venv itself, activated), build from the
# interpreter behind it, so that .venv can be made anew.
base=$("$PYTHON" -c 'import os, sys; print(os.path.realpath(getattr(sys, "_base_executable", "") or sys.executable))')

key=$("$base" -c '
import hashlib, pathlib, sys
digest = hashlib.sha256(repr((sys.version, sys.executable, str(pathlib.Path.cwd()))).encode())
for name in sys.argv[1:]:
    digest.update(pathlib.Path(name).read_bytes())
print(digest.hexdigest()[:16])
' requirements/run.lock requirements/test.lock tools/venv.sh)
project_key=$("$base" -c '
import hashlib, pathlib
print(hashlib.sha256(pathlib.Path("pyproject.toml").read_bytes()).hexdigest()[:16])
')

stamps=.venv/cse-forms-setup
have() { [ -e "$stamps/$1" ] && .venv/bin/python -c '' 2>/dev/null; }

# --- pip, set so that a hurried or unusual configuration of the user's does not break the set-up -----------

export PIP_DEFAULT_TIMEOUT="${PIP_DEFAULT_TIMEOUT:-60}" PIP_RETRIES="${PIP_RETRIES:-5}"
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 PIP_ROOT_USER_ACTION=ignore
unset PIP_TARGET PIP_PREFIX PIP_PYTHON PIP_REQUIREMENT PIP_CONSTRAINT

base_has_pip() { "$base" -m pip --python "$base" --version >/dev/null 2>&1; }

make_venv() {
    rm -rf .venv
    if base_has_pip; then
        "$base" -m venv --without-pip .venv || die "'$base -m venv' failed; its words are above."
    elif "$base" -c 'import ensurepip' >/dev/null 2>&1; then
        "$base" -m venv .venv || die "'$base -m venv' failed; its words are above."
    else
        die "'$base' has no pip (22.3 or newer), and no ensurepip to make one." \
            "Install one of them (Debian: apt-get install python3-pip)," \
            "or name another interpreter: make test PYTHON=/path/to/python3.12"
    fi
    mkdir "$stamps"
}

pip_install() {
    if [ -x .venv/bin/pip ]; then
        .venv/bin/python -m pip install -qq "$@"
    else
        "$base" -m pip --python .venv/bin/python install -qq "$@"
    fi
}

# --- the packages -----------------------------------------------------------------------------------------

# What `test` installs contains what `run` installs, at the same versions.
if ! have "run-$key" && ! have "test-$key"; then
    say "making .venv with $("$base" --version)"
    make_venv
fi
if ! have "test-$key" && ! { [ "$kind" = run ] && have "run-$key"; }; then
    say "installing the packages of requirements/$kind.lock into .venv (about a minute the first time)"
    pip_install --require-hashes --requirement "requirements/$kind.lock" ||
        die "pip could not install requirements/$kind.lock; its words are above." \
            "If it could not reach its package index, see to the network or to pip's own configuration" \
            "(pip config list), and run the same command again."
    : >"$stamps/$kind-$key"
fi

# --- the project itself -----------------------------------------------------------------------------------

if ! have "project-$project_key"; then
    pip_install --no-deps --no-build-isolation --no-index --editable . ||
        die "pip could not install this checkout; its words are above."
    rm -f "$stamps"/project-*
    : >"$stamps/project-$project_key"
fi
