"""Operations done to a form, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cse_forms.pointers import BLANK, escape, unescape
from cse_forms.schema.document import ItemSchema, OptionSchema
from cse_forms.schema.faults import Fault
from cse_forms.schema.refusals import refusals
from cse_forms.schema.variant import Operation
from cse_forms.schema.vocabulary import (
    Adjustment,
    Assessment,
    Check,
    Judgement,
    Level,
    Otherwise,
    Prompt,
    Rule,
    Source,
)
from cse_forms.schema.words import Word
from cse_forms.variants.naming import FORM, Place, UnnamedError, missing, part_of, place_of
from cse_forms.variants.parts import HOLDINGS, QUESTIONS, Part, Path, alike, holding, name_of, split, words_in
from cse_forms.variants.tracing import traced

REQUIRED: Path = ("required",)
"""The word of a section that lists those of its questions that every complete response answers."""

IDENTITY: frozenset[Path] = frozenset(
    {("$schema",), ("$id",), *(("x-form", word) for word in ("id", "version", "status", "base"))}
)
"""Words of a form that a variant says itself."""

CODE = "wrong-operation"


def applied(base: Part, operations: Iterable[Operation]) -> tuple[Part, list[Fault]]:
    """Return what a form becomes by operations, and which of them cannot be done, with pointers into variant.json."""
    form, faults = base.copy(), []
    gone: list[Place] = []
    for index, operation in enumerate(operations):
        try:
            match operation.action:
                case "add":
                    _add(form, operation)
                case "remove":
                    gone.append(_remove(form, operation.part))
                case "move":
                    _move(form, operation)
                case "change":
                    _change(form, operation)
        except _WrongWordError as error:
            faults.append(Fault(f"/operations/{index}/{error.at}", str(error), CODE))
        except UnnamedError as error:
            faults.append(Fault(f"/operations/{index}/{operation.action}", str(error), CODE))
    for place in gone:
        _no_longer_require(place)
    return form, faults


class _WrongWordError(Exception):
    """What an operation says beside the part that it names is wrong."""

    def __init__(self, at: str, message: str) -> None:
        self.at = at
        super().__init__(message)


def _add(form: Part, operation: Operation) -> None:
    place = place_of(form, operation.part)
    if place.part is not None:
        raise UnnamedError(f"there is already a part '{operation.part}'; change it, or add one of another name")
    found = holding(place.holder.kind, place.label)
    assert found is not None
    assert operation.value is not None
    if found.by in {"id", "const"} and name_of(operation.value.get(found.by)) != place.name:
        raise _WrongWordError("value", f"its '{found.by}' must be '{place.name}', as the part is called")
    value = traced(operation.value, found.kind, operation.because)
    model = _MODELS.get(found.kind)
    for fault in refusals(model, value) if model else ():
        raise _WrongWordError(f"value{fault.pointer}", fault.message)
    neighbours = list(place.neighbours)
    at = _position(form, place, operation, neighbours)
    part = split(value, found.kind)
    place.holder.hold(place.label)
    neighbours.insert(at, place.name)
    members = {**place.neighbours, place.name: part}
    place.holder.held[place.label] = {name: members[name] for name in neighbours}


_MODELS: Mapping[str, type[Word]] = {
    "adjustment": Adjustment,
    "assessment": Assessment,
    "check": Check,
    "item": ItemSchema,
    "judgement": Judgement,
    "level": Level,
    "option": OptionSchema,
    "otherwise": Otherwise,
    "prompt": Prompt,
    "rule": Rule,
    "source": Source,
}
"""What a part must be, so that it can be taken apart; whatever else is wrong is found in the form that is built."""


def _remove(form: Part, name: str) -> Place:
    place = place_of(form, name)
    if place.part is None:
        raise UnnamedError(missing(place))
    place.holder.release(place.label, place.name)
    return place


def _no_longer_require(place: Place) -> None:
    """Take a question that is gone out of what its section requires, since that would ask for what is not there."""
    required = place.holder.words.get(REQUIRED)
    if place.label == QUESTIONS and place.part is None and isinstance(required, list):
        place.holder.words[REQUIRED] = [key for key in required if key != place.name]


def _move(form: Part, operation: Operation) -> None:
    place = place_of(form, operation.part)
    if place.part is None:
        raise UnnamedError(missing(place))
    members = place.neighbours
    neighbours = [name for name in members if name != place.name]
    neighbours.insert(_position(form, place, operation, neighbours), place.name)
    place.holder.held[place.label] = {name: members[name] for name in neighbours}


def _position(form: Part, place: Place, operation: Operation, neighbours: list[str]) -> int:
    """Return where among its neighbours a part is to stand."""
    if operation.after is None and operation.before is None:
        return len(neighbours)
    word, name = ("before", operation.before) if operation.after is None else ("after", operation.after)
    assert name is not None
    try:
        beside = place_of(form, name)
        if beside.holder is not place.holder or beside.label != place.label:
            raise UnnamedError(f"'{name}' stands elsewhere; name a neighbour of '{operation.part}'")
        if beside.name not in neighbours:
            raise UnnamedError(missing(beside))
    except UnnamedError as error:
        raise _WrongWordError(word, str(error)) from None
    return neighbours.index(beside.name) + (word == "after")


def _change(form: Part, operation: Operation) -> None:
    part = part_of(form, operation.part)
    assert operation.set_ is not None
    said = dict(words_in(operation.set_, part.kind))
    for path, value in words_in(operation.was or {}, part.kind):
        at = "/".join(("was", *map(escape, path)))
        found = part.words.get(path, BLANK)
        if path not in said:
            raise _WrongWordError(at, "'was' tells of a word that 'set' does not change; take it out")
        if not alike(None if found is BLANK else found, value):
            raise _WrongWordError(at, f"{'/'.join(path)} says something else there; look at it, and mend 'was'")
    for path, value in said.items():
        _refuse_word(part, operation.part, path, value)
        if value is None:
            part.words.pop(path, None)
        else:
            part.words[path] = value


def _refuse_word(part: Part, name: str, path: Path, value: Any) -> None:
    """Refuse a word that cannot be changed by itself."""
    at = "/".join(("set", *map(escape, path)))
    if name == FORM and path in IDENTITY:
        raise _WrongWordError(at, "a variant says this itself, or the build does; take it out here")
    if path == ("x-form",):
        raise _WrongWordError(at, "this takes out everything under 'x-form'; name the words that are to go")
    is_row = part.kind == "item" and path == ("items",) and value not in ({}, None)
    if (
        is_row
        or path == ("items", "oneOf")
        or any(path == one.path != ("items",) for one in HOLDINGS.get(part.kind, ()))
    ):
        raise _WrongWordError(at, "this holds parts with names of their own; add, change or remove each of them")
    if path in {("id",), ("const",)} and name_of(value) != unescape(name.rpartition("/")[2]):
        raise _WrongWordError(at, "the part is known by this; remove it, and add one of the other name")
