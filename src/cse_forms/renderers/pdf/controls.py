"""The links that stand where something is to be filled in become controls.

Each is named by the pointer of its answer, has the question's words to be read aloud, shows what it holds already, and
stands among the tags where its link stood: so a screen reader comes to it after the words of the question.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from cse_forms.document.tree import Question, Table
from cse_forms.errors import InputError
from cse_forms.renderers.pdf.characters import drawable
from cse_forms.renderers.pdf.content import CONTROL
from cse_forms.renderers.pdf.finishing import describe_tables, opened, written
from cse_forms.renderers.pdf.letters import FONT, letters
from cse_forms.renderers.pdf.naming import CARRIED, CARRIED_KEYS, CARRIED_PAGES, field_name, page_mark, states
from cse_forms.renderers.pdf.stated import stated
from cse_forms.renderers.pdf.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cse_forms.document.tree import Document, Option
    from cse_forms.renderers.pdf.content import Content

PRINTED = 4
"""The flag of an annotation that is printed with its page."""

SEVERAL_LINES = 1 << 12
ONE_OF_SEVERAL = 1 << 15

SIZE_IN_CONTROL = 0.95
"""The size of what is typed, where running text has 1."""

OFF = Name.Off

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_HALF = re.compile("[\ud800-\udfff]")

_MOST_SHOWN = 20_000
"""Letters of a value that are drawn: no control has room for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a control stands: its annotation, and the tag that holds it."""

    annotation: Object
    tag: Object

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        left, bottom, right, top = (float(edge) for edge in self.annotation.Rect.as_list())
        return right - left, top - bottom


def with_controls(drawn: bytes, document: Document, content: Content) -> bytes:
    """Return the file with controls in place of the links that stand for them."""
    with opened(drawn) as pdf:
        places = _places(pdf)
        form = _Form(pdf, document, content.sheet.text * SIZE_IN_CONTROL)
        for number, (question, option) in enumerate(content.controls):
            form.add(places[number], question, option)
        form.show_values()
        form.finish()
        describe_tables(pdf, content.blocks)
        return written(pdf)


def _places(pdf: Pdf) -> dict[int, Place]:
    tags = _tags_of_annotations(pdf)
    places = {}
    for page in pdf.pages:
        for annotation in page.get(Name.Annots, Array()):
            address = str(annotation.get(Name.A, Dictionary()).get(Name.URI, ""))
            if address.startswith(CONTROL):
                tag = tags[int(annotation.StructParent)]
                places[int(address.removeprefix(CONTROL))] = Place(annotation=annotation, tag=tag)
                annotation.P = page.obj
    return places


def _tags_of_annotations(pdf: Pdf) -> dict[int, Object]:
    """Return the tags by the numbers under which annotations name them."""
    tags: dict[int, Object] = {}
    waiting = [pdf.Root.StructTreeRoot.ParentTree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get(Name.Kids, Array()).as_list())
        pairs = node.get(Name.Nums, Array()).as_list()
        tags.update((int(number), tag) for number, tag in zip(pairs[::2], pairs[1::2], strict=True))
    return tags


class _Form:
    """The fields of a document as they are put together."""

    def __init__(self, pdf: Pdf, document: Document, size: float) -> None:
        self._pdf = pdf
        self._document = document
        self._rows = dict(_named_rows(document))
        self._size = size
        self._fields: list[Object] = []
        self._groups: dict[str, Object] = {}
        self._filled: list[tuple[Place, str]] = []
        self._empty = pdf.make_indirect(_drawing(pdf, (1, 1), b""))
        self._boxes: dict[tuple[int, int], Object] = {}

    def add(self, place: Place, question: Question, option: Option | None) -> None:
        """Make a control of a link."""
        annotation = place.annotation
        for key in (Name.A, Name.Border, Name.Contents):
            del annotation[key]
        annotation.Subtype = Name.Widget
        annotation.F = PRINTED
        self._tag(place, question, option)
        if option is None:
            self._write(place, question)
        elif question.kind == "choice":
            self._choose(place, question, option)
        else:
            self._tick(place, question, option)

    def _tag(self, place: Place, question: Question, option: Option | None) -> None:
        tag = place.tag
        tag.S = Name.Form
        tag.K = Array([part for part in tag.K.as_list() if isinstance(part, Dictionary)])
        tag.Alt = String(self._read_aloud(question, option))

    def _write(self, place: Place, question: Question) -> None:
        field = place.annotation
        field.FT = Name.Tx
        field.T = String(field_name(question.pointer))
        field.TU = String(self._read_aloud(question, None))
        field.DA = String(f"/{FONT} {self._size:.2f} Tf 0 g")
        if question.kind == "long-text" or question.lines > 1:
            field.Ff = SEVERAL_LINES
        # Each has a drawing of its own: other programs draw over it what is typed.
        field.AP = Dictionary(N=self._pdf.make_indirect(_drawing(self._pdf, place.size, b"/Tx BMC EMC")))
        value = _written(question)
        _check(question, value)
        if value:
            # Where the two are still the same when the form comes back, nobody has touched it.
            field.V = field.DV = String(value)
            self._filled.append((place, value))
        self._fields.append(field)

    def _tick(self, place: Place, question: Question, option: Option) -> None:
        field = place.annotation
        field.FT = Name.Btn
        state = _state(question, option)
        field.T = String(field_name(question.pointer, state if question.kind == "choices" else None))
        field.TU = String(self._read_aloud(question, option))
        self._box(place, option, state)
        field.V = field.AS
        self._fields.append(field)

    def _choose(self, place: Place, question: Question, option: Option) -> None:
        group = self._groups.get(question.pointer)
        if group is None:
            group = self._pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=ONE_OF_SEVERAL, V=OFF, Kids=Array()))
            group.T = String(field_name(question.pointer))
            group.TU = String(self._read_aloud(question, None))
            self._groups[question.pointer] = group
            self._fields.append(group)
        box = place.annotation
        box.Parent = group
        box.Contents = String(option.title)
        self._box(place, option, _state(question, option))
        if option.chosen:
            group.V = box.AS
        group.Kids.append(box)

    def _box(self, place: Place, option: Option, state: str) -> None:
        """Draw a box, and what ticks it."""
        box = place.annotation
        size = place.size
        rounded = round(size[0] * 10), round(size[1] * 10)
        if rounded not in self._boxes:
            self._boxes[rounded] = self._pdf.make_indirect(_drawing(self._pdf, size, _cross(size)))
        box.AP = Dictionary(N=Dictionary({f"/{state}": self._boxes[rounded], "/Off": self._empty}))
        box.AS = Name(f"/{state}") if option.chosen else OFF

    def _read_aloud(self, question: Question, option: Option | None) -> str:
        """Return the words by which a screen reader names a control: it may come to it without its table."""
        labels = self._document.labels
        said = " ".join(part for part in (question.number, question.label) if part)
        words = [self._rows[question.pointer], said] if question.pointer in self._rows else [said]
        if option is not None:
            words.append(option.title)
        elif question.kind == "date":
            words.append(f"{labels.day} / {labels.month} / {labels.year}")
        if question.required:
            words.append(labels.required)
        return words[0] + (f": {', '.join(words[1:])}" if words[1:] else "")

    def show_values(self) -> None:
        """Draw what the controls hold, as typst draws all other words."""
        if not self._filled:
            return
        values = []
        for place, value in self._filled:
            width, height = place.size
            several = Name.Ff in place.annotation
            text = drawable(value[:_MOST_SHOWN])
            values.append({"width": width, "height": height, "several": several, "text": text})
        data = {"size": self._size, "language": self._document.language.split("-")[0], "values": values}
        with opened(typeset("values.typ", data)) as drawn:
            for (place, _), page in zip(self._filled, drawn.pages, strict=True):
                look = self._pdf.copy_foreign(page.as_form_xobject())
                look.write(b"/Tx BMC\n" + look.read_bytes() + b"\nEMC")
                place.annotation.AP = Dictionary(N=look)

    def finish(self) -> None:
        """Put the fields into the file, with what a program needs to know of them."""
        pdf, document = self._pdf, self._document
        font = letters(pdf)
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(
                Fields=Array(self._fields),
                DA=String(f"/{FONT} {self._size:.2f} Tf 0 g"),
                DR=Dictionary(Font=Dictionary({f"/{FONT}": font})),
            )
        )
        for page in pdf.pages:
            page.Tabs = Name.S
        said = (document.form, document.version, document.digest, json.dumps(stated(document)))
        pdf.Root.AcroForm[f"/{CARRIED}"] = Dictionary()
        for key, value in zip(CARRIED_KEYS, said, strict=True):
            pdf.docinfo[f"/{key}"] = String(value)
            pdf.Root.AcroForm[f"/{CARRIED}"][f"/{key}"] = String(value)
        marks = [page_mark(page.Contents.read_bytes()) for page in pdf.pages]
        pdf.Root.AcroForm[f"/{CARRIED}"][f"/{CARRIED_PAGES}"] = String(" ".join(marks))


def _written(question: Question) -> str:
    """Return what stands in a control already: a date as people write it, and all else as it is."""
    value = question.value or ""
    if question.kind == "date" and _DATE.fullmatch(value):
        return "/".join(reversed(value.split("-")))
    return value


def _check(question: Question, value: str) -> None:
    found = _HALF.search(value)
    if found is not None:
        raise InputError(
            f"{question.pointer}: the answer to '{question.label}' holds half of a character, which no document can "
            f"carry (U+{ord(found[0]):04X}); take it out, and make the document again"
        )


def _state(question: Question, option: Option) -> str:
    return states(tuple(each.value for each in question.options))[question.options.index(option)]


def _named_rows(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the pointer of each question that stands in a table, with the words of its row."""
    for block in document.blocks:
        if isinstance(block, Table):
            for place, row in enumerate(block.rows, 1):
                title = row.header or f"{block.caption} {place}"
                for cell in row.cells:
                    if isinstance(cell, Question):
                        yield cell.pointer, f"{row.number} {title}" if row.number else title


def _drawing(pdf: Pdf, size: tuple[float, float], content: bytes) -> Stream:
    drawing = Stream(pdf, content)
    drawing.Type = Name.XObject
    drawing.Subtype = Name.Form
    drawing.BBox = Array([0, 0, round(size[0], 3), round(size[1], 3)])
    drawing.Resources = Dictionary()
    return drawing


def _cross(size: tuple[float, float]) -> bytes:
    """Return the drawing of a cross, which ticks a box."""
    width, height = size
    near, far = 0.2, 0.8
    lines = (
        f"{width * near:.2f} {height * near:.2f} m {width * far:.2f} {height * far:.2f} l",
        f"{width * near:.2f} {height * far:.2f} m {width * far:.2f} {height * near:.2f} l",
    )
    return f"q {width * 0.12:.2f} w 1 J {' '.join(lines)} S Q".encode()
