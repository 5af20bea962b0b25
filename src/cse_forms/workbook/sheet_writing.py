"""The rows of a definition as a workbook's file: sheets that are pleasant to read and safe to edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cse_forms.errors import CseFormsError
from cse_forms.workbook import guide, tables
from cse_forms.workbook.characters import LONGEST, to_cell
from cse_forms.workbook.columns import Column, Table
from cse_forms.workbook.files import Row, Rows
from cse_forms.workbook.records import letters
from cse_forms.workbook.values import NUMBER, Cell

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NOT_INSTALLED = "A workbook takes openpyxl, which is not installed: 'pip install cse_forms[xlsx]' adds it"

ABOUT_HEADINGS = ("What", "Value", "What it means")
_ROWS_AHEAD = 300
"""Rows below the last one that have drop-downs too."""
_DEEPEST = 8
"""How far a title is set in at most."""
_WHEN = datetime(2000, 1, 1)
"""A workbook is the same bytes whenever it is made."""
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</)")
_START_WIDTHS = (26, 62, 84)
_FONT = "Calibri"
_LINE = 15
"""Points of a line."""
_HEAD, _PALE, _EDGE = "0B4F6C", "E8F1F5", "C9D3D9"


def is_installed() -> bool:
    """Whether the library that writes workbooks is there."""
    return find_spec("openpyxl") is not None


class TooLongError(CseFormsError):
    """A text that no cell of a spreadsheet holds."""


def workbook_bytes(rows: Rows, properties: Mapping[str, str], title: str, language: str) -> bytes:
    """Return the file of a workbook.

    Args:
        rows: those of every sheet.
        properties: what the workbook says of itself.
        title: the form's.
        language: of the wording.

    Raises:
        TooLongError: a text is longer than a cell can be.
    """
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty

    # Its types lack what it has.
    book: Any = Workbook()
    book.remove(book.active)
    _start(book.create_sheet(guide.START), title)
    for table in tables.TABLES:
        sheet = book.create_sheet(table.name)
        if table.is_vertical:
            _about(sheet, table, rows[table.name][0])
        else:
            _fill(sheet, table, rows[table.name])
            _choices(sheet, table, len(rows[table.name]) + 1)
    for name, value in properties.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))
    book.properties.title, book.properties.language = to_cell(title), language
    book.properties.creator = "cse-forms"
    book.properties.created = _WHEN
    stream = BytesIO()
    book.save(stream)
    return _settled(stream.getvalue())


def _settled(data: bytes) -> bytes:
    """Return a workbook that is the same bytes whenever it is made, and whose rows grow as their texts do."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as made, ZipFile(stream, "w", ZIP_DEFLATED) as settled:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename.startswith("xl/worksheets/"):
                # Of a height that somebody chose; these were worked out from the texts.
                part = part.replace(b' customHeight="1"', b"")
            if entry.filename == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", part)
            settled.writestr(ZipInfo(entry.filename, _WHEN.timetuple()[:6]), part, ZIP_DEFLATED)
    return stream.getvalue()


def _put(sheet: Worksheet, row: int, column: int, value: Cell, *, is_text: bool = True) -> Any:
    """Put a value into a cell; a text is never taken for a formula, a number or a date."""
    written = to_cell(value) if isinstance(value, str) else value
    place = f"{sheet.title}!{letters(column)}{row}"
    if isinstance(written, str) and len(written) > LONGEST:
        raise TooLongError(
            f"{place}: this has {len(written):,} characters, and a cell holds {LONGEST:,}; shorten it in the "
            f"definition, or split it: {written[:60]}..."
        )
    cell = sheet.cell(row, column)
    cell.value = written
    if isinstance(written, str):
        # openpyxl takes what begins with = for a formula.
        cell.data_type = "s"
    if is_text:
        cell.number_format = "@"
        cell.quotePrefix = isinstance(written, str) and written[:1] in {"=", "+", "-", "@"}
    return cell


