"""What stands in a body, one function for each: they are called hundreds of times for a document.

Written here and not in templates, which would take five times as long for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from cse_forms.document.tree import Heading, Question, Table
from cse_forms.renderers.docx.answering import answer, findings, label, notes, required
from cse_forms.renderers.docx.filling import GrowingTable
from cse_forms.renderers.docx.layout import (
    FIELD_SHARES,
    Fields,
    Gap,
    LaidPanel,
    is_wanted,
    is_whole,
    laid_rows,
    lines_of,
    panel_lines,
    room,
    wanted_columns,
)
from cse_forms.renderers.docx.markup import attribute, followed, paragraph, relationship, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cse_forms.document.tree import Cell, Document, Labels, Row
    from cse_forms.renderers.docx.layout import Laid, LaidRow, Line
    from cse_forms.renderers.docx.page import Page

_SHADE = "F1F3F4"
_FACT_SHARES = (30, 70)


def title(document: Document, page: Page) -> str:
    """Write a document's title, and what identifies it."""
    written = paragraph("Title", run(document.title))
    if not document.facts:
        return written
    widths = page.columns(_FACT_SHARES)
    written += _open_table("Facts", widths, document.title, row_headers=True)
    for name, value in document.facts:
        cells = (paragraph("Fact", run(name, bold=True)), paragraph("Fact", run(value)))
        written += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        written += "".join(f"{_open_cell(width)}{cell}</w:tc>" for width, cell in zip(widths, cells, strict=True))
        written += "</w:tr>"
    return f"{written}</w:tbl>{paragraph('Gap', '')}"


def block(laid: Laid, labels: Labels, page: Page) -> str:
    """Write one thing of a body."""
    match laid:
        case Heading():
            # The title is above them all: the second level of the tree is the first of a word processor.
            words = run((laid.number + " " if laid.number else "") + laid.text)
            return paragraph(f"Heading{laid.level - 1}", words)
        case LaidPanel():
            return _panel(laid, page)
        case Question():
            return _question(laid, labels, page)
        case Fields():
            return _fields(laid, labels, page)
        case Table():
            return _table(laid, labels, page)
        case Gap():
            return paragraph("Gap", "")
        case _:
            assert_never(laid)


def _panel(laid: LaidPanel, page: Page) -> str:
    """Write words that belong together: running text, or a frame that says in a word what it is."""
    panel = laid.panel
    style = "Normal" if panel.kind == "text" else f"Panel{panel.kind}"
    lines = panel_lines(laid, page)
    keep = bool(lines) or laid.keep
    written = ""
    if panel.label:
        label_style = style if panel.kind == "text" else f"{style}Label"
        written += paragraph(label_style, run(panel.label, bold=True), bool(panel.title) or keep)
    # A title that says the label's word again would be read twice.
    if panel.title and panel.title != panel.label:
        written += paragraph(style, run(panel.title, bold=True), keep)
    return written + _lines(lines, style)


def _lines(lines: Iterable[Line], style: str) -> str:
    """Write words that ask for nothing, in a style: that of running text, of a cell, or of a panel."""
    return "".join(_line(line, style) for line in lines)


def _line(line: Line, style: str) -> str:
    if line.kind == "link":
        return paragraph(style, _link(line), line.keep)
    if line.kind == "bullet":
        listed = "ListBullet" if style == "Normal" else f"{style}Bullet"
        return paragraph(listed, run(line.text), line.keep, line.depth)
    return paragraph(style, run(line.text, bold=True if line.kind == "term" else None), line.keep)


def _link(line: Line) -> str:
    """Write a link, with its address beside it for those who read it on paper."""
    if line.text == line.address:
        return _linked(line, line.address)
    return _linked(line, line.text) + run(" ") + run(line.address, "Address")


def _linked(line: Line, text: str) -> str:
    if followed(line.address) is None:
        return run(text)
    return f'<w:hyperlink r:id="{relationship(line.address)}" w:history="1">{run(text, "Hyperlink")}</w:hyperlink>'


def _question(question: Question, labels: Labels, page: Page) -> str:
    """Write a question with a long answer, or one that is a section: below its label, the whole width to write in."""
    style = f"Heading{question.heading_level - 1}" if question.heading_level else "Question"
    above = label(question, labels, style, keep=True) + notes(question, keep=True)
    above += findings(question, labels, keep=True)
    widths = page.columns((1,))
    cell = f"{_open_cell(widths[0])}{answer(question, widths[0], labels, page)}</w:tc>"
    return f"{above}{_open_table('Room', widths, question.label)}{_open_row(question, page)}{cell}</w:tr></w:tbl>"


