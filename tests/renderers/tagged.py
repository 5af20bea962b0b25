"""The tags of a PDF file with their words, in the order in which they are read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

_CHARACTER = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)


@dataclass
class Tag:
    """One element of the structure, with what stands in it."""

    name: str
    inside: list[Tag | str] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    control: Any = None
    """The annotation that it holds."""

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, name: str) -> list[Tag]:
        """Return every element of a name in it, in order."""
        found = []
        for part in self.inside:
            if isinstance(part, Tag):
                found += [part] if part.name == name else part.all(name)
        return found

    def walk(self) -> Iterator[Tag]:
        """Yield every element in it, and itself."""
        yield self
        for part in self.inside:
            if isinstance(part, Tag):
                yield from part.walk()


def tags_of(made: bytes) -> Tag:
    """Return the structure of a PDF file."""
    with pikepdf.open(BytesIO(made)) as pdf:
        words = {page.obj.objgen: _words_of(page) for page in pdf.pages}
        return _tag(pdf.Root.StructTreeRoot, None, words)


def _tag(element: Any, page: Any, words: dict[Any, dict[int, str]]) -> Tag:
    page = element.get("/Pg", page)
    owned = element.get("/A", pikepdf.Array())
    attributes = {key: value for each in owned for key, value in each.items()}
    tag = Tag(str(element.get("/S", "/Root"))[1:], attributes=attributes)
    inside = element.get("/K", pikepdf.Array())
    for part in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(part, int):
            tag.inside.append(words[page.objgen].get(part, ""))
        elif part.get("/Type") == "/OBJR":
            tag.control = part.Obj
        elif "/MCID" in part:
            tag.inside.append(words[part.get("/Pg", page).objgen].get(int(part.MCID), ""))
        else:
            tag.inside.append(_tag(part, page, words))
    return tag


def _words_of(page: Any) -> dict[int, str]:
    """Return the words of a page by the numbers under which tags name them."""
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    words: dict[int, str] = {}
    marked: list[tuple[int | None, bool]] = []
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        number, is_said = marked[-1] if marked else (None, False)
        if name in {"BDC", "BMC"}:
            properties: Any = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
            number = int(properties["/MCID"]) if "/MCID" in properties else number
            if "/ActualText" in properties and number is not None and not is_said:
                words[number] = words.get(number, "") + str(properties["/ActualText"])
                is_said = True
            marked.append((number, is_said))
        elif name == "EMC":
            marked.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in {"Tj", "TJ"} and number is not None and not is_said:
            shown = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
            codes = b"".join(bytes(each) for each in shown if isinstance(each, pikepdf.String))
            said = (font.get(codes[at] << 8 | codes[at + 1], "") for at in range(0, len(codes), 2))
            words[number] = words.get(number, "") + "".join(said)
    return words


def _letters(font: Any) -> dict[int, str]:
    """Return what each code of a font stands for."""
    table = font.ToUnicode.read_bytes()
    letters: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        letters.update((int(code, 16), _text(text)) for code, text in _CHARACTER.findall(block))
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text, texts in _RANGE.findall(block):
            listed = re.findall(rb"<([0-9A-Fa-f]+)>", texts)
            for place, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                letters[code] = _text(listed[place]) if listed else chr(ord(_text(text)) + place)
    return letters


def _text(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
