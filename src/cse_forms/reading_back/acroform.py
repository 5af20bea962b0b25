"""A PDF file taken apart into its fields, in bounded time and memory. Nothing is fetched, nothing is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from cse_forms.errors import InputError, RendererError
from cse_forms.renderers.pdf.naming import CARRIED, CARRIED_KEYS, CARRIED_PAGES, page_mark
from cse_forms.renderers.pdf.typesetting import MISSING_EXTRA

try:
    import pikepdf
except ImportError as error:
    raise RendererError(MISSING_EXTRA) from error

from pikepdf import Array, Dictionary, Name, Object, Stream, settings

from cse_forms.reading_back.pdf_objects import DEEPEST, ObjectReader, dictionary_in

if TYPE_CHECKING:
    from pikepdf import Pdf

MOST_FIELDS = 20_000
"""With the boxes of each. The largest real form has a few hundred."""
MOST_PAGES = 2_000
MOST_NOTES = 200
MOST_UNPACKED = 4_000_000
"""Bytes of one packed part. The largest of a real form has a tenth of a megabyte."""
MOST_TABLES = 50
"""Packed tables of what stands where: some programs add one whenever a file is saved."""

_TABLE = re.compile(rb"/(?:X|#58)(?:R|#52)(?:e|#65)(?:f|#66)")
"""What says that a part is such a table, in every way in which it can be written."""

_SHOWN_ONLY = frozenset({"Widget", "Link", "Popup"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field, and what it holds."""

    name: str
    title: str
    """The words by which it is read aloud."""
    text: str = field(repr=False)
    """What was written, or the state that was chosen; empty where nothing was."""
    states: tuple[str, ...] | None
    """Of boxes: the state of each when it is ticked. None of a field that is written in."""
    shown: tuple[str, ...] = ()
    """Of boxes: the state that each shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file says of itself and what stands in it."""

    said: dict[str, str]
    fields: tuple[Field, ...]
    comments: tuple[str, ...]
    links: frozenset[str]
    scripts: bool
    embedded: bool
    changed_pages: tuple[int, ...]
    """The numbers of the pages that are not as they were made."""
    pages_missing: int
    """How many of the pages that were made are not there."""
    stands_on_pages: bool
    """Whether any field is to be seen: where a form was printed to a file, none is."""
    damaged: bool
    """Whether something had to be guessed: it may not be all there."""


def taken_apart(data: bytes, name: str) -> Taken:
    """Return what stands in a PDF file.

    Args:
        data: its bytes.
        name: what to call it in errors.

    Raises:
        InputError: it is locked with a password, damaged beyond reading, or larger than any form.
    """
    _set_limits()
    if len(_TABLE.findall(data)) > MOST_TABLES:
        # They are read in one go when it is opened, and nothing can end that.
        raise InputError(
            f"{name} was saved over and over, more often than any form; save it as a new file, and read that"
        )
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return _taken(pdf, name)
    except pikepdf.PasswordError:
        raise InputError(f"{name} is locked with a password; save it without one, and read that") from None
    except InputError:
        raise
    except (pikepdf.PdfError, RuntimeError, ValueError, KeyError, AttributeError, TypeError, OverflowError) as error:
        # What qpdf cannot make sense of shows in many ways; each of them says no more than that.
        raise InputError(f"{name} is damaged, and cannot be read as a PDF file; look for a whole copy") from error


@cache
def _set_limits() -> None:
    """Bound what unpacking takes, once: the limits are the whole process's, and no form comes near them."""
    settings.set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        doc_max_warnings=1000,
        parser_max_container_size=MOST_FIELDS * 10,
    )


def _taken(pdf: Pdf, name: str) -> Taken:
    reader = ObjectReader(name)
    # Each page may stand in a packed part of its own. So they are looked up one by one, before all are asked for.
    reader.look_up(pdf.Root.get(Name.Pages), 0)
    if len(pdf.pages) > MOST_PAGES:
        raise InputError(f"{name} has more than {MOST_PAGES:,} pages; no form has")
    form = pdf.Root.get(Name.AcroForm)
    form = form if isinstance(form, Dictionary) else Dictionary()
    walk = _Walk(name, reader)
    walk.take(form.get(Name.Fields), "", {}, 0)
    comments: list[str] = []
    stands_on_pages = False
    links: set[str] = set()
    for page in pdf.pages:
        for annotation in reader.items(page.obj.get(Name.Annots)):
            kind = reader.text(annotation.get(Name.Subtype))
            walk.look_for_scripts(annotation)
            stands_on_pages = stands_on_pages or kind == "Widget"
            if kind == "Link":
                address = reader.text(dictionary_in(annotation.get(Name.A)).get(Name.URI))
                links.update([address] if address else [])
            elif kind not in _SHOWN_ONLY and len(comments) < MOST_NOTES:
                comments.append(reader.text(annotation.get(Name.Contents)))
        walk.look_for_scripts(page.obj)
    walk.look_for_scripts(pdf.Root)
    made = reader.text(dictionary_in(form.get(Name(f"/{CARRIED}"))).get(Name(f"/{CARRIED_PAGES}"))).split()
    marks = [_mark(page.obj, reader) for page in pdf.pages] if made else []
    changed = tuple(number for number, mark in enumerate(marks, 1) if mark not in made)
    names = dictionary_in(pdf.Root.get(Name.Names))
    return Taken(
        said=_said(pdf, form, reader),
        fields=tuple(walk.fields),
        comments=tuple(comments),
        links=frozenset(links),
        scripts=walk.found_scripts or Name.JavaScript in names or Name.XFA in form,
        embedded=Name.EmbeddedFiles in names,
        changed_pages=changed,
        pages_missing=max(0, len(made) - len(marks)),
        stands_on_pages=stands_on_pages,
        damaged=bool(pdf.get_warnings()),
    )


