"""A document as plain data: what `form.typ` draws. Nothing in it is markup, so that no answer can become any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cse_forms.document.tree import BulletList, Heading, LinkList, Paragraph, Question, Table, TermList, runs_of
from cse_forms.renderers.pdf.characters import drawable, followed
from cse_forms.renderers.pdf.layout import (
    FIELD_SHARE,
    LARGE,
    NORMAL,
    Fields,
    LaidPanel,
    height_of_header,
    height_of_question,
    in_one_line,
    is_wanted,
    laid_out,
    wanted_columns,
    with_tables,
    written_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cse_forms.document.tree import Cell, Document, Option, Row, Words
    from cse_forms.renderers.pdf.layout import Laid, Sheet

Data = dict[str, Any]


class Content:
    """What is drawn of a document, and the controls in it, in the order in which they are drawn."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sheet: Sheet = LARGE if document.large_print else NORMAL
        self.blocks = tuple(with_tables(document.blocks, self._sheet))
        """What is drawn: the document's blocks, with tables that the sheet has room for."""
        self.controls: list[tuple[Question, Option | None]] = []
        """Of a document to complete on a screen: each question with the option that a box is for."""

    @property
    def sheet(self) -> Sheet:
        """The paper it is drawn on."""
        return self._sheet

    def data(self) -> Data:
        """Return all that is drawn."""
        document, sheet = self._document, self._sheet
        labels = document.labels
        self.controls.clear()
        return {
            "title": shown(document.title),
            "name": drawable(document.title),
            **_language(document.language),
            "large": document.large_print,
            "size": sheet.text,
            "line": sheet.line,
            "margin": sheet.margin,
            "fill": document.purpose == "fill",
            "banner": document.banner and shown(document.banner),
            "reference": shown(document.reference),
            "digest": document.digest,
            "page": shown(labels.page),
            "of": shown(labels.of),
            "required": shown(labels.required),
            "problem": shown(labels.problem),
            "date": [shown(part) for part in (labels.day, labels.month, labels.year)],
            "facts": [[shown(name), shown(value)] for name, value in document.facts],
            "blocks": [self._block(block) for block in laid_out(self.blocks, sheet)],
        }

    def _block(self, block: Laid) -> Data:
        match block:
            case Heading():
                return {"is": "heading", "level": block.level, "text": shown(_numbered(block.number, block.text))}
            case LaidPanel():
                return self._panel(block)
            case Fields():
                width = self._sheet.measure * (1 - FIELD_SHARE)
                return {"is": "fields", "questions": [self._question(each, width) for each in block.questions]}
            case Question():
                return {"is": "question", **self._question(block, self._sheet.measure)}
            case Table():
                return self._table(block)

    def _panel(self, laid: LaidPanel) -> Data:
        panel = laid.panel
        lines = _words(panel.blocks)
        height = self._height_of_words(panel.blocks, self._sheet.measure)
        return {
            "is": "panel",
            "kind": panel.kind,
            "label": panel.label and shown(panel.label),
            # A title that says the label's word again would be read twice.
            "title": shown(panel.title) if panel.title and panel.title != panel.label else None,
            "words": lines,
            "whole": panel.kind != "text" and height <= self._sheet.tallest_whole,
            "keep": laid.keep and height <= self._sheet.tallest_whole,
        }

    def _question(self, question: Question, width: float, *, in_column: bool = False) -> Data:
        lines = written_lines(question, width, self._sheet)
        height = height_of_question(question, width, self._sheet, lines)
        answer = question.answer
        return {
            "kind": question.kind,
            "label": shown(_numbered(question.number, question.label)),
            "level": question.heading_level,
            "required": is_wanted(question) and not in_column,
            "hint": question.hint and shown(question.hint),
            "routing": question.routing and shown(question.routing),
            "findings": [shown(finding) for finding in question.findings],
            "answer": answer and {"given": answer.status == "given", "text": shown(answer.text)},
            "options": [self._option(question, option) for option in question.options],
            "beside": in_one_line(question, width, self._sheet),
            "lines": lines,
            "control": self._control(question, None) if not question.options else None,
            "whole": height <= self._sheet.tallest_whole,
            "room-whole": lines * self._sheet.line <= NORMAL.tallest_whole,
            "wide": width > self._sheet.measure / 2,
        }

    def _option(self, question: Question, option: Option) -> Data:
        return {"title": shown(option.title), "chosen": option.chosen, "control": self._control(question, option)}

    def _control(self, question: Question, option: Option | None) -> str | None:
        if self._document.purpose != "fill":
            return None
        self.controls.append((question, option))
        return f"{CONTROL}{len(self.controls) - 1}"

    def _table(self, table: Table) -> Data:
        widths = self._sheet.columns(table.widths)
        wanted = wanted_columns(table)
        return {
            "is": "table",
            "caption": shown(table.caption),
            "shares": list(table.widths),
            "header": None if table.row_header is None else shown(table.row_header),
            "columns": [
                {"text": shown(column), "required": required}
                for column, required in zip(table.columns, wanted, strict=True)
            ],
            "rows": [self._row(row, widths, wanted, headed=table.row_header is not None) for row in table.rows],
        }

    def _row(self, row: Row, widths: tuple[float, ...], wanted: tuple[bool, ...], *, headed: bool) -> Data:
        # Where rows have no header, there are as many widths as cells.
        beside = widths[len(widths) - len(row.cells) :]
        cells = [
            self._cell(cell, width, in_column=required)
            for cell, width, required in zip(row.cells, beside, wanted, strict=True)
        ]
        heights = [
            height_of_header(row, widths[0], self._sheet),
            *(self._height_of_cell(cell, width) for cell, width in zip(row.cells, beside, strict=True)),
        ]
        return {
            "text": shown(_numbered(row.number, row.header)) or None,
            "hint": row.hint and shown(row.hint),
            "headed": headed,
            "cells": cells,
            "whole": max(heights) <= self._sheet.tallest_whole,
        }

    def _cell(self, cell: Cell, width: float, *, in_column: bool) -> Data | None:
        if cell is None:
            return None
        if isinstance(cell, Question):
            return {"question": self._question(cell, width, in_column=in_column)}
        return {"words": _words(cell)}

    def _height_of_cell(self, cell: Cell, width: float) -> float:
        if cell is None:
            return 0
        if isinstance(cell, Question):
            return height_of_question(cell, width, self._sheet, written_lines(cell, width, self._sheet))
        return self._height_of_words(cell, width)

    def _height_of_words(self, blocks: Iterable[Words], width: float) -> float:
        return sum(self._sheet.height_of(text, width) for block in blocks for text in _texts(block))


