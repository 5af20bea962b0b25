"""Whatever a form holds travels with its pages, from section to section, and comes out as it went in."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cse_forms
from cse_forms.answers.response import Response
from cse_forms.serving.pages import Shown, filled_page
from cse_forms.serving.state import state_in
from cse_forms.serving.steps import steps_of
from tests import forms
from tests.entries import entries
from tests.property.definitions import definitions
from tests.property.test_web_forms import given_answers
from tests.responses import answers_to

SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]


def travelled(form: cse_forms.Form, response: Response) -> Response:
    """Return a response after a journey through every section, as a browser takes it along."""
    places = [None, *range(len(steps_of(form.definition))), None]
    for place in places:
        page = filled_page(form, Shown(response=response, at=place, is_unsaved=True))
        state = state_in(form, parse_qsl(urlencode(entries(page)), keep_blank_values=True))
        assert state.at == place
        assert state.parsed.findings == ()
        response = state.response
    return response


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_a_response_to_each_form_goes_through_all_sections_unchanged(form: cse_forms.Form) -> None:
    meta = {"who": "Jo Sample", "when": "2026-03-31", "status": "draft"}
    response = Response(form=form.id, version=form.version, digest=form.digest, answers=answers_to(form), meta=meta)
    back = travelled(form, response)
    assert json.dumps(back.to_dict(), sort_keys=True) == json.dumps(response.to_dict(), sort_keys=True)


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_what_to_do_in_an_emergency_stands_once_on_every_page_before_the_questions(form: cse_forms.Form) -> None:
    whole = filled_page(form, Shown(response=form.new_response()))
    expected = warnings_of(whole)
    for place, _ in enumerate(steps_of(form.definition)):
        assert warnings_of(filled_page(form, Shown(response=form.new_response(), at=place))) == expected


def warnings_of(page: str) -> list[str]:
    """Return the warnings that stand before the form on a page."""
    before = page.partition('<main id="main"')[2].partition("<form")[0]
    return re.findall(r'class="words warning-line"[^>]*>(.*?)</span>', before, re.DOTALL)


@given(definitions(), st.data())
@settings(max_examples=15)
def test_answers_to_any_form_go_through_all_sections_unchanged(document: Any, data: st.DataObject) -> None:
    form = forms.form(document)
    given = data.draw(given_answers(form))
    response = Response(form=form.id, version=form.version, answers=given, meta={"status": "draft"})
    assert travelled(form, response).answers == given
