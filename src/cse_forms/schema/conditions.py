"""The syntax tree of the condition language.

This is the one statement of what a condition or a measure may say. Its readings - evaluate, say it
in words, prove - live in `cse_forms.thresholds`, a module for each. A reading is a `match` over
`Condition` or `Measure` that ends in `assert_never`: a word added here is a type error in every reading that
does not know it yet.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, JsonValue, Tag, model_validator
from typing_extensions import TypeAliasType

from cse_forms.schema.words import INSIDE, SELECTOR, Many, Pointer, Slug, Text, Word, listed

SelectorPath = Annotated[str, Field(pattern=SELECTOR)]


class TagSelector(Word):
    """The questions that carry a tag, or that stand at one place in each item that carries it."""

    tag: Slug
    at: Annotated[str | None, Field(pattern=INSIDE)] = None
    """Where in the tagged item the question stands: `present`. Without it the tagged questions themselves are meant."""


Selector = Annotated[
    Many[SelectorPath | TagSelector],
    Field(min_length=1),
    BeforeValidator(
        lambda written: (written,) if isinstance(written, str | dict | TagSelector) else written,
        json_schema_input_type=SelectorPath
        | TagSelector
        | Annotated[list[SelectorPath | TagSelector], Field(min_length=1)],
    ),
]
"""Which answers are read: a JSON Pointer in which `*` stands for every property or row, a tag, or a list of them.

A pointer that begins with `./` starts at the object that holds the question, or at the row of the selected answer.
"""


class MeasureReference(Word):
    """A number taken from a measure of the form."""

    measure: Slug
    """The measure's id."""


Number = TypeAliasType("Number", "int | float | MeasureReference")


class Within(Word):
    """A date that lies in a span of time, both ends counted."""

    years: Number | None = None
    months: Number | None = None
    """Reckoned back from the later date; they end on the month's last day where it lacks the day."""
    days: Number | None = None
    before: Annotated[str | None, Field(pattern=SELECTOR)] = None
    """The pointer of the date up to which, that day included. Without it: within that span of one another."""

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(number is not None for number in (self.years, self.months, self.days)) != 1:
            raise ValueError("say one of 'years', 'months' and 'days'")
        return self


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
    type: Literal["string", "number", "integer", "boolean", "array"] | None = None
    """The answer is of this kind, as JSON Schema names them."""
    contains: Match | None = None
    """Of several options chosen, at least one matches."""
    not_: Annotated[Match | None, Field(alias="not")] = None
    """The answer does not match this."""
    answered: bool | None = None
    """Whether there is an answer. A Not Known and a default are answered; a blank is not, in a draft it is unknown."""
    weight: Match | None = None
    """The weight that stands on the option chosen matches."""
    within: Within | None = None
    """The date lies in a span of time."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a match must say something, such as {'const': 'yes'}")
        return self


class ItemsCondition(Word):
    """Enough of the selected answers match: at least one, if no number is said."""

    items: Selector
    match: Match
    at_least: Annotated[int, Field(ge=1)] | MeasureReference | None = None
    """How many must match."""
    at_most: Annotated[int, Field(ge=0)] | MeasureReference | None = None
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
    """A measure of the form matches. Over one without a value nothing holds; `answered` tells."""

    measure: Slug
    match: Match


class _OfLevels(Word):
    """What is asked of an assessment's level."""

    at_least: Slug | None = None
    """The level is this or higher."""
    at_most: Slug | None = None
    """The level is this or lower."""
    match: Match | None = None
    """What is asked of the level's id; `{"answered": false}` asks for "no level"."""

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if self.at_least is None and self.at_most is None and self.match is None:
            raise ValueError("say 'atLeast', 'atMost' or 'match'")
        return self


class AssessmentCondition(_OfLevels):
    """An assessment of the form has such a level. "No level" is neither high nor low."""

    assessment: Slug


class NamedCondition(Word):
    """One of the form's named conditions holds."""

    condition: Slug


class UnsettledCondition(Word):
    """Always unknown, since the policy does not say."""

    unsettled: Text
    """What the policy leaves open."""


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


