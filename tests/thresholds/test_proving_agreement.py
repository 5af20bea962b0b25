"""The solver's reading against `evaluate`: on made-up answers to made-up forms, and on answers that it finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cse_forms
from cse_forms.forms import Form
from cse_forms.thresholds.proving.search import (
    AdjustmentHolds,
    All,
    BandHolds,
    CheckHolds,
    Goal,
    LevelIs,
    LowestIs,
    MeasureIs,
    PromptHolds,
    PromptShown,
    QuestionAsked,
    RuleHolds,
    Searcher,
    answers_where,
)
from tests import forms
from tests.forms import Document, choice, definition, integer, matrix, section, shape, tick
from tests.property.answers import answers
from tests.property.definitions import definitions
from tests.thresholds.given_answers import OPEN, disagreements, said_by_the_solver

SHIPPED = list(cse_forms.Catalogue.shipped().versions())


@given(data=st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_solver_reads_made_up_answers_as_evaluate_does(data: st.DataObject) -> None:
    form = Form(forms.load(data.draw(definitions())))
    for _ in range(2):
        made, draft = data.draw(answers(form)), data.draw(st.booleans())
        assert disagreements(form, made, draft=draft) == []


@given(data=st.data(), name=st.sampled_from(SHIPPED))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_the_solver_reads_a_shipped_form_as_evaluate_does_and_leaves_nothing_open(
    data: st.DataObject, name: str
) -> None:
    form = cse_forms.get_form(name)
    made, draft = data.draw(answers(form)), data.draw(st.booleans())
    assert disagreements(form, made, draft=draft) == []
    assert OPEN not in said_by_the_solver(form.definition, made, draft=draft).values()


# --- looking for answers --------------------------------------------------------------------------------------------


def sample() -> Document:
    """Return a form with something of every kind that can be looked for."""
    score = {"sum": [{"items": "/signs/*/seen", "weights": {"yes": 2, "no": 0}}, {"items": "/nights"}]}
    half = {"quotient": [{"measure": "score"}, 2]}
    total: Document = {
        "id": "total",
        "measure": "score",
        "bands": [{"from": 0, "level": "low"}, {"from": 3, "level": "high"}],
    }
    gone: Document = {"id": "gone", "level": "middle", "when": {"items": "/away", "match": {"const": True}}}
    raised = {"id": "more", "when": {"items": "/away", "match": {"const": True}}, "raise": 1}
    said = {"items": "/away", "match": {"const": True}}
    return definition(
        {
            "signs": matrix({key: shape("sign") for key in ("late", "gifts")}),
            "away": tick(),
            "nights": integer(showWhen=said) | {"minimum": 0, "maximum": 5},
        },
        defs={"sign": section({"seen": choice("yes", "no", "not-known")})},
        measures={"score": score, "half": half},
        assessments=[
            {
                "id": "risk",
                "levels": [{"id": "low"}, {"id": "middle"}, {"id": "high"}],
                "rules": [total, gone],
                "adjustments": [raised],
                "otherwise": {"level": "low"},
            }
        ],
        prompts=[
            {"id": "talk", "urgency": "soon", "when": {"items": "/signs/*/seen", "match": {"const": "yes"}}},
            {"id": "call", "urgency": "immediate", "when": said, "replaces": ["talk"]},
        ],
        checks=[{"id": "odd", "when": {"all": [said, {"measure": "score", "match": {"const": 0}}]}}],
    )


def came(goal: Goal, found: dict[str, Any]) -> Any:
    """Return what the library says of what a goal speaks of."""
    outcome = forms.form(sample()).evaluate(found)
    risk = outcome.assessments["risk"]
    match goal:
        case RuleHolds():
            return next(rule.truth for rule in risk.rules if rule.id == goal.rule)
        case BandHolds():
            return next(rule.level for rule in risk.rules if rule.id == goal.rule)
        case AdjustmentHolds():
            return risk.adjustments[0].truth
        case LevelIs():
            return risk.possible
        case LowestIs():
            return risk.lowest
        case MeasureIs():
            return outcome.measures[goal.measure].interval.to_dict()
        case PromptHolds():
            return next(prompt.truth for prompt in outcome.prompts if prompt.id == goal.prompt)
        case PromptShown():
            return [prompt.id for prompt in outcome.evaluation.shown_prompts]
        case CheckHolds():
            return outcome.evaluation.checks[0].truth
        case QuestionAsked():
            return found.get("away", False)
        case All():
            return [came(part, found) for part in goal.goals]


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        (RuleHolds("risk", "gone", True), True),
        (RuleHolds("risk", "gone", False), False),
        (BandHolds("risk", "total", 1), "high"),
        (AdjustmentHolds("risk", "more", True), True),
        (AdjustmentHolds("risk", "more", False), False),
        (LevelIs("risk", "high"), ("high",)),
        (LevelIs("risk", "low"), ("low",)),
        (LowestIs("risk", "low"), "low"),
        (MeasureIs("score", 3), {"lowest": 3, "highest": 3, "has_value": True}),
        (MeasureIs("half", 2.5), {"lowest": 2.5, "highest": 2.5, "has_value": True}),
        (PromptHolds("talk", True), True),
        (PromptHolds("talk", False), False),
        (PromptHolds("talk", None), None),
        (PromptShown("talk"), ["talk"]),
        (CheckHolds("odd", True), True),
        (CheckHolds("odd", False), False),
        (QuestionAsked("/nights"), True),
        (QuestionAsked("/nights", False), False),
        (All((PromptShown("talk"), MeasureIs("score", 4))), [["talk"], {"lowest": 4, "highest": 4, "has_value": True}]),
    ],
    ids=str,
)
def test_answers_are_found_with_which_something_comes_out(goal: Goal, expected: object) -> None:
    found = answers_where(forms.load(sample()), goal, 20)
    assert isinstance(found, dict)
    assert came(goal, found) == expected


@pytest.mark.parametrize(
    "goal",
    [
        MeasureIs("score", 10),
        MeasureIs("score", 0.5),
        LevelIs("risk", None),
        All((RuleHolds("risk", "gone"), PromptShown("talk"))),
    ],
    ids=str,
)
def test_where_no_answers_do_it_there_are_none(goal: Goal) -> None:
    assert answers_where(forms.load(sample()), goal, 20) is None


def test_answers_that_are_found_are_few_and_those_that_are_required_are_among_them() -> None:
    form = cse_forms.get_form("cse-toolbox")
    found = Searcher(form.definition).answers(LevelIs("risk", "actual"), 20)
    assert isinstance(found, dict)
    assert form.validate(found).valid
    assert len(found["actual"]) == 1
    assert set(found) == {"involved", "actual"}
