"""The page of a form's policy: it says every rule, every level and every number, and leaves room for signatures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from cse_forms.document import tree
from cse_forms.forms import Form, shipped_catalogue
from tests.forms import choice, definition, form, integer, section, table, tick
from tests.thresholds.test_cases import FILES, read
from tests.thresholds.test_cases import form as case_form

FORMS = list(shipped_catalogue().versions())


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for member in node:
            yield from texts(member)
    elif is_dataclass(node):
        for member in fields(node):
            yield from texts(getattr(node, member.name))


def told(form: Form) -> str:
    return "\n".join(texts(form.policy_document().blocks))


@pytest.mark.parametrize("name", FORMS)
def test_a_policy_says_all_that_its_form_decides_by(name: str) -> None:
    form = shipped_catalogue().get_form(name)
    said, words = told(form), form.definition.words
    for assessment in words.assessments:
        expected = [assessment.title, *(rule.because for rule in assessment.rules)]
        expected += [change.because for change in assessment.adjustments]
        for level in assessment.levels:
            expected += [level.title, level.description or "", *level.interventions]
        assert assessment.otherwise is not None
        expected.append(assessment.otherwise.because)
        assert [text for text in expected if text not in said] == []
    assert [prompt.text for prompt in words.prompts if prompt.text not in said] == []
    assert [check.text for check in words.checks if check.text not in said] == []
    assert [measure.title for measure in words.measures.values() if measure.title and measure.title not in said] == []
    assert [one.text for one in words.withheld if one.text not in said] == []
    assert [source.title for source in words.sources if source.title not in said] == []


@pytest.mark.parametrize("name", FORMS)
def test_a_policy_says_which_version_of_which_form_it_is(name: str) -> None:
    form = shipped_catalogue().get_form(name)
    document = form.policy_document()
    assert form.title in document.title
    assert document.status == "policy"
    assert dict(document.facts)["Form"] == f"{form.id}, version {form.version}"
    assert dict(document.facts)["Digest"] == form.digest


@pytest.mark.parametrize("name", FORMS)
def test_a_policy_ends_with_room_for_names_roles_and_dates(name: str) -> None:
    last = shipped_catalogue().get_form(name).policy_document().blocks[-1]
    assert isinstance(last, tree.Table)
    assert last.columns == ("Name", "Role", "Signature", "Date")
    rooms = [cell for row in last.rows for cell in row.cells]
    assert all(isinstance(room, tree.Question) and room.answer is None for room in rooms)
    assert len({room.pointer for room in rooms if isinstance(room, tree.Question)}) == len(rooms) > 4


YES = {"items": "/sign", "match": {"const": "yes"}}
WEIGHED = {
    "sign": choice("yes", "no", "not-known", number="1"),
    "rate": integer(number="2"),
    "gate": tick(number="3"),
    "level": choice("low", "high", number="4"),
    "reason": {"type": "string", "x-form": {"showWhen": YES, "required": YES}},
    "log": table(section({"seen": tick(tags=["grave"])})),
}
SCORE = {
    "sum": [{"items": "/sign", "weights": {"yes": 7, "no": 3}}, {"items": "/rate"}],
    "missing": {"prorate": {"answered": 2}},
}
LEVELS: list[dict[str, Any]] = [{"id": "low"}, {"id": "high"}]


def policy(**words: Any) -> str:
    assessment = {"id": "risk", "levels": LEVELS, **words}
    other: dict[str, Any] = {
        "measures": {"score": SCORE},
        "conditions": {"gated": {"items": "/gate", "match": {"const": True}}},
    }
    return told(form(definition(WEIGHED, assessments=[assessment], **other)))


def test_every_weight_of_an_option_is_told() -> None:
    said = policy()
    assert "Yes: 7 points" in said
    assert "No: 3 points" in said
    assert "At least 2 must be answered; with fewer there is no value." in said


def test_bands_are_told_with_their_levels_and_where_the_rule_is_looked_at() -> None:
    bands = [{"from": 0, "level": "low"}, {"from": 6, "level": "high"}]
    said = policy(rules=[{"id": "of", "measure": "score", "bands": bands, "when": {"condition": "gated"}}])
    assert "Rule 1: the level of a number" in said
    assert "The level follows from the score:" in said
    assert "0 or more, but less than 6: Low" in said
    assert "6 or more: High" in said
    assert "This is looked at only where the condition 'gated' holds." in said
    assert "This holds where the box 3 Gate is ticked." in said


def test_a_level_that_is_taken_from_an_answer_is_told_with_the_answer() -> None:
    said = policy(rules=[{"id": "of", "levelOf": "/level"}])
    assert "The level is the highest among 4 Level." in said


def test_an_assessment_that_applies_only_somewhere_says_where() -> None:
    assert "This assessment applies only where the answer to 1 Sign is Yes." in policy(showWhen=YES)


def test_levels_without_an_order_are_told_as_outcomes_and_a_clash_is_explained() -> None:
    said = policy(ordered=False, rules=[{"id": "of", "level": "low", "when": YES}])
    assert "none of which is higher than another" in said
    assert "If rules give different outcomes, that is a clash" in said
    assert "lowest to the highest" not in said


def test_what_the_policy_leaves_open_is_told_with_its_reason() -> None:
    said = policy(rules=[{"id": "of", "level": "high", "when": {"unsettled": "what 'often' means"}}])
    assert "This holds where the policy leaves this open: what 'often' means." in said
    assert "The policy leaves this open, and so the form does not decide it: what 'often' means" in said


def test_limits_to_the_decision_are_told_with_their_conditions_and_reasons() -> None:
    may = [{"atLeast": "suggested", "when": YES, "because": "Never lower."}, {"atMost": {"suggested": 1}}]
    said = policy(judgement={"level": "/level", "reason": "/reason", "may": may})
    assert 'It may be not lower than the suggested level, where the answer to 1 Sign is Yes ("Never lower.")' in said
    assert "It may be not higher than one level above the suggested one" in said
    assert "While it is not known whether a limit applies, it bars nothing." in said


def test_questions_that_are_asked_or_required_on_a_condition_say_so() -> None:
    said = policy()
    assert "Asked only where the answer to 1 Sign is Yes." in said
    assert "Must be answered in a complete form where the answer to 1 Sign is Yes." in said


def test_the_items_that_carry_a_tag_of_the_policy_are_listed() -> None:
    said = policy(rules=[{"id": "of", "level": "high", "when": {"items": {"tag": "grave"}, "match": {"const": True}}}])
    assert "This holds where at least one of the boxes marked 'grave' is ticked." in said
    assert "Marked 'grave'" in said


def test_prompts_are_told_by_urgency_and_with_what_they_replace() -> None:
    prompts = [
        {"id": "weak", "urgency": "consider", "when": YES, "text": "Think about it."},
        {"id": "strong", "urgency": "immediate", "text": "Do it.", "replaces": ["weak"]},
    ]
    said = told(form(definition(WEIGHED, prompts=prompts)))
    assert said.index("At once") < said.index("Do it.") < said.index("To be considered")
    assert "While it is said, this is not: Think about it." in said
    assert "Said in every case." in said
    assert "This form suggests no level." in said


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_policy_of_every_form_of_the_cases_says_each_rule_and_each_condition_by_name(path: Path) -> None:
    whole = case_form(path)
    said, words = told(whole), whole.definition.words
    reasons = [rule.because for assessment in words.assessments for rule in assessment.rules]
    reasons += [change.because for assessment in words.assessments for change in assessment.adjustments]
    assert [because for because in reasons if because not in said] == []
    assert [level for one in words.assessments for level in one.levels if level.title not in said] == []
    assert [name for name in words.conditions if name.replace("-", " ").capitalize() not in said] == []
    assert whole.diagram().charts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_is_explained_by_every_rule_of_what_applies(path: Path) -> None:
    whole = case_form(path)
    for case in read(path)["cases"]:
        draft = case.get("draft", False)
        said = "\n".join(texts(whole.explanation(case["answers"], draft=draft).blocks))
        for outcome in whole.evaluate(case["answers"], draft=draft).assessments.values():
            rules = outcome.rules if outcome.applies is not False else ()
            assert [rule.rule.because for rule in rules if rule.rule.because not in said] == []


def test_a_form_without_rules_is_not_said_to_suggest_one_of_its_levels() -> None:
    judgement = {"level": "/level", "reason": "/reason"}
    said = policy(otherwise={"because": "The practitioner chooses."}, judgement=judgement)
    assert "The form suggests no level here. The practitioner decides." in said
    assert "No level is suggested." in said
    assert "In the policy's words: The practitioner chooses." in said
    assert "The form suggests one of" not in said
    assert "When something is not known" not in said


def test_without_rules_the_level_that_is_always_suggested_is_told_with_what_changes_it() -> None:
    low = {"level": "low", "because": "It is so."}
    said = policy(otherwise=low)
    assert "There are no rules: the form suggests the same level, whatever is answered." in said
    assert "The level is Low." in said
    adjusted = policy(otherwise=low, adjustments=[{"id": "up", "when": YES, "raise": 1}])
    assert "the suggested level is the one below, as the adjustments change it." in adjusted
    assert "When something is not known" in adjusted


def test_a_cut_off_is_told_with_its_number() -> None:
    measures = {"cut": {"title": "Cut", "constant": 14}, "score": {"title": "Score", "sum": [{"items": "/rate"}]}}
    bands = [{"to": {"measure": "cut"}, "level": "low"}, {"level": "high"}]
    above = {"measure": "score", "match": {"exclusiveMinimum": {"measure": "cut"}}}
    rules = [{"id": "of", "measure": "score", "bands": bands}, {"id": "over", "level": "high", "when": above}]
    assessment = {"id": "risk", "levels": LEVELS, "rules": rules}
    said = told(form(definition(WEIGHED, assessments=[assessment], measures=measures)))
    assert "This holds where 'Score' is more than 'Cut' (14)." in said
    assert "Up to 'Cut' (14): Low" in said
    assert "More than 'Cut' (14): High" in said


def test_an_adjustment_that_lowers_the_level_is_told() -> None:
    said = policy(adjustments=[{"id": "down", "when": YES, "lower": 1, "notBelow": "low"}])
    assert "Adjustment 1: the level is lowered by one, but not below Low" in said


def test_what_must_be_answered_is_told_and_what_only_where_it_is_asked() -> None:
    questions = {
        "sign": choice("yes", "no", required=True),
        "why": choice("yes", "no", showWhen=YES, required=True),
        "group": section({"inner": choice("yes", "no", required=True)}, showWhen=YES),
        "free": choice("yes", "no"),
    }
    lines = told(form(definition(questions))).splitlines()
    always = lines.index("These must be answered in a complete form:")
    at_times = lines.index("These must be answered in a complete form wherever they are asked:")
    assert lines[always + 1 : at_times] == ["'Sign'", *lines[always + 2 : at_times]]
    assert lines[at_times + 1 : at_times + 3] == ["'Why'", "'Inner'"]
    assert "'Free'" not in lines
