"""Findings: every fault once, at its place, in the form's own words."""

from __future__ import annotations

from typing import Any

import pytest

import cse_forms
from cse_forms.answers.findings import CODES, Finding
from cse_forms.forms import Form
from tests import forms

ROW = forms.section({"present": forms.tick(), "rating": forms.choice("low", "high")})
OPTIONS = forms.choices("a", "b", "c")


def sample() -> forms.Document:
    """Return a form that can be answered wrongly in every way that there is a code for."""
    rule = {"id": "rule", "level": "high", "when": {"items": "/choice", "match": {"const": "yes"}}}
    return forms.definition(
        {
            "name": forms.needed(),
            "text": forms.text() | {"minLength": 2, "maxLength": 5},
            "code": forms.text() | {"pattern": "^[A-Z]+$"},
            "date": forms.date(),
            "whole": forms.integer() | {"minimum": 0, "maximum": 20},
            "number": forms.number() | {"exclusiveMinimum": 0, "exclusiveMaximum": 1, "multipleOf": 0.25},
            "tick": forms.tick(),
            "choice": forms.choice("yes", "no", "not-known"),
            "several": OPTIONS | {"minItems": 1, "maxItems": 2},
            "part": forms.section({"inner": forms.text()}),
            "matrix": forms.matrix({"first-row": forms.shape("row"), "second-row": forms.shape("row")}),
            "table": forms.table(forms.shape("row")) | {"minItems": 1, "maxItems": 2},
            "level": forms.choice("low", "high"),
            "reason": forms.text(),
        },
        required=["name"],
        defs={"row": ROW},
        assessments=[
            {
                "id": "risk",
                "levels": [{"id": "low"}, {"id": "high"}],
                "rules": [rule],
                "otherwise": {"level": "low"},
                "judgement": {"level": "/level", "reason": "/reason"},
            }
        ],
        checks=[{"id": "two-at-once", "when": {"items": "/tick", "match": {"const": True}}}],
    )


FORM = forms.form(sample())
GOOD = {"name": "Robin"}
OPTIONS_SAID = 'Choose one of: Yes, No, Not known (written "yes", "no", "not-known").'
TICK_SAID = "Give true where the box is ticked, and false where it is not."
UNPRINTABLE_SAID = (
    "The text holds a control character, which can be neither seen nor printed; documents show a mark in its place."
)
DATE_SAID = "Give the date as year-month-day, such as 2026-03-31."


def told(answers: Any, *, draft: bool = False, form: Form = FORM) -> list[tuple[str, str, str | None, str]]:
    report = form.validate(answers, draft=draft)
    return [(one.code, one.pointer, one.question, one.message) for one in report.findings]


def codes(answers: Any, *, draft: bool = False, form: Form = FORM) -> list[tuple[str, str]]:
    return [(one.code, one.pointer) for one in form.validate(answers, draft=draft).findings]


