"""Every code: one fault is one finding, at its place, in the form's own words."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.answers.findings import CODES
from tests import forms
from tests.answers.sample import DATE_SAID, FORM, GOOD, OPTIONS_SAID, TICK_SAID, UNPRINTABLE_SAID, sample, told

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
    (
        {"choice": "yes", "level": "low", "reason": "It has passed."},
        (
            "judgement-not-permitted",
            "/level",
            "Level",
            "The policy does not allow this level here; it allows High. A level is never lowered.",
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


def test_a_judgement_outside_the_limits_is_a_warning_in_a_draft_too_and_no_fault() -> None:
    report = FORM.validate(GOOD | {"choice": "yes", "level": "low", "reason": "It has passed."}, draft=True)
    assert [(one.code, one.severity) for one in report.findings] == [("judgement-not-permitted", "warning")]
    assert report.valid


def test_a_judgement_outside_the_limits_without_a_reason_is_two_findings() -> None:
    assert [code for code, _, _, _ in told(GOOD | {"choice": "yes", "level": "low"})] == [
        "judgement-not-permitted",
        "judgement-without-reason",
    ]


def test_a_judgement_is_held_against_no_limit_while_nothing_is_suggested() -> None:
    assert told(GOOD | {"level": "low", "reason": "It has passed."}) == []


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
