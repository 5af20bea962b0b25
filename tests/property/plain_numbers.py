"""Numbers of the plain reading: exact, between two bounds, and perhaps not there at all."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple, TypeAlias

from tests.property.plain_values import Truth, agreed, conjunction, contrary

Bound: TypeAlias = Fraction | None


class Num(NamedTuple):
    """A number between two bounds, None where there is none; and whether there is a number."""

    low: Bound
    high: Bound
    has: Truth = True


NOTHING = Num(None, None, False)
ANYTHING = Num(None, None)
NOUGHT = Num(Fraction(0), Fraction(0))


def exact(written: Any) -> Fraction:
    """Return a number as JSON writes it: 0.1 is a tenth."""
    return Fraction(repr(written)) if isinstance(written, float) else Fraction(written)


def point(written: Any) -> Num:
    number = exact(written)
    return Num(number, number)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def settled(number: Num) -> Num:
    """Return a number of which it is clear that there is none without bounds."""
    return NOTHING if number.has is False else number


def any_of(numbers: Iterable[Num]) -> Num:
    """Return the bounds of a number that is one of these."""
    found = list(numbers)
    there = [number for number in found if number.has is not False]
    if not there:
        return NOTHING
    lows, highs = [number.low for number in there], [number.high for number in there]
    return Num(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
        agreed(number.has for number in found),
    )


def added(one: Num, other: Num) -> Num:
    has = conjunction([one.has, other.has])
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return settled(Num(low, high, has))


def multiplied(one: Num, other: Num) -> Num:
    """Multiply each end by each; without a bound is without a bound, save that nothing times anything is nothing."""
    has = conjunction([one.has, other.has])
    ends = [Fraction(0) if 0 in {a, b} else a * b for a in (_low(one), _high(one)) for b in (_low(other), _high(other))]
    return settled(Num(_bound(min(ends)), _bound(max(ends)), has))


def divided(one: Num, other: Num) -> Num:
    if False in (one.has, other.has) or (other.low == 0 and other.high == 0):
        return NOTHING
    if _low(other) <= 0 <= _high(other):
        return Num(None, None, None)
    turned = Num(
        Fraction(0) if other.high is None else 1 / other.high,
        Fraction(0) if other.low is None else 1 / other.low,
        other.has,
    )
    return multiplied(one, turned)


def rounded(number: Num, how: str | None, decimals: int = 0) -> Num:
    """Round both ends; what `half-open` leaves open is both neighbours."""
    if how is None:
        return number
    ways = ("half-down", "half-up") if how == "half-open" else (how, how)
    low, high = (
        None if end is None else Fraction(_whole(end * 10**decimals, way), 10**decimals)
        for end, way in zip(number[:2], ways, strict=True)
    )
    return Num(low, high, number.has)


def _whole(number: Fraction, how: str) -> int:
    half = Fraction(1, 2)
    match how:
        case "down":
            return floor(number)
        case "up":
            return ceil(number)
        case "half-up":
            return floor(number + half)
        case "half-down":
            return ceil(number - half)
        case _:
            return round(number)


def compared(word: str, number: Num, limit: Num) -> Truth:
    """Compare two numbers by their bounds. With what has no value nothing compares."""
    if number.has is False or limit.has is False:
        return False
    truth = _compared(word, number, limit)
    return None if truth is True and (number.has is None or limit.has is None) else truth


def _compared(word: str, number: Num, limit: Num) -> Truth:
    below = number.low is not None and limit.high is not None and number.low > limit.high
    above = number.high is not None and limit.low is not None and number.high < limit.low
    alike = number.low is not None and number.low == number.high == limit.low == limit.high
    if word == "const":
        return True if alike else False if below or above else None
    sure_least = number.low is not None and limit.high is not None and number.low >= limit.high
    sure_most = number.high is not None and limit.low is not None and number.high <= limit.low
    at_least: Truth = True if sure_least else False if above else None
    at_most: Truth = True if sure_most else False if below else None
    return {
        "minimum": at_least,
        "maximum": at_most,
        "exclusiveMinimum": contrary(at_most),
        "exclusiveMaximum": contrary(at_least),
    }[word]


def _low(number: Num) -> float | Fraction:
    return float("-inf") if number.low is None else number.low


def _high(number: Num) -> float | Fraction:
    return float("inf") if number.high is None else number.high


def _bound(end: float | Fraction) -> Bound:
    return end if isinstance(end, Fraction) else None
