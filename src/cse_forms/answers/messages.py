"""What a finding says: a plain sentence of what to do, without the answer itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias

from cse_forms.schema.items import Item, Kind, Question, Section, Table

UNPRINTABLE = (
    "The text holds a control character, which can be neither seen nor printed; documents show a mark in its place."
)

MISSING_SECTION = "This section must be there; give an object with its answers, in curly brackets."

_KINDS = {
    Kind.TEXT: "Give a text.",
    Kind.DATE: "Give the date as year-month-day, such as 2026-03-31.",
    Kind.INTEGER: "Give a whole number, such as 14, without quotation marks.",
    Kind.NUMBER: "Give a number, such as 14 or 2.5, without quotation marks.",
    Kind.TICK: "Give true where the box is ticked, and false where it is not.",
    Kind.CHOICES: "Give a list of the options chosen.",
}

Told: TypeAlias = tuple[str, str]
"""A finding's code and message."""


def missing(item: Question | Table) -> str:
    """Say that an answer is missing, and how to give it."""
    if isinstance(item, Question) and item.kind is Kind.CHOICE:
        return f"Choose one of: {_options(item)}."
    if isinstance(item, Question) and item.kind is not Kind.TEXT:
        return f"This must be answered. {_KINDS[item.kind]}"
    return "This must be answered."


def told(word: str, data: dict[str, Any], item: Item | None) -> Told:
    """Say what a keyword of JSON Schema found at fault.

    Args:
        word: the keyword, such as "maximum".
        data: what the validator says of it, such as {"limit": 17}.
        item: the section or question that it was said of.
    """
    say = _SAID.get(word)
    return say(data, item) if say else ("rule-broken", "This does not fit with other answers that were given.")


def _wrong_type(_: dict[str, Any], item: Item | None) -> Told:
    if isinstance(item, Question):
        if item.kind is Kind.CHOICE:
            return _not_an_option(_, item)
        return "wrong-type", f"{_KINDS[item.kind]} Leave the question out if there is no answer."
    if isinstance(item, Table):
        return "wrong-type", "Give a list of rows, in square brackets."
    if isinstance(item, Section):
        return "wrong-type", "Give an object with the answers of this section, in curly brackets."
    return "wrong-type", "This value is of another kind than the form asks for."


def _not_an_option(_: dict[str, Any], item: Item | None) -> Told:
    if not isinstance(item, Question):
        return "not-an-option", "This is none of the options."
    written = ", ".join(json.dumps(option.value) for option in item.options)
    return "not-an-option", f"Choose one of: {_options(item)} (written {written})."


def _not_of_the_format(data: dict[str, Any], _: Item | None) -> Told:
    if data["format"] == "date":
        return "not-a-date", _KINDS[Kind.DATE]
    return "wrong-pattern", f"Give this in the form of a {data['format']}."


def _limited(code: str, sentence: str) -> Callable[[dict[str, Any], Item | None], Told]:
    return lambda data, _: (code, sentence.format(limit=data.get("limit")))


_SAID: dict[str, Callable[[dict[str, Any], Item | None], Told]] = {
    "type": _wrong_type,
    "oneOf": _not_an_option,
    "const": _not_an_option,
    "enum": _not_an_option,
    "format": _not_of_the_format,
    "minLength": _limited("too-short", "Give at least {limit} characters."),
    "maxLength": _limited("too-long", "Give at most {limit} characters."),
    "minItems": _limited("too-few", "Give at least {limit}."),
    "maxItems": _limited("too-many", "Give at most {limit}."),
    "uniqueItems": _limited("repeated-option", "Name each option once."),
    "minimum": _limited("out-of-range", "Give a number that is {limit} or more."),
    "maximum": _limited("out-of-range", "Give a number that is {limit} or less."),
    "exclusiveMinimum": _limited("out-of-range", "Give a number above {limit}."),
    "exclusiveMaximum": _limited("out-of-range", "Give a number below {limit}."),
    "multipleOf": _limited("out-of-range", "Give a number in the steps that the form asks for."),
    "pattern": _limited("wrong-pattern", "Give this in the form that the question asks for."),
}


def _options(item: Question) -> str:
    return ", ".join(option.title for option in item.options)
