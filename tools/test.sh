#!/bin/sh
# The static checks, then the tests with the arguments given. The tests run even when a check failed, so that
# one run tells everything; the exit status is that of the first thing that failed.
set -eu
cd "$(dirname "$0")/.."

PATH="$PWD/.tools/bin:$PWD/.venv/bin:$PATH"
LC_ALL=C.UTF-8
export PATH LC_ALL
if [ -x .tools/bin/playwright-node ]; then
    # tools/programs.sh had to bring a library that Playwright's own driver needs
    export PLAYWRIGHT_NODEJS_PATH="$PWD/.tools/bin/playwright-node"
fi

checks=0
tools/check.sh || checks=$?
if [ "$checks" -ne 0 ]; then
    echo 'A check above failed, so this run fails whatever the tests say.' >&2
fi

echo '== pytest'
tests=0
# Two workers on two cores: the suite talks to browsers, office programs and fresh processes, and waits for them.
.venv/bin/python -m pytest --numprocesses auto "$@" || tests=$?

[ "$checks" -eq 0 ] || exit "$checks"
exit "$tests"
