"""Spans of time that end on a day, and the dates that lie in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from cse_forms.thresholds.intervals import Interval, Truth, only_where_valued

_LONGEST = 10_000 * 366
"""Days of a span that goes back beyond the first day of the calendar."""


def start_of(last: date, unit: str, number: int) -> date:
    """Return the first day of a span that ends on a day; the first of the calendar where the span goes beyond it.

    Args:
        last: the day on which it ends.
        unit: "years", "months" or "days". A month is reckoned back to the same day, or to the month's last day.
        number: how many of them. Less than nought is a span without a day.
    """
    if unit == "days":
        if number >= last.toordinal():
            return date.min
        return last - timedelta(days=max(number, -_days_left(last)))
    months = last.year * 12 + last.month - 1 - (number * 12 if unit == "years" else number)
    year, month = divmod(months, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(last.day, _days_of(year, month + 1)))


def _days_left(day: date) -> int:
    return date.max.toordinal() - day.toordinal()


def _days_of(year: int, month: int) -> int:
    next_month = date(year, month, 28) + timedelta(days=4) if (year, month) != (9999, 12) else None
    return 31 if next_month is None else (next_month - timedelta(days=next_month.day)).day


def starts_of(last: date, unit: str, span: Interval) -> tuple[date, date | None]:
    """Return the earliest and the latest first day that a span may have; None where it may have no day at all.

    Args:
        last: the day on which it ends.
        unit: "years", "months" or "days".
        span: how many of them, of which the bounds are known.
    """
    longest = _LONGEST if span.highest is None else min(math.floor(span.highest), _LONGEST)
    earliest = start_of(last, unit, longest)
    if span.lowest is None:
        return earliest, None
    shortest = min(math.floor(span.lowest), _LONGEST)
    return earliest, None if shortest < 0 else start_of(last, unit, shortest)


def is_within(day: date, last: date, unit: str, span: Interval) -> Truth:
    """Return whether a day lies in the span that ends on another day, both included."""
    if day > last:
        return False
    earliest, latest = starts_of(last, unit, span)
    truth: Truth = None
    if latest is not None and day >= latest:
        truth = True
    elif day < earliest or (span.highest is not None and span.highest < 0):
        truth = False
    return only_where_valued(truth, span)


def most_within(days: Sequence[date], unit: str, number: int) -> tuple[date, ...]:
    """Return the most of these days that lie in one span, in ascending order; the earliest such, where there are more.

    Args:
        days: some days.
        unit: "years", "months" or "days".
        number: how many of them the span has.
    """
    ordered = sorted(days)
    best: tuple[date, ...] = ()
    start = 0
    for end, last in enumerate(ordered):
        first = start_of(last, unit, number)
        while ordered[start] < first and start < end:
            start += 1
        if number >= 0 and end + 1 - start > len(best):
            best = tuple(ordered[start : end + 1])
    return best
