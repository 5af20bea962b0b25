"""The rules that follow from `showWhen` and `required`: what a stock validator asks for, and where they are written."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest

from cse_forms.thresholds.as_schema import derived_rules, unsaid, with_derived_rules
from tests import forms

YES = {"const": "yes"}
TRUE = {"const": True}
AT_GATE = {"items": "/gate", "match": YES}


def gate_and(asked: Any, **properties: Any) -> forms.Document:
    return forms.definition({"gate": forms.choice("yes", "no", "not-known"), **properties, "asked": asked})


def rules(document: forms.Document) -> dict[str, list[Any]]:
    return derived_rules(forms.load(document))


def asks(document: forms.Document, answers: Any) -> bool:
    """Whether a stock validator asks for something; every document here asks for nothing without its rules."""
    definition = forms.load(document)
    schema = with_derived_rules(definition)
    assert jsonschema.Draft202012Validator(dict(definition.schema)).is_valid(answers)
    return not jsonschema.Draft202012Validator(schema).is_valid(answers)


def test_a_question_that_is_required_where_it_is_shown_has_one_rule() -> None:
    assert rules(gate_and(forms.text(required=True, showWhen=AT_GATE))) == {
        "": [
            {
                "$comment": "Derived from x-form: asked",
                "if": {"properties": {"gate": {"const": "yes"}}, "required": ["gate"]},
                "then": {"required": ["asked"], "properties": {"asked": {"minLength": 1}}},
            }
        ]
    }


def test_a_question_that_is_required_on_a_condition_has_the_same_rule() -> None:
    shown = rules(gate_and(forms.tick(required=True, showWhen=AT_GATE)))
    assert rules(gate_and(forms.tick(required=AT_GATE))) == shown
    assert shown[""][0]["then"] == {"required": ["asked"]}


def test_a_question_that_is_only_shown_at_times_has_none() -> None:
    assert rules(gate_and(forms.text(showWhen=AT_GATE))) == {}


def test_a_condition_and_the_showing_of_question_and_section_must_all_hold() -> None:
    inner = forms.text(required={"items": "./a", "match": YES}, showWhen={"items": "./b", "match": YES})
    part = forms.section({"a": forms.choice("yes"), "b": forms.choice("yes"), "inner": inner}, showWhen=AT_GATE)
    document = forms.definition({"gate": forms.choice("yes", "no"), "part": part})
    whole = {"gate": "yes", "part": {"a": "yes", "b": "yes"}}
    assert list(rules(document)) == [""]
    assert asks(document, whole)
    assert not asks(document, whole | {"gate": "no"})
    assert not asks(document, whole | {"part": {"a": "yes"}})
    assert not asks(document, whole | {"part": {"b": "yes"}})
    assert not asks(document, whole | {"part": {"a": "yes", "b": "yes", "inner": "x"}})


MATCHES: list[tuple[Any, Any, list[Any], list[Any]]] = [
    (forms.choice("yes", "no", "not-known"), YES, ["yes"], ["no", "not-known"]),
    (forms.choice("yes", "no", "not-known"), {"const": "not-known"}, ["not-known"], ["yes", "no"]),
    (forms.choice("yes", "no", "not-known"), {"enum": ["yes", "not-known"]}, ["yes", "not-known"], ["no"]),
    (forms.choice("yes", "no", "not-known"), {"not": YES}, ["no"], ["yes", "not-known"]),
    (forms.choice("yes", "no", "not-known"), {"answered": True}, ["yes", "no", "not-known"], []),
    (forms.tick(), TRUE, [True], [False]),
    (forms.tick(), {"const": False}, [False], [True]),
    (forms.integer(), {"minimum": 2}, [2, 3], [1]),
    (forms.integer(), {"minimum": 2, "maximum": 3}, [2, 3], [1, 4]),
    (forms.number(), {"exclusiveMinimum": 2}, [2.5], [2]),
    (forms.number(), {"enum": [1, 2]}, [1.0, 2], [3]),
    (forms.integer(), {"answered": True}, [0], []),
    (forms.date(), {"const": "2026-03-31"}, ["2026-03-31"], ["2026-04-01"]),
    (forms.date(), {"answered": True}, ["2026-03-31"], []),
    (forms.text(), {"answered": True}, ["x", " "], [""]),
    (forms.text(), {"answered": False}, [""], ["x"]),
    (forms.choices("a", "b"), {"answered": True}, [["a"], []], []),
]


@pytest.mark.parametrize(("question", "match", "certain", "other"), MATCHES)
def test_the_answers_that_ask_for_another_are_those_that_certainly_match(
    question: Any, match: Any, certain: list[Any], other: list[Any]
) -> None:
    document = forms.definition({"q": question, "asked": forms.text(required={"items": "/q", "match": match})})
    assert [asks(document, {"q": answer}) for answer in certain] == [True] * len(certain)
    assert [asks(document, {"q": answer}) for answer in other] == [False] * len(other)


@pytest.mark.parametrize(
    ("question", "match", "expected"),
    [
        (forms.tick(), {"const": False}, True),
        (forms.tick(), TRUE, False),
        (forms.tick(), {"answered": True}, True),
        (forms.text(), {"answered": False}, True),
        (forms.integer(), {"answered": False}, True),
        (forms.integer(), {"minimum": 0}, False),
        (forms.choice("yes", "no"), {"enum": ["yes", "no"]}, True),
        (forms.choice("yes", "not-known"), {"enum": ["yes", "not-known"]}, False),
        (forms.choice("yes", "no") | {"default": "no"}, {"const": "no"}, True),
    ],
)
def test_a_blank_asks_for_another_answer_where_it_certainly_matches(question: Any, match: Any, expected: bool) -> None:
    document = forms.definition({"q": question, "asked": forms.text(required={"items": "/q", "match": match})})
    assert asks(document, {}) is expected


def test_a_question_that_blanks_ask_for_is_asked_for_where_its_whole_section_is_missing() -> None:
    asked = forms.text(required={"items": "./box", "match": {"const": False}})
    part = forms.section({"box": forms.tick(), "asked": asked})
    document = forms.definition({"part": part, "rows": forms.table(copy.deepcopy(part))})
    assert list(rules(document)) == ["", "/properties/rows/items"]
    assert asks(document, {})
    assert asks(document, {"part": {}})
    assert not asks(document, {"part": {"box": True}})
    assert not asks(document, {"part": {"box": True}, "rows": []})
    assert asks(document, {"part": {"box": True}, "rows": [{}]})


def pair(condition: Any) -> forms.Document:
    return forms.definition(
        {"p": forms.choice("yes", "no"), "q": forms.choice("yes", "no"), "asked": forms.text(required=condition)}
    )


P, Q = ({"items": f"/{key}", "match": YES} for key in "pq")


@pytest.mark.parametrize(
    ("condition", "asking"),
    [
        ({"all": [P, Q]}, ["yes yes"]),
        ({"any": [P, Q]}, ["yes yes", "yes no", "yes -", "no yes", "- yes"]),
        ({"not": P}, ["no yes", "no no", "no -"]),
        ({"not": {"all": [P, Q]}}, ["yes no", "no yes", "no no", "no -", "- no"]),
        ({"not": {"any": [P, Q]}}, ["no no"]),
        ({"all": [P, {"not": Q}]}, ["yes no"]),
        ({"items": ["/p", "/q"], "match": YES}, ["yes yes", "yes no", "yes -", "no yes", "- yes"]),
        ({"items": ["/p", "/q"], "match": YES, "every": True}, ["yes yes"]),
        ({"not": {"items": ["/p", "/q"], "match": YES, "every": True}}, ["yes no", "no yes", "no no", "no -", "- no"]),
    ],
)
def test_what_joins_conditions_asks_where_the_whole_certainly_holds(condition: Any, asking: list[str]) -> None:
    document = pair(condition)
    found = []
    for p in ("yes", "no", "-"):
        for q in ("yes", "no", "-"):
            answers = {key: value for key, value in (("p", p), ("q", q)) if value != "-"}
            if asks(document, answers):
                found.append(f"{p} {q}")
    assert found == asking


def test_a_wildcard_asks_about_each_row_of_a_matrix() -> None:
    sign = forms.section({"present": forms.choice("yes", "no", "not-known")})
    document = forms.definition(
        {
            "signs": forms.matrix({"a": forms.shape("sign"), "b": forms.shape("sign")}),
            "asked": forms.text(required={"items": "/signs/*/present", "match": YES}),
        },
        defs={"sign": sign},
    )
    assert asks(document, {"signs": {"b": {"present": "yes"}}})
    assert not asks(document, {"signs": {"a": {"present": "no"}, "b": {"present": "not-known"}}})


def added(condition: Any) -> forms.Document:
    row = {"type": "object", "properties": {"x": forms.tick(), "y": forms.choice("yes", "no")}}
    return forms.definition({"rows": forms.table(row), "asked": forms.text(required=condition)})


@pytest.mark.parametrize(
    ("condition", "asking", "quiet"),
    [
        ({"items": "/rows/*/x", "match": TRUE}, [[{"x": False}, {"x": True}]], [[], [{}], [{"x": False}], None]),
        ({"items": "/rows/*/y", "match": YES}, [[{}, {"y": "yes"}]], [[], [{}], [{"y": "no"}], None]),
        ({"items": "/rows/*/x", "match": TRUE, "every": True}, [[], [{"x": True}], None], [[{"x": True}, {}]]),
        ({"not": {"items": "/rows/*/x", "match": TRUE}}, [[], [{}], [{"x": False}], None], [[{}, {"x": True}]]),
        (
            {"items": "/rows/*/x", "match": {"const": False}},
            [[{}], [{"x": True}, {"x": False}]],
            [[], [{"x": True}], None],
        ),
    ],
)
def test_a_wildcard_asks_about_every_row_that_was_added(condition: Any, asking: list[Any], quiet: list[Any]) -> None:
    document = added(condition)
    for rows in asking:
        assert asks(document, {} if rows is None else {"rows": rows}), rows
    for rows in quiet:
        assert not asks(document, {} if rows is None else {"rows": rows}), rows


def test_of_a_blank_table_without_a_default_nothing_is_certain() -> None:
    document = added({"items": "/rows/*/x", "match": TRUE, "every": True})
    del document["properties"]["rows"]["default"]
    assert asks(document, {"rows": []})
    assert not asks(document, {})


def test_a_pointer_to_all_rows_asks_in_each_row_what_any_row_calls_for() -> None:
    row = {"x": forms.tick(), "asked": forms.text(required={"items": "/rows/*/x", "match": TRUE})}
    document = forms.definition({"rows": forms.table({"type": "object", "properties": row})})
    assert list(rules(document)) == [""]
    assert asks(document, {"rows": [{"x": True, "asked": "here"}, {}]})
    assert not asks(document, {"rows": [{"x": True, "asked": "here"}, {"asked": "there"}]})
    assert not asks(document, {"rows": [{}, {"x": False}]})


NOTES = {"present": forms.tick(), "notes": forms.text(required=True, showWhen={"items": "./present", "match": TRUE})}


def test_the_rows_of_one_shape_share_their_rule() -> None:
    row = forms.section(NOTES)
    document = forms.definition(
        {
            "matrix": forms.matrix({"a": forms.shape("row"), "b": forms.shape("row")}),
            "table": forms.table(forms.shape("row")),
        },
        defs={"row": row},
    )
    assert list(rules(document)) == ["/$defs/row"]
    assert len(rules(document)["/$defs/row"]) == 1
    assert asks(document, {"matrix": {"b": {"present": True}}})
    assert asks(document, {"table": [{}, {"present": True}]})


def test_what_is_asked_for_in_each_row_does_not_ask_for_rows() -> None:
    row = {"type": "object", "properties": {"x": forms.tick(), "asked": forms.text(required=AT_GATE)}}
    document = forms.definition({"gate": forms.choice("yes", "no"), "rows": forms.table(row)})
    assert not asks(document, {"gate": "yes"})
    assert not asks(document, {"gate": "yes", "rows": []})
    assert not asks(document, {"gate": "yes", "rows": [{"asked": "x"}]})
    assert asks(document, {"gate": "yes", "rows": [{"asked": "x"}, {"x": True}]})
    assert not asks(document, {"gate": "no", "rows": [{}]})


def test_a_row_that_is_shown_at_times_has_a_rule_of_its_own() -> None:
    rows = {"a": forms.shape("row"), "b": forms.shape("row", showWhen=AT_GATE)}
    document = forms.definition(
        {"gate": forms.choice("yes", "no"), "matrix": forms.matrix(rows)}, defs={"row": forms.section(NOTES)}
    )
    assert "/$defs/row" not in rules(document)
    assert asks(document, {"matrix": {"a": {"present": True}}})
    assert asks(document, {"gate": "yes", "matrix": {"b": {"present": True}}})
    assert not asks(document, {"gate": "no", "matrix": {"b": {"present": True}}})
    assert not asks(document, {"matrix": {"b": {"present": True}}})


def test_an_answer_that_is_not_asked_for_asks_for_no_other() -> None:
    middle = forms.choice("yes", "no", showWhen=AT_GATE)
    document = gate_and(forms.text(required={"items": "/middle", "match": YES}), middle=middle)
    assert asks(document, {"gate": "yes", "middle": "yes"})
    assert not asks(document, {"gate": "no", "middle": "yes"})
    assert not asks(document, {"gate": "not-known", "middle": "yes"})
    contrary = gate_and(forms.text(required={"not": {"items": "/middle", "match": YES}}), middle=middle)
    assert asks(contrary, {"gate": "no", "middle": "yes"})
    assert asks(contrary, {"gate": "yes", "middle": "no"})
    assert not asks(contrary, {"gate": "yes", "middle": "yes"})


ROW_AND_GATE = {"all": [{"items": "./present", "match": TRUE}, AT_GATE]}


@pytest.mark.parametrize(
    "document",
    [
        forms.definition(
            {"q": forms.tick(), "asked": forms.text(required={"measure": "count", "match": {"minimum": 1}})},
            measures={"count": {"count": {"items": "/q", "match": TRUE}}},
        ),
        pair({"items": ["/p", "/q"], "match": YES, "atLeast": 2}),
        pair({"items": ["/p", "/q"], "match": YES, "atMost": 1}),
        added({"items": "/rows/*/y", "match": YES, "when": {"items": "./x", "match": TRUE}}),
        forms.definition({"q": forms.text(), "asked": forms.text(required={"items": "/q", "match": {"minLength": 3}})}),
        forms.definition(
            {
                "q": forms.choices("a", "b"),
                "asked": forms.text(required={"items": "/q", "match": {"contains": {"const": "a"}}}),
            }
        ),
        forms.definition(
            {
                "gate": forms.choice("yes", "no"),
                "asked": forms.table(
                    {"type": "object", "properties": NOTES | {"notes": forms.text(required=ROW_AND_GATE)}}
                ),
            }
        ),
    ],
)
def test_what_a_schema_has_no_words_for_has_no_rule_and_the_library_knows_of_it(document: forms.Document) -> None:
    definition = forms.load(document)
    assert derived_rules(definition) == {}
    assert [question.keys[0] for question in unsaid(definition)] == ["asked"]


def test_a_form_that_requires_nothing_at_times_leaves_nothing_unsaid() -> None:
    assert unsaid(forms.load(gate_and(forms.text()))) == ()