def _fill(sheet: Worksheet, table: Table, rows: Sequence[Row]) -> None:
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    for at, column in enumerate(table.columns, 1):
        _head(sheet, at, column)
        dimension = sheet.column_dimensions[get_column_letter(at)]
        dimension.width = column.width
        dimension.hidden = column.is_hidden
        dimension.number_format = "General" if column.value is NUMBER else "@"
        dimension.alignment = Alignment(wrap_text=True, vertical="top")
        if column.heading in tables.RARE and not any(column.heading in row for row in rows):
            dimension.outlineLevel, dimension.hidden = 1, True
    for number, row in enumerate(rows, 2):
        for at, column in enumerate(table.columns, 1):
            value = row.get(column.heading)
            if value is not None:
                cell = _put(sheet, number, at, value, is_text=column.value is not NUMBER or isinstance(value, str))
                depth = _depth(row) if column.is_indented and table is tables.QUESTIONS else 0
                side = "left" if depth else None
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side, indent=depth)
        shown = [one for one in table.columns if one.heading in row and not one.is_hidden and not one.is_of_provenance]
        _heighten(sheet, number, [(row[column.heading], column.width) for column in shown])
        if table is tables.QUESTIONS:
            _mark(sheet, number, row, table)
    keys = 1 + max((at for at, column in enumerate(table.columns, 1) if column.is_key and at <= 3), default=1)
    sheet.freeze_panes = f"{letters(keys)}2"
    sheet.auto_filter.ref = f"A1:{letters(len(table.columns))}{max(len(rows) + 1, 2)}"
    _page(sheet)


