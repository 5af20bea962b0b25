"""Measures read over one response: the number, as an interval, and the answers that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from typing_extensions import override

from cse_forms.schema.conditions import MeasureReference, Number
from cse_forms.schema.items import Question
from cse_forms.thresholds.intervals import (
    ELAPSED,
    NO_VALUE,
    NOUGHT,
    UNBOUNDED,
    Interval,
    Truth,
    day_of,
    exactly,
)
from cse_forms.thresholds.matching import Surroundings, any_holds, bound_of
from cse_forms.thresholds.reading import Instance, Keys, Reading, Run
from cse_forms.thresholds.tally import Leaf, Tally


class MeasureSource(Protocol):
    """A measure, compiled for one form."""

    def number(self, run: Run) -> Interval:
        """Return its number in a response."""

    def counted(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that it certainly rests on."""

    def uncounted(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that it may yet rest on."""

    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        """Yield the answers that make it as high as it is at the least, or that keep it from being higher."""

    def open(self, run: Run) -> Iterator[Instance]:
        """Yield the blank and Not Known answers that leave it open."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


class Numbers(Protocol):
    """The measures of a form, for those that are made of others."""

    def number(self, run: Run, measure: str) -> Interval:
        """Return a measure's number in a response."""

    def around(self, run: Run, row: Keys) -> Surroundings:
        """Return what an answer in a row may be compared with."""

    def deciding(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that make a measure what it is."""

    def deciding_number(
        self, run: Run, measure: str, truth: Truth, *, lowest: bool = False, highest: bool = False
    ) -> Iterator[Instance]:
        """Yield the answers of a measure by which a condition on it holds or fails, or that leave it open."""

    def open(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that leave it open."""

    def counted(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that it certainly rests on."""

    def uncounted(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that it may yet rest on."""

    def questions(self, measure: str) -> Iterator[Question]:
        """Yield the questions that it reads."""


@dataclass(frozen=True, slots=True)
class CountReading(MeasureSource):
    """How many of the selected answers match."""

    tally: Tally
    skips_unknown: bool
    """Whether an answer that is not known is not counted, in a complete response."""
    numbers: Numbers
    measures: tuple[str, ...]
    """Those that the match takes its numbers from."""

    @override
    def number(self, run: Run) -> Interval:
        asked = self.tally.may_be_asked(run)
        if asked is False:
            return NO_VALUE
        counts = self.tally.counts(run)
        possible = counts.possible
        if self.skips_unknown and not run.draft:
            possible = counts.matching if counts.unknown is None or possible is None else possible - counts.unknown
        return Interval(counts.matching, possible, asked)

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return self.tally.answers(run, truth=True)

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        return self.tally.answers(run, truth=None)

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        yield from self.tally.deciding(run, (), matching=lowest, of_all=not lowest)
        for measure in self.measures:
            yield from self.numbers.deciding(run, measure)

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        if self.tally.may_be_asked(run) is None:
            yield from self.tally.open_questions(run)
        yield from self.tally.open(run, (), gaps=run.draft or not self.skips_unknown)
        for measure in self.measures:
            yield from self.numbers.open(run, measure)

    @override
    def read(self) -> Iterator[Question]:
        yield from self.tally.questions()
        for measure in self.measures:
            yield from self.numbers.questions(measure)


@dataclass(frozen=True, slots=True)
class ConditionCountReading(MeasureSource):
    """How many of these conditions hold: of assessments, how many have such a level."""

    conditions: tuple[Reading, ...]

    @override
    def number(self, run: Run) -> Interval:
        truths = [condition.truth(run) for condition in self.conditions]
        return Interval(truths.count(True), len(truths) - truths.count(False))

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return self._deciding(run, truth=True)

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        return self._deciding(run, truth=None)

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        return self._deciding(run, truth=lowest)

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        return self._deciding(run, truth=None)

    def _deciding(self, run: Run, *, truth: Truth) -> Iterator[Instance]:
        for condition in self.conditions:
            if condition.truth(run) is truth:
                yield from condition.deciding(run)

    @override
    def read(self) -> Iterator[Question]:
        return (question for condition in self.conditions for question in condition.read())


@dataclass(frozen=True, slots=True)
class ElapsedReading(MeasureSource):
    """Completed years, months or days between two dates; without bounds while one of them is not given."""

    unit: str
    ends: tuple[Leaf, ...]
    """From, and to."""

    @override
    def number(self, run: Run) -> Interval:
        unasked = any_holds([_contrary(leaf.may_be_asked(run)) for leaf in self.ends if leaf.asked])
        if unasked is True:
            return NO_VALUE
        days = [day for _, day in self._dated(run)]
        if len(days) != len(self.ends):
            return UNBOUNDED if unasked is False else Interval(None, None, None)
        return exactly(ELAPSED[self.unit](*days))

    def _dated(self, run: Run) -> Iterator[tuple[Instance, date]]:
        """Yield the answers that count and give a date, with it."""
        for leaf in self.ends:
            for instance in leaf.instances(run, ()):
                read = instance.as_read(draft=run.draft)
                day = day_of(read.value)
                if day is not None and leaf.is_counted(run, instance.keys):
                    yield read, day

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return (instance for instance, _ in self._dated(run))

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        counted = {instance.keys for instance in self.counted(run)}
        for leaf in self.ends:
            yield from (instance for instance in leaf.instances(run, ()) if instance.keys not in counted)

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        return self.counted(run)

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        for leaf in self.ends:
            for instance in leaf.instances(run, ()):
                counted = leaf.is_counted(run, instance.keys)
                if counted is None:
                    yield from leaf.undecided(run, instance.keys)
                if counted is not False and not instance.as_read(draft=run.draft).is_given:
                    yield instance

    @override
    def read(self) -> Iterator[Question]:
        return (leaf.question for leaf in self.ends)


def _contrary(truth: Truth) -> Truth:
    return None if truth is None else not truth


class _MadeOfNumbers(MeasureSource, Protocol):
    """What measures that are made of other numbers have in common."""

    parts: tuple[Number, ...]
    numbers: Numbers

    def _measures(self) -> Iterator[str]:
        return (part.measure for part in self.parts if isinstance(part, MeasureReference))

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return (instance for measure in self._measures() for instance in self.numbers.counted(run, measure))

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        return (instance for measure in self._measures() for instance in self.numbers.uncounted(run, measure))

    @override
    def deciding(self, run: Run, *, lowest: bool) -> Iterator[Instance]:
        return (instance for measure in self._measures() for instance in self.numbers.deciding(run, measure))

    @override
    def open(self, run: Run) -> Iterator[Instance]:
        return (instance for measure in self._measures() for instance in self.numbers.open(run, measure))

    @override
    def read(self) -> Iterator[Question]:
        return (question for measure in self._measures() for question in self.numbers.questions(measure))


@dataclass(frozen=True, slots=True)
class ProductReading(_MadeOfNumbers):
    """Numbers multiplied."""

    parts: tuple[Number, ...]
    numbers: Numbers

    @override
    def number(self, run: Run) -> Interval:
        around = self.numbers.around(run, ())
        product = exactly(1)
        for part in self.parts:
            product = product.times(bound_of(part, around))
        return product


@dataclass(frozen=True, slots=True)
class QuotientReading(_MadeOfNumbers):
    """One number divided by another, and perhaps rounded."""

    parts: tuple[Number, ...]
    round: str | None
    decimals: int
    numbers: Numbers

    @override
    def number(self, run: Run) -> Interval:
        around = self.numbers.around(run, ())
        dividend, divisor = (bound_of(part, around) for part in self.parts)
        if dividend.has_value is False:
            return NO_VALUE
        quotient = dividend.divided_by(divisor)
        return quotient if self.round is None else quotient.rounded(self.round, self.decimals)


@dataclass(frozen=True, slots=True)
class ConstantReading(_MadeOfNumbers):
    """A number that the policy names."""

    parts: tuple[Number, ...]
    numbers: Numbers

    @override
    def number(self, run: Run) -> Interval:
        return bound_of(self.parts[0], self.numbers.around(run, ())) if self.parts else NOUGHT
