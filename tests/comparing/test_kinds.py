"""What kind of change it is: derived, with a response that shows it where it is a major one."""

from __future__ import annotations

import copy
import time

import pytest

from cse_forms import get_form
from cse_forms.comparing import Comparison, compare
from cse_forms.forms import Form
from tests import forms
from tests.comparing.sample import ALL, MAJOR, base, changed, item, put, risk
from tests.coverage.policies import POLICIES

OLD = forms.form(base())


def compared(name: str, kind: str) -> Comparison:
    return compare(OLD, forms.form(changed(ALL[kind][name])))


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, changes in ALL.items() for name in changes])
def test_a_change_is_of_the_kind_that_it_is(kind: str, name: str) -> None:
    found = compared(name, kind)
    assert found.kind == kind
    assert bool(found.changes) == (kind != "none")
    assert [reason.about for reason in found.reasons] == ([] if kind == "none" else ["acceptance", "outcome"])


@pytest.mark.parametrize("name", MAJOR)
def test_a_major_change_comes_with_a_response_that_shows_it(name: str) -> None:
    new = forms.form(changed(MAJOR[name]))
    example = compare(OLD, new).counter_example
    assert example is not None
    answers, draft = example.answers, example.draft
    assert OLD.validate(answers, draft=draft).valid
    if example.refused:
        assert not new.validate(answers, draft=draft).valid
    else:
        assert new.validate(answers, draft=draft).valid
        assert example.differences
        assert all(difference.old != difference.new for difference in example.differences)


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_said_twice_is_told_from_one_that_says_something_else(name: str) -> None:
    old = POLICIES[name]
    twice, other = copy.deepcopy(old), copy.deepcopy(old)
    first = copy.deepcopy(old["x-form"]["assessments"][0]["rules"][0])
    twice["x-form"]["assessments"][0]["rules"].append(first | {"id": "again"})
    assert compare(forms.form(old), forms.form(twice)).kind == "minor"
    put(risk(other), rules=[], otherwise=None)
    del risk(other)["otherwise"]
    assert compare(forms.form(old), forms.form(other)).kind == "major"


def test_without_time_what_does_not_follow_from_the_structure_is_not_decided() -> None:
    found = compare(OLD, forms.form(changed(MAJOR["a rule that asks for more"])), time_limit=0)
    assert found.kind == "not-decided"
    assert found.counter_example is None


def test_a_pattern_of_which_no_example_is_found_is_not_decided() -> None:
    old = changed(lambda document: put(item(document, "more", "remarks"), pattern="^[a-z]{40}$"))
    new = changed(lambda document: put(item(document, "more", "remarks"), pattern="^[a-y]{40}$"))
    found = compare(forms.form(old), forms.form(new), time_limit=1)
    assert found.kind == "not-decided"
    assert "3.4 Remarks" in found.reasons[0].text


def test_what_the_owners_of_a_form_thought_of_is_tried_first() -> None:
    old = changed(lambda document: put(item(document, "more", "remarks"), pattern="^[a-z]{40}$"))
    new = changed(lambda document: put(item(document, "more", "remarks"), pattern="^[a-y]{40}$"))
    answers = {"about": {"name": "Example"}, "more": {"remarks": "z" * 40}}
    found = compare(forms.form(old), forms.form(new), examples=[(answers, False)])
    assert found.kind == "major"
    assert found.counter_example is not None
    assert found.counter_example.answers["more"] == {"remarks": "z" * 40}


def test_more_rows_than_were_looked_at_never_count_as_proved() -> None:
    often = {"items": "/visits/*/who", "match": {"const": "somebody"}, "atLeast": 40}
    new = changed(lambda document: risk(document)["rules"].append(
        {"id": "often", "level": "high", "when": often, "because": "Often.", "provenance": forms.INVENTED}
    ))  # fmt: skip
    assert compare(OLD, forms.form(new)).kind != "minor"


def test_a_rule_on_rows_that_stays_does_not_keep_another_from_being_proved_the_same() -> None:
    who = {"items": "/visits/*/who", "match": {"const": "somebody"}}
    rule = {"id": "visit", "level": "high", "when": who, "because": "A visit.", "provenance": forms.INVENTED}
    old = changed(lambda document: risk(document)["rules"].append(rule))
    new = changed(ALL["minor"]["the same rule in other words"], old)
    assert compare(forms.form(old), forms.form(new)).kind == "minor"


def test_a_typical_comparison_of_the_largest_form_takes_two_seconds_at_most() -> None:
    old = get_form("cse-toolbox")
    document = copy.deepcopy(dict(old.schema))
    risk(document)["rules"].pop()
    put(document, title="Another title")
    new = Form(forms.load(document))
    began = time.monotonic()
    found = compare(old, new)
    assert found.kind == "major"
    assert time.monotonic() - began < 6  # a machine that does other things besides is three times as slow


def test_what_is_required_in_other_words_is_proved_to_be_the_same() -> None:
    def needed_where(when: forms.Document) -> forms.Document:
        return changed(lambda document: put(item(document, "more", "remarks")["x-form"], required=when))

    worse = {"items": "./worse", "match": {"const": "yes"}}
    either = {"any": [worse, {"all": [worse, {"items": "./colour", "match": {"const": "red"}}]}]}
    found = compare(forms.form(needed_where(worse)), forms.form(needed_where(either)))
    assert [(reason.about, reason.how) for reason in found.reasons] == [
        ("acceptance", "proof"),
        ("outcome", "structure"),
    ]
    assert found.kind == "minor"


def test_what_is_required_more_often_is_shown_by_a_response() -> None:
    def needed_where(when: forms.Document) -> forms.Document:
        return changed(lambda document: put(item(document, "more", "remarks")["x-form"], required=when))

    worse = {"items": "./worse", "match": {"const": "yes"}}
    either = {"any": [worse, {"items": "./colour", "match": {"const": "red"}}]}
    found = compare(forms.form(needed_where(worse)), forms.form(needed_where(either)))
    assert found.kind == "major"
    assert found.counter_example is not None
    assert found.counter_example.refused == ("Remarks: This must be answered.",)


def test_limits_to_a_judgement_in_other_words_are_proved_to_be_the_same() -> None:
    young = {"condition": "young"}
    found = []
    for when in (young, {"not": {"not": young}}, {"not": young}):
        limits = [{"atLeast": "suggested", "when": when}]
        new = changed(lambda document, limits=limits: put(risk(document)["judgement"], may=limits))  # type: ignore[misc]
        found.append(forms.form(new))
    assert compare(found[0], found[1]).kind == "minor"
    assert compare(found[0], found[2]).kind == "major"
