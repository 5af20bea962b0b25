"""Validation: any stock validator agrees on what is valid, and a draft is judged by the same rules but for its gaps."""

from __future__ import annotations

from functools import cache
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

import cse_forms
from cse_forms.answers.findings import CODES
from cse_forms.forms import Form
from tests import forms
from tests.property.answers import answers, damaged
from tests.property.definitions import Words, definitions

SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]


@cache
def stock_validator(form: Form) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(dict(form.schema), format_checker=checker)


def check_agreement(form: Form, response: Any) -> None:
    # The year nought is a date to RFC 3339, and none to Python's calendar.
    if "0000-" not in repr(response):
        assert form.validate(response).valid == stock_validator(form).is_valid(response)


def check_findings(form: Form, response: Any, *, draft: bool) -> None:
    report = form.validate(response, draft=draft)
    errors = [finding for finding in report.findings if finding.severity == "error"]
    assert report.valid == (not errors)
    assert {finding.code for finding in report.findings} <= CODES.keys()
    assert len({finding.pointer for finding in errors}) == len(errors)
    assert all(finding.message for finding in report.findings)


@given(st.sampled_from(SHIPPED), st.data())
def test_a_stock_validator_agrees_on_good_answers_to_the_shipped_forms(form: Form, data: st.DataObject) -> None:
    check_agreement(form, data.draw(answers(form, gaps=data.draw(st.integers(1, 20)))))


@given(st.sampled_from(SHIPPED), st.booleans(), st.data())
def test_a_stock_validator_agrees_on_damaged_answers_to_the_shipped_forms(
    form: Form, draft: bool, data: st.DataObject
) -> None:
    response = data.draw(answers(form, gaps=3).flatmap(damaged))
    check_agreement(form, response)
    check_findings(form, response, draft=draft)


@given(definitions(Words(required=True)), st.booleans(), st.data())
def test_a_stock_validator_agrees_on_answers_to_any_form(document: Any, draft: bool, data: st.DataObject) -> None:
    form = forms.form(document)
    response = data.draw(answers(form))
    check_agreement(form, response)
    bad = data.draw(damaged(response))
    check_agreement(form, bad)
    check_findings(form, bad, draft=draft)


@given(definitions(Words(required=True)), st.data())
def test_what_is_wrong_in_a_draft_is_wrong_in_a_complete_response(document: Any, data: st.DataObject) -> None:
    form = forms.form(document)
    response = data.draw(answers(form).flatmap(damaged))
    draft, complete = form.validate(response, draft=True), form.validate(response)
    assert draft.valid or not complete.valid
    faults = {finding.pointer for finding in complete.findings if finding.severity == "error"}
    assert {finding.pointer for finding in draft.findings if finding.severity == "error"} <= faults


@given(definitions(Words(required=True)), st.data())
def test_a_gap_is_no_fault_of_a_draft(document: Any, data: st.DataObject) -> None:
    form = forms.form(document)
    response = data.draw(answers(form, gaps=1))
    assert form.validate(response, draft=True).valid
    assert "missing-answer" not in {finding.code for finding in form.validate(response, draft=True).findings}
