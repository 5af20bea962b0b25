"""A definition's document as the checks read it: whatever is malformed is passed over, and the models report it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cse_forms import pointers
from cse_forms.schema.places import Place


@dataclass(frozen=True)
class FormDocument:
    """A definition's document, and its items."""

    document: dict[str, Any]
    root: Place

    @property
    def words(self) -> dict[str, Any]:
        """What stands under the form's `x-form`."""
        return object_of(self.document.get("x-form"))

    def questions(self) -> list[str]:
        """Return the pointers of all questions."""
        return [place.pointer for place in self.root.walk() if place.is_question and place.keys]

    def assessments(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the assessments, each with its pointer into the document."""
        return objects("/x-form/assessments", self.words.get("assessments"))


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
