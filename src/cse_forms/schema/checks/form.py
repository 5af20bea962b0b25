"""A definition's document as the checks read it: whatever is malformed is passed over, and the models report it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from cse_forms import pointers
from cse_forms.schema.places import ROW, Place, select


class Tag(NamedTuple):
    """A selector that names what carries a tag, as a document writes it."""

    tag: str
    at: str | None


@dataclass(frozen=True)
class FormDocument:
    """A definition's document, and its items."""

    document: dict[str, Any]
    root: Place
    _selected: dict[tuple[str | Tag, int], tuple[Place, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def words(self) -> dict[str, Any]:
        """What stands under the form's `x-form`."""
        return object_of(self.document.get("x-form"))

    @property
    def measures(self) -> dict[str, Any]:
        """The measures by their ids."""
        return object_of(self.words.get("measures"))

    @property
    def conditions(self) -> dict[str, Any]:
        """The named conditions by their names."""
        return object_of(self.words.get("conditions"))

    def questions(self) -> list[str]:
        """Return the pointers of all questions."""
        return [place.pointer for place in self.root.walk() if place.is_question and place.keys]

    def assessments(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the assessments, each with its pointer into the document."""
        return objects("/x-form/assessments", self.words.get("assessments"))

    @cached_property
    def assessment_by_id(self) -> dict[str, dict[str, Any]]:
        """The assessments by their ids."""
        return {str(assessment.get("id")): assessment for _, assessment in self.assessments()}

    @cached_property
    def tags(self) -> dict[str, list[Place]]:
        """What carries each tag, in the order of the form."""
        tagged: dict[str, list[Place]] = {}
        for place in self.root.walk():
            for tag in dict.fromkeys(place.tags):
                tagged.setdefault(tag, []).append(place)
        return tagged

    def select(self, selector: str | Tag, start: Place | None = None) -> tuple[Place, ...]:
        """Return the questions that a selector names; each selector is looked up once."""
        relative = isinstance(selector, str) and selector.startswith("./")
        key = (selector, id(start) if relative else 0)
        if key not in self._selected:
            if isinstance(selector, str):
                found = select(self.root, selector, start)
            else:
                way = f"./{selector.at}" if selector.at else None
                tagged = self.tags.get(selector.tag, [])
                found = [inner for place in tagged for inner in (select(place, way, place) if way else [place])]
            self._selected[key] = tuple(place for place in found if place.is_question)
        return self._selected[key]

    def number(self, value: Any) -> Fraction | None:
        """Return a number that is written, or that of a measure which is a constant; None for any other."""
        if isinstance(value, dict):
            value = object_of(self.measures.get(str(value.get("measure")))).get("constant")
        return exact(value)


def exact(value: Any) -> Fraction | None:
    """Return a number as its digits say it, or None in place of anything else."""
    if type(value) is int:
        return Fraction(value)
    return Fraction(repr(value)) if type(value) is float and math.isfinite(value) else None


def selectors(value: Any) -> Iterator[tuple[str, str | Tag]]:
    """Yield the selectors that stand under `items`, each with the end of its pointer; what is none is passed over."""
    for index, written in enumerate(value if isinstance(value, list) else [value]):
        end = f"/{index}" if isinstance(value, list) else ""
        if isinstance(written, str):
            yield end, written
        elif isinstance(written, dict) and isinstance(written.get("tag"), str):
            at = written.get("at")
            yield end, Tag(written["tag"], at if isinstance(at, str) else None)


def kind_of(schema: dict[str, Any]) -> str:
    """Return what a question asks for: "choice", "choices", "date", or its type; nothing, where that is not said."""
    if "oneOf" in schema:
        return "choice"
    if schema.get("type") == "array":
        return "choices"
    if schema.get("type") == "string" and schema.get("format") == "date":
        return "date"
    return str(schema.get("type", ""))


def options_of(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the options of a question, be it of one answer or of several."""
    written = schema.get("oneOf", object_of(schema.get("items")).get("oneOf"))
    return [option for _, option in objects("", written)]


def weight_of(option: dict[str, Any]) -> Any:
    """Return the weight that stands on an option, or None."""
    return object_of(option.get("x-form")).get("weight")


def levels_of(assessment: dict[str, Any]) -> list[str]:
    """Return the ids of an assessment's levels."""
    ids = (level.get("id") for _, level in objects("", assessment.get("levels")))
    return [level for level in ids if isinstance(level, str)]


def has_one_answer(place: Place, start: Place | None = None) -> bool:
    """Whether a question is answered once, or once in the row that is spoken of."""
    return ROW not in place.keys[len(start.keys) if start is not None else 0 :]


def object_of(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return a list, or an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def objects(at: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the objects of a list, each with its pointer."""
    for index, member in enumerate(list_of(value)):
        if isinstance(member, dict):
            yield f"{at}/{index}", member


def walk(at: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object below a value, each with its pointer; the parser has bounded the depth."""
    if isinstance(value, dict):
        yield at, value
        for key, member in value.items():
            yield from walk(f"{at}/{pointers.escape(key)}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from walk(f"{at}/{index}", member)
