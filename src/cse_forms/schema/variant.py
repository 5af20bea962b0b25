"""Variants: a form of one's own, written as what differs from another form.

A part is named as people name it: a question by the pointer of its answers, whatever else by its id. So an operation
still means the same part when the form below has grown a line.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from cse_forms.errors import DefinitionError
from cse_forms.schema.loading import located, read_object
from cse_forms.schema.refusals import refusals
from cse_forms.schema.vocabulary import Base, Source
from cse_forms.schema.words import DIGEST, PART, Many, Slug, Text, Version, Word, listed

VARIANT_FILE = "variant.json"

PartName = Annotated[str, Field(pattern=PART, max_length=2000)]
"""A part of the form: /child/name, /child/sex/options/male, shapes/sign/seen, assessments/risk/rules/gone, form."""

Action = Literal["add", "remove", "move", "change"]
ACTIONS: tuple[Action, ...] = ("add", "remove", "move", "change")


class Operation(Word):
    """One thing that differs from the base: a part that is added, removed, put elsewhere, or worded otherwise."""

    add: PartName | None = None
    """The part that is added; `value` is what it is."""
    remove: PartName | None = None
    """The part that is left out, with all that it holds."""
    move: PartName | None = None
    """The part that stands elsewhere among its neighbours."""
    change: PartName | None = None
    """The part of which some words are others; `set` says which."""
    value: dict[str, JsonValue] | None = None
    """The part that is added, as a definition writes it."""
    after: PartName | None = None
    """The neighbour after which the part stands. Without `after` and `before`, a part that is added stands last."""
    before: PartName | None = None
    """The neighbour before which the part stands."""
    set_: Annotated[dict[str, JsonValue] | None, Field(alias="set", min_length=1)] = None
    """The words and what they say now; null takes a word out. Under `x-form`, only the words that are named change."""
    was: Annotated[dict[str, JsonValue] | None, Field(min_length=1)] = None
    """What the words said before; the build stops where the base says something else. Null: it had no such word."""
    because: Text
    """Why the form differs here. It becomes the provenance of what is added or changed."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = [action for action in ACTIONS if getattr(self, action) is not None]
        if len(given) != 1:
            raise ValueError(f"an operation says one of {listed(ACTIONS)}")
        (action,) = given
        if (self.value is not None) != (action == "add"):
            raise ValueError("'add' and 'value' stand together: where the part stands, and what it is")
        if (self.set_ is not None) != (action == "change"):
            raise ValueError("'change' and 'set' stand together: which part, and what its words say now")
        if self.was is not None and action != "change":
            raise ValueError("'was' stands with 'change' alone: what its words said before")
        placed = (self.after is not None) + (self.before is not None)
        if placed > 1 or (placed and action not in {"add", "move"}):
            raise ValueError("'after' or 'before' stands with 'add' or 'move', and one of them alone")
        if action == "move" and not placed:
            raise ValueError("'move' needs 'after' or 'before': beside which neighbour the part stands now")
        return self

    @property
    def action(self) -> Action:
        """What is done."""
        return next(action for action in ACTIONS if getattr(self, action) is not None)

    @property
    def part(self) -> str:
        """The part to which it is done."""
        named: str = getattr(self, self.action)
        return named


class VariantFile(Word):
    """variant.json, beside the definition that is built from it."""

    id: Slug
    """The id of the form that is built: not the base's."""
    version: Version
    """The version that is built: three numbers."""
    base: Base
    sources: Many[Source] = ()
    """Documents of one's own that wording comes from, besides the base's."""
    operations: Many[Operation] = ()
    """What differs from the base, done one after the other."""
    built: Annotated[str | None, Field(pattern=DIGEST)] = None
    """sha256:... of the file that was last built from this one. `cse-forms variant build` writes it."""


def load_variant(data: bytes, name: str) -> VariantFile:
    """Return what a file says of a variant.

    Raises:
        DefinitionError: with every fault of the file and its place.
    """
    document = read_object(data, name, 'this must be an object: {"id": ..., "base": {...}, "operations": [...]}')
    faults = refusals(VariantFile, document)
    if faults:
        raise DefinitionError(name, located(data, faults))
    return VariantFile.model_validate(document)
