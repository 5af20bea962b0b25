"""`cse-forms check` and `cse-forms format`: definitions and the files beside them, held against the rules."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cse_forms.cli.arguments import BROKEN, FINE, FOUND, catalogue_of, count_of, examples, print_json
from cse_forms.cli.printing import printable

if TYPE_CHECKING:
    from cse_forms.checking import Checked, Notice

# Every command imports what it needs when it runs, so that `--help` does not wait for it.


@click.command(
    epilog=examples(
        "  cse-forms check\n"
        "  cse-forms check my-definitions --remarks --json\n"
        "  cse-forms check my-definitions --format sarif > found.sarif"
    )
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="text: for people. json: all that is known. sarif: SARIF 2.1.0, for code review services and editors. github: "
    "lines that GitHub Actions shows beside a change.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--remarks", is_flag=True, help="List what is withheld, mended, doubtful or derived, and why.")
@click.pass_obj
def check(definitions: Path | None, paths: tuple[Path, ...], layout: str, as_json: bool, remarks: bool) -> None:
    """Check definitions: their form, their selectors, their derived rules, their digests and their scenarios.

    All that is wrong is told at once, with what would be right; docs/check-rules.md says more of every code. A
    warning names what may be meant so and often is not; it does not make a definition unfit for use. PATH is a
    definition's file or a folder of them; the shipped ones, if there is none.

    Exit status: 0 all are fit for use, 1 a scenario comes out otherwise, 2 a file has a fault.
    """
    from cse_forms.checking import definition_files
    from cse_forms.checking.many import check_files

    places = paths or (catalogue_of(definitions).directory,)
    files = list(dict.fromkeys(file for place in places for file in definition_files(place)))
    checked = list(_with_progress(check_files(files), len(files)))
    _print(checked, "json" if as_json else layout, remarks=remarks)
    if any(one.is_broken for one in checked):
        sys.exit(BROKEN)
    sys.exit(FINE if all(one.is_fit for one in checked) else FOUND)


def _with_progress(checked: Iterator[Checked], length: int) -> Iterable[Checked]:
    """Yield what was found; where somebody watches, with a bar that tells how far it is."""
    if not sys.stderr.isatty():
        yield from checked
        return
    with click.progressbar(checked, length=length, label="Checking", file=sys.stderr) as bar:
        yield from bar


def _print(checked: list[Checked], layout: str, *, remarks: bool) -> None:
    # The versions of one form share its index, which is told of once.
    notices = dict.fromkeys(notice for one in checked for notice in one.notices)
    match layout:
        case "json":
            print_json({"fit": all(one.is_fit for one in checked), "definitions": [one.to_dict() for one in checked]})
        case "sarif":
            from cse_forms.checking.sarif import sarif

            print_json(sarif(notices, Path.cwd()))
        case "github":
            from cse_forms.checking.github import github_lines

            for line in github_lines(notices, Path.cwd()):
                click.echo(printable(line))
        case _:
            told: set[Notice] = set()
            for one in checked:
                _print_checked(one, told, remarks=remarks)


def _print_checked(one: Checked, told: set[Notice], *, remarks: bool) -> None:
    """Print what was found about a definition in words, leaving out what was told already."""
    from cse_forms.checking.rules import rule_of

    explained: set[str] = set()
    for notice in one.notices:
        if notice in told:
            continue
        told.add(notice)
        problem, is_warning = notice.problem, notice.problem.severity == "warning"
        where = f"{notice.path}:{problem.line}:{problem.column}"
        place = f" {problem.pointer}" if problem.pointer else f" (the {'form' if is_warning else 'document'})"
        # A scenario says in its own words what it is, and what did not come out.
        place = "" if problem in one.failures else place
        click.echo(printable(f"{where} {problem.severity} {problem.code}{place}: {problem.message}"))
        remedy = rule_of(problem.code).remedy
        if problem.remedy is None and problem.code not in explained and remedy.rstrip(".") not in problem.message:
            explained.add(problem.code)
            click.echo(f"    {remedy}")
    faults = len([notice for notice in one.notices if notice.problem.severity == "error"]) - len(one.failures)
    if one.held is None:
        click.echo(printable(f"{one.path}: {count_of(faults, 'problem')}"))
        return
    kinds = [remark.kind for remark in one.remarks]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("withheld", "mended", "doubtful", "derived"))
    verdict = "fit for use" if one.is_fit else "not fit for use"
    held = [count_of(one.held.questions, "question"), count_of(one.scenarios, "scenario")]
    held += [count_of(faults, "problem")] if faults else []
    held += [count_of(len(one.warnings), "warning")] if one.warnings else []
    click.echo(f"{one.held.form} {one.held.version}: {verdict}; {', '.join(held)}; {counts}")
    if remarks:
        for remark in one.remarks:
            click.echo(printable(f"  {remark.kind} {remark.pointer}: {remark.text}"))


@click.command(
    "format",
    epilog=examples(
        "  cse-forms format my-definitions/intake/1.0.0/form.json\n  cse-forms format --check my-definitions"
    ),
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; say what is not in its usual form.")
def format_definitions(paths: tuple[Path, ...], only_check: bool) -> None:
    """Write definitions in their usual form, with the rules that follow from 'showWhen' and 'required'.

    The JSON files beside them that people write, such as scenarios.json, are set out in the same way, so that what a
    version control system shows as changed is what was changed. PATH is a definition's file or a folder of them. A
    published version is never written to.

    Exit status: 0 all is in its usual form now, 1 with --check something is not, 2 a file has a fault.
    """
    from cse_forms.checking import definition_files
    from cse_forms.checking.layout import Layout, check_changeable, formatted
    from cse_forms.writing import write_file

    is_other = False
    for definition in dict.fromkeys(file for path in paths for file in definition_files(path)):
        for one in formatted(definition):
            if one.layout is Layout.USUAL:
                click.echo(printable(f"{one.path}: in its usual form"))
            elif only_check:
                is_published = one.layout is Layout.PUBLISHED
                is_other = is_other or not is_published
                told = "published, and never set out anew" if is_published else "not in its usual form"
                click.echo(printable(f"{one.path}: {told}"))
            else:
                check_changeable(one)
                write_file(one.path, one.data, was=one.was)
                click.echo(printable(f"{one.path}: written"))
    sys.exit(FOUND if is_other else FINE)
