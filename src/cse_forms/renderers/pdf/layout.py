"""What stands together on the paper, and how much room it takes: decided here, drawn by `form.typ`.

All lengths are points.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, TypeAlias

from cse_forms.document.flow import joined, levelled, unfolded, widened
from cse_forms.document.tree import Heading, Panel, Question, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cse_forms.document.tree import Block, Row

CENTIMETRE = 72 / 2.54

FIELD_SHARE = 0.4
"""How much of the measure the words of a question take whose answer stands beside them."""

PART_SHARE = 0.2
"""How much of the least height of a row is the space around its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of A4, its margins and the size of its running text."""

    text: float
    """Size of running text."""
    line: float
    """Height of one line of room to write."""
    width: float = 21 * CENTIMETRE
    margin: float = 1.8 * CENTIMETRE
    tallest_whole: float = 9 * CENTIMETRE
    """Up to this height a row or a panel is kept on one page. A taller one may part, to leave no paper empty."""

    @property
    def measure(self) -> float:
        """The width that the text takes up, from margin to margin."""
        return self.width - 2 * self.margin

    def columns(self, shares: tuple[int, ...]) -> tuple[float, ...]:
        """Divide the measure in these shares."""
        return tuple(self.measure * share / sum(shares) for share in shares)

    def letters(self, columns: int) -> int:
        """Estimate how many letters stand side by side in a table of so many columns."""
        return int((self.measure - columns * 0.4 * CENTIMETRE) / (self.text * 0.5))

    def height_of(self, text: str, width: float, scale: float = 1) -> float:
        """Estimate the height of text in a column of this width, rather too much than too little.

        Args:
            text: its line breaks count.
            width: of the column, with the margins of a cell.
            scale: the size of its letters, where those of running text have 1.
        """
        size = self.text * scale
        # A letter is half as wide as it is high, and a cell has margins of 2 mm at its sides.
        letters = max(1, int((width - 0.4 * CENTIMETRE) / (size * 0.5)))
        lines = sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))
        return lines * size * 1.3


NORMAL = Sheet(text=11, line=0.8 * CENTIMETRE)
LARGE = Sheet(text=18, line=1.2 * CENTIMETRE, margin=1.6 * CENTIMETRE, tallest_whole=14 * CENTIMETRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Questions with short answers, one below another: each label with its answer beside it."""

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidPanel:
    """A panel, and whether it stays on the page of what follows it."""

    panel: Panel
    keep: bool


Laid: TypeAlias = "Heading | LaidPanel | Question | Fields | Table"


def with_tables(blocks: Iterable[Block], sheet: Sheet) -> Iterator[Block]:
    """Yield the blocks with tables that the sheet has room for."""
    for block in blocks:
        if isinstance(block, Table):
            for table in unfolded(block) if sheet is LARGE else (block,):
                yield widened(table, sheet.letters(len(table.widths)), parts_at="/-")
        else:
            yield block


def laid_out(blocks: Iterable[Block], sheet: Sheet) -> Iterator[Laid]:
    """Yield the blocks as they are to be drawn: short questions gathered, no level of heading left out."""
    gathered = tuple(_gathered(levelled(joined(blocks, framed_only=True)), sheet))
    for block, following in zip(gathered, (*gathered, None)[1:], strict=True):
        if isinstance(block, Panel):
            # Words before a table or a question speak of it.
            yield LaidPanel(panel=block, keep=isinstance(following, (Question, Fields, Table)))
        else:
            yield block


def _gathered(blocks: Iterable[Block], sheet: Sheet) -> Iterator[Block | Fields]:
    for beside, group in groupby(blocks, lambda block: _is_field(block, sheet)):
        if beside:
            yield Fields(questions=tuple(block for block in group if isinstance(block, Question)))
        else:
            yield from group


def _is_field(block: Block, sheet: Sheet) -> bool:
    """Whether it is a question whose label and answer stand beside each other."""
    if not isinstance(block, Question) or block.kind == "long-text" or block.heading_level is not None:
        return False
    width = sheet.measure * FIELD_SHARE
    notes = sum(sheet.height_of(text, width, 0.87) for text in (block.hint, block.routing) if text)
    return sheet.height_of(block.label, width) + notes <= 4 * sheet.line


def height_of_question(question: Question, width: float, sheet: Sheet, lines: int) -> float:
    """Estimate the height that a question takes in a cell: its notes, and its answer or the room for it."""
    notes = [text for text in (question.hint, question.routing, *question.findings) if text]
    if question.answer is not None:
        notes.append(question.answer.text)
    notes += [option.title for option in question.options]
    room = lines * sheet.line if question.answer is None and not question.options else 0
    return sum(sheet.height_of(text, width) for text in notes) + room


def is_wanted(question: Question) -> bool:
    """Whether an answer must still be given: what has been answered need not be asked for."""
    return question.required and (question.answer is None or question.answer.status == "unanswered")


def wanted_columns(table: Table) -> tuple[bool, ...]:
    """Return, for each column after the row header's, whether an answer is wanted in all of its cells."""
    cells = zip(*(row.cells for row in table.rows), strict=True)
    wanted = tuple(all(isinstance(cell, Question) and is_wanted(cell) for cell in column) for column in cells)
    return wanted or (False,) * len(table.columns)


def in_one_line(question: Question, width: float, sheet: Sheet) -> bool:
    """Whether all options have room beside one another in a column of this width."""
    # Each option has its box before it and a space after it, which are as wide as six letters.
    together = "".join(f"{option.title}xxxxxx" for option in question.options)
    return sheet.height_of(together, width) == sheet.height_of("", width)


def written_lines(question: Question, width: float, sheet: Sheet) -> int:
    """Return the lines of room that a control has: those of the question, or more for what it holds already."""
    if not question.value:
        return question.lines
    needed = ceil((sheet.height_of(question.value, width) + sheet.text / 2) / sheet.line)
    return max(question.lines, min(needed, int(20 * CENTIMETRE / sheet.line)))


def height_of_header(row: Row, width: float, sheet: Sheet) -> float:
    """Estimate the height of a row's own words."""
    return sheet.height_of(row.header, width) + sheet.height_of(row.hint or "", width)
