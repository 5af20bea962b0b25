"""A set of numbers of which one comes out: listed one by one, or between bounds on a lattice.

What is said is never less than the truth: a number that is not in the set cannot come out, one that is in it may.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

Real: TypeAlias = int | Fraction

MAX_LISTED = 3_000
"""How many numbers are listed one by one; of more, only the bounds and the lattice are kept."""

_MAX_PAIRS = 60_000
"""How many pairs of numbers are reckoned one by one."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The numbers that a measure can come to."""

    lowest: Real | None
    """No number is less; None where there is no such bound."""
    highest: Real | None
    """No number is more."""
    unit: Real | None = None
    """Every number is a whole multiple of it; None where numbers lie anywhere."""
    values: tuple[Real, ...] | None = None
    """The numbers themselves, in ascending order, where they are few enough; none, if there never is a number."""
    may_be_absent: bool = False
    """Whether there may be no number at all."""

    @property
    def size(self) -> int:
        """How many numbers are listed one by one."""
        return len(self.values or ())

    def unlisted(self) -> Reach:
        """Return the same set by its bounds and its lattice alone."""
        return replace(self, values=None) if self.size > 1 else self

    def may_be(self, number: Real) -> bool:
        """Whether this number can come out."""
        return self.is_within(number, number)

    def at_least(self, number: Real) -> Real | None:
        """Return the least number of the set that is this one or more; None where there is none."""
        if self.values is not None:
            index = bisect_left(self.values, number)
            return self.values[index] if index < len(self.values) else None
        found = number if self.lowest is None else max(number, self.lowest)
        if self.unit:
            found = simple(math.ceil(Fraction(found) / self.unit) * self.unit)
        return found if self.highest is None or found <= self.highest else None

    def at_most(self, number: Real) -> Real | None:
        """Return the greatest number of the set that is this one or less; None where there is none."""
        if self.values is not None:
            index = bisect_right(self.values, number)
            return self.values[index - 1] if index else None
        found = number if self.highest is None else min(number, self.highest)
        if self.unit:
            found = simple(math.floor(Fraction(found) / self.unit) * self.unit)
        return found if self.lowest is None or found >= self.lowest else None

    def above(self, number: Real) -> Real | None:
        """Return the next number of the set; None where there is none, or numbers lie so close that none is next."""
        if self.values is not None:
            index = bisect_right(self.values, number)
            return self.values[index] if index < len(self.values) else None
        if self.unit:
            return self.at_least(simple((math.floor(Fraction(number) / self.unit) + 1) * self.unit))
        return self.lowest if self.lowest is not None and self.lowest > number else None

    def below(self, number: Real) -> Real | None:
        """Return the number of the set before this one; None where there is none, or none is next."""
        if self.values is not None:
            index = bisect_left(self.values, number)
            return self.values[index - 1] if index else None
        if self.unit:
            return self.at_most(simple((math.ceil(Fraction(number) / self.unit) - 1) * self.unit))
        return self.highest if self.highest is not None and self.highest < number else None

    def is_within(self, lowest: Real | None, highest: Real | None, *, above: bool = False, below: bool = False) -> bool:
        """Whether some number of the set lies between two bounds.

        Args:
            lowest: the lower bound, or None.
            highest: the upper bound, or None.
            above: whether the lower bound itself is left out.
            below: whether the upper bound itself is left out.
        """
        if self.values is not None or self.unit:
            first = self._first() if lowest is None else self.above(lowest) if above else self.at_least(lowest)
            if first is None:
                return lowest is None and self.values is None
            return highest is None or first < highest or (first == highest and not below)
        first, last = _greater(self.lowest, lowest), _less(self.highest, highest)
        if first is None or last is None or first < last:
            return True
        return first == last and not (above and first == lowest) and not (below and last == highest)

    def _first(self) -> Real | None:
        if self.values is not None:
            return self.values[0] if self.values else None
        return self.lowest if self.lowest is None else self.at_least(self.lowest)

    def plus(self, other: Reach) -> Reach:
        """Return the sums of one number of each set."""
        if () in (self.values, other.values):
            return NOTHING
        lowest = None if self.lowest is None or other.lowest is None else self.lowest + other.lowest
        highest = None if self.highest is None or other.highest is None else self.highest + other.highest
        unit = _common(self.unit, other.unit)
        absent = self.may_be_absent or other.may_be_absent
        found = _listed(self, other, lambda one, another: one + another, unit)
        return found or Reach(lowest, highest, unit, None, absent)

    def times(self, other: Reach) -> Reach:
        """Return the products of one number of each set."""
        if () in (self.values, other.values):
            return NOTHING
        unit = None if self.unit is None or other.unit is None else simple(self.unit * other.unit)
        found = _listed(self, other, lambda one, another: one * another, unit)
        if found is not None:
            return found
        ends = [_product(one, another) for one in self._ends() for another in other._ends()]
        absent = self.may_be_absent or other.may_be_absent
        return Reach(_finite(min(ends)), _finite(max(ends)), unit, None, absent)

    def divided_by(self, other: Reach) -> Reach:
        """Return the quotients; over nought there is none."""
        if () in (self.values, other.values):
            return NOTHING
        absent = self.may_be_absent or other.may_be_absent or other.may_be(0)
        if self.values is not None and other.values is not None:
            divisor = replace(other, values=tuple(number for number in other.values if number))
            found = _listed(self, divisor, lambda one, another: Fraction(one) / another)
            if found is not None:
                return replace(found, may_be_absent=absent)
        low, high = other._ends()
        if low <= 0 <= high:
            return Reach(None, None, None, None, absent)
        inverse = Reach(_inverse(high), _inverse(low), None)
        return replace(self.times(inverse), may_be_absent=absent)

    def either(self, other: Reach) -> Reach:
        """Return the numbers of both sets."""
        absent = self.may_be_absent or other.may_be_absent
        if self.values is not None and other.values is not None:
            return replace(listed({*self.values, *other.values}, _common(self.unit, other.unit)), may_be_absent=absent)
        if self.values == ():
            return replace(other, may_be_absent=absent)
        if other.values == ():
            return replace(self, may_be_absent=absent)
        lowest = None if self.lowest is None or other.lowest is None else min(self.lowest, other.lowest)
        highest = None if self.highest is None or other.highest is None else max(self.highest, other.highest)
        return Reach(lowest, highest, _common(self.unit, other.unit), None, absent)

    def not_below(self, others: Iterable[Reach]) -> Reach:
        """Return the numbers of the set that are no less than the least of each of some others."""
        least = max((other.lowest for other in others if other.lowest is not None), default=None)
        if least is None:
            return self
        if self.values is not None:
            return listed(number for number in self.values if number >= least)
        return replace(self, lowest=_greater(self.lowest, least))

    def not_above(self, others: Iterable[Reach]) -> Reach:
        """Return the numbers of the set that are no more than the greatest of each of some others."""
        most = min((other.highest for other in others if other.highest is not None), default=None)
        if most is None:
            return self
        if self.values is not None:
            return listed(number for number in self.values if number <= most)
        return replace(self, highest=_less(self.highest, most))

    def each(self, change: Callable[[Real], Iterable[Real]], unit: Real | None) -> Reach:
        """Return what becomes of the numbers by a change that keeps their order, such as rounding.

        Args:
            change: gives what becomes of one number; of a half that is left open, both neighbours.
            unit: of what the results are whole multiples.
        """
        if self.values is not None:
            changed = {simple(new) for number in self.values for new in change(number)}
            return replace(listed(changed), may_be_absent=self.may_be_absent)
        lowest = None if self.lowest is None else min(change(self.lowest))
        highest = None if self.highest is None else max(change(self.highest))
        return _bounded(lowest, highest, unit, may_be_absent=self.may_be_absent)

    def _ends(self) -> tuple[Any, Any]:
        low = -math.inf if self.lowest is None else self.lowest
        return low, math.inf if self.highest is None else self.highest


