r"""Texts as cells hold them: what a spreadsheet would lose or change is written as \u and four digits.

Those are the characters that XML cannot carry, spaces at either end, and what looks like such a code already. So a
text comes back to the letter, whichever program has saved it meanwhile.
"""

from __future__ import annotations

import re

LONGEST = 32_767
"""Characters that a cell holds."""

_CHANGED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"  # not in XML, or changed by readers of it
    r"|^\s+|\s+\Z"  # trimmed
    r"|\\(?=u[0-9a-fA-F]{4})"  # what is written here
    r"|_(?=x[0-9a-fA-F]{4}_)"  # what Excel writes such characters as
)
_CODE = re.compile(r"\\u([0-9a-fA-F]{4})|_x([0-9a-fA-F]{4})_")


def to_cell(text: str) -> str:
    """Return a text as a cell holds it."""
    return _CHANGED.sub(lambda found: "".join(f"\\u{ord(one):04x}" for one in found.group()), text)


def from_cell(text: str) -> str:
    """Return the text that a cell stands for. Spaces at either end were added by chance."""
    return _CODE.sub(lambda found: chr(int(found[1] or found[2], 16)), text.strip())
