"""Counting the answers of a selection that match, in one response."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cse_forms.schema.conditions import Match
from cse_forms.schema.items import Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.matching import NumberOf, TruthTable, all_hold, truth_of, truth_table
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run, instances, is_asked


class Counts(NamedTuple):
    """How many of the selected answers match, in one response."""

    matching: int
    """Certainly."""
    possible: int | None
    """At the most; None where there is no bound."""
    failing: int
    """Certainly asked, and certainly not matching."""
    open: bool
    """Whether an answer may still turn out not to match."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A selected question, with what decides whether an answer to it counts."""

    question: Question
    asked: Asked
    when: Reading | None
    """The selection's own condition on the answer's row."""
    in_row: bool = False
    """Whether the selection speaks of the same row, where it is read in one."""

    def is_counted(self, run: Run, keys: Keys) -> Truth:
        """Whether an answer to it counts: it is asked, and the selection looks at its row."""
        if not self.asked and self.when is None:
            return True
        asked = is_asked(self.asked, run, keys)
        if asked is False or self.when is None:
            return asked
        return all_hold((asked, self.when.truth(run, keys[:-1])))

    def undecided(self, run: Run, keys: Keys) -> Iterator[Instance]:
        """Yield the answers that leave open whether it counts."""
        conditions = self.asked if self.when is None else (*self.asked, (self.when, len(keys) - 1))
        for condition, depth in conditions:
            if condition.truth(run, keys[:depth]) is None:
                yield from condition.deciding(run, keys[:depth])

    def instances(self, run: Run, row: Keys) -> Iterator[Instance]:
        """Yield the answers to it: that of the row at hand, where the selection speaks of it, or all."""
        return instances(run, self.question, row if self.in_row else ())


class Tally:
    """The answers that a selection counts. Several conditions that ask the same share one."""

    def __init__(self, leaves: tuple[Leaf, ...], match: Match, number_of: Callable[[Run], NumberOf]) -> None:
        self._leaves = leaves
        self._match = match
        self._number_of = number_of
        self._tables = [truth_table(leaf.question, match) for leaf in leaves]
        self._speaks_of_row = any(leaf.in_row and ROW in leaf.question.keys for leaf in leaves)
        self._quick = self._quick_groups()

    def counts(self, run: Run, row: Keys = ()) -> Counts:
        """Count, once for each response."""
        if row and self._speaks_of_row:
            return self._count(run, row)
        found = run.tallies.get(id(self))
        if found is None:
            found = self._count(run, row) if self._quick is None else self._count_quickly(self._quick, run)
            run.tallies[id(self)] = found
        return found

    def deciding(self, run: Run, row: Keys, *, matching: bool, of_all: bool) -> Iterator[Instance]:
        """Yield the answers that certainly count and match, or that count and do not.

        Args:
            run: the response.
            row: the row at hand.
            matching: whether those that match are asked for.
            of_all: whether something is said of all answers. Then an answer that does as is asked decides whether its
                row is looked at or not, and so does that its row is left out.
        """
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                if of_all:
                    if leaf.when is not None and leaf.when.truth(run, instance.keys[:-1]) is False:
                        yield from leaf.when.deciding(run, instance.keys[:-1])
                    elif counted is not False and matches is matching:
                        yield instance
                elif counted is True and matches is matching:
                    yield instance
                    if leaf.when is not None:
                        yield from leaf.when.deciding(run, instance.keys[:-1])

    def open(self, run: Run, row: Keys, *, every: bool = False) -> Iterator[Instance]:
        """Yield the blank and Not Known answers that leave open how many match, or whether every one does."""
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                # Whether an answer counts is no matter where it does not match, and to "every" where it does.
                if counted is False or matches is every:
                    continue
                if counted is None:
                    yield from leaf.undecided(run, instance.keys)
                # An answer that is given, be it by default, can only be open through the number it is compared with.
                if matches is None and not instance.as_read(draft=run.draft).is_given:
                    yield instance

    def answers(self, run: Run, *, truth: Truth) -> Iterator[Instance]:
        """Yield the selected answers that are certainly counted, certainly not, or neither."""
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, ()):
                if all_hold(self._outcome(run, leaf, table, instance)) is truth:
                    yield instance

    def questions(self) -> Iterator[Question]:
        """Yield the questions that are read."""
        for leaf in self._leaves:
            yield leaf.question
            if leaf.when is not None:
                yield from leaf.when.read()

    def _outcome(self, run: Run, leaf: Leaf, table: TruthTable | None, instance: Instance) -> tuple[Truth, Truth]:
        """Return whether an answer is counted, and whether it matches."""
        counted = leaf.is_counted(run, instance.keys)
        if instance.rows_unknown or counted is False:
            return counted, None
        if table is not None:
            return counted, table.truth(instance.value, draft=run.draft)
        number_of = self._number_of(run)
        return counted, truth_of(leaf.question, self._match, instance.value, draft=run.draft, number_of=number_of)

    def _count(self, run: Run, row: Keys) -> Counts:
        matching = possible = failing = 0
        unbounded = is_open = False
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                if counted is False:
                    continue
                unbounded = unbounded or instance.rows_unknown
                matching += counted is True and matches is True
                possible += matches is not False
                failing += counted is True and matches is False
                is_open = is_open or matches is None or (counted is None and matches is False)
        return Counts(matching, None if unbounded else possible, failing, is_open)

    # One evaluation reads some fifty answers, nearly all of them options of questions that are always asked and stand
    # at a fixed place: 0.1 us an answer, where `_count` takes 1.

    def _quick_groups(self) -> list[_QuickGroup] | None:
        groups: dict[object, _QuickGroup] = {}
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            keys = leaf.question.keys
            if table is None or leaf.asked or leaf.when is not None or ROW in keys or len(keys) < 2:
                return None
            # The rows of one shape differ in nothing but their names.
            alike = (keys[:-2], keys[-1], tuple(table.truths.items()), table.blank, table.draft_blank)
            groups.setdefault(alike, _QuickGroup(keys[:-2], [], keys[-1], table)).holders.append(keys[-2])
        return list(groups.values())

    def _count_quickly(self, groups: list[_QuickGroup], run: Run) -> Counts:
        matching = unknown = failing = 0
        for keys, holders, key, table in groups:
            node = run.answers
            for step in keys:
                node = node.get(step) if isinstance(node, dict) else None
            kind, truths = table.kind, table.truths
            blank = table.draft_blank if run.draft else table.blank
            for holder in holders:
                try:
                    value = node[holder][key]
                except (KeyError, TypeError):
                    truth = blank
                else:
                    truth = truths.get(value) if isinstance(value, kind) else None
                if truth:
                    matching += 1
                elif truth is None:
                    unknown += 1
                else:
                    failing += 1
        return Counts(matching, matching + unknown, failing, unknown > 0)


class _QuickGroup(NamedTuple):
    """Questions of one shape in the rows of one section."""

    keys: tuple[str, ...]
    """Where the rows stand."""
    holders: list[str]
    """The rows."""
    key: str
    """The question in each of them."""
    table: TruthTable
