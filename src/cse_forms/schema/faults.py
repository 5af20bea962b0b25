"""A fault of a definition before it has a line and a column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """What is wrong, and where in the document."""

    pointer: str
    message: str


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean ...?" where another known word is near, or the empty text."""
    near = difflib.get_close_matches(word, [other for other in known if other != word], n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
