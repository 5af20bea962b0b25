"""`cse-forms variant` and `cse-forms rebase`: forms of one's own that are built from other forms."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cse_forms.cli.arguments import FINE, FOUND, count_of, examples, print_json, refuse
from cse_forms.cli.printing import printable

if TYPE_CHECKING:
    from cse_forms.schema.catalogue import DefinitionStore
    from cse_forms.variants.merging import Answer
    from cse_forms.variants.rebasing import Rebased

_BECAUSE = "Why your form differs. It becomes the provenance of what does."


def _places(definitions: Path | None, *folders: Path) -> tuple[DefinitionStore, ...]:
    """Return where a base is looked for: beside the variant, in the folder that is named, among the shipped forms."""
    from cse_forms.schema.catalogue import shipped_directory
    from cse_forms.variants.files import stores

    named = () if definitions is None else (definitions,)
    return stores((*folders, *named, shipped_directory()))


def _folder_of(path: Path) -> Path:
    return path.resolve().parent.parent.parent


@click.group(
    epilog=examples(
        "  cse-forms variant new wales-guide@1.0.0 --id sampleshire-guide --to our-forms\n"
        "  cse-forms variant build our-forms/sampleshire-guide/1.0.0\n"
        "  cse-forms variant diff our-forms/sampleshire-guide/1.0.0"
    )
)
def variant() -> None:
    """A form of your own that is another form but for what you change in it.

    variant.json says what differs, and why. form.json beside it is built from that, and stands alone.
    """


@variant.command(epilog=examples("  cse-forms variant new cse-toolbox@1.0.0 --id sampleshire-toolbox --to our-forms"))
@click.argument("base", metavar="FORM@VERSION")
@click.option("--id", "name", required=True, help="The id of your own form, such as sampleshire-toolbox.")
@click.option("--version", default="1.0.0", show_default=True, help="Its version.")
@click.option("--to", "to", metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
              help="The folder of your forms; that of --definitions, if none is said.")  # fmt: skip
@click.pass_obj
def new(definitions: Path | None, base: str, name: str, version: str, to: Path | None) -> None:
    """Start a variant of a form: DIR/ID/VERSION/variant.json, and form.json built from it."""
    from cse_forms.schema.variant import VARIANT_FILE, load_variant
    from cse_forms.schema.vocabulary import Base
    from cse_forms.variants.building import build
    from cse_forms.variants.files import bytes_of, find_form, write_new

    folder = to or definitions
    if folder is None:
        raise click.UsageError("Say with --to into which folder of forms it is written.")
    form, _, wanted = base.partition("@")
    found = find_form(form, wanted or None, _places(definitions, folder))
    named = Base(form=found.id, version=found.version, digest=found.digest)
    document = {"id": name, "version": version, "base": named.model_dump(), "operations": []}
    started = load_variant(bytes_of(document), VARIANT_FILE)
    built = build(started, found)
    if built.faults:
        refuse(built.faults[0].message)
    path = folder / name / version / VARIANT_FILE
    write_new(path, started, built)
    click.echo(printable(f"Wrote {path}, and {built_name(path)} beside it"))
    if not found.is_published:
        click.echo(f"{found.id} {found.version} is a draft: when it changes, the variant no longer fits it.")


def built_name(path: Path) -> str:
    """Return the name of what is built beside a variant."""
    from cse_forms.schema.catalogue import FORM_FILE

    return path.with_name(FORM_FILE).name


@variant.command(epilog=examples("  cse-forms variant build our-forms/sampleshire-guide/1.0.0/variant.json"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Write over a form.json that was edited by hand; the edits are lost.")
@click.pass_obj
def build(definitions: Path | None, path: Path, replace: bool) -> None:
    """Build form.json from the variant.json beside it. PATH is that file or its folder.

    A form.json that somebody edited is not written over, and one that is published never is.
    """
    from cse_forms.variants.files import read_variant, variant_path, write_built

    at = variant_path(path)
    found = read_variant(at, _places(definitions, _folder_of(at)))
    changed = write_built(found, replace=replace)
    told = "written" if changed else "as it was"
    differs = count_of(len(found.variant.operations), "operation")
    click.echo(printable(f"{at.with_name(built_name(at))}: {told}; {found.base.id} {found.base.version} and {differs}"))


@variant.command(epilog=examples("  cse-forms variant capture our-forms/sampleshire-guide/1.0.0/form.json "
                                 '--because "We have a duty team of our own."'))  # fmt: skip
@click.argument("path", metavar="FORM.json", type=click.Path(path_type=Path))
@click.option("--base", metavar="FORM@VERSION", help="The form that it is a copy of; needed where no variant.json is.")
@click.option("--because", required=True, metavar="TEXT", help=_BECAUSE)
@click.pass_obj
def capture(definitions: Path | None, path: Path, base: str | None, because: str) -> None:
    """Write what was edited in a copy of a form down as a variant, beside it.

    Edit form.json as you like, and this finds out what differs from the base. Reasons that variant.json already gives
    are kept.
    """
    from cse_forms.reading import read_file
    from cse_forms.schema.loading import load_definition
    from cse_forms.schema.variant import VARIANT_FILE
    from cse_forms.variants.building import build as compose
    from cse_forms.variants.capturing import capture as captured
    from cse_forms.variants.files import find_form, read_variant, to_bytes, write_built
    from cse_forms.writing import write_file

    at = path.with_name(VARIANT_FILE)
    places = _places(definitions, _folder_of(at))
    found = read_variant(at, places) if at.is_file() else None
    if found is None and base is None:
        raise click.UsageError(f"There is no {at}: say with --base which form this is a copy of.")
    form, _, version = (base or "").partition("@")
    below = find_form(form, version or None, places) if found is None or base else found.base
    edited = load_definition(read_file(path), str(path))
    if edited.is_published:
        refuse(f"{path} is published, and a published version never changes; make a new version of the variant")
    if edited.id == below.id:
        refuse(f"{path} has the id of the base, '{below.id}'; give it an id of its own")
    made = captured(edited, below, because=because, before=found.variant if found else None)
    if faults := compose(made, below).faults:
        refuse("\n".join(fault.message for fault in faults))
    write_file(at, to_bytes(made), was=found.data if found else None)
    write_built(read_variant(at, places), replace=True)
    click.echo(printable(f"{at}: {count_of(len(made.operations), 'operation')}"))
    for operation in made.operations:
        click.echo(printable(f"  {operation.action} {operation.part}"))


@variant.command(epilog=examples("  cse-forms variant diff our-forms/sampleshire-guide/1.0.0"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff(definitions: Path | None, path: Path, as_json: bool) -> None:
    """Say what a variant changes in its base. PATH is variant.json or its folder."""
    from cse_forms.comparing import compare
    from cse_forms.forms import Form
    from cse_forms.variants.files import built_from, read_variant, variant_path

    at = variant_path(path)
    found = read_variant(at, _places(definitions, _folder_of(at)))
    definition = built_from(found).definition
    assert definition is not None
    comparison = compare(Form(found.base), Form(definition))
    if as_json:
        print_json(comparison.to_dict())
    else:
        for change in comparison.changes:
            place = " ".join(part for part in (change.number, change.title) if part)
            click.echo(printable(f"{place}: {' '.join(change.sentences)}" if place else " ".join(change.sentences)))
        click.echo(f"{count_of(len(comparison.changes), 'change')}")
    sys.exit(FOUND if comparison.changes else FINE)


@click.command(
    epilog=examples(
        "  cse-forms rebase our-forms/sampleshire-guide/1.0.0 --to 1.1.0\n"
        "  cse-forms rebase our-forms/sampleshire-guide/1.0.0 --to 1.1.0 --answer /signs/late:title=keep\n"
        "  cse-forms rebase our-forms/sampleshire-guide/1.0.0 --to 1.1.0 --answers answers.json"
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", "to", required=True, metavar="VERSION", help="The version of the base to carry it over to.")
@click.option(
    "--version", metavar="VERSION", help="The new version of your own form; the base's step, if none is said."
)
@click.option("--answer", "answers", multiple=True, metavar="ID=keep|take|write:TEXT",
              help="What is decided of a question. As often as there are questions.")  # fmt: skip
@click.option("--answers", "file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help='The same for many: {"ID": "keep", "ID": "take", "ID": {"write": "TEXT"}}.')  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def rebase(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None,
    path: Path,
    to: str,
    version: str | None,
    answers: tuple[str, ...],
    file: Path | None,
    as_json: bool,
) -> None:
    """Carry a variant over to a newer version of its base.

    What you and the base both changed is asked as a question, and nothing is written until each is answered. Then a
    new version of your form stands beside the old one, with its scenarios. PATH is variant.json or its folder.

    Exit status: 0 it is carried over, 1 questions are open, 2 it cannot be done.
    """
    from cse_forms.errors import CseFormsError
    from cse_forms.schema.words import listed
    from cse_forms.variants.files import find_form, read_variant, variant_path, write_new
    from cse_forms.variants.rebasing import next_version
    from cse_forms.variants.rebasing import rebase as rebased

    at = variant_path(path)
    places = _places(definitions, _folder_of(at))
    found = read_variant(at, places)
    newer = find_form(found.base.id, to, places)
    own = version or next_version(found.variant.version, found.base.version, newer.version)
    came = rebased(found.variant, found.base, newer, version=own, answers=_answers(answers, file))
    beside = at.parent.parent / own / at.name
    if came.built is not None and came.built.faults:
        told = "\n".join(fault.message for fault in came.built.faults)
        parts = listed([operation.part for operation in found.variant.operations] or ["nothing"], "and")
        raise CseFormsError(f"{told}\nGive up a change of your own with --answer PART=take; they are to {parts}")
    if came.variant is not None and came.built is not None:
        write_new(beside, came.variant, came.built)
        _copy_scenarios(at, beside)
    if as_json:
        print_json(_report(came, beside))
    else:
        _print(came, beside)
    sys.exit(FOUND if came.open else FINE)


def _copy_scenarios(old: Path, new: Path) -> None:
    from cse_forms.reading import read_file
    from cse_forms.scenarios import SCENARIO_FILE
    from cse_forms.writing import write_file

    scenarios = old.with_name(SCENARIO_FILE)
    if scenarios.is_file() and not new.with_name(SCENARIO_FILE).exists():
        write_file(new.with_name(SCENARIO_FILE), read_file(scenarios), was=None)


def _answers(given: Iterable[str], file: Path | None) -> dict[str, Answer]:
    from cse_forms.reading import parse_json, read_file
    from cse_forms.variants.merging import Answer

    found: dict[str, Answer] = {}
    if file is not None:
        document = parse_json(read_file(file), str(file))
        if not isinstance(document, dict):
            refuse(f'{file} must be an object: {{"ID": "keep"}}')
        for name, answer in document.items():
            match answer:
                case "keep" | "take":
                    found[name] = Answer(choice=answer)
                case {"write": str(text)} if text and len(answer) == 1:
                    found[name] = Answer(choice="write", text=text)
                case _:
                    refuse(f'{file}: the answer to \'{name}\' must be "keep", "take" or {{"write": "..."}}')
    for one in given:
        name, _, said = one.rpartition("=") if not one.partition("=write:")[1] else one.partition("=")
        match said.partition(":"):
            case ("keep" | "take" as choice, "", ""):
                found[name] = Answer(choice=choice)
            case ("write", ":", text) if text:
                found[name] = Answer(choice="write", text=text)
            case _:
                raise click.UsageError(f"--answer is ID=keep, ID=take or ID=write:TEXT, and not '{one}'.")
    return found


def _report(came: Rebased, path: Path) -> dict[str, Any]:
    from cse_forms.variants.questions import to_dict

    return {
        "written": None if came.variant is None else str(path),
        "questions": [to_dict(conflict) for conflict in came.open],
        "answered": [to_dict(conflict) for conflict in came.conflicts if conflict not in came.open],
        "dropped": [f"{operation.action} {operation.part}" for operation in came.dropped],
    }


def _print(came: Rebased, path: Path) -> None:
    from cse_forms.variants.questions import question_of

    for number, conflict in enumerate(came.open, 1):
        click.echo(printable(f"{number}. {question_of(conflict)}"))
        other = f", '{conflict.id}=write:...'" if conflict.may_write else ""
        click.echo(printable(f"  --answer '{conflict.id}=keep', '{conflict.id}=take'{other}\n"))
    for operation in came.dropped if came.variant is not None else ():
        click.echo(printable(f"No longer needed: {operation.action} {operation.part}"))
    if came.variant is None:
        click.echo(f"{count_of(len(came.open), 'question')} to answer; nothing was written.")
        return
    click.echo(printable(f"Wrote {path}: {count_of(len(came.variant.operations), 'operation')}"))
    click.echo("Its scenarios are those of the version before: run 'cse-forms check' on it, and read what differs.")