CONDITION_WORDS = ("items", "measure", "assessment", "condition", "unsettled", "all", "any", "not")
MEASURE_WORDS = ("sum", "highest", "lowest", "count", "product", "quotient", "years", "months", "days", "constant")

Condition = TypeAliasType(
    "Condition",
    Annotated[
        Annotated[ItemsCondition, Tag(_tag("items"))]
        | Annotated[MeasureCondition, Tag(_tag("measure"))]
        | Annotated[AssessmentCondition, Tag(_tag("assessment"))]
        | Annotated[NamedCondition, Tag(_tag("condition"))]
        | Annotated[UnsettledCondition, Tag(_tag("unsettled"))]
        | Annotated[AllCondition, Tag(_tag("all"))]
        | Annotated[AnyCondition, Tag(_tag("any"))]
        | Annotated[NotCondition, Tag(_tag("not"))],
        Discriminator(
            _first_word(CONDITION_WORDS),
            custom_error_type="unknown_condition",
            custom_error_message="this is no condition that the language knows; "
            f"a condition begins with {listed(CONDITION_WORDS)}",
        ),
    ],
)
"""True, false or unknown, over one response."""


class Step(Word):
    """The weight of the numbers up to a bound. The first step that a number fits is taken."""

    maximum: Number | None = None
    """Numbers up to this, this included. Without a bound: all others."""
    exclusive_maximum: Number | None = None
    """Numbers less than this."""
    weight: Number

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if self.maximum is not None and self.exclusive_maximum is not None:
            raise ValueError("say 'maximum' or 'exclusiveMaximum'")
        return self


class _Weighing(Word):
    """How an answer or a number becomes the number that counts. Where nothing is said, a number is itself."""

    weights: dict[str, Number] | None = None
    """By option, as JSON writes it; `else` stands for all others that are not unknown."""
    steps: Many[Step] = ()
    """By the bounds that the number lies between, in ascending order."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.weights is not None and self.steps:
            raise ValueError("say 'weights' for options or 'steps' for numbers")
        return self


class Scale(_Weighing):
    """One way to weigh, where its condition holds."""

    when: Condition | None = None
    """Without it: in all other cases."""


class _Term(_Weighing):
    """A part of a sum, or one of the numbers of which the highest is taken."""

    choose: Many[Scale] = ()
    """The first whose condition holds says how to weigh."""
    times: Number | None = None
    """By what the weight is multiplied."""
    when: Condition | None = None
    """What this leaves out weighs nothing; it may speak of each answer's row."""

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.choose and (self.weights is not None or self.steps):
            raise ValueError("'weights' and 'steps' stand inside 'choose', and not beside it")
        return self


class ItemsTerm(_Term):
    """The weights of the selected answers."""

    items: Selector


class MeasureTerm(_Term):
    """The number of another measure."""

    measure: Slug


Term = TypeAliasType(
    "Term",
    Annotated[
        Annotated[ItemsTerm, Tag(_tag("items"))] | Annotated[MeasureTerm, Tag(_tag("measure"))],
        Discriminator(
            _first_word(("items", "measure")),
            custom_error_type="unknown_term",
            custom_error_message="a term begins with 'items' or 'measure'",
        ),
    ],
)
"""A part of a measure that sums or takes the highest."""

Round = Literal["half-up", "down", "up", "half-even", "half-open"]
"""To the nearest whole number, and a half up or to the even one; down or up; `half-open` leaves a half open."""


class Prorating(Word):
    """A sum of the answers given is scaled to all questions that apply."""

    answered: Annotated[int, Field(ge=1)] | MeasureReference
    """How many must be answered; below that the measure has no value."""
    round: Round | None = None
    """Without it the result is not rounded."""


class Prorated(Word):
    """What a gap does: the sum of what is answered is scaled up."""

    prorate: Prorating


class _NamedMeasure(Word):
    title: Text | None = None
    """What the number is, for those who read the outcome."""


class SumMeasure(_NamedMeasure):
    """The sum of its terms."""

    sum: Annotated[Many[Term], Field(min_length=1)]
    missing: Literal["unknown", "zero"] | Prorated = "unknown"
    """What a blank or Not Known answer does to it. In a draft every gap is unknown."""


