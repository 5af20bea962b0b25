"""What an outcome carries, and that no part of it is worked out before it is asked for."""

from __future__ import annotations

import json
from typing import Any

from cse_forms.forms import Form
from tests import forms

YES = {"const": "yes"}


def form() -> Form:
    condition = {"items": "/sign", "match": YES}
    return forms.form(
        forms.definition(
            {"sign": forms.choice("yes", "no"), "level": forms.choice("low", "high"), "reason": forms.text()},
            measures={"signs": {"count": {"items": "/sign", "match": YES}}},
            assessments=[
                {
                    "id": "risk",
                    "levels": [{"id": "low"}, {"id": "high"}],
                    "rules": [{"id": "rule", "level": "high", "when": condition}],
                    "otherwise": {"level": "low"},
                    "adjustments": [{"id": "change", "when": condition, "raise": 1}],
                    "judgement": {"level": "/level", "reason": "/reason"},
                }
            ],
            prompts=[
                {"id": "later", "when": condition, "urgency": "consider"},
                {"id": "now", "when": condition, "urgency": "immediate", "replaces": ["later"]},
            ],
            checks=[{"id": "check", "when": condition}],
        )
    )


def test_an_outcome_says_all_of_this() -> None:
    whole = form()
    assert whole.evaluate({"sign": "yes", "level": "low"}).to_dict() == {
        "form": "invented",
        "version": "1.0.0",
        "digest": whole.digest,
        "measures": {"signs": {"lowest": 1, "highest": 1}},
        "assessments": [
            {
                "id": "risk",
                "lowest": "high",
                "highest": "high",
                "possible": ["high"],
                "determined": True,
                "recorded": True,
                "rules": [
                    {"id": "rule", "level": "high", "state": "holds", "because": "Rule holds.", "answers": ["/sign"]}
                ],
                "adjustments": [{"id": "change", "state": "holds", "because": "Change holds.", "answers": ["/sign"]}],
                "judgement": {"level": "low", "reason": None, "suggested": "high", "differs": True},
                "unanswered": [],
                "not_known": [],
            }
        ],
        "prompts": [
            {
                "id": "now",
                "urgency": "immediate",
                "state": "holds",
                "text": "Now.",
                "answers": ["/sign"],
                "replaced_by": None,
            },
            {
                "id": "later",
                "urgency": "consider",
                "state": "holds",
                "text": "Later.",
                "answers": ["/sign"],
                "replaced_by": "now",
            },
        ],
        "findings": [
            {
                "code": "contradiction",
                "pointer": "/sign",
                "question": "Sign",
                "message": "Check.",
                "severity": "warning",
            },
            {
                "code": "judgement-without-reason",
                "pointer": "/reason",
                "question": "Reason",
                "message": "The level decided on differs from the suggested one; say why.",
                "severity": "warning",
            },
        ],
    }


def test_an_outcome_is_json() -> None:
    said = form().evaluate({}, draft=True).to_dict()
    assert json.loads(json.dumps(said)) == said


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    outcome = form().evaluate({"sign": "yes"})
    assert not {"measures", "assessments", "prompts", "checks"} & vars(outcome.evaluation).keys()
    assert outcome.assessments["risk"].lowest == "high"
    assert {"measures", "prompts", "checks"}.isdisjoint(vars(outcome.evaluation))
    risk = outcome.assessments["risk"]
    assert {"rules", "adjustments", "judgement", "open", "recorded"}.isdisjoint(vars(risk))


def test_what_was_worked_out_is_kept() -> None:
    outcome = form().evaluate({"sign": "yes"})
    assert outcome.assessments is outcome.assessments
    assert outcome.assessments["risk"].rules is outcome.assessments["risk"].rules
    assert outcome.assessments["risk"].rules[0].deciding is outcome.assessments["risk"].rules[0].deciding
    assert outcome.prompts is outcome.prompts
    assert outcome.findings is outcome.findings


def test_a_report_finds_errors_without_looking_for_warnings() -> None:
    report = form().validate({"sign": "maybe"})
    assert not report.valid
    assert "findings" not in vars(report)


def test_answers_are_left_as_they_were() -> None:
    answers: dict[str, Any] = {"sign": "yes", "level": "low", "other": [1, {"x": None}]}
    before = json.dumps(answers)
    outcome = form().evaluate(answers)
    outcome.to_dict()
    assert json.dumps(answers) == before


def test_a_form_can_be_asked_about_one_response_after_another() -> None:
    one = form()
    first, second = one.evaluate({"sign": "yes"}), one.evaluate({"sign": "no"})
    assert first.assessments["risk"].lowest == "high"
    assert second.assessments["risk"].lowest == "low"
    assert first.to_dict() == one.evaluate({"sign": "yes"}).to_dict()


def test_a_level_can_be_looked_up_by_its_id() -> None:
    risk = form().evaluate({"sign": "yes"}).assessments["risk"]
    level = risk.level(risk.lowest)
    assert level is not None
    assert level.title == "High"
    assert risk.level(None) is None
