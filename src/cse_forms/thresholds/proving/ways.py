"""Which way a weight is meant to move a level: up, down, or both ways, of which nothing can be claimed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias, assert_never

from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    AssessmentSelection,
    Condition,
    ConstantMeasure,
    CountMeasure,
    DaysMeasure,
    HighestMeasure,
    ItemsCondition,
    ItemsTerm,
    LowestMeasure,
    Match,
    Measure,
    MeasureCondition,
    MeasureReference,
    MonthsMeasure,
    NamedCondition,
    NotCondition,
    Number,
    ProductMeasure,
    QuotientMeasure,
    SumMeasure,
    Term,
    UnsettledCondition,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Adjustment, Assessment, Band, Rule

Sign: TypeAlias = int
"""1: upwards; -1: downwards; 0: it cannot be told."""


class Ways:
    """Follows an assessment's rules to the terms of the measures that they read."""

    def __init__(self, definition: Definition, assessment: Assessment) -> None:
        self._definition = definition
        self._signs: dict[int, set[Sign]] = {}
        self._seen: set[tuple[str, str, Sign]] = set()
        self._assessment(assessment, 1)

    def of(self, term: ItemsTerm) -> Sign | None:
        """Return 1 where higher weights mean higher levels, -1 where they mean lower ones; None where neither."""
        signs = self._signs.get(id(term), set())
        return next(iter(signs)) if len(signs) == 1 and 0 not in signs else None

    def _assessment(self, assessment: Assessment, sign: Sign) -> None:
        if self._is_seen("assessment", assessment.id, sign):
            return
        place = {level.id: index for index, level in enumerate(assessment.levels)}
        for rule in assessment.rules:
            self._rule(rule, place, sign)
        for adjustment in assessment.adjustments:
            self._condition(adjustment.when, sign * _way_of(adjustment))
        if assessment.show_when is not None:
            self._condition(assessment.show_when, 0)

    def _rule(self, rule: Rule, place: dict[str, int], sign: Sign) -> None:
        if rule.measure is not None:
            self._measure(rule.measure, sign * _way_of_bands(rule.bands, place))
        if rule.when is not None:
            self._condition(rule.when, sign)
        for band in rule.bands:
            for bound in (band.from_, band.to):
                self._number(bound, 0)
        for source in rule.level_of or ():
            for other in self._definition.words.assessments:
                if other.id == source:
                    self._assessment(other, sign)

    def _condition(self, condition: Condition, sign: Sign) -> None:
        match condition:
            case ItemsCondition():
                if condition.when is not None:
                    self._condition(condition.when, 0)
                for number in (condition.at_least, condition.at_most):
                    self._number(number, 0)
                self._bounds(condition.match)
            case MeasureCondition():
                self._measure(condition.measure, sign * _way_of_match(condition.match))
                self._bounds(condition.match)
            case AssessmentCondition():
                for other in self._definition.words.assessments:
                    if other.id == condition.assessment:
                        plain = condition.at_least is not None and condition.at_most is None and not condition.match
                        self._assessment(other, sign if plain else 0)
            case NamedCondition():
                if not self._is_seen("condition", condition.condition, sign):
                    self._condition(self._definition.words.conditions[condition.condition], sign)
            case AllCondition():
                for part in condition.all:
                    self._condition(part, sign)
            case AnyCondition():
                for part in condition.any:
                    self._condition(part, sign)
            case NotCondition():
                self._condition(condition.not_, -sign)
            case UnsettledCondition():
                return
            case _:
                assert_never(condition)

    def _measure(self, name: str, sign: Sign) -> None:
        if self._is_seen("measure", name, sign):
            return
        measure: Measure = self._definition.words.measures[name]
        match measure:
            case SumMeasure():
                self._terms(measure.sum, sign)
            case HighestMeasure():
                self._terms(measure.highest, sign)
            case LowestMeasure():
                self._terms(measure.lowest, sign)
            case ProductMeasure():
                for index, number in enumerate(measure.product):
                    others = [one for at, one in enumerate(measure.product) if at != index]
                    self._number(number, sign * self._sign_of_all(others))
            case QuotientMeasure():
                divided, divisor = measure.quotient
                self._number(divided, sign * self._sign_of_all([divisor]))
                self._number(divisor, 0)
            case CountMeasure():
                if isinstance(measure.count, AssessmentSelection):
                    for other in self._definition.words.assessments:
                        if other.id in measure.count.assessments:
                            self._assessment(other, 0)
                elif measure.count.when is not None:
                    self._condition(measure.count.when, 0)
            case YearsMeasure() | MonthsMeasure() | DaysMeasure() | ConstantMeasure():
                return
            case _:
                assert_never(measure)

    def _terms(self, terms: tuple[Term, ...], sign: Sign) -> None:
        for term in terms:
            for condition in (term.when, *(scale.when for scale in term.choose)):
                if condition is not None:
                    self._condition(condition, 0)
            if isinstance(term, ItemsTerm):
                # Its own factor is part of what its answers weigh.
                self._signs.setdefault(id(term), set()).add(sign)
            else:
                factor = 1 if term.times is None else self._sign_of_all([term.times])
                self._measure(term.measure, sign * (0 if term.steps or term.choose else factor))
            self._number(term.times, 0)

    def _bounds(self, match: Match) -> None:
        for number in (match.minimum, match.maximum, match.exclusive_minimum, match.exclusive_maximum):
            self._number(number, 0)

    def _number(self, number: Number | None, sign: Sign) -> None:
        if isinstance(number, MeasureReference):
            self._measure(number.measure, sign)

    def _sign_of_all(self, numbers: list[Number]) -> Sign:
        """Return the sign of a product; 0 where it depends on answers, or is nought."""
        found = 1
        for number in numbers:
            value = number
            if isinstance(number, MeasureReference):
                measure = self._definition.words.measures[number.measure]
                if not isinstance(measure, ConstantMeasure):
                    return 0
                value = measure.constant
            assert not isinstance(value, MeasureReference)
            found *= (value > 0) - (value < 0)
        return found

    def _is_seen(self, kind: str, name: str, sign: Sign) -> bool:
        key = (kind, name, sign)
        if key in self._seen:
            return True
        self._seen.add(key)
        return False


def _way_of(adjustment: Adjustment) -> Sign:
    raises = adjustment.raise_ is not None or adjustment.at_least is not None
    lowers = adjustment.lower is not None or adjustment.at_most is not None
    return 0 if raises and lowers else 1 if raises else -1


def _way_of_bands(bands: tuple[Band, ...], place: dict[str, int]) -> Sign:
    """Return whether the levels are to rise with the number; unless every band has a lower one, they are."""
    ways = set(_ways_between([place[band.level] for band in bands]))
    return -1 if ways == {-1} else 1


def _ways_between(levels: list[int]) -> Iterator[Sign]:
    for first, second in pairwise(levels):
        if first != second:
            yield 1 if second > first else -1


def _way_of_match(match: Match) -> Sign:
    said = {word for word in match.model_fields_set if getattr(match, word) is not None}
    if said and said <= {"minimum", "exclusive_minimum"}:
        return 1
    if said and said <= {"maximum", "exclusive_maximum"}:
        return -1
    if said == {"not_"} and match.not_ is not None:
        return -_way_of_match(match.not_)
    return 0
