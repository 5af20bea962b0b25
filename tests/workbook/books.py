"""Workbooks that are edited as a policy officer would, with a program that knows nothing of forms."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cse_forms.reading import parse_json
from cse_forms.workbook.files import Files
from cse_forms.workbook.workbook import from_xlsx, to_xlsx
from tests import forms

EXAMPLE = Path("docs/examples/definitions/intake/1.0.0/form.json")


def example() -> Files:
    """Return the example definition of the documentation, with its scenarios."""
    scenarios = EXAMPLE.with_name("scenarios.json")
    return Files(
        form=parse_json(EXAMPLE.read_bytes(), "form.json"),
        scenarios=parse_json(scenarios.read_bytes(), "scenarios.json"),
    )


def files(properties: dict[str, Any], **words: Any) -> Files:
    """Return a made-up definition."""
    return Files(form=forms.definition(properties, **words))


def edited(workbook: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """Return a workbook after an edit."""
    book = load_workbook(BytesIO(workbook))
    edit(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_after(source: Files, edit: Callable[[Workbook], None]) -> Files:
    """Return what a definition's workbook says after an edit."""
    return from_xlsx(edited(to_xlsx(source), edit), "edited.xlsx").files


def column(sheet: Worksheet, heading: str) -> int:
    """Return the number of a column."""
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def row(sheet: Worksheet, heading: str, value: Any) -> int:
    """Return the number of the first row that has this in a column."""
    at = column(sheet, heading)
    return next(number for number in range(2, sheet.max_row + 1) if sheet.cell(number, at).value == value)


def put(sheet: Worksheet, number: int, **cells: Any) -> None:
    """Fill cells of a row; an underscore stands for a space of the heading."""
    for heading, value in cells.items():
        sheet.cell(number, column(sheet, heading.replace("_", " "))).value = value


def insert(sheet: Worksheet, number: int, **cells: Any) -> None:
    """Insert a row, and fill cells of it."""
    sheet.insert_rows(number)
    put(sheet, number, **cells)


def repacked(workbook: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a workbook whose parts were changed."""
    with ZipFile(BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()
