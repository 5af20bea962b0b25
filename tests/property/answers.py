"""Answers, made up by Hypothesis for a form: good ones, ones with gaps, and ones that are wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from cse_forms.forms import Form
from cse_forms.schema.items import Item, Kind, Question, Section, Table
from tests.property.choosing import DATES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
"""Any JSON value."""

_WRONG = st.one_of(
    st.sampled_from(
        [
            None,
            "",
            "x",
            "yes",
            0,
            1,
            -1,
            1.5,
            True,
            False,
            [],
            {},
            ["yes"],
            ["yes", "yes"],
            [{}],
            {"x": 1},
            "0000-01-01",
        ]
    ),
    JSON,
)
WRONG: st.SearchStrategy[Any] = st.builds(copy.deepcopy, _WRONG)
"""What hardly any question accepts; a copy each time, since one may come to stand within another."""

BLANK = object()


def good_answer(question: Question) -> st.SearchStrategy[Any]:
    """Return a strategy for answers that a question's type allows."""
    values = [option.value for option in question.options]
    match question.kind:
        case Kind.TICK:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(values)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(values), unique=True, max_size=3)
        case Kind.DATE:
            return st.sampled_from(DATES) | st.dates().map(str)
        case Kind.INTEGER:
            return st.integers(-1, 5) | st.integers(-1, 20)
        case Kind.NUMBER:
            return st.integers(-1, 5) | st.integers(-1, 20) | st.sampled_from([0.1, 0.5, 1.0, 2.5])
        case Kind.TEXT:
            return st.sampled_from(["x", "some words", "<b>& \u00e9", "\u2603"])


def known_answer(question: Question) -> st.SearchStrategy[Any]:
    """Return a strategy for answers that say something: no Not Known, nothing empty."""
    known = [option.value for option in question.options if not option.unknown]
    if question.kind is Kind.CHOICE:
        return st.sampled_from(known)
    if question.kind is Kind.CHOICES:
        return st.lists(st.sampled_from(known), unique=True)
    return good_answer(question)


@st.composite
def answers(draw: st.DrawFn, form: Form, *, gaps: int = 3, max_rows: int = 2) -> dict[str, Any]:
    """Return answers that are of the right kind, with a gap at about one place in so many."""
    made = _made(draw, form.definition.root, gaps, max_rows)
    assert isinstance(made, dict)
    return made


def _made(draw: st.DrawFn, item: Item, gaps: int, max_rows: int) -> Any:
    if isinstance(item, Section):
        if item.holder is not None and draw(st.integers(0, gaps * 4)) == 0:
            return BLANK
        members = {key: _made(draw, child, gaps, max_rows) for key, child in item.children.items()}
        return {key: value for key, value in members.items() if value is not BLANK}
    if draw(st.integers(0, gaps)) == 0:
        return BLANK
    if isinstance(item, Table):
        return [
            row if (row := _made(draw, item.row, gaps, max_rows)) is not BLANK else {}
            for _ in range(draw(st.integers(0, max_rows)))
        ]
    return draw(good_answer(item))


def places(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the keys of every value within a value, but not of the value itself."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield (*keys, key)
        yield from places(member, (*keys, key))


@st.composite
def damaged(draw: st.DrawFn, whole: dict[str, Any]) -> Any:
    """Return answers of which some are wrong."""
    made: Any = copy.deepcopy(whole)
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(made))
        kind = draw(st.sampled_from(["replace", "replace", "remove", "add", "all"])) if found else "add"
        if kind == "all" and draw(st.integers(0, 5)) == 0:
            return draw(WRONG)
        if not isinstance(made, dict):
            return made
        if kind in {"add", "all"}:
            made[draw(st.sampled_from(["unknown", "x", "matrix", "table", "first"]))] = draw(WRONG)
            continue
        keys = draw(st.sampled_from(found))
        holder = made
        for key in keys[:-1]:
            holder = holder[key]
        if kind == "remove":
            del holder[keys[-1]]
        else:
            holder[keys[-1]] = draw(WRONG)
    return made
