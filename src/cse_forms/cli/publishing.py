"""`cse-forms new-version`, `cse-forms publish` and `cse-forms retire`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from cse_forms.cli.arguments import FINE, FOUND, catalogue_of, examples, print_json
from cse_forms.cli.printing import printable

if TYPE_CHECKING:
    from cse_forms.publishing import NotPublishedError


@click.command(
    epilog=examples(
        "  cse-forms --definitions my-definitions publish intake@1.1.0\n"
        "  cse-forms --definitions my-definitions publish intake@1.1.0 --dry-run"
    )
)
@click.argument("form", metavar="FORM@VERSION")
@click.option("--dry-run", is_flag=True, help="See if it may be published, and write nothing.")
@click.option("--time-limit", metavar="SECONDS", type=click.FloatRange(min=0), default=10.0, show_default=True,
              help="How long to look for what the change does to old responses.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def publish(definitions: Path | None, form: str, dry_run: bool, time_limit: float, as_json: bool) -> None:
    """Publish a draft version of a form. From then on it never changes.

    It is refused while 'cse-forms check' finds a fault, and where its number claims less than what changed since the
    version before: 1.0.1 for words, 1.1.0 where every old response stays valid and comes to the same outcome, 2.0.0
    for all else. Its date and digests are recorded in index.json in the form's folder.

    Exit status: 0 published, 1 refused and nothing written, 2 wrong usage or a file that cannot be read.
    """
    from cse_forms import publishing

    path = _path_of(definitions, form)
    try:
        done = publishing.publish(path, on=date.today(), time_limit=time_limit, dry_run=dry_run)
    except publishing.NotPublishedError as error:
        _refuse(error, as_json=as_json)
    if as_json:
        print_json({"written": not dry_run, **done.to_dict()})
        return
    said = "may be published" if dry_run else f"published on {done.publication.published}"
    click.echo(f"{done.form} {done.version}: {said}")
    if done.comparison is not None:
        click.echo(f"  since {done.previous}: {_KINDS[done.comparison.kind]}")
    click.echo(f"  digest {done.publication.digest}")
    for note in done.notes:
        click.echo(printable(f"  note: {note}"))
    sys.exit(FINE)


_KINDS = {
    "none": "nothing changed",
    "patch": "a patch: only words changed",
    "minor": "a minor change: every old response stays valid and comes to the same outcome",
    "major": "a major change: old responses may no longer be valid, or come to another outcome",
    "not-decided": "a change of which it is not decided what it does to old responses",
}


@click.command(
    epilog=examples(
        "  cse-forms --definitions my-definitions retire intake@1.0.0 --reason 'The guidance changed.' --use 2.0.0"
    )
)
@click.argument("form", metavar="FORM@VERSION")
@click.option("--reason", required=True, metavar="TEXT", help="Why, for those who meet the version later.")
@click.option("--use", "replaced_by", metavar="VERSION", help="The published version to use in its place.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def retire(definitions: Path | None, form: str, reason: str, replaced_by: str | None, as_json: bool) -> None:
    """Retire a published version of a form. Responses to it stay readable; no new ones are begun with it.

    Exit status: 0 retired, 1 refused and nothing written, 2 wrong usage or a file that cannot be read.
    """
    from cse_forms import publishing

    path = _path_of(definitions, form)
    try:
        done = publishing.retire(path, reason=reason, on=date.today(), replaced_by=replaced_by)
    except publishing.NotPublishedError as error:
        _refuse(error, as_json=as_json)
    name, _, version = form.partition("@")
    if as_json:
        print_json({"written": True, "form": name, "version": version, "retired": done.to_dict()})
    else:
        use = f"; use {done.replaced_by}" if done.replaced_by else ""
        click.echo(f"{name} {version}: retired on {done.date}{use}")
    sys.exit(FINE)


@click.command(
    "new-version", epilog=examples("  cse-forms --definitions my-definitions new-version intake@1.0.0 1.1.0")
)
@click.argument("form", metavar="FORM@VERSION")
@click.argument("version", metavar="NEW")
@click.pass_obj
def new_version(definitions: Path | None, form: str, version: str) -> None:
    """Begin a new version of a form: a draft that says what FORM@VERSION says, with its scenarios and translations.

    Its number may be raised later: 'publish' tells which one the change needs.
    """
    from cse_forms import publishing

    path = publishing.begin_version(_path_of(definitions, form), version)
    click.echo(printable(f"{path}: begun as a draft; see it with 'cse-forms preview {path.parent}'"))


def _refuse(error: NotPublishedError, *, as_json: bool) -> NoReturn:
    if as_json:
        print_json({"written": False, "reasons": list(error.reasons)})
    else:
        click.echo(printable(str(error)), err=True)
        click.echo("nothing was written", err=True)
    sys.exit(FOUND)


def _path_of(definitions: Path | None, form: str) -> Path:
    """Return the file of the version that ID@VERSION names."""
    from cse_forms.schema.catalogue import DefinitionStore

    name, _, version = form.partition("@")
    if not version:
        raise click.UsageError(f"Say which version of '{name}', such as {name}@1.0.0")
    return DefinitionStore(catalogue_of(definitions).directory).path_of(name, version)
