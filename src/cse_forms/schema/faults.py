"""A fault of a definition before it has a line and a column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """What is wrong, and where in the document."""

    pointer: str
    message: str


_LONGEST = 200
"""Characters of a word that another may be near to; to compare one of millions takes seconds."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to another one, or None where none is near."""
    if len(word) > _LONGEST:
        return None
    near = difflib.get_close_matches(word, [other for other in known if other != word], n=1)
    return near[0] if near else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean ...?" where another known word is near, or the empty text."""
    near = nearest(word, known)
    return "" if near is None else f"; did you mean '{near}'?"
