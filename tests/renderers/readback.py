"""What a rendered document says, read back by software that knows nothing of this project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final

import docx
from docx.oxml.ns import qn

from tests.renderers.tagged import Tag, tags_of

_NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    """Return a text as it is compared: U+FFFD for what no page can carry, one space for any run of white space."""
    return " ".join(_NOT_WRITTEN.sub("\ufffd", text).split())


class Page(HTMLParser):
    """A page as a parser of HTML reads it."""

    UNSAID: Final = frozenset({"style", "script", "template"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        """Every element's name, with the names of its attributes."""
        self._said: list[str] = []
        self._unsaid = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        """All that the page says, and the addresses that it leads to."""
        return plain("".join(self._said))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self._said.append(f" {dict(attrs).get('href') or ''} " if tag == "a" else " ")
        self._unsaid += tag in self.UNSAID

    def handle_endtag(self, tag: str) -> None:
        self._said.append(" ")
        self._unsaid -= tag in self.UNSAID

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self._said.append(data)


def said_by_html(made: str | bytes) -> str:
    """Return what a page says."""
    assert isinstance(made, str)
    return Page(made).text


def said_by_docx(made: str | bytes) -> str:
    """Return what a Word document says, its headers, footers and captions for assistive technology among it."""
    assert isinstance(made, bytes)
    document = docx.Document(BytesIO(made))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    addresses = [relationship.target_ref for relationship in document.part.rels.values() if relationship.is_external]
    return plain(" ".join([*addresses, *("".join(_words(part)) for part in parts)]))


def _words(part: Any) -> Iterator[str]:
    for element in part.iter():
        if element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in {qn("w:p"), qn("w:br"), qn("w:tab")}:
            yield " "
        elif element.tag in {qn("w:tblCaption"), qn("w:tblDescription")}:
            yield f" {element.get(qn('w:val'))} "


def said_by_json(made: str | bytes) -> str:
    """Return every text of a JSON document."""
    return plain(" ".join(_texts(json.loads(made))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
    elif isinstance(value, dict):
        for member in value.values():
            yield from _texts(member)


class Drawn(str):
    """What is drawn on pages, where no line break and no space can be told from another, nor which way it is read."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and _squeezed(text) in _page(str(self))


_FROM_RIGHT = re.compile("[\u0590-\u08ff]+")
_UNDRAWN = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0001-\U000e007f]+")
_NAMED = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


def _squeezed(text: str) -> str:
    """Return a text without what cannot be seen; letters that are read from right to left in any order."""
    text = _UNDRAWN.sub("", _NAMED.sub(lambda named: chr(int(named[1], 16)), text))
    return _FROM_RIGHT.sub(lambda run: "".join(sorted(run[0])), _UNDRAWN.sub("", text))


_page = lru_cache(maxsize=2)(_squeezed)


def said_by_pdf(made: str | bytes) -> str:
    """Return what a PDF file says to those who cannot see it: what stands in its tags."""
    assert isinstance(made, bytes)
    root = tags_of(made)
    summaries = [str(tag.attributes["/Summary"]) for tag in root.walk() if "/Summary" in tag.attributes]
    return Drawn(plain(" ".join([*(tag.text for tag in root.inside if isinstance(tag, Tag)), *summaries])))


READERS = {"html": said_by_html, "docx": said_by_docx, "json": said_by_json, "pdf": said_by_pdf}
"""What reads each of the built-in formats back."""
