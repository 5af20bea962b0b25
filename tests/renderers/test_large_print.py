"""Large print: tables that stay readable, whatever draws them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn

from cse_forms.document.tree import Block, Document, Paragraph, Question, Row, Table
from cse_forms.renderers import get_renderer
from tests.renderers.sample import sample_document
from tests.renderers.tagged import tags_of


def cell(number: int, column: str) -> Question:
    return Question(pointer=f"/visits/{number}/{column}", label=column, kind="text", lines=2)


def wide(*, row_header: str | None = "Visit") -> Table:
    """Return a table of four columns, or five with the headings of its rows."""
    columns = ("Place", "Host", "Purpose", "Accommodation")
    rows = tuple(
        Row(
            number=f"{number}",
            header=f"Visit of day {number}" if row_header else "",
            hint="Ask the host." if number == 1 else None,
            cells=(*(cell(number, column) for column in columns[:3]), None),
        )
        for number in (1, 2)
    )
    widths = (2, 1, 1, 1, 1) if row_header else (1, 1, 1, 1)
    return Table(caption="Visits", row_header=row_header, columns=columns, widths=widths, rows=rows)


def document_of(*blocks: Block, large: bool = True, purpose: Any = "print") -> Document:
    return replace(sample_document("blank"), large_print=large, purpose=purpose, blocks=blocks)


def word_tables(document: Document) -> list[Any]:
    made = get_renderer("docx").render(document)
    assert isinstance(made, bytes)
    return [
        table
        for table in docx.Document(BytesIO(made)).element.iter(qn("w:tbl"))
        if table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")) == "FormTable"
    ]


def rows_of(table: Any) -> list[list[str]]:
    return [
        ["".join(piece.text or "" for piece in each.iter(qn("w:t"))) for each in row.iter(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]


def widths_of(table: Any) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]


def test_each_row_of_a_wide_table_is_a_table_of_two_columns_in_word() -> None:
    first, second = word_tables(document_of(wide()))
    assert rows_of(first) == [["Visit", "1 Visit of day 1"], ["PlaceAsk the host.", ""], ["Host", ""], ["Purpose", ""]]
    assert rows_of(second) == [["Visit", "2 Visit of day 2"], ["Place", ""], ["Host", ""], ["Purpose", ""]]
    assert [len(row) for row in rows_of(*word_tables(document_of(wide(), large=False)))] == [5, 5, 5]


def test_rows_without_headings_are_told_apart_by_their_numbers() -> None:
    tables = word_tables(document_of(wide(row_header=None)))
    assert [rows_of(table)[0] for table in tables] == [["Visits", "1 1"], ["Visits", "2 2"]]


def test_a_table_to_which_word_adds_rows_stays_one() -> None:
    (table,) = word_tables(document_of(wide(row_header=None), purpose="fill"))
    assert len(rows_of(table)) == 3


@pytest.mark.parametrize("purpose", ["print", "fill"])
def test_each_row_of_a_wide_table_is_a_table_of_two_columns_in_a_pdf(purpose: Any) -> None:
    made = get_renderer("pdf").render(document_of(wide(), purpose=purpose))
    assert isinstance(made, bytes)
    tables = tags_of(made).all("Table")
    assert [str(table.attributes["/Summary"]) for table in tables] == [
        "Visits: Visit of day 1",
        "Visits: Visit of day 2",
    ]
    assert [len(table.all("TR")) for table in tables] == [4, 4]


def test_a_field_in_a_table_is_read_aloud_with_the_words_of_its_row() -> None:
    for large in (True, False):
        made = get_renderer("pdf").render(document_of(wide(), large=large, purpose="fill"))
        assert isinstance(made, bytes)
        with pikepdf.open(BytesIO(made)) as pdf:
            said = [str(field.TU) for field in pdf.Root.AcroForm.Fields]
        assert said[0] == "1 Visit of day 1: Place"
        assert said[-1] == "2 Visit of day 2: Purpose"


def test_the_words_of_a_form_are_not_broken_in_their_columns() -> None:
    words = tuple((Paragraph(text=text),) for text in ("Unaccompanied", "Notes"))
    table = Table(
        caption="Who",
        row_header="Organisations",
        columns=("Status", "Notes"),
        widths=(11, 11, 22),
        rows=(Row(header="Consultants", cells=words),),
    )
    (made,) = word_tables(document_of(table))
    # Thirteen letters of 18 points, half as wide as they are high.
    assert min(widths_of(made)[:2]) >= 13 * 18 / 2 * 20
    (plain,) = word_tables(document_of(table, large=False))
    assert widths_of(plain)[0] * 2 == pytest.approx(widths_of(plain)[2], abs=2)


def test_a_word_for_which_there_is_no_room_changes_no_column() -> None:
    words = tuple((Paragraph(text=text),) for text in ("Extraordinarily" * 4, "Extraordinarily" * 4))
    table = Table(
        caption="Who",
        row_header="Extraordinarily" * 4,
        columns=("One", "Two"),
        widths=(1, 1, 1),
        rows=(Row(header="Row", cells=words),),
    )
    (made,) = word_tables(document_of(table))
    assert max(widths_of(made)) - min(widths_of(made)) <= 2
