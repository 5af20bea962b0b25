"""`cse-forms to-xlsx` and `from-xlsx`: a form as a workbook that people edit, and the same read back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import FINE, FOUND, catalogue_of, count_of, definition_file, examples, print_json, refuse
from cse_forms.cli.printing import printable

if TYPE_CHECKING:
    from cse_forms.workbook.workbook import WorkbookError


@click.command(
    "to-xlsx",
    epilog=examples(
        "  cse-forms to-xlsx intake\n  cse-forms to-xlsx my-definitions/intake/1.1.0/form.json -o intake.xlsx"
    ),
)
@click.argument("form", metavar="FORM|PATH")
@click.option(
    "-o",
    "--output",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The workbook to write. If none is named: the form's name and version, in this folder.",
)
@click.option("--force", is_flag=True, help="Write over a workbook that is there already.")
@click.pass_obj
def to_xlsx(definitions: Path | None, form: str, output: Path | None, force: bool) -> None:
    """Write a form as a workbook that can be edited in Excel or LibreOffice.

    It holds the questions, options, guidance, levels, rules, measures, prompts, checks, scenarios and translations of
    one version. FORM is a form's id, or ID@VERSION; PATH is its form.json, or the folder of that.
    """
    from cse_forms.workbook.sheet_writing import NOT_INSTALLED, is_installed
    from cse_forms.writing import ANYTHING, write_file

    if not is_installed():
        refuse(NOT_INSTALLED)
    from cse_forms.workbook import workbook
    from cse_forms.workbook.saving import files_at

    files = files_at(_file_of(definitions, form))
    words = files.form["x-form"]
    path = output or Path(f"{words['id']}-{words['version']}.xlsx")
    write_file(path, workbook.to_xlsx(files), was=ANYTHING if force else None)
    click.echo(printable(f"Wrote {path}: {words['id']} {words['version']}"))


@click.command(
    "from-xlsx",
    epilog=examples(
        "  cse-forms from-xlsx intake-1.0.0.xlsx\n"
        "  cse-forms from-xlsx intake-1.0.0.xlsx -o my-definitions\n"
        "  cse-forms from-xlsx intake-1.0.0.xlsx -o my-definitions/intake/1.1.0/form.json"
    ),
)
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="PATH|FOLDER",
    type=click.Path(path_type=Path),
    help="Where to write the definition: a file that ends in .json, or a folder of definitions, in which it gets a "
    "folder for its id and version. What belongs to it is written beside it.",
)
@click.option("--force", is_flag=True, help="Write over files that were changed since the workbook was made.")
@click.option("--json", "as_json", is_flag=True, help="Print what is wrong as JSON.")
def from_xlsx(file: Path, output: Path | None, force: bool, as_json: bool) -> None:
    """Read a workbook back as a definition, or tell all that is wrong in it, each with its sheet and cell.

    Nothing in the workbook is run or fetched. Without -o it is only looked at. A published version is never written
    over.

    Exit status: 0 it is sound, 1 something is wrong in its cells, 2 it is no workbook of a form, or not written.
    """
    from cse_forms.reading import read_file
    from cse_forms.workbook import workbook
    from cse_forms.workbook.saving import save

    try:
        reading = workbook.from_xlsx(read_file(file), str(file))
    except workbook.WorkbookError as error:
        _tell(error, as_json=as_json)
        sys.exit(FOUND)
    saved = () if output is None else save(reading, file, output, force=force)
    if as_json:
        written = [str(one.path) for one in saved if one.is_written]
        print_json({"sound": True, "faults": [], "written": written})
        sys.exit(FINE)
    words = reading.files.form["x-form"]
    click.echo(printable(f"{words['id']} {words['version']}: the workbook is sound"))
    for one in saved:
        click.echo(printable(f"{'Wrote' if one.is_written else 'Nothing changed in'} {one.path}"))
    if output is None:
        click.echo("Nothing was written; say with -o where to.")


def _tell(error: WorkbookError, *, as_json: bool) -> None:
    if as_json:
        faults = [{"cell": str(fault.place), "message": fault.message} for fault in error.faults]
        print_json({"sound": False, "faults": faults, "written": []})
        return
    for fault in error.faults:
        click.echo(printable(str(fault)))
    click.echo(printable(f"{error.name}: {count_of(len(error.faults), 'problem')}; nothing was written"))


def _file_of(definitions: Path | None, form: str) -> Path:
    """Return the definition's file that an argument names."""
    from cse_forms.schema.catalogue import FORM_FILE

    path = definition_file(form)
    if path is not None:
        return path
    name, _, version = form.partition("@")
    found = catalogue_of(definitions).get_form(name, version or None)
    return catalogue_of(definitions).directory / found.id / found.version / FORM_FILE
