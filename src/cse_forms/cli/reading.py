"""`cse-forms read`: a document that was filled in, read back as a response."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import FINE, FOUND, catalogue_of, count_of, examples, print_json
from cse_forms.cli.printing import printable
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.answers.fields import FieldReport, Note, Reading
    from cse_forms.forms import Catalogue

_LONGEST = 300
"""Letters of a text that are shown on a terminal; all of it stands in the JSON."""


@click.command(
    epilog=examples("  cse-forms read filled.docx -o response.json\n  cse-forms read filled.docx --json > report.json")
)
@click.argument("document", metavar="FILLED.docx|FILLED.pdf", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="RESPONSE.json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the response to this file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the response and the report of every field as JSON.")
@click.pass_obj
def read(definitions: Path | None, document: Path, output: Path | None, as_json: bool) -> None:
    """Read a document that was filled in back as a response, and tell what became of each field.

    The document says itself of which form and version it is. The response is a draft: look at what is told, mend it,
    and validate it. Nothing in the document is run, and nothing that it leads to is fetched.

    Exit status: 0 all was read, 1 there is something to look at, 2 the document is refused.
    """
    catalogue = catalogue_of(definitions)
    reading = _reading(document, catalogue)
    if output is not None:
        text = json.dumps(reading.response.to_dict(), indent=2, ensure_ascii=False) + "\n"
        write_file(output, text.encode("utf-8", "surrogatepass"))
    if as_json:
        print_json(reading.to_dict())
    else:
        title = catalogue.get_form(reading.response.form, reading.response.version).title
        _print(reading, title)
        if output is not None:
            click.echo(printable(f"Wrote {output}"))
        else:
            click.echo("The response was not written; say with -o where to.")
    sys.exit(FINE if reading.is_clean else FOUND)


def _reading(document: Path, catalogue: Catalogue) -> Reading:
    """Read a document by what it is, whatever its name says."""
    from cse_forms.reading import read_file

    if read_file(document).lstrip().startswith(b"%PDF-"):
        from cse_forms.reading_back.pdf import read_pdf

        return read_pdf(document, catalogue)
    from cse_forms.reading_back.docx import read_docx

    return read_docx(document, catalogue)


def _print(reading: Reading, title: str) -> None:
    response = reading.response
    click.echo(printable(f"{title} ({response.form} {response.version})"))
    statuses = [report.status for report in reading.fields]
    counts = [f"{statuses.count(status)} {status}" for status in dict.fromkeys(statuses)]
    click.echo(f"{count_of(len(statuses), 'field')}: {', '.join(counts)}")
    for report in reading.fields:
        if not report.is_fine:
            _print_field(report)
    for note in reading.notes:
        _print_note(note)


def _print_field(report: FieldReport) -> None:
    click.echo(printable(f"{report.status} {report.pointer or '(no question)'} {report.question}"))
    click.echo(printable(f"    {report.message}"))
    _print_text(report.text)


def _print_note(note: Note) -> None:
    click.echo(printable(f"{note.kind}: {note.message}"))
    _print_text(note.text)


def _print_text(text: str | None) -> None:
    if text:
        shown = " ".join(text.split())
        click.echo(printable(f"    > {shown if len(shown) <= _LONGEST else f'{shown[:_LONGEST]}...'}"))
