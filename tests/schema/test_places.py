"""The items of a definition with their shapes filled in, and the selectors that name them."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.schema.places import Place, expand, select
from tests.forms import INVENTED, definition, matrix, section, shape, table, text
from tests.schema.sample import sample


def places(document: dict[str, Any]) -> dict[str, Place]:
    return {place.pointer: place for place in expand(document).walk()}


DOCUMENT = definition(
    {
        "child": section({"name": text(), "more": section({"note": text()})}),
        "rows": matrix(
            {
                "first": shape("row", tags=["own"], hint={"note": "First."}),
                "second": shape("short"),
                "added": table({"$ref": "#/$defs/row"}),
            }
        ),
    },
    defs={
        "row": section({"present": text(tags=["shaped"]), "note": text()}, tags=["shaped"], number="7"),
        "short": shape("row", tags=["short"]),
    },
)


# --- filling in shapes ---------------------------------------------------------------------------------------


def test_every_item_stands_in_the_order_of_the_form() -> None:
    assert list(places(DOCUMENT)) == [
        "",
        "/child",
        "/child/name",
        "/child/more",
        "/child/more/note",
        "/rows",
        "/rows/first",
        "/rows/first/present",
        "/rows/first/note",
        "/rows/second",
        "/rows/second/present",
        "/rows/second/note",
        "/rows/added",
        "/rows/added/*",
        "/rows/added/*/present",
        "/rows/added/*/note",
    ]


def test_the_words_of_an_item_merge_with_those_of_its_shape_key_by_key_and_its_own_win() -> None:
    row = places(DOCUMENT)["/rows/first"]
    assert row.words == {"tags": ["own"], "number": "7", "hint": {"note": "First."}, "provenance": INVENTED}
    assert (row.schema["title"], row.schema["type"]) == ("First", "object")


def test_a_shape_may_take_its_words_from_another_shape() -> None:
    row = places(DOCUMENT)["/rows/second"]
    assert row.words == {"tags": ["short"], "number": "7", "provenance": INVENTED}
    assert list(row.children) == ["present", "note"]


def test_filling_in_changes_nothing_in_the_document() -> None:
    document = sample()
    expand(document)
    assert document == sample()


def test_an_item_is_written_where_it_stands_and_what_it_holds_with_its_shape() -> None:
    found = places(DOCUMENT)
    assert found["/rows/first"].at == "/properties/rows/properties/first"
    assert found["/rows/first"].inside == "/$defs/row"
    assert found["/rows/first/note"].at == "/$defs/row/properties/note"
    assert found["/rows/added"].inside == "/properties/rows/properties/added"
    assert found["/rows/added/*"].at == "/properties/rows/properties/added/items"
    assert found["/rows/added/*/note"].at == "/$defs/row/properties/note"
    assert found["/child/more/note"].at == "/properties/child/properties/more/properties/note"


def test_an_item_knows_what_holds_it() -> None:
    found = places(DOCUMENT)
    assert found["/rows/added/*/note"].holder is found["/rows/added/*"]
    assert found["/child"].holder is found[""]
    assert found[""].holder is None


def test_options_are_no_rows() -> None:
    assert places(sample())["/child/languages"].children == {}
    assert places(sample())["/child/languages"].is_question


def test_a_section_without_questions_asks_nothing() -> None:
    found = places(definition({"empty": section({})}))
    assert not found["/empty"].is_question


@pytest.mark.parametrize(
    "shapes",
    [
        {},
        {"row": shape("row")},
        {"row": shape("other"), "other": shape("row")},
        {"row": section({"again": shape("row")})},
        {"row": section({"again": shape("other")}), "other": section({"again": shape("row")})},
        {"row": 7},
    ],
    ids=["no shape", "itself", "one another", "within itself", "within one another", "no object"],
)
def test_references_that_lead_nowhere_or_in_a_circle_come_to_an_end(shapes: dict[str, Any]) -> None:
    found = places({"properties": {"a": {"$ref": "#/$defs/row"}}, "$defs": shapes})
    assert 2 <= len(found) <= 4


@pytest.mark.parametrize(
    "malformed",
    [None, 7, "text", [], {"properties": 7}, {"properties": {"a": 7}}, {"type": "array", "items": 7}, {"x-form": 7}],
    ids=repr,
)
def test_what_is_malformed_is_passed_over(malformed: Any) -> None:
    found = places({"properties": {"bad": malformed, "good": {"type": "string"}}, "$defs": malformed})
    assert "/good" in found
    assert found["/good"].words == {}


# --- selectors -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ("/child/name", ["/child/name"]),
        ("/child/*", ["/child/name"]),
        ("/child/*/note", ["/child/more/note"]),
        ("/*/*/note", ["/child/more/note", "/rows/first/note", "/rows/second/note"]),
        ("/rows/*/present", ["/rows/first/present", "/rows/second/present"]),
        ("/rows/added/*/present", ["/rows/added/*/present"]),
        ("/rows/*/*/present", ["/rows/added/*/present"]),
        ("/rows/*/*", ["/rows/first/present", "/rows/first/note", "/rows/second/present", "/rows/second/note"]),
        ("/*", []),
        ("/child", []),
        ("/rows/first", []),
        ("/rows/added/0/present", []),
        ("/nothing", []),
        ("/child/name/first", []),
        ("./name", []),
    ],
)
def test_a_selector_names_the_questions_at_the_end_of_its_path(selector: str, selected: list[str]) -> None:
    assert [place.pointer for place in select(expand(DOCUMENT), selector)] == selected


@pytest.mark.parametrize(
    ("start", "selector", "selected"),
    [
        ("/rows/first", "./present", ["/rows/first/present"]),
        ("/rows/first", "./*", ["/rows/first/present", "/rows/first/note"]),
        ("/rows/added/*", "./note", ["/rows/added/*/note"]),
        ("/rows", "./*/note", ["/rows/first/note", "/rows/second/note"]),
        ("/child", "./more/note", ["/child/more/note"]),
        ("/child", "./present", []),
        ("/child", "/child/name", ["/child/name"]),
    ],
)
def test_a_selector_that_begins_with_a_dot_starts_at_a_row(start: str, selector: str, selected: list[str]) -> None:
    root = expand(DOCUMENT)
    (row,) = [place for place in root.walk() if place.pointer == start]
    assert [place.pointer for place in select(root, selector, row)] == selected


def test_a_key_with_a_slash_is_written_as_a_pointer_writes_it() -> None:
    root = expand({"properties": {"a/b": {"type": "string"}, "m~n": {"type": "string"}}})
    assert [place.keys for place in select(root, "/a~1b")] == [("a/b",)]
    assert [place.keys for place in select(root, "/m~0n")] == [("m~n",)]
    assert [place.at for place in select(root, "/a~1b")] == ["/properties/a~1b"]
