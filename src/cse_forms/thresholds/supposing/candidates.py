"""Answers worth trying in the place of one that is not known: options, and numbers and dates beside a boundary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from cse_forms.pointers import value_at
from cse_forms.schema.conditions import (
    DaysMeasure,
    ItemsCondition,
    ItemsTerm,
    MeasureCondition,
    MonthsMeasure,
    Number,
    Span,
    Within,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.places import ROW
from cse_forms.schema.ranges import number_of
from cse_forms.schema.reach import Real
from cse_forms.thresholds.intervals import day_of, exact_number, plain
from cse_forms.thresholds.matching import spans_of, unit_of
from cse_forms.thresholds.reading import Instance
from cse_forms.thresholds.sites import Site, bounds_of, selected, sites, terms_of
from cse_forms.thresholds.spans import start_of

MOST = 32
"""So many numbers or dates are tried for one question."""

ANY_DAY = "2026-01-01"
"""A date for where it matters only that there is one."""

_DAY = timedelta(days=1)


class Candidates:
    """Finds answers to try, for the questions of one form and one response."""

    def __init__(self, definition: Definition, answers: Any) -> None:
        self._definition = definition
        self._answers = answers
        self._boundaries: dict[str, list[Real]] | None = None
        self._spans: list[tuple[str, str, str, int]] | None = None

    def values(self, instance: Instance) -> tuple[Any, ...]:
        """Return the answers to try in the place of one; none for a table of which nobody knows the rows."""
        question = instance.question
        if instance.rows_unknown:
            return ()
        match question.kind:
            case Kind.TICK:
                return (True, False)
            case Kind.CHOICE:
                return tuple(option.value for option in question.options if not option.unknown)
            case Kind.CHOICES:
                return (*([option.value] for option in question.options if not option.unknown), [])
            case Kind.INTEGER | Kind.NUMBER:
                return self._numbers(question)
            case Kind.DATE:
                return self._dates(instance)
            case Kind.TEXT:
                return ("x" * max(1, self._longest_asked(question)),)

    @cached_property
    def _sites(self) -> tuple[Site, ...]:
        return sites(self._definition)

    def _longest_asked(self, question: Question) -> int:
        """Return how long a text must be for every condition that asks for a length."""
        lengths = [0]
        for site in self._sites:
            match = site.condition.match
            if isinstance(site.condition, ItemsCondition) and match.min_length is not None:
                reads = selected(self._definition, site.condition.items, site.starts)
                lengths += [match.min_length] * (question in reads)
        return min(max(lengths), 1_000)

    def _numbers(self, question: Question) -> tuple[int | float, ...]:
        """Return the numbers beside every boundary that is drawn for a question, and the ends of what it accepts."""
        if self._boundaries is None:
            self._boundaries = self._all_boundaries()
        low, high = exact_number(question.lowest), exact_number(question.highest)
        step = 1 if question.kind is Kind.INTEGER else None
        found: dict[Real, None] = {}
        for bound in self._boundaries.get(question.pointer, []):
            for number in (bound - 1, bound, bound + 1):
                found[number] = None
        for end in (low, high):
            if end is not None:
                found[end] = None
        if not found:
            found[0] = None
        kept = [
            number
            for number in found
            if (low is None or number >= low)
            and (high is None or number <= high)
            and (step is None or number == int(number))
        ]
        return tuple(said for said in map(plain, kept[:MOST]) if said is not None)

    def _all_boundaries(self) -> dict[str, list[Real]]:
        """Return the numbers that a question's answers are compared with, by the question's pointer."""
        found: dict[str, list[Real]] = {}

        def add(questions: tuple[Question, ...], bounds: Iterator[Number]) -> None:
            numbers = [
                number for number in (number_of(self._definition, bound) for bound in bounds) if number is not None
            ]
            for question in questions:
                found.setdefault(question.pointer, []).extend(numbers)

        for site in self._sites:
            if isinstance(site.condition, ItemsCondition):
                questions = selected(self._definition, site.condition.items, site.starts)
                add(questions, bounds_of(site.condition.match))
        for measure in self._definition.words.measures.values():
            for term in terms_of(measure):
                if isinstance(term, ItemsTerm):
                    steps = [*term.steps, *(step for scale in term.choose for step in scale.steps)]
                    bounds = (step.maximum if step.maximum is not None else step.exclusive_maximum for step in steps)
                    add(self._definition.select(term.items), (bound for bound in bounds if bound is not None))
        return found

    # --- dates ---------------------------------------------------------------------------------------------------

    def _dates(self, instance: Instance) -> tuple[str, ...]:
        """Return the days at which a span from or to another date, which is given, ends."""
        if self._spans is None:
            self._spans = list(self._all_spans())
        found: dict[str, None] = {}
        if not any(own == instance.question.pointer for own, _, _, _ in self._spans):
            return (ANY_DAY,)
        for own, other, unit, length in self._spans:
            if own != instance.question.pointer:
                continue
            last = day_of(value_at(self._answers, self._place(other, instance)))
            if last is None:
                continue
            day = start_of(last, unit, length)
            for near in (day, _beside(day, 1), _beside(day, -1), last, _beside(last, 1)):
                found[near.isoformat()] = None
        return tuple(found)[:MOST]

    def _place(self, pointer: str, instance: Instance) -> tuple[str | int, ...]:
        """Return where another date stands; in the same row, where it stands in a row of the same table."""
        question = self._definition.questions[pointer]
        return tuple(
            instance.keys[depth] if key == ROW and depth < len(instance.keys) else key
            for depth, key in enumerate(question.keys)
        )

    def _all_spans(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield each date's pointer with that of the date up to which it is reckoned, and the length of the span."""
        found = self._sites
        limits: dict[str, set[int]] = {}
        for site in found:
            condition = site.condition
            if isinstance(condition, MeasureCondition):
                limits.setdefault(condition.measure, set()).update(self._whole(bounds_of(condition.match)))
                continue
            for span in spans_of(condition.match):
                if span.before is not None:
                    for length in self._whole(iter([_length(span)])):
                        yield from self._pairs(condition, site.starts, span.before, unit_of(span), length)
        for assessment in self._definition.words.assessments:
            for rule in assessment.rules:
                if rule.measure is not None:
                    bounds = (bound for band in rule.bands for bound in (band.from_, band.to) if bound is not None)
                    limits.setdefault(rule.measure, set()).update(self._whole(bounds))
        for name, numbers in limits.items():
            measure = self._definition.words.measures[name]
            unit, elapsed = _elapsed(measure)
            if elapsed is not None:
                # So many completed years end where the next one is completed.
                for number in sorted({*numbers, *(number + 1 for number in numbers)}):
                    yield elapsed.from_, elapsed.to, unit, number
                    yield elapsed.to, elapsed.from_, unit, -number

    def _pairs(
        self, condition: ItemsCondition, starts: Any, before: str, unit: str, length: int
    ) -> Iterator[tuple[str, str, str, int]]:
        for question in selected(self._definition, condition.items, starts):
            base = f"{question.holder.pointer}{before[1:]}" if before.startswith("./") and question.holder else before
            if base in self._definition.questions:
                yield question.pointer, base, unit, length
                yield base, question.pointer, unit, -length

    def _whole(self, bounds: Iterator[Number]) -> Iterator[int]:
        for bound in bounds:
            number = number_of(self._definition, bound)
            if number is not None:
                yield int(number)


def _length(span: Within) -> Number:
    return span.years or span.months or span.days or 0


def _elapsed(measure: Any) -> tuple[str, Span | None]:
    if isinstance(measure, YearsMeasure):
        return "years", measure.years
    if isinstance(measure, MonthsMeasure):
        return "months", measure.months
    return "days", measure.days if isinstance(measure, DaysMeasure) else None


def _beside(day: date, days: int) -> date:
    """Return the day so many days later; the day itself at the ends of the calendar."""
    try:
        return day + days * _DAY
    except OverflowError:
        return day
