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
from tests.property.plain_numbers import Num
from tests.property.plain_reading import PlainReading

SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]


def said_by_the_library(outcome: Outcome) -> dict[str, Any]:
    """Return what the library says, as it prints it."""
    said = outcome.to_dict()
    assessments = {assessment["id"]: assessment for assessment in said["assessments"]}
    return {
        "measures": {name: tuple(found.values()) for name, found in said["measures"].items()},
        "gives": {name: [set(rule["gives"]) for rule in found["rules"]] for name, found in assessments.items()},
        "levels": {
            name: [(rule["state"], rule["level"]) for rule in found["rules"]] for name, found in assessments.items()
        },
        "adjustments": {name: [one["state"] for one in found["adjustments"]] for name, found in assessments.items()},
        "possible": {name: found["possible"] for name, found in assessments.items()},
        "ends": {
            name: (found["applies"], found["lowest"], found["highest"], found["determined"], found["clash"])
            for name, found in assessments.items()
        },
        "permitted": {name: (found["judgement"] or {}).get("permitted") for name, found in assessments.items()},
        "holding": {prompt["id"]: prompt["state"] for prompt in said["prompts"]},
        "prompts": [prompt.id for prompt in outcome.evaluation.shown_prompts],
        "checks": [check.state for check in outcome.evaluation.checks],
        "contradictions": sum(finding["code"] == "contradiction" for finding in said["findings"]),
    }


def said_plainly(plain: PlainReading, recorded: dict[str, bool]) -> dict[str, Any]:
    """Return what the plain reading says, in the same shape.

    Args:
        plain: the reading.
        recorded: of each assessment whether an answer that it reads is given; nothing is suggested where none is.
    """
    words = plain.words
    assessments = {one["id"]: one for one in words.get("assessments", [])}
    gives = {name: plain.rules(one) for name, one in assessments.items()}
    possible = {name: plain.possible(one) for name, one in assessments.items()}
    checks = [STATES[truth] for truth in plain.checks()]
    return {
        "measures": {name: shown(plain.measure(name)) for name in words.get("measures", {})},
        "gives": gives,
        "levels": {name: [state_and_level(levels) for levels in several] for name, several in gives.items()},
        "adjustments": {name: [STATES[one] for one in plain.adjustments(a)] for name, a in assessments.items()},
        "possible": possible,
        "ends": {name: ends(plain, one) for name, one in assessments.items()},
        "permitted": {
            name: plain.permitted(one, possible[name][0] if recorded[name] and not plain.clash(one) else None)
            for name, one in assessments.items()
        },
        "holding": {name: STATES[truth] for name, truth in plain.holding().items()},
        "prompts": plain.prompts(),
        "checks": checks,
        "contradictions": checks.count("holds"),
    }


STATES = {True: "holds", False: "fails", None: "unknown"}


def shown(number: Num) -> tuple[Any, ...]:
    """Return a number as JSON shows it."""
    ends = (None if end is None else int(end) if end.denominator == 1 else float(end) for end in number[:2])
    return *ends, number.has


def state_and_level(gives: set[str | None]) -> tuple[str, str | None]:
    if gives == {None}:
        return "fails", None
    return "unknown" if None in gives else "holds", next(iter(gives)) if len(gives) == 1 else None


def ends(plain: PlainReading, assessment: Any) -> tuple[Any, ...]:
    possible, clash = plain.possible(assessment), plain.clash(assessment)
    is_one = len(possible) == 1 and not clash
    bounded = is_one or assessment.get("ordered", True)
    lowest, highest = (possible[0], possible[-1]) if bounded else (None, None)
    return plain.applies_at_all(assessment), lowest, highest, is_one, clash


def check(form: Form, response: Any, *, draft: bool) -> None:
    plain = PlainReading(dict(form.schema), response, draft=draft)
    outcome = form.evaluate(response, draft=draft)
    by_library = said_by_the_library(outcome)
    by_hand = said_plainly(plain, {name: found.recorded for name, found in outcome.assessments.items()})
    if plain.is_exact:
        assert by_library == by_hand
    else:
        check_bounds(by_library, by_hand)


def check_bounds(by_library: dict[str, Any], by_hand: dict[str, Any]) -> None:
    """See that nothing is excluded by the library that the plain reading holds possible.

    What the plain reading says of a sum that is prorated while it is open which answers count is the truth itself; the
    library may say less.
    """
    for name, (low, high, has) in by_hand["measures"].items():
        lowest, highest, has_value = by_library["measures"][name]
        assert has_value in {has, None}
        if has is not False:
            assert lowest is None or (low is not None and lowest <= low)
            assert highest is None or (high is not None and highest >= high)
    for name, rules in by_hand["gives"].items():
        assert all(plain <= found for plain, found in zip(rules, by_library["gives"][name], strict=True))
        assert set(by_hand["possible"][name]) <= set(by_library["possible"][name])
        pairs = zip(by_hand["adjustments"][name], by_library["adjustments"][name], strict=True)
        assert all(found in {plain, "unknown"} for plain, found in pairs)
    for name, state in by_hand["holding"].items():
        assert by_library["holding"][name] in {state, "unknown"}
    pairs = zip(by_hand["checks"], by_library["checks"], strict=True)
    assert all(found in {plain, "unknown"} for plain, found in pairs)


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
