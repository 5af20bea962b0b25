"""Documents and the formats that they are rendered to, warm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

import docx

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show
from cse_forms.document.tree import Document, Heading, Table
from cse_forms.renderers import get_renderer

BASE = "blank: the document tree"
HTML = "blank HTML, the tree included"
DOCX = "blank DOCX, the tree included"
TARGETS = {HTML: 0.020, DOCX: 0.030}
"""Seconds."""


def run() -> None:
    """Measure and print."""
    seconds = medians(_cases(), rounds=15)
    show(f"Documents of {FORM}, warm; {BASE.partition(': ')[2]} of a blank form is 1", _rows(seconds))


def _cases() -> dict[str, Callable[[], object]]:
    form = cse_forms.get_form(FORM)
    response = cse_forms.read_response(full_response())
    blank, filled = form.document(), form.document(response)
    return {
        BASE: form.document,
        HTML: partial(form.render, "html"),
        DOCX: partial(form.render, "docx"),
        "blank JSON, the tree included": partial(form.render, "json"),
        "filled: the document tree, evaluated": partial(form.document, response),
        "filled HTML, all included": partial(form.render, "html", response),
        "filled DOCX, all included": partial(form.render, "docx", response),
        "filled JSON, all included": partial(form.render, "json", response),
        "blank DOCX from the tree": partial(get_renderer("docx").render, blank),
        "filled DOCX from the tree": partial(get_renderer("docx").render, filled),
        "python-docx: as many headings, tables and cells as the blank one": partial(_by_python_docx, blank),
    }


def _rows(seconds: dict[str, float]) -> Iterator[Row]:
    for name, taken in seconds.items():
        limit = TARGETS.get(name)
        target = "" if limit is None else f"under {limit * 1e3:.0f} ms"
        met = None if limit is None else taken < limit
        yield Row(name=name, seconds=taken, ratio=taken / seconds[BASE], target=target, met=met)


def _by_python_docx(document: Document) -> bytes:
    """Build the headings and tables of a document through python-docx's own interface, without any style."""
    made = docx.Document()
    for block in document.blocks:
        if isinstance(block, Heading):
            made.add_heading(block.text, level=block.level)
        elif isinstance(block, Table):
            headings = (*([block.row_header] if block.row_header else []), *block.columns)
            table = made.add_table(rows=1 + len(block.rows), cols=len(headings))
            for cell, text in zip(table.rows[0].cells, headings, strict=True):
                cell.text = text
            for row, shown in zip(table.rows[1:], block.rows, strict=True):
                row.cells[0].text = shown.header
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()
