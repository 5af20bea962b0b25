"""Whether something can be so and whether it can be otherwise; and what a match says of one answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cse_forms.schema.conditions import Match
from cse_forms.schema.items import Kind, Question, Section
from cse_forms.schema.places import ROW
from cse_forms.schema.reach import Real


@dataclass(frozen=True, slots=True)
class Truths:
    """Whether something can be true, and whether it can be false."""

    holds: bool
    fails: bool

    def __invert__(self) -> Truths:
        return Truths(self.fails, self.holds)

    def __or__(self, other: Truths) -> Truths:
        return Truths(self.holds or other.holds, self.fails or other.fails)


BOTH = Truths(holds=True, fails=True)
NEITHER = Truths(holds=False, fails=False)
TRUE = Truths(holds=True, fails=False)
FALSE = Truths(holds=False, fails=True)


def of(truth: bool) -> Truths:
    """Return the mark of what is always so."""
    return TRUE if truth else FALSE


def together(truths: Iterable[Truths]) -> Truths:
    """Return whether several can all hold, and whether one of them can fail."""
    found = list(truths)
    return Truths(all(one.holds for one in found), any(one.fails for one in found))


def lower_end(bound: tuple[Real | None, bool]) -> tuple[Any, bool]:
    """Return what lower bounds are compared by: the one that leaves itself out is the higher."""
    number, open_end = bound
    return (-math.inf if number is None else number, open_end)


def upper_end(bound: tuple[Real | None, bool]) -> tuple[Any, bool]:
    """Return what upper bounds are compared by: the one that leaves itself out is the lower."""
    number, open_end = bound
    return (math.inf if number is None else number, not open_end)


def stands_once(question: Question, row: Section | None) -> bool:
    """Whether a question stands there once, for the row at hand if there is one."""
    is_here = row is not None and question.keys[: len(row.keys)] == row.keys
    return ROW not in question.keys[len(row.keys) if row is not None and is_here else 0 :]


def is_same(value: Any, other: Any) -> bool:
    """Whether two values are one in JSON, which tells 1 from true."""
    return bool(value == other) and isinstance(value, bool) == isinstance(other, bool)


def names_option(match: Match, value: Any) -> bool:
    """Whether a match asks for an option by name."""
    own = ("const" in match.model_fields_set and is_same(value, match.const)) or any(
        is_same(value, one) for one in match.enum
    )
    return own or match.weight is not None or (match.not_ is not None and names_option(match.not_, value))


def asks_for_nothing(match: Match) -> bool:
    """Whether a match holds over no level."""
    if match.model_fields_set == {"answered"}:
        return match.answered is False
    return match.model_fields_set == {"not_"} and match.not_ is not None and match.not_.answered is True


def of_blank(match: Match) -> Truths:
    """Return what a match says of a blank: `answered` alone says anything."""
    words = []
    if match.answered is not None:
        words.append(of(not match.answered))
    if match.not_ is not None:
        words.append(~of_blank(match.not_))
    others = match.model_fields_set - {"answered", "not_"}
    found = together(words)
    return Truths(found.holds and bool(words), found.fails) if not others else Truths(False, found.fails)


def of_any_text(match: Match, kind: Kind, inside: Callable[[Match], Truths]) -> Truths:
    """Return what a match says of an answer that may be anything."""
    found = []
    if match.answered is not None:
        found.append(of(match.answered))
    if match.min_length is not None:
        found.append(Truths(True, match.min_length > 1))
    if match.type is not None:
        found.append(of((match.type == "array") is (kind is Kind.CHOICES)))
    if match.not_ is not None:
        found.append(~inside(match.not_))
    others = match.model_fields_set - {"answered", "min_length", "type", "not_"}
    return together([*found, *([BOTH] if others else [])])
