"""A renderer that another package adds: the format "text", lines of plain text.

All that it needs of cse_forms is the document tree. Its entry point, in pyproject.toml, names the object below.
"""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.document.tree import (
    Block,
    BulletList,
    Document,
    Heading,
    LinkList,
    Panel,
    Paragraph,
    Question,
    Table,
    TermList,
    Words,
)


class PlainTextRenderer:
    """Gives the words of a document, line after line."""

    media_type = "text/plain; charset=utf-8"
    suffix = ".txt"

    def render(self, document: Document) -> str:
        """Return the text; it ends in a line break."""
        lines = [document.title, document.reference]
        lines += [f"{name}: {value}" for name, value in document.facts]
        for block in document.blocks:
            lines += _block(block)
        return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield ""
            yield _numbered(block.number, block.text)
        case Panel():
            yield from (part for part in (block.label, block.title) if part)
            for words in block.blocks:
                yield from _words(words)
        case Question():
            yield from _question(block, _numbered(block.number, block.label))
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"{table.caption}: {', '.join([table.row_header or '', *table.columns])}"
    for row in table.rows:
        yield _numbered(row.number, row.header)
        yield from (row.hint,) if row.hint else ()
        for column, cell in zip(table.columns, row.cells, strict=True):
            if isinstance(cell, Question):
                yield from _question(cell, column)
            else:
                for words in cell or ():
                    yield from _words(words)


def _question(question: Question, label: str) -> Iterator[str]:
    if question.answer is not None:
        yield f"{label}: {question.answer.text}"
        return
    yield f"{label}: {'_' * 20}"
    yield from (f"[ ] {option.title}" for option in question.options)
    yield from (text for text in (question.routing, question.hint) if text)


def _numbered(number: str | None, text: str) -> str:
    return f"{number} {text}" if number else text


def _words(words: Words) -> Iterator[str]:
    match words:
        case Paragraph():
            yield words.text
        case BulletList():
            yield from (f"- {item}" for item in words.items)
        case TermList():
            for term, texts in words.terms:
                yield term
                yield from (f"- {text}" for text in texts)
        case LinkList():
            yield from (f"{title}: {address}" for title, address in words.links)


renderer = PlainTextRenderer()
