"""Findings together: their order, what is missing, what a draft may lack, and what is only a warning."""

from __future__ import annotations

from typing import Any

import pytest

import cse_forms
from cse_forms.answers.findings import CODES, Finding
from cse_forms.forms import Form
from tests import forms
from tests.answers.sample import DATE_SAID, FORM, GOOD, codes, sample, told


def test_all_faults_are_told_at_once_in_the_order_of_the_form_and_rows_by_their_numbers() -> None:
    answers: dict[str, Any] = {
        "unknown": 1,
        "table": [{"rating": "z"}, {"present": "z", "rating": "z"}],
        "matrix": {"second-row": {"rating": "z"}, "first-row": {"rating": "z", "present": 1}},
        "several": ["b", "z"],
        "choice": "z",
        "text": "x",
    }
    assert [pointer for _, pointer in codes(answers)] == [
        "/name",
        "/text",
        "/choice",
        "/several/1",
        "/matrix/first-row/present",
        "/matrix/first-row/rating",
        "/matrix/second-row/rating",
        "/table/0/rating",
        "/table/1/present",
        "/table/1/rating",
        "/unknown",
    ]


def test_the_tenth_row_comes_after_the_second() -> None:
    form = forms.form(forms.definition({"table": forms.table({"type": "object", "properties": {"x": forms.tick()}})}))
    wrong = {"x": 0}
    found = codes({"table": [{}, wrong, wrong, *[{}] * 6, wrong, wrong]}, form=form)
    assert [pointer for _, pointer in found] == [f"/table/{row}/x" for row in (1, 2, 9, 10)]


def test_errors_and_warnings_stand_in_one_order() -> None:
    found = codes({"name": "a\x01", "text": "x", "tick": True, "choice": "maybe"})
    assert found == [
        ("control-character", "/name"),
        ("too-short", "/text"),
        ("contradiction", "/tick"),
        ("not-an-option", "/choice"),
    ]


def test_of_two_faults_at_one_place_the_more_telling_is_told() -> None:
    form = forms.form(forms.definition({"q": forms.text() | {"minLength": 5, "pattern": "^[A-Z]+$"}}))
    assert codes({"q": "ab"}, form=form) == [("too-short", "/q")]


# --- what is missing ------------------------------------------------------------------------------------


def nested() -> Form:
    inner = forms.section(
        {"deep": forms.needed(), "when": forms.date(), "free": forms.text()}, required=["deep", "when"]
    )
    outer = forms.section({"inner": inner, "pick": forms.choice("yes", "no")}, required=["inner", "pick"])
    return forms.form(forms.definition({"outer": outer}, required=["outer"]))


def test_a_missing_section_is_told_by_the_questions_in_it_that_must_be_answered() -> None:
    expected = [
        ("missing-answer", "/outer/inner/deep", "Deep", "This must be answered."),
        ("missing-answer", "/outer/inner/when", "When", f"This must be answered. {DATE_SAID}"),
        ("missing-answer", "/outer/pick", "Pick", "Choose one of: Yes, No."),
    ]
    responses: list[dict[str, Any]] = [{}, {"outer": {}}, {"outer": {"inner": {}}}]
    for answers in responses:
        assert told(answers, form=nested()) == expected


def test_a_missing_section_is_told_by_the_question_that_a_rule_asks_for() -> None:
    asked = forms.text(required={"items": "/gate", "match": {"const": "yes"}})
    document = forms.definition({"gate": forms.choice("yes", "no"), "part": forms.section({"asked": asked})})
    assert codes({"gate": "yes"}, form=forms.form(document)) == [("missing-answer", "/part/asked")]


def test_a_missing_section_in_which_nothing_is_asked_for_is_told_itself() -> None:
    document = forms.definition({"part": forms.section({"free": forms.text()})}, required=["part"])
    report = forms.form(document).validate({})
    assert not report.valid
    assert [(one.code, one.pointer, one.question) for one in report.findings] == [("missing-answer", "/part", "Part")]


