"""Answers of the wrong kind are unknown, and never No."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.forms import Form
from tests import forms

QUESTIONS: dict[str, Any] = {
    "tick": forms.tick(),
    "choice": forms.choice("yes", "no", "not-known"),
    "several": forms.choices("a", "b"),
    "text": forms.text(),
    "date": forms.date(),
    "integer": forms.integer(),
    "number": forms.number(),
    "table": forms.table({"type": "object", "properties": {"x": forms.tick()}}),
}
MATCHES: dict[str, Any] = {
    "tick": {"const": True},
    "choice": {"const": "yes"},
    "several": {"contains": {"const": "a"}},
    "text": {"minLength": 3},
    "date": {"const": "2026-03-31"},
    "integer": {"minimum": 3},
    "number": {"minimum": 3},
    "table": {"const": True},
}
WRONG: dict[str, list[Any]] = {
    "tick": [1, 0, 1.0, "true", "", None, [], {}, [True]],
    "choice": ["Yes", "", True, 1, None, ["yes"], {"yes": True}],
    "several": ["a", {"a": True}, None, True, ["c"], [["a"]], [1], [None]],
    "text": [1, None, False, [], {}],
    "date": ["", "2026-3-31", "31.03.2026", "2026-02-30", "2026-W13-2", "20260331", "2026-03-31T00:00", 20260331, None],
    "integer": ["3", "", None, True, 2.5, [], float("nan"), float("inf")],
    "number": ["3.5", None, False, {}, float("nan"), float("-inf")],
    "table": ["x", {}, None, {"x": True}, 3, True],
}


MOST = 2**53 - 1
"""The greatest whole number that a definition may say."""


def one_question(name: str, match: Any, **measures: Any) -> Form:
    selector = "/table/*/x" if name == "table" else f"/{name}"
    rule = {"id": "rule", "level": "high", "when": {"items": selector, "match": match}}
    assessment = {
        "id": "risk",
        "levels": [{"id": "low"}, {"id": "high"}],
        "rules": [rule],
        "otherwise": {"level": "low"},
    }
    if measures:
        measures["most"] = {"constant": MOST}
    named = {one: {"title": one, **measure} for one, measure in measures.items()}
    return forms.form(forms.definition({name: QUESTIONS[name]}, assessments=[assessment], measures=named))


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_answer_leaves_a_rule_and_its_contrary_open(name: str, value: Any, draft: bool) -> None:
    for match in (MATCHES[name], {"not": MATCHES[name]}, {"answered": True}):
        outcome = one_question(name, match).evaluate({name: value}, draft=draft).assessments["risk"]
        assert outcome.possible == ("low", "high"), match
        assert outcome.unanswered == (f"/{name}",)
        assert not outcome.recorded


@pytest.mark.parametrize(("asked", "given", "possible"), [(1, 1.0, "high"), (2.0, 2, "high"), (1, 2, "low")])
def test_numbers_are_alike_however_they_are_written(asked: float, given: float, possible: str) -> None:
    outcome = one_question("number", {"const": asked}).evaluate({"number": given})
    assert outcome.assessments["risk"].possible == (possible,)


def test_tenths_are_compared_as_they_are_written() -> None:
    outcome = one_question("number", {"exclusiveMinimum": 0.3}).evaluate({"number": 0.1 + 0.2})
    assert outcome.assessments["risk"].possible == ("high",)
    outcome = one_question("number", {"exclusiveMinimum": 0.3}).evaluate({"number": 0.3})
    assert outcome.assessments["risk"].possible == ("low",)


def test_numbers_beyond_binary_floating_point_are_compared_exactly() -> None:
    form = one_question(
        "integer", {"exclusiveMinimum": {"measure": "limit"}}, limit={"product": [{"measure": "most"}] * 2}
    )
    for more, level in ((0, "low"), (1, "high")):
        # As a binary floating point number, the greater answer is the limit.
        answer = MOST**2 + more
        assert float(answer) == float(MOST**2)
        assert form.evaluate({"integer": answer}).assessments["risk"].possible == (level,)


def test_options_that_are_no_texts_are_told_apart_by_their_kind() -> None:
    rule = {"id": "rule", "level": "high", "when": {"items": "/q", "match": {"const": 1}}}
    assessment = {
        "id": "risk",
        "levels": [{"id": "low"}, {"id": "high"}],
        "rules": [rule],
        "otherwise": {"level": "low"},
    }
    form = forms.form(forms.definition({"q": forms.choice(1, 0, True)}, assessments=[assessment]))
    assert form.evaluate({"q": 1}).assessments["risk"].possible == ("high",)
    assert form.evaluate({"q": 1.0}).assessments["risk"].possible == ("high",)
    assert form.evaluate({"q": True}).assessments["risk"].possible == ("low",)
    assert form.evaluate({"q": "1"}).assessments["risk"].possible == ("low", "high")


@pytest.mark.parametrize("answers", [None, [], "x", 3, True, {"signs": None}, {"signs": []}, {"signs": {"a": "yes"}}])
def test_answers_of_another_shape_are_unknown_throughout(answers: Any) -> None:
    sign = forms.section({"present": forms.choice("yes", "no")})
    rule = {"id": "rule", "level": "high", "when": {"items": "/signs/*/present", "match": {"const": "yes"}}}
    assessment = {
        "id": "risk",
        "levels": [{"id": "low"}, {"id": "high"}],
        "rules": [rule],
        "otherwise": {"level": "low"},
    }
    document = forms.definition(
        {"signs": forms.matrix({"a": forms.shape("sign")})}, defs={"sign": sign}, assessments=[assessment]
    )
    outcome = forms.form(document).evaluate(answers).assessments["risk"]
    assert (outcome.possible, outcome.unanswered) == (("low", "high"), ("/signs/a/present",))
