"""Numbers of which only the bounds are known, multiplied, divided and rounded, as the solver's terms."""

from __future__ import annotations

from fractions import Fraction

from cse_forms.schema.conditions import QuotientMeasure
from cse_forms.thresholds.proving.logic import (
    ONE,
    TRUE,
    ZERO,
    Amount,
    Truth,
    all_of,
    amount,
    any_of,
    choose,
    equal,
    every,
    highest,
    lowest,
    more_than,
    opposite,
    plain,
    product,
    ratio,
    rounded_down,
    scaled,
    total,
)
from cse_forms.thresholds.proving.ranges import NO_END, End, Range, chosen, end, exactly, havoc, is_point


def multiplied(first: Range, second: Range) -> Range:
    """Return two ranges multiplied."""
    present = every((first.present, second.present))
    if is_point(first) and is_point(second):
        point = end(product(first.low.number, second.low.number))
        return Range(point, point, present)
    bounded = all_of(opposite(one.none) for one in (first.low, first.high, second.low, second.high))
    if bounded is False:
        return _half_bounded(first, second, present)
    corners = [
        product(one.number, other.number) for one in (first.low, first.high) for other in (second.low, second.high)
    ]
    whole = Range(end(lowest(corners)), end(highest(corners)), present)
    return chosen(bounded, whole, _half_bounded(first, second, present))


def _half_bounded(first: Range, second: Range, present: Truth) -> Range:
    """Return a product where a bound may be missing: that of a fixed factor, or any number."""
    for one, other in ((first, second), (second, first)):
        factor = one.low.number.constant if is_point(one) else None
        if factor is not None:
            ends = [End(scaled(found.number, factor), found.none) for found in (other.low, other.high)]
            if factor == 0:
                return Range(end(ZERO), end(ZERO), present)
            low, high = ends if factor > 0 else reversed(ends)
            return Range(low, high, present)
    found = havoc("product")
    return Range(found.low, found.high, present)


def divided(measure: QuotientMeasure, first: Range, second: Range) -> Range:
    """Return one range divided by another; without a value where that is nought."""
    found = _quotient(first, second)
    if measure.round is None:
        return found
    low = round_to(found.low.number, measure.round, measure.decimals).low
    high = round_to(found.high.number, measure.round, measure.decimals).high
    return Range(End(low.number, found.low.none), End(high.number, found.high.none), found.present)


def _quotient(first: Range, second: Range) -> Range:
    present = every((first.present, second.present))
    low, high = second.low, second.high
    if is_point(second):
        nought = equal(low.number, ZERO)
        by = end(ratio(ONE, low.number))
        if is_point(first):
            by_point = end(ratio(first.low.number, low.number))
            found = Range(by_point, by_point, present)
        else:
            found = multiplied(first, Range(by, by, second.present))
        return Range(found.low, found.high, every((present, plain(opposite(nought)))))
    above = all_of((opposite(low.none), more_than(low.number, ZERO)))
    below = all_of((opposite(high.none), more_than(ZERO, high.number)))
    bounded = all_of((opposite(low.none), opposite(high.none)))
    inverse = Range(end(ratio(ONE, high.number)), end(ratio(ONE, low.number)), second.present)
    apart = chosen(bounded, multiplied(first, inverse), havoc("quotient"))
    # Where the divisor may be nought, there may be no value, and whatever there is has no bound.
    is_nought = all_of((bounded, equal(low.number, ZERO), equal(high.number, ZERO)))
    around = Range(NO_END, NO_END, Truth(False, any_of((present.fails, is_nought))))
    found = chosen(any_of((above, below)), apart, around)
    return Range(found.low, found.high, every((found.present, Truth(True, present.fails))))


def round_to(number: Amount, rounding: str | None, decimals: int = 0) -> Range:
    """Return a number rounded; a half that is left open gives both neighbours."""
    if rounding is None:
        return exactly(number)
    factor = Fraction(10) ** decimals
    big = scaled(number, factor)
    half = amount(Fraction(1, 2))
    down = rounded_down(big)
    if rounding == "down":
        return exactly(scaled(down, 1 / factor))
    if rounding == "up":
        up = scaled(rounded_down(scaled(big, Fraction(-1))), Fraction(-1))
        return exactly(scaled(up, 1 / factor))
    near = rounded_down(total((big, half)))
    if rounding == "half-up":
        return exactly(scaled(near, 1 / factor))
    is_half = equal(total((big, half)), near)
    below = total((near, amount(-1)))
    if rounding == "half-open":
        low = choose(is_half, below, near)
        return Range(end(scaled(low, 1 / factor)), end(scaled(near, 1 / factor)), TRUE)
    halved = scaled(near, Fraction(1, 2))
    odd = opposite(equal(rounded_down(halved), halved))
    return exactly(scaled(choose(all_of((is_half, odd)), below, near), 1 / factor))
