"""PDF files: beside WeasyPrint, which prints this library's own page of the same record, in one run."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show

RECORD = "a filled record as PDF, all included"
PEER = "WeasyPrint, from the record as HTML"
TARGET = 10
"""How many times as long WeasyPrint takes, at least."""

RECORDS = 1_000
EARLY = 100
"""After so many, all that is kept for the next ones is there."""
GROWTH = 1.2


def run() -> None:
    """Measure and print."""
    seconds = medians(cases(), rounds=3)
    show(f"PDF files of {FORM}; {RECORD} is 1", rows(seconds))
    early, late = memory(RECORDS)
    met = "met" if late < early * GROWTH else "NOT MET"
    print(f"{RECORDS:,} records as PDF: {early / 1e6:,.0f} MB after {EARLY}, {late / 1e6:,.0f} MB after all  {met}")


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


def memory(count: int, early: int = EARLY) -> tuple[int, int]:
    """Return the bytes of memory in use after some records, each of another name, and after all of them."""
    form = cse_forms.get_form(FORM)
    response = cse_forms.read_response(full_response())
    held = 0
    for number in range(count):
        answers = {**response.answers, "involved": {"child": {"name": f"Name {number}"}}}
        form.render("pdf", answers)
        if number == early - 1:
            held = _in_use()
    return held, _in_use()


def _in_use() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
