"""`cse-forms translate`: a form's wording for translators, what they give back, and how far it is translated."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import FINE, FOUND, catalogue_of, count_of, definition_file, examples, print_json, refuse
from cse_forms.cli.printing import printable

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition
    from cse_forms.schema.translation import Progress
    from cse_forms.translating.merging import Imported

KINDS = ("xliff", "po", "xlsx")


@click.group()
def translate() -> None:
    """Give a form's wording to translators, take in what they give back, and see how far it is.

    A translation stands beside the version's form.json, in a file called after its language, such as cy.json. A
    version that is published may still gain translations.
    """


@translate.command(
    epilog=examples(
        "  cse-forms translate extract intake --to cy --as xliff\n"
        "  cse-forms translate extract intake@1.1.0 --to cy --as xlsx -o for-the-translator.xlsx"
    )
)
@click.argument("form", metavar="FORM|PATH")
@click.option("--to", "language", metavar="CODE", required=True, help="Into which language, such as cy.")
@click.option("--as", "kind", type=click.Choice(KINDS), required=True, help="Which kind of file.")
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write. If none is named: the form's name, version and language, in this folder.",
)
@click.pass_obj
def extract(definitions: Path | None, form: str, language: str, kind: str, output: Path | None) -> None:
    """Write every string of a form into a file for translators, with where it stands and what there is already.

    What was translated of a wording that stands elsewhere now is offered as a draft. FORM is a form's id, or
    ID@VERSION; PATH is its form.json, or the folder of that.
    """
    from cse_forms.passages import primary
    from cse_forms.schema.translation import find_translation
    from cse_forms.translating.files import kind_of
    from cse_forms.translating.jobs import job_of
    from cse_forms.writing import ANYTHING, write_file

    _check_language(language)
    definition, folder = _form_at(definitions, form)
    if primary(language) == primary(definition.words.language):
        refuse(f"'{language}' is the form's own language; name another with --to")
    job = job_of(definition, find_translation(definition, folder, language), language)
    writer = kind_of(kind)
    path = output or Path(f"{definition.id}-{definition.version}-{language}{writer.suffix}")
    write_file(path, writer.write(job), was=ANYTHING if output else None)
    translated = sum(bool(unit.text) for unit in job.units)
    click.echo(printable(f"Wrote {path}: {count_of(len(job.units), 'string')}, {translated} with a translation"))


@translate.command("import", epilog=examples("  cse-forms translate import intake-1.1.0-cy.xlf"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--form", metavar="FORM|PATH", help="The form. If none is named: the one that the file names.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: what was added, changed, and does not fit.")
@click.pass_obj
def import_file(definitions: Path | None, file: Path, form: str | None, as_json: bool) -> None:
    """Take in a file that translators give back: it becomes the translation beside the form.

    Nothing is lost: a string that they left empty keeps what it has. What translates a wording that was changed since
    is kept and marked, and so is what the form has no longer.

    Exit status: 0 all of it fits, 1 some of it does not, 2 wrong usage or a file that cannot be read.
    """
    from cse_forms.reading import read_file
    from cse_forms.schema.translation import load_translation, to_bytes
    from cse_forms.translating.files import read_job
    from cse_forms.translating.merging import merged
    from cse_forms.writing import write_file

    job = read_job(read_file(file), file)
    _check_language(job.language)
    definition, folder = _form_at(definitions, form or f"{job.form}@{job.version}")
    path = folder / f"{job.language}.json"
    was = read_file(path) if path.is_file() else None
    done = merged(definition, None if was is None else load_translation(was, str(path)), job)
    data = to_bytes(done.translation)
    if data != was:
        write_file(path, data, was=was)
    if as_json:
        print_json({"path": str(path), "written": data != was, **done.to_dict()})
    else:
        _tell(done, path, is_written=data != was)
    sys.exit(FINE if done.is_clean else FOUND)


_SAID = {
    "replaced": "was reviewed, and another translation or a draft has taken its place; see that this is meant",
    "stale": "translates an earlier wording; kept, and not shown",
    "passed_over": "translates an earlier wording, and the present one is translated already; left out",
    "unknown": "the form has no wording here any more; kept, for you to move or take out",
}


def _tell(done: Imported, path: Path, *, is_written: bool) -> None:
    for word, said in _SAID.items():
        for pointer in getattr(done, word):
            click.echo(printable(f"{pointer}: {said}"))
    counts = f"{count_of(len(done.added), 'string')} added, {len(done.changed)} changed"
    click.echo(printable(f"{'Wrote' if is_written else 'Nothing changed in'} {path}: {counts}"))


@translate.command(epilog=examples("  cse-forms translate status intake\n  cse-forms translate status intake --json"))
@click.argument("form", metavar="FORM|PATH")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def status(definitions: Path | None, form: str, as_json: bool) -> None:
    """Show how far a form is translated into each language that it has, or must have to be published.

    FORM is a form's id, or ID@VERSION; PATH is its form.json, or the folder of that.

    Exit status: 0 every language is complete and reviewed, 1 one is not, 2 wrong usage or a file that cannot be read.
    """
    from cse_forms.schema.translation import State, find_translation, progress, translation_files

    definition, folder = _form_at(definitions, form)
    languages = sorted({*translation_files(folder), *definition.words.languages})
    found = {one: progress(definition.schema, find_translation(definition, folder, one)) for one in languages}
    if as_json:
        print_json(
            {
                "form": definition.id,
                "version": definition.version,
                "languages": [_counts(language, one, definition) for language, one in found.items()],
            }
        )
    else:
        click.echo(printable(f"{definition.id} {definition.version}"))
        for language, one in found.items():
            counts = ", ".join(f"{one.count(state)} {state}" for state in State)
            lost = f", {len(one.orphans)} of what the form has no longer" if one.orphans else ""
            click.echo(printable(f"  {language}: {count_of(len(one.standings), 'string')}: {counts}{lost}"))
        if not found:
            click.echo("  no translation")
    is_complete = all(one.count(State.REVIEWED) == len(one.standings) and not one.orphans for one in found.values())
    sys.exit(FINE if is_complete else FOUND)


def _counts(language: str, found: Progress, definition: Definition) -> dict[str, object]:
    from cse_forms.schema.translation import State

    return {
        "language": language,
        "required": language in definition.words.languages,
        "strings": len(found.standings),
        **{str(state): found.count(state) for state in State},
        "unknown": list(found.orphans),
    }


def _form_at(definitions: Path | None, form: str) -> tuple[Definition, Path]:
    """Return a form and its folder, by its id or its path."""
    from cse_forms.schema.catalogue import load_file

    file = definition_file(form)
    if file is not None:
        return load_file(file), file.parent
    catalogue = catalogue_of(definitions)
    name, _, version = form.partition("@")
    definition = catalogue.get_form(name, version or None).definition
    return definition, catalogue.directory / definition.id / definition.version


def _check_language(language: str) -> None:
    import re

    from cse_forms.schema.words import LANGUAGE

    if not re.fullmatch(LANGUAGE, language):
        refuse(f"'{language}' names no language; write it as BCP 47 does, such as cy or cy-GB")
