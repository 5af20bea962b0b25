"""The command `cse-forms`. Exit status: 0 fine, 1 findings, 2 wrong usage, bad input or a broken definition."""

from __future__ import annotations

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
    language_option,
    print_json,
    response_of,
)
from cse_forms.cli.checking import check, format_definitions
from cse_forms.cli.comparing import diff
from cse_forms.cli.explaining import explain
from cse_forms.cli.migrating import draft_migration, migrate
from cse_forms.cli.previewing import preview
from cse_forms.cli.printing import printable
from cse_forms.cli.proving import prove
from cse_forms.cli.publishing import new_version, publish, retire
from cse_forms.cli.reading import read
from cse_forms.cli.rendering import render
from cse_forms.cli.schemas import schema
from cse_forms.cli.serving import serve
from cse_forms.cli.supposing import what_if
from cse_forms.cli.testing import test
from cse_forms.cli.translating import translate
from cse_forms.cli.variants import rebase, variant
from cse_forms.cli.workbook import from_xlsx, to_xlsx
from cse_forms.errors import CseFormsError, DefinitionError

if TYPE_CHECKING:
    from cse_forms.answers.findings import Finding

# Every command imports what it needs when it runs, so that `--help` does not wait for it.


_SECTIONS = {
    "Forms and responses": (
        "list", "show", "new", "serve", "render", "read", "validate", "evaluate", "explain", "what-if", "migrate"
    ),
    "Definitions": (
        "new-version", "check", "format", "preview", "test", "prove", "diff", "publish", "retire", "draft-migration",
        "variant", "rebase", "translate", "to-xlsx", "from-xlsx", "schema"
    ),
}  # fmt: skip
"""The commands as the help lists them: for those who use forms, and for those who own them."""


class _Group(click.Group):
    """Lists the commands by whom they are for, and tells the library's errors without a traceback."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        listed = {name for names in _SECTIONS.values() for name in names}
        others = tuple(name for name in self.list_commands(ctx) if name not in listed)
        for title, names in (*_SECTIONS.items(), ("Others", others)):
            if names:
                with formatter.section(title):
                    limit = formatter.width - 6 - max(map(len, names))
                    formatter.write_dl([(name, self.commands[name].get_short_help_str(limit)) for name in names])

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
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: valid, findings.")
@click.pass_obj
def validate(definitions: Path | None, response: Path, draft: bool, language: str | None, as_json: bool) -> None:
    """Say whether a response is acceptable, and what is wrong with it.

    RESPONSE is a file, or - for standard input.
    """
    read, form = response_of(definitions, response)
    report = form.validate(read, draft=draft, language=language)
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
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as outcome.schema.json describes it.")
@click.pass_obj
def evaluate(definitions: Path | None, response: Path, draft: bool, language: str | None, as_json: bool) -> None:
    """Say which level a response suggests and why, what is not ruled out, and what to do.

    RESPONSE is a file, or - for standard input.
    """
    read, form = response_of(definitions, response)
    outcome = form.evaluate(read, draft=draft, language=language)
    if as_json:
        print_json(outcome.to_dict())
    else:
        from cse_forms.cli.terminal import lines_of
        from cse_forms.document.languages import interface_of, notice_panels

        document = form.document(read, draft=draft, language=language)
        status = f" - {document.banner.lower()}" if document.banner else ""
        notices = notice_panels(interface_of(form.in_language(language).definition, language))
        click.echo(printable(f"{document.title} ({form.id} {form.version}){status}\n"))
        for line in lines_of((*notices, *document.outcome_blocks)):
            click.echo(line)
    sys.exit(FOUND if outcome.findings else FINE)


def _told(finding: Finding) -> str:
    place = finding.pointer or "(the answers)"
    words = f" {finding.question}" if finding.question else ""
    return f"{finding.severity} {finding.code} {place}{words}\n    {finding.message}"


main.add_command(check)
main.add_command(draft_migration)
main.add_command(diff)
main.add_command(explain)
main.add_command(format_definitions)
main.add_command(migrate)
main.add_command(prove)
main.add_command(read)
main.add_command(new_version)
main.add_command(preview)
main.add_command(publish)
main.add_command(rebase)
main.add_command(render)
main.add_command(retire)
main.add_command(schema)
main.add_command(serve)
main.add_command(test)
main.add_command(translate)
main.add_command(variant)
main.add_command(what_if)
main.add_command(from_xlsx)
main.add_command(to_xlsx)
