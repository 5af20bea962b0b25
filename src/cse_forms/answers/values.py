"""What people write in a control, as the value that a response holds."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from cse_forms.pointers import BLANK
from cse_forms.schema.items import Kind, Option, Question

_SPACED = re.compile(r"[\s\u00a0\u202f]+")
_NUMERIC_DATE = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDED_DATE = re.compile(r"(?:[^\W\d]+,? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([^\W\d]+)\.?,? (\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?:[^\W\d]+,? )?([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,4})?", re.ASCII)
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", re.ASCII)
_LONGEST_NUMBER = 4_000
"""Digits. Python reads no more at once."""

_MONTHS = (
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
)
"""In English, in short, and in Welsh."""

_MONTH_NUMBERS = {name: number for names in _MONTHS for number, name in enumerate(names.split(), 1)} | {"sept": 9}


@dataclass(frozen=True, slots=True)
class Value:
    """What was read; or why nothing was."""

    value: Any = BLANK
    refusal: str | None = None
    is_ambiguous: bool = False


def value_of(question: Question, text: str, *, picked: str | None = None) -> Value:
    """Read what was written in answer to a question that has no options.

    Args:
        question: what was asked.
        text: what was written; not empty.
        picked: the date that the control keeps besides its text, if any, as YYYY-MM-DD.
    """
    match question.kind:
        case Kind.DATE:
            return _date(text, picked)
        case Kind.INTEGER | Kind.NUMBER:
            return _number(text, whole=question.kind is Kind.INTEGER)
        case Kind.TEXT:
            return Value(text)
        case Kind.TICK | Kind.CHOICE | Kind.CHOICES:
            raise AssertionError(question.kind)


def option_of(question: Question, text: str, names: tuple[str, ...]) -> list[Option]:
    """Return the options that a text names, by title or by name; more than one where two have the same title."""
    wanted = _plain(text)
    pairs = list(zip(question.options, names, strict=True))
    for is_meant in (
        lambda option, _: option.title == text,
        lambda option, _: _plain(option.title) == wanted,
        lambda _, name: name.casefold() == wanted,
    ):
        found = [option for option, name in pairs if is_meant(option, name)]
        if found:
            return found
    return []


def _plain(text: str) -> str:
    """Return a text without what a word processor changes as it is typed."""
    straight = text.replace("\u2019", "'").replace("\u2018", "'").replace("\u201c", '"').replace("\u201d", '"')
    return _SPACED.sub(" ", straight.replace("\u2013", "-")).strip().casefold()


def _date(text: str, picked: str | None) -> Value:
    words = _SPACED.sub(" ", text.replace("\u2013", "-").replace("\u2011", "-")).strip()
    found = _written_date(words)
    if found is None:
        if picked is not None and _speaks_of(words, picked):
            return Value(picked)
        return Value(refusal="This is no date that can be read; write it as 3 March 2026 or 03/03/2026.")
    year, month, day = found
    try:
        read = date(year, month, day).isoformat()
    except ValueError:
        return Value(refusal="There is no such day; dates are read as day, month, year.")
    if picked is not None and picked != read and sorted(picked.split("-")) == sorted(read.split("-")):
        return Value(
            refusal=f"The words are read as {read}, and the calendar of the control says {picked}.", is_ambiguous=True
        )
    return Value(read)


def _written_date(words: str) -> tuple[int, int, int] | None:
    if found := _ISO_DATE.fullmatch(words):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMERIC_DATE.fullmatch(words):
        return int(found[3]), int(found[2]), int(found[1])
    for pattern, day, month in ((_WORDED_DATE, 1, 2), (_MONTH_FIRST, 2, 1)):
        found = pattern.fullmatch(words)
        number = _MONTH_NUMBERS.get(found[month].casefold()) if found else None
        if found and number:
            return int(found[3]), number, int(found[day])
    return None


def _speaks_of(words: str, picked: str) -> bool:
    """Whether words in another language give the year and the day of the date that was picked."""
    numbers = {int(number) for number in re.findall(r"\d{1,9}", words)}
    year, _, day = picked.split("-")
    return numbers == {int(year), int(day)}


def _number(text: str, *, whole: bool) -> Value:
    written = text.strip().replace("\u2212", "-").replace("\u2013", "-").replace("\u00a0", "")
    if len(written) > _LONGEST_NUMBER:
        return Value(refusal="This number is too long.")
    if _THOUSANDS.fullmatch(written):
        written = written.replace(",", "")
    if not _NUMBER.fullmatch(written):
        return Value(refusal="This is no number; write it in digits alone.")
    value = json.loads(written)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return Value(refusal="This number is too large.")
    if whole and value != int(value):
        return Value(refusal="A whole number is wanted here.")
    return Value(value)
