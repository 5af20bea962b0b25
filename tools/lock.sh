#!/bin/sh
# Resolve requirements/test.lock and requirements/run.lock from pyproject.toml, for every Python the project
# supports at once. Versions already locked stay unless UPGRADE is set. Run by `make lock`.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0 PIP_ROOT_USER_ACTION=ignore
pip() { "$python" -m pip "$@"; }
if ! pip --version >/dev/null 2>&1; then
    echo "set-up stopped: '$python' has no pip; name another interpreter: make lock PYTHON=python3.12" >&2
    exit 1
fi

if ! [ -x .tools/uv/bin/uv ]; then
    echo '== installing uv into .tools/uv'
    pip install -qq --upgrade --target .tools/uv uv
fi

# uv does not read pip's configuration: hand on the index that pip uses, if it was told of one.
index=${PIP_INDEX_URL:-$(pip config get global.index-url 2>/dev/null || true)}
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"

resolve() {
    output=$1
    shift
    .tools/uv/bin/uv pip compile --quiet --universal --python "$python" --python-version 3.11 \
        --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' \
        ${UPGRADE:+--upgrade} --output-file "$output" "$@" pyproject.toml
    echo "wrote $output"
}

mkdir -p requirements
resolve requirements/test.lock --group test
# The same versions as in test.lock, so that .venv can grow from the one into the other.
resolve requirements/run.lock --group build --constraint requirements/test.lock
