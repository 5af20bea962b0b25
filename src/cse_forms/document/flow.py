"""How blocks follow one another on paper, whatever draws them: what renderers of pages have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cse_forms.document.tree import (
    Block,
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

WIDEST = 3
"""Columns that a page in large print has room for."""


def joined(blocks: Iterable[Block], *, framed_only: bool = False) -> Iterator[Block]:
    """Yield blocks with panels under the same word put together, so that it need not be said for each.

    Args:
        blocks: in order.
        framed_only: whether running text, which has no frame and no word, stays as it is.
    """
    last: Block | None = None
    for block in blocks:
        if isinstance(block, Panel) and isinstance(last, Panel) and _speak_as_one(last, block, framed_only=framed_only):
            last = replace(last, blocks=(*last.blocks, *block.blocks))
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _speak_as_one(panel: Panel, following: Panel, *, framed_only: bool) -> bool:
    if framed_only and panel.kind == "text":
        return False
    return panel.kind == following.kind and panel.label == following.label and following.title is None


def levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Draw a heading up that leaves a level out: to those who move by headings, one seems to be missing."""
    depth = 1
    for block in blocks:
        if isinstance(block, Heading):
            depth = min(block.level, depth + 1)
            yield replace(block, level=depth)
        elif isinstance(block, Question) and block.heading_level is not None:
            depth = min(block.heading_level, depth + 1)
            yield replace(block, heading_level=depth)
        else:
            yield block


def unfolded(table: Table) -> Iterator[Table]:
    """Yield a table as it stands in large print: one for each row, if it has more columns than there is room for.

    The headings of the columns then stand below one another, each beside its cell.
    """
    if len(table.widths) <= WIDEST:
        yield table
        return
    for number, row in enumerate(table.rows, 1):
        title = row.header or str(number)
        cells = [(heading, cell) for heading, cell in zip(table.columns, row.cells, strict=True) if cell is not None]
        yield Table(
            caption=f"{table.caption}: " + title,
            row_header=table.caption if table.row_header is None else table.row_header,
            columns=(f"{row.number} " + title if row.number else title,),
            widths=(2, 3),
            rows=tuple(
                # What helps to understand the row stands at its first cell.
                Row(header=heading, hint=row.hint if place == 0 else None, cells=(cell,))
                for place, (heading, cell) in enumerate(cells)
            ),
        )


def widened(table: Table, letters: int, *, parts_at: str = "") -> Table:
    """Return a table with columns such that the words of the form are not broken in them, where there is room.

    A column becomes no more than a third wider for that: the others have to be written in.

    Args:
        table: with the shares that it would like.
        letters: how many stand side by side in all of its columns.
        parts_at: signs after which a word goes on in the next line.
    """
    wished = [letters * share / sum(table.widths) for share in table.widths]
    least = [min(longest, wish * 4 / 3) for longest, wish in zip(_longest_words(table, parts_at), wished, strict=True)]
    widths = list(map(max, wished, least))
    spare = [width - low for width, low in zip(widths, least, strict=True)]
    over = sum(widths) - letters
    if over <= 0 or over > sum(spare):
        return table
    shared = (width - over * free / sum(spare) for width, free in zip(widths, spare, strict=True))
    return replace(table, widths=tuple(round(10 * width) for width in shared))


def _longest_words(table: Table, parts_at: str) -> list[int]:
    """Return the letters of the longest word in each column, but for those of answers."""
    heads = table.columns if table.row_header is None else (table.row_header, *table.columns)
    texts = [[head] for head in heads]
    for row in table.rows:
        texts[0] += [row.header, row.hint or ""]
        for column, cell in zip(texts[len(heads) - len(row.cells) :], row.cells, strict=True):
            column.extend(_words_of(cell))
    parting = str.maketrans(dict.fromkeys(parts_at, " "))
    return [max(map(len, " ".join(column).translate(parting).split()), default=0) for column in texts]


def _words_of(cell: Cell) -> Iterator[str]:
    """Yield the form's own words in a cell. An option's longest word has a box before it."""
    if isinstance(cell, Question):
        yield from (text for text in (cell.hint, cell.routing) if text)
        yield from (f"xxx{word}" for option in cell.options for word in option.title.split())
        return
    for words in cell or ():
        match words:
            case Paragraph(text=text):
                yield text
            case BulletList():
                # Points stand behind their sign.
                yield from (f"xxx{word}" for text in words.items for word in text.split())
            case TermList(terms=terms):
                yield from (text for term, meanings in terms for text in (term, *meanings))
            case LinkList(links=links):
                yield from (title for title, _ in links)
