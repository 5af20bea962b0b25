"""A Word form that was filled in, read back as a response, warm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO

import docx
from docx.oxml.ns import qn

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show

OPENED = "python-docx: the same document, opened"
LISTED = "python-docx: opened, and the words of each control listed"
READ = "the response, with a report of every field"
TARGET = 0.040
"""Seconds."""


def run() -> None:
    """Measure and print."""
    seconds = medians(cases(), rounds=15)
    show(f"A filled Word form of {FORM}, read back; opening it with python-docx is 1", rows(seconds))


def cases() -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    form = cse_forms.get_form(FORM)
    response = cse_forms.read_response(full_response())
    made = form.render("docx", response, purpose="fill")
    assert isinstance(made, bytes)
    assert cse_forms.read_docx(made).response.answers == response.answers
    return {
        OPENED: partial(_opened, made),
        LISTED: partial(_listed, made),
        READ: partial(cse_forms.read_docx, made),
    }


def rows(seconds: dict[str, float]) -> Iterator[Row]:
    """Yield a row for each case."""
    for name, taken in seconds.items():
        is_ours = name == READ
        target = f"under {TARGET * 1e3:.0f} ms" if is_ours else ""
        met = taken < TARGET if is_ours else None
        yield Row(name=name, seconds=taken, ratio=taken / seconds[OPENED], target=target, met=met)


def _opened(made: bytes) -> object:
    return docx.Document(BytesIO(made))


def _listed(made: bytes) -> dict[str, str]:
    """Return the words of each control by its tag: python-docx has no name for controls, and lxml finds them."""
    found = {}
    for control in docx.Document(BytesIO(made)).element.body.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None:
            found[tag.get(qn("w:val"))] = "".join(text.text or "" for text in control.iter(qn("w:t")))
    return found
