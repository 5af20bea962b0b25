"""What typst leaves out of a PDF file: what a table is, which cells head their rows, and a few bytes."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING
from zlib import compress

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from cse_forms.document.tree import Table
from cse_forms.renderers.pdf.characters import drawable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cse_forms.document.tree import Block

_LINE_ENDS = (b"\r", b"\n")


@contextmanager
def opened(drawn: bytes) -> Iterator[Pdf]:
    """Open what typst drew, to change it."""
    with pikepdf.open(BytesIO(drawn)) as pdf:
        yield pdf


def written(pdf: Pdf) -> bytes:
    """Return the bytes of the file. The same content gives the same bytes."""
    for each in pdf.objects:
        if isinstance(each, Stream):
            _pack(each)
    file = BytesIO()
    pdf.save(file, deterministic_id=True, compress_streams=False, fix_metadata_version=False)
    return file.getvalue()


def _pack(stream: Stream) -> None:
    """Pack a stream, and let it not end with what could be taken for the end of its last line.

    How long it is would be in doubt. What follows the end of packed bytes is never read, and packing them in another
    way would change nothing: they end with a sum of what was packed.
    """
    content = stream.read_raw_bytes()
    # The metadata are to be found by programs that know nothing of PDF.
    is_bare = stream.get(Name.Type) == Name.Metadata and Name.Filter not in stream
    is_packed = stream.get(Name.Filter) == Name.FlateDecode
    if not (is_bare or is_packed):
        content = compress(content, 9)
    ending = (b" " if is_bare else b"\0") if content.endswith(_LINE_ENDS) else b""
    if ending or not (is_bare or is_packed):
        stream.write(content + ending, filter=None if is_bare else Name.FlateDecode)


def describe_tables(pdf: Pdf, blocks: Iterable[Block]) -> None:
    """Say of each table what it is, and of the first cell of each row that it is the heading of the row."""
    tables = [block for block in blocks if isinstance(block, Table)]
    for number, (table, element) in enumerate(zip(tables, _tables(pdf), strict=True)):
        _attributes(element).Summary = String(drawable(table.caption))
        if table.row_header is not None:
            _mark_rows(element, number)


def _tables(pdf: Pdf) -> list[Object]:
    """Return the tables of a document, in the order in which they are read."""
    found = []
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if element.get(Name.S) == Name.Table:
            found.append(element)
            continue
        waiting += reversed(_elements_in(element))
    return found


def _elements_in(element: Object) -> list[Object]:
    inside = element.get(Name.K)
    each = list(inside.as_list()) if isinstance(inside, Array) else [inside]
    return [part for part in each if isinstance(part, Dictionary) and Name.S in part]


def _mark_rows(table: Object, number: int) -> None:
    rows = [
        row
        for part in _elements_in(table)
        if Name.THead != part.S
        for row in ([part] if part.S == Name.TR else _elements_in(part))
    ]
    for place, row in enumerate(rows):
        heading, *cells = _elements_in(row)
        name = String(f"row-{number}-{place}")
        heading.S = Name.TH
        heading.ID = name
        _attributes(heading).Scope = Name.Row
        for cell in cells:
            attributes = _attributes(cell)
            attributes.Headers = Array([*attributes.get(Name.Headers, Array()), name])


def _attributes(element: Object) -> Object:
    """Return what is said of a table, or of a cell in it."""
    owned = element.get(Name.A)
    if not isinstance(owned, Array):
        owned = element.A = Array([] if owned is None else [owned])
    for attributes in owned:
        if attributes.get(Name.O) == Name.Table:
            return attributes
    owned.append(Dictionary(O=Name.Table))
    return owned[-1]
