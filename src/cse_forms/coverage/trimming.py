"""Answers that were found by a search, made few and plain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from cse_forms.forms import Form
from cse_forms.pointers import Key, join, value_at
from cse_forms.schema.items import Kind, Question
from cse_forms.thresholds.supposing.what_if import supposing

_PLAIN: dict[Kind, tuple[Any, ...]] = {
    Kind.TEXT: ("Example",),
    Kind.DATE: ("2026-03-31", "2012-05-14"),
    Kind.INTEGER: (1, 10),
    Kind.NUMBER: (1, 10),
}
"""Answers that are easier to read than those that a solver finds, where any will do."""


def made_small(form: Form, answers: dict[str, Any], is_enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Leave out every answer that is not needed, and put plain ones in the place of odd ones.

    Args:
        form: what is answered.
        answers: those that were found. Where they are valid, what is left of them is.
        is_enough: whether answers still show what they are to show.
    """
    valid = form.validate(answers).valid

    def still_does(changed: dict[str, Any]) -> bool:
        return is_enough(changed) and (not valid or form.validate(changed).valid)

    for keys in sorted(_leaves(answers), key=len, reverse=True):
        fewer = _without(answers, keys)
        if still_does(fewer):
            answers = fewer
    for keys in list(_leaves(answers)):
        question = form.definition.item_at(join(keys))
        for plain in _PLAIN.get(question.kind, ()) if isinstance(question, Question) else ():
            changed = supposing(answers, keys, plain)
            if still_does(changed):
                answers = changed
                break
    return answers


def _leaves(value: Any, keys: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    """Yield the path of every answer, and of every row of a table."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _leaves(member, (*keys, key))
        if keys and isinstance(keys[-1], int):
            yield keys
    elif isinstance(value, list) and all(isinstance(member, dict) for member in value):
        for number in reversed(range(len(value))):
            yield from _leaves(value[number], (*keys, number))
        yield keys
    else:
        yield keys


def _without(answers: Any, keys: tuple[Key, ...]) -> Any:
    """Return answers without one of them, or without a row; a section that then holds nothing goes, too."""
    key, rest = keys[0], keys[1:]
    if isinstance(answers, list):
        assert isinstance(key, int)
        if key >= len(answers):
            return answers
        inner = [] if not rest else [_without(answers[key], rest)]
        return [*answers[:key], *inner, *answers[key + 1 :]]
    if value_at(answers, keys[:1]) is None or key not in answers:
        return answers
    left = {name: member for name, member in answers.items() if name != key}
    if not rest:
        return left
    inner = _without(answers[key], rest)
    return {name: inner if name == key else member for name, member in answers.items()} if inner != {} else left
