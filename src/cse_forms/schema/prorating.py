"""The numbers that come of scaling a sum to all questions that apply, and of rounding."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import assert_never

from cse_forms.schema.conditions import Round
from cse_forms.schema.reach import NOUGHT, Reach, Real, listed, simple


def prorated(weighed: list[tuple[Reach, bool]], left: int) -> tuple[Reach, int]:
    """Return the sums of the answers given, scaled to all that apply, and how many were reckoned one by one.

    Args:
        weighed: what each answer weighs, and whether it may be left out.
        left: how many sums may be reckoned one by one.
    """
    sums, spent = _sums(weighed, left)
    if sums is None:
        lowest = _product_bound((weight.lowest for weight, _ in weighed), len(weighed), min)
        highest = _product_bound((weight.highest for weight, _ in weighed), len(weighed), max)
        return Reach(lowest, highest), spent
    scaled = (
        Fraction(number) * apply / answered
        for (apply, answered), total in sums.items()
        if answered
        for number in total.values or ()
    )
    return listed(scaled), spent


def _sums(weighed: list[tuple[Reach, bool]], left: int) -> tuple[dict[tuple[int, int], Reach] | None, int]:
    """Return all sums by how many answers apply and how many are given; None where there are too many."""
    sums: dict[tuple[int, int], Reach] = {(0, 0): NOUGHT}
    spent = 0
    for weight, left_out in weighed:
        following: dict[tuple[int, int], Reach] = {}
        for (apply, answered), total in sums.items():
            spent += total.size * (weight.size + 2)
            if spent > left or total.values is None or weight.values is None:
                return None, spent
            cases = [((apply + 1, answered), total), ((apply + 1, answered + 1), total.plus(weight))]
            for key, reach in [*cases, *([((apply, answered), total)] if left_out else [])]:
                following[key] = following[key].either(reach) if key in following else reach
        sums = following
    return (None if any(total.values is None for total in sums.values()) else sums), spent


def _product_bound(bounds: Iterable[Real | None], count: int, choose: Callable[[list[Real]], Real]) -> Real | None:
    known = list(bounds)
    return None if None in known else choose([0, *(bound * count for bound in known if bound is not None)])


def rounded(reach: Reach, how: Round, decimals: int = 0) -> Reach:
    """Return numbers rounded to so many places; of a half that is left open, both neighbours."""
    unit = Fraction(1, 10**decimals)
    return reach.each(lambda number: (simple(new * unit) for new in _whole(Fraction(number) / unit, how)), simple(unit))


def _whole(number: Fraction, how: Round) -> tuple[int, ...]:
    match how:
        case "half-up":
            return (math.floor(number + Fraction(1, 2)),)
        case "half-even":
            return (round(number),)
        case "half-open":
            return tuple({math.ceil(number - Fraction(1, 2)), math.floor(number + Fraction(1, 2))})
        case "down":
            return (math.floor(number),)
        case "up":
            return (math.ceil(number),)
        case _:
            assert_never(how)
