"""Measures' numbers before anybody has answered: bounds that depend on the answers, and whether there is a value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cse_forms.thresholds.proving.logic import (
    FALSE,
    TRUE,
    ZERO,
    Amount,
    Bool,
    Truth,
    all_of,
    amount,
    any_of,
    at_least,
    by_case,
    choose,
    equal,
    is_identical,
    more_than,
    opposite,
    scaled,
    total,
    unfixed,
    unfixed_number,
)


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """One bound of a number."""

    number: Amount
    none: Bool
    """Whether there is no such bound; the number then says nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """A number that lies between two bounds, both included."""

    low: End
    high: End
    present: Truth
    """Whether it has a value at all."""


NO_END = End(ZERO, True)
UNBOUNDED = Range(NO_END, NO_END, TRUE)
ABSENT = Range(NO_END, NO_END, FALSE)


def end(number: Amount) -> End:
    """Return a bound that is there."""
    return End(number, False)


def exactly(number: Amount | int | Fraction) -> Range:
    """Return the range that holds this number alone."""
    found = end(number if isinstance(number, Amount) else amount(number))
    return Range(found, found, TRUE)


def between(low: Amount | None, high: Amount | None) -> Range:
    """Return the range between two numbers; None where there is no bound."""
    return Range(NO_END if low is None else end(low), NO_END if high is None else end(high), TRUE)


def chosen_end(case: Bool, first: End, second: End) -> End:
    """Return the first bound where the case is given, else the second."""
    if case is True or case is False or first is second:
        return first if case is not False else second
    none = any_of((all_of((case, first.none)), all_of((opposite(case), second.none))))
    if first.none is True:
        return End(second.number, none)
    if second.none is True:
        return End(first.number, none)
    return End(choose(case, first.number, second.number), none)


def chosen(case: Bool, first: Range, second: Range) -> Range:
    """Return the first range where the case is given, else the second."""
    if case is True or case is False:
        return first if case else second
    present = by_case(((case, first.present), (opposite(case), second.present)))
    return Range(chosen_end(case, first.low, second.low), chosen_end(case, first.high, second.high), present)


def added(ends: Iterable[End]) -> End:
    """Return the sum of bounds; without a bound where one of them has none."""
    parts = list(ends)
    return End(total(part.number for part in parts), any_of(part.none for part in parts))


def hull(first: Range, second: Range) -> Range:
    """Return the range that holds both; whether there is a value is the first one's."""
    low_first = any_of((first.low.none, all_of((opposite(second.low.none), _less(first.low, second.low)))))
    high_first = any_of((first.high.none, all_of((opposite(second.high.none), _less(second.high, first.high)))))
    return Range(
        chosen_end(low_first, first.low, second.low), chosen_end(high_first, first.high, second.high), first.present
    )


def negative(found: Range) -> Range:
    """Return the range of a number with the other sign."""
    low, high = (End(scaled(one.number, Fraction(-1)), one.none) for one in (found.high, found.low))
    return Range(low, high, found.present)


def extreme(ends: Sequence[tuple[Bool, End]], *, top: bool, every_end: bool = False) -> End:
    """Return the highest or lowest of the bounds that are there.

    Args:
        ends: each with whether it is there.
        top: whether the highest is asked for.
        every_end: whether one that has no bound leaves the whole without one; of the lowest, it always does.
    """
    number: Amount | None = None
    found: Bool = False
    open_end: Bool = False
    for there, candidate in ends:
        if there is False:
            continue
        open_end = any_of((open_end, all_of((there, candidate.none))))
        counts = all_of((there, opposite(candidate.none)))
        if number is None:
            number, found = candidate.number, counts
            continue
        better = at_least(candidate.number, number) if top else at_least(number, candidate.number)
        number = choose(all_of((counts, any_of((opposite(found), better)))), candidate.number, number)
        found = any_of((found, counts))
    if number is None:
        return NO_END
    return End(number, any_of((opposite(found), open_end)) if every_end or not top else opposite(found))


def _less(first: End, second: End) -> Bool:
    return at_least(second.number, first.number)


def is_exact(found: Range) -> Bool:
    """Return whether the number itself is known."""
    return all_of((opposite(found.low.none), opposite(found.high.none), equal(found.low.number, found.high.number)))


def is_at_least(first: Range, second: Range) -> Truth:
    """Whether the first number is the second or more; both taken to have a value."""
    return Truth(
        all_of((opposite(first.low.none), opposite(second.high.none), at_least(first.low.number, second.high.number))),
        all_of((opposite(first.high.none), opposite(second.low.none), more_than(second.low.number, first.high.number))),
    )


def equals(first: Range, second: Range) -> Truth:
    """Whether the two are the same number; both taken to have a value."""
    apart = any_of((is_at_least(first, second).fails, is_at_least(second, first).fails))
    alike = all_of((is_exact(first), is_exact(second), equal(first.low.number, second.low.number)))
    return Truth(alike, apart)


def is_point(number: Range) -> bool:
    """Return whether both bounds are one term, so that the number is exact whatever is answered."""
    low, high = number.low, number.high
    return low.none is False and high.none is False and (low is high or is_identical(low.number, high.number))


def havoc(name: str) -> Range:
    """Return a number that the encoding cannot say: it may be any, exact or not."""
    low = End(Amount(unfixed_number(name, whole=False), None, None, whole=False), unfixed(name))
    high = End(Amount(unfixed_number(name, whole=False), None, None, whole=False), unfixed(name))
    holds, fails = unfixed(name), unfixed(name)
    return Range(low, high, Truth(holds, all_of((fails, opposite(holds)))))
