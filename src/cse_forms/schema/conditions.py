"""The syntax tree of the condition language.

This is the one statement of what a condition or a measure may say. Its readings - evaluate, and later
say it in words and prove - live in `cse_forms.thresholds`, a module for each. A reading is a `match` over
`Condition` or `Measure` that ends in `assert_never`: a word added here is a type error in every reading that
does not know it yet.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Discriminator, Field, JsonValue, Tag, model_validator
from typing_extensions import TypeAliasType

from cse_forms.schema.words import SELECTOR, Many, Pointer, Slug, Text, Word

SelectorPath = Annotated[str, Field(pattern=SELECTOR)]
Selector = Annotated[
    Many[SelectorPath],
    Field(min_length=1),
    BeforeValidator(
        lambda paths: (paths,) if isinstance(paths, str) else paths,
        json_schema_input_type=SelectorPath | Annotated[list[SelectorPath], Field(min_length=1)],
    ),
]
"""Which answers are read: a JSON Pointer in which `*` stands for every property or row, or a list of them.

A pointer that begins with `./` starts at the object that holds the question, or at the row of the selected answer.
"""


class MeasureReference(Word):
    """A number taken from a measure of the form."""

    measure: Slug
    """The measure's id."""


Number = TypeAliasType("Number", "int | float | MeasureReference")


class Match(Word):
    """A JSON Schema over one answer or number; every word that is given must hold."""

    const: Annotated[MeasureReference | JsonValue, Field(union_mode="left_to_right")] = None
    """The answer is this one. A Not Known matches where it is asked for."""
    enum: Many[JsonValue] = ()
    """The answer is one of these."""
    minimum: Number | None = None
    """The number is this or more."""
    maximum: Number | None = None
    """The number is this or less."""
    exclusive_minimum: Number | None = None
    """The number is more than this."""
    exclusive_maximum: Number | None = None
    """The number is less than this."""
    min_length: Annotated[int, Field(ge=0)] | None = None
    """The text has at least so many characters."""
    contains: Match | None = None
    """Of several options chosen, at least one matches."""
    not_: Annotated[Match | None, Field(alias="not")] = None
    """The answer does not match this."""
    answered: bool | None = None
    """Whether there is an answer. A Not Known and a default are answered; a blank is not, in a draft it is unknown."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a match must say something, such as {'const': 'yes'}")
        return self


class ItemsCondition(Word):
    """Enough of the selected answers match: at least one, if no number is said."""

    items: Selector
    match: Match
    at_least: Annotated[int, Field(ge=1)] | None = None
    """How many must match."""
    at_most: Annotated[int, Field(ge=0)] | None = None
    """How many may match."""
    every: bool = False
    """All of them must match; over nothing this holds."""
    when: Condition | None = None
    """Only the answers whose row this holds for are looked at."""

    @model_validator(mode="after")
    def _one_quantity(self) -> Self:
        if self.every and (self.at_least is not None or self.at_most is not None):
            raise ValueError("'every' stands alone: leave out 'atLeast' and 'atMost', or 'every'")
        return self


class MeasureCondition(Word):
    """A measure of the form matches."""

    measure: Slug
    match: Match


class AllCondition(Word):
    """Every one of these holds."""

    all: Annotated[Many[Condition], Field(min_length=1)]


class AnyCondition(Word):
    """At least one of these holds."""

    any: Annotated[Many[Condition], Field(min_length=1)]


class NotCondition(Word):
    """This does not hold. The contrary of unknown is unknown."""

    not_: Annotated[Condition, Field(alias="not")]


def _first_word(words: tuple[str, ...]) -> Any:
    """Tell the members of a union by the word that each must have."""

    def discriminate(value: object) -> str | None:
        if isinstance(value, dict):
            found = (word for word in words if word in value)
        else:
            found = (word for word in words if hasattr(value, word) or hasattr(value, f"{word}_"))
        return next((_tag(word) for word in found), None)

    return discriminate


def _tag(word: str) -> str:
    """Name a member of a union by no word of a document: the tag stands in the path of every fault within it."""
    return f"({word})"


CONDITION_WORDS = ("items", "measure", "all", "any", "not")
MEASURE_WORDS = ("count", "years", "months", "days")

Condition = TypeAliasType(
    "Condition",
    Annotated[
        Annotated[ItemsCondition, Tag(_tag("items"))]
        | Annotated[MeasureCondition, Tag(_tag("measure"))]
        | Annotated[AllCondition, Tag(_tag("all"))]
        | Annotated[AnyCondition, Tag(_tag("any"))]
        | Annotated[NotCondition, Tag(_tag("not"))],
        Discriminator(
            _first_word(CONDITION_WORDS),
            custom_error_type="unknown_condition",
            custom_error_message="this is no condition that the language knows; "
            "a condition begins with 'items', 'measure', 'all', 'any' or 'not'",
        ),
    ],
)
"""True, false or unknown, over one response."""


class Selection(Word):
    """Answers to be counted."""

    items: Selector
    match: Match
    when: Condition | None = None
    """Only the answers whose row this holds for are counted."""


class Span(Word):
    """The time from one date to another."""

    from_: Annotated[Pointer, Field(alias="from")]
    to: Pointer


class _NamedMeasure(Word):
    title: Text | None = None
    """What the number is, for those who read the outcome."""


class CountMeasure(_NamedMeasure):
    """How many of the selected answers match."""

    count: Selection


class YearsMeasure(_NamedMeasure):
    """Completed years between two dates; somebody born on 29 February has a birthday on 1 March in other years."""

    years: Span


class MonthsMeasure(_NamedMeasure):
    """Completed months between two dates."""

    months: Span


class DaysMeasure(_NamedMeasure):
    """Days between two dates."""

    days: Span


Measure = TypeAliasType(
    "Measure",
    Annotated[
        Annotated[CountMeasure, Tag(_tag("count"))]
        | Annotated[YearsMeasure, Tag(_tag("years"))]
        | Annotated[MonthsMeasure, Tag(_tag("months"))]
        | Annotated[DaysMeasure, Tag(_tag("days"))],
        Discriminator(
            _first_word(MEASURE_WORDS),
            custom_error_type="unknown_measure",
            custom_error_message="this is no measure that the language knows; "
            "a measure has 'count', 'years', 'months' or 'days'",
        ),
    ],
)
"""A named number, worked out from answers; an interval where answers are unknown."""

for _model in (Match, ItemsCondition, AllCondition, AnyCondition, NotCondition, Selection, CountMeasure):
    _model.model_rebuild()
