"""The command `explain`: a form's whole policy in words, or why a response comes to what it comes to."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import FINE, draft_option, examples, form_of, language_option, response_of
from cse_forms.cli.printing import printable
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.document.tree import Document

DRAWING = "svg"
FORMATS = ("text", "html", "docx", "json", DRAWING)


@click.command(
    epilog=examples(
        "  cse-forms explain cse-toolbox\n"
        "  cse-forms explain cse-toolbox --to docx -o policy.docx\n"
        "  cse-forms explain cse-toolbox --to svg -o diagram.svg\n"
        "  cse-forms explain response.json"
    )
)
@click.argument("what", metavar="FORM|RESPONSE.json")
@click.option("--to", type=click.Choice(FORMATS), default="text", help="The format; text, if none is named.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path, allow_dash=True, dir_okay=False),
    help="The file to write, or - for standard output. If none is named: text, json and svg are printed.",
)
@draft_option
@language_option
@click.pass_obj
def explain(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None, what: str, to: str, output: Path | None, draft: bool, language: str | None
) -> None:
    """Say in words how a form decides, or why a response comes to what it comes to.

    Of a form, the whole policy: levels, rules, adjustments, prompts and checks, with room for signatures; or its
    decision diagram, with --to svg. The first argument is a form's id, ID@VERSION, or a response's file: one that
    ends in .json, or -.
    """
    from cse_forms.renderers.svg import draw

    made: str | bytes
    if what == "-" or what.endswith(".json"):
        if to == DRAWING:
            raise click.UsageError("A diagram shows how a form decides; name a form, and not a response.")
        response, form = response_of(definitions, Path(what))
        made = _rendered(form.explanation(response, draft=draft, language=language), to)
    else:
        form = form_of(definitions, what)
        if to == DRAWING:
            made = draw(form.diagram(language=language))
        else:
            made = _rendered(form.policy_document(language=language), to)
    _write(made, output, to)
    sys.exit(FINE)


def _rendered(document: Document, to: str) -> str | bytes:
    if to == "text":
        return "\n".join(_lines(document)) + "\n"
    from cse_forms.renderers import get_renderer

    return get_renderer(to).render(document)


def _lines(document: Document) -> Iterator[str]:
    """Yield a document as lines for a terminal, with what stands at its top."""
    from cse_forms.cli.terminal import lines_of

    yield printable(document.title)
    for name, value in document.facts:
        yield printable(f"{name}: {value}")
    yield ""
    yield from lines_of(document.blocks)


def _write(made: str | bytes, output: Path | None, to: str) -> None:
    data = made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made
    if output is None and to in ("html", "docx"):
        raise click.UsageError(f"Say with -o where to write, such as -o policy.{to}, or -o - for standard output.")
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(data)
        return
    write_file(output, data)
    click.echo(f"Wrote {printable(str(output))} ({len(data) / 1000:,.0f} kB)")