class HighestMeasure(_NamedMeasure):
    """The highest number among its terms."""

    highest: Annotated[Many[Term], Field(min_length=1)]
    missing: Literal["unknown", "zero"] = "unknown"


class LowestMeasure(_NamedMeasure):
    """The lowest number among its terms."""

    lowest: Annotated[Many[Term], Field(min_length=1)]
    missing: Literal["unknown", "zero"] = "unknown"


class Selection(Word):
    """Answers to be counted."""

    items: Selector
    match: Match
    when: Condition | None = None
    """Only the answers whose row this holds for are counted."""


class AssessmentSelection(_OfLevels):
    """Assessments to be counted."""

    assessments: Annotated[Many[Slug], Field(min_length=1)]


Counted = TypeAliasType(
    "Counted",
    Annotated[
        Annotated[Selection, Tag(_tag("items"))] | Annotated[AssessmentSelection, Tag(_tag("assessments"))],
        Discriminator(
            _first_word(("items", "assessments")),
            custom_error_type="unknown_count",
            custom_error_message="a count begins with 'items' or 'assessments'",
        ),
    ],
)
"""What is counted."""


class CountMeasure(_NamedMeasure):
    """How many of the selected answers match, or how many assessments have such a level."""

    count: Counted
    missing: Literal["unknown", "zero"] = "unknown"
    """What a blank or Not Known answer does to it: `zero` does not count it. In a draft every gap is unknown."""


class ProductMeasure(_NamedMeasure):
    """Numbers multiplied."""

    product: Annotated[Many[Number], Field(min_length=1)]


class QuotientMeasure(_NamedMeasure):
    """One number divided by another; without a value where that is nought."""

    quotient: Annotated[Many[Number], Field(min_length=2, max_length=2)]
    round: Round | None = None
    """Without it the result is exact."""
    decimals: Annotated[int, Field(ge=0, le=9)] = 0
    """How many places are kept where it is rounded."""

    @model_validator(mode="after")
    def _rounded(self) -> Self:
        if "decimals" in self.model_fields_set and self.round is None:
            raise ValueError("'decimals' goes with 'round'; without it the result is exact")
        return self


class Span(Word):
    """The time from one date to another."""

    from_: Annotated[Pointer, Field(alias="from")]
    to: Pointer


class YearsMeasure(_NamedMeasure):
    """Completed years between two dates; somebody born on 29 February has a birthday on 1 March in other years."""

    years: Span


class MonthsMeasure(_NamedMeasure):
    """Completed months between two dates."""

    months: Span


class DaysMeasure(_NamedMeasure):
    """Days between two dates."""

    days: Span


class ConstantMeasure(_NamedMeasure):
    """A number that the policy names once."""

    constant: int | float


Measure = TypeAliasType(
    "Measure",
    Annotated[
        Annotated[SumMeasure, Tag(_tag("sum"))]
        | Annotated[HighestMeasure, Tag(_tag("highest"))]
        | Annotated[LowestMeasure, Tag(_tag("lowest"))]
        | Annotated[CountMeasure, Tag(_tag("count"))]
        | Annotated[ProductMeasure, Tag(_tag("product"))]
        | Annotated[QuotientMeasure, Tag(_tag("quotient"))]
        | Annotated[YearsMeasure, Tag(_tag("years"))]
        | Annotated[MonthsMeasure, Tag(_tag("months"))]
        | Annotated[DaysMeasure, Tag(_tag("days"))]
        | Annotated[ConstantMeasure, Tag(_tag("constant"))],
        Discriminator(
            _first_word(MEASURE_WORDS),
            custom_error_type="unknown_measure",
            custom_error_message=f"this is no measure that the language knows; a measure has {listed(MEASURE_WORDS)}",
        ),
    ],
)
"""A named number, worked out from answers; an interval where answers are unknown."""

for _model in (
    Match,
    ItemsCondition,
    AllCondition,
    AnyCondition,
    NotCondition,
    Scale,
    ItemsTerm,
    MeasureTerm,
    Selection,
    CountMeasure,
    SumMeasure,
    HighestMeasure,
    LowestMeasure,
):
    _model.model_rebuild()
