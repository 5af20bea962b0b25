"""What is the same in every document: styles, settings, numbering, the page, and the parts that hold them.

python-docx prepares it once for each language; a document is then those bytes with a few parts of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from cse_forms.renderers.docx.page import A4, Page
from cse_forms.renderers.docx.templating import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_KEPT = frozenset(
    (
        RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
        RELATIONSHIP_TYPE.CORE_PROPERTIES,
        RELATIONSHIP_TYPE.STYLES,
        RELATIONSHIP_TYPE.SETTINGS,
        RELATIONSHIP_TYPE.NUMBERING,
    )
)
"""Of the default template's parts: not its thumbnail, its theme and the rest, which nothing here uses."""

_PACKED = 3
"""Of nine: beyond it, packing takes twice as long, and saves a tenth."""

# The earliest time that a zip archive can name. The time of making would give other bytes each time.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A document without words."""

    parts: tuple[tuple[str, bytes], ...]
    """Every part by its name, in order."""
    page: Page
    body: str
    """The name of the part that holds the words; and so the names that follow."""
    links: str
    """Where the words' links lead."""
    header: str
    footer: str
    core: str
    """The properties that every kind of document has: title, language."""
    custom: str
    """The properties of our own: form, version, digest."""
    header_id: str
    """By which the body refers to the header."""
    footer_id: str
    carried: str | None = None
    """What a document that is filled in carries for the program that reads it back."""
    glossary: str | None = None
    """What its controls show while they are empty."""

    def packed(self, written: Mapping[str, bytes]) -> bytes:
        """Return the bytes of a document with these parts in the place of the prepared ones."""
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name, prepared_part in self.parts:
                entry = ZipInfo(name, _NO_TIME)
                entry.compress_type = ZIP_DEFLATED
                # An archive names the system that made it, which would give other bytes on Windows.
                entry.create_system = 0
                archive.writestr(entry, written.get(name, prepared_part), compresslevel=_PACKED)
        return buffer.getvalue()


@lru_cache(maxsize=32)
def prepared(language: str, page: Page = A4, *, to_fill: bool = False) -> Package:
    """Return the package for documents in a language on such a page, to be filled in or not."""
    document = docx.Document()
    _leave_out(document)
    _replace(document.styles.element, "styles", language=language, page=page)
    _replace(document.settings.element, "settings", language=language, page=page)
    _replace(document.part.numbering_part.element, "numbering", language=language, page=page)
    section = document.sections[0]
    # Header and footer come to be when they are no longer taken from a section before this one.
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    package = document.part.package
    custom = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, b"", package)
    package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    carried = _carried(document) if to_fill else None
    glossary = _glossary(document) if to_fill else None
    buffer = BytesIO()
    document.save(buffer)
    with ZipFile(buffer) as archive:
        parts = tuple((name, archive.read(name)) for name in archive.namelist())
    words, header, footer = document.part, section.header.part, section.footer.part
    return Package(
        parts=parts,
        page=page,
        body=words.partname.membername,
        links=words.partname.rels_uri.membername,
        header=header.partname.membername,
        footer=footer.partname.membername,
        core=package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).partname.membername,
        custom=custom.partname.membername,
        header_id=words.relate_to(header, RELATIONSHIP_TYPE.HEADER),
        footer_id=words.relate_to(footer, RELATIONSHIP_TYPE.FOOTER),
        carried=None if carried is None else carried.partname.membername,
        glossary=None if glossary is None else glossary.partname.membername,
    )


def _carried(document: WordDocument) -> Part:
    """Add the part for what a document carries with it, and the part that names it."""
    package = document.part.package
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    text += environment().get_template("parts/carried-properties.xml").render()
    carried = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, b"", package)
    named = PackURI("/customXml/itemProps1.xml")
    carried.relate_to(
        Part(named, CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, text.encode(), package), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS
    )
    document.part.relate_to(carried, RELATIONSHIP_TYPE.CUSTOM_XML)
    return carried


def _leave_out(document: WordDocument) -> None:
    for relationships in (document.part.rels, document.part.package.rels):
        for identifier, relationship in list(relationships.items()):
            if relationship.reltype not in _KEPT:
                del relationships[identifier]


def _replace(root: BaseOxmlElement, name: str, *, language: str, page: Page) -> None:
    """Put what a template says in the place of all that a part holds."""
    text = environment().get_template(f"parts/{name}.xml").render(language=language, page=page)
    for child in list(root):
        root.remove(child)
    root.extend(list(parse_xml(text)))


def _glossary(document: WordDocument) -> Part:
    """Add the part from which Word takes the words for a control that was emptied again."""
    name = PackURI("/word/glossary/document.xml")
    glossary = Part(name, CONTENT_TYPE.WML_DOCUMENT_GLOSSARY, b"", document.part.package)
    document.part.relate_to(glossary, RELATIONSHIP_TYPE.GLOSSARY_DOCUMENT)
    return glossary