def _mark(page: Object, reader: ObjectReader) -> str:
    """Return the mark of what is drawn on a page; that of nothing, if it cannot be unpacked."""
    contents = page.get(Name.Contents)
    parts = reader.all_in(contents) if isinstance(contents, Array) else [contents]
    try:
        return page_mark(b"\n".join(reader.unpacked(part) for part in parts if isinstance(part, Stream)))
    except (pikepdf.PdfError, RuntimeError):
        return ""


def _said(pdf: Pdf, form: Object, reader: ObjectReader) -> dict[str, str]:
    """Return what the file says that it is, in its properties, or where programs do not look."""
    said = {}
    for source in (dictionary_in(form.get(Name(f"/{CARRIED}"))), pdf.docinfo):
        for key in CARRIED_KEYS:
            if text := reader.text(source.get(Name(f"/{key}"))):
                said[key] = text
    return said


class _Walk:
    """The fields of a file, as they are found."""

    def __init__(self, name: str, reader: ObjectReader) -> None:
        self._name = name
        self._reader = reader
        self.fields: list[Field] = []
        self.found_scripts = False
        self._seen = 0

    def take(self, fields: Object | None, above: str, inherited: dict[str, Object], depth: int) -> None:
        if depth > DEEPEST:
            raise InputError(f"{self._name} has fields in one another, deeper than any form")
        self._count(len(fields) if isinstance(fields, Array) else 0)
        for each in self._reader.items(fields):
            self.look_for_scripts(each)
            own = {key: each[key] for key in ("/FT", "/V", "/DV", "/TU", "/Ff") if key in each}
            known = {**inherited, **own}
            part = self._reader.text(each.get(Name.T))
            name = f"{above}.{part}" if above and part else part or above
            kids = list(self._reader.items(each.get(Name.Kids)))
            if any(Name.T in kid for kid in kids):
                self.take(each.get(Name.Kids), name, known, depth + 1)
            else:
                self._count(len(kids))
                for kid in kids:
                    self.look_for_scripts(kid)
                self._reader.spend(len(name))
                self.fields.append(_field(name, known, kids or [each], self._reader))

    def _count(self, more: int) -> None:
        self._seen += more
        if self._seen > MOST_FIELDS:
            raise InputError(f"{self._name} has more than {MOST_FIELDS:,} fields; no form has")

    def look_for_scripts(self, owner: Object) -> None:
        actions = [owner.get(Name.A), owner.get(Name.OpenAction), *self._reader.values(owner.get(Name.AA))]
        kinds = {self._reader.text(dictionary_in(action).get(Name.S)) for action in actions}
        self.found_scripts = self.found_scripts or bool(kinds & {"JavaScript", "Launch", "SubmitForm", "ImportData"})


def _field(name: str, known: dict[str, Object], boxes: list[Object], reader: ObjectReader) -> Field:
    value = known.get("/V")
    states: list[str] | None = None
    shown = []
    if reader.text(known.get("/FT")) == "Btn":
        states = []
        for box in boxes:
            looks = dictionary_in(dictionary_in(box.get(Name.AP)).get(Name.N))
            reader.count(len(looks))
            states += [key.removeprefix("/") for key in looks.keys() if key != "/Off"]  # noqa: SIM118 - it is no dict.
            shown.append(reader.text(box.get(Name.AS)))
        # Some programs write the name of a state as a text.
        text = reader.text(value).removeprefix("/")
        if value is None:
            text = next((state for state in shown if state not in ("", "Off")), "")
    else:
        text = reader.text(value)
        if text != reader.text(known.get("/DV")):
            # Programs end lines in their own ways; what is still as it was made is not touched.
            text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Field(
        name=name,
        title=reader.text(known.get("/TU")),
        text=text,
        states=None if states is None else tuple(states),
        shown=tuple(shown),
    )
