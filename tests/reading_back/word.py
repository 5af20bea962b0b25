"""A program that knows Word's markup and nothing else: it finds controls by the titles that a person sees, and fills
them as Word would. It shares no code with what it tests."""

from __future__ import annotations

import copy
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

Element: TypeAlias = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
BODY = "word/document.xml"


class WordFile:
    """A document that is open in Word."""

    def __init__(self, data: str | bytes) -> None:
        assert isinstance(data, bytes)
        with ZipFile(BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.root: Element = etree.fromstring(self.parts[BODY])

    def save(self) -> bytes:
        """Return the file's bytes."""
        self.parts[BODY] = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        return buffer.getvalue()

    def controls(self, title: str) -> list[Element]:
        """Return the controls with this title, from the top of the document."""
        found = []
        for sdt in self.root.iter(f"{W}sdt"):
            alias = sdt.find(f"{W}sdtPr/{W}alias")
            if alias is not None and alias.get(f"{W}val") == title:
                found.append(sdt)
        return found

    def control(self, title: str, place: int = 0) -> Element:
        """Return one of the controls with this title."""
        return self.controls(title)[place]

    def write(self, title: str, text: str, place: int = 0) -> Element:
        """Click into a control and type. Word splits what is typed into runs as it likes."""
        control = self.control(title, place)
        self.content(control, *typed(text))
        return control

    def content(self, control: Element, *elements: Element) -> None:
        """Put elements in the place of what stands in a control."""
        placeholder = control.find(f"{W}sdtPr/{W}showingPlcHdr")
        if placeholder is not None:
            placeholder.getparent().remove(placeholder)
        content = control.find(f"{W}sdtContent")
        for child in list(content):
            content.remove(child)
        content.extend(elements)

    def tick(self, title: str, place: int = 0, *, ticked: bool = True) -> None:
        """Click on a box."""
        control = self.control(title, place)
        control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(f"{W14}val", str(int(ticked)))
        box = xml(f'<w:r w:rsidR="00A1"><w:rPr><w:rFonts w:ascii="MS Gothic" w:hint="eastAsia"/></w:rPr>'
                  f"<w:t>{'☒' if ticked else '☐'}</w:t></w:r>")  # fmt: skip
        self.content(control, box)

    def choose(self, title: str, words: str, place: int = 0) -> None:
        """Choose from a list that drops down."""
        control = self.control(title, place)
        offered = control.find(f"{W}sdtPr/{W}dropDownList")
        values = {item.get(f"{W}displayText"): item.get(f"{W}value") for item in offered}
        offered.set(f"{W}lastValue", values[words])
        self.content(control, xml(f'<w:r w:rsidR="00A1"><w:t>{words}</w:t></w:r>'))

    def pick(self, title: str, day: str, shown: str) -> None:
        """Pick a day from the calendar of a control."""
        control = self.control(title)
        control.find(f"{W}sdtPr/{W}date").set(f"{W}fullDate", f"{day}T00:00:00Z")
        self.content(control, *typed(shown))

    def add_row(self, place: int = 0) -> Element:
        """Click on the plus sign of a table: Word copies the last row, with its tags and without its bookmarks."""
        section = [sdt for sdt in self.root.iter(f"{W}sdt") if sdt.find(f"{W}sdtPr/{W15}repeatingSection") is not None]
        content = section[place].find(f"{W}sdtContent")
        added = copy.deepcopy(content[-1])
        for mark in [*added.iter(f"{W}bookmarkStart"), *added.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        for number, held in enumerate(added.iter(f"{W}id")):
            held.set(f"{W}val", str(-1_000_000 * (len(content) + 1) - number))
        content.append(added)
        return added

    def add_part(self, name: str, data: str, kind: str, content_type: str) -> None:
        """Add a part to which the body leads."""
        self.parts[f"word/{name}"] = data.encode()
        self.add_link(kind, name)
        types = self.parts["[Content_Types].xml"]
        override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/></Types>'
        self.parts["[Content_Types].xml"] = types.replace(b"</Types>", override.encode())

    def add_link(self, kind: str, target: str, *, external: bool = False) -> None:
        """Let the body lead to a part, or out of the document."""
        links = "word/_rels/document.xml.rels"
        mode = ' TargetMode="External"' if external else ""
        link = (
            f'<Relationship Id="added{len(self.parts)}{len(target)}" Target="{target}"{mode} '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
        )
        self.parts[links] = self.parts[links].replace(b"</Relationships>", link.encode())


def xml(text: str) -> Element:
    """Return an element of WordprocessingML."""
    declared = f'<x xmlns:w="{W[1:-1]}" xmlns:w14="{W14[1:-1]}">{text}</x>'
    return etree.fromstring(declared)[0]


def typed(text: str) -> list[Element]:
    """Return the runs that Word makes of what is typed: split anywhere, with marks of the spelling check between."""
    made = []
    for number, line in enumerate(text.split("\n")):
        if number:
            made.append(xml('<w:r w:rsidR="00B2"><w:br/></w:r>'))
        for part, piece in enumerate((line[:3], line[3:7], line[7:])):
            if piece:
                run = xml(f'<w:r w:rsidR="00A{part}"><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t/></w:r>')
                run[-1].text = piece
                run[-1].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                made += [run, xml('<w:proofErr w:type="spellStart"/>')]
    return made
