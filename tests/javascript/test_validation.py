"""Node with Ajv, a stock validator of another language: it finds valid what the library does, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cse_forms
from cse_forms.forms import Form
from tests import forms
from tests.javascript.corpus import INVENTED, SHIPPED, definition, read
from tests.javascript.node import Lines
from tests.property.answers import answers, damaged
from tests.property.definitions import Words, definitions

FORMS = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]


def is_valid(validator: Lines, document: Any, answers: Any, name: str = "form") -> bool:
    assert validator.ask(form=name, definition=document) == {}
    return bool(validator.ask(form=name, answers=answers)["valid"])


@pytest.mark.parametrize("path", [*INVENTED, *SHIPPED], ids=lambda path: path.stem)
def test_ajv_takes_every_definition_strictly_and_agrees_on_every_complete_response(
    path: Path, validator: Lines
) -> None:
    assert validator.ask(form=path.stem, definition=definition(path)) == {}
    form = Form(forms.load(definition(path)))
    for case in read(path)["cases"]:
        if not case.get("draft", False):
            found = validator.ask(form=path.stem, answers=case["answers"])
            assert found == {"valid": form.validate(case["answers"]).valid}, case["name"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_corpus_says_of_the_shipped_forms_what_ajv_says(path: Path, validator: Lines) -> None:
    assert validator.ask(form=path.stem, definition=definition(path)) == {}
    cases = [case for case in read(path)["cases"] if not case.get("draft", False)]
    found = [validator.ask(form=path.stem, answers=case["answers"])["valid"] for case in cases]
    assert found == [case["expect"]["valid"] for case in cases]
    assert set(found) == {True, False}


def test_ajv_agrees_on_made_up_answers_to_the_shipped_forms(validator: Lines) -> None:
    @given(st.sampled_from(FORMS), st.booleans(), st.data())
    def agrees(form: Form, is_damaged: bool, data: st.DataObject) -> None:
        response = data.draw(answers(form, gaps=data.draw(st.integers(1, 20))))
        check(validator, form, data.draw(damaged(response)) if is_damaged else response)

    agrees()


def test_ajv_agrees_on_answers_to_any_form(validator: Lines) -> None:
    @given(definitions(Words(required=True)), st.booleans(), st.data())
    def agrees(document: Any, is_damaged: bool, data: st.DataObject) -> None:
        form = forms.form(document)
        response = data.draw(answers(form))
        check(validator, form, data.draw(damaged(response)) if is_damaged else response)

    agrees()


def check(validator: Lines, form: Form, response: Any) -> None:
    # The year nought is a date to RFC 3339, and none to Python's calendar.
    if "0000-" not in repr(response):
        assert is_valid(validator, dict(form.schema), response) == form.validate(response).valid
