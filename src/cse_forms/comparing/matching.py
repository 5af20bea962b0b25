"""Which item of one version is which of the other: the same, renamed, moved, removed or added.

Items whose keys are the same are the same, whatever their words. The rest is told by what it says and asks for. Where
that leaves a doubt, an item counts as removed and another as added: what would carry an answer to the wrong question
is worse than what asks for it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeAlias

from cse_forms.comparing.similarity import alike, key_likeness, likeness
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Option, Question, Section, Table, walk

How: TypeAlias = Literal["same", "carried", "renamed", "moved", "removed", "added"]
"""`same`: its pointer is the same. `carried`: what holds it was renamed or moved, and it stands in it as before.
`renamed`: its own key is another. `moved`: another section, table or row holds it."""

Sureness: TypeAlias = Literal["certain", "likely"]

LIKELY = 0.72
"""How alike two items are at least that count as one and the same under another name."""

CERTAIN = 0.95
"""How alike they are where nobody need look at it again."""

AHEAD = 0.08
"""By how much the best is more alike than the next best; else it is anybody's guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedOption:
    """An option of a question in one version, in the other, or in both."""

    old: Option | None
    new: Option | None
    sureness: Sureness = "certain"
    place: int = -1
    """Its place among the options of the new version, from 0; -1 for one that is gone."""

    @property
    def how(self) -> How:
        """What became of it; renamed is one whose value is another."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        return "same" if _value(self.old) == _value(self.new) else "renamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedItem:
    """A section, table, row or question of one version, of the other, or of both."""

    old: Item | None
    new: Item | None
    how: How
    sureness: Sureness = "certain"
    options: tuple[MatchedOption, ...] = ()
    """Of a question that is in both versions: the options of the old one in order, and then those that are added."""

    @property
    def old_pointer(self) -> str | None:
        """Where its answers stand in a response to the old version; `*` stands for the rows of a table."""
        return None if self.old is None else self.old.pointer

    @property
    def new_pointer(self) -> str | None:
        """Where its answers stand in a response to the new version."""
        return None if self.new is None else self.new.pointer

    @property
    def option_map(self) -> Mapping[Any, Any]:
        """The new value of each option that has another value now."""
        return {
            one.old.value: one.new.value
            for one in self.options
            if one.how == "renamed" and one.old is not None and one.new is not None
        }


class Matching:
    """Every item of two versions, each told once."""

    def __init__(self, old: Definition, new: Definition, items: tuple[MatchedItem, ...]) -> None:
        self.old = old
        self.new = new
        self.items = items
        """What is in the new version in its order, and then what is in the old one alone, in the old order."""

    @cached_property
    def by_old_pointer(self) -> Mapping[str, MatchedItem]:
        """What became of each item of the old version, by its pointer."""
        return {one.old.pointer: one for one in self.items if one.old is not None}

    @cached_property
    def by_new_pointer(self) -> Mapping[str, MatchedItem]:
        """Where each item of the new version comes from, by its pointer."""
        return {one.new.pointer: one for one in self.items if one.new is not None}

    @property
    def questions(self) -> tuple[MatchedItem, ...]:
        """The questions alone."""
        return tuple(one for one in self.items if isinstance(one.new or one.old, Question))


def match_items(old: Definition, new: Definition) -> Matching:
    """Return which item of one version is which of the other.

    Args:
        old: the version that was.
        new: the version that is to take its place.
    """
    return Matching(old, new, _Matcher(old, new).matched())


class _Matcher:
    def __init__(self, old: Definition, new: Definition) -> None:
        self._old = {item.keys: item for item in walk(old.root)}
        self._new = {item.keys: item for item in walk(new.root)}
        self._pairs: dict[tuple[str, ...], tuple[Item, Sureness]] = {}
        """The old item of each new one, by the new one's keys."""
        self._taken: set[tuple[str, ...]] = set()
        """The keys of the old items that have a counterpart."""

    def matched(self) -> tuple[MatchedItem, ...]:
        for keys, item in self._new.items():
            if keys in self._old and _are_of_a_kind(self._old[keys], item):
                self._pair(self._old[keys], item, "certain")
        # What stands in a section that was renamed is known by its key, so sections come first.
        self._find([item for item in self._left_new() if not isinstance(item, Question)], self._carry)
        self._find([item for item in self._left_new() if isinstance(item, Question)], lambda *_: None)
        told = [self._told(item) for item in self._new.values() if item.keys]
        gone = [item for keys, item in self._old.items() if keys not in self._taken]
        return (*told, *(MatchedItem(old=item, new=None, how="removed") for item in gone))

    def _pair(self, old: Item, new: Item, sureness: Sureness) -> None:
        self._pairs[new.keys] = old, sureness
        self._taken.add(old.keys)

    def _left_new(self) -> list[Item]:
        return [item for keys, item in self._new.items() if keys not in self._pairs]

    def _left_old(self, of: Item) -> list[Item]:
        """Return the old items that have no counterpart yet and may be this one's."""
        return [item for keys, item in self._old.items() if keys not in self._taken and _are_of_a_kind(item, of)]

    def _find(self, items: Iterable[Item], then: Callable[[Item, Item], None]) -> None:
        """Look for the counterparts of items: first in the same section, then anywhere."""
        waiting = list(items)
        for near in (True, False):
            scored = [
                (score, -item.position, item, old)
                for item in waiting
                if item.keys not in self._pairs
                for old in self._left_old(item)
                if self._is_near(old, item) is near and (score := self._score(old, item, near=near)) >= LIKELY
            ]
            scored.sort(key=lambda one: one[:2], reverse=True)
            for score, _, item, old in scored:
                if item.keys in self._pairs or old.keys in self._taken:
                    continue
                if not self._is_ahead(score, item, old, scored):
                    continue
                is_certain = likeness(old, item) >= CERTAIN and (near or _comes_from_the_same(old, item))
                self._pair(old, item, "certain" if is_certain else "likely")
                then(old, item)

    @staticmethod
    def _is_ahead(score: float, item: Item, old: Item, scored: list[tuple[float, int, Item, Item]]) -> bool:
        """Whether no other pair with one of the two is nearly as alike."""
        return all(
            score - other >= AHEAD for other, _, one, two in scored if (one is item) != (two is old) and other <= score
        )

    def _is_near(self, old: Item, new: Item) -> bool:
        """Whether the two are held by what is the same in both versions."""
        return old.holder is not None and new.holder is not None and self._holder_of(new) == old.holder.keys

    def _holder_of(self, new: Item) -> tuple[str, ...] | None:
        """Return the keys of the old item that is the counterpart of what holds a new one."""
        found = self._pairs.get(new.holder.keys) if new.holder is not None else None
        return None if found is None else found[0].keys

    def _score(self, old: Item, new: Item, *, near: bool) -> float:
        found = likeness(old, new)
        same_key = old.keys[-1] == new.keys[-1]
        if isinstance(new, Question) and not near and not same_key:
            # Another key in another place: nothing but the very same words speaks for it.
            return found if _says_the_same(old, new) else 0.0
        bonus = 0.25 if same_key else 0.1 * key_likeness(old, new)
        return min(1.0, found + bonus) if found >= 0.5 else found

    def _carry(self, old: Item, new: Item) -> None:
        """Pair all that stands below two sections under the same keys."""
        assert isinstance(old, Section | Table)
        assert isinstance(new, Section | Table)
        for item in walk(new):
            counterpart = self._old.get((*old.keys, *item.keys[len(new.keys) :]))
            free = item.keys not in self._pairs and counterpart is not None and counterpart.keys not in self._taken
            if free and counterpart is not None and _are_of_a_kind(counterpart, item):
                self._pair(counterpart, item, self._pairs[new.keys][1])

    def _told(self, new: Item) -> MatchedItem:
        if new.keys not in self._pairs:
            return MatchedItem(old=None, new=new, how="added")
        old, sureness = self._pairs[new.keys]
        how: How = "same"
        if old.keys != new.keys:
            near, same_key = self._is_near(old, new), old.keys[-1] == new.keys[-1]
            how = "moved" if not near else "carried" if same_key else "renamed"
        options = match_options(old, new) if isinstance(old, Question) and isinstance(new, Question) else ()
        return MatchedItem(old=old, new=new, how=how, sureness=sureness, options=options)


