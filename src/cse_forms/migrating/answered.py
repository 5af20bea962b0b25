"""Answers taken apart into single ones, and put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cse_forms import pointers
from cse_forms.migrating.routes import Pattern
from cse_forms.pointers import Key
from cse_forms.schema.items import Item, Question, Section, Table
from cse_forms.schema.places import ROW

Keys = tuple[Key, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One answer; or whatever stands where the form asks for none, or for something of another kind."""

    keys: Keys
    pattern: Pattern
    """Its keys, with `*` for the numbers of rows."""
    item: Item | None
    """What the form has there."""
    value: Any = field(repr=False)
    is_unwritten: bool = False
    """Whether a blank stands for it."""

    @property
    def pointer(self) -> str:
        """Its JSON Pointer."""
        return pointers.join(self.keys)

    @property
    def is_empty(self) -> bool:
        """Whether it is a section or row in which nothing stands."""
        return isinstance(self.item, Section) and self.value == {}

    @property
    def title(self) -> str | None:
        """What the form calls it."""
        return title_of(self.item)


def title_of(item: Item | None) -> str | None:
    """Return what the form calls an item, with its row's name."""
    if item is None:
        return None
    return item.full_title if isinstance(item, Question) else item.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Answers taken apart."""

    leaves: tuple[Leaf, ...]
    rows: tuple[tuple[Keys, Pattern], ...]
    """Every row that was added to a table, whatever stands in it."""


def take_apart(root: Section, answers: dict[str, Any]) -> Taken:
    """Return every answer by itself: whatever was written stands in just one of them."""
    rows: list[tuple[Keys, Pattern]] = []
    leaves = tuple(leaf for key, value in answers.items() for leaf in _leaves(root, (key,), (key,), value, rows))
    return Taken(leaves=leaves, rows=tuple(rows))


def _leaves(
    holder: Section | Table, keys: Keys, pattern: Pattern, value: Any, rows: list[tuple[Keys, Pattern]]
) -> Iterator[Leaf]:
    item = holder.children.get(pattern[-1])
    if isinstance(item, Section) and isinstance(value, dict) and value:
        for key, member in value.items():
            yield from _leaves(item, (*keys, key), (*pattern, key), member, rows)
    elif isinstance(item, Table) and isinstance(value, list) and value:
        for number, member in enumerate(value):
            rows.append(((*keys, number), (*pattern, ROW)))
            yield from _leaves(item, (*keys, number), (*pattern, ROW), member, rows)
    else:
        yield Leaf(keys=keys, pattern=pattern, item=item, value=value)


def numbered(pattern: Pattern, keys: Keys) -> Keys:
    """Return a pointer of the newer version with the numbers of the rows that an older one leads through."""
    numbers = iter([key for key in keys if isinstance(key, int)])
    # Somebody may have called an answer `*` where no row is: it keeps its name.
    return tuple(next(numbers, key) if key == ROW else key for key in pattern)


def instances_of(pattern: Pattern, rows: Iterable[tuple[Pattern, Keys]]) -> Iterator[Keys]:
    """Yield the keys of a question, once for each of these rows that holds it."""
    if ROW not in pattern:
        yield pattern
        return
    row = pattern[: len(pattern) - pattern[::-1].index(ROW)]
    for one, keys in rows:
        if one == row:
            yield (*keys, *pattern[len(row) :])


def is_in(value: Any, others: list[Any]) -> bool:
    """Whether a value is one of several."""
    return any(same(value, other) for other in others)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to the letter: 1, 1.0 and true are not."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
