"""What the fields of a page are called and hold: the page is made by it, and what a browser sends is read by it.

A field of an answer is called by the answer's pointer, which begins with a slash; the page's own fields never do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from cse_forms.pointers import escape
from cse_forms.schema.items import Question

FORM = "cse-forms.form"
VERSION = "cse-forms.version"
DIGEST = "cse-forms.digest"
"""Of which form, version and bytes the page was made."""

STATED = "cse-forms.stated"
"""Answers that no control gives back as they are, as JSON by their pointers."""

PART = "cse-forms.part"
"""Where a page shows some sections only: one field for each of them, with its key."""

ROW = "cse-forms.row"
"""One for each row that a page shows: a browser sends nothing of a row of boxes that are all left empty."""

LISTED = "cse-forms.listed"
"""One for each answer that the page listed as no longer applying."""

DROP = "cse-forms.drop"
"""Those of them that are to be removed; `EVERY` stands for all that were listed."""

EVERY = "*"

BUTTON = "cse-forms.button"
"""Which button was used."""

CONTINUE, SAVE, ADD, REMOVE, CLEAR = "continue", "save", "add:", "remove:", "clear:"
"""What the buttons send. The last three have a pointer behind them: of a table, of a row, and of an answer."""

DATE_PARTS = ("day", "month", "year")

_NOT_FOR_PAGES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|\n")


def sent_values(question: Question) -> tuple[str, ...]:
    """Return what a page sends for each option: its value, or its place where values cannot be told apart on a page."""
    values = [
        option.value if isinstance(option.value, str) else json.dumps(option.value) for option in question.options
    ]
    if len(set(values)) == len(values) and all(value and value.isprintable() for value in values):
        return tuple(values)
    return tuple(f"option-{place}" for place, _ in enumerate(values, 1))


def with_plain_breaks(text: str) -> str:
    """Return a text with line feeds alone at the end of its lines: browsers send both kinds of break together."""
    return _BREAKS.sub("\n", text)


def comes_back_as(text: str) -> tuple[str, str]:
    """Return what a field of several lines, and one of a single line, send of a text that nobody has touched."""
    shown = _BREAKS.sub("\n", _NOT_FOR_PAGES.sub("\ufffd", text))
    return shown, shown.replace("\n", "")


def stated(answers: Any) -> dict[str, Any]:
    """Return the answers that no control gives back as they are, by their pointers.

    A text of spaces alone, a box left unticked and an empty row look like no answer; chosen options stand in the
    form's order; of some characters, and of some line breaks, a page knows nothing.
    """
    return dict(_stated(answers, ""))


def _stated(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield from _stated(member, f"{pointer}/{escape(str(key))}")
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for place, each in enumerate(value):
            yield from _stated(each, f"{pointer}/{place}")
    elif isinstance(value, (list, dict)) or value is False:
        if pointer:
            yield pointer, value
    elif isinstance(value, str) and (not value.strip() or set(comes_back_as(value)) != {value}):
        yield pointer, value
