"""The outcome of a response as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from cse_forms.cli.printing import printable
from cse_forms.document import tree

WIDTH = 100

_LONGEST = 20_000
"""Characters of one line of an answer that are still wrapped: the time that wrapping takes grows with their square."""


def lines_of(blocks: Iterable[tree.Block]) -> Iterator[str]:
    """Yield blocks of a document as lines."""
    heading = ""
    for block in blocks:
        match block:
            case tree.Heading():
                heading = block.text
                yield block.text
                yield ("=" if block.level == 2 else "-") * len(block.text)
            case tree.Panel():
                named = ": ".join(part for part in (block.label, block.title) if part)
                if named:
                    yield from _wrapped(named, "", "")
                for words in block.blocks:
                    yield from _words(words, "  ")
                yield ""
            case tree.Table():
                yield from _table(block, heading)
                yield ""
            case tree.Question():
                yield f"{block.label}: {block.answer.text if block.answer else ''}"


def _words(words: tree.Words, indent: str) -> Iterator[str]:
    match words:
        case tree.Paragraph():
            yield from _wrapped(words.text, indent, indent)
        case tree.BulletList():
            for depth, item in words.deep_items:
                deeper = f"{indent}{'  ' * depth}"
                yield from _wrapped(item, f"{deeper}- ", f"{deeper}  ")
        case tree.TermList():
            for term, texts in words.terms:
                yield from _wrapped(term, indent, indent)
                for text in texts:
                    yield from _wrapped(text, f"{indent}- ", f"{indent}  ")
        case tree.LinkList():
            for title, address in words.links:
                yield f"{indent}{title}: {address}"


def _table(table: tree.Table, heading: str) -> Iterator[str]:
    if table.caption != heading:
        yield table.caption
    for row in table.rows:
        yield f"  {row.header}".rstrip()
        for column, cell in zip(table.columns, row.cells, strict=True):
            if isinstance(cell, tree.Question):
                yield f"    {column}: {cell.answer.text if cell.answer else '_' * 40}"
            for words in cell if isinstance(cell, tuple) else ():
                if isinstance(words, tree.Paragraph):
                    yield from _wrapped(f"{column}: {words.text}", "    ", "      ")
                else:
                    yield from _words(words, "      ")


def _wrapped(text: str, first: str, rest: str) -> list[str]:
    return [line for part in printable(text).split("\n") for line in _lines(part, first, rest)]


def _lines(text: str, first: str, rest: str) -> list[str]:
    if len(text) > _LONGEST:
        return [f"{first}{text}"]
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest) or [""]
