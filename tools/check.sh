#!/bin/sh
# The static checks. Runs all of them even when one fails, and fails when one did.
set -eu
cd "$(dirname "$0")/.."

failed=
run() {
    printf '== %s\n' "$*"
    .venv/bin/python -m "$@" || failed="$failed [$*]"
}

run ruff check .
run ruff format --check .
run mypy

if [ -n "$failed" ]; then
    printf 'failed:%s\n' "$failed" >&2
    exit 1
fi
