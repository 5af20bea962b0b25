"""From the rules that hold, fail or are unknown to the levels that are possible.

Levels are numbers here, from the lowest, 0, upwards; `NO_LEVEL` stands below them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cse_forms.thresholds.intervals import Truth

NO_LEVEL = -1


class RuleState(NamedTuple):
    """A rule's level, and whether it holds."""

    level: int
    truth: Truth


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


class ChangeState(NamedTuple):
    """A change, and whether its condition holds."""

    change: Change
    truth: Truth


def possible_levels(rules: Sequence[RuleState], otherwise: int, changes: Sequence[ChangeState]) -> list[int]:
    """Return every level that may come out, from the lowest."""
    levels = _levels_of(rules, otherwise)
    for state in changes:
        levels = {after for level in levels for after in _outcomes(state, level)}
    return sorted(levels)


def open_rules(rules: Sequence[RuleState], otherwise: int, changes: Sequence[ChangeState]) -> list[int]:
    """Return the indices of the unknown rules whose truth may still change the outcome."""
    found = []
    for index, rule in enumerate(rules):
        if rule.truth is None:
            others = [*rules[:index], *rules[index + 1 :]]
            pairs = set()
            for level in _levels_of(others, NO_LEVEL):
                without = otherwise if level == NO_LEVEL else level
                pairs.add((without, max(level, rule.level)))
            if _may_differ(pairs, changes):
                found.append(index)
    return found


def open_changes(rules: Sequence[RuleState], otherwise: int, changes: Sequence[ChangeState]) -> list[int]:
    """Return the indices of the unknown adjustments whose truth may still change the outcome."""
    found = []
    for index, state in enumerate(changes):
        if state.truth is None:
            before = possible_levels(rules, otherwise, changes[:index])
            pairs = {(level, state.change.applied(level)) for level in before}
            if _may_differ(pairs, changes[index + 1 :]):
                found.append(index)
    return found


def _levels_of(rules: Iterable[RuleState], otherwise: int) -> set[int]:
    """Return the levels that the rules may give before any adjustment: the highest of those that hold."""
    rules = list(rules)
    certain = max((rule.level for rule in rules if rule.truth), default=None)
    floor = NO_LEVEL if certain is None else certain
    higher = {rule.level for rule in rules if rule.truth is None and rule.level > floor}
    return higher | {otherwise if certain is None else certain}


def _outcomes(state: ChangeState, level: int) -> set[int]:
    if state.truth is False:
        return {level}
    changed = state.change.applied(level)
    return {changed} if state.truth else {level, changed}


def _may_differ(pairs: set[tuple[int, int]], changes: Sequence[ChangeState]) -> bool:
    """Whether two levels that differ now can still differ after the remaining changes."""
    for state in changes:
        after: set[tuple[int, int]] = set()
        for first, second in pairs:
            if state.truth is not True:
                after.add((first, second))
            if state.truth is not False:
                after.add((state.change.applied(first), state.change.applied(second)))
        pairs = after
    return any(first != second for first, second in pairs)
