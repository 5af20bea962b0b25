"""PDF files: beside WeasyPrint, which prints this library's own page of the same record, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show

RECORD = "a filled record as PDF, all included"
PEER = "WeasyPrint, from the record as HTML"
TARGET = 10
"""How many times as long WeasyPrint takes, at least."""


def run() -> None:
    """Measure and print."""
    seconds = medians(cases(), rounds=3)
    show(f"PDF files of {FORM}; {RECORD} is 1", rows(seconds))


def cases() -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    from weasyprint import HTML

    form = cse_forms.get_form(FORM)
    response = cse_forms.read_response(full_response())
    page = form.render("html", response)
    filled = form.render("pdf", response, purpose="fill")
    assert isinstance(filled, bytes)
    return {
        RECORD: partial(form.render, "pdf", response),
        "a blank as PDF": partial(form.render, "pdf"),
        "a form to fill in as PDF": partial(form.render, "pdf", purpose="fill"),
        "a filled PDF form, read back": partial(cse_forms.read_pdf, filled),
        PEER: lambda: HTML(string=page).write_pdf(),
    }


def rows(seconds: dict[str, float]) -> Iterator[Row]:
    """Return the table's rows."""
    for name, taken in seconds.items():
        ratio = taken / seconds[RECORD]
        is_peer = name == PEER
        target = f"{TARGET} at least" if is_peer else ""
        yield Row(name=name, seconds=taken, ratio=ratio, target=target, met=ratio >= TARGET if is_peer else None)
