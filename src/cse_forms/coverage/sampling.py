"""Answers drawn at random, the same ones each time: for what the solver does not find within its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from cse_forms.coverage.aims import Aim
from cse_forms.coverage.observing import Observer
from cse_forms.pointers import BLANK
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Table
from cse_forms.schema.places import ROW
from cse_forms.thresholds.reading import Instance, Keys
from cse_forms.thresholds.supposing.candidates import Candidates
from cse_forms.thresholds.supposing.what_if import supposing

TRIES = 600

_LAST_DAY = date(2026, 3, 31)
_DAYS_AGO = (0, 1, 2, 5, 10, 25, 60, 100, 400, 4_000)
_STRAYING = (0.0, 0.1, 0.3, 0.6, 1.0)
"""How often an answer is drawn for itself, and is not the one that most answers of a try are."""
_BLANK = (0.0, 0.0, 0.2)
_MOST_ROWS = 7


class Sampler:
    """Draws answers to one form until they show something."""

    def __init__(self, definition: Definition, observer: Observer) -> None:
        self._definition = definition
        self._observer = observer
        self._drawer = Drawer(definition)

    def answers(self, aim: Aim) -> dict[str, Any] | None:
        """Return answers that show something, or None where none were drawn."""
        draw = Random(TRIES)  # noqa: S311 - nothing depends on nobody guessing it
        read = {question.keys: question for question in self._observer.read(aim.goal)}
        questions = [*read.values(), *(other for other in self._beside() if other.keys not in read)]
        for _ in range(TRIES):
            answers = self._drawer.answers(questions, draw)
            if self._observer.shows(aim, answers):
                return answers
        return None

    def _beside(self) -> Iterator[Question]:
        """Yield the questions that it may depend on whether others are asked, and the dates that spans end on."""
        for question in self._definition.questions.values():
            if question.kind in {Kind.DATE, Kind.CHOICE, Kind.TICK}:
                yield question


class Drawer:
    """Draws answers to one form, most of them alike, with boundaries of its policy among them."""

    def __init__(self, definition: Definition) -> None:
        self._candidates = Candidates(definition, {})

    def answers(self, questions: Iterable[Question], draw: Random) -> dict[str, Any]:
        """Return answers to some of these questions.

        Args:
            questions: those that may be answered.
            draw: where chance comes from.
        """
        answers: dict[str, Any] = {}
        place, straying, blank = draw.randrange(4), draw.choice(_STRAYING), draw.choice(_BLANK)
        rows = draw.randrange(_MOST_ROWS)
        for question in questions:
            if any(isinstance(holder, Table) and ROW in holder.keys for holder in _holders(question)):
                continue
            for keys in _places(question, rows):
                values = self._values(question)
                if not values or draw.random() < blank:
                    continue
                index = draw.randrange(len(values)) if draw.random() < straying else place % len(values)
                answers = supposing(answers, keys, values[index])
        return answers

    def _values(self, question: Question) -> tuple[Any, ...]:
        if question.kind is Kind.DATE:
            return tuple((_LAST_DAY - timedelta(days=days)).isoformat() for days in _DAYS_AGO)
        return self._candidates.values(Instance(question, question.keys, BLANK))


def _holders(question: Question) -> Iterator[Any]:
    holder = question.holder
    while holder is not None:
        yield holder
        holder = holder.holder


def _places(question: Question, rows: int) -> list[Keys]:
    """Return where a question's answers stand: once, or in each of so many rows."""
    if ROW not in question.keys:
        return [question.keys]
    return [tuple(number if key == ROW else key for key in question.keys) for number in range(rows)]
