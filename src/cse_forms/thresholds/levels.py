"""From the rules that hold, fail or are unknown to the levels that are possible.

Levels are numbers here, from the lowest, 0, upwards; `NO_LEVEL` stands below them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cse_forms.thresholds.intervals import Truth

NO_LEVEL = -1


@dataclass(frozen=True, slots=True)
class Change:
    """What an adjustment does to a level."""

    raise_by: int
    not_above: int
    at_least: int
    at_most: int

    def applied(self, level: int) -> int:
        """Return the level after the change. No change lifts "no level"."""
        if level == NO_LEVEL:
            return level
        raised = max(level, min(level + self.raise_by, self.not_above))
        return min(max(raised, self.at_least), self.at_most)


@dataclass(frozen=True, slots=True)
class Ladder:
    """How an assessment's rules and adjustments make a level."""

    rules: tuple[int, ...]
    """The level of each rule."""
    otherwise: int
    """The level where no rule holds."""
    changes: tuple[Change, ...]
    """Applied in this order."""

    def possible(self, rules: Sequence[Truth], changes: Sequence[Truth]) -> list[int]:
        """Return every level that may come out, from the lowest.

        Args:
            rules: whether each rule holds.
            changes: whether each change is made.
        """
        levels: Collection[int] = self._before_changes(rules, range(len(rules)), self.otherwise)
        for change, truth in zip(self.changes, changes, strict=True):
            if truth is not False:
                changed = {change.applied(level) for level in levels}
                levels = changed if truth else changed.union(levels)
        return sorted(levels)

    def open_rules(self, rules: Sequence[Truth], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the unknown rules whose truth may still change the outcome."""
        found = []
        for index, truth in enumerate(rules):
            if truth is None:
                others = [other for other in range(len(rules)) if other != index]
                pairs = set()
                for level in self._before_changes(rules, others, NO_LEVEL):
                    without = self.otherwise if level == NO_LEVEL else level
                    pairs.add((without, max(level, self.rules[index])))
                if self._may_differ(pairs, changes, 0):
                    found.append(index)
        return found

    def open_changes(self, rules: Sequence[Truth], changes: Sequence[Truth]) -> list[int]:
        """Return the indices of the unknown changes whose truth may still change the outcome."""
        found = []
        for index, truth in enumerate(changes):
            if truth is None:
                before = Ladder(self.rules, self.otherwise, self.changes[:index]).possible(rules, changes[:index])
                pairs = {(level, self.changes[index].applied(level)) for level in before}
                if self._may_differ(pairs, changes, index + 1):
                    found.append(index)
        return found

    def _before_changes(self, rules: Sequence[Truth], among: Iterable[int], otherwise: int) -> set[int]:
        """Return the levels that these rules may give: the highest of those that hold."""
        certain = NO_LEVEL
        maybe = []
        for index in among:
            if rules[index]:
                certain = max(certain, self.rules[index])
            elif rules[index] is None:
                maybe.append(self.rules[index])
        levels = {level for level in maybe if level > certain}
        levels.add(otherwise if certain == NO_LEVEL else certain)
        return levels

    def _may_differ(self, pairs: set[tuple[int, int]], changes: Sequence[Truth], start: int) -> bool:
        """Whether two levels that differ now can still differ after the remaining changes."""
        for change, truth in zip(self.changes[start:], changes[start:], strict=True):
            after: set[tuple[int, int]] = set() if truth else set(pairs)
            if truth is not False:
                after |= {(change.applied(first), change.applied(second)) for first, second in pairs}
            pairs = after
        return any(first != second for first, second in pairs)
