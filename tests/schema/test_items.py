"""The frozen items of a checked definition, and what each of them says."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cse_forms.schema.definition import Definition
from cse_forms.schema.items import NO_DEFAULT, Item, Kind, Question, Section, Table
from tests.forms import (
    Document,
    choice,
    choices,
    date,
    definition,
    integer,
    load,
    matrix,
    needed,
    number,
    section,
    shape,
    table,
    text,
    tick,
)
from tests.schema.sample import sample


def items(loaded: Definition) -> dict[str, Item]:
    return {item.pointer: item for item in loaded.walk()}


def question(document: Document, pointer: str = "/a") -> Question:
    return load(document).questions[pointer]


# --- kinds, options, defaults --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        (text(), Kind.TEXT),
        (date(), Kind.DATE),
        (integer(), Kind.INTEGER),
        (number(), Kind.NUMBER),
        (tick(), Kind.TICK),
        (choice("yes", "no"), Kind.CHOICE),
        (choices("yes", "no"), Kind.CHOICES),
    ],
)
def test_a_question_is_of_the_kind_that_its_schema_says(schema: Document, kind: Kind) -> None:
    found = question(definition({"a": schema}))
    assert found.kind is kind
    assert found.is_question
    assert not found.children


@pytest.mark.parametrize(
    "schema", [choice("yes", 2, 1.5, True, "not-known"), choices("yes", 2, 1.5, True, "not-known")]
)
def test_options_keep_their_values_titles_and_whether_they_are_not_known(schema: Document) -> None:
    found = question(definition({"a": schema}))
    told = [(option.value, option.title, option.unknown) for option in found.options]
    assert told == [
        ("yes", "Yes", False),
        (2, "2", False),
        (1.5, "1.5", False),
        (True, "True", False),
        ("not-known", "Not known", True),
    ]
    assert [type(option.value) for option in found.options] == [str, int, float, bool, str]
    assert found.option_titles["not-known"] == "Not known"


def test_an_option_comes_from_where_its_question_comes_unless_it_says_otherwise() -> None:
    schema = choice("yes", "no")
    schema["oneOf"][1]["x-form"] = {"provenance": {"source": "source", "section": "Below"}}
    yes, no = question(definition({"a": schema})).options
    assert yes.provenance is not None
    assert yes.provenance.derived == "Invented for a test."
    assert no.provenance is not None
    assert no.provenance.section == "Below"


@pytest.mark.parametrize(
    ("schema", "default"),
    [
        (tick(), False),
        (text(), NO_DEFAULT),
        (choice("a", "b") | {"default": "b"}, "b"),
        (choices("a") | {"default": []}, []),
    ],
)
def test_a_blank_means_what_the_default_says_and_nothing_without_one(schema: Document, default: Any) -> None:
    assert question(definition({"a": schema})).default == default


def test_a_table_has_rows_of_one_shape_and_a_default() -> None:
    found = items(load(definition({"a": table(section({"b": text()})), "c": table(section({})) | {"default": [{}]}})))
    first, second = found["/a"], found["/c"]
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (first.default, second.default) == ([], [{}])
    assert first.row.pointer == "/a/*"
    assert first.row.is_row
    assert list(first.row.children) == ["b"]
    assert not first.is_question


# --- numbers -------------------------------------------------------------------------------------------------


def numbers(document: Document) -> dict[str, str | None]:
    return {pointer: item.number for pointer, item in items(load(document)).items() if item.number is not None}


def test_what_a_numbered_section_holds_is_numbered_after_it() -> None:
    document = definition({"a": section({"b": text(), "c": date()}, number="4"), "d": text()})
    assert numbers(document) == {"/a": "4", "/a/b": "4.1", "/a/c": "4.2"}


def test_numbers_run_through_groups_which_have_none_themselves() -> None:
    inner = section({"d": text(), "deeper": section({"e": text()})})
    document = definition({"a": section({"b": text(), "group": inner, "f": text()}, number="5")})
    assert numbers(document) == {
        "/a": "5",
        "/a/b": "5.1",
        "/a/group/d": "5.2",
        "/a/group/deeper/e": "5.3",
        "/a/f": "5.4",
    }


def test_rows_and_tables_are_numbered_and_not_their_columns() -> None:
    rows = {"x": shape("row"), "y": shape("row"), "added": table({"$ref": "#/$defs/row"})}
    document = definition({"a": matrix(rows, number="B")}, defs={"row": section({"c": text()})})
    assert numbers(document) == {"/a": "B", "/a/x": "B.1", "/a/y": "B.2", "/a/added": "B.3"}


def test_a_section_within_a_numbered_one_may_have_a_number_of_its_own() -> None:
    inner = section({"c": text(), "d": text()}, number="1.7")
    document = definition({"a": section({"b": text(), "inner": inner, "e": text()}, number="1")})
    assert numbers(document) == {
        "/a": "1",
        "/a/b": "1.1",
        "/a/inner": "1.7",
        "/a/inner/c": "1.7.1",
        "/a/inner/d": "1.7.2",
        "/a/e": "1.2",
    }


def test_the_table_of_levels_is_numbered_as_one_item() -> None:
    assert numbers(sample())["/summary/levels"] == "3.1"
    assert "/summary/levels/low" not in numbers(sample())
    assert numbers(sample())["/summary/level"] == "3.2"


# --- titles, hints, places -----------------------------------------------------------------------------------

ROWS = definition(
    {
        "plain": section({"note": text(hint="Its own.")}),
        "rows": matrix(
            {
                "both": shape("row", hint={"note": "For this row."}),
                "none": shape("row"),
                "other": shape("row", hint={"present": "For another column."}),
                "added": table({"$ref": "#/$defs/row"}),
            }
        ),
    },
    defs={"row": section({"present": choice("yes", "no"), "note": text(hint="For every row.")})},
)


@pytest.mark.parametrize(
    ("pointer", "hint"),
    [
        ("/plain/note", "Its own."),
        ("/rows/both/note", "For this row."),
        ("/rows/both/present", None),
        ("/rows/none/note", "For every row."),
        ("/rows/other/note", "For every row."),
        ("/rows/other/present", "For another column."),
        ("/rows/added/*/note", "For every row."),
    ],
)
def test_the_hint_of_a_question_is_its_rows_for_this_column_or_its_own(pointer: str, hint: str | None) -> None:
    assert question(ROWS, pointer).hint == hint


@pytest.mark.parametrize(
    ("pointer", "title"),
    [("/plain/note", "Note"), ("/rows/both/note", "Both - Note"), ("/rows/added/*/note", "Row - Note")],
)
def test_the_full_title_of_a_question_has_its_rows_words(pointer: str, title: str) -> None:
    assert question(ROWS, pointer).full_title == title


def test_a_row_without_a_title_adds_no_words() -> None:
    document = definition({"a": table(section({"b": text()}))})
    del document["properties"]["a"]["items"]["title"]
    assert question(document, "/a/*/b").full_title == "B"


def test_rows_are_what_a_matrix_or_a_table_holds() -> None:
    rows = [pointer for pointer, item in items(load(ROWS)).items() if isinstance(item, Section) and item.is_row]
    assert rows == ["/rows/both", "/rows/none", "/rows/other", "/rows/added/*"]


def test_a_section_has_the_layout_that_it_says_and_else_stacks_its_questions() -> None:
    layouts = {pointer: item.layout for pointer, item in items(load(sample())).items() if isinstance(item, Section)}
    assert layouts["/child"] == "stacked"
    assert layouts["/indicators"] == "matrix"
    assert layouts["/summary/levels"] == "levels"


def test_positions_are_the_order_of_the_form() -> None:
    loaded = load(ROWS)
    positions = [item.position for item in (loaded.root, *loaded.walk())]
    assert positions == list(range(len(positions)))
    assert list(loaded.questions) == [
        "/plain/note",
        *(f"/rows/{row}/{column}" for row in ("both", "none", "other", "added/*") for column in ("present", "note")),
    ]


def test_an_item_knows_where_it_is_written_and_what_holds_it() -> None:
    loaded = load(ROWS)
    found = items(loaded)
    assert found["/rows/both/note"].at == "/$defs/row/properties/note"
    assert found["/rows/both"].at == "/properties/rows/properties/both"
    assert found["/rows/added/*/note"].holder is found["/rows/added/*"]
    assert found["/rows"].holder is loaded.root


def test_an_item_says_what_stands_under_its_x_form() -> None:
    found = items(load(sample()))
    assert found["/child"].guidance[0].title == "A title"
    assert found["/indicators/missing"].words.tags == ("starred",)
    assert found["/indicators/missing"].provenance is not None
    assert found["/summary/reason"].show_when is not None
    assert found["/child/name"].show_when is None
    assert found["/indicators/added"].words.rows == 2


def test_an_item_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        question(ROWS, "/plain/note").title = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        load(ROWS).root.children["more"] = load(ROWS).root  # type: ignore[index]


# --- required ------------------------------------------------------------------------------------------------


def test_a_question_is_always_required_where_it_and_all_that_holds_it_are() -> None:
    document = definition(
        {
            "a": needed(),
            "b": text(),
            "s": section({"c": needed(), "inner": section({"d": needed()}, required=["d"])}, required=["c", "inner"]),
            "optional": section({"e": needed()}, required=["e"]),
            "rows": matrix({"x": shape("row"), "y": shape("row")}, required=["x"]),
            "added": table(section({"g": needed()}, required=["g"])),
        },
        required=["a", "s", "rows", "added"],
        defs={"row": section({"f": needed(), "h": text(required=True)}, required=["f"])},
    )
    required = [pointer for pointer, found in load(document).questions.items() if found.always_required]
    assert required == ["/a", "/s/c", "/s/inner/d", "/rows/x/f"]


# --- a definition's own selection ----------------------------------------------------------------------------


def test_a_definition_selects_each_question_once_in_the_order_in_which_they_are_named() -> None:
    loaded = load(ROWS)
    found = loaded.select(("/rows/*/note", "/plain/note", "/rows/both/note"))
    assert [each.pointer for each in found] == ["/rows/both/note", "/rows/none/note", "/rows/other/note", "/plain/note"]
    row = items(loaded)["/rows/none"]
    assert isinstance(row, Section)
    assert [each.pointer for each in loaded.select(("./note",), row)] == ["/rows/none/note"]
    assert loaded.select(("./note",)) == ()