def _fields(fields: Fields, labels: Labels, page: Page) -> str:
    """Write questions with short answers: each label with its answer beside it."""
    widths = page.columns(FIELD_SHARES)
    caption = "; ".join(question.label for question in fields.questions)
    written = [_open_table("Fields", widths, caption, row_headers=True)]
    for question in fields.questions:
        asked = label(question, labels, "Field") + notes(question)
        given = answer(question, widths[1], labels, page) + findings(question, labels)
        written.append(
            f"{_open_row(question, page)}{_open_cell(widths[0], middle=True)}{asked}</w:tc>"
            f"{_open_cell(widths[1], middle=True)}{given}</w:tc></w:tr>"
        )
    return f"{''.join(written)}</w:tbl>"


def _open_row(question: Question, page: Page) -> str:
    height = 0 if question.answer else room(question, page)
    return _row_of(height, whole=is_whole(question, page))


def _row_of(height: int, *, whole: bool) -> str:
    look = "<w:cantSplit/>" if whole else ""
    if height:
        look += f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{look}</w:trPr>"


def _table(table: Table, labels: Labels, page: Page) -> str:
    """Write a table whose first row is repeated on each page, and whose first column names its rows."""
    widths = page.columns(table.widths)
    wanted = wanted_columns(table)
    rows = [_row(laid, table, widths, wanted, labels=labels, page=page) for laid in laid_rows(table, page)]
    if isinstance(table, GrowingTable):
        first = table.number_of_control
        rows = [
            f"{_open_control(None, first + place, 'repeatingSectionItem')}{row}</w:sdtContent></w:sdt>"
            for place, row in enumerate(rows, 1)
        ]
        rows = [_open_control(table.title, first, "repeatingSection"), *rows, "</w:sdtContent></w:sdt>"]
    described = "; ".join(table.columns)
    headed = table.row_header is not None
    opened = _open_table("FormTable", widths, table.caption, described, row_headers=headed, column_headers=True)
    return f"{opened}{_head(table, widths, wanted, labels)}{''.join(rows)}</w:tbl>"


def _head(table: Table, widths: tuple[int, ...], wanted: tuple[bool, ...], labels: Labels) -> str:
    heads = [] if table.row_header is None else [run(table.row_header)]
    for column, is_required in zip(table.columns, wanted, strict=True):
        heads.append(run(column) + (run(" ") + required(labels) if is_required else ""))
    cells = "".join(
        f"{_open_cell(width)}{paragraph('Column', head)}</w:tc>" for width, head in zip(widths, heads, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(
    laid: LaidRow, table: Table, widths: tuple[int, ...], wanted: tuple[bool, ...], *, labels: Labels, page: Page
) -> str:
    row = laid.row
    before, written = "", _row_of(laid.least, whole=laid.whole)
    if table.row_header is not None:
        written += f"{_open_cell(widths[0])}{_words_of(row)}</w:tc>"
        widths = widths[1:]
    elif row.header or row.number or row.hint:
        before = _words_of(row)
    for place, (cell, width, is_said) in enumerate(zip(row.cells, widths, wanted, strict=True)):
        fill = _SHADE if cell is None else None
        content = _cell(cell, width, labels, page, column_says_required=is_said)
        written += f"{_open_cell(width, fill=fill)}{'' if place else before}{content}</w:tc>"
    return f"{written}</w:tr>"


def _words_of(row: Row) -> str:
    words = paragraph("Item", run((row.number + " " if row.number else "") + row.header))
    return words + (paragraph("Hint", run(row.hint)) if row.hint else "")


def _cell(cell: Cell, width: int, labels: Labels, page: Page, *, column_says_required: bool) -> str:
    if not isinstance(cell, Question):
        return _lines(lines_of(cell or ()), "Cell") or paragraph("Cell", "")
    must = paragraph("Hint", required(labels)) if is_wanted(cell) and not column_says_required else ""
    return must + notes(cell) + answer(cell, width, labels, page) + findings(cell, labels)


def _open_control(name: str | None, number: int, kind: str) -> str:
    """Begin the control of rows that can be added to, or of one of them."""
    alias = f'<w:alias w:val="{attribute(name)}"/>' if name else ""
    return f'<w:sdt><w:sdtPr>{alias}<w:id w:val="{number}"/><w15:{kind}/></w:sdtPr><w:sdtContent>'


def _open_table(
    style: str,
    widths: tuple[int, ...],
    caption: str,
    description: str | None = None,
    *,
    row_headers: bool = False,
    column_headers: bool = False,
) -> str:
    """Begin a table. What it is, for those who cannot see it, is its caption."""
    look = 0x600 + 0x20 * column_headers + 0x80 * row_headers
    described = f'<w:tblDescription w:val="{attribute(description)}"/>' if description else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look:04X}" w:firstRow="{column_headers:d}" w:lastRow="0" '
        f'w:firstColumn="{row_headers:d}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{attribute(caption)}"/>{described}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
    )


def _open_cell(width: int, *, fill: str | None = None, middle: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    align = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}{align}</w:tcPr>'
