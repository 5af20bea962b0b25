"""A document that is filled in on a screen: its questions with the names of their controls, and what goes with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any

from cse_forms.document.tree import Question, Row, Table
from cse_forms.errors import InputError
from cse_forms.renderers.docx.markup import not_carried
from cse_forms.renderers.docx.naming import EVERY_ROW, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cse_forms.document.tree import Block, Cell, Document

_ROOM = {"long-text": 3}
"""Lines of room that an empty control takes. On a screen it grows as it is filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fillable(Question):
    """A question with a control for its answer."""

    name: str
    """Its pointer, with `*` for the number of a row that can be added."""
    title: str
    """What the control is called."""
    row: int | None = None
    """The number of the row that can be added, if it stands in one."""
    number_of_control: int
    """The number of its first control: each option has one of its own."""

    @property
    def is_locked(self) -> bool:
        """Whether the control must stay. One in a row goes with its row, which can be taken out again."""
        return self.row is None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowingTable(Table):
    """A table to which rows can be added."""

    title: str
    number_of_control: int
    """The number of its own control; those of its rows follow."""


def fillable(document: Document) -> tuple[Block, ...]:
    """Return the blocks of a document with a control for every answer.

    Raises:
        InputError: an answer that is given already holds what no document can carry.
    """
    return tuple(_Numbering().blocks(document))


class _Numbering:
    def __init__(self) -> None:
        # The body's own control is the first.
        self._next = 2

    def blocks(self, document: Document) -> Iterator[Block]:
        for block in document.blocks:
            if isinstance(block, Question):
                yield self._question(block)
            elif isinstance(block, Table):
                yield self._table(block)
            else:
                yield block

    def _table(self, table: Table) -> Table:
        grows = table.row_header is None
        first = self._numbers(len(table.rows) + 1) if grows else 0
        rows = tuple(self._row(row, number if grows else None) for number, row in enumerate(table.rows))
        if not grows:
            return replace(table, rows=rows)
        common = {field.name: getattr(table, field.name) for field in fields(table)}
        return GrowingTable(**(common | {"rows": rows}), title=title_of(table.caption), number_of_control=first)

    def _row(self, row: Row, number: int | None) -> Row:
        return replace(row, cells=tuple(self._cell(cell, row, number) for cell in row.cells))

    def _cell(self, cell: Cell, row: Row, number: int | None) -> Cell:
        return self._question(cell, row, number) if isinstance(cell, Question) else cell

    def _question(self, question: Question, row: Row | None = None, number: int | None = None) -> Fillable:
        if question.value is not None:
            _check(question)
        name = question.pointer
        if row is not None and number is not None:
            holder, _, key = question.pointer.removesuffix("/").rpartition("/")
            name = f"{holder.rpartition('/')[0]}/{EVERY_ROW}/{key}"
        words_of_row = _numbered(row.number, row.header) if row else ""
        return Fillable(
            **{field.name: getattr(question, field.name) for field in fields(question) if field.name != "lines"},
            lines=1 if row else min(question.lines, _ROOM.get(question.kind, 1)),
            name=name,
            title=title_of(words_of_row, _numbered(question.number, question.label)),
            row=number,
            number_of_control=self._numbers(max(1, len(question.options))),
        )

    def _numbers(self, how_many: int) -> int:
        first = self._next
        self._next += how_many
        return first


def _numbered(number: str | None, words: str) -> str:
    return f"{number} {words}" if number else words


def _check(question: Question) -> None:
    found = not_carried(question.value or "")
    if found is not None:
        place, character = found
        raise InputError(
            f"{question.pointer}: the answer to '{question.label}' holds a character that no document can carry "
            f"(U+{ord(character):04X}, the {place + 1}. of its characters); take it out, and make the document again"
        )


def own_words(document: Document) -> list[str]:
    """Return marks of what this document says and its blank does not: facts, and what is wrong with answers.

    What reads it back knows by them that nobody wrote these words into it.
    """
    said = {text for fact in document.facts for text in fact}
    if document.banner is not None:
        said.add(f"{document.reference} {document.banner}")
    for question in _questions(document.blocks):
        said.update(f"{document.labels.problem}: {finding}" for finding in question.findings)
    return sorted(mark_of(text) for text in said)


def mark_of(text: str) -> str:
    """Return the mark of a text, whatever spaces and line breaks it has."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _questions(blocks: tuple[Block, ...]) -> Iterator[Question]:
    for block in blocks:
        if isinstance(block, Question):
            yield block
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells if isinstance(cell, Question))


def stated(document: Document) -> list[tuple[str, str]]:
    """Return what a response states and no control can show, by its pointer, as JSON.

    A text of spaces alone and a box that was left unticked look like no answer; chosen options stand in the form's
    order.
    """
    answers = (document.response or {}).get("answers")
    return [(pointer, json.dumps(value)) for pointer, value in _unshown(answers, "")]


def _unshown(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, (dict, list)) and not value and pointer:
        yield pointer, value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from _unshown(member, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")
    elif isinstance(value, list) and all(isinstance(member, (str, int, float)) for member in value):
        yield pointer, value
    elif isinstance(value, list):
        for place, member in zip(count(), value, strict=False):
            yield from _unshown(member, f"{pointer}/{place}")
    elif value is False or (isinstance(value, str) and not value.strip()):
        yield pointer, value
