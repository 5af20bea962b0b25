"""What a finding says: a plain sentence of what to do, without the answer itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self, TypeAlias

from cse_forms.passages import strung
from cse_forms.plurals import Counted, counted
from cse_forms.schema.items import Item, Kind, Question, Section, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Every sentence of a finding, for other languages to take its place; braces stand for what is filled in."""

    unprintable: str = (
        "The text holds a control character, which can be neither seen nor printed; documents show a mark in its place."
    )
    missing: str = "This must be answered."
    missing_so: str = "This must be answered. {how}"
    missing_section: str = "This section must be there; give an object with its answers, in curly brackets."
    text: str = "Give a text."
    date: str = "Give the date as year-month-day, such as 2026-03-31."
    integer: str = "Give a whole number, such as 14, without quotation marks."
    number: str = "Give a number, such as 14 or 2.5, without quotation marks."
    tick: str = "Give true where the box is ticked, and false where it is not."
    choices: str = "Give a list of the options chosen."
    choose: str = "Choose one of: {options}."
    choose_written: str = "Choose one of: {options} (written {written})."
    no_option: str = "This is none of the options."
    or_left_out: str = "{how} Leave the question out if there is no answer."
    rows: str = "Give a list of rows, in square brackets."
    section: str = "Give an object with the answers of this section, in curly brackets."
    another_kind: str = "This value is of another kind than the form asks for."
    in_the_format: str = "Give this in the form of a {format}."
    too_short: Counted = counted("limit", "Give at least {limit} character.", "Give at least {limit} characters.")
    too_long: Counted = counted("limit", "Give at most {limit} character.", "Give at most {limit} characters.")
    too_few: str = "Give at least {limit}."
    too_many: str = "Give at most {limit}."
    repeated: str = "Name each option once."
    minimum: str = "Give a number that is {limit} or more."
    maximum: str = "Give a number that is {limit} or less."
    above: str = "Give a number above {limit}."
    below: str = "Give a number below {limit}."
    steps: str = "Give a number in the steps that the form asks for."
    pattern: str = "Give this in the form that the question asks for."
    rule_broken: str = "This does not fit with other answers that were given."
    unknown_near: str = "The form has no question of this name here; did you mean '{near}'?"
    unknown: str = "The form has no question of this name here; remove it, or move it to the question that it answers."
    too_deep: Counted = counted(
        "depth",
        "The answers are nested deeper than {depth} level.",
        "The answers are nested deeper than {depth} levels.",
    )
    no_name: str = "The name of a question is no text that JSON can carry."
    half_character: str = "The text holds half of a character; write it again."
    too_long_number: str = "The number is too long to be written down."
    python_value: str = "A Python {kind} is no answer; give text, a number, true or false."
    not_permitted: str = "The policy does not allow this level here; it allows {levels}."
    not_permitted_because: str = "The policy does not allow this level here; it allows {levels}. {reasons}"
    no_levels: str = "none"
    reason_missing: str = "The level decided on differs from the suggested one; say why."
    typed_text: str = "Write one text; more than one was sent."
    typed_date: str = "Write a date that there is: its day, its month and its year, such as 31 3 2026."
    typed_integer: str = "Write a whole number in digits, such as 14."
    typed_number: str = "Write a number in digits, such as 14 or 2.5."
    typed_option: str = "Choose from the options of the form."
    typed_twice: str = "Give one answer; several were sent."
    typed_control: str = "The text holds a character that can be neither seen nor printed; write it again without it."


ENGLISH = Sentences()


