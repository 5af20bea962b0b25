"""`cse-forms migrate` and `cse-forms draft-migration`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import (
    FINE,
    FOUND,
    catalogue_of,
    count_of,
    examples,
    form_of,
    print_json,
)
from cse_forms.cli.printing import printable
from cse_forms.writing import ANYTHING, write_file

if TYPE_CHECKING:
    from cse_forms.migrating.report import Carried, MigrationReport


@click.command(
    epilog=examples(
        "  cse-forms migrate response.json --to 2.0.0 -o response-2.json\n"
        "  cse-forms migrate response.json --to 2.0.0 --accept-loss /family/notes -o response-2.json"
    )
)
@click.argument("response", metavar="RESPONSE.json", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", "version", metavar="VERSION", required=True, help="The version to take it to.")
@click.option(
    "--accept-loss",
    metavar="POINTER",
    multiple=True,
    help="An answer that may be lost, such as /family/notes, or /visits/*/notes for every row. Give it once for each.",
)
@click.option(
    "-o",
    "--output",
    metavar="NEW.json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the new response to this file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the new response and the report as JSON.")
@click.pass_obj
def migrate(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None,
    response: Path,
    version: str,
    accept_loss: tuple[str, ...],
    output: Path | None,
    as_json: bool,
) -> None:
    """Take a response to another version of its form, and tell what became of each answer.

    The way is told by migration.json beside each version. What would lose an answer is refused, unless the migration
    gives the answer up or it is named with --accept-loss. The new response keeps the old one inside: its text, its
    answers in words, and what came of them.

    Exit status: 0 nothing to look at; 1 an answer was left behind, a level is another one, or the new response is
    not valid; 2 refused, and nothing written.
    """
    from cse_forms.answers.envelope import read_response
    from cse_forms.migrating import migrate_to
    from cse_forms.reading import MAX_BYTES, read_file

    is_standard = str(response) == "-"
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if is_standard else read_file(response)
    read = read_response(data, "standard input" if is_standard else str(response))
    done = migrate_to(read, catalogue_of(definitions), version, accept_loss=accept_loss, original=data)
    if output is not None:
        text = json.dumps(done.response.to_dict(), indent=2, ensure_ascii=False) + "\n"
        is_same = output.exists() and not is_standard and output.samefile(response)
        is_file = output.is_file() or not output.exists()
        write_file(output, text.encode("utf-8"), was=ANYTHING if not is_file else data if is_same else None)
    if as_json:
        print_json(done.to_dict())
    else:
        for line in _lines(done.report):
            click.echo(printable(line))
        if output is None:
            click.echo("The new response was not written; say with -o where to.")
        else:
            click.echo(printable(f"Wrote {output}"))
    sys.exit(FINE if done.report.is_clean else FOUND)


def _lines(report: MigrationReport) -> Iterator[str]:
    yield f"{report.form}: {' to '.join(report.path)}"
    moved = [one for one in report.carried if one.old != (one.new,)]
    counts = {"carried": report.carried, "changed": report.changed, "lost": report.lost, "newly asked": report.asked}
    yield "; ".join(f"{len(found)} {name}" for name, found in counts.items())
    for name, several in (("moved", moved), ("changed", report.changed)):
        yield from (f"{name} {_way(one)}" for one in several)
    for lost in report.lost:
        yield f"lost {', '.join(lost.old)} {lost.title or '(no question)'}"
        yield f"    {lost.because}"
    for asked in report.asked:
        yield f"newly asked {asked.pointer} {asked.title}{' (filled in)' if asked.is_filled else ''}"
    for level in report.levels:
        before, after = level.before or "was not assessed", level.after or "is not assessed any more"
        yield f"{level.title}: {before}" if level.is_same else f"{level.title}: was {before}; is now {after}"
    said = "valid" if report.is_valid else "not valid"
    findings = count_of(len(report.findings), "finding")
    yield f"The new response is {said}, {findings}{'' if report.was_valid else '; the old one was not valid'}"


def _way(one: Carried) -> str:
    because = f": {' '.join(one.because)}" if one.because else ""
    return f"{', '.join(one.old)} -> {one.new} {one.title or '(no question)'}{because}"


@click.command(
    "draft-migration",
    epilog=examples(
        "  cse-forms draft-migration intake@1.0.0 intake@2.0.0\n"
        "  cse-forms draft-migration intake@1.0.0 intake@2.0.0 -o my-definitions/intake/2.0.0/migration.json"
    ),
)
@click.argument("old", metavar="FORM@OLD")
@click.argument("new", metavar="FORM@NEW")
@click.option(
    "-o",
    "--output",
    metavar="migration.json",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the draft to this file, which must not be there yet.",
)
@click.pass_obj
def draft_migration(definitions: Path | None, old: str, new: str, output: Path | None) -> None:
    """Draft the migration from one version of a form to another, from what differs between them.

    What is sure is said. What is not sure has the word 'decide' with a question: answer it in the step, and take the
    word out. Until then the migration is refused. It belongs beside the newer version, as migration.json.

    Exit status: 0 nothing to decide, 1 something is to be decided, 2 wrong usage or a file that is there already.
    """
    from cse_forms.migrating.drafting import draft_migration as drafted
    from cse_forms.migrating.drafting import to_document

    migration = drafted(form_of(definitions, old), form_of(definitions, new))
    document = to_document(migration)
    open_steps = [step for step in migration.steps if step.decide is not None]
    if output is None:
        print_json(document)
    else:
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        write_file(output, text.encode("utf-8"), was=None)
        click.echo(printable(f"Wrote {output}: {count_of(len(migration.steps), 'step')}"))
        for number, step in enumerate(migration.steps, 1):
            if step.decide is not None:
                click.echo(printable(f"  to be decided, step {number}: {step.decide}"))
    sys.exit(FOUND if open_steps else FINE)
