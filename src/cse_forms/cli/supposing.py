"""`cse-forms what-if`: what would come out if answers were other than they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cse_forms.cli.arguments import FINE, draft_option, examples, print_json, refuse, response_of
from cse_forms.cli.printing import printable

if TYPE_CHECKING:
    from cse_forms.answers.findings import Finding
    from cse_forms.answers.response import Response
    from cse_forms.forms import Form
    from cse_forms.schema.items import Question, Section, Table
    from cse_forms.thresholds.reading import Keys


@click.command(
    "what-if",
    epilog=examples(
        "  cse-forms what-if response.json\n"
        "  cse-forms what-if response.json --set /summary/association-known=Yes\n"
        "  cse-forms what-if response.json --set /summary/association-known=no --unset /summary/beyond-threshold --json"
    ),
)
@click.argument("response", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="/POINTER=VALUE",
    help="Suppose this answer: JSON, an option's value or title, or a text. May be given several times.",
)
@click.option(
    "--unset",
    "unsettings",
    multiple=True,
    metavar="/POINTER",
    help="Suppose that this is not answered: a question, a table, or a row of one.",
)
@draft_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def what_if(  # noqa: PLR0917 - click passes them by name
    definitions: Path | None,
    response: Path,
    settings: tuple[str, ...],
    unsettings: tuple[str, ...],
    draft: bool,
    as_json: bool,
) -> None:
    """Show how level, reasons and prompts would change if answers were other than they are. Nothing is written.

    Without --set and --unset: the smallest sets of answers that would settle what is open, or change what is
    suggested. RESPONSE is a file, or - for standard input.
    """
    from cse_forms.document.settling import settling, to_dict
    from cse_forms.document.supposing import comparison
    from cse_forms.thresholds.policy import Policy
    from cse_forms.thresholds.supposing.smallest_sets import smallest_sets

    read, form = response_of(definitions, response)
    draft = draft or read.is_draft
    policy = Policy(form.definition)
    if settings or unsettings:
        changed = _changed(form, read, settings, unsettings)
        outcomes = [form.evaluate(answers, draft=draft) for answers in (read.answers, changed)]
        if as_json:
            print_json({"before": outcomes[0].to_dict(), "after": outcomes[1].to_dict()})
        else:
            first, second = ([_told(finding) for finding in outcome.findings] for outcome in outcomes)
            _print(comparison(policy, read.answers, changed, (first, second), draft=draft))
    elif as_json:
        print_json({"assessments": to_dict(smallest_sets(policy, read.answers, draft=draft))})
    else:
        _print(settling(policy, read.answers, draft=draft))
    sys.exit(FINE)


def _told(finding: Finding) -> str:
    return f"{finding.question or finding.pointer}: {finding.message}"


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))


def _changed(form: Form, response: Response, settings: tuple[str, ...], unsettings: tuple[str, ...]) -> Any:
    """Return the answers as they are supposed to be."""
    from cse_forms.thresholds.supposing.what_if import supposing, without

    answers = response.answers
    left_out = [_place_of_any(form, answers, pointer)[1] for pointer in unsettings]
    # The last row goes first: those before it keep their numbers.
    for keys in sorted(left_out, key=_numbers_of_rows, reverse=True):
        answers = without(answers, keys)
    for setting in settings:
        pointer, equals, text = setting.partition("=")
        if not equals:
            refuse(f"Say --set /pointer=value; there is no '=' in {setting}")
        question, keys = _place(form, answers, pointer)
        answers = supposing(answers, keys, _value(form, question, keys, text))
    return answers


def _numbers_of_rows(keys: Keys) -> tuple[int, ...]:
    return tuple(key for key in keys if isinstance(key, int))


def _place(form: Form, answers: Any, pointer: str) -> tuple[Question, Keys]:
    """Return the question at a pointer, and where its answer stands or would stand."""
    from cse_forms.schema.items import Question

    item, keys = _place_of_any(form, answers, pointer)
    if not isinstance(item, Question):
        _refuse_place(form, pointer)
    return item, keys


def _place_of_any(form: Form, answers: Any, pointer: str) -> tuple[Question | Section | Table, Keys]:
    """Return the question, table or row at a pointer, and where it stands or would stand."""
    from cse_forms.pointers import split, value_at
    from cse_forms.schema.items import Question, Section, Table
    from cse_forms.schema.places import ROW

    item: Any = form.definition.root
    keys: Keys = ()
    for key in split(pointer) if pointer.startswith("/") else ():
        if isinstance(item, Table) and key.isdecimal():
            rows = value_at(answers, keys)
            count = len(rows) if isinstance(rows, list) else 0
            if int(key) > count:
                refuse(f"{pointer}: there {'is' if count == 1 else 'are'} {count} of these rows; the next is {count}")
            item, keys = item.children[ROW], (*keys, int(key))
        else:
            item = item.children.get(key) if isinstance(item, Section) else None
            keys = (*keys, key)
    is_row = isinstance(item, Section) and bool(keys) and isinstance(keys[-1], int)
    if not (isinstance(item, Question | Table) or is_row):
        _refuse_place(form, pointer)
    return item, keys


def _refuse_place(form: Form, pointer: str) -> NoReturn:
    from cse_forms.schema.faults import suggestion

    near = suggestion(pointer, form.definition.questions)
    refuse(f"{form.id} {form.version} has no question at {pointer or 'the empty pointer'}{near}")


def _value(form: Form, question: Question, keys: Keys, text: str) -> Any:
    """Return the answer that is meant, which the question accepts."""
    from cse_forms import pointers
    from cse_forms.thresholds.supposing.what_if import supposing

    value = _meant(question, text)
    wrong = [
        finding.message
        for finding in form.validate(supposing({}, keys, value), draft=True).findings
        if finding.severity == "error"
    ]
    if wrong:
        named = f"{question.number} {question.full_title}" if question.number else question.full_title
        refuse(f"'{named}' ({pointers.join(keys)}) does not take {text}. {wrong[0]}")
    return value


def _meant(question: Question, text: str) -> Any:
    """Return what a text stands for: JSON, an option by its value or else by its title, or the text itself."""
    from cse_forms.schema.items import Kind

    value: Any
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    match question.kind:
        case Kind.CHOICE:
            return _option(question, value, text)
        case Kind.CHOICES:
            members = value if isinstance(value, list) else [value]
            return [_option(question, member, text if member is value else str(member)) for member in members]
        case Kind.TEXT | Kind.DATE:
            return value if isinstance(value, str) else text
        case Kind.TICK | Kind.INTEGER | Kind.NUMBER:
            return value


def _option(question: Question, value: Any, text: str) -> Any:
    from cse_forms.thresholds.matching import option_of

    for candidate in (value, text):
        option = option_of(question, candidate)
        if option is not None:
            return option.value
    titled = [option.value for option in question.options if option.title == text]
    return titled[0] if len(titled) == 1 else value
