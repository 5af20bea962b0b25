"""Answers made from a form's own questions, so that they fit whatever a definition comes to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cse_forms import Form
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.places import ROW

ROWS = 2
"""How many rows each table gets."""


def answers_to(
    form: Form,
    *,
    written: Callable[[Question], str] = lambda question: f"What was written: {question.title}",
    chosen: int = 0,
    every: int = 1,
) -> dict[str, Any]:
    """Return acceptable answers to a form's questions.

    Args:
        form: the form.
        written: gives the text that answers a question for text.
        chosen: the place of the option that is chosen, counted round those that there are.
        every: 1 to answer every question, 2 for every second one, and so on.
    """
    answers: dict[str, Any] = {}
    for place, question in enumerate(form.definition.questions.values()):
        if place % every == 0:
            _put(answers, question.keys, _answer(question, written, chosen))
    return answers


def _answer(question: Question, written: Callable[[Question], str], chosen: int) -> Any:
    options = [option.value for option in question.options]
    match question.kind:
        case Kind.TEXT:
            return written(question)
        case Kind.DATE:
            return "2012-02-29"
        case Kind.INTEGER | Kind.NUMBER:
            return 14
        case Kind.TICK:
            return True
        case Kind.CHOICE:
            return options[chosen % len(options)]
        case Kind.CHOICES:
            return options


def _put(node: Any, keys: tuple[str, ...], value: Any) -> None:
    key, rest = keys[0], keys[1:]
    if key == ROW:
        for row in node:
            _put(row, rest, value)
    elif not rest:
        node[key] = value
    else:
        _put(node.setdefault(key, [{} for _ in range(ROWS)] if rest[0] == ROW else {}), rest, value)
