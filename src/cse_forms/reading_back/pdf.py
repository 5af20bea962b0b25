"""A filled PDF form, read back as a response."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cse_forms.answers.fields import FieldReader, FieldReport, Mark, Note, Place, Reading, draft_of, unknown_field
from cse_forms.errors import InputError
from cse_forms.pointers import join, split
from cse_forms.reading_back.identity import about_version, form_of, name_and_bytes
from cse_forms.renderers.pdf.naming import OPTION, pointer_of, states
from cse_forms.schema.items import Kind, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cse_forms.forms import Catalogue, Form
    from cse_forms.reading_back.acroform import Field, Taken
    from cse_forms.schema.definition import Definition

SIGNATURE = b"%PDF-"
"""How a PDF file begins; a few bytes may stand before it."""
SIGNATURE_WITHIN = 1024

_ROW = re.compile("[0-9]{1,9}")
"""The number of a row. A longer one was made by nobody's program, and Python would refuse to read it."""

_TWO_MINDS = "It shows one thing and is set to another; it was read as it is set."


def is_pdf(data: bytes) -> bool:
    """Tell whether these are the bytes of a PDF file."""
    return SIGNATURE in data[:SIGNATURE_WITHIN]


def read_pdf(document: str | Path | bytes, catalogue: Catalogue | None = None) -> Reading:
    """Read a PDF form that was filled in back as a response.

    The file says of which form it is, and of which version: it is read against that one. Nothing in it is run, and
    nothing that it leads to is fetched.

    Args:
        document: its path, or its bytes.
        catalogue: the forms; the shipped ones, if none are named.

    Raises:
        InputError: it is no PDF file, none that was made to be filled in from a form of the catalogue, or it is
            damaged, locked with a password, or larger than any form.
        RendererError: the packages that it takes are not installed.
    """
    from cse_forms.forms import shipped_catalogue
    from cse_forms.reading_back.acroform import taken_apart

    catalogue = catalogue or shipped_catalogue()
    name, data = name_and_bytes(document)
    if not is_pdf(data):
        raise InputError(f"{name} is no PDF file")
    taken = taken_apart(data, name)
    form = _form(catalogue, taken, name)
    marking = _Marking(form.definition, taken.fields)
    if not marking.marks or not taken.stands_on_pages:
        raise InputError(
            f"{name} was made from {form.id} {form.version}, but has no fields to fill in: it is for paper, a record, "
            "or was printed into a new file, which has no fields left; read the file that was filled in itself"
        )
    fields = FieldReader(form.definition, marking.marks, marking.options, _stated(taken))
    response = draft_of(form.definition, fields, name)
    notes = [*about_version(catalogue, form, taken.said.get("FormDigest")), *_about(taken, form)]
    return Reading(response=response, fields=(*fields.reports, *marking.unknown), notes=tuple(notes))


def _form(catalogue: Catalogue, taken: Taken, name: str) -> Form:
    said = taken.said
    if not said.get("Form") or not said.get("FormVersion"):
        raise InputError(
            f"{name} is a PDF file, but none that was made from a form; it does not say which form it is. If a form "
            "was printed into this file, its fields are lost: read the file that was filled in itself"
        )
    return form_of(catalogue, name, said["Form"], said["FormVersion"], said.get("FormDigest"))


def _stated(taken: Taken) -> dict[str, Any]:
    try:
        stated = json.loads(taken.said.get("FormStated", "{}"))
    except (ValueError, RecursionError):
        # Whoever changed it has changed no answer: it only tells an empty text from none.
        return {}
    return stated if isinstance(stated, dict) else {}


