"""A workbook's file read: cells, whatever program has saved it, in bounded time and memory.

Nothing is worked out, fetched or run. What a program has made of a text - a date, a formula - is told and not guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

from lxml import etree

from cse_forms.errors import InputError
from cse_forms.reading_back.package import EXCEL, Package
from cse_forms.workbook.characters import from_cell
from cse_forms.workbook.values import Cell, is_number

MAX_CELLS = 150_000
"""Cells that hold something. The largest real workbook has 6,000."""
MAX_STRINGS = 150_000
"""Texts that cells share."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""The numbers of the ways to show a number that show a date or a time."""
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|General', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spoilt:
    """What a cell holds that is no text, number or truth value."""

    message: str


Grid = dict[int, dict[int, Cell | Spoilt]]
"""The cells that hold something, by row and column, from 1."""


@dataclass(slots=True)
class Sheet:
    """One sheet."""

    name: str
    grid: Grid = field(default_factory=dict)


class WorkbookFile:
    """A workbook's file."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it.

        Raises:
            InputError: it is no workbook, holds macros, or is larger than any form's.
        """
        self.name = name
        self._package = Package(data, name, EXCEL)
        self._cells = 0
        root = self._package.xml_of(self._package.body)
        if root.tag != f"{_MAIN}workbook":
            raise InputError(f"{name} is no workbook: it is a document of another kind")
        self._sheets = [(sheet.get("name", ""), sheet.get(_RELATION)) for sheet in root.iter(f"{_MAIN}sheet")]

    @property
    def properties(self) -> dict[str, str]:
        """The document's own properties, by their names."""
        return self._package.properties

    def sheets(self, wanted: set[str]) -> Iterator[Sheet]:
        """Yield the sheets of some names, which are compared without regard to capitals.

        Raises:
            InputError: one is damaged, or holds more than any form's.
        """
        for name, relation in self._sheets:
            if name.strip().casefold() in wanted:
                link = self._package.link_of(self._package.body, relation or "")
                if link is not None and not link.is_external and self._package.has(link.target):
                    yield Sheet(name, self._grid(link.target))

    def _grid(self, part: str) -> Grid:
        grid: Grid = {}
        row_before = column_before = 0
        for element in self._elements(part, ("c", "row")):
            if element.tag == f"{_MAIN}row":
                row_before, column_before = _whole(element.get("r"), row_before + 1), 0
                continue
            row, column_before = self._position(element, row_before, column_before)
            value = self._value(element)
            if value is not None:
                grid.setdefault(row, {})[column_before] = value
                self._cells += 1
                if self._cells > MAX_CELLS:
                    raise InputError(f"{self.name} has more than {MAX_CELLS:,} cells; no form has so many")
        return grid

    def _position(self, cell: Any, row_before: int, column_before: int) -> tuple[int, int]:
        """Return row and column of a cell; it stands after the one before where it does not say."""
        written = cell.get("r")
        if written is None:
            return _whole(cell.getparent().get("r"), row_before + 1), column_before + 1
        found = _REFERENCE.fullmatch(written)
        if found is None:
            raise InputError(f"{self.name} is no workbook: a cell of it has no place; look for a whole copy")
        number = 0
        for letter in found[1]:
            number = number * 26 + ord(letter) - ord("A") + 1
        return int(found[2]), number

    def _value(self, cell: Any) -> Cell | Spoilt | None:
        """Return what a cell holds, or None where it is empty."""
        if cell.find(f"{_MAIN}f") is not None:
            return Spoilt("this is worked out by a formula; write what it comes to")
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text("".join(one.text or "" for one in _texts(cell)))
        written = cell.findtext(f"{_MAIN}v")
        if written is None:
            return None
        match kind:
            case "s":
                return self._shared(written)
            case "str":
                return _text(written)
            case "b":
                return written.strip() in {"1", "true"}
            case "e":
                return Spoilt(f"this holds the error {written[:20]}; write what is meant")
            case "d":
                return Spoilt(_DATE)
            case _:
                return Spoilt(_DATE) if self._shows_date(cell.get("s")) else _number(written)

    def _shared(self, written: str) -> Cell | Spoilt | None:
        if not written.strip().isdecimal() or int(written) >= len(self._strings):
            return Spoilt("the text of this cell is missing in the file; type it again")
        return _text(self._strings[int(written)])

    @cached_property
    def _strings(self) -> list[str]:
        found: list[str] = []
        for part in self._parts("sharedStrings"):
            for element in self._elements(part, ("si",)):
                found.append("".join(one.text or "" for one in _texts(element)))
                if len(found) > MAX_STRINGS:
                    raise InputError(f"{self.name} has more than {MAX_STRINGS:,} texts; no form has so many")
        return found

    def _shows_date(self, style: str | None) -> bool:
        return style is not None and style.isdecimal() and int(style) in self._date_styles

    @cached_property
    def _date_styles(self) -> set[int]:
        """The numbers of the styles that show a number as a date or a time."""
        found: set[int] = set()
        for part in self._parts("styles"):
            root = self._package.xml_of(part)
            own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(f"{_MAIN}numFmt")}
            formats = root.find(f"{_MAIN}cellXfs")
            for index, one in enumerate(formats if formats is not None else ()):
                number = one.get("numFmtId", "0")
                is_own = number in own and _DATE_LETTERS.search(_NOT_LETTERS.sub("", own[number]))
                if is_own or (number not in own and number.isdecimal() and int(number) in _DATES):
                    found.add(index)
        return found

    def _parts(self, kind: str) -> Iterator[str]:
        for link in self._package.links_of(self._package.body):
            if link.kind == kind and not link.is_external and self._package.has(link.target):
                yield link.target

    def _elements(self, part: str, names: tuple[str, ...]) -> Iterator[Any]:
        """Yield elements of a part one after another, and forget them."""
        data = self._package.bytes_of(part)
        damaged = InputError(f"{self.name} is no workbook: its part {part} is damaged; look for a whole copy")
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise damaged
        try:
            steps = etree.iterparse(
                BytesIO(data), events=("end",), tag=[f"{_MAIN}{name}" for name in names], resolve_entities=False,
                no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            is_first = True
            for _, element in steps:
                # In another encoding than UTF-8 it is not seen before.
                if is_first and element.getroottree().docinfo.doctype:
                    raise damaged
                is_first = False
                yield element
                if element.tag != f"{_MAIN}c":
                    _forget(element)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged from error


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written is not None and written.isdecimal() else otherwise


def _forget(element: Any) -> None:
    """Take an element out of what is held in memory, with all before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _texts(holder: Any) -> Iterator[Any]:
    """Yield the pieces of a text; how it is pronounced is no part of it."""
    for one in holder.iter(f"{_MAIN}t"):
        if one.getparent().tag != f"{_MAIN}rPh":
            yield one


_DATE = (
    "the program has made a date of this; format the cell as Text, and type again what is meant, a date as 2026-03-31"
)


def _text(written: str) -> str | None:
    return from_cell(written) or None


def _number(written: str) -> Cell | Spoilt | None:
    text = written.strip()
    if not text:
        return None
    try:
        number = json.loads(text.lower())
    except ValueError:
        number = None
    if not is_number(number):
        return Spoilt("this is no number; type it again")
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < 10**15 else number