FAULTS: list[tuple[dict[str, Any], tuple[str, str, str | None, str]]] = [
    ({"name": ""}, ("missing-answer", "/name", "Name", "This must be answered.")),
    ({"text": "x"}, ("too-short", "/text", "Text", "Give at least 2 characters.")),
    ({"text": "too long"}, ("too-long", "/text", "Text", "Give at most 5 characters.")),
    ({"text": 12}, ("wrong-type", "/text", "Text", "Give a text. Leave the question out if there is no answer.")),
    ({"code": "abc"}, ("wrong-pattern", "/code", "Code", "Give this in the form that the question asks for.")),
    ({"date": "31.03.2026"}, ("not-a-date", "/date", "Date", DATE_SAID)),
    ({"date": "2025-02-29"}, ("not-a-date", "/date", "Date", DATE_SAID)),
    ({"date": None}, ("wrong-type", "/date", "Date", f"{DATE_SAID} Leave the question out if there is no answer.")),
    ({"whole": -1}, ("out-of-range", "/whole", "Whole", "Give a number that is 0 or more.")),
    ({"whole": 21}, ("out-of-range", "/whole", "Whole", "Give a number that is 20 or less.")),
    (
        {"whole": 2.5},
        (
            "wrong-type",
            "/whole",
            "Whole",
            "Give a whole number, such as 14, without quotation marks. Leave the question out if there is no answer.",
        ),
    ),
    ({"number": 0}, ("out-of-range", "/number", "Number", "Give a number above 0.")),
    ({"number": 1}, ("out-of-range", "/number", "Number", "Give a number below 1.")),
    ({"number": 0.3}, ("out-of-range", "/number", "Number", "Give a number in the steps that the form asks for.")),
    (
        {"tick": "yes"},
        (
            "wrong-type",
            "/tick",
            "Tick",
            f"{TICK_SAID} Leave the question out if there is no answer.",
        ),
    ),
    ({"choice": "maybe"}, ("not-an-option", "/choice", "Choice", OPTIONS_SAID)),
    ({"choice": True}, ("not-an-option", "/choice", "Choice", OPTIONS_SAID)),
    (
        {"several": "a"},
        (
            "wrong-type",
            "/several",
            "Several",
            "Give a list of the options chosen. Leave the question out if there is no answer.",
        ),
    ),
    ({"several": ["a", "b", "c"]}, ("too-many", "/several", "Several", "Give at most 2.")),
    ({"several": []}, ("too-few", "/several", "Several", "Give at least 1.")),
    ({"several": ["a", "a"]}, ("repeated-option", "/several", "Several", "Name each option once.")),
    (
        {"several": ["a", "z"]},
        ("not-an-option", "/several/1", "Several", 'Choose one of: A, B, C (written "a", "b", "c").'),
    ),
    (
        {"part": "x"},
        ("wrong-type", "/part", "Part", "Give an object with the answers of this section, in curly brackets."),
    ),
    ({"table": {}}, ("wrong-type", "/table", "Table", "Give a list of rows, in square brackets.")),
    ({"table": [{}, {}, {}]}, ("too-many", "/table", "Table", "Give at most 2.")),
    ({"table": []}, ("too-few", "/table", "Table", "Give at least 1.")),
    (
        {"nmae": "x"},
        (
            "unknown-question",
            "/nmae",
            None,
            "The form has no question of this name here; did you mean 'name'?",
        ),
    ),
    (
        {"part": {"zzz": 1}},
        (
            "unknown-question",
            "/part/zzz",
            None,
            "The form has no question of this name here; remove it, or move it to the question that it answers.",
        ),
    ),
    (
        {"matrix": {"second-row": {"rating": "middle"}}},
        (
            "not-an-option",
            "/matrix/second-row/rating",
            "Second row - Rating",
            'Choose one of: Low, High (written "low", "high").',
        ),
    ),
    (
        {"table": [{}, {"rating": "middle"}]},
        ("not-an-option", "/table/1/rating", "Row - Rating", 'Choose one of: Low, High (written "low", "high").'),
    ),
    ({"text": {1, 2}}, ("not-json", "/text", "Text", "A Python set is no answer; give text, a number, true or false.")),
    (
        {"text": "a\x00b"},
        ("control-character", "/text", "Text", UNPRINTABLE_SAID),
    ),
    ({"tick": True}, ("contradiction", "/tick", "Tick", "Two at once.")),
    (
        {"choice": "no", "level": "high"},
        (
            "judgement-without-reason",
            "/reason",
            "Reason",
            "The level decided on differs from the suggested one; say why.",
        ),
    ),
]


@pytest.mark.parametrize(("wrong", "expected"), FAULTS)
def test_one_fault_is_one_finding(wrong: dict[str, Any], expected: tuple[str, str, str | None, str]) -> None:
    assert told(GOOD | wrong) == [expected]


def test_a_rule_of_the_authors_own_that_is_broken_is_one_finding() -> None:
    document = sample() | {"allOf": [{"not": {"required": ["text", "date"]}}]}
    found = told(GOOD | {"text": "abc", "date": "2026-03-31"}, form=forms.form(document))
    assert found == [("rule-broken", "", None, "This does not fit with other answers that were given.")]


def test_every_code_is_seen_here() -> None:
    assert {expected[0] for _, expected in FAULTS} | {"rule-broken"} == CODES.keys()


def test_good_answers_are_no_findings() -> None:
    answers: dict[str, Any] = {
        "name": "Robin",
        "text": "words",
        "code": "ABC",
        "date": "2026-03-31",
        "whole": 14.0,
        "number": 0.25,
        "tick": False,
        "choice": "not-known",
        "several": ["a", "c"],
        "part": {"inner": ""},
        "matrix": {"first-row": {"present": True, "rating": "low"}},
        "table": [{"present": True}],
    }
    report = FORM.validate(answers)
    assert report.valid
    assert report.to_dict() == {"valid": True, "findings": []}


def test_a_finding_is_printed_with_all_that_it_carries() -> None:
    assert FORM.validate(GOOD | {"choice": "maybe"}).to_dict() == {
        "valid": False,
        "findings": [
            {
                "code": "not-an-option",
                "pointer": "/choice",
                "question": "Choice",
                "message": OPTIONS_SAID,
                "severity": "error",
            }
        ],
    }


def test_no_finding_quotes_an_answer() -> None:
    secret = "Robin-Example-17"
    for key in sample()["properties"]:
        for value in (secret, [secret], {"inner": [secret]}, {"first-row": {"rating": secret}}, [{"rating": secret}]):
            assert all(secret not in message for _, _, _, message in told({key: value}))


# --- several at once, and their order --------------------------------------------------------------------


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
