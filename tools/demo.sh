#!/bin/sh
# Render every shipped form, blank, into out/; then check and evaluate the example response.
set -eu
cd "$(dirname "$0")/.."

PATH="$PWD/.venv/bin:$PATH"
example=docs/examples/cse-toolbox-response.json
mkdir -p out

echo '== the forms'
cse-forms list

echo
echo '== each blank form as a web page and as a Word document'
for form in cse-toolbox wales-strength-concern scotland-checklist wolverhampton-induction; do
    for format in html docx; do
        cse-forms render "$form" --to "$format" -o "out/$form.$format"
    done
done

echo
echo "== the example response, $example: is it complete and consistent?"
cse-forms validate "$example"

echo
echo '== what its answers amount to'
cse-forms evaluate "$example"

echo
echo '== the same as a record to keep'
for format in html docx; do
    cse-forms render "$example" --to "$format" -o "out/example-record.$format"
done
