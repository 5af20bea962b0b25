"""The numbers just below, at and above a boundary, as far as they can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cse_forms.schema.conditions import Match, MeasureReference
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.reach import Reach, Real, listed, whole_between
from cse_forms.thresholds.intervals import exact_number, plain


@dataclass(frozen=True, slots=True)
class Point:
    """A match that a number meets just below, at or above a boundary."""

    match: Match
    words: str


def points_around(number: Real, reach: Reach) -> Iterator[Point]:
    """Yield the numbers around a boundary that can be reached at all."""
    said = plain(number)
    if reach.is_within(None, number, below=True):
        beyond = Match.model_validate({"exclusive_maximum": said})
        yield _beside(reach.below(number), reach, beyond, f"just below {said}")
    if reach.may_be(number) and exact_number(said) == number:
        yield Point(Match(const=said), f"{said}, at the boundary")
    if reach.is_within(number, None, above=True):
        beyond = Match.model_validate({"exclusive_minimum": said})
        yield _beside(reach.above(number), reach, beyond, f"just above {said}")


def points_around_measure(bound: MeasureReference, named: str) -> Iterator[Point]:
    """Yield the numbers around one that depends on answers."""
    yield Point(Match(exclusive_maximum=bound), f"below {named}")
    yield Point(Match(const=bound), f"just {named}")
    yield Point(Match(exclusive_minimum=bound), f"above {named}")


def _beside(neighbour: Real | None, reach: Reach, beyond: Match, words: str) -> Point:
    """Return the number next to a boundary; where numbers lie so close that none is next, any beyond it."""
    said = plain(neighbour)
    if neighbour is None or not (reach.values is not None or reach.unit) or exact_number(said) != neighbour:
        return Point(beyond, words)
    return Point(Match(const=said), f"{said}, {words}")


def layers_of(match: Match, outer: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Match]]:
    """Yield a match and those inside it that look at something else: an option chosen, its weight."""
    yield outer, match
    inside = match.not_
    while inside is not None:
        yield from (layer for layer in _inner(inside, outer))
        inside = inside.not_
    yield from _inner(match, outer)


def _inner(match: Match, outer: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Match]]:
    for word, inner in (("contains", match.contains), ("weight", match.weight)):
        if inner is not None:
            yield from layers_of(inner, (*outer, word))


def wrapped(outer: tuple[str, ...], match: Match) -> Match:
    """Return a match that looks at something else by a match inside it."""
    for word in reversed(outer):
        match = Match.model_validate({word: match})
    return match


def reach_of(questions: tuple[Question, ...], outer: tuple[str, ...]) -> Reach:
    """Return the numbers that answers, or the options chosen, or their weights can be."""
    options = [option for question in questions for option in question.options]
    values: list[Any] = [option.weight if "weight" in outer else option.value for option in options]
    numbers = [number for number in map(exact_number, values) if number is not None]
    if numbers or "weight" in outer or "contains" in outer:
        return listed(numbers)
    found = listed(())
    for question in questions:
        if question.kind is Kind.INTEGER:
            found = found.either(whole_between(exact_number(question.lowest), exact_number(question.highest)))
        elif question.kind is Kind.NUMBER:
            found = found.either(Reach(exact_number(question.lowest), exact_number(question.highest)))
    return found if found.values != () else listed(())
