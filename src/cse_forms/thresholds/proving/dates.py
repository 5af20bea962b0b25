"""Dates before anybody has answered: a year, a month and a day that the solver chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

import z3

from cse_forms.thresholds.proving.logic import Amount, Bool, all_of, amount, any_of, choose

_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the calendar that runs from 0001-01-01 to 9999-12-31."""

    year: Amount
    month: Amount
    day: Amount

    @property
    def month_number(self) -> Any:
        """The months since the beginning of the calendar."""
        return self.year.solver_term * 12 + self.month.solver_term

    @property
    def month_length(self) -> Any:
        """How many days its month has."""
        month = self.month.solver_term
        thirty = z3.Or([month == number for number in (4, 6, 9, 11)])
        return z3.If(month == 2, z3.If(self.in_leap_year, 29, 28), z3.If(thirty, 30, 31))

    @property
    def in_leap_year(self) -> Any:
        """Whether its year has a 29 February."""
        year = self.year.solver_term
        return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))

    @property
    def number(self) -> Any:
        """The days since the beginning of the calendar."""
        before = self.year.solver_term - 1
        month = self.month.solver_term
        days: Any = z3.IntVal(0)
        for index in range(12, 1, -1):
            days = z3.If(month == index, sum(_MONTHS[: index - 1]), days)
        leap_day = z3.If(z3.And(month > 2, self.in_leap_year), 1, 0)
        return 365 * before + before / 4 - before / 100 + before / 400 + days + leap_day + self.day.solver_term

    @property
    def limits(self) -> Bool:
        """What holds of every date."""
        year, month, day = self.year.solver_term, self.month.solver_term, self.day.solver_term
        return z3.And(year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1, day <= self.month_length)


def day_of(found: date) -> Day:
    """Return a date that is known."""
    return Day(amount(found.year), amount(found.month), amount(found.day))


def unfixed_day(name: str) -> Day:
    """Return a date of which nothing is known."""

    def part(word: str, most: int) -> Amount:
        return Amount(z3.Int(f"{name} {word}"), Fraction(1), Fraction(most), whole=True)

    return Day(part("year", 9999), part("month", 12), part("day", 31))


def chosen_day(case: Bool, first: Day, second: Day) -> Day:
    """Return the first date where the case is given, else the second."""
    return Day(
        choose(case, first.year, second.year),
        choose(case, first.month, second.month),
        choose(case, first.day, second.day),
    )


def is_same_day(first: Day, second: Day) -> Bool:
    """Return whether the two are one date."""
    return all_of(
        (
            first.year.solver_term == second.year.solver_term,
            first.month.solver_term == second.month.solver_term,
            first.day.solver_term == second.day.solver_term,
        )
    )


def is_not_after(first: Day, second: Day) -> Bool:
    """Return whether the first date is the second or earlier."""
    one, other = first.month_number, second.month_number
    return any_of((one < other, all_of((one == other, first.day.solver_term <= second.day.solver_term))))


def is_within(day: Day, before: Day, *, unit: str, count: Any) -> Bool:
    """Return whether a date is not earlier than so many days, months or years before another.

    Args:
        day: the date.
        before: the other.
        unit: "days", "months" or "years".
        count: how many, a term of the solver. Less than nought reaches no date that is not after the other.
    """
    if unit == "days":
        return before.number - day.number <= count
    months = count * 12 if unit == "years" else count
    apart = before.month_number - day.month_number
    # The day that the span ends on is the month's last where the month lacks it.
    late = any_of((day.day.solver_term >= before.day.solver_term, day.day.solver_term == day.month_length))
    return any_of((apart < months, all_of((apart == months, late))))


def elapsed(unit: str, start: Day, end: Day) -> Amount:
    """Return the completed years, months or days from one date to another."""
    if unit == "days":
        return Amount(end.number - start.number, None, None, whole=True)
    if unit == "months":
        incomplete = z3.If(end.day.solver_term < start.day.solver_term, 1, 0)
        return Amount(end.month_number - start.month_number - incomplete, None, None, whole=True)
    earlier = z3.Or(
        end.month.solver_term < start.month.solver_term,
        z3.And(end.month.solver_term == start.month.solver_term, end.day.solver_term < start.day.solver_term),
    )
    years = end.year.solver_term - start.year.solver_term - z3.If(earlier, 1, 0)
    return Amount(years, None, None, whole=True)
