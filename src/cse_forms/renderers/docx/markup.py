"""How text becomes WordprocessingML: escaped, and with nothing in it that XML cannot carry.

Runs and paragraphs are written here and not in a template: a document holds hundreds of each, and a template
takes ten times as long for them.
"""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import quote

from markupsafe import escape

from cse_forms.document.tree import Said, runs_of

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN_INSTEAD = "\ufffd"
_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[^\s]+")
_OPEN = '<w:t xml:space="preserve">'
DEEPEST = 8
"""How many lists may stand in one another: `templates/parts/numbering.xml` has a level for each."""

_DEEPER = 280
_BREAK = re.compile("[\t\n\r]")
_BREAKS = (("\r\n", "<w:br/>"), ("\n", "<w:br/>"), ("\r", "<w:br/>"), ("\t", "<w:tab/>"))


def carried(value: object) -> object:
    """Show a character that XML cannot carry as U+FFFD, so that it is seen that something stood there.

    It is applied to all that a template writes. What is markup already has passed through here before.
    """
    # The type is compared and not asked for with isinstance: markup is a kind of str, and is read already.
    is_text = type(value) is str or type(value) is Said
    return _NOT_XML.sub(_SHOWN_INSTEAD, str(value)) if is_text else value


def not_carried(text: str) -> tuple[int, str] | None:
    """Return the first character that XML cannot carry, with its place in the text; None if there is none."""
    found = _NOT_XML.search(text)
    return None if found is None else (found.start(), found[0])


def attribute(text: str) -> str:
    """Return a text as the value of an attribute."""
    return str(escape(carried(text)))


def run(text: str, style: str | None = None, *, bold: bool | None = None) -> str:
    """Write text as its paragraph's style has it, or in a style of its own.

    Line breaks and tabs are kept: as elements, since XML takes them for spaces. What is bold is said here and
    not in a style: of two styles that are bold, one within the other, Word makes plain text. What is in another
    language than the document says so.
    """
    return "".join(_run(part, style, bold, language) for part, language in runs_of(text))


def _run(text: str, style: str | None, bold: bool | None, language: str | None) -> str:
    content = str(escape(_NOT_XML.sub(_SHOWN_INSTEAD, text)))
    if _BREAK.search(content):
        for characters, element in _BREAKS:
            content = content.replace(characters, f"</w:t>{element}{_OPEN}")
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    if bold is not None:
        look += f'<w:b w:val="{bold:d}"/><w:bCs w:val="{bold:d}"/>'
    if language is not None:
        look += f'<w:lang w:val="{escape(language)}"/>'
    look = look and f"<w:rPr>{look}</w:rPr>"
    return f"<w:r>{look}{_OPEN}{content}</w:t></w:r>"


def paragraph(style: str, content: str, keep: object = False, depth: int = 0) -> str:
    """Write a paragraph of runs in a style. What is kept stands on the page of what follows it.

    Args:
        style: its name.
        content: the runs, as markup.
        keep: whether it is kept.
        depth: of an item of a list, how deep it stands.
    """
    look = f'<w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
    if depth:
        level = min(depth, DEEPEST)
        left = _DEEPER * (level + 1) + (0 if style == "ListBullet" else _DEEPER)
        look += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        look += f'<w:ind w:left="{left}" w:hanging="{_DEEPER}"/>'
    return f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>\n"


def followed(address: str) -> str | None:
    """Return the address as a relationship may hold it; None for one that nobody is to follow: a script.

    Word refuses a whole document for one address that is not a URI: what none may hold is escaped.
    """
    if not _ADDRESS.fullmatch(address):
        return None
    return quote(_NOT_XML.sub(_SHOWN_INSTEAD, address), safe="/:?#@!$&'()*+,;=%~-._")


def relationship(address: str) -> str:
    """Return the id of the relationship that leads to an address: made of it, so that none is counted."""
    return "link" + sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:16]
