"""A Word document's or a workbook's parts, taken out of its archive in bounded time and memory.

Nothing is fetched, and nothing is run.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from cse_forms.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

MAX_ENTRIES = 500
"""Files in the archive. A filled form holds about twenty."""
MAX_UNPACKED = 24_000_000
"""Bytes of all files together. The largest real form has 2 MB."""
MAX_TAGS = 1_500_000
"""Tags of all that is parsed, each part as often as it is. The largest real form has 33,000."""
MAX_ATTRIBUTES = 600_000
"""Attributes of all that is parsed. The largest real form has 12,000."""

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_TYPES = "[Content_Types].xml"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ENCRYPTED = 0x1
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([^"']{0,40})["']""")
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii"})
_EBCDIC = b"\x4c\x6f\xa7\x94"
"""How a part begins that says in letters of another kind that it is XML."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """Where a part leads to."""

    id: str
    """By which the part names it."""
    kind: str
    """The last word of its type: hyperlink, comments, header."""
    target: str
    """The name of a part; the address, of what lies outside the document."""
    is_external: bool


@dataclass(frozen=True, slots=True)
class Format:
    """What kind of document a package is to be, for those who are told that it is none."""

    noun: str
    program: str
    suffix: str


WORD = Format("Word document", "Word", ".docx")
EXCEL = Format("workbook", "Excel", ".xlsx")


class Package:
    """The parts of one document."""

    def __init__(self, data: bytes, name: str, expected: Format = WORD) -> None:
        """Open it.

        Args:
            data: the file's bytes.
            name: what to call it in errors.
            expected: what kind of document it is to be.

        Raises:
            InputError: it is none of that kind, holds macros, or is larger than any form.
        """
        self.name = name
        self._expected = expected
        self._left = MAX_UNPACKED
        self._tags_left = MAX_TAGS
        self._attributes_left = MAX_ATTRIBUTES
        self._read: dict[str, bytes] = {}
        self._links: dict[str, tuple[Relationship, ...]] = {}
        if data.startswith(_OLD_OFFICE):
            raise InputError(
                f"{name} is a file of an old kind of {expected.program}, or is locked with a password; open it in "
                f"{expected.program}, and save it as a {expected.noun} ({expected.suffix}) without a password"
            )
        if not data.startswith(b"PK"):
            raise self._no_document("its first bytes are not those of one")
        try:
            # It is read from memory, and its parts are taken out one by one: it need not be closed.
            self._archive = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, struct.error, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise self._no_document("it is cut off or damaged; look for a whole copy") from error
        self._check()
        if not self.has(_TYPES) or not self.has("_rels/.rels"):
            raise self._no_document("it is an archive of another kind")
        self.body = next((link.target for link in self.links_of("") if link.kind == "officeDocument"), "")
        if not self.has(self.body):
            raise self._no_document("it is an archive of another kind")
        if b"macroenabled" in self.bytes_of(_TYPES).lower() or any(
            posixpath.basename(part).lower() == "vbaproject.bin" for part in self.parts
        ):
            raise InputError(f"{name} holds macros, which no form of ours does; it is not read")

    def _no_document(self, why: str) -> InputError:
        return InputError(f"{self.name} is no {self._expected.noun}: {why}")

    def _check(self) -> None:
        entries = self._archive.infolist()
        self.parts = dict.fromkeys(entry.filename for entry in entries)
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise InputError(f"{self.name} unpacks to more than any form does; it is not read")
        if len({part.lower() for part in self.parts}) < len(entries):
            raise self._no_document("it holds two parts of one name")
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise InputError(f"{self.name} is locked with a password; save it without one")
        if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
            raise self._no_document(f"it is packed in a way that {self._expected.program} does not know")

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self.parts

    def bytes_of(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            InputError: it is damaged, or unpacks to more than it says.
        """
        if part not in self._read:
            try:
                with self._archive.open(part) as file:
                    data = file.read(self._left + 1)
            except (BadZipFile, EOFError, zlib.error, OSError, ValueError, NotImplementedError, struct.error) as error:
                raise self._no_document("it is cut off or damaged; look for a whole copy") from error
            self._left -= len(data)
            if self._left < 0:
                raise InputError(f"{self.name} unpacks to more than any form does; it is not read")
            self._read[part] = data
        return self._read[part]

    def xml_of(self, part: str) -> Any:
        """Return the root element of a part.

        Raises:
            InputError: it is no XML, or says what its words stand for (a DTD), as no such document does.
        """
        # Made anew each time: a parser is not shared between threads.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
        data = self.bytes_of(part)
        self._spend(data, part)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise self._no_document("a part of it has a document type, which is not allowed in one")
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._no_document(f"its part {part} is damaged, or deeper or longer than any form's") from error
        tree: Any = root.getroottree()
        if tree.docinfo.doctype:
            raise self._no_document("a part of it has a document type, which is not allowed in one")
        return root

    def _spend(self, data: bytes, part: str) -> None:
        """Count what parsing a part takes, before it is done: its tree is far larger than its bytes."""
        encoding = _ENCODING.match(data.removeprefix(_BYTE_ORDER_MARK))
        if data.startswith(_EBCDIC) or (encoding and encoding[1].lower() not in _ENCODINGS):
            # In others a tag does not begin with the sign that is counted.
            raise self._no_document(f"its part {part} is in an encoding that no such document has")
        self._tags_left -= data.count(b"<")
        self._attributes_left -= data.count(b"=")
        if self._tags_left < 0 or self._attributes_left < 0:
            raise InputError(f"{self.name} holds more than any form does; it is not read")

    def links_of(self, part: str) -> tuple[Relationship, ...]:
        """Return where a part leads to; the empty name stands for the document as a whole."""
        if part not in self._links:
            self._links[part] = tuple(self._links_of(part))
        return self._links[part]

    def link_of(self, part: str, name: str) -> Relationship | None:
        """Return where a part leads to by one of its names."""
        return next((link for link in self.links_of(part) if link.id == name), None)

    def parts_for(self, part: str, kinds: Collection[str]) -> Iterator[str]:
        """Yield the names of the parts to which a part leads in some ways, each of them once."""
        found = (link for link in self.links_of(part) if link.kind in kinds and not link.is_external)
        yield from dict.fromkeys(link.target for link in found if self.has(link.target))

    def _links_of(self, part: str) -> Iterator[Relationship]:
        folder, name = posixpath.split(part)
        held = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(held):
            return
        for link in self.xml_of(held).iter(_RELATIONSHIPS):
            kind = link.get("Type", "")
            if kind.startswith(_STRICT):
                raise InputError(
                    f"{self.name} was saved as 'Strict Open XML'; save it as an ordinary {self._expected.noun} "
                    f"({self._expected.suffix})"
                )
            target = link.get("Target", "")
            external = link.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            yield Relationship(link.get("Id", ""), kind.rpartition("/")[2], target, external)

    @property
    def properties(self) -> dict[str, str]:
        """The document's own properties, by their names."""
        return {
            one.get("name", ""): "".join(one.itertext())
            for target in self.parts_for("", {"custom-properties"})
            for one in self.xml_of(target).iterchildren(_PROPERTY)
        }

    def all_links(self) -> Iterator[Relationship]:
        """Yield where any part of the document leads to."""
        for part in self.parts:
            folder, name = posixpath.split(part)
            if name.endswith(".rels") and posixpath.basename(folder) == "_rels":
                yield from self.links_of(posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels")))
