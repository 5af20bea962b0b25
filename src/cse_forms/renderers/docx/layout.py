"""What stands together on the paper, and how much room it takes: decided here, written by the templates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from cse_forms.document.flow import joined, levelled, unfolded, widened
from cse_forms.document.tree import (
    BulletList,
    Cell,
    Heading,
    LinkList,
    Panel,
    Paragraph,
    Question,
    Row,
    Table,
    TermList,
)
from cse_forms.renderers.docx.filling import GrowingTable
from cse_forms.renderers.docx.page import CENTIMETRE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cse_forms.document.tree import Block, Words
    from cse_forms.renderers.docx.page import Page

TALLEST_FIELD = int(2.4 * CENTIMETRE)
"""Above this height the words of a question would leave too much paper empty beside them: the answer stands below."""
FIELD_SHARES = (40, 60)
"""The widths of a question's words and of the answer beside them."""
CELL = 10
"""The size of words in a table, in the points of `templates/parts/styles.xml`."""
HINT = 9.5
"""That of hints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Questions with short answers, one below another: each label with its answer beside it."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Keeps a table from what follows. Word takes two tables without anything between them for one."""


Laid: TypeAlias = "Heading | LaidPanel | Question | Fields | Table | Gap"
_TABLES = (Question, Fields, Table)
"""What is written as a table, or ends with one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph of words that ask for nothing."""

    kind: str
    """paragraph, bullet, term or link"""
    text: str
    address: str = ""
    """Of a link."""
    keep: bool = False
    """Whether it stays on the page of the line after it."""
    depth: int = 0
    """Of a bullet: how deep it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidPanel:
    """A panel, and whether it stays on the page of what follows it."""

    panel: Panel
    keep: bool


def laid_out(blocks: Iterable[Block], page: Page) -> Iterator[Laid]:
    """Return the blocks as they are to be written: short questions gathered, no level of heading left out."""
    gathered = tuple(_gathered(levelled(joined(_with_tables(blocks, page))), page))
    for block, following in zip(gathered, (*gathered, None)[1:], strict=True):
        if isinstance(block, Panel):
            # Words before a table or a question speak of it.
            yield LaidPanel(panel=block, keep=isinstance(following, _TABLES))
            continue
        yield block
        if isinstance(block, _TABLES) and not isinstance(following, (Heading, Question)):
            yield Gap()


def _with_tables(blocks: Iterable[Block], page: Page) -> Iterator[Block]:
    """Yield the blocks with tables that the page has room for. One to which Word adds rows stays one table."""
    for block in blocks:
        if isinstance(block, Table):
            unfolds = page.least and not isinstance(block, GrowingTable)
            for table in unfolded(block) if unfolds else (block,):
                yield widened(table, page.letters(len(table.widths)))
        else:
            yield block


def _gathered(blocks: Iterable[Block], page: Page) -> Iterator[Block | Fields]:
    for beside, group in groupby(blocks, lambda block: _is_field(block, page)):
        if beside:
            yield Fields(questions=tuple(block for block in group if isinstance(block, Question)))
        else:
            yield from group


def _is_field(block: Block, page: Page) -> bool:
    """Whether it is a question whose label and answer stand beside each other."""
    if not isinstance(block, Question) or block.kind == "long-text" or block.heading_level is not None:
        return False
    width, _ = page.columns(FIELD_SHARES)
    notes = [text for text in (block.hint, block.routing) if text]
    height = page.height_of(block.label, width) + sum(page.height_of(text, width, HINT) for text in notes)
    return height <= TALLEST_FIELD


def lines_of(blocks: Iterable[Words]) -> tuple[Line, ...]:
    """Return the paragraphs of some words. What leads up to a list, or is a term, stays with it."""
    lines: list[Line] = []
    for words in blocks:
        match words:
            case Paragraph(text=text):
                lines.append(Line(kind="paragraph", text=text))
                continue
            case BulletList():
                following = [Line(kind="bullet", text=item, depth=depth) for depth, item in words.deep_items]
            case LinkList(links=links):
                following = [Line(kind="link", text=title, address=address) for title, address in links]
            case TermList(terms=terms):
                following = [
                    line
                    for term, meanings in terms
                    for line in (
                        Line(kind="term", text=term, keep=True),
                        *(Line(kind="paragraph", text=meaning) for meaning in meanings),
                    )
                ]
        if lines and lines[-1].kind == "paragraph":
            lines[-1] = replace(lines[-1], keep=True)
        lines += following
    return tuple(lines)


def panel_lines(laid: LaidPanel, page: Page) -> tuple[Line, ...]:
    """Return the paragraphs of a panel. One in a frame stays whole unless it is tall."""
    lines = lines_of(laid.panel.blocks)
    height = sum(page.height_of(line.text, page.measure - CENTIMETRE) for line in lines)
    whole = laid.panel.kind != "text" and height <= page.tallest_whole
    return (
        *(replace(line, keep=line.keep or whole) for line in lines[:-1]),
        *(replace(line, keep=laid.keep) for line in lines[-1:]),
    )


def room(question: Question, page: Page) -> int:
    """Return the height of the room to answer by hand."""
    return page.line * question.lines


def is_whole(question: Question, page: Page) -> bool:
    """Whether a written answer, or the room for it, stays on one page."""
    if question.answer is None:
        return room(question, page) <= page.tallest_whole
    return page.height_of(question.answer.text, page.measure) <= page.tallest_whole


def in_one_line(question: Question, width: int, page: Page) -> bool:
    """Whether all options have room beside one another in a column of this width."""
    # Each option has its box before it and a space after it, which are as wide as six letters.
    together = "".join(f"{option.title}xxxxxx" for option in question.options)
    return page.height_of(together, width) == page.height_of("", width)


def is_wanted(question: Question) -> bool:
    """Whether an answer must still be given: what has been answered need not be asked for."""
    return question.required and (question.answer is None or question.answer.status == "unanswered")


def wanted_columns(table: Table) -> tuple[bool, ...]:
    """Return, for each column after the row header's, whether an answer is wanted in all of its cells."""
    cells = zip(*(row.cells for row in table.rows), strict=True)
    wanted = tuple(all(isinstance(cell, Question) and is_wanted(cell) for cell in column) for column in cells)
    return wanted or (False,) * len(table.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidRow:
    """A row of a table with the height it takes."""

    row: Row
    least: int
    """The least height: the room to write in; 0 where the words alone decide."""
    whole: bool
    """Whether it stays on one page."""


def laid_rows(table: Table, page: Page) -> tuple[LaidRow, ...]:
    """Return the rows of a table."""
    widths = page.columns(table.widths)
    return tuple(_laid_row(row, widths, page) for row in table.rows)


def _laid_row(row: Row, widths: tuple[int, ...], page: Page) -> LaidRow:
    # Where rows have no header, there are as many widths as cells.
    cell_widths = widths[len(widths) - len(row.cells) :]
    rooms = [_room_in_cell(cell, width, page) for cell, width in zip(row.cells, cell_widths, strict=True)]
    words = [_height_of_words(cell, width, page) for cell, width in zip(row.cells, cell_widths, strict=True)]
    header = page.height_of(row.header, widths[0]) + page.height_of(row.hint or "", widths[0], HINT)
    least = max(rooms, default=0)
    return LaidRow(row=row, least=least, whole=max(least, header, *words) <= page.tallest_whole)


def _room_in_cell(cell: Cell, width: int, page: Page) -> int:
    """Return the height of a cell in which something is to be written; 0 for any other."""
    if not isinstance(cell, Question) or cell.answer is not None:
        return 0
    above = [text for text in (cell.hint, cell.routing) if text]
    if cell.kind == "date":
        # The names of its parts stand above the room in a narrow cell.
        above.append("")
    return sum(page.height_of(text, width, HINT) for text in above) + room(cell, page)


def _height_of_words(cell: Cell, width: int, page: Page) -> int:
    if cell is None:
        return 0
    if isinstance(cell, Question):
        texts = [cell.hint, cell.routing, *cell.findings, *(option.title for option in cell.options)]
        texts.append(cell.answer.text if cell.answer else None)
    else:
        texts = [line.text for line in lines_of(cell)]
    return sum(page.height_of(text, width, CELL) for text in texts if text)
