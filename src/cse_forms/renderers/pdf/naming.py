"""What the controls of a PDF file are called. `cse_forms.reading_back.pdf` knows the same names.

A control is named by the pointer of its answer. A full stop would part a name in two, and a pointer never holds a tilde
but before 0 and 1: so `~2` stands for a full stop, and `~3` between a pointer and the option that a box is for.
"""

from __future__ import annotations

import re
from hashlib import sha256

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _,()&+-]{0,59}")
_COUNTED = re.compile(r"option-\d+")

OPTION = "~3"
"""Stands between a pointer and the option that a box is for."""

CARRIED = "CseForms"
"""Where the form is said once more that a file was made from: other programs may lose a file's properties."""
CARRIED_KEYS = ("Form", "FormVersion", "FormDigest", "FormStated")
CARRIED_PAGES = "FormPages"
"""Beside it: a mark of what is drawn on each page, so that it is noticed if something is added to one."""


def field_name(pointer: str, state: str | None = None) -> str:
    """Return the name of the control that is for an answer, or for one of the options that may be ticked."""
    name = pointer.replace(".", "~2")
    return name if state is None else f"{name}{OPTION}{state}"


def page_mark(drawn: bytes) -> str:
    """Return the mark of what is drawn on a page, whatever spaces and line ends stand in it."""
    return sha256(b" ".join(drawn.split())).hexdigest()[:16]


def pointer_of(name: str) -> str:
    """Return the pointer that a control is named by."""
    return name.replace("~2", ".")


def states(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the boxes of some options say when they are ticked: the value, where it can be, or its place."""
    found: list[str] = []
    for place, value in enumerate(values, 1):
        plain = _PLAIN.fullmatch(value) and not _COUNTED.fullmatch(value) and value != "Off" and value not in found
        found.append(value if plain else f"option-{place}")
    return tuple(found)