def test_what_no_schema_can_ask_for_is_a_warning() -> None:
    counted = {"count": {"items": "/tick", "match": {"const": True}}}
    asked = forms.choice("yes", "no", required={"measure": "ticks", "match": {"minimum": 1}})
    form = forms.form(forms.definition({"tick": forms.tick(), "asked": asked}, measures={"ticks": counted}))
    report = form.validate({"tick": True})
    assert report.valid
    assert report.findings == (
        Finding(
            code="missing-answer",
            pointer="/asked",
            question="Asked",
            message="Choose one of: Yes, No.",
            severity="warning",
        ),
    )
    assert form.validate({"tick": True}, draft=True).findings == ()
    assert form.validate({"tick": False}).findings == ()


# --- drafts ---------------------------------------------------------------------------------------------


def test_gaps_are_no_faults_of_a_draft() -> None:
    assert FORM.validate({}, draft=True).findings == ()
    assert FORM.validate({"name": "", "text": "", "several": [], "table": []}, draft=True).findings == ()
    assert nested().validate({"outer": {"inner": {}}}, draft=True).findings == ()


def test_wrong_values_are_faults_of_a_draft() -> None:
    wrong = {"text": "too long", "date": "soon", "whole": 21, "choice": "maybe", "several": ["a", "a"], "x": 1}
    assert codes(wrong, draft=True) == [
        ("too-long", "/text"),
        ("not-a-date", "/date"),
        ("out-of-range", "/whole"),
        ("not-an-option", "/choice"),
        ("repeated-option", "/several"),
        ("unknown-question", "/x"),
    ]


def test_a_rule_that_asks_for_more_is_no_fault_of_a_draft() -> None:
    either = {"anyOf": [{"required": ["text"]}, {"required": ["date"]}]}
    both = {"dependentRequired": {"whole": ["number"]}}
    form = forms.form(sample() | {"allOf": [either, both]})
    assert [code for code, _ in codes(GOOD | {"whole": 1}, form=form)] != []
    assert codes(GOOD | {"whole": 1}, draft=True, form=form) == []


def test_answers_that_contradict_one_another_do_so_in_a_draft() -> None:
    assert codes({"tick": True}, draft=True) == [("contradiction", "/tick")]


# --- warnings -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x0c", "\x1f", "\ufffe", "\uffff"])
def test_a_control_character_is_a_warning_and_changes_nothing(character: str) -> None:
    answers = GOOD | {"part": {"inner": f"a{character}b"}}
    report = FORM.validate(answers)
    assert report.valid
    assert [(one.code, one.pointer, one.severity) for one in report.findings] == [
        ("control-character", "/part/inner", "warning")
    ]


@pytest.mark.parametrize(
    "text", ["tab\t", "line\nbreak", "return\r", "\x7f", "\u2028", "\u202e", "\U0001f600", "\ue000"]
)
def test_a_character_that_documents_can_carry_is_no_finding(text: str) -> None:
    assert FORM.validate(GOOD | {"part": {"inner": text}}).findings == ()


def test_a_control_character_is_found_wherever_a_text_stands() -> None:
    answers = {"name": "a\x01", "several": ["\x02"], "table": [{"unknown": ["\x03"]}]}
    found = [pointer for code, pointer in codes(answers) if code == "control-character"]
    assert found == ["/name", "/several/0", "/table/0/unknown/0"]


def test_warnings_leave_a_response_valid_and_errors_do_not() -> None:
    assert FORM.validate(GOOD | {"tick": True}).valid
    assert not FORM.validate(GOOD | {"tick": True, "choice": "maybe"}).valid


def test_the_findings_of_an_outcome_are_those_of_the_report() -> None:
    answers = {"name": "a\x01", "tick": True, "choice": "maybe"}
    assert FORM.evaluate(answers).findings == FORM.validate(answers).findings


def test_the_face_of_the_library_names_a_finding_and_its_codes() -> None:
    assert all(code == code.lower() and " " not in code for code in CODES)
    assert cse_forms.get_form("cse-toolbox").validate({}).findings[0].code in CODES