def listed(numbers: Iterable[Real], unit: Real | None = None) -> Reach:
    """Return the set of these numbers; with too many, its bounds and its lattice.

    Args:
        numbers: all of them.
        unit: of what they are whole multiples, where that is known.
    """
    values = sorted({simple(number) for number in numbers})
    if not values:
        return NOTHING
    if unit is None:
        unit = 0
        for number in values:
            unit = _common(unit, number)
    return Reach(values[0], values[-1], unit, tuple(values) if len(values) <= MAX_LISTED else None)


def exactly(number: Real) -> Reach:
    """Return the set of one number."""
    return listed((number,))


def whole_between(lowest: Real | None, highest: Real | None) -> Reach:
    """Return the whole numbers between two bounds."""
    return _bounded(None if lowest is None else math.ceil(lowest), None if highest is None else math.floor(highest), 1)


def simple(number: Real) -> Real:
    """Return a fraction without remainder as a whole number."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def many(one: Reach) -> Reach:
    """Return the sums of any number of numbers of a set, of none too."""
    if one.values is not None and not any(one.values):
        return NOUGHT
    lowest = 0 if one.lowest is not None and one.lowest >= 0 else None
    highest = 0 if one.highest is not None and one.highest <= 0 else None
    return Reach(lowest, highest, one.unit, None, one.may_be_absent)


def _bounded(lowest: Real | None, highest: Real | None, unit: Real | None, *, may_be_absent: bool = False) -> Reach:
    """Return the multiples of a unit between bounds; one by one, if they are few."""
    if unit and lowest is not None and highest is not None and (highest - lowest) / Fraction(unit) < MAX_LISTED:
        first, last = math.ceil(Fraction(lowest) / unit), math.floor(Fraction(highest) / unit)
        return replace(listed(number * unit for number in range(first, last + 1)), may_be_absent=may_be_absent)
    return Reach(lowest, highest, unit, None, may_be_absent)


def _listed(one: Reach, other: Reach, combine: Callable[[Real, Real], Real], unit: Real | None = None) -> Reach | None:
    """Return what comes of every pair of numbers, or None where there are too many."""
    if one.values is None or other.values is None or len(one.values) * len(other.values) > _MAX_PAIRS:
        return None
    combined = {simple(combine(first, second)) for first in one.values for second in other.values}
    if len(combined) > MAX_LISTED:
        return None
    return replace(listed(combined, unit), may_be_absent=one.may_be_absent or other.may_be_absent)


def _common(one: Real | None, other: Real | None) -> Real | None:
    """Return the greatest unit of which both are whole multiples."""
    if one is None or other is None:
        return None
    if isinstance(one, int) and isinstance(other, int):
        return math.gcd(one, other)
    first, second = Fraction(one), Fraction(other)
    over = first.denominator * second.denominator
    return simple(Fraction(math.gcd(first.numerator * second.denominator, second.numerator * first.denominator), over))


def _greater(one: Real | None, other: Real | None) -> Real | None:
    return max((number for number in (one, other) if number is not None), default=None)


def _less(one: Real | None, other: Real | None) -> Real | None:
    return min((number for number in (one, other) if number is not None), default=None)


def _product(one: Any, other: Any) -> Any:
    if not one or not other:
        return 0
    if math.inf in (abs(one), abs(other)):
        return math.inf if (one > 0) == (other > 0) else -math.inf
    return one * other


def _finite(number: Any) -> Real | None:
    return None if isinstance(number, float) else simple(number)


def _inverse(number: Any) -> Real:
    return 0 if isinstance(number, float) else simple(1 / Fraction(number))


NOTHING = Reach(None, None, 0, (), may_be_absent=True)
"""No number at all."""
NOUGHT = exactly(0)
ANY_NUMBER = Reach(None, None)
ANY_WHOLE = Reach(None, None, 1)
