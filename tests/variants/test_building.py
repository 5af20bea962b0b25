"""A variant is built to a definition that stands alone, and says of each part that differs that it does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.pointers import keys_in, value_at
from cse_forms.variants.building import build
from tests.forms import Document, definition, load, text
from tests.variants.sample import WHY, built, faults, national, variant

BASE = national()
SCHOOL: Document = {"title": "School", "type": "boolean", "default": False}


def at(document: Document, pointer: str) -> Any:
    return value_at(document, keys_in(document, pointer))


def test_without_operations_it_is_the_base_but_for_what_it_is_called() -> None:
    base = national()
    made = built(variant(), base)
    words = made["x-form"]
    assert words["base"] == {"form": "national", "version": "1.0.0", "digest": base.digest}
    words = {word: value for word, value in words.items() if word != "base"} | {"id": "national"}
    assert made | {"$id": base.schema["$id"], "x-form": words} == base.schema


def test_a_question_is_worded_otherwise_and_says_so_beside_its_source() -> None:
    base = national(lambda form: form["properties"]["told"]["properties"]["how"]["x-form"].update(
        provenance={"source": "source", "section": "Who was told"}
    ))  # fmt: skip
    change = {"change": "/told/how", "set": {"title": "By which way?"}, "was": {"title": "How"}}
    how = at(built(variant(change, base=base), base), "/properties/told/properties/how")
    assert how["title"] == "By which way?"
    assert how["x-form"]["provenance"] == {"source": "source", "section": "Who was told", "derived": WHY}


def test_what_an_operation_says_of_its_provenance_is_left_as_it_is() -> None:
    source = {"id": "own", "title": "Protocol", "file": "protocol.txt"}
    provenance = {"source": "own", "section": "2"}
    change = {"change": "/told/how", "set": {"title": "Way", "x-form": {"provenance": provenance}}}
    made = built(variant(change, sources=[source]))
    assert at(made, "/properties/told/properties/how/x-form/provenance") == provenance
    assert [one["id"] for one in made["x-form"]["sources"]] == ["source", "own"]


@pytest.mark.parametrize(
    ("place", "order"),
    [
        ({}, ["parent", "police", "how", "school"]),
        ({"after": "/told/parent"}, ["parent", "school", "police", "how"]),
        ({"before": "/told/parent"}, ["school", "parent", "police", "how"]),
    ],
)
def test_a_question_is_added_where_it_is_said(place: Document, order: list[str]) -> None:
    made = built(variant({"add": "/told/school", "value": SCHOOL, **place}))
    assert list(at(made, "/properties/told/properties")) == order
    assert at(made, "/properties/told/properties/school/x-form/provenance") == {"derived": WHY}


def test_a_section_is_added_with_all_that_it_holds() -> None:
    inner = {"type": "object", "title": "Own", "properties": {"x": {"title": "X", "type": "string"}}}
    made = built(variant({"add": "/own", "value": inner | {"additionalProperties": False}}))
    assert at(made, "/properties/own/properties/x/x-form/provenance") == {"derived": WHY}


def test_what_is_left_out_is_no_longer_required() -> None:
    made = built(variant({"remove": "/child/name"}))
    assert at(made, "/properties/child/required") == []


def test_parts_are_moved_among_their_neighbours() -> None:
    made = built(variant({"move": "/told/how", "before": "/told/parent"}, {"move": "/told", "after": "/child"}))
    assert list(at(made, "/properties")) == ["child", "told", "signs", "visits"]
    assert list(at(made, "/properties/told/properties")) == ["how", "parent", "police"]


def test_every_kind_of_part_has_a_name() -> None:
    rule = {"id": "many", "measure": "signs", "bands": [{"from": 2, "level": "high"}], "because": "Many signs."}
    visit = {"const": "visit", "title": "A visit"}
    made = built(
        variant(
            {"change": "form", "set": {"title": "Our form"}},
            {"add": "/told/how/options/visit", "after": "/told/how/options/letter", "value": visit},
            {"change": "/visits/*/where", "set": {"title": "Which place"}},
            {"change": "shapes/sign/seen/options/yes", "set": {"title": "Yes, it was"}},
            {"change": "conditions/late", "set": {"atLeast": 1}},
            {"add": "assessments/risk/rules/many", "value": rule},
            {"change": "assessments/risk/levels/high", "set": {"interventions": ["Call."]}},
            {"change": "assessments/risk/otherwise", "set": {"because": "No sign."}},
            {"remove": "assessments/risk/adjustments/police"},
            {"change": "prompts/call", "set": {"urgency": "immediate"}},
            {"change": "sources/source", "set": {"note": "A summary."}},
        )
    )  # fmt: skip
    risk = at(made, "/x-form/assessments/0")
    assert (made["title"], made["x-form"]["sources"][0]["note"]) == ("Our form", "A summary.")
    assert [one["const"] for one in at(made, "/properties/told/properties/how/oneOf")] == [
        "letter",
        "visit",
        "telephone",
    ]
    assert at(made, "/properties/visits/items/properties/where/title") == "Which place"
    assert at(made, "/$defs/sign/properties/seen/oneOf/0/title") == "Yes, it was"
    assert made["x-form"]["conditions"]["late"]["atLeast"] == 1
    assert [one["id"] for one in risk["rules"]] == ["late", "many"]
    assert "adjustments" not in risk
    assert (risk["levels"][2]["interventions"], risk["otherwise"]["because"]) == (["Call."], "No sign.")
    assert made["x-form"]["prompts"][0]["urgency"] == "immediate"


def test_the_derived_rules_are_those_of_the_variant() -> None:
    asked = {"x-form": {"required": True, "showWhen": {"items": "/told/police", "match": {"const": True}}}}
    assert "allOf" not in national().schema["properties"]["told"]
    made = built(variant({"change": "/told/how", "set": asked}))
    assert at(made, "/properties/told/allOf/0/then/required") == ["how"]


@pytest.mark.parametrize(
    ("operation", "pointer", "told"),
    [
        ({"remove": "/told/polise"}, "/operations/0/remove", "the base has no '/told/polise'; did you mean 'police'?"),
        ({"remove": "form"}, "/operations/0/remove", "neither added, removed nor moved"),
        ({"remove": "prompts/ring"}, "/operations/0/remove", "the base has no 'prompts/ring'"),
        ({"remove": "/told/how/x/y"}, "/operations/0/remove", "the base has no '/told/how/x'"),
        ({"change": "assessments/risk/bands/x", "set": {"a": 1}}, "/operations/0/change", "holds nothing"),
        ({"add": "/told/how", "value": SCHOOL}, "/operations/0/add", "there is already a part '/told/how'"),
        ({"add": "/own", "value": {"title": 3}}, "/operations/0/value/title", "this must be"),
        ({"add": "/told/x", "value": SCHOOL, "after": "/child/name"}, "/operations/0/after", "stands elsewhere"),
        ({"add": "/told/x", "value": SCHOOL, "after": "/told/z"}, "/operations/0/after", "the base has no '/told/z'"),
        ({"move": "/told/how", "after": "/told/how"}, "/operations/0/after", "the base has no '/told/how'"),
        ({"add": "prompts/x", "value": {"id": "y"}}, "/operations/0/value", "its 'id' must be 'x'"),
        (
            {"change": "/told/how", "set": {"title": "A"}, "was": {"title": "B"}},
            "/operations/0/was/title",
            "title says something else there",
        ),
        ({"change": "/told/how", "set": {"title": "A"}, "was": {"lines": 1}}, "/operations/0/was/lines", "take it out"),
        ({"change": "/told", "set": {"properties": {}}}, "/operations/0/set/properties", "names of their own"),
        ({"change": "/told/how", "set": {"oneOf": []}}, "/operations/0/set/oneOf", "names of their own"),
        ({"change": "/visits", "set": {"items": {"type": "object"}}}, "/operations/0/set/items", "names of their own"),
        ({"change": "/told/how", "set": {"x-form": None}}, "/operations/0/set/x-form", "name the words"),
        ({"change": "form", "set": {"x-form": {"version": "2.0.0"}}}, "/operations/0/set/x-form/version", "says this"),
        ({"change": "prompts/call", "set": {"id": "ring"}}, "/operations/0/set/id", "remove it, and add"),
        ({"change": "/told/how", "set": {"titel": "A"}}, "/operations/0", "'titel'"),
        ({"change": "/told/how", "set": {"title": 3}}, "/operations/0", "at /properties/told/properties/how/title"),
        ({"remove": "/told/police"}, "", "/told/police"),
    ],
    ids=json.dumps,
)  # fmt: skip
def test_what_cannot_be_done_is_told_where_it_stands(operation: Document, pointer: str, told: str) -> None:
    found = faults(variant(operation))
    assert pointer in [where for where, _ in found]
    assert any(told in message for _, message in found)


def test_every_operation_at_fault_is_told_at_once() -> None:
    found = faults(variant({"remove": "/x"}, {"change": "/told", "set": {"title": "T"}}, {"remove": "/y"}))
    assert [where for where, _ in found] == ["/operations/0/remove", "/operations/2/remove"]


def test_a_variant_needs_an_id_of_its_own() -> None:
    assert faults(variant(id="national"))[0][0] == "/id"


def test_the_base_is_left_as_it_is() -> None:
    base = national()
    before = json.dumps(base.schema)
    built(variant({"change": "/told", "set": {"title": "T"}}, {"remove": "/child/age"}, base=base), base)
    assert json.dumps(base.schema) == before


def test_a_variant_of_a_variant_names_the_one_below_it() -> None:
    below = load(built(variant()))
    made = built(variant({"remove": "/visits"}, base=below, id="ward"), below)
    assert made["x-form"]["base"] == {"form": "council", "version": "1.0.0", "digest": below.digest}


def test_many_operations_are_done_in_bounded_time() -> None:
    base = load(definition({f"q{number}": text() for number in range(900)}, id="national"))
    moves = [{"move": f"/q{number}", "before": f"/q{number - 1}"} for number in range(1, 900)]
    made = built(variant(*moves, base=base), base)
    assert list(made["properties"])[-1] == "q0"


PARTS = [
    *("form", "/told", "/told/how", "/visits", "/visits/*", "/own", "shapes/sign", "conditions/late", "conditions/own"),
    *("measures/signs", "assessments/risk", "assessments/own", "assessments/risk/rules/late", "prompts/own"),
    *("assessments/risk/otherwise", "sources/own", "/told/how/options/letter", "/child/name/options/x", "//", "/~2/*"),
]
WORDS = [
    "title",
    "type",
    "required",
    "items",
    "oneOf",
    "properties",
    "x-form",
    "allOf",
    "default",
    "$ref",
    "id",
    "const",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "string", "array", "letter"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from(["add", "change", "remove"]),
    st.sampled_from(PARTS),
    st.dictionaries(st.sampled_from(WORDS), JSON, min_size=1, max_size=4),
)
def test_whatever_an_operation_says_it_is_done_or_told(action: str, part: str, said: Document) -> None:
    given_words = {"add": {"value": said}, "change": {"set": said}, "remove": {}}[action]
    found = build(variant({action: part, **given_words}, base=BASE), BASE)
    assert (found.definition is None) == bool(found.faults)
    assert all(fault.pointer == "" or fault.pointer.startswith("/operations/0") for fault in found.faults)
