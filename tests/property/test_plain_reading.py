"""The library against a second and plain reading of the same definitions, written from the format's text alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import cse_forms
from cse_forms.forms import Form, Outcome
from tests import forms
from tests.property.answers import answers, damaged
from tests.property.definitions import Words, definitions
from tests.property.plain_reading import PlainReading

SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]


def said_by_the_library(outcome: Outcome) -> dict[str, Any]:
    return {
        "measures": {
            name: (measure.interval.lowest, measure.interval.highest) for name, measure in outcome.measures.items()
        },
        "rules": {name: [rule.truth for rule in found.rules] for name, found in outcome.assessments.items()},
        "adjustments": {name: [one.truth for one in found.adjustments] for name, found in outcome.assessments.items()},
        "possible": {name: list(found.possible) for name, found in outcome.assessments.items()},
        "prompts": [prompt.id for prompt in outcome.evaluation.shown_prompts],
        "checks": [check.truth for check in outcome.evaluation.checks],
    }


def said_plainly(document: dict[str, Any], answers: Any, *, draft: bool) -> dict[str, Any]:
    plain = PlainReading(document, answers, draft=draft)
    assessments = document["x-form"].get("assessments", [])
    return {
        "measures": {name: plain.measure(name) for name in document["x-form"].get("measures", {})},
        "rules": {one["id"]: plain.rules(one) for one in assessments},
        "adjustments": {one["id"]: plain.adjustments(one) for one in assessments},
        "possible": {one["id"]: plain.possible(one) for one in assessments},
        "prompts": plain.prompts(),
        "checks": plain.checks(),
    }


def check(form: Form, response: Any, *, draft: bool) -> None:
    document = dict(form.schema)
    assert said_by_the_library(form.evaluate(response, draft=draft)) == said_plainly(document, response, draft=draft)


@given(definitions(), st.booleans(), st.data())
def test_both_say_the_same_of_answers_of_the_right_kind(document: Any, draft: bool, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    check(form, data.draw(answers(form)), draft=draft)


@given(definitions(), st.booleans(), st.data())
def test_both_say_the_same_of_wrong_answers(document: Any, draft: bool, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    check(form, data.draw(answers(form).flatmap(damaged)), draft=draft)


@given(st.sampled_from(SHIPPED), st.booleans(), st.data())
def test_both_say_the_same_of_the_shipped_forms(form: Form, draft: bool, data: st.DataObject) -> None:
    check(form, data.draw(answers(form, gaps=data.draw(st.integers(1, 9)))), draft=draft)


@given(definitions(Words(required=True)), st.data())
def test_what_is_asked_for_is_what_is_certainly_required(document: Any, data: st.DataObject) -> None:
    form = forms.form(document)
    response = data.draw(answers(form, gaps=1))
    asked = {finding.pointer for finding in form.validate(response).findings if finding.code == "missing-answer"}
    assert asked == PlainReading(dict(form.schema), response, draft=False).missing()
