"""The names of parts: /child/name, shapes/sign/seen, assessments/risk/rules/gone, form."""

from __future__ import annotations

from dataclasses import dataclass

from cse_forms.pointers import escape, unescape
from cse_forms.schema.faults import suggestion
from cse_forms.variants.parts import HOLDINGS, OPTIONS, QUESTIONS, ROW, Part, holding

FORM = "form"
_SINGLE = {found.label for holdings in HOLDINGS.values() for found in holdings if found.by == "one"}
Step = tuple[str, str]
"""From a part to one that it holds: under which label, and by which name."""


class UnnamedError(Exception):
    """A name leads to no part. It says what is wrong."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands, or would stand."""

    holder: Part
    above: str
    """The name of the holder."""
    label: str
    name: str

    @property
    def part(self) -> Part | None:
        """The part that stands there."""
        return self.holder.held.get(self.label, {}).get(self.name)

    @property
    def neighbours(self) -> dict[str, Part]:
        """What stands beside it, itself among them."""
        return self.holder.held.get(self.label, {})


def named(above: str, label: str, name: str) -> str:
    """Return the name of a part that another one holds."""
    head = "" if above == FORM else above
    if label == QUESTIONS:
        return f"{head}/{escape(name)}"
    own = label if label in _SINGLE else f"{label}/{escape(name)}"
    return f"{head}/{own}" if head else own


def place_of(form: Part, name: str) -> Place:
    """Return where the part of this name stands, or would stand.

    Raises:
        UnnamedError: the name leads through parts that are not there, or to no place where a part can be.
    """
    is_question = name.startswith("/")
    keys = [unescape(key) for key in name.removeprefix("/").split("/")]
    place, above = None, FORM
    while keys and name != FORM:
        holder = form if place is None else place.part
        if holder is None:
            assert place is not None
            raise UnnamedError(missing(place))
        label = _label(holder, keys, is_question=is_question and place is None)
        if holding(holder.kind, label) is None:
            raise UnnamedError(f"'{above}' holds nothing that is called '{'/'.join(keys)}'")
        if label not in {QUESTIONS, *_SINGLE}:
            keys.pop(0)
        if not keys:
            raise UnnamedError(f"say which of the {label}: its name follows after a slash, as in '{name}/...'")
        place = Place(holder, above, label, keys.pop(0))
        above = named(above, label, place.name)
    if place is None:
        raise UnnamedError("the form itself can be changed, and neither added, removed nor moved")
    return place


def part_of(form: Part, name: str) -> Part:
    """Return the part of this name.

    Raises:
        UnnamedError: there is none.
    """
    if name == FORM:
        return form
    place = place_of(form, name)
    if place.part is None:
        raise UnnamedError(missing(place))
    return place.part


def missing(place: Place) -> str:
    """Say that there is no such part, and which may be meant."""
    near = suggestion(place.name, place.neighbours)
    return f"the base has no '{named(place.above, place.label, place.name)}'{near}"


def _label(part: Part, keys: list[str], *, is_question: bool) -> str:
    """Return the label under which a part holds what the first of these keys names."""
    first = keys[0]
    match part.kind:
        case "form":
            return QUESTIONS if is_question else first
        case "item":
            if first == ROW and QUESTIONS not in part.held:
                return ROW
            return OPTIONS if first == OPTIONS and len(keys) > 1 and QUESTIONS not in part.held else QUESTIONS
        case _:
            return first
