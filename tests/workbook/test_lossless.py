"""A definition becomes a workbook and comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cse_forms.reading import parse_json
from cse_forms.schema.translation import digest_of_text
from cse_forms.workbook.apart import answers_from, answers_of, take_apart
from cse_forms.workbook.characters import from_cell, to_cell
from cse_forms.workbook.files import Files
from cse_forms.workbook.saving import files_at
from cse_forms.workbook.sheet_writing import TooLongError
from cse_forms.workbook.values import ANSWER, HINT, JSON, LINES, LINKS, NUMBER, TERMS, TEXT, Value, same
from cse_forms.workbook.workbook import from_xlsx, to_xlsx
from tests import forms
from tests.property.definitions import definitions
from tests.workbook import books

PUBLISHED = sorted(Path("definitions").glob("*/*/form.json"))

ODD = [
    "=1+1", "+44 20", "-", "@name", "'quoted", "1.0", "3-4", "TRUE", "2026-03-31", "007", " before", "after \n",
    "two\nlines\n\nand more", "a\ttab", "a\rreturn", "\x00\x0b\x1f\x7f", "_x0041_", "\\u0041", "_x005F_x0041_",
    "“turned”", "😀 and ẅ", "\ufeffmark\ufffe", "<b>&amp;</b>", "(none)", "{not json", '"', "\u2028", "\xa0",
]  # fmt: skip


def back(files: Files) -> Files:
    return from_xlsx(to_xlsx(files), "book.xlsx").files


@pytest.mark.parametrize("path", [*PUBLISHED, books.EXAMPLE], ids=lambda path: path.parent.parent.name)
def test_each_form_comes_back_to_the_letter_with_its_scenarios(path: Path) -> None:
    files = files_at(path)
    found = back(files)
    assert same(found.form, files.form)
    assert same(found.scenarios, files.scenarios)
    assert found.scenarios is not None


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.parent.name)
def test_only_measures_of_scenarios_are_told_as_json_in_the_workbooks_of_our_forms(path: Path) -> None:
    rows = take_apart(files_at(path))
    told = {
        (sheet, heading)
        for sheet, all_rows in rows.items()
        for row in all_rows
        for heading, cell in row.items()
        if heading != "Order" and str(cell).startswith("{")
    }
    assert told <= {("Scenarios", "Measures")}


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(definitions())
def test_made_up_definitions_come_back_to_the_letter(document: dict[str, Any]) -> None:
    assert same(back(Files(form=document)).form, document)


def odd_document() -> dict[str, Any]:
    """Return a definition in which all those texts stand in several places."""
    prompts = [{"id": f"p{number}", "urgency": "soon", "text": text} for number, text in enumerate(ODD)]
    guidance = [{"list": [text, "x"], "text": text} for text in ODD]
    questions = {f"q{number}": forms.text() | {"title": text} for number, text in enumerate(ODD)}
    return forms.definition(questions, prompts=prompts, guidance=guidance)


def test_wordings_that_a_spreadsheet_would_change_come_back_to_the_letter() -> None:
    document = odd_document()
    assert same(back(Files(form=document)).form, document)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_comes_back_from_a_cell(text: str) -> None:
    assert from_cell(to_cell(text)) == text


@pytest.mark.parametrize(
    "value",
    ["yes", "3", "true", "null", '"', 3, -0.5, 1.0, 1e300, 10**20, 0.30000000000000004, True, False, None, [], {},
     ["p", "q"], "", "{"],
    ids=ascii,
)  # fmt: skip
def test_an_answer_comes_back_as_what_it_was(value: Any) -> None:
    cell = ANSWER.shown(value)
    assert cell is not None
    assert same(ANSWER.read(cell), value)


def told(part: Any) -> str:
    """Return what a case is called: a kind of value has no name of its own that is the same in each process."""
    return "of" if isinstance(part, Value) else repr(part)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (LINES, ["one", "two"]), (LINES, []), (NUMBER, 2.5), (NUMBER, 3.0), (TEXT, "x"),
        (HINT, {"notes": "Say who."}), (HINT, "Say: who."), (JSON, {"a": [1.0, None]}),
        (TERMS, [{"term": "A", "texts": ["b", "c"]}]), (LINKS, [{"title": "A <b>", "href": "https://a.example/"}]),
    ],
    ids=told,
)  # fmt: skip
def test_a_value_is_shown_so_that_it_can_be_read(kind: Any, value: Any) -> None:
    assert same(kind.read(kind.shown(value)), value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [(LINES, ["a\nb"]), (LINES, [" a"]), (LINES, ["(none)"]), (HINT, "notes: Say who."), (TEXT, ""), (TEXT, 3)],
    ids=told,
)
def test_a_value_that_a_cell_could_not_tell_is_not_shown_in_it(kind: Any, value: Any) -> None:
    assert kind.shown(value) is None


@pytest.mark.parametrize(
    "answers",
    [
        {"told": [{"who": "A"}, {}], "empty": {}, "none": [], "habits": ["p", "q"], "deep": {"a/b": {"c~d": 0}}},
        {"a": {"0": "x"}},
        {"a": {"0": {"1": "x"}, "b": [[1], 2]}},
    ],
    ids=repr,
)
def test_answers_of_scenarios_come_back(answers: dict[str, Any]) -> None:
    scenario = {"name": "One.", "draft": True, "answers": answers, "expect": {"findings": []}}
    files = books.files({"a": forms.text()})
    found = back(Files(form=files.form, scenarios={"scenarios": [scenario]})).scenarios
    assert same(found, {"scenarios": [scenario]})


def test_answers_are_told_by_their_pointers() -> None:
    answers = {"told": [{"who": "A"}], "habits": ["p"]}
    assert list(answers_of(answers)) == [("/told/0/who", "A"), ("/habits", ["p"])]
    assert answers_from(answers_of(answers)) == answers


def test_translations_come_back_and_what_is_missing_is_offered() -> None:
    files = books.files({"a": forms.text(), "b": forms.text()})
    title = files.form["properties"]["a"]["title"]
    said = {"text": "Xxx", "source": digest_of_text(title), "status": "draft", "note": "A note."}
    translation = {
        "form": forms.ID, "version": "1.0.0", "language": "cy", "strings": {"/properties/a/title": said},
    }  # fmt: skip
    source = Files(form=files.form, translations={"cy": translation})
    assert same(back(source).translations["cy"], translation)
    offered = [row["Where"] for row in take_apart(source)["Translations"]]
    assert offered[0] == "/properties/a/title"
    assert "/properties/b/title" in offered[1:]


def test_a_workbook_is_the_same_bytes_whenever_it_is_made() -> None:
    assert to_xlsx(books.example()) == to_xlsx(books.example())


def test_a_text_that_no_cell_holds_is_refused_with_its_place() -> None:
    document = forms.definition({"a": forms.text() | {"title": "x" * 40_000}})
    with pytest.raises(TooLongError, match=r"Questions!D2: this has 40,000 characters, and a cell holds 32,767"):
        to_xlsx(Files(form=document))


def test_rules_of_json_schema_that_are_not_the_derived_ones_are_kept() -> None:
    document = json.loads(books.EXAMPLE.read_text(encoding="utf-8"))
    document["$defs"]["sign"]["allOf"].append({"$comment": "Our own.", "if": {}, "then": {}})
    assert same(back(Files(form=document)).form, document)
    del document["$defs"]["sign"]["allOf"]
    assert same(back(Files(form=document)).form, document)


def test_what_a_file_holds_is_read_with_what_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(books.EXAMPLE.read_bytes())
    assert files_at(path).scenarios is None
    assert files_at(path).form == parse_json(path.read_bytes(), "form.json")