class Message(str):
    """A finding's sentence in English, which can be said again in another language."""

    __slots__ = ("name", "values")

    name: str
    """Which of the `Sentences` it is."""
    values: Mapping[str, Any]
    """What is filled in."""

    def __new__(cls, name: str, **values: Any) -> Self:
        """Return the sentence of a name.

        Args:
            name: which of the `Sentences`.
            values: what is filled in; a `Message` is said in the same language.
        """
        message = super().__new__(cls, getattr(ENGLISH, name).format(**values))
        message.name, message.values = name, MappingProxyType(values)
        return message

    def __reduce__(self) -> tuple[Any, ...]:
        return _message, (self.name, dict(self.values))

    def said(self, sentences: Sentences) -> str:
        """Return the same in another language."""
        values = {
            name: value.said(sentences) if isinstance(value, Message) else value for name, value in self.values.items()
        }
        sentence: str | Counted = getattr(sentences, self.name)
        return sentence.format(**values)


def _message(name: str, values: dict[str, Any]) -> Message:
    return Message(name, **values)


_KINDS = {
    Kind.TEXT: Message("text"),
    Kind.DATE: Message("date"),
    Kind.INTEGER: Message("integer"),
    Kind.NUMBER: Message("number"),
    Kind.TICK: Message("tick"),
    Kind.CHOICES: Message("choices"),
}

Told: TypeAlias = tuple[str, Message]
"""A finding's code and message."""


def missing(item: Question | Table) -> Message:
    """Say that an answer is missing, and how to give it."""
    if isinstance(item, Question) and item.kind is Kind.CHOICE:
        return Message("choose", options=_options(item))
    if isinstance(item, Question) and item.kind is not Kind.TEXT:
        return Message("missing_so", how=_KINDS[item.kind])
    return Message("missing")


def told(word: str, data: dict[str, Any], item: Item | None) -> Told:
    """Say what a keyword of JSON Schema found at fault.

    Args:
        word: the keyword, such as "maximum".
        data: what the validator says of it, such as {"limit": 17}.
        item: the section or question that it was said of.
    """
    say = _SAID.get(word)
    return say(data, item) if say else ("rule-broken", Message("rule_broken"))


def _wrong_type(_: dict[str, Any], item: Item | None) -> Told:
    if isinstance(item, Question):
        if item.kind is Kind.CHOICE:
            return _not_an_option(_, item)
        return "wrong-type", Message("or_left_out", how=_KINDS[item.kind])
    if isinstance(item, Table):
        return "wrong-type", Message("rows")
    return "wrong-type", Message("section" if isinstance(item, Section) else "another_kind")


def _not_an_option(_: dict[str, Any], item: Item | None) -> Told:
    if not isinstance(item, Question):
        return "not-an-option", Message("no_option")
    written = ", ".join(json.dumps(option.value) for option in item.options)
    return "not-an-option", Message("choose_written", options=_options(item), written=written)


def _not_of_the_format(data: dict[str, Any], _: Item | None) -> Told:
    if data["format"] == "date":
        return "not-a-date", _KINDS[Kind.DATE]
    return "wrong-pattern", Message("in_the_format", format=data["format"])


def _limited(code: str, name: str) -> Callable[[dict[str, Any], Item | None], Told]:
    return lambda data, _: (code, Message(name, limit=data.get("limit")))


_SAID: dict[str, Callable[[dict[str, Any], Item | None], Told]] = {
    "type": _wrong_type,
    "oneOf": _not_an_option,
    "const": _not_an_option,
    "enum": _not_an_option,
    "format": _not_of_the_format,
    "minLength": _limited("too-short", "too_short"),
    "maxLength": _limited("too-long", "too_long"),
    "minItems": _limited("too-few", "too_few"),
    "maxItems": _limited("too-many", "too_many"),
    "uniqueItems": _limited("repeated-option", "repeated"),
    "minimum": _limited("out-of-range", "minimum"),
    "maximum": _limited("out-of-range", "maximum"),
    "exclusiveMinimum": _limited("out-of-range", "above"),
    "exclusiveMaximum": _limited("out-of-range", "below"),
    "multipleOf": _limited("out-of-range", "steps"),
    "pattern": _limited("wrong-pattern", "pattern"),
}


def _options(item: Question) -> str:
    return strung(", ", (option.title for option in item.options))
