"""`cse-forms render`: a form or a response as a document, or all forms at once."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import (
    FINE,
    FOUND,
    catalogue_of,
    count_of,
    draft_option,
    examples,
    form_of,
    language_option,
    response_of,
)
from cse_forms.cli.printing import printable
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.document.tree import Purpose
    from cse_forms.forms import Form

MOST_ROWS = 200
"""More than anybody fills in by hand."""

_TREE = "json"
"""The format for programs, which is the same however a page looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """In which way a document is made."""

    to: str | None
    purpose: Purpose | None
    large_print: bool
    language: str | None
    rows: int = 0
    draft: bool = False

    def name(self, stem: str, suffix: str) -> str:
        """Return the name of the file, if none is said: cse-toolbox-1.0.0-fill-large.docx."""
        parts = [stem, "fill" if self.purpose == "fill" else "", "large" if self.large_print else ""]
        return "-".join(part for part in (*parts, self.language) if part) + suffix


@click.command(
    epilog=examples(
        "  cse-forms render cse-toolbox --to html\n"
        "  cse-forms render cse-toolbox@1.0.0 --to docx --for fill -o to-fill-in.docx\n"
        "  cse-forms render cse-toolbox --to pdf --large-print\n"
        "  cse-forms render cse-toolbox --to pdf --for fill --rows 12\n"
        "  cse-forms render response.json --to html -o record.html\n"
        "  cse-forms render response.json --to json -o -\n"
        "  cse-forms render --all -o blanks"
    )
)
@click.argument("what", metavar="FORM|RESPONSE.json", required=False)
@click.option("--to", metavar="FORMAT", help="html, docx, pdf, json, or one that a package adds.")
@click.option(
    "--for",
    "purpose",
    type=click.Choice(["print", "fill", "record"]),
    help="print: a blank to write on by hand. fill: to complete on a screen. record: a response with its evaluation. "
    "If nothing is said, a form is to be printed, and a response is a record.",
)
@click.option("--large-print", is_flag=True, help="Set it in letters of 18 points.")
@language_option
@click.option(
    "--rows",
    metavar="NUMBER",
    type=click.IntRange(0, MOST_ROWS),
    default=0,
    help="At least so many rows in each table to which rows can be added: for paper, and for a PDF to fill in, where "
    "nobody can add any.",
)
@click.option("--all", "every", is_flag=True, help="Make the blanks of all forms, in every format for each purpose.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file to write, or - for standard output. If none is named: the form's name, in this folder. With --all, "
    "the folder.",
)
@draft_option
@click.pass_obj
def render(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None,
    what: str | None,
    to: str | None,
    purpose: Purpose | None,
    large_print: bool,
    language: str | None,
    rows: int,
    every: bool,
    output: Path | None,
    draft: bool,
) -> None:
    """Render a blank form, or a response with its evaluation.

    The first argument is a form's id, ID@VERSION, or a response's file: one that ends in .json, or -.
    """
    way = _Way(to=to, purpose=purpose, large_print=large_print, language=language, rows=rows, draft=draft)
    if every:
        if what is not None:
            raise click.UsageError("--all is of every form; name either a form or --all.")
        if output is None or str(output) == "-":
            raise click.UsageError("Say with -o into which folder the forms are to be written.")
        _render_all(definitions, way, output)
    elif what is None:
        raise click.UsageError("Missing argument 'FORM|RESPONSE.json': name a form or a response, or say --all.")
    elif to is None:
        raise click.UsageError("Missing option '--to': say which format it is to be, html, docx, pdf or json.")
    elif output is not None and output.is_dir():
        raise click.UsageError(f"{output} is a folder; name a file.")
    else:
        _render_one(definitions, what, to, way, output)


