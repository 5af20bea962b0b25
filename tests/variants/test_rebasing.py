"""A variant is carried over to a newer base, and whatever both changed is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from cse_forms.errors import CseFormsError
from cse_forms.schema.variant import VariantFile
from cse_forms.variants.merging import Answer
from cse_forms.variants.questions import question_of, to_dict
from cse_forms.variants.rebasing import Rebased, next_version, rebase
from tests.forms import Document, choice, text
from tests.variants.sample import WHY, Edit, built, national, variant

KEEP, TAKE = Answer(choice="keep"), Answer(choice="take")
OURS = {"change": "/told/how", "set": {"title": "By which way?"}}


def carried(made: VariantFile, edit: Edit, answers: Mapping[str, Answer] | None = None) -> Rebased:
    return rebase(made, national(), national(edit, version="1.1.0"), version="1.1.0", answers=answers)


def how(form: Document) -> Any:
    return form["properties"]["told"]["properties"]["how"]


def test_what_the_base_alone_changed_is_in_the_variant() -> None:
    def edit(form: Document) -> None:
        form["properties"]["told"]["properties"]["nurse"] = how(form) | {"title": "Nurse"}
        form["properties"]["child"]["title"] = "The child"

    came = carried(variant(OURS), edit)
    assert came.conflicts == ()
    assert came.variant is not None
    made = built(came.variant, national(edit, version="1.1.0"))
    assert how(made)["title"] == "By which way?"
    assert made["properties"]["told"]["properties"]["nurse"]["title"] == "Nurse"
    assert made["properties"]["child"]["title"] == "The child"
    assert made["x-form"]["base"]["version"] == "1.1.0"
    assert [(one.part, one.because) for one in came.variant.operations] == [("/told/how", WHY)]


@pytest.mark.parametrize(
    ("answer", "title", "left"),
    [(KEEP, "By which way?", 1), (TAKE, "In what way", 0), (Answer(choice="write", text="Which way"), "Which way", 1)],
)
def test_a_text_that_both_worded_is_asked_and_answered(answer: Answer, title: str, left: int) -> None:
    def edit(form: Document) -> None:
        how(form)["title"] = "In what way"

    asked = carried(variant(OURS), edit)
    assert (asked.variant, asked.built) == (None, None)
    (question,) = asked.open
    assert question.id == "/told/how:title"
    words = question_of(question)
    assert all(said in words for said in ("'In what way' (/told/how)", "How", "By which way?", "write another"))
    assert to_dict(question)["yours"] == {"title": "By which way?"}
    came = carried(variant(OURS), edit, {question.id: answer})
    assert came.variant is not None
    assert how(built(came.variant, national(edit, version="1.1.0")))["title"] == title
    assert len(came.variant.operations) == left
    assert len(came.dropped) == 1 - left


def rule_of(form: Document) -> Any:
    return form["x-form"]["assessments"][0]["rules"][0]


OVERLAPS: dict[str, tuple[Document, Edit, str]] = {
    "two halves of one rule": (
        {"change": "assessments/risk/rules/late", "set": {"level": "high"}},
        lambda form: rule_of(form).update(when={"items": "/told/police", "match": {"const": True}}),
        "assessments/risk/rules/late:meaning",
    ),
    "two halves of one condition": (
        {"change": "conditions/late", "set": {"atLeast": 1}},
        lambda form: form["x-form"]["conditions"]["late"].update(match={"const": "no"}),
        "conditions/late:meaning",
    ),
    "two bounds of one number": (
        {"change": "/child/age", "set": {"minimum": 10}},
        lambda form: form["properties"]["child"]["properties"]["age"].update(maximum=9),
        "/child/age:answer",
    ),
    "left out here and changed there": (
        {"remove": "/told/how"},
        lambda form: how(form)["oneOf"].append({"const": "visit", "title": "Visit"}),
        "/told/how:left-out",
    ),
    "changed here and left out there": (
        OURS,
        lambda form: form["properties"]["told"]["properties"].pop("how"),
        "/told/how:left-out",
    ),
    "changed within what is left out there": (
        {"change": "/told/how/options/letter", "set": {"title": "By letter"}},
        lambda form: form["properties"].pop("told") and form["x-form"]["assessments"][0].pop("adjustments"),
        "/told:left-out",
    ),
    "added twice under one name": (
        {"add": "/told/nurse", "value": {"title": "Nurse", "type": "string"}},
        lambda form: form["properties"]["told"]["properties"].update(nurse=how(form) | {"title": "Nurse"}),
        "/told/nurse:added",
    ),
    "two levels in one place": (
        {"add": "assessments/risk/levels/raised", "value": {"id": "raised", "title": "Raised"}},
        lambda form: form["x-form"]["assessments"][0]["levels"].append(
            form["x-form"]["assessments"][0]["levels"][0] | {"id": "severe", "title": "Severe"}
        ),
        "assessments/risk:order-of-levels",
    ),
    "moved to two places": (
        {"move": "/told", "before": "/child"},
        lambda form: form.update(properties=dict(reversed(form["properties"].items()))),
        "form:order-of-questions",
    ),
    "a word taken out here and changed there": (
        {"change": "prompts/call", "set": {"when": None}},
        lambda form: form["x-form"]["prompts"][0].update(urgency="immediate"),
        "prompts/call:meaning",
    ),
}


@pytest.mark.parametrize("name", OVERLAPS)
def test_what_overlaps_is_never_settled_silently(name: str) -> None:
    operation, edit, identifier = OVERLAPS[name]
    asked = carried(variant(operation), edit)
    assert [question.id for question in asked.open] == [identifier]
    assert question_of(asked.open[0]).endswith("?")
    assert asked.variant is None
    taken = carried(variant(operation), edit, {identifier: TAKE})
    assert taken.variant is not None
    newer = national(edit, version="1.1.0")
    # What was taken is the base's own, so that the variant is none but for its name; where both added, both stand.
    same = built(variant(base=newer, version="1.1.0"), newer)
    if name != "two levels in one place":
        assert json.dumps(built(taken.variant, newer)) == json.dumps(same)
    kept = carried(variant(operation), edit, {identifier: KEEP})
    assert kept.built is not None
    assert kept.variant is None or json.dumps(built(kept.variant, newer)) != json.dumps(same)
    # Of the section as a whole nobody gave a reason before.
    reason = f"Kept when {newer.id} 1.1.0 became the base." if identifier == "/told:left-out" else WHY
    assert kept.variant is None or {one.because for one in kept.variant.operations} == {reason}


def test_a_rule_is_asked_about_without_the_marks_of_a_program() -> None:
    operation, edit, _ = OVERLAPS["two halves of one rule"]
    (question,) = carried(variant(operation), edit).open
    words = question_of(question)
    assert not set(words) & set('{}[]"')
    assert "The base has changed the conditions or numbers of the rule" in words
    assert "when items /told/police, match (const true)" in words
    assert words.endswith("Keep yours, or take the base's?")


def test_lists_of_things_that_stand_for_themselves_are_joined() -> None:
    operation = {"change": "/told", "set": {"required": ["parent"]}}
    came = carried(variant(operation), lambda form: form["properties"]["told"].update(required=["police"]))
    assert came.variant is not None
    made = built(came.variant, national(lambda form: form["properties"]["told"].update(required=["police"]),
                                        version="1.1.0"))  # fmt: skip
    assert made["properties"]["told"]["required"] == ["police", "parent"]


def test_what_the_base_now_says_itself_is_no_longer_needed() -> None:
    came = carried(variant(OURS), lambda form: how(form).update(title="By which way?"))
    assert came.variant is not None
    assert came.variant.operations == ()
    assert [operation.part for operation in came.dropped] == ["/told/how"]


def test_a_form_that_would_not_be_sound_is_not_written_and_a_change_of_ones_own_can_be_given_up() -> None:
    def edit(form: Document) -> None:
        rule_of(form)["when"] = {"items": "/told/how", "match": {"const": "letter"}}

    came = carried(variant({"remove": "/told/how"}), edit)
    assert (came.variant, came.open) == (None, ())
    assert came.built is not None
    assert "/told/how" in came.built.faults[0].message
    given_up = carried(variant({"remove": "/told/how"}), edit, {"/told/how": TAKE})
    assert given_up.variant is not None
    assert given_up.variant.operations == ()


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"/told/how:titel": KEEP}, "did you mean '/told/how:title'?"),
        ({"/told/how": KEEP}, "the only answer to it is 'take'"),
        ({"x": KEEP}, "'x' is not in question"),
    ],
)
def test_an_answer_to_no_question_is_refused(answers: dict[str, Answer], told: str) -> None:
    with pytest.raises(CseFormsError, match="in question") as raised:
        carried(variant(OURS), lambda form: how(form).update(title="In what way"), answers)
    assert told in str(raised.value)


def test_only_a_single_text_can_be_written_anew() -> None:
    operation, edit, identifier = OVERLAPS["two halves of one rule"]
    with pytest.raises(CseFormsError, match="answer 'keep' or 'take'"):
        carried(variant(operation), edit, {identifier: Answer(choice="write", text="high")})


def test_a_new_question_beside_one_of_our_own_stands_beside_it() -> None:
    add = {"add": "/told/nurse", "after": "/told/parent", "value": {"title": "Nurse", "type": "string"}}

    def edit(form: Document) -> None:
        told = form["properties"]["told"]["properties"]
        added = choice("yes", "no") | {"title": "Aunt", "x-form": text(provenance={"derived": "New."})["x-form"]}
        form["properties"]["told"]["properties"] = {"parent": told.pop("parent"), "aunt": added, **told}

    came = carried(variant(add), edit)
    assert came.variant is not None
    made = built(came.variant, national(edit, version="1.1.0"))
    assert list(made["properties"]["told"]["properties"]) == ["parent", "nurse", "aunt", "police", "how"]


@pytest.mark.parametrize(
    ("own", "base", "newer", "expected"),
    [("2.3.1", "1.0.0", "1.1.0", "2.4.0"), ("1.0.0", "1.0.0", "3.0.0", "2.0.0"), ("1.0.1", "1.0.0", "1.0.4", "1.0.2")],
)
def test_the_version_goes_up_as_that_of_the_base_does(own: str, base: str, newer: str, expected: str) -> None:
    assert next_version(own, base, newer) == expected


def test_a_variant_that_does_not_fit_its_own_base_is_not_carried_over() -> None:
    with pytest.raises(CseFormsError, match="must be mended first: /operations/0"):
        carried(variant({"change": "/told", "set": {"required": 5}}), lambda form: None)


def test_what_other_changes_need_is_not_given_up() -> None:
    add = {"add": "/told/nurse", "value": {"title": "Nurse", "type": "string"}}
    beside = {"add": "/told/aunt", "after": "/told/nurse", "value": {"title": "Aunt", "type": "string"}}
    with pytest.raises(CseFormsError, match="need what is given up"):
        carried(variant(add, beside), lambda form: None, {"/told/nurse": TAKE})
