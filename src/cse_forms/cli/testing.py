"""`cse-forms test`: run a definition's scenarios, and say what they show of its policy and what they do not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import (
    BROKEN,
    FINE,
    FOUND,
    catalogue_of,
    count_of,
    examples,
    print_json,
    refuse,
)
from cse_forms.cli.printing import printable
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.coverage.aims import Aim
    from cse_forms.coverage.testing import Coverage

_HOW_TO_START = (
    "There is no {file} yet. 'cse-forms test PATH --suggest -o {file}' writes a first one: read every scenario in it, "
    "and keep what your policy says."
)
_READ_THEM = (
    "They expect what comes out now. Whoever owns the policy reads each and confirms it, or mends the definition."
)


@click.command(
    "test",
    epilog=examples(
        "  cse-forms test\n"
        "  cse-forms test cse-toolbox\n"
        "  cse-forms test my-definitions/intake/1.0.0/form.json --suggest -o more.json"
    ),
)
@click.argument("what", nargs=-1, metavar="[FORM|PATH]...")
@click.option("--suggest", is_flag=True, help="Write a scenario for all that is not shown yet (needs z3-solver).")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --suggest: the file for the scenarios. If none is named, they are printed.",
)
@click.option("--time-limit", metavar="SECONDS", type=click.FloatRange(min=0), default=5.0, show_default=True,
              help="How long to search for each thing that is not shown yet.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def test(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None,
    what: tuple[str, ...],
    suggest: bool,
    output: Path | None,
    time_limit: float,
    as_json: bool,
) -> None:
    """Run the scenarios of definitions, and measure what they show of the policy.

    Every rule, band, adjustment, prompt and check should be seen holding and failing, every level suggested, and each
    boundary just below, at and above. FORM is a form's id, or ID@VERSION; PATH is a definition's file or a folder of
    them; the shipped forms, if nothing is named.

    Exit status: 0 all scenarios come out as expected and show everything, 1 they do not, 2 a definition is broken.
    """
    from cse_forms.coverage.suggesting import NOT_INSTALLED, is_installed
    from cse_forms.coverage.testing import run_scenarios

    if output is not None and not suggest:
        raise click.UsageError("-o says where the scenarios of --suggest are written; say --suggest as well.")
    if suggest and not is_installed():
        refuse(NOT_INSTALLED)
    files = _files(definitions, what)
    if output is not None and len(files) > 1:
        raise click.UsageError("-o takes the scenarios of one definition; name one.")
    tested = [run_scenarios(file) for file in files]
    if is_installed():
        tested = [_searched(one, time_limit, is_shown=not as_json) for one in tested]
    if as_json:
        print_json({"sound": all(one.is_sound for one in tested), "definitions": [one.to_dict() for one in tested]})
    else:
        for one in tested:
            _print_tested(one)
    if suggest:
        for one in tested:
            _print_suggestions(one, output, is_shown=not as_json)
    if any(one.problems for one in tested):
        sys.exit(BROKEN)
    sys.exit(FINE if all(one.is_sound for one in tested) else FOUND)


def _files(definitions: Path | None, what: tuple[str, ...]) -> list[Path]:
    from cse_forms.checking import definition_files
    from cse_forms.schema.catalogue import FORM_FILE

    catalogue = catalogue_of(definitions)
    files: list[Path] = []
    for name in what or (str(catalogue.directory),):
        if "/" in name or Path(name).exists():
            files += definition_files(Path(name))
        else:
            form, _, version = name.partition("@")
            found = catalogue.get_form(form, version or None)
            files.append(catalogue.directory / found.id / found.version / FORM_FILE)
    return files


def _searched(tested: Coverage, time_limit: float, *, is_shown: bool) -> Coverage:
    """Search for what is not shown yet, with a bar on a terminal."""
    from cse_forms.coverage.testing import searched

    if tested.is_covered or tested.definition is None:
        return tested
    with click.progressbar(
        length=len(tested.uncovered),
        label=f"Searching, {tested.definition.id}",
        file=sys.stderr,
        hidden=not (is_shown and sys.stderr.isatty()),
    ) as bar:
        return searched(tested, time_limit=time_limit, progress=lambda done, _of: bar.update(done - bar.pos))


def _print_tested(one: Coverage) -> None:
    from cse_forms.coverage.aims import KINDS
    from cse_forms.coverage.suggesting import NOT_INSTALLED, is_installed
    from cse_forms.scenarios import SCENARIO_FILE

    scenarios = one.path.with_name(SCENARIO_FILE)
    for problem in one.problems:
        click.echo(printable(f"{one.path if one.definition is None else scenarios}:{problem}"))
    if one.problems or one.definition is None:
        return
    for difference in one.differences:
        click.echo(printable(f"{scenarios}: {difference}"))
    different = len({difference.scenario for difference in one.differences})
    verdict = f"{different} not as expected" if different else "all as expected"
    ran = f"{count_of(one.scenarios, 'scenario')}, {verdict}" if one.scenarios else "no scenarios"
    click.echo(f"{one.definition.id} {one.definition.version}: {ran}")
    counts = one.counts()
    width = max((len(KINDS[kind]) for kind in counts), default=0)
    for kind, (shown, total) in counts.items():
        click.echo(f"  {KINDS[kind]:<{width}}  {shown} of {total}")
    if not counts:
        click.echo("  There is nothing in it that scenarios could show or miss.")
    _print_aims("Not shown yet", one.uncovered, one.undecided)
    _print_aims("What no answers can show", one.impossible)
    if not one.has_scenarios and one.uncovered:
        click.echo(printable(_HOW_TO_START.format(file=scenarios)))
    if one.uncovered and not is_installed():
        click.echo(NOT_INSTALLED)
    click.echo()


def _print_aims(heading: str, aims: Iterable[Aim], undecided: Iterable[Aim] = ()) -> None:
    listed = list(aims)
    open_ = {id(aim) for aim in undecided}
    if listed:
        click.echo(f"  {heading}:")
    for aim in listed:
        note = " (no answers found that show it, and no proof that there are none)" if id(aim) in open_ else ""
        click.echo(printable(f"  - {aim.kind} {aim.text}{note}"))


def _print_suggestions(one: Coverage, output: Path | None, *, is_shown: bool) -> None:
    scenarios = [suggestion.scenario for suggestion in one.suggestions]
    if output is None:
        if scenarios and is_shown:
            print_json({"scenarios": scenarios})
            click.echo(_READ_THEM, err=True)
        return
    if not scenarios:
        click.echo("There is no scenario to suggest; nothing was written.", err=True)
        return
    text = json.dumps({"scenarios": scenarios}, indent=2, ensure_ascii=False) + "\n"
    write_file(output, text.encode("utf-8"))
    click.echo(printable(f"Wrote {output}: {count_of(len(scenarios), 'scenario')}. {_READ_THEM}"), err=True)