def _render_one(definitions: Path | None, what: str, to: str, way: _Way, output: Path | None) -> None:
    from cse_forms.renderers import get_renderer

    suffix = get_renderer(to).suffix
    if what == "-" or what.endswith(".json"):
        if way.purpose == "print":
            raise click.UsageError(
                "A response is not printed as a blank: name its form for that, or say --for record or --for fill."
            )
        if way.rows and way.purpose != "fill":
            raise click.UsageError("--rows is for a form to fill in; a record has the rows that were filled in.")
        response, form = response_of(definitions, Path(what))
        data, name = (
            _made(form, to, way, response),
            way.name("response" if what == "-" else Path(what).stem, suffix),
        )
    else:
        _check_blank(way)
        form = form_of(definitions, what)
        data, name = _made(form, to, way), way.name(f"{form.id}-{form.version}", suffix)
    if output is not None and str(output) == "-":
        sys.stdout.buffer.write(data)
        return
    if output is None and Path(name).exists():
        raise click.UsageError(f"{name} is there already; say with -o where to write, and nothing is lost by mistake.")
    path = output or Path(name)
    write_file(path, data)
    click.echo(f"Wrote {printable(str(path))} ({len(data) / 1000:,.0f} kB)")


def _render_all(definitions: Path | None, way: _Way, folder: Path) -> None:
    """Make every blank; a format that cannot be had here is left out, and it is told why."""
    from cse_forms.errors import RendererError
    from cse_forms.renderers import get_renderer, renderer_names

    _check_blank(way)
    if way.to is not None:
        get_renderer(way.to)
    catalogue = catalogue_of(definitions)
    forms = [catalogue.get_form(entry.id, entry.version) for entry in catalogue.entries()]
    formats = renderer_names() if way.to is None else (way.to,)
    jobs = [(to, one, form) for to in formats for one in _ways(to, way) for form in forms]
    made: dict[str, int] = dict.fromkeys(formats, 0)
    failed: dict[str, str] = {}
    for to, one, form in _with_progress(jobs):
        if to in failed and not made[to]:
            continue
        try:
            data, suffix = _made(form, to, one), get_renderer(to).suffix
        except RendererError as error:
            failed[to] = str(error)
            continue
        write_file(folder / one.name(f"{form.id}-{form.version}", suffix), data)
        made[to] += 1
    for to, reason in failed.items():
        left_out = f"Not all of {to} was made" if made[to] else f"Left out {to}"
        click.echo(printable(f"{left_out}: {reason}"), err=True)
    click.echo(printable(f"Wrote {count_of(sum(made.values()), 'document')} into {folder}"))
    sys.exit(FOUND if way.to in failed or any(made[to] for to in failed) else FINE)


def _check_blank(way: _Way) -> None:
    if way.purpose == "record":
        raise click.UsageError("A record is of a response: name a response's file, or say --for print or --for fill.")
    if way.draft:
        raise click.UsageError("--draft is said of a response, and this is a blank form.")


def _ways(to: str, way: _Way) -> Iterator[_Way]:
    """Yield every way of making a blank in a format; what was asked for alone, where something was."""
    from cse_forms.renderers import BUILT_IN

    is_page = to in BUILT_IN and to != _TREE
    purposes: tuple[Purpose, ...] = ("print", "fill") if is_page else ("print",)
    for purpose in purposes if way.purpose is None else (way.purpose,):
        for large in (False, True) if is_page and not way.large_print else (way.large_print,):
            yield _Way(to=to, purpose=purpose, large_print=large, language=way.language, rows=way.rows)


def _made(form: Form, to: str, way: _Way, response: object = None) -> bytes:
    made = form.render(
        to,
        response,
        draft=way.draft,
        purpose=way.purpose,
        large_print=way.large_print,
        language=way.language,
        rows=way.rows,
    )
    return made.encode("utf-8") if isinstance(made, str) else made


def _with_progress(jobs: list[tuple[str, _Way, Form]]) -> Iterable[tuple[str, _Way, Form]]:
    """Yield the jobs; where somebody watches, with a bar that tells how far it is."""
    if not sys.stderr.isatty():
        yield from jobs
        return
    with click.progressbar(jobs, label="Rendering", file=sys.stderr) as bar:
        yield from bar
