"""Documents and the formats that they are rendered to, warm."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import BytesIO

import docx
from docx.shared import Cm
from docx.styles.style import BaseStyle
from docx.table import Table as WordTable

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show
from cse_forms.document.tree import (
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
from cse_forms.renderers import get_renderer

BASE = "blank: the document tree"
HTML = "blank HTML, the tree included"
DOCX = "blank DOCX, the tree included"
PAGE = "a page to fill in in a browser and send back"
TARGETS = {HTML: 0.020, DOCX: 0.030, PAGE: 0.030}
"""Seconds."""
RECORD = "filled DOCX from the tree"
PEER = "python-docx: a document like it, built through its interface"
TIMES = 20
"""How many times as long the peer takes, at least."""


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
        PAGE: form.page,
        "blank JSON, the tree included": partial(form.render, "json"),
        "filled: the document tree, evaluated": partial(form.document, response),
        "filled HTML, all included": partial(form.render, "html", response),
        "filled DOCX, all included": partial(form.render, "docx", response),
        "filled JSON, all included": partial(form.render, "json", response),
        "blank DOCX from the tree": partial(get_renderer("docx").render, blank),
        RECORD: partial(get_renderer("docx").render, filled),
        PEER: partial(_by_python_docx, filled, _template(form)),
    }


def _template(form: cse_forms.Form) -> bytes:
    """Return a document of ours without its words, for its styles."""
    made = docx.Document(BytesIO(get_renderer("docx").render(form.document())))  # type: ignore[arg-type]
    body = made.element.body
    for element in list(body)[:-1]:
        body.remove(element)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _rows(seconds: dict[str, float]) -> Iterator[Row]:
    for name, taken in seconds.items():
        limit = TARGETS.get(name)
        target = "" if limit is None else f"under {limit * 1e3:.0f} ms"
        met = None if limit is None else taken < limit
        yield Row(name=name, seconds=taken, ratio=taken / seconds[BASE], target=target, met=met)
    ratio = seconds[PEER] / seconds[RECORD]
    target = f"{TIMES} at least"
    yield Row(name=f"  beside '{RECORD}'", seconds=seconds[PEER], ratio=ratio, target=target, met=ratio >= TIMES)


def _by_python_docx(document: Document, template: bytes) -> bytes:
    """Build a document like ours through python-docx's own interface, from a template that has our styles."""
    made = docx.Document(BytesIO(template))
    styles = {style.style_id: style for style in made.styles}
    made.add_paragraph(document.title, styles["Title"])
    _filled(made.add_table(len(document.facts), 2, styles["Facts"]), document.facts, styles["Fact"])
    for block in document.blocks:
        match block:
            case Heading():
                made.add_paragraph(block.text, styles[f"Heading{block.level - 1}"])
            case Panel():
                style = styles["Normal" if block.kind == "text" else f"Panel{block.kind}"]
                for text in (block.label, block.title, *_texts(block.blocks)):
                    if text:
                        made.add_paragraph(text, style).paragraph_format.keep_with_next = True
            case Question():
                made.add_paragraph(style=styles["Question"]).add_run(block.label).bold = True
                _filled(made.add_table(1, 1, styles["Room"]), [["\n".join(_said(block))]], styles["Answer"])
            case Table():
                headings = (*([block.row_header] if block.row_header else []), *block.columns)
                table = made.add_table(1 + len(block.rows), len(headings), styles["FormTable"])
                _filled(table, [headings, *_rows_of(block)], styles["Cell"])
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _rows_of(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        words = ["\n".join(_said(cell) if isinstance(cell, Question) else _texts(cell or ())) for cell in row.cells]
        yield [*([row.header] if table.row_header else []), *words]


def _filled(table: WordTable, rows: Iterable[Iterable[str]], style: BaseStyle) -> None:
    for made, row in zip(table.rows, rows, strict=True):
        made.height = Cm(0.8)
        for cell, text in zip(made.cells, row, strict=True):
            cell.width = Cm(5)
            lines = text.split("\n")
            cell.paragraphs[0].add_run(lines[0])
            cell.paragraphs[0].style = style
            for line in lines[1:]:
                cell.add_paragraph(line, style)


def _said(question: Question) -> Iterator[str]:
    """Yield what stands with a question: its notes, its answer, and its options with their boxes."""
    yield from (text for text in (question.hint, question.routing, *question.findings) if text)
    if question.answer is not None:
        yield question.answer.text
    for option in question.options:
        box = "☒" if option.chosen else "☐"
        yield f"{box} {option.title}"


def _texts(blocks: tuple[Words, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text=text):
                yield text
            case BulletList(items=items):
                yield from items
            case TermList(terms=terms):
                yield from (text for term, meanings in terms for text in (term, *meanings))
            case LinkList(links=links):
                yield from (f"{title} {address}" for title, address in links)
