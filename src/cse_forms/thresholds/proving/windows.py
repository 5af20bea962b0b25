"""Dates that lie within a span of one another, before anybody has answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cse_forms.schema.conditions import Within
from cse_forms.thresholds.proving.answers import as_read
from cse_forms.thresholds.proving.dates import Day
from cse_forms.thresholds.proving.leaves import Leaf, every_one
from cse_forms.thresholds.proving.logic import (
    TRUE,
    ZERO,
    Amount,
    Bool,
    Truth,
    all_of,
    any_of,
    choose,
    every,
    highest,
    how_many,
    opposite,
    total,
)
from cse_forms.thresholds.proving.matching import in_span
from cse_forms.thresholds.proving.ranges import End, Range, end

if TYPE_CHECKING:
    from cse_forms.thresholds.proving.encode import Encoding


class Dates:
    """The selected dates of a response, and the span in which they are to lie."""

    def __init__(self, form: Encoding, leaves: Sequence[Leaf], span: Within) -> None:
        self._leaves = leaves
        self._certain: list[tuple[Bool, Day]] = []
        """Dates, each with whether it certainly counts."""
        self._possible: list[tuple[Bool, Day]] = []
        """Dates, each with whether it may count."""
        self._undated: list[Bool] = []
        """Whether there is an answer that may count and has no date yet."""
        self._rows_open = any_of(leaf.counted.possible for leaf in leaves if leaf.spot.rows_unknown)
        for leaf in leaves:
            truth = every((leaf.counted, leaf.matches))
            day, given = None, False
            if not leaf.spot.rows_unknown:
                answer = as_read(form.sheet.answer(leaf.spot.question, leaf.spot.keys), draft=form.draft)
                day, given = answer.day, answer.given
            if day is None:
                self._undated.append(truth.possible)
                continue
            self._undated.append(all_of((truth.possible, opposite(given))))
            self._certain.append((all_of((truth.holds, given)), day))
            self._possible.append((all_of((truth.possible, given)), day))
        # Whether each date lies in the span that ends on another.
        days = [day for _, day in self._certain]
        self._near = [[in_span(day, last, span, form) for day in days] for last in days]

    def most_together(self, *, zero: bool = False) -> Range:
        """Return how many lie within one span of one another, the most that there are.

        Args:
            zero: whether an answer without a date is not counted.
        """
        low = highest([ZERO, *self._in_spans(self._certain, sure=True)])
        known = highest([ZERO, *self._in_spans(self._possible, sure=False)])
        if zero:
            return Range(end(low), end(choose(self._rows_open, low, known)), TRUE)
        return Range(end(low), End(total((known, how_many(self._undated))), self._rows_open), TRUE)

    def all_together(self) -> Truth:
        """Return whether all that count lie within one span of one another."""
        matching = every_one(self._leaves)
        together = all_of((opposite(any_of(self._undated)), self._fit(self._possible, sure=True)))
        apart = opposite(self._fit(self._certain, sure=False))
        return Truth(all_of((matching.holds, together)), any_of((matching.fails, apart)))

    def _in_spans(self, days: Sequence[tuple[Bool, Day]], *, sure: bool) -> Iterator[Amount]:
        for (there, _), near in zip(days, self._near, strict=True):
            if there is not False:
                yield how_many(
                    all_of((there, counts, truth.holds if sure else truth.possible))
                    for (counts, _), truth in zip(days, near, strict=True)
                )

    def _fit(self, days: Sequence[tuple[Bool, Day]], *, sure: bool) -> Bool:
        """Return whether all of these dates lie in the span that ends on one of them; nothing fits everywhere."""
        ends = [all_of(opposite(there) for there, _ in days)]
        for (last, _), near in zip(days, self._near, strict=True):
            others = [
                any_of((opposite(there), truth.holds if sure else truth.possible))
                for (there, _), truth in zip(days, near, strict=True)
            ]
            ends.append(all_of((last, *others)))
        return any_of(ends)
