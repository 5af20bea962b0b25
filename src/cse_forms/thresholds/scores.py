"""Measures that weigh answers: their sum, or the highest of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from typing_extensions import override

from cse_forms.schema.conditions import MeasureReference, Prorating
from cse_forms.schema.items import Question
from cse_forms.thresholds.intervals import (
    NO_VALUE,
    NOUGHT,
    Interval,
    hull,
)
from cse_forms.thresholds.matching import any_holds
from cse_forms.thresholds.measures import MeasureSource, Numbers
from cse_forms.thresholds.prorating import prorated
from cse_forms.thresholds.reading import Instance, Run
from cse_forms.thresholds.terms import Part, TermReading
from cse_forms.thresholds.weighing import (
    highest_of,
)


class _ScoreReading(MeasureSource, Protocol):
    """What the sum and the highest of terms have in common."""

    terms: tuple[TermReading, ...]

    def _gaps_are_open(self, run: Run) -> bool:
        """Whether an answer that is not known leaves the number open, in this response."""

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return (instance for term in self.terms for instance in term.answers(run, truth=True))

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        return (instance for term in self.terms for instance in term.answers(run, truth=None))

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        gaps = self._gaps_are_open(run)
        return (instance for term in self.terms for instance in term.open(run, gaps=gaps))

    @override
    def read(self) -> Iterator[Question]:
        return (question for term in self.terms for question in term.read())


@dataclass(frozen=True, slots=True)
class SumReading(_ScoreReading):
    """The sum of its terms."""

    terms: tuple[TermReading, ...]
    missing: str | Prorating
    numbers: Numbers

    @override
    def _gaps_are_open(self, run: Run) -> bool:
        return run.draft or self.missing == "unknown"

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        # What is scaled depends on how many are answered, be it with nought.
        is_scaled = isinstance(self.missing, Prorating)
        for term in self.terms:
            yield from term.deciding(run, lowest=lowest and not is_scaled)
        for measure in self._needed():
            yield from self.numbers.deciding(run, measure)

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        # A dataclass with slots is a class made anew: `super()` would still mean the first.
        yield from super(SumReading, self).open(run)
        for measure in self._needed():
            yield from self.numbers.open(run, measure)

    @override
    def read(self) -> Iterator[Question]:
        yield from super(SumReading, self).read()
        for measure in self._needed():
            yield from self.numbers.questions(measure)

    def _needed(self) -> Iterator[str]:
        """Yield the measure that says how many must be answered, if one does."""
        if isinstance(self.missing, Prorating) and isinstance(self.missing.answered, MeasureReference):
            yield self.missing.answered.measure

    @override
    def number(self, run: Run) -> Interval:
        applies = any_holds(term.applies(run) for term in self.terms)
        impossible = any_holds(term.is_impossible(run) for term in self.terms)
        if applies is False or impossible is True:
            return NO_VALUE
        parts = [part for term in self.terms for part in term.parts(run)]
        if isinstance(self.missing, Prorating):
            scaled = [part for part in parts if part.is_answer]
            total = prorated(scaled, self.missing, self.numbers.around(run, ()), draft=run.draft)
            parts = [part for part in parts if not part.is_answer]
        else:
            total = NOUGHT
        if total.has_value is False:
            return NO_VALUE
        for part in parts:
            total = total.plus(self._counted(part, draft=run.draft))
        is_valued = applies is True and impossible is False
        return total if is_valued else total.or_else(NO_VALUE)

    def _counted(self, part: Part, *, draft: bool) -> Interval:
        number = part.number
        if part.is_gap is not False and self.missing == "zero":
            number = hull([part.filled, number]) if draft else part.filled
        if part.is_many and not (self.missing == "zero" and not draft):
            if number.has_value is False:
                return NOUGHT.or_else(NO_VALUE)
            lowest = 0 if number.lowest is not None and number.lowest >= 0 else None
            highest = 0 if number.highest is not None and number.highest <= 0 else None
            return Interval(lowest, highest, number.has_value)
        return number if part.included else hull([NOUGHT, number])


@dataclass(frozen=True, slots=True)
class HighestReading(_ScoreReading):
    """The highest number of its terms, or the lowest; without a value, where there is none."""

    terms: tuple[TermReading, ...]
    missing: str
    turned: bool
    """Whether the terms' signs are turned, and the lowest of them is meant."""

    @override
    def _gaps_are_open(self, run: Run) -> bool:
        return run.draft or self.missing == "unknown"

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        floor = self._highest(run).lowest
        # What keeps the highest from being higher keeps the lowest from being lower.
        reaches = lowest is not self.turned
        for term in self.terms:
            yield from term.deciding(run, lowest=reaches and floor is not None, floor=floor)

    @override
    def number(self, run: Run) -> Interval:
        highest = self._highest(run)
        return highest.turned() if self.turned else highest

    def _highest(self, run: Run) -> Interval:
        impossible = any_holds(term.is_impossible(run) for term in self.terms)
        if impossible is True:
            return NO_VALUE
        certain: list[Interval] = []
        perhaps: list[Interval] = []
        for part in (part for term in self.terms for part in term.parts(run)):
            number, is_there = part.number, part.is_there
            if part.is_gap is not False and self.missing == "zero":
                number = hull([part.filled, number]) if run.draft else part.filled
                is_there = is_there if run.draft else True
            if part.included is not False and number.has_value is not False:
                is_certain = part.included and is_there and number.has_value and not part.is_many
                (certain if is_certain else perhaps).append(number.as_valued())
        if not certain:
            found = hull(perhaps)
            if found is NO_VALUE:
                return NO_VALUE
            highest = highest_of(perhaps)
            return Interval(found.lowest, highest.highest, None)
        lowest = highest_of(certain)
        highest = highest_of([*certain, *perhaps])
        found = Interval(lowest.lowest, highest.highest)
        return found if impossible is False else found.or_else(NO_VALUE)
