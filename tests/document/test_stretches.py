"""Dates and numbers that lead to the same, told as one stretch; never more than what was tried bears out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cse_forms.document.stretches import Stretch, merged, stretches
from cse_forms.schema.items import Question
from cse_forms.thresholds.reading import Instance
from cse_forms.thresholds.supposing.what_if import Possibility, Supposed
from tests.forms import choice, date, definition, integer, load, number

QUESTIONS = {
    "whole": integer() | {"minimum": 0, "maximum": 60},
    "free": number(),
    "born": date(),
    "sign": choice("yes", "no"),
}


def question(name: str) -> Question:
    return load(definition(QUESTIONS)).questions[f"/{name}"]


def told(name: str, tried: tuple[Any, ...], is_so: Callable[[Any], bool]) -> list[tuple[Any, Any]]:
    values = tuple(value for value in tried if is_so(value))
    return [(one.first, one.last) for one in stretches(question(name), values, tried, is_so)]


def test_numbers_up_to_the_end_of_what_is_accepted_have_no_end() -> None:
    assert told("whole", (19, 20, 21, 0, 60), lambda value: value >= 20) == [(20, None)]
    assert told("whole", (19, 20, 21, 0, 60), lambda value: value < 20) == [(None, 19)]


def test_a_stretch_is_parted_by_what_does_otherwise() -> None:
    assert told("whole", (9, 10, 11, 0, 60), lambda value: value != 10) == [(None, 9), (11, None)]


def test_what_lies_between_two_answers_that_were_tried_is_looked_at() -> None:
    assert told("whole", (0, 10, 60), lambda value: value != 5) == [(None, 0), (10, None)]


def test_what_lies_far_beyond_the_last_answer_that_was_tried_is_looked_at() -> None:
    assert told("free", (1, 2, 3), lambda value: 2 <= value < 500) == [(2, 3)]
    assert told("free", (1, 2, 3), lambda value: value >= 2) == [(2, None)]


@pytest.mark.parametrize(
    ("is_so", "expected"),
    [
        (lambda day: day >= "2025-09-30", [("2025-09-30", None)]),
        (lambda day: day < "2025-09-30", [(None, "2025-09-29")]),
        (lambda day: "2025-09-30" <= day <= "2026-03-31", [("2025-09-30", "2026-03-31")]),
        (lambda _: True, [(None, None)]),
    ],
    ids=["on or after", "on or before", "from one to another", "any"],
)
def test_dates_are_told_from_one_day_to_another(
    is_so: Callable[[str], bool], expected: list[tuple[str | None, str | None]]
) -> None:
    tried = ("2025-09-29", "2025-09-30", "2025-10-01", "2026-03-31", "2026-04-01")
    assert told("born", tried, is_so) == expected


def test_the_calendar_ends_a_stretch_of_dates_only_where_it_ends() -> None:
    [found] = stretches(question("born"), ("0001-01-01",), ("0001-01-01", "2026-01-01"), lambda day: day < "2000")
    assert found == Stretch(None, "0001-01-01")


def test_sets_that_differ_in_more_than_dates_and_numbers_stay_apart() -> None:
    def one(rate: int, sign: str, *possible: str) -> Possibility:
        supposed = (
            Supposed(Instance(question("whole"), ("whole",), None), rate),
            Supposed(Instance(question("sign"), ("sign",), None), sign),
        )
        return Possibility(supposed, "risk", possible)

    found = merged([one(1, "yes", "high"), one(2, "yes", "high"), one(2, "no", "high"), one(3, "yes", "low")])
    assert [(each.values, each.possible) for each in found] == [
        (((1, 2), ("yes",)), ("high",)),
        (((2,), ("no",)), ("high",)),
        (((3,), ("yes",)), ("low",)),
    ]