def match_options(old: Question, new: Question) -> tuple[MatchedOption, ...]:
    """Return which option of a question is which of its counterpart: by its value, and else by its words."""
    by_value = {_value(option): option for option in new.options}
    left = [option for option in new.options if _value(option) not in {_value(one) for one in old.options}]
    found: list[MatchedOption] = []
    for option in old.options:
        counterpart = by_value.get(_value(option))
        if counterpart is not None:
            found.append(MatchedOption(old=option, new=counterpart))
            continue
        likely = [other for other in left if other.unknown == option.unknown and _are_one(option, other, len(left))]
        if len(likely) == 1:
            left.remove(likely[0])
            is_certain = likely[0].title == option.title
            sureness: Sureness = "certain" if is_certain else "likely"
            found.append(MatchedOption(old=option, new=likely[0], sureness=sureness))
        else:
            found.append(MatchedOption(old=option, new=None))
    found += (MatchedOption(old=None, new=option) for option in left)
    places = {_value(option): place for place, option in enumerate(new.options)}
    return tuple(one if one.new is None else replace(one, place=places[_value(one.new)]) for one in found)


def _are_one(old: Option, new: Option, left: int) -> bool:
    """Whether two options with different values are one and the same: their words are, or nearly, with no rival."""
    return old.title == new.title or (left == 1 and alike(old.title, new.title) >= LIKELY)


def _value(option: Option) -> tuple[bool, Any]:
    return isinstance(option.value, bool), option.value


def _are_of_a_kind(old: Item, new: Item) -> bool:
    return type(old) is type(new)


def _comes_from_the_same(old: Item, new: Item) -> bool:
    """Whether two items in different places have the same key and the same source: a name is asked for twice."""
    return old.keys[-1] == new.keys[-1] and old.provenance == new.provenance


def _says_the_same(old: Item, new: Item) -> bool:
    same = isinstance(old, Question) and isinstance(new, Question) and old.kind is new.kind
    return same and old.title == new.title and likeness(old, new) >= CERTAIN