class _Marking:
    """What stands in the fields of each question. `unknown` reports those that the form does not have."""

    def __init__(self, definition: Definition, fields: tuple[Field, ...]) -> None:
        self.marks: dict[Place, list[Mark]] = {}
        self.unknown: list[FieldReport] = []
        self.options = {
            pointer: states(tuple(_as_json(option.value) for option in question.options))
            for pointer, question in definition.questions.items()
        }
        self._definition = definition
        for field in fields:
            if not self._mark(field):
                self.unknown.append(unknown_field(field.title or field.name, field.text or None))

    def _mark(self, field: Field) -> bool:
        """Take up what a field holds; tell whether the form has it."""
        name, _, state = field.name.partition(OPTION)
        pointer = pointer_of(name)
        question = self._definition.item_at(pointer) if pointer.startswith("/") else None
        if not isinstance(question, Question) or join(question.keys) != _every_row(pointer, question):
            return False
        marks = self.marks.setdefault((question.pointer, _row(pointer, question)), [])
        names = self.options[question.pointer]
        if question.kind is Kind.CHOICES:
            if state not in names:
                return False
            marks.append(_ticked(field, names.index(state)))
        elif state:
            return False
        elif question.kind is Kind.TICK:
            marks.append(_ticked(field, None))
        elif question.options:
            marks += _chosen(field, names)
        else:
            marks.append(Mark(text=field.text if field.text.strip() else None))
        return True


def _every_row(pointer: str, question: Question) -> str:
    """Return a pointer with `*` for the numbers of rows, as the question has it."""
    keys = split(pointer)
    if len(keys) != len(question.keys):
        return ""
    return join(
        "*" if own == "*" and _ROW.fullmatch(key) else key for own, key in zip(question.keys, keys, strict=True)
    )


def _row(pointer: str, question: Question) -> int | None:
    for own, key in zip(question.keys, split(pointer), strict=True):
        if own == "*":
            return int(key)
    return None


def _ticked(field: Field, option: int | None) -> Mark:
    if field.states is None:
        # It was made into a field of another kind.
        return Mark(option=option, text=field.text or None)
    is_ticked = field.text not in ("", "Off")
    shown = any(state not in ("", "Off") for state in field.shown)
    return Mark(option=option, is_ticked=is_ticked, remark="" if shown == is_ticked else _TWO_MINDS)


def _chosen(field: Field, names: tuple[str, ...]) -> Iterator[Mark]:
    """Yield a mark for each box of a group, and one for what none of the boxes says."""
    chosen = "" if field.text == "Off" else field.text
    there = field.states or ()
    shown = {state for state in field.shown if state not in ("", "Off")}
    remark = "" if shown == ({chosen} if chosen else set()) else _TWO_MINDS
    for place, name in enumerate(names):
        if name in there:
            yield Mark(option=place, is_ticked=name == chosen, remark=remark)
    if chosen and not (chosen in names and chosen in there):
        yield Mark(text=chosen)


def _as_json(value: str | float | bool) -> str:
    return value if isinstance(value, str) else json.dumps(value)


@lru_cache(maxsize=32)
def _links(form: Form) -> frozenset[str]:
    """Return where the links of a form's own pages lead."""
    from cse_forms.reading_back.acroform import taken_apart

    made = form.render("pdf", purpose="fill")
    assert isinstance(made, bytes)
    return taken_apart(made, form.id).links


def _about(taken: Taken, form: Form) -> Iterator[Note]:
    """Yield whatever stands in the file besides its fields and the form's own pages."""
    if taken.damaged:
        yield Note(kind="damaged", message="The file is damaged; what was left of it was read, and may not be all.")
    if taken.changed_pages:
        pages = ", ".join(map(str, taken.changed_pages))
        message = f"Something was put on these pages, or taken away, that is in no field: {pages}. Look at them."
        yield Note(kind="changed-page", message=message)
    if taken.pages_missing:
        yield Note(kind="changed-page", message=f"Pages of the form are missing: {taken.pages_missing}.")
    for text in taken.comments:
        yield Note(kind="comment", message="Somebody has put this on a page; it is in no answer.", text=text or None)
    if taken.scripts:
        yield Note(kind="script", message="It holds a program, which the form does not; it was not run.")
    if taken.embedded:
        yield Note(kind="embedded", message="It holds other files, which the form does not; they were not read.")
    if taken.links:
        own = _links(form)
        for address in sorted(set(taken.links) - own):
            yield Note(
                kind="link", message="It leads somewhere that the form does not; nothing was fetched.", text=address
            )
