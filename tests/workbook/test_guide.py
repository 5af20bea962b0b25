"""What the first sheet shows of conditions and measures is how they are written."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pydantic import TypeAdapter

from cse_forms.schema.conditions import Condition, Measure
from cse_forms.thresholds.in_text.reading import read_condition
from cse_forms.thresholds.in_text.reading_measures import read_measure
from cse_forms.thresholds.in_text.said import condition_text
from cse_forms.thresholds.in_text.said_measures import measure_text
from cse_forms.workbook import guide, tables
from cse_forms.workbook.workbook import to_xlsx
from tests.workbook import books


@pytest.mark.parametrize("text", [text for text, _ in guide.CONDITIONS])
def test_each_condition_of_the_guide_is_one_and_is_written_so(text: str) -> None:
    condition = read_condition(text)
    assert condition_text(TypeAdapter[Condition](Condition).validate_python(condition), condition) == text


@pytest.mark.parametrize("text", [text for text, _ in guide.MEASURES])
def test_each_measure_of_the_guide_is_one_and_is_written_so(text: str) -> None:
    measure = read_measure(text)
    assert measure_text(TypeAdapter[Measure](Measure).validate_python(measure), measure) == text


def test_a_workbook_has_frozen_heads_notes_and_drop_downs() -> None:
    book = load_workbook(BytesIO(to_xlsx(books.example())))
    assert book.sheetnames[:3] == [guide.START, "About", "Questions"]
    for table in tables.TABLES:
        sheet = book[table.name]
        assert sheet.freeze_panes is not None
        assert all(cell.comment is not None and cell.comment.text for cell in sheet[1] if cell.value)
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1 for rule in book["Questions"].data_validations.dataValidation
    }
    kinds = offered[f"{book['Questions'].cell(2, books.column(book['Questions'], 'Kind')).coordinate}"]
    assert '"section,' in kinds
    assert len(kinds) < 256
    assert any(formula == "'Levels'!$B$2:$B$1000" for formula in (
        rule.formula1 for rule in book["Rules"].data_validations.dataValidation
    ))  # fmt: skip


def test_every_heading_of_a_sheet_is_there_once_and_is_explained() -> None:
    for table in tables.TABLES:
        headings = [column.heading.casefold() for column in table.columns]
        assert len(set(headings)) == len(headings)
        assert all(column.note for column in table.columns)
        assert {column for column in headings if len(column) > 31} == set()
    referred = {column.refers for table in tables.TABLES for column in table.columns if column.refers}
    known = {(table.name, column.heading) for table in tables.TABLES for column in table.columns}
    assert referred <= known
    assert {one for table in tables.TABLES for one in tables.RARE} <= {heading for _, heading in known}