def _heighten(sheet: Worksheet, number: int, cells: Iterable[tuple[Cell | None, int]]) -> None:
    """Make a row as high as its texts; not all programs do so when they open a workbook."""
    lines = max(
        (sum(-(-max(len(line), 1) // max(width - 2, 1)) for line in str(text).split("\n")) for text, width in cells),
        default=1,
    )
    if lines > 1:
        sheet.row_dimensions[number].height = min(lines * _LINE, 400)


def _depth(row: Row) -> int:
    return min(str(row["Path"]).count("/") - (not str(row["Path"]).startswith("#")), _DEEPEST)


def _mark(sheet: Worksheet, number: int, row: Row, table: Table) -> None:
    """Set a section's row and a shape's apart from those that they hold."""
    from openpyxl.styles import Alignment, Font, PatternFill

    if _depth(row) == 0:
        for at, column in enumerate(table.columns, 1):
            cell = sheet.cell(number, at)
            cell.fill = PatternFill("solid", start_color=_PALE)
            cell.font = Font(name=_FONT, bold=True)
            if cell.value is None:
                # A cell of its own has nothing of its column's.
                cell.number_format = "General" if column.value is NUMBER else "@"
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _head(sheet: Worksheet, at: int, column: Column, row: int = 1) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(row, at)
    cell.value = column.heading
    cell.font = Font(name=_FONT, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color=_HEAD)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[row].height = 32
    comment = Comment(column.note, "cse-forms")
    comment.width, comment.height = 320, 40 + 18 * (len(column.note) // 44 + 1)
    cell.comment = comment


def _about(sheet: Worksheet, table: Table, row: Row) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    wrapped = Alignment(wrap_text=True, vertical="top")
    for at, (heading, width) in enumerate(zip(ABOUT_HEADINGS, (24, 70, 70), strict=True), 1):
        _head(sheet, at, Column(heading=heading, path=(heading,), note=table.about))
        sheet.column_dimensions[letters(at)].width = width
    for number, column in enumerate(table.columns, 2):
        sheet.cell(number, 1, column.heading).font = Font(name=_FONT, bold=True)
        value = row.get(column.heading)
        cell = sheet.cell(number, 2) if value is None else _put(sheet, number, 2, value)
        cell.number_format = "@"
        cell.border = Border(bottom=Side("thin", color=_EDGE))
        sheet.cell(number, 3, column.note)
        for at in (1, 2, 3):
            sheet.cell(number, at).alignment = wrapped
        sheet.row_dimensions[number].hidden = column.is_hidden
        _heighten(sheet, number, [(value, 70), (column.note, 70)])
        if column.choices:
            _choice(sheet, column, f"B{number}")
    sheet.freeze_panes = "B2"
    _page(sheet)


def _choices(sheet: Worksheet, table: Table, last: int) -> None:
    for at, column in enumerate(table.columns, 1):
        if column.choices or column.refers:
            letter = letters(at)
            _choice(sheet, column, f"{letter}2:{letter}{last + _ROWS_AHEAD}")


def _choice(sheet: Worksheet, column: Column, cells: str) -> None:
    """Offer what may be said: alone, if it is all; else another word is allowed, since new rows may come below."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices:
        formula = f'"{",".join(column.choices)}"'
    else:
        assert column.refers is not None
        name, heading = column.refers
        listed = next(table for table in tables.TABLES if table.name == name)
        letter = next(letters(at) for at, one in enumerate(listed.columns, 1) if one.heading == heading)
        formula = f"'{name}'!${letter}$2:${letter}$1000"
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.showErrorMessage = True
    rule.errorStyle = "stop" if column.choices else "warning"
    rule.errorTitle = column.heading
    rule.error = f"Choose one of: {', '.join(column.choices)}." if column.choices else (
        f"No row of the sheet {column.refers[0] if column.refers else ''} says this yet."
    )  # fmt: skip
    sheet.add_data_validation(rule)
    rule.add(cells)


def _page(sheet: Worksheet) -> None:
    """Make it print on sheets that lie on their side, with the headings on each."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _start(sheet: Worksheet, title: str) -> None:
    """Write the first sheet: what this is, how it is used, and what every column means."""
    from openpyxl.styles import Font

    for at, width in enumerate(_START_WIDTHS, 1):
        sheet.column_dimensions[letters(at)].width = width
    _put(sheet, 1, 1, title).font = Font(name=_FONT, bold=True, size=16)
    number = 2
    for heading, paragraphs in guide.PARAGRAPHS.items():
        number = _explained(sheet, number, heading, [(paragraph, "") for paragraph in paragraphs])
    number = _explained(sheet, number, "How conditions are written", guide.CONDITIONS)
    number = _explained(sheet, number, "How measures are written", guide.MEASURES)
    number = _explained(sheet, number, "What each column means", ())
    for table in tables.TABLES:
        number += 1
        cell = sheet.cell(number, 1, table.name)
        cell.hyperlink = f"#'{table.name}'!A1"
        cell.font = Font(name=_FONT, bold=True, color=_HEAD, underline="single")
        sheet.cell(number, 2, table.about).font = Font(name=_FONT, bold=True)
        shown = [one for one in table.columns if not one.is_hidden and ": " not in one.heading]
        number = _lines(sheet, number, [(column.heading, column.note) for column in shown])
    sheet.sheet_view.showGridLines = False
    _page(sheet)
    sheet.print_title_rows = None


def _explained(sheet: Worksheet, number: int, heading: str, lines: Sequence[tuple[str, str]]) -> int:
    from openpyxl.styles import Font

    sheet.cell(number + 1, 1, heading).font = Font(name=_FONT, bold=True, size=12)
    return _lines(sheet, number + 1, lines) + 1


def _lines(sheet: Worksheet, number: int, lines: Sequence[tuple[str, str]]) -> int:
    """Write lines below a row, and return the last one's. What stands alone in a line has the room of both columns."""
    from openpyxl.styles import Alignment

    for number, (first, second) in enumerate(lines, number + 1):  # noqa: B020, PLR1704 - the last one is returned
        sheet.cell(number, 2, first).alignment = Alignment(wrap_text=bool(second), vertical="top")
        if second:
            sheet.cell(number, 3, second).alignment = Alignment(wrap_text=True, vertical="top")
            _heighten(sheet, number, [(first, _START_WIDTHS[1]), (second, _START_WIDTHS[2])])
    return number
