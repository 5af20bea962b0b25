"""The diagram of a form's decisions: its boxes from the gravest level down, and what follows."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.document import tree
from cse_forms.forms import shipped_catalogue
from tests.document.test_policy import LEVELS, WEIGHED, YES
from tests.forms import definition, form

FORMS = list(shipped_catalogue().versions())
SCORE = {"score": {"sum": [{"items": "/rate"}]}}


def charts(**words: Any) -> tuple[tree.Chart, ...]:
    made = definition(WEIGHED, measures=SCORE, assessments=[{"id": "risk", "title": "Risk", "levels": LEVELS, **words}])
    return form(made).diagram().charts


def boxes(chart: tree.Chart) -> list[tuple[str, str | None, str | None]]:
    return [("; ".join(line for _, line in step.lines), step.result, step.onward) for step in chart.steps]


def test_levels_stand_from_the_gravest_down_to_what_is_suggested_otherwise() -> None:
    rules = [{"id": "low", "level": "low", "when": YES}, {"id": "high", "level": "high", "when": YES | {"atLeast": 1}}]
    [chart] = charts(rules=rules, otherwise={"level": "low", "because": "All else."})
    assert boxes(chart) == [
        ("The answer to 1 Sign is Yes.", "High", "else"),
        ("The answer to 1 Sign is Yes.", "Low", "else"),
        ("All else.", "Low", None),
    ]


def test_rules_of_one_level_stand_in_one_box_and_bands_beside_them() -> None:
    bands = [{"from": 0, "level": "low"}, {"from": 6, "level": "high"}]
    rules = [{"id": "of", "measure": "score", "bands": bands}, {"id": "sign", "level": "high", "when": YES}]
    [chart] = charts(rules=rules)
    assert boxes(chart) == [
        ("At least one of these holds:; the score is 6 or more; the answer to 1 Sign is Yes", "High", "else"),
        ("The score is 0 to 5.", "Low", "else"),
        ("Otherwise.", "No level", None),
    ]


def test_adjustments_are_a_chart_of_their_own_in_their_order() -> None:
    _, chart = charts(adjustments=[{"id": "up", "when": YES, "raise": 1}])
    assert chart.title == "Risk: then the level is adjusted, in this order"
    assert boxes(chart) == [
        ("The answer to 1 Sign is Yes.", "The level is raised by one.", "in either case"),
        ("This is the suggested level.", None, None),
    ]


def test_outcomes_without_an_order_are_all_looked_at() -> None:
    [chart] = charts(ordered=False, rules=[{"id": "low", "level": "low", "when": YES}])
    assert [onward for _, _, onward in boxes(chart)] == ["and also", "else", None]
    assert "clash" in boxes(chart)[1][0]


def test_whether_it_applies_is_asked_first() -> None:
    [chart] = charts(showWhen=YES)
    assert boxes(chart)[0] == (
        "The assessment applies only if the answer to 1 Sign is Yes.",
        "Does not apply: no level",
        "holds",
    )


def test_a_form_without_assessments_shows_its_prompts_or_that_it_has_none() -> None:
    prompts = [
        {"id": "one", "urgency": "consider", "when": YES, "text": "Consider it."},
        {"id": "two", "urgency": "immediate", "text": "Do it.", "replaces": ["one"]},
    ]
    [chart] = form(definition(WEIGHED, prompts=prompts)).diagram().charts
    assert boxes(chart) == [
        ("Said in every case.", "Do it.", "and also"),
        ("The answer to 1 Sign is Yes.; Not said while a graver one takes its place.", "Consider it.", None),
    ]
    [empty] = form(definition(WEIGHED)).diagram().charts
    assert boxes(empty) == [("This form suggests no level and prompts nothing.", None, None)]


@pytest.mark.parametrize("name", FORMS)
def test_the_description_says_every_box_and_every_level_that_comes_of_one(name: str) -> None:
    diagram = shipped_catalogue().get_form(name).diagram()
    for step in (step for chart in diagram.charts for step in chart.steps):
        assert all(line.rstrip(".:") in diagram.description for _, line in step.lines)
        assert step.result is None or step.result.rstrip(".") in diagram.description


def test_a_level_that_is_lowered_is_told_in_its_box() -> None:
    _, chart = charts(adjustments=[{"id": "down", "when": YES, "lower": 1, "notBelow": "low"}])
    assert boxes(chart)[0] == (
        "The answer to 1 Sign is Yes.",
        "The level is lowered by one, but not below Low.",
        "in either case",
    )
