"""Counting dates that lie within a span of one another."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

from typing_extensions import override

from cse_forms.schema.conditions import Match, Within
from cse_forms.thresholds.columns import Counts
from cse_forms.thresholds.intervals import Truth, day_of
from cse_forms.thresholds.matching import all_hold, span_of, unit_of
from cse_forms.thresholds.reading import Instance, Keys, Run
from cse_forms.thresholds.spans import most_within
from cse_forms.thresholds.tally import AroundOf, Leaf, Tally

_LONGEST = 4_000_000
"""Of any unit: a span that holds all days of the calendar."""


class WindowTally(Tally):
    """The most of the selected dates that lie within one span of one another; what else a match asks must hold too."""

    def __init__(self, leaves: tuple[Leaf, ...], match: Match, within: Within, around: AroundOf) -> None:
        super().__init__(leaves, match, around)
        self._within = within

    @override
    def deciding(self, run: Run, row: Keys, *, matching: bool, of_all: bool) -> Iterator[Instance]:
        certain, _, _ = self._dates(run, row)
        if of_all or not matching:
            yield from super().deciding(run, row, matching=True, of_all=True)
            yield from super().deciding(run, row, matching=False, of_all=True)
            return
        shortest, _ = self._lengths(run)
        among = set(self._most([day for day, _ in certain], shortest))
        yield from (instance for day, instance in certain if day in among)

    @override
    def open(self, run: Run, row: Keys, *, every: bool = False, gaps: bool = True) -> Iterator[Instance]:
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                if matches is None and not gaps:
                    continue
                if counted is None and (every or matches is not False):
                    yield from leaf.undecided(run, instance.keys)
                if counted is not False and matches is None and not instance.as_read(draft=run.draft).is_given:
                    yield instance

    @override
    def _count(self, run: Run, row: Keys) -> Counts:
        counts = super()._count(run, row)
        certain, perhaps, undated = self._dates(run, row)
        shortest, longest = self._lengths(run)
        days = [day for day, _ in certain]
        fewest = len(self._most(days, shortest))
        all_days = [*days, *(day for day, _ in perhaps)]
        most = len(self._most(all_days, longest))
        possible = None if counts.possible is None else most + undated
        apart = len(self._most(days, longest)) < len(days)
        together = not undated and len(self._most(all_days, shortest)) == len(all_days)
        failing = counts.failing + apart
        unknown = None if counts.unknown is None else undated
        return Counts(fewest, possible, failing, not failing and (counts.open or not together), unknown)

    def _dates(self, run: Run, row: Keys) -> tuple[list[tuple[date, Instance]], list[tuple[date, Instance]], int]:
        """Return the dates that count, those that may, and how many answers that may count have no date yet."""
        certain: list[tuple[date, Instance]] = []
        perhaps: list[tuple[date, Instance]] = []
        undated = 0
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                truth: Truth = all_hold(self._outcome(run, leaf, table, instance))
                day = day_of(instance.as_read(draft=run.draft).value)
                if truth is False:
                    continue
                if day is None:
                    undated += 1
                else:
                    (certain if truth else perhaps).append((day, instance))
        return certain, perhaps, undated

    def _lengths(self, run: Run) -> tuple[int, int]:
        """Return how long the span is at the least, and at the most; less than nought where it may have no day."""
        span = span_of(self._within, self._around(run, ()))
        if span.has_value is False:
            return -1, -1
        shortest = -1 if span.lowest is None or span.has_value is None else math.floor(span.lowest)
        longest = _LONGEST if span.highest is None else math.floor(span.highest)
        return min(shortest, _LONGEST), min(longest, _LONGEST)

    def _most(self, days: list[date], number: int) -> tuple[date, ...]:
        return most_within(days, unit_of(self._within), number)