CONTROL = "control:"
"""How the address of a link begins that stands where a control is to be."""


def shown(text: str) -> str | list[Data]:
    """Return a text as it is drawn; its parts, each with its language, where not all are in the document's."""
    runs = runs_of(text)
    if all(run.lang is None for run in runs):
        return drawable(text)
    return [{"text": drawable(run.text), **(_language(run.lang) if run.lang else {})} for run in runs]


def _language(tag: str) -> Data:
    """Return a language as typst has it, such as en of GB."""
    language, *parts = tag.split("-")
    return {"language": language, "region": next((part for part in parts if len(part) == 2), None)}


def _numbered(number: str | None, text: str) -> str:
    return f"{number} " + text if number else text


def _texts(words: Words) -> Iterator[str]:
    match words:
        case Paragraph():
            yield words.text
        case BulletList():
            yield from words.items
        case TermList():
            for term, meanings in words.terms:
                yield from (term, *meanings)
        case LinkList():
            for title, address in words.links:
                yield f"{title} ({address})"


def _words(blocks: Iterable[Words]) -> list[Data]:
    told: list[Data] = []
    for words in blocks:
        match words:
            case Paragraph():
                told.append({"is": "paragraph", "text": shown(words.text)})
            case BulletList():
                told.append({"is": "list", "items": _nested(words.deep_items)})
            case TermList():
                told += [
                    {"is": "term", "text": shown(term), "meanings": [shown(meaning) for meaning in meanings]}
                    for term, meanings in words.terms
                ]
            case LinkList():
                told += [
                    {
                        "is": "link",
                        "text": shown(title) if title != address else None,
                        "address": drawable(address),
                        "to": followed(address),
                    }
                    for title, address in words.links
                ]
    return told


def _nested(items: tuple[tuple[int, str], ...]) -> list[Data]:
    """Return the items of a list, each with those that stand below it."""
    top: list[Data] = []
    # The lists that the next item may join: that of its depth is the last one as deep.
    open_lists = [top]
    for depth, text in items:
        item: Data = {"text": shown(text), "items": []}
        del open_lists[min(depth, DEEPEST) + 1 :]
        open_lists[-1].append(item)
        open_lists.append(item["items"])
    return top


DEEPEST = 8
"""How many lists may stand in one another; a deeper item stands beside its own list."""
