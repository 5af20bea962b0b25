"""The conditions of the language, compiled for one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from typing_extensions import override

from cse_forms.schema.conditions import Match, Number
from cse_forms.schema.items import Question
from cse_forms.thresholds.intervals import Interval, Truth, exactly, only_where_valued
from cse_forms.thresholds.matching import all_hold, bound_of, measures_of, negated, truth_of_level, truth_of_number
from cse_forms.thresholds.measures import Numbers
from cse_forms.thresholds.reading import Instance, Keys, Reading, Run
from cse_forms.thresholds.rules import LevelsOf
from cse_forms.thresholds.tally import Tally


@dataclass(frozen=True, slots=True)
class ItemsReading(Reading):
    """Enough of the selected answers match."""

    tally: Tally
    at_least: Number | None
    at_most: Number | None
    every: bool
    measures: tuple[str, ...]
    """Those that the match and the quantities are taken from."""
    form: Numbers

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        counts = self.tally.counts(run, row)
        least = self.at_least
        # Nearly all that is asked is whether so many match.
        if type(least) is int and self.at_most is None:
            if counts.matching >= least:
                return True
            return False if counts.possible is not None and counts.possible < least else None
        if self.every:
            return False if counts.failing else (None if counts.open else True)
        return self._in_bounds(run, row, Interval(counts.matching, counts.possible))

    def _in_bounds(self, run: Run, row: Keys, number: Interval) -> Truth:
        around = self.form.around(run, row)
        truths: list[Truth] = []
        if self.at_least is not None:
            least = bound_of(self.at_least, around)
            truths.append(only_where_valued(number.is_at_least(least), least))
        if self.at_most is not None:
            most = bound_of(self.at_most, around)
            truths.append(only_where_valued(most.is_at_least(number), most))
        return all_hold(truths)

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        truth = self.truth(run, row)
        if not self.measures:
            if truth is None:
                return self.tally.open(run, row, every=self.every)
            # Nearly all that is asked is whether so many match.
            if self.at_least is not None and self.at_most is None:
                return self.tally.deciding(run, row, matching=truth, of_all=not truth)
        return self._deciding_any(run, row, truth)

    def _deciding_any(self, run: Run, row: Keys, truth: Truth) -> Iterator[Instance]:
        if truth is None:
            yield from self.tally.open(run, row, every=self.every)
        else:
            yield from self._deciding(run, row, truth=truth)
        for measure in self.measures:
            yield from self.form.deciding_number(run, measure, truth)

    def _deciding(self, run: Run, row: Keys, *, truth: bool) -> Iterator[Instance]:
        if self.every:
            yield from self.tally.deciding(run, row, matching=truth, of_all=truth)
            return
        too_many = self._is_too_many(run, row)
        if too_many or (truth and self.at_least is not None):
            yield from self.tally.deciding(run, row, matching=True, of_all=False)
        if not too_many and (not truth or self.at_most is not None):
            # Few enough match because of those that do not.
            yield from self.tally.deciding(run, row, matching=False, of_all=True)

    def _is_too_many(self, run: Run, row: Keys) -> bool:
        if self.at_most is None:
            return False
        most = bound_of(self.at_most, self.form.around(run, row))
        return most.is_at_least(exactly(self.tally.counts(run, row).matching)) is False

    @override
    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        return iter(())

    @override
    def read(self) -> Iterator[Question]:
        yield from self.tally.questions()
        for measure in self.measures:
            yield from self.form.questions(measure)


@dataclass(frozen=True, slots=True)
class MeasureReading(Reading):
    """A measure's number matches."""

    measure: str
    match: Match
    form: Numbers

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return truth_of_number(self.match, self.form.number(run, self.measure), self.form.around(run, row))

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        truth = self.truth(run)
        number, around = self.form.number(run, self.measure), self.form.around(run, row)
        # Enough of what is counted may decide whatever else there is; or it is that there cannot be more.
        by_lowest = truth_of_number(self.match, Interval(number.lowest, None, number.has_value), around) is truth
        by_highest = truth_of_number(self.match, Interval(None, number.highest, number.has_value), around) is truth
        yield from self.form.deciding_number(run, self.measure, truth, lowest=by_lowest, highest=by_highest)
        for measure in measures_of(self.match):
            yield from self.form.deciding_number(run, measure, truth)

    @override
    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        return iter(())

    @override
    def read(self) -> Iterator[Question]:
        for measure in (self.measure, *measures_of(self.match)):
            yield from self.form.questions(measure)


@dataclass(frozen=True, slots=True)
class JoinedReading(Reading):
    """Every part holds, or at least one does."""

    parts: tuple[Reading, ...]
    settled_by: bool
    """The truth of one part that settles the whole: false of "every one", true of "at least one"."""

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        found: Truth = not self.settled_by
        for part in self.parts:
            truth = part.truth(run, row)
            if truth is self.settled_by:
                return truth
            if truth is None:
                found = None
        return found

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        # What decides the whole is what decides those of its parts that have its truth.
        truth = self.truth(run, row)
        return chain.from_iterable([part.deciding(run, row) for part in self.parts if part.truth(run, row) is truth])

    @override
    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        if self.truth(run, row) is None:
            for part in self.parts:
                yield from part.unsettled(run, row)

    @override
    def read(self) -> Iterator[Question]:
        return (question for part in self.parts for question in part.read())


@dataclass(frozen=True, slots=True)
class NotReading(Reading):
    """The part does not hold."""

    part: Reading

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return negated(self.part.truth(run, row))

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        return self.part.deciding(run, row)

    @override
    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        return self.part.unsettled(run, row)

    @override
    def read(self) -> Iterator[Question]:
        return self.part.read()


@dataclass(frozen=True, slots=True)
class AssessmentReading(Reading):
    """An assessment's level is one of these."""

    assessment: str
    at_least: frozenset[str] | None
    """The ids of the levels that are high enough."""
    at_most: frozenset[str] | None
    """The ids of those that are low enough."""
    match: Match | None
    form: LevelsOf

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        truths = {self._is_such(level) for level in self.form.levels(run, self.assessment)}
        return truths.pop() if len(truths) == 1 else None

    def _is_such(self, level: str | None) -> bool:
        return (
            (self.at_least is None or level in self.at_least)
            and (self.at_most is None or level in self.at_most)
            and (self.match is None or truth_of_level(self.match, level))
        )

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        return self.form.deciding_level(run, self.assessment, is_open=self.truth(run) is None)

    @override
    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        return self.form.unsettled_of_level(run, self.assessment) if self.truth(run) is None else iter(())

    @override
    def read(self) -> Iterator[Question]:
        return self.form.questions_of_level(self.assessment)


@dataclass(frozen=True, slots=True)
class UnsettledReading(Reading):
    """Always unknown: the policy does not say."""

    reason: str

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return None

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        return iter(())

    @override
    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        yield self.reason

    @override
    def read(self) -> Iterator[Question]:
        return iter(())
