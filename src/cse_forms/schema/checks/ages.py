"""Whether an age limit says what the words beside it say: "under 13" leaves out those who are 13."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple, assert_never

from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    Condition,
    ItemsCondition,
    Match,
    MeasureCondition,
    NamedCondition,
    NotCondition,
    UnsettledCondition,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.ranges import number_of
from cse_forms.schema.reach import Real


class AgeLimit(NamedTuple):
    """A limit that may be meant the other way."""

    words: str
    """What is said of it: "under 13"."""
    said: str
    """What the condition asks: "12 or less"."""
    meant: str


_AGE = r"(?:the age of )?(\d{1,2})\b"
_UNDER = re.compile(rf"\b(?:under|below|younger than|less than)[ -]{_AGE}", re.IGNORECASE)
_OVER = re.compile(rf"\b(?:over|above|older than|more than)[ -]{_AGE}", re.IGNORECASE)
_UP_TO = re.compile(rf"\b(?:up to|at most)[ -]{_AGE}|\b(\d{{1,2}})[ -](?:or|and)[ -](?:under|younger)\b", re.IGNORECASE)
_FROM = re.compile(rf"\bat least[ -]{_AGE}|\b(\d{{1,2}})[ -](?:or|and)[ -](?:over|older)\b", re.IGNORECASE)


def doubtful_limits(definition: Definition, words: str, condition: Condition) -> Iterator[AgeLimit]:
    """Yield the limits on an age that are not those that the words say.

    Args:
        definition: the definition.
        words: the id and the wording of what the condition stands in.
        condition: the condition.
    """
    expected = list(_expected(words))
    limits = [(highest, lowest) for _, highest, lowest in expected]
    for match in _ages(definition, condition):
        upper, lower = _limits(definition, match)
        if any(limit in ((upper, None), (None, lower)) for limit in limits):
            continue
        for told, highest, lowest in expected:
            own, other = (upper, lower) if highest is not None else (lower, upper)
            number = highest if highest is not None else lowest
            # A bound far from the age that is told means another age.
            bound, near = (own, 1) if own is not None else (other, 2)
            if bound is not None and number is not None and abs(bound - number) <= near:
                yield AgeLimit(told, _said(upper, lower), _said(highest, lowest))
                break


def _expected(words: str) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield the limits that are told in words: each with the greatest and the least age that it takes."""
    for found in _UNDER.finditer(words):
        yield found[0], int(found[1]) - 1, None
    for found in _UP_TO.finditer(words):
        yield found[0], int(found[1] or found[2]), None
    for found in _OVER.finditer(words):
        yield found[0], None, int(found[1]) + 1
    for found in _FROM.finditer(words):
        yield found[0], None, int(found[1] or found[2])


def _ages(definition: Definition, condition: Condition) -> Iterator[Match]:
    """Yield what is asked of an age. Under a `not` the sense is turned round, and so it is not judged."""
    match condition:
        case MeasureCondition():
            if isinstance(definition.words.measures[condition.measure], YearsMeasure):
                yield condition.match
        case ItemsCondition():
            questions = definition.select(tuple(one for one in condition.items if not _speaks_of_row(one)))
            if any("age" in question.keys[-1].split("-") for question in questions):
                yield condition.match
        case AllCondition():
            for one in condition.all:
                yield from _ages(definition, one)
        case AnyCondition():
            for one in condition.any:
                yield from _ages(definition, one)
        case NotCondition() | AssessmentCondition() | NamedCondition() | UnsettledCondition():
            return
        case _:
            assert_never(condition)


def _speaks_of_row(selector: object) -> bool:
    return isinstance(selector, str) and selector.startswith("./")


def _limits(definition: Definition, match: Match) -> tuple[int | None, int | None]:
    """Return the greatest and the least age that a match takes, in completed years."""
    most = [math.floor(number) for number in [number_of(definition, match.maximum)] if number is not None]
    most += [math.ceil(number) - 1 for number in [number_of(definition, match.exclusive_maximum)] if number is not None]
    least = [math.ceil(number) for number in [number_of(definition, match.minimum)] if number is not None]
    least += [
        math.floor(number) + 1 for number in [number_of(definition, match.exclusive_minimum)] if number is not None
    ]
    return min(most, default=None), max(least, default=None)


def _said(highest: Real | None, lowest: Real | None) -> str:
    if highest is not None and lowest is not None:
        return f"{lowest} to {highest}"
    return f"{highest} or less" if highest is not None else f"{lowest} or more"
