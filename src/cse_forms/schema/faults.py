"""A fault of a definition before it has a line and a column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import NamedTuple

from cse_forms.errors import DefinitionError, InputError, Problem

_PLACE = re.compile(r" \(line (?P<line>\d+) column (?P<byte>\d+)\)")


class Fault(NamedTuple):
    """What is wrong, and where in the document."""

    pointer: str
    message: str
    """What is wrong and, after a semicolon, what would be right."""
    code: str
    """The name of the rule that it breaks: `checking/rules.py` says more of it."""


class Awkward(NamedTuple):
    """What is awkward in a definition that may be used none the less, and where in the document."""

    pointer: str
    code: str
    """A name that stays the same, such as "counted-twice"."""
    message: str
    """What is awkward and, after a semicolon, what would be better."""


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


def not_json(name: str, data: bytes, error: InputError) -> DefinitionError:
    """Return the error of a definition's file that holds no JSON, with the place that the reader tells.

    Args:
        name: what the file is called in errors.
        data: its bytes.
        error: what `parse_json` says of them.
    """
    told = str(error).removeprefix(name)
    found = _PLACE.search(told)
    line, byte = (int(found["line"]), int(found["byte"])) if found else (1, 1)
    # The reader counts bytes, after a byte order mark, and calls what stands before a line its column 0.
    before = data.removeprefix(b"\xef\xbb\xbf").split(b"\n", line)[line - 1][: max(byte - 1, 0)]
    column = len(before.decode("utf-8", "replace")) + 1
    return DefinitionError(
        name,
        (
            Problem(
                line=line, column=column, pointer="", message=f"this{_PLACE.sub('', told, count=1)}", code="not-json"
            ),
        ),
    )
