"""From what each rule may give to the levels that are possible.

Levels are numbers here, from the lowest, 0, upwards; `NO_LEVEL` stands below them all. What a rule gives is a tuple of
levels in ascending order: one level that it certainly gives, `NO_LEVEL` alone where it gives nothing, or several that
it may give.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from typing_extensions import override

from cse_forms.thresholds.intervals import Truth

NO_LEVEL = -1

Gift: TypeAlias = tuple[int, ...]
NOTHING: Gift = (NO_LEVEL,)


@dataclass(frozen=True, slots=True)
class Change:
    """What an adjustment does to a level."""

    raise_by: int
    not_above: int
    lower_by: int
    not_below: int
    at_least: int
    at_most: int

    def applied(self, level: int) -> int:
        """Return the level after the change. No change lifts "no level"."""
        if level == NO_LEVEL:
            return level
        raised = max(level, min(level + self.raise_by, self.not_above))
        lowered = min(raised, max(raised - self.lower_by, self.not_below))
        return min(max(lowered, self.at_least), self.at_most)


class Levels(Protocol):
    """How what the rules give becomes a level."""

    def possible(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return every level that may come out, in order.

        Args:
            gifts: what each rule may give.
            changes: whether each change is made.
        """

    def open_rules(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the rules of which more has to be known, since the outcome depends on them."""

    def open_changes(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the unknown changes whose truth may still change the outcome."""

    def is_clash(self, gifts: Sequence[Gift]) -> bool:
        """Whether rules hold that certainly give different levels, of which none is higher."""


@dataclass(frozen=True, slots=True)
class Ladder(Levels):
    """Levels in order: the highest that a rule gives, then changed."""

    otherwise: int
    """The level where no rule gives one."""
    changes: tuple[Change, ...]
    """Applied in this order."""

    @override
    def possible(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return every level that may come out, from the lowest."""
        levels: Collection[int] = self._before_changes(gifts)
        for change, truth in zip(self.changes, changes, strict=True):
            if truth is not False:
                changed = {change.applied(level) for level in levels}
                levels = changed if truth else changed.union(levels)
        return sorted(levels)

    @override
    def open_rules(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the rules of which more has to be known, since the outcome depends on them."""
        found = []
        for index, gift in enumerate(gifts):
            if len(gift) > 1:
                others = _highest([other for place, other in enumerate(gifts) if place != index])
                pairs = {
                    (self._or_otherwise(max(level, gift[0])), self._or_otherwise(max(level, given)))
                    for level in others
                    for given in gift[1:]
                }
                if self._may_differ(pairs, changes, 0):
                    found.append(index)
        return found

    @override
    def open_changes(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the unknown changes whose truth may still change the outcome."""
        found = []
        for index, truth in enumerate(changes):
            if truth is None:
                before = Ladder(self.otherwise, self.changes[:index]).possible(gifts, changes[:index])
                pairs = {(level, self.changes[index].applied(level)) for level in before}
                if self._may_differ(pairs, changes, index + 1):
                    found.append(index)
        return found

    @override
    def is_clash(self, gifts: Sequence[Gift]) -> bool:
        """Return False: of two levels, one is higher."""
        return False

    def _before_changes(self, gifts: Sequence[Gift]) -> set[int]:
        return {self._or_otherwise(level) for level in _highest(gifts)}

    def _or_otherwise(self, level: int) -> int:
        return self.otherwise if level == NO_LEVEL else level

    def _may_differ(self, pairs: set[tuple[int, int]], changes: Sequence[Truth], start: int) -> bool:
        """Whether two levels that differ now can still differ after the remaining changes."""
        for change, truth in zip(self.changes[start:], changes[start:], strict=True):
            after: set[tuple[int, int]] = set() if truth else set(pairs)
            if truth is not False:
                after |= {(change.applied(first), change.applied(second)) for first, second in pairs}
            pairs = after
        return any(first != second for first, second in pairs)


def _highest(gifts: Iterable[Gift]) -> set[int]:
    """Return every level that may be the highest given."""
    levels = {NO_LEVEL}
    for gift in gifts:
        if gift != NOTHING:
            levels = {max(level, given) for level in levels for given in gift}
    return levels


@dataclass(frozen=True, slots=True)
class Routes(Levels):
    """Levels without an order: the one that the rules give, or a clash."""

    otherwise: int

    @override
    def possible(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return every level that may come out, in the order of the definition; those that clash, in a clash."""
        given = {level for gift in gifts for level in gift if level != NO_LEVEL}
        if not any(NO_LEVEL not in gift for gift in gifts):
            given.add(self.otherwise)
        return sorted(given)

    @override
    def open_rules(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the rules that may give one level or another."""
        return [index for index, gift in enumerate(gifts) if len(gift) > 1]

    @override
    def open_changes(self, gifts: Sequence[Gift], changes: Sequence[Truth]) -> list[int]:
        """Return nothing: what has no order is not raised or lowered."""
        return []

    @override
    def is_clash(self, gifts: Sequence[Gift]) -> bool:
        """Whether rules certainly give different levels."""
        return len({gift for gift in gifts if len(gift) == 1 and gift != NOTHING}) > 1
