"""How ids, pointers, answers and numbers are spelt in a text."""

from __future__ import annotations

import json
import re
from typing import Any

from cse_forms.schema.conditions import MeasureReference, Number, Round

BARE = re.compile(r'[^\s()\[\]{};:,"“”„]+')
"""A word that stands without quotation marks."""

RESERVED = frozenset({"answered", "at", "less", "measure", "more", "not", "of", "one", "within"})
"""Words that mean something after "is"; an answer of that name stands in quotation marks."""

_PLAIN_ANSWER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

TYPES = {
    "string": "text",
    "number": "number",
    "integer": "whole-number",
    "boolean": "true-or-false",
    "array": "list",
}
"""How the kinds of an answer are named."""

ROUNDS: dict[Round, str] = {
    "half-up": "half-up",
    "down": "down",
    "up": "up",
    "half-even": "half-even",
    "half-open": "half-open",
}
"""How a way to round is named."""


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def word(text: str) -> str:
    """Return an id or a pointer: in quotation marks where it would not be read as one word."""
    return text if BARE.fullmatch(text) else quoted(text)


def answer(value: Any) -> str:
    """Return an answer: an option as it is, and all else as JSON writes it."""
    if isinstance(value, MeasureReference):
        return number(value)
    if isinstance(value, str):
        is_plain = _PLAIN_ANSWER.fullmatch(value) and value not in RESERVED and json_value(value) is NOT_JSON
        return value if is_plain else quoted(value)
    return json.dumps(value, ensure_ascii=False)


def number(value: Number) -> str:
    """Return a number, or the measure that it is taken from."""
    return f"measure {word(value.measure)}" if isinstance(value, MeasureReference) else json.dumps(value)


NOT_JSON: Any = object()
"""The value of a word that is no number, `true`, `false` or `null`."""


def json_value(text: str) -> Any:
    """Return the number, truth value or null that a word is, or `NOT_JSON`."""
    try:
        value = json.loads(text, parse_constant=lambda _: NOT_JSON)
    except ValueError:
        return NOT_JSON
    if isinstance(value, str | list | dict) or value in (float("inf"), float("-inf")):
        return NOT_JSON
    return value
