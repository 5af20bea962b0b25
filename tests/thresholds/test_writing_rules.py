"""The rules that follow from `showWhen` and `required`, written into the document and held against it."""

from __future__ import annotations

import copy

import cse_forms
from cse_forms.schema.loading import load_definition
from cse_forms.thresholds.as_schema import disagreements, unsaid, with_derived_rules
from tests import forms

TRUE = {"const": True}
AT_GATE = {"items": "/gate", "match": {"const": "yes"}}
NOTES = {"present": forms.tick(), "notes": forms.text(required=True, showWhen={"items": "./present", "match": TRUE})}


def several_rules() -> forms.Document:
    return forms.definition(
        {
            "gate": forms.choice("yes", "no"),
            "asked": forms.text(required=AT_GATE),
            "part": forms.section({"a": forms.tick(), "b": forms.text(required={"items": "./a", "match": TRUE})}),
            "matrix": forms.matrix({"r": forms.shape("row")}),
        },
        defs={"row": forms.section(NOTES)},
    )


def rewritten(document: forms.Document) -> forms.Document:
    return with_derived_rules(forms.load(document))


def test_writing_the_rules_twice_writes_them_once() -> None:
    once = rewritten(several_rules())
    assert rewritten(once) == once
    assert list(disagreements(forms.load(once))) == []


def test_writing_the_rules_changes_nothing_else() -> None:
    document = several_rules()
    written = rewritten(document)
    for holder in (written, written["properties"]["part"], written["$defs"]["row"]):
        assert len(holder.pop("allOf")) == 1
    assert written == document


def test_the_bytes_of_a_written_document_are_those_of_the_one_before() -> None:
    once = forms.to_bytes(rewritten(several_rules()))
    assert forms.to_bytes(with_derived_rules(load_definition(once, "form.json"))) == once


def test_a_rule_of_the_authors_own_stays_and_stands_first() -> None:
    own = {"if": {"required": ["gate"]}, "then": {"required": ["part"]}}
    document = several_rules() | {"allOf": [own]}
    written = rewritten(document)
    assert written["allOf"][0] == own
    assert len(written["allOf"]) == 2
    assert rewritten(written) == written


def test_a_rule_that_is_missing_outdated_or_left_over_is_a_disagreement() -> None:
    sound = rewritten(several_rules())
    everywhere = ["", "/properties/part", "/$defs/row"]
    assert list(disagreements(forms.load(several_rules()))) == everywhere

    outdated = copy.deepcopy(sound)
    outdated["properties"]["part"]["allOf"][0]["if"]["properties"]["a"] = {"const": False}
    assert list(disagreements(forms.load(outdated))) == ["/properties/part"]

    left_over = copy.deepcopy(sound)
    del left_over["$defs"]["row"]["properties"]["notes"]["x-form"]["required"]
    assert list(disagreements(forms.load(left_over))) == ["/$defs/row"]
    assert "allOf" not in rewritten(left_over)["$defs"]["row"]


def test_the_shipped_definitions_hold_the_rules_that_follow_from_them() -> None:
    for name in cse_forms.Catalogue.shipped().versions():
        definition = cse_forms.get_form(name).definition
        assert list(disagreements(definition)) == []
        assert unsaid(definition) == ()
        assert with_derived_rules(definition) == definition.schema
