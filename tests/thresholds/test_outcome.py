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
        "measures": {"signs": {"lowest": 1, "highest": 1, "has_value": True}},
        "assessments": [
            {
                "id": "risk",
                "lowest": "high",
                "highest": "high",
                "possible": ["high"],
                "determined": True,
                "applies": True,
                "clash": False,
                "recorded": True,
                "rules": [
                    {
                        "id": "rule",
                        "level": "high",
                        "gives": ["high"],
                        "state": "holds",
                        "because": "Rule holds.",
                        "answers": ["/sign"],
                    }
                ],
                "adjustments": [{"id": "change", "state": "holds", "because": "Change holds.", "answers": ["/sign"]}],
                "judgement": {
                    "level": "low",
                    "reason": None,
                    "suggested": "high",
                    "differs": True,
                    "permitted": ["low", "high"],
                    "waiting": [],
                },
                "unanswered": [],
                "not_known": [],
                "unsettled": [],
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


YES_TO_SECOND = {"items": "/second", "match": YES}


def routes() -> Form:
    """Return a form in which rules may clash, a measure may have no value, and the policy leaves something open."""
    questions = {key: forms.choice("yes", "no", "not-known") for key in ("first", "second", "gate")}
    inner = forms.choice("yes", "no", showWhen={"items": "/gate", "match": YES})
    rules = [{"id": key, "level": key, "when": {"items": f"/{key}", "match": YES}} for key in ("first", "second")]
    score = {"sum": [{"items": "/inner", "weights": {"yes": 1, "no": 0}}]}
    bands = [{"from": 0, "level": "first"}, {"from": 1, "level": "second"}]
    open_rule = {"id": "open", "level": "second", "when": {"unsettled": "How long ago is not said."}}
    levels = [{"id": "first"}, {"id": "second"}]
    may = [{"atLeast": "second", "when": YES_TO_SECOND, "because": "The second comes first."}]
    return forms.form(
        forms.definition(
            {**questions, "inner": inner, "level": forms.choice("first", "second"), "reason": forms.text()},
            measures={"score": score},
            assessments=[
                {"id": "route", "ordered": False, "levels": levels, "rules": rules},
                {"id": "gated", "levels": levels, "showWhen": {"items": "/gate", "match": YES}, "rules": rules},
                {"id": "band", "levels": levels, "rules": [{"id": "score", "measure": "score", "bands": bands}]},
                {"id": "unsettled", "levels": levels, "rules": [rules[0], open_rule]},
                {
                    "id": "limited",
                    "levels": levels,
                    "rules": rules,
                    "judgement": {"level": "/level", "reason": "/reason", "may": may},
                },
            ],
        )
    )


def outcome_of(assessment: str, answers: dict[str, str]) -> dict[str, Any]:
    outcome = routes().evaluate(answers).to_dict()["assessments"]
    found: dict[str, Any] = next(one for one in outcome if one["id"] == assessment)
    return found


def test_a_clash_names_the_levels_and_suggests_none() -> None:
    found = outcome_of("route", {"first": "yes", "second": "yes"})
    assert (found["clash"], found["determined"], found["possible"]) == (True, False, ["first", "second"])
    assert (found["lowest"], found["highest"]) == (None, None)


def test_an_assessment_says_whether_it_applies() -> None:
    answers = {"first": "yes", "second": "no"}
    assert outcome_of("gated", {**answers, "gate": "yes"})["applies"] is True
    assert outcome_of("gated", {**answers, "gate": "no"})["applies"] is False
    assert outcome_of("gated", {**answers, "gate": "not-known"})["applies"] is None


def test_a_measure_says_whether_it_has_a_value() -> None:
    def score(gate: str) -> Any:
        return routes().evaluate({"gate": gate, "inner": "yes"}).to_dict()["measures"]["score"]

    assert score("yes") == {"lowest": 1, "highest": 1, "has_value": True}
    assert score("no") == {"lowest": None, "highest": None, "has_value": False}
    assert score("not-known") == {"lowest": 0, "highest": 1, "has_value": None}


def test_a_rule_says_what_it_gives_or_may_give() -> None:
    def rule(gate: str, **answers: str) -> tuple[Any, ...]:
        found = outcome_of("band", {"gate": gate, **answers})["rules"][0]
        return found["state"], found["level"], found["gives"]

    assert rule("yes", inner="yes") == ("holds", "second", ["second"])
    assert rule("yes") == ("holds", None, ["first", "second"])
    assert rule("no") == ("fails", None, [None])
    assert rule("not-known", inner="no") == ("unknown", None, [None, "first"])


def test_what_the_policy_leaves_open_is_said_in_its_own_words_while_it_matters() -> None:
    assert outcome_of("unsettled", {"first": "yes"})["unsettled"] == ["How long ago is not said."]
    assert outcome_of("route", {"first": "yes"})["unsettled"] == []


def test_a_limit_that_is_unknown_is_named_with_the_answers_that_it_waits_for() -> None:
    judgement = outcome_of("limited", {"first": "yes"})["judgement"]
    assert judgement["permitted"] == ["first", "second"]
    assert judgement["waiting"] == [{"because": "The second comes first.", "answers": ["/second"]}]


def test_a_limit_that_holds_waits_for_nothing() -> None:
    judgement = outcome_of("limited", {"first": "yes", "second": "yes"})["judgement"]
    assert (judgement["permitted"], judgement["waiting"]) == (["second"], [])


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
