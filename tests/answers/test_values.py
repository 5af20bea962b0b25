"""What people write, as values: what is read, and what is left to be looked at."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_forms.answers.values import option_of, value_of
from cse_forms.pointers import BLANK
from cse_forms.schema.items import Question
from tests import forms

FORM = forms.form(
    forms.definition(
        {
            "day": forms.date(),
            "whole": forms.integer(),
            "number": forms.number(),
            "said": forms.text(),
            "choice": forms.choice("yes", "no", "dont-know"),
        }
    )
)


def question(key: str) -> Question:
    return FORM.definition.questions[f"/{key}"]


@given(st.dates())
def test_every_day_is_read_however_it_is_written(day: date) -> None:
    year, month = f"{day.year:04}", month_name[day.month]
    for written in (
        day.isoformat(),
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02}.{day.month:02}.{year}",
        f"{day.day} {month} {year}",
        f"{day.day} {month[:3].upper()}. {year}",
        f"{month} {day.day}, {year}",
    ):
        assert value_of(question("day"), written).value == day.isoformat(), written


@given(st.text(max_size=20))
def test_any_other_words_are_a_day_or_are_refused_with_a_reason(text: str) -> None:
    read = value_of(question("day"), text)
    assert (read.value is BLANK) == (read.refusal is not None)


@given(st.integers(-(10**30), 10**30))
def test_every_whole_number_is_read_plain_and_with_commas(number: int) -> None:
    for written in (str(number), f"{number:,}", f" {number}\n"):
        assert value_of(question("whole"), written).value == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_as_json_writes_it(number: float) -> None:
    assert value_of(question("number"), repr(number)).value == number


@given(st.text(max_size=30))
def test_a_text_is_taken_as_it_is(text: str) -> None:
    assert value_of(question("said"), text).value == text


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("Yes", ["yes"]),
        (" yes ", ["yes"]),
        ("Dont\u00a0 know", ["dont-know"]),
        ("dont\u2013know", ["dont-know"]),
        ("Maybe", []),
        ("", []),
    ],
)
def test_an_option_is_known_by_its_title_and_by_its_name(text: str, chosen: list[Any]) -> None:
    found = option_of(question("choice"), text, ("yes", "no", "dont-know"))
    assert [option.value for option in found] == chosen


def test_options_that_differ_by_their_capitals_alone_are_told_apart_where_they_can_be() -> None:
    document = forms.definition({"same": forms.choice("one", "two")})
    for option, title in zip(document["properties"]["same"]["oneOf"], ("GOOD", "Good"), strict=True):
        option["title"] = title
    same = forms.form(document).definition.questions["/same"]
    chosen = {text: [option.value for option in option_of(same, text, ("one", "two"))] for text in ("Good", "good")}
    assert chosen == {"Good": ["two"], "good": ["one", "two"]}
