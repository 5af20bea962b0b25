"""How a made-up definition is written: choice by choice, from words that the test allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

Node = dict[str, Any]
T = TypeVar("T")

DATES = ("2012-02-29", "2020-01-31", "2020-02-28", "2021-02-28", "2021-03-01", "2026-03-31", "2026-04-01")
LEVELS = ("low", "middle", "high", "top")

_ONE_OF = [st.integers(0, count) for count in range(40)]
"""Strategies are made once: making them anew for each choice takes longer than all the rest."""


@dataclass(frozen=True)
class Words:
    """What a made-up definition may use. Some properties hold only of those that do without."""

    asks_not_known: bool = True
    """Conditions may ask for a Not Known itself, and it may weigh something."""
    asks_answered: bool = True
    """Conditions may ask whether there is an answer."""
    hides: bool = True
    """Questions, rows, sections and assessments may have `showWhen`."""
    tables: bool = True
    """There may be rows that are added as they are needed."""
    only_options: bool = False
    """Every question has a few known answers, so that all of them can be tried."""
    required: bool = False
    """Questions may be required."""
    fills_gaps: bool = True
    """Measures may take a gap for nought, or be prorated."""


EVERYTHING = Words()


@dataclass(frozen=True)
class Reference:
    """A selector, and a question that it names."""

    selector: str | Node
    question: Node
    is_uniform: bool = True
    """Whether all the questions that it names are like this one."""

    @property
    def column(self) -> str | None:
        """The key of a question that stands in a row, of which there are `x` and `y`."""
        last = self.selector[-1] if isinstance(self.selector, str) else ""
        return last if isinstance(self.selector, str) and self.selector.endswith(("*/x", "*/y")) else None


class Chooser:
    """Makes the choices, and knows what there is to speak of so far."""

    def __init__(self, draw: st.DrawFn, words: Words) -> None:
        self._draw = draw
        self.words = words
        self.known: list[Reference] = []
        self.dates: list[str] = []
        """The pointers of dates that stand alone."""
        self.conditions: list[str] = []
        self.measures: list[str] = []
        self.assessments: list[Node] = []

    def number(self, lowest: int, highest: int) -> int:
        return lowest + self._draw(_ONE_OF[highest - lowest])

    def pick(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def once_in(self, times: int) -> bool:
        return self.number(1, times) == times

    def amount(self, *fixed: float) -> Any:
        """Return a number, or a measure in its place."""
        if self.measures and self.once_in(6):
            return {"measure": self.pick(self.measures)}
        return self.pick(fixed)
