"""What the commands have in common: arguments that name forms, responses and files, and what is written out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cse_forms.cli.printing import printable
from cse_forms.errors import CseFormsError, DigestError, FormNotFoundError, InputError

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.forms import Catalogue, Form

FINE, FOUND, BROKEN = 0, 1, 2


def examples(text: str) -> str:
    """Return the examples at the end of a command's help."""
    return f"\b\nExamples:\n{text}"


draft_option = click.option(
    "--draft",
    is_flag=True,
    help="Read it as a draft: gaps are no faults, wrong answers are. Its file may say so itself.",
)


language_option = click.option(
    "--language",
    metavar="CODE",
    help="The language to say it in, such as cy; English, if none is said. Of the form's wording, what is not "
    "translated into it stays in the form's own.",
)


def catalogue_of(definitions: Path | None) -> Catalogue:
    """Return the forms of a folder, or the shipped ones."""
    from cse_forms.forms import Catalogue, shipped_catalogue

    return shipped_catalogue() if definitions is None else Catalogue.from_directory(definitions)


def form_of(definitions: Path | None, name: str) -> Form:
    """Return the form that ID or ID@VERSION names, and say on standard error if that version is retired."""
    name, _, version = name.partition("@")
    catalogue = catalogue_of(definitions)
    form = catalogue.get_form(name, version or None)
    retired = catalogue.retirement(form.id, form.version)
    if retired is not None:
        use = f" Use {retired.replaced_by} for new responses." if retired.replaced_by else ""
        told = f"note: {form.id} {form.version} was retired on {retired.date}: {retired.reason}{use}"
        click.echo(printable(told), err=True)
    return form


def definition_file(name: str) -> Path | None:
    """Return the definition's file that an argument names by its path; None where it names a form by its id.

    A folder that is called after a form, and holds its versions, is no path to one of them.
    """
    from cse_forms.schema.catalogue import FORM_FILE

    path = Path(name)
    if path.is_dir():
        file = path / FORM_FILE
        return file if "/" in name or file.is_file() else None
    return path if "/" in name or path.suffix == ".json" or path.exists() else None


def response_of(definitions: Path | None, path: Path) -> tuple[Response, Form]:
    """Return the response in a file, or on standard input where the path is -, and the form that it answers."""
    from cse_forms.answers.envelope import read_response
    from cse_forms.reading import MAX_BYTES

    if str(path) == "-":
        name, response = "standard input", read_response(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    else:
        name, response = str(path), read_response(path)
    catalogue = catalogue_of(definitions)
    try:
        form = catalogue.get_form(response.form, response.version)
        response.check_digest(form.definition)
    except (FormNotFoundError, DigestError) as error:
        raise InputError(f"{name}: {error}") from error
    return response, form


def refuse(message: str) -> NoReturn:
    """End the command with a message and the exit status 2."""
    raise CseFormsError(message)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun: 1 finding, 2 findings."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
