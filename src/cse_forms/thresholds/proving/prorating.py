"""Sums of what is answered, scaled to all questions that apply, over a response whose answers are not fixed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from cse_forms.thresholds.proving.arithmetic import multiplied, round_to
from cse_forms.thresholds.proving.logic import (
    ONE,
    ZERO,
    Amount,
    Bool,
    Truth,
    all_of,
    amount,
    any_of,
    at_least,
    choose,
    equal,
    highest,
    how_many,
    lowest,
    opposite,
    ratio,
    scaled,
    total,
)
from cse_forms.thresholds.proving.matching import compare
from cse_forms.thresholds.proving.ranges import ABSENT, NO_END, End, Range, chosen, end, exactly, havoc, hull

if TYPE_CHECKING:
    from cse_forms.thresholds.proving.numbers import Part

_MANY_PARTS = 12
"""Answers beyond which a sum with gaps is not said any more: the ways to fill them are too many for the solver."""


def prorated(parts: Sequence[Part], least: Range, rounding: str | None, *, draft: bool) -> Range:
    """Return the sum of the answers given, scaled to all questions that apply.

    Args:
        parts: the answers that apply, or may.
        least: how many must be answered.
        rounding: what is done to the result.
        draft: whether every gap may still be answered.
    """
    gaps_open = any_of(all_of((part.included.possible, part.gap_open)) for part in parts)
    many = any_of(part.included.possible for part in parts if part.is_many)
    single = [part for part in parts if not part.is_many]
    if len(single) > _MANY_PARTS or not all(_is_bounded(part.number) for part in single):
        found = havoc("prorated")
    else:
        found = _Prorating(single, least, rounding, draft=draft).number()
    unsaid = Range(NO_END, NO_END, Truth(False, False))
    return chosen(any_of((many, gaps_open)), unsaid, found)


def _is_bounded(number: Range) -> bool:
    ends = (number.low, number.high)
    return all(found.none is False and None not in {found.number.least, found.number.most} for found in ends)


class _Prorating:
    """All ways in which what is open may be answered, by how many answers are added to those given."""

    def __init__(self, parts: Sequence[Part], least: Range, rounding: str | None, *, draft: bool) -> None:
        self._least = least
        self._rounding = rounding
        given = [all_of((part.included.holds, opposite(part.gap))) for part in parts]
        gaps = [all_of((part.included.holds, part.gap)) for part in parts]
        possible = [part.included.possible for part in parts]
        self._given = how_many(given)
        self._gaps = how_many(gaps)
        self._most = how_many(possible)
        self._filled = self._gaps if draft else ZERO
        pool = [
            all_of((there, opposite(counts), any_of((draft, opposite(part.gap)))))
            for part, counts, there in zip(parts, given, possible, strict=True)
        ]
        self._pool = how_many(pool)
        lows, highs = [part.number.low.number for part in parts], [part.number.high.number for part in parts]
        self._base = [
            total(choose(counts, number, ZERO) for counts, number in zip(given, ends, strict=True))
            for ends in (lows, highs)
        ]
        self._lows = _running(_sorted(pool, lows))
        negated = [_negative(number) for number in highs]
        self._highs = [_negative(number) for number in _running(_sorted(pool, negated))]

    def number(self) -> Range:
        """Return the bounds over all ways."""
        found, seen = ABSENT, False
        certain: list[Bool] = [self._least.present.holds]
        for added in range(len(self._lows)):
            way = at_least(self._pool, amount(added))
            if way is False:
                break
            answered = total((self._given, amount(added)))
            nothing = equal(answered, ZERO)
            enough = compare("minimum", exactly(answered), self._least)
            counts = all_of((way, opposite(nothing), enough.possible))
            certain.append(any_of((opposite(way), all_of((opposite(nothing), enough.holds)))))
            result = self._scaled(added, answered)
            both = hull(result, found)
            found = chosen(all_of((counts, seen)), both, chosen(counts, result, found))
            seen = any_of((seen, counts))
        present = Truth(all_of((seen, *certain)), any_of((opposite(seen), self._least.present.fails)))
        return Range(found.low, found.high, present)

    def _scaled(self, added: int, answered: Amount) -> Range:
        sums = [total((base, more[added])) for base, more in zip(self._base, (self._lows, self._highs), strict=True)]
        beyond = highest([ZERO, total((amount(added), _negative(self._filled)))])
        fewest = total((self._given, self._gaps, beyond))
        # Where nothing is answered there is nothing to divide by; that way is left out.
        by = choose(at_least(answered, ONE), answered, ONE)
        scale = Range(end(ratio(fewest, by)), end(ratio(self._most, by)), exactly(0).present)
        found = multiplied(Range(end(sums[0]), end(sums[1]), exactly(0).present), scale)
        if self._rounding is None:
            return found
        low = round_to(found.low.number, self._rounding).low
        high = round_to(found.high.number, self._rounding).high
        return Range(End(low.number, False), End(high.number, False), found.present)


def _negative(number: Amount) -> Amount:
    return scaled(number, Fraction(-1))


def _sorted(there: Sequence[Bool], numbers: Sequence[Amount]) -> list[Amount]:
    """Return numbers in ascending order; those that are not there come last, and are greater than all."""
    beyond = max((number.most for number in numbers if number.most is not None), default=None)
    last = amount(0 if beyond is None else beyond + 1)
    found = [choose(one, number, last) for one, number in zip(there, numbers, strict=True)]
    for end_of in range(len(found) - 1, 0, -1):
        for index in range(end_of):
            first, second = found[index], found[index + 1]
            found[index], found[index + 1] = lowest([first, second]), highest([first, second])
    return found


def _running(numbers: Sequence[Amount]) -> list[Amount]:
    """Return the sums of the first none, one, two and so on."""
    sums = [ZERO]
    for number in numbers:
        sums.append(total((sums[-1], number)))
    return sums
