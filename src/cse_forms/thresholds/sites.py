"""Where conditions stand in a definition: every condition on answers or on a measure, taken out of what joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    Condition,
    CountMeasure,
    HighestMeasure,
    ItemsCondition,
    ItemsTerm,
    LowestMeasure,
    Match,
    Measure,
    MeasureCondition,
    MeasureReference,
    NamedCondition,
    NotCondition,
    Number,
    Selection,
    Selector,
    SumMeasure,
    Term,
    UnsettledCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question, Section, Table
from cse_forms.thresholds.intervals import exact_number

Start: TypeAlias = Section | Table

NOWHERE: tuple[Start, ...] = ()
"""The start of a condition that speaks of no row."""


@dataclass(frozen=True, slots=True)
class Site:
    """A condition on answers or on a measure, and where it stands."""

    condition: ItemsCondition | MeasureCondition
    starts: tuple[Start, ...]
    """The sections and rows that a pointer that begins with `./` may start from; none, where it speaks of no row."""
    is_policy: bool
    """Whether a level, a prompt, a check or a number depends on it, rather than whether a question is asked."""


def holders_of(definition: Definition, items: Selector, starts: tuple[Start, ...] = NOWHERE) -> tuple[Start, ...]:
    """Return what holds the questions that are selected: a condition on their rows starts there."""
    return tuple(
        {q.holder.keys: q.holder for q in selected(definition, items, starts) if q.holder is not None}.values()
    )


def selected(definition: Definition, items: Selector, starts: tuple[Start, ...] = NOWHERE) -> tuple[Question, ...]:
    """Return the questions that are selected, from whatever row."""
    bases: list[Section | None] = [start for start in starts if isinstance(start, Section)]
    return tuple({q.keys: q for base in bases or [None] for q in definition.select(items, base)}.values())


def sites(definition: Definition) -> tuple[Site, ...]:
    """Return every condition on answers or on a measure, each once for every place where it is written."""
    found: list[Site] = []
    for condition in _policy_conditions(definition):
        found += _within(definition, condition, NOWHERE, is_policy=True)
    for measure in definition.words.measures.values():
        if isinstance(measure, CountMeasure) and isinstance(measure.count, Selection):
            if measure.count.when is not None:
                starts = holders_of(definition, measure.count.items)
                found += _within(definition, measure.count.when, starts, is_policy=True)
        else:
            for term in terms_of(measure):
                found += _in_term(definition, term)
    for condition, starts in _asking(definition):
        found += _within(definition, condition, starts, is_policy=False)
    return tuple(found)


def terms_of(measure: Measure) -> tuple[Term, ...]:
    """Return the terms of a measure that is made of some: a sum, the highest or the lowest; of others none."""
    match measure:
        case SumMeasure():
            return measure.sum
        case HighestMeasure():
            return measure.highest
        case LowestMeasure():
            return measure.lowest
        case _:
            return ()


def _policy_conditions(definition: Definition) -> Iterator[Condition]:
    words = definition.words
    yield from words.conditions.values()
    for assessment in words.assessments:
        judgement = assessment.judgement
        limits = () if judgement is None or judgement.may == "differ" else judgement.may
        said = [
            assessment.show_when,
            *(rule.when for rule in assessment.rules),
            *(change.when for change in assessment.adjustments),
            *(limit.when for limit in limits),
        ]
        yield from (condition for condition in said if condition is not None)
    yield from (prompt.when for prompt in words.prompts if prompt.when is not None)
    yield from (check.when for check in words.checks)


def _in_term(definition: Definition, term: Term) -> Iterator[Site]:
    starts = holders_of(definition, term.items) if isinstance(term, ItemsTerm) else NOWHERE
    for condition in (term.when, *(scale.when for scale in term.choose)):
        if condition is not None:
            yield from _within(definition, condition, starts, is_policy=True)


def _asking(definition: Definition) -> Iterator[tuple[Condition, tuple[Start, ...]]]:
    """Yield the conditions on which questions are asked or required; one that a shape says stands there once."""
    grouped: dict[tuple[str, str], tuple[Condition, list[Item]]] = {}
    for item in definition.walk():
        required = item.words.required
        for condition in (item.show_when, None if isinstance(required, bool) else required):
            if condition is not None:
                grouped.setdefault((item.at, repr(condition)), (condition, []))[1].append(item)
    for condition, items in grouped.values():
        yield condition, tuple(item.holder for item in items if item.holder is not None)


def _within(
    definition: Definition, condition: Condition, starts: tuple[Start, ...], *, is_policy: bool
) -> Iterator[Site]:
    """Yield the conditions that a condition is made of, and those on the rows of its answers."""
    match condition:
        case ItemsCondition():
            yield Site(condition, starts, is_policy)
            if condition.when is not None:
                inner = holders_of(definition, condition.items, starts)
                yield from _within(definition, condition.when, inner, is_policy=is_policy)
        case MeasureCondition():
            yield Site(condition, starts, is_policy)
        case AllCondition():
            yield from _each(definition, condition.all, starts, is_policy=is_policy)
        case AnyCondition():
            yield from _each(definition, condition.any, starts, is_policy=is_policy)
        case NotCondition():
            yield from _within(definition, condition.not_, starts, is_policy=is_policy)
        case AssessmentCondition() | NamedCondition() | UnsettledCondition():
            return
        case _:
            assert_never(condition)


def _each(
    definition: Definition, conditions: Iterable[Condition], starts: tuple[Start, ...], *, is_policy: bool
) -> Iterator[Site]:
    for condition in conditions:
        yield from _within(definition, condition, starts, is_policy=is_policy)


def bounds_of(match: Match) -> Iterator[Number]:
    """Yield the numbers that a match compares with, those of its contrary too."""
    for bound in (match.minimum, match.maximum, match.exclusive_minimum, match.exclusive_maximum):
        if bound is not None:
            yield bound
    for value in (match.const, *match.enum):
        if isinstance(value, MeasureReference) or (isinstance(value, int | float) and exact_number(value) is not None):
            yield value
    if match.not_ is not None:
        yield from bounds_of(match.not_)
