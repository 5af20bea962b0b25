"""The command `cse-forms`. Exit status: 0 fine, 1 findings, 2 wrong usage, bad input or a broken definition."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cse_forms.cli.arguments import (
    BROKEN,
    FINE,
    FOUND,
    catalogue_of,
    count_of,
    draft_option,
    examples,
    form_of,
    print_json,
    response_of,
)
from cse_forms.cli.explaining import explain
from cse_forms.cli.printing import printable
from cse_forms.cli.proving import prove
from cse_forms.cli.reading import read
from cse_forms.cli.rendering import render
from cse_forms.cli.supposing import what_if
from cse_forms.cli.testing import test
from cse_forms.errors import CseFormsError, DefinitionError
from cse_forms.writing import write_file

if TYPE_CHECKING:
    from cse_forms.answers.findings import Finding
    from cse_forms.checking import Checked

# Every command imports what it needs when it runs, so that `--help` does not wait for it.


class _Group(click.Group):
    """Tells the library's errors without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DefinitionError as error:
            click.echo(printable(str(error)), err=True)
        except CseFormsError as error:
            click.echo(printable(f"Error: {error}"), err=True)
        return ctx.exit(BROKEN)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "  cse-forms list\n"
        "  cse-forms render cse-toolbox --to docx -o toolbox.docx\n"
        "  cse-forms evaluate response.json\n"
        "  cse-forms --definitions my-definitions show intake"
    ),
)
@click.option(
    "--definitions",
    metavar="DIR",
    envvar="CSE_FORMS_DEFINITIONS",
    type=click.Path(path_type=Path),
    help="Use the forms of this folder, DIR/<id>/<version>/form.json, in place of the shipped ones.",
)
@click.version_option(package_name="cse_forms", prog_name="cse-forms")
@click.pass_context
def main(context: click.Context, definitions: Path | None) -> None:
    """Assessment forms on child sexual exploitation: show, fill, validate, evaluate and print them.

    Exit status: 0 fine, 1 findings, 2 wrong usage, bad input or a broken definition.
    """
    context.obj = definitions


@main.command("list", epilog=examples("  cse-forms list\n  cse-forms list --json"))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_forms(definitions: Path | None, as_json: bool) -> None:
    """List the forms and their versions."""
    entries = catalogue_of(definitions).entries()
    if as_json:
        words = ("id", "version", "status", "title")
        print_json([{word: getattr(entry, word) for word in words} for entry in entries])
        return
    width = max((len(entry.id) for entry in entries), default=0)
    for entry in entries:
        click.echo(printable(f"{entry.id:<{width}}  {entry.version:<7}  {entry.status:<9}  {entry.title}"))


@main.command(epilog=examples("  cse-forms show cse-toolbox\n  cse-forms show cse-toolbox@1.0.0 --json > form.json"))
@click.argument("form")
@click.option("--json", "as_json", is_flag=True, help="Print the definition document itself.")
@click.pass_obj
def show(definitions: Path | None, form: str, as_json: bool) -> None:
    """Show what a form holds: its questions, levels and sources, and what is withheld, mended, doubtful or derived.

    FORM is a form's id, or ID@VERSION.
    """
    found = form_of(definitions, form)
    if as_json:
        print_json(dict(found.schema))
        return
    from cse_forms.cli.summary import summary

    for line in summary(found):
        click.echo(printable(line))


@main.command(epilog=examples("  cse-forms new cse-toolbox > response.json"))
@click.argument("form")
@click.pass_obj
def new(definitions: Path | None, form: str) -> None:
    """Print an empty response to a form, a draft that is ready to be filled in.

    FORM is a form's id, or ID@VERSION.
    """
    print_json(form_of(definitions, form).new_response().to_dict())


@main.command(epilog=examples("  cse-forms validate response.json\n  cse-forms validate --draft --json response.json"))
@click.argument("response", type=click.Path(path_type=Path, allow_dash=True))
@draft_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: valid, findings.")
@click.pass_obj
def validate(definitions: Path | None, response: Path, draft: bool, as_json: bool) -> None:
    """Say whether a response is acceptable, and what is wrong with it.

    RESPONSE is a file, or - for standard input.
    """
    read, form = response_of(definitions, response)
    report = form.validate(read, draft=draft)
    if as_json:
        print_json(report.to_dict())
    else:
        for finding in report.findings:
            click.echo(printable(_told(finding)))
        verdict = "valid" if report.valid else "not valid"
        kind = "draft" if draft or read.is_draft else "complete response"
        click.echo(f"{form.id} {form.version}: {verdict} as a {kind}, {count_of(len(report.findings), 'finding')}")
    sys.exit(FOUND if report.findings else FINE)


