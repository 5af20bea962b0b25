"""Migrations: what becomes of each answer when a response is taken from one version of a form to another.

Steps are read all at once, and their order says nothing: each speaks of the answers as the older version has them. An
answer of which no step speaks goes where the newer version has the same pointer. `*` in a pointer stands for the rows
of a table. Of several steps that hold what an answer stands in, the one with the longest pointer counts.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from cse_forms.errors import DefinitionError
from cse_forms.schema.loading import located, read_object
from cse_forms.schema.refusals import refusals
from cse_forms.schema.words import POINTER, Many, Slug, Text, Version, Word, listed

MIGRATION_FILE = "migration.json"

Place = Annotated[str, Field(pattern=POINTER, max_length=2000)]
"""A JSON Pointer into the answers, such as /child/name or /visits/*/on; `*` stands for the rows of a table."""

Value = str | int | float | bool
"""An answer to a question that has options, or a tick."""

Action = Literal["move", "options", "split", "join", "default", "drop"]

_GOES_WITH: dict[Action, tuple[str, ...]] = {
    "move": ("to",),
    "options": ("map",),
    "split": ("by", "to"),
    "join": ("by", "to"),
    "default": ("value",),
    "drop": (),
}
"""The words that each kind of step has besides its own."""

_COMPANIONS = ("to", "map", "by", "value", "values")


class MigrationStep(Word):
    """What becomes of one answer, or of all that stand in a section or table."""

    move: Place | None = None
    """The question, section or table that stands at `to` in the newer version: renamed, or put elsewhere."""
    options: Place | None = None
    """The question, as the older version has it, of which some answers are written otherwise; `map` says how."""
    split: Place | None = None
    """The text that is split at `by` into the questions at `to`; what is left over goes to the last of them."""
    join: Annotated[Many[Place] | None, Field(min_length=2)] = None
    """The texts that are joined, with `by` between them, into the question at `to`; blanks are left out."""
    default: Place | None = None
    """The question of the newer version that gets `value` where no answer comes to it."""
    drop: Place | None = None
    """The question, section or table whose answers are given up; with `values`, those answers alone."""
    to: Place | Annotated[Many[Place], Field(min_length=2)] | None = None
    """Where it stands in the newer version; of a split, a list."""
    map: Annotated[dict[str, Value] | None, Field(min_length=1)] = None
    """The newer answer, by the older as JSON writes it: "maybe", "true", "3". Others stay as they are."""
    by: Text | None = None
    """What stands between the parts, such as a space."""
    value: JsonValue = None
    """The answer that is filled in."""
    values: Annotated[Many[Value] | None, Field(min_length=1)] = None
    """The answers that are given up."""
    because: Text | None = None
    """Why. Whoever drops answers says it."""
    decide: Text | None = None
    """What is still to be decided. A migration with such a step is refused; take the word out when it is decided."""

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = [action for action in _GOES_WITH if getattr(self, action) is not None]
        if len(given) != 1:
            raise ValueError(f"a step says one of {listed(tuple(_GOES_WITH))}")
        (action,) = given
        needed = _GOES_WITH[action]
        allowed = {*needed, "values"} if action == "drop" else set(needed)
        for word in _COMPANIONS:
            if word in self.model_fields_set and word not in allowed:
                raise ValueError(f"'{word}' does not go with '{action}'")
        missing = [word for word in needed if word not in self.model_fields_set]
        if missing:
            raise ValueError(f"'{action}' goes with {listed(needed, 'and')}")
        if action in {"move", "join"} and not isinstance(self.to, str):
            raise ValueError(f"of '{action}', 'to' is one pointer")
        if action == "split" and isinstance(self.to, str):
            raise ValueError("of 'split', 'to' is a list of pointers")
        if action == "drop" and self.because is None and self.decide is None:
            raise ValueError("'drop' goes with 'because': why these answers are given up")
        return self

    @property
    def action(self) -> Action:
        """What is done."""
        return next(action for action in _GOES_WITH if getattr(self, action) is not None)

    @property
    def sources(self) -> tuple[str, ...]:
        """The pointers of the older version that it speaks of."""
        if self.action == "default":
            return ()
        named = getattr(self, self.action)
        return (named,) if isinstance(named, str) else tuple(named)

    @property
    def targets(self) -> tuple[str, ...]:
        """The pointers of the newer version that it writes to."""
        if self.default is not None:
            return (self.default,)
        return (self.to,) if isinstance(self.to, str) else self.to or ()


class Migration(Word):
    """migration.json, beside the version that responses are taken to."""

    form: Slug
    """The form's id."""
    from_: Annotated[Version, Field(alias="from")]
    """The version that the responses answer."""
    to: Version
    """The version that they answer then."""
    steps: Many[MigrationStep] = ()
    """What becomes of the answers; those of which no step speaks stay at their pointers."""


def load_migration(data: bytes, name: str) -> Migration:
    """Return what a file says of a migration.

    Raises:
        DefinitionError: with every fault of the file and its place.
    """
    expected = 'this must be an object: {"form": ..., "from": ..., "to": ..., "steps": [...]}'
    document = read_object(data, name, expected)
    faults = refusals(Migration, document)
    if faults:
        raise DefinitionError(name, located(data, faults))
    return Migration.model_validate(document)
