"""Sets of answers that differ in a date or a number only, told as one: on or after a day, 12 to 15."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from cse_forms.schema.items import Kind, Question
from cse_forms.thresholds.intervals import day_of, exact_number, plain
from cse_forms.thresholds.supposing.what_if import Possibility, Supposed

MEASURED = {Kind.DATE, Kind.INTEGER, Kind.NUMBER}
"""What questions ask for whose answers lie one after another."""

_FAR_NUMBER = 1_000
_FAR_DAYS = 3_653
"""How far beyond the last answer that was tried one more is tried, before all beyond it are said to do the same."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Sets of answers that lead to the same levels and differ in dates or numbers only."""

    supposed: tuple[Supposed, ...]
    values: tuple[tuple[Any, ...], ...]
    """For each answer all that it may be."""
    possible: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Dates or numbers that follow one another."""

    first: Any
    """None, where it has no beginning."""
    last: Any
    """None, where it has no end."""


def merged(found: Iterable[Possibility]) -> tuple[Merged, ...]:
    """Return the sets; those that are alike but for one date or number as one."""
    told = [Merged(each.supposed, tuple((one.value,) for one in each.supposed), each.possible) for each in found]
    for place in range(max((len(one.supposed) for one in told), default=0)):
        groups: dict[object, Merged] = {}
        for one in told:
            key = _without(one, place)
            known = groups.get(key)
            values = one.values if known is None else _united(known.values, one.values, place)
            groups[key] = replace(known or one, values=values)
        told = list(groups.values())
    return tuple(told)


def _without(one: Merged, place: int) -> object:
    """Return what sets have in common that differ at one place only; a set that cannot be joined has it alone."""
    # Of answers that are alike each stands for any: those are told by their number.
    groups = [(each.alike or (each.instance,))[-1].keys for each in one.supposed]
    is_measured = place < len(groups) and one.supposed[place].instance.question.kind in MEASURED
    if not is_measured or len(set(groups)) < len(groups):
        return id(one)
    rest = [(each.instance.keys, repr(one.values[at]) * (at != place)) for at, each in enumerate(one.supposed)]
    return tuple(rest), one.possible


def _united(
    first: tuple[tuple[Any, ...], ...], second: tuple[tuple[Any, ...], ...], place: int
) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (*values, *others) if at == place else values
        for at, (values, others) in enumerate(zip(first, second, strict=True))
    )


def stretches(
    question: Question, values: tuple[Any, ...], tried: tuple[Any, ...], is_so: Callable[[Any], bool]
) -> tuple[Stretch, ...]:
    """Return the stretches in which some of the answers that were tried lie, and no others.

    Args:
        question: what they answer.
        values: those that do the same.
        tried: all that were tried.
        is_so: whether another answer does the same: one between two of them, or far beyond the last.
    """
    ordered = sorted(tried, key=_place)
    found: list[list[Any]] = []
    was_in = False
    for value in ordered:
        is_in = value in values
        if is_in and was_in and _is_so_between(question, found[-1][-1], value, is_so):
            found[-1].append(value)
        elif is_in:
            found.append([value])
        was_in = is_in
    return tuple(_opened(question, run, ordered, is_so) for run in found)


def _opened(question: Question, run: list[Any], ordered: list[Any], is_so: Callable[[Any], bool]) -> Stretch:
    """Return a stretch without an end where it ends with the last answer that was tried, and all beyond do the same."""
    far = [_far(question, run[0], -1), _far(question, run[-1], 1)]
    ends = [run[0] is ordered[0], run[-1] is ordered[-1]]
    is_open = [at_end and (beyond is None or is_so(beyond)) for at_end, beyond in zip(ends, far, strict=True)]
    return Stretch(None if is_open[0] else run[0], None if is_open[1] else run[-1])


def _is_so_between(question: Question, low: Any, high: Any, is_so: Callable[[Any], bool]) -> bool:
    return all(is_so(value) for value in _between(question, low, high))


def _between(question: Question, low: Any, high: Any) -> Iterator[Any]:
    """Yield an answer in the middle of two, if there is one."""
    first, last = _place(low), _place(high)
    middle = (first + last) / 2 if question.kind is Kind.NUMBER else (first + last) // 2
    if first < middle < last:
        yield date.fromordinal(int(middle)).isoformat() if question.kind is Kind.DATE else plain(middle)


def _far(question: Question, value: Any, step: int) -> Any:
    """Return an answer far beyond one; None where the question accepts none beyond it."""
    if question.kind is Kind.DATE:
        try:
            return (date.fromisoformat(value) + timedelta(days=step * _FAR_DAYS)).isoformat()
        except OverflowError:
            return None
    bound = question.lowest if step < 0 else question.highest
    if bound is None:
        return value + step * _FAR_NUMBER
    return None if bound == value else bound


def _place(value: Any) -> Fraction:
    """Return where a date or a number lies among others."""
    day = day_of(value)
    return Fraction(exact_number(value) or 0) if day is None else Fraction(day.toordinal())