@main.command(epilog=examples("  cse-forms evaluate response.json\n  cse-forms evaluate --json response.json"))
@click.argument("response", type=click.Path(path_type=Path, allow_dash=True))
@draft_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as outcome.schema.json describes it.")
@click.pass_obj
def evaluate(definitions: Path | None, response: Path, draft: bool, as_json: bool) -> None:
    """Say which level a response suggests and why, what is not ruled out, and what to do.

    RESPONSE is a file, or - for standard input.
    """
    read, form = response_of(definitions, response)
    outcome = form.evaluate(read, draft=draft)
    if as_json:
        print_json(outcome.to_dict())
    else:
        from cse_forms.cli.terminal import lines_of

        click.echo(
            printable(f"{form.title} ({form.id} {form.version}){' - draft' if draft or read.is_draft else ''}\n")
        )
        for line in lines_of(form.document(read, draft=draft).outcome_blocks):
            click.echo(line)
    sys.exit(FOUND if outcome.findings else FINE)


@main.command(epilog=examples("  cse-forms check\n  cse-forms check my-definitions --remarks --json"))
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--remarks", is_flag=True, help="List what is withheld, mended, doubtful or derived, and why.")
@click.pass_obj
def check(definitions: Path | None, paths: tuple[Path, ...], as_json: bool, remarks: bool) -> None:
    """Check definitions: their form, their selectors, their derived rules, their digests and their scenarios.

    A warning names what may be meant so and often is not; it does not make a definition unfit for use.
    PATH is a definition's file or a folder of them; the shipped ones, if there is none.
    """
    from cse_forms.checking import check_file, definition_files

    places = paths or (catalogue_of(definitions).directory,)
    checked = [check_file(file) for place in places for file in definition_files(place)]
    if as_json:
        print_json({"fit": all(one.is_fit for one in checked), "definitions": [one.to_dict() for one in checked]})
    else:
        for one in checked:
            _print_checked(one, remarks=remarks)
    if any(one.problems or one.scenario_problems for one in checked):
        sys.exit(BROKEN)
    sys.exit(FINE if all(one.is_fit for one in checked) else FOUND)


def _print_checked(one: Checked, *, remarks: bool) -> None:
    for problem in one.problems:
        click.echo(printable(f"{one.path}:{problem}"))
    scenarios = one.path.with_name("scenarios.json")
    for problem in one.scenario_problems:
        click.echo(printable(f"{scenarios}:{problem}"))
    for difference in one.differences:
        click.echo(printable(f"{scenarios}: {difference}"))
    for warning in one.warnings:
        click.echo(printable(f"{one.path}:{warning}"))
    if one.definition is None:
        click.echo(printable(f"{one.path}: {count_of(len(one.problems), 'problem')}"))
        return
    kinds = [remark.kind for remark in one.remarks]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("withheld", "mended", "doubtful", "derived"))
    verdict = "fit for use" if one.is_fit else "not fit for use"
    held = f"{count_of(len(one.definition.questions), 'question')}, {count_of(one.scenarios, 'scenario')}"
    if one.warnings:
        held = f"{held}, {count_of(len(one.warnings), 'warning')}"
    click.echo(f"{one.definition.id} {one.definition.version}: {verdict}; {held}; {counts}")
    if remarks:
        for remark in one.remarks:
            click.echo(printable(f"  {remark.kind} {remark.pointer}: {remark.text}"))


@main.command("format", epilog=examples("  cse-forms format my-definitions/intake/1.0.0/form.json"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
def format_definitions(paths: tuple[Path, ...]) -> None:
    """Write definitions in their usual form, with the rules that follow from 'showWhen' and 'required'.

    PATH is a definition's file or a folder of them. A published definition is never written to.
    """
    from cse_forms.checking import definition_files
    from cse_forms.reading import read_file
    from cse_forms.schema.loading import load_definition
    from cse_forms.thresholds.as_schema import with_derived_rules

    for file in [file for path in paths for file in definition_files(path)]:
        data = read_file(file)
        definition = load_definition(data, str(file))
        text = json.dumps(with_derived_rules(definition), indent=2, ensure_ascii=False) + "\n"
        if text.encode("utf-8") == data:
            click.echo(printable(f"{file}: in its usual form"))
        elif definition.is_published:
            raise CseFormsError(f"{file} is published, and a published version never changes; make a new version of it")
        else:
            write_file(file, text.encode("utf-8"))
            click.echo(printable(f"{file}: written"))


def _told(finding: Finding) -> str:
    place = finding.pointer or "(the answers)"
    words = f" {finding.question}" if finding.question else ""
    return f"{finding.severity} {finding.code} {place}{words}\n    {finding.message}"


main.add_command(explain)
main.add_command(prove)
main.add_command(read)
main.add_command(render)
main.add_command(test)
main.add_command(what_if)
