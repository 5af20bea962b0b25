"""`cse-forms diff`: what changed between two versions of a form, and what kind of change it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import FINE, FOUND, catalogue_of, definition_file, examples, print_json
from cse_forms.cli.printing import printable
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.comparing import Comparison
    from cse_forms.forms import Form


@click.command(
    "diff",
    epilog=examples(
        "  cse-forms diff cse-toolbox@1.0.0 cse-toolbox@1.1.0\n"
        "  cse-forms diff intake@1.0.0 my-definitions/intake/1.1.0/form.json --html -o changes.html\n"
        "  cse-forms diff intake@1.0.0 intake@2.0.0 --json"
    ),
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as comparison.schema.json describes it.")
@click.option("--html", "as_html", is_flag=True, help="Make a page of it.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. If none is named, it is printed.",
)
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=10.0,
    show_default=True,
    help="How long to look for the kind of change, where it does not follow from what changed.",
)
@click.pass_obj
def diff(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None, old: str, new: str, as_json: bool, as_html: bool, output: Path | None, time_limit: float
) -> None:
    """Say what changed between two versions of a form, and what kind of change that is.

    OLD and NEW are each a form's id, ID@VERSION, or a definition's file. The kind is derived from the two definitions:
    none; patch, where words for people changed alone; minor, where every old response is still valid and comes to the
    same outcome; major, where one is not or does not, with an example; or not decided.

    Exit status: 0 nothing changed, 1 something did, 2 wrong usage or a broken definition.
    """
    if as_json and as_html:
        raise click.UsageError("Say --json or --html, and not both.")
    comparison = _compared(definitions, old, new, time_limit)
    if as_json and output is None:
        print_json(comparison.to_dict())
    else:
        _write(_rendered(comparison, as_json=as_json, as_html=as_html), output)
    sys.exit(FINE if comparison.kind == "none" else FOUND)


def _compared(definitions: Path | None, old: str, new: str, time_limit: float) -> Comparison:
    from cse_forms.comparing.files import compare_in_folder

    before, path = _form(definitions, old)
    after, _ = _form(definitions, new)
    return compare_in_folder(before, path, after, time_limit=time_limit)


def _form(definitions: Path | None, name: str) -> tuple[Form, Path]:
    """Return the form that an argument names, and its file."""
    from cse_forms.schema.catalogue import FORM_FILE

    path = definition_file(name)
    if path is not None:
        from cse_forms.forms import Form
        from cse_forms.reading import read_file
        from cse_forms.schema.loading import load_definition

        return Form(load_definition(read_file(path), str(path))), path
    catalogue = catalogue_of(definitions)
    form, _, version = name.partition("@")
    found = catalogue.get_form(form, version or None)
    return found, catalogue.directory / found.id / found.version / FORM_FILE


def _rendered(comparison: Comparison, *, as_json: bool, as_html: bool) -> str:
    import json

    from cse_forms.cli.terminal import lines_of
    from cse_forms.comparing.page import comparison_document

    if as_json:
        return json.dumps(comparison.to_dict(), indent=2, ensure_ascii=False) + "\n"
    document = comparison_document(comparison)
    if as_html:
        from cse_forms.renderers import get_renderer

        page = get_renderer("html").render(document)
        assert isinstance(page, str)
        return page
    lines = [printable(document.title), *(printable(f"{name}: {value}") for name, value in document.facts), ""]
    return "\n".join((*lines, *lines_of(document.blocks))).rstrip("\n") + "\n"


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
        return
    write_file(output, text.encode("utf-8", "backslashreplace"))
    click.echo(printable(f"Wrote {output}"), err=True)
