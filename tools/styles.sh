#!/bin/sh
# Compile src/cse_forms/renderers/html/govuk/govuk.css anew from GOV.UK Frontend (npm), as tools/styles.scss asks.
# Only whoever takes a newer GOV.UK Frontend runs this: the compiled file is part of the package. Needs Node 20.
set -eu
cd "$(dirname "$0")/.."

frontend=${FRONTEND:-6.6.0}
sass=${SASS:-1.108.2}
folder=.tools/styles
target=src/cse_forms/renderers/html/govuk/govuk.css

mkdir -p "$folder"
npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    "govuk-frontend@$frontend" "sass@$sass"
"$folder/node_modules/.bin/sass" --no-source-map --style=compressed --no-charset --quiet-deps \
    -I "$folder/node_modules/govuk-frontend/dist" tools/styles.scss "$folder/govuk.css"

if grep -E 'url\(|@font-face|@import|GDS Transport' "$folder/govuk.css" >/dev/null; then
    echo "$0 stopped: the style sheet would fetch something, or asks for GOV.UK's typeface" >&2
    exit 1
fi
{
    printf '/*! GOV.UK Frontend %s | MIT licence | (C) 2017 Crown Copyright (Government Digital Service) */\n' "$frontend"
    cat "$folder/govuk.css"
} >"$target"
echo "wrote $target"
