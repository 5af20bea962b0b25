"""Where a migration takes what: from each pointer of the older version to those of the newer one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from cse_forms import pointers
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question, walk
from cse_forms.schema.migration import Migration, MigrationStep, Value
from cse_forms.schema.places import ROW

Pattern: TypeAlias = tuple[str, ...]
"""The keys of a pointer, with `*` for the rows of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where an answer goes."""

    to: tuple[Pattern, ...]
    """Into the newer version: one place; several, where it is split; none, where it is dropped."""
    step: MigrationStep | None = None
    """The step that says so; None where it stays at its pointer."""


def key_of(value: Value) -> str:
    """Return an answer as the `map` of a step names it."""
    return value if isinstance(value, str) else json.dumps(value)


class Routes:
    """A migration, made ready to be asked."""

    def __init__(self, migration: Migration, old: Definition, new: Definition) -> None:
        self.migration = migration
        self.old = {item.keys: item for item in walk(old.root)}
        self.new = {item.keys: item for item in walk(new.root)}
        self._moved: dict[Pattern, MigrationStep] = {}
        self._parts: dict[Pattern, MigrationStep] = {}
        self._maps: dict[Pattern, MigrationStep] = {}
        self._dropped_values: dict[Pattern, MigrationStep] = {}
        self.defaults: dict[Pattern, MigrationStep] = {}
        for step in migration.steps:
            self._take(step)

    def _take(self, step: MigrationStep) -> None:
        keys = [pointers.split(source) for source in step.sources]
        match step.action:
            case "move":
                self._moved[keys[0]] = step
            case "drop" if step.values is None:
                self._moved[keys[0]] = step
            case "drop":
                self._dropped_values[keys[0]] = step
            case "options":
                self._maps[keys[0]] = step
            case "split" | "join":
                self._parts |= dict.fromkeys(keys, step)
            case "default":
                self.defaults[pointers.split(step.targets[0])] = step

    def route(self, keys: Pattern) -> Route:
        """Return where what stands at a pointer of the older version goes, whether or not anything stands there."""
        part = self._parts.get(keys)
        if part is not None:
            return Route(to=tuple(map(pointers.split, part.targets)), step=part)
        for length in range(len(keys), 0, -1):
            step = self._moved.get(keys[:length])
            if step is not None:
                to = tuple((*pointers.split(target), *keys[length:]) for target in step.targets)
                return Route(to=to, step=step)
        return Route(to=(keys,))

    def map_of(self, keys: Pattern) -> Mapping[str, Value]:
        """Return the answers to a question that are written otherwise, by their names."""
        step = self._maps.get(keys)
        return step.map or {} if step else {}

    def step_of_map(self, keys: Pattern) -> MigrationStep | None:
        """Return the step that says so."""
        return self._maps.get(keys)

    def drops_value(self, keys: Pattern, value: Any) -> MigrationStep | None:
        """Return the step that gives up this answer to a question, or None."""
        step = self._dropped_values.get(keys)
        if step is None:
            return None
        return step if any(_is_one(value, other) for other in step.values or ()) else None

    def target_of(self, keys: Pattern) -> Item | None:
        """Return the item of the newer version at the one place where an item goes, or None."""
        route = self.route(keys)
        return self.new.get(route.to[0]) if len(route.to) == 1 else None

    def reached(self, questions: frozenset[Pattern]) -> frozenset[Pattern]:
        """Return the questions of the newer version to which answers to some of the older one come."""
        places = {to for keys in questions for to in self.route(keys).to}
        return frozenset(to for to in places if isinstance(self.new.get(to), Question))


def _is_one(value: Any, other: Any) -> bool:
    """Whether two values are one in JSON, in which 1 and 1.0 are and 1 and true are not."""
    return isinstance(value, bool) == isinstance(other, bool) and bool(value == other)


def rows_in(keys: Pattern) -> int:
    """Return how many tables a pointer leads through."""
    return keys.count(ROW)
