"""Numbers of which only the bounds are known, reckoned without rounding."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias

Real: TypeAlias = int | Fraction
Truth: TypeAlias = bool | None
"""True, false, or None for unknown."""

_INFINITY = math.inf


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that lies between two bounds, both included; None where there is no bound."""

    lowest: Real | None
    highest: Real | None
    has_value: Truth = True
    """Whether there is a number at all; None where that is unknown. Where there is none, both bounds are None."""

    @property
    def is_exact(self) -> bool:
        """Whether the number itself is known."""
        return self.has_value is True and self.lowest is not None and self.lowest == self.highest

    @property
    def is_unbounded(self) -> bool:
        """Whether nothing is known of the number."""
        return self.lowest is None and self.highest is None

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"lowest": plain(self.lowest), "highest": plain(self.highest), "has_value": self.has_value}

    def is_at_least(self, other: Interval) -> Truth:
        """Whether this number is the other one or more, where both have a value."""
        if self.lowest is not None and other.highest is not None and self.lowest >= other.highest:
            return True
        if self.highest is not None and other.lowest is not None and self.highest < other.lowest:
            return False
        return None

    def equals(self, other: Interval) -> Truth:
        """Whether the two are the same number, where both have a value."""
        if self.lowest is not None and self.lowest == self.highest == other.lowest == other.highest:
            return True
        apart = self.is_at_least(other) is False or other.is_at_least(self) is False
        return False if apart else None

    def turned(self) -> Interval:
        """Return the number with the other sign."""
        lowest = None if self.highest is None else -self.highest
        return Interval(lowest, None if self.lowest is None else -self.lowest, self.has_value)

    def plus(self, other: Interval) -> Interval:
        """Return the sum of two numbers."""
        lowest = None if self.lowest is None or other.lowest is None else self.lowest + other.lowest
        highest = None if self.highest is None or other.highest is None else self.highest + other.highest
        return _valued(lowest, highest, self, other)

    def times(self, other: Interval) -> Interval:
        """Return the product of two numbers."""
        products = [_product(one, another) for one in self._ends() for another in other._ends()]
        return _valued(_bound(min(products)), _bound(max(products)), self, other)

    def divided_by(self, other: Interval) -> Interval:
        """Return the quotient of two numbers; there is none where the divisor is nought."""
        lowest, highest = other._ends()
        if lowest == highest == 0:
            return NO_VALUE
        if lowest <= 0 <= highest:
            divided = _valued(None, None, self, other)
            return divided if divided is NO_VALUE else Interval(None, None, None)
        inverse = Interval(_inverse(highest), _inverse(lowest), other.has_value)
        return self.times(inverse)

    def rounded(self, how: str, decimals: int = 0) -> Interval:
        """Return it to the nearest multiple of a power of ten, as `how` says."""
        unit = Fraction(1, 10**decimals)
        down, up = _ROUNDINGS[how]
        lowest = None if self.lowest is None else _simple(down(self.lowest / unit) * unit)
        highest = None if self.highest is None else _simple(up(self.highest / unit) * unit)
        return Interval(lowest, highest, self.has_value)

    def or_else(self, other: Interval) -> Interval:
        """Return the bounds of a number that is one or the other."""
        if self.has_value is False or other.has_value is False:
            one = other if self.has_value is False else self
            return one if self.has_value is other.has_value else Interval(one.lowest, one.highest, None)
        lowest = None if self.lowest is None or other.lowest is None else min(self.lowest, other.lowest)
        highest = None if self.highest is None or other.highest is None else max(self.highest, other.highest)
        return Interval(lowest, highest, self.has_value and other.has_value)

    def as_valued(self) -> Interval:
        """Return the same bounds of a number that is there."""
        return self if self.has_value is True else Interval(self.lowest, self.highest)

    def _ends(self) -> tuple[Any, Any]:
        """Return both bounds, infinite where there is none."""
        return (
            -_INFINITY if self.lowest is None else self.lowest,
            _INFINITY if self.highest is None else self.highest,
        )


UNBOUNDED = Interval(None, None)
NO_VALUE = Interval(None, None, False)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def exactly(number: Real) -> Interval:
    """Return the interval that holds this number alone."""
    return Interval(number, number)


NOUGHT = exactly(0)


def exact_number(value: Any) -> Real | None:
    """Return a JSON number without binary rounding, or None where the value is no finite number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return _simple(Fraction(repr(value))) if math.isfinite(value) else None
    return value if isinstance(value, Fraction) else None


def only_where_valued(truth: Truth, *numbers: Interval) -> Truth:
    """Return what is so of numbers that may be without a value: over none, nothing holds."""
    for number in numbers:
        if number.has_value is False:
            return False
        if number.has_value is None and truth is True:
            truth = None
    return truth


def plain(number: Real | None) -> int | float | None:
    """Return a number as JSON has it."""
    if number is None or isinstance(number, int):
        return number
    if number.denominator == 1:
        return number.numerator
    try:
        return float(number)
    except OverflowError:
        return round(number)


def _simple(number: Fraction) -> Real:
    return number.numerator if number.denominator == 1 else number


def _valued(lowest: Real | None, highest: Real | None, *parts: Interval) -> Interval:
    """Return a number made of others: without a value where one of them has none."""
    if any(part.has_value is False for part in parts):
        return NO_VALUE
    lowest = _simple(lowest) if isinstance(lowest, Fraction) else lowest
    highest = _simple(highest) if isinstance(highest, Fraction) else highest
    return Interval(lowest, highest, None if any(part.has_value is None for part in parts) else True)


def _product(one: Any, another: Any) -> Any:
    # Nothing times a number without bound is nothing: the number itself has a bound, which nobody knows.
    if one == 0 or another == 0:
        return 0
    if isinstance(one, float) or isinstance(another, float):
        return _INFINITY if (one > 0) == (another > 0) else -_INFINITY
    return one * another


def _bound(number: Any) -> Real | None:
    return None if isinstance(number, float) else number


def _inverse(number: Any) -> Real:
    return 0 if isinstance(number, float) else Fraction(1) / number


def _half_up(number: Real) -> int:
    return math.floor(number + Fraction(1, 2))


def _half_down(number: Real) -> int:
    return math.ceil(number - Fraction(1, 2))


_ROUNDINGS: dict[str, tuple[Callable[[Real], int], Callable[[Real], int]]] = {
    "half-up": (_half_up, _half_up),
    "half-even": (round, round),
    "half-open": (_half_down, _half_up),
    "down": (math.floor, math.floor),
    "up": (math.ceil, math.ceil),
}
"""What is done to the lower and to the upper bound."""


def hull(numbers: Iterable[Interval]) -> Interval:
    """Return the bounds of a number that is one of these; without a value, where there are none."""
    found: Interval | None = None
    for number in numbers:
        found = number if found is None else found.or_else(number)
    return NO_VALUE if found is None else found


def day_of(value: Any) -> date | None:
    """Return the date that a text names as JSON Schema's `date` does, or None."""
    # Python also reads dates that JSON Schema does not know, such as 2026-W13-2.
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def completed_years(start: date, end: date) -> int:
    """Return the completed years from one date to another; a birthday of 29 February is else on 1 March."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def completed_months(start: date, end: date) -> int:
    """Return the completed months from one date to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def completed_days(start: date, end: date) -> int:
    """Return the days from one date to another."""
    return (end - start).days


ELAPSED: dict[str, Callable[[date, date], int]] = {
    "years": completed_years,
    "months": completed_months,
    "days": completed_days,
}
