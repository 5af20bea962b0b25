"""No answers, however odd, make the library fail."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

import cse_forms
from cse_forms.answers.findings import CODES
from cse_forms.errors import InputError
from cse_forms.forms import Form
from cse_forms.reading import parse_json
from tests import forms
from tests.property.answers import JSON, answers, damaged
from tests.property.definitions import definitions

SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]


def look_at_everything(form: Form, response: Any, *, draft: bool) -> None:
    report = form.validate(response, draft=draft).to_dict()
    outcome = form.evaluate(response, draft=draft).to_dict()
    assert outcome["findings"] == report["findings"]
    assert {finding["code"] for finding in report["findings"]} <= CODES.keys()
    json.dumps(outcome)


@given(st.sampled_from(SHIPPED), JSON, st.booleans())
@example(SHIPPED[0], None, False)
@example(SHIPPED[0], [], True)
def test_any_json_value_can_be_validated_and_evaluated(form: Form, response: Any, draft: bool) -> None:
    look_at_everything(form, response, draft=draft)


@given(st.sampled_from(SHIPPED), st.booleans(), st.data())
def test_answers_that_are_wrong_in_places_can_be_validated_and_evaluated(
    form: Form, draft: bool, data: st.DataObject
) -> None:
    look_at_everything(form, data.draw(answers(form).flatmap(damaged)), draft=draft)


@given(definitions(), st.booleans(), st.data())
def test_so_can_wrong_answers_to_any_form(document: Any, draft: bool, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    look_at_everything(form, data.draw(answers(form).flatmap(damaged)), draft=draft)


@given(JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_json_is_read_as_it_was_written(value: Any, indent: int | None, ascii_only: bool) -> None:
    written = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    read = parse_json(written, "a response")
    assert json.dumps(read) == json.dumps(value)


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_bytes_are_read_or_refused_with_one_error(data: bytes) -> None:
    try:
        value = parse_json(data, "a response")
    except InputError as error:
        refusal = str(error)
    else:
        assert json.dumps(value) == json.dumps(json.loads(data))
        return
    assert refusal.startswith("a response ")
