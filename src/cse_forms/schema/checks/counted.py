"""What one measure adds up twice, itself or through the measures that it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from cse_forms import pointers
from cse_forms.schema.checks.said import terms_of
from cse_forms.schema.checks.truths import stands_once
from cse_forms.schema.conditions import (
    AllCondition,
    AssessmentSelection,
    Condition,
    CountMeasure,
    ItemsCondition,
    Match,
    Measure,
    MeasureCondition,
    MeasureReference,
    MeasureTerm,
    NotCondition,
    Number,
    ProductMeasure,
    QuotientMeasure,
    SumMeasure,
    Term,
)
from cse_forms.schema.definition import Definition


class Twice(NamedTuple):
    """A term that counts questions which another one before it counts."""

    pointer: str
    """Where the term stands."""
    question: str
    """The first of the questions."""
    others: int
    """How many more there are."""
    term: int
    """Which term counts that question before, the first being 1."""


def counted_twice(definition: Definition) -> Iterator[Twice]:
    """Yield the terms of sums that count again what counts already; of two that never both count, none is told."""
    counted: dict[str, frozenset[str]] = {}
    for name, measure in definition.words.measures.items():
        _count(definition, name, counted)
        if not isinstance(measure, SumMeasure):
            continue
        before: list[tuple[Term, frozenset[str]]] = []
        for index, term in enumerate(measure.sum):
            own = _counted_by(definition, term, counted)
            again = {
                pointer: place
                for place, (other, others) in reversed(list(enumerate(before, start=1)))
                if not _exclude(definition, other.when, term.when)
                for pointer in own & others
            }
            if again:
                first = min(again)
                at = f"/x-form/measures/{pointers.escape(name)}/sum/{index}"
                yield Twice(at, first, len(again) - 1, again[first])
            before.append((term, own))


def _count(definition: Definition, name: str, counted: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the questions whose answers a measure counts or adds up."""
    if name not in counted:
        measure = definition.words.measures[name]
        found: set[str] = set()
        if isinstance(measure, CountMeasure) and not isinstance(measure.count, AssessmentSelection):
            found = {question.pointer for question in definition.select(measure.count.items)}
        for _, term in terms_of(measure):
            found |= _counted_by(definition, term, counted)
        for factor in _factors(measure):
            found |= _count(definition, factor, counted)
        counted[name] = frozenset(found)
    return counted[name]


def _factors(measure: Measure) -> Iterator[str]:
    """Yield the measures that are multiplied, or divided. What a number is divided by is not counted with it."""
    numbers: tuple[Number, ...] = ()
    if isinstance(measure, ProductMeasure):
        numbers = measure.product
    elif isinstance(measure, QuotientMeasure):
        numbers = measure.quotient[:1]
    for number in numbers:
        if isinstance(number, MeasureReference):
            yield number.measure


def _counted_by(definition: Definition, term: Term, counted: dict[str, frozenset[str]]) -> frozenset[str]:
    if isinstance(term, MeasureTerm):
        return _count(definition, term.measure, counted)
    return frozenset(question.pointer for question in definition.select(term.items))


def _exclude(definition: Definition, one: Condition | None, other: Condition | None) -> bool:
    """Whether two conditions plainly never hold together; where that takes more than a look, they may."""
    if one is None or other is None:
        return False
    if isinstance(one, AllCondition):
        return any(_exclude(definition, part, other) for part in one.all)
    if isinstance(other, AllCondition):
        return any(_exclude(definition, one, part) for part in other.all)
    if isinstance(one, NotCondition) or isinstance(other, NotCondition):
        return _is_contrary(one, other) or _is_contrary(other, one)
    if isinstance(one, MeasureCondition) and isinstance(other, MeasureCondition):
        return one.measure == other.measure and _are_apart(one.match, other.match)
    if isinstance(one, ItemsCondition) and isinstance(other, ItemsCondition):
        return one.items == other.items and _asks_one(definition, one) and _are_apart(one.match, other.match)
    return False


def _is_contrary(one: Condition, other: Condition) -> bool:
    return isinstance(one, NotCondition) and one.not_ == other


def _asks_one(definition: Definition, condition: ItemsCondition) -> bool:
    """Whether a condition asks about one answer alone, be it that of the row at hand."""
    (selector, *others) = condition.items
    if others or not isinstance(selector, str) or "*" in selector:
        return False
    return selector.startswith("./") or all(stands_once(one, None) for one in definition.select((selector,)))


def _are_apart(one: Match, other: Match) -> bool:
    """Whether no answer matches both."""
    if one.not_ == other or other.not_ == one:
        return True
    first, second = _named(one), _named(other)
    return bool(first) and bool(second) and first.isdisjoint(second)


def _named(match: Match) -> set[str]:
    """Return the answers of which a match asks for one, as JSON writes them; none, where it names none."""
    values = [*match.enum, *([match.const] if "const" in match.model_fields_set else [])]
    return {json.dumps(value) for value in values} if all(isinstance(value, str | bool) for value in values) else set()
