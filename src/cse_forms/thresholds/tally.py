"""Counting the answers of a selection that match, in one response."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from cse_forms.schema.conditions import Match
from cse_forms.schema.items import Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.columns import Columns, Counts, FixedAnswers
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.matching import Surroundings, TruthTable, all_hold, any_holds, truth_of, truth_table
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run, instances, is_asked

AroundOf: TypeAlias = Callable[[Run, Keys], Surroundings]
"""What an answer in a row of a response may be compared with."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A selected question, with what decides whether an answer to it counts."""

    question: Question
    asked: Asked
    when: Reading | None
    """The selection's own condition on the answer's row."""
    in_row: bool = False
    """Whether the selection speaks of the same row, where it is read in one."""
    held_against: tuple[Leaf, ...] = ()
    """The other dates that an answer to it is compared with."""

    def is_counted(self, run: Run, keys: Keys) -> Truth:
        """Whether an answer to it counts: it is asked, and the selection looks at its row."""
        asked = is_asked(self.asked, run, keys) if self.asked else True
        if asked is False or self.when is None:
            return asked
        seen = self.when.truth(run, keys[:-1])
        return seen if asked else all_hold((asked, seen))

    def may_be_asked(self, run: Run) -> Truth:
        """Whether it is asked; of a question in a table, whether the table is, be there rows or not."""
        keys = self.question.keys
        if not self.asked:
            return True
        depth = keys.index(ROW) if ROW in keys else len(keys)
        return is_asked(tuple(condition for condition in self.asked if condition[1] < depth), run, keys)

    def undecided(self, run: Run, keys: Keys) -> Iterator[Instance]:
        """Yield the answers that leave open whether it counts."""
        conditions = self.asked if self.when is None else (*self.asked, (self.when, len(keys) - 1))
        for condition, depth in conditions:
            if condition.truth(run, keys[:depth]) is None:
                yield from condition.deciding(run, keys[:depth])

    def instances(self, run: Run, row: Keys) -> Iterator[Instance]:
        """Yield the answers to it: that of the row at hand, where the selection speaks of it, or all."""
        return instances(run, self.question, row if self.in_row else ())

    def others(self, run: Run, keys: Keys) -> Iterator[Instance]:
        """Yield the other dates that an answer is compared with, as far as they are given."""
        for leaf in self.held_against:
            for other in leaf.instances(run, keys[:-1]):
                if leaf.is_counted(run, other.keys) and other.is_given:
                    yield other

    def open_others(self, run: Run, keys: Keys) -> Iterator[Instance]:
        """Yield the answers that leave open with which date an answer is compared."""
        for leaf in self.held_against:
            for other in leaf.instances(run, keys[:-1]):
                counted = leaf.is_counted(run, other.keys)
                yield from leaf.undecided(run, other.keys)
                if counted is not False and not other.is_given:
                    yield other


class Tally:
    """The answers that a selection counts. Several conditions that ask the same share one."""

    def __init__(
        self,
        leaves: tuple[Leaf, ...],
        match: Match,
        around: AroundOf,
        columns: Columns | None = None,
    ) -> None:
        self._leaves = leaves
        self._match = match
        self._around = around
        self._tables = [truth_table(leaf.question, match) for leaf in leaves]
        self._fixed = self._fixed_answers({} if columns is None else columns)
        self._speaks_of_row = any(leaf.in_row and ROW in leaf.question.keys for leaf in leaves)

    def counts(self, run: Run, row: Keys = ()) -> Counts:
        """Count, once for each response."""
        if row and self._speaks_of_row:
            return self._count(run, row)
        found: Counts | None = run.tallies.get(self)
        if found is None:
            found = self._count(run, row) if self._fixed is None else self._fixed.counts(run)
            run.tallies[self] = found
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
        if self._fixed is not None:
            return iter(self._fixed.those(run, matching))
        return self._deciding(run, row, matching=matching, of_all=of_all)

    def _deciding(self, run: Run, row: Keys, *, matching: bool, of_all: bool) -> Iterator[Instance]:
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                if of_all:
                    if leaf.when is not None and leaf.when.truth(run, instance.keys[:-1]) is False:
                        yield from leaf.when.deciding(run, instance.keys[:-1])
                    elif counted is not False and matches is matching:
                        yield instance
                        yield from leaf.others(run, instance.keys)
                elif counted is True and matches is matching:
                    yield instance
                    yield from leaf.others(run, instance.keys)
                    if leaf.when is not None:
                        yield from leaf.when.deciding(run, instance.keys[:-1])

    def open(self, run: Run, row: Keys, *, every: bool = False, gaps: bool = True) -> Iterator[Instance]:
        """Yield the blank and Not Known answers that leave open how many match, or whether every one does.

        Args:
            run: the response.
            row: the row at hand.
            every: whether it is asked if every one matches.
            gaps: whether an answer that is not known may count.
        """
        if self._fixed is not None:
            return iter(self._fixed.those(run, None) if gaps else ())
        return self._open(run, row, every=every, gaps=gaps)

    def _open(self, run: Run, row: Keys, *, every: bool, gaps: bool) -> Iterator[Instance]:
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                # Whether an answer counts is no matter where it does not match, and to "every" where it does.
                if counted is False or matches is every or (matches is None and not gaps):
                    continue
                if counted is None:
                    yield from leaf.undecided(run, instance.keys)
                # An answer that is given, be it by default, can only be open through the number it is compared with.
                if matches is None and not instance.as_read(draft=run.draft).is_given:
                    yield instance
                if matches is None:
                    yield from leaf.open_others(run, instance.keys)

    def answers(self, run: Run, *, truth: Truth) -> Iterator[Instance]:
        """Yield the selected answers that are certainly counted, certainly not, or neither."""
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, ()):
                if all_hold(self._outcome(run, leaf, table, instance)) is truth:
                    yield instance

    def may_be_asked(self, run: Run) -> Truth:
        """Whether one of the selected questions is asked."""
        return any_holds(leaf.may_be_asked(run) for leaf in self._leaves)

    def open_questions(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that leave open whether one of the selected questions is asked."""
        for leaf in self._leaves:
            keys = leaf.question.keys
            for condition, depth in leaf.asked:
                if ROW not in keys[:depth] and condition.truth(run, keys[:depth]) is None:
                    yield from condition.deciding(run, keys[:depth])

    def questions(self) -> Iterator[Question]:
        """Yield the questions that are read."""
        for leaf in self._leaves:
            yield leaf.question
            yield from (other.question for other in leaf.held_against)
            if leaf.when is not None:
                yield from leaf.when.read()

    def _fixed_answers(self, columns: Columns) -> FixedAnswers | None:
        """Return the answers all at once, if all of them stand at fixed places and count whatever else is answered."""
        found = []
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            depends = leaf.asked or leaf.when is not None or ROW in leaf.question.keys
            if depends or table is None or not table.is_settled:
                return None
            found.append((leaf.question, table))
        return FixedAnswers(found, columns) if found else None

    def _outcome(self, run: Run, leaf: Leaf, table: TruthTable | None, instance: Instance) -> tuple[Truth, Truth]:
        """Return whether an answer is counted, and whether it matches."""
        counted = leaf.is_counted(run, instance.keys)
        if instance.rows_unknown or counted is False:
            return counted, None
        if table is not None:
            return counted, table.truth(instance.value, draft=run.draft)
        around = self._around(run, instance.keys[:-1])
        return counted, truth_of(leaf.question, self._match, instance.value, draft=run.draft, around=around)

    def _count(self, run: Run, row: Keys) -> Counts:
        matching = possible = failing = unknown = 0
        unbounded = is_open = False
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            for instance in leaf.instances(run, row):
                counted, matches = self._outcome(run, leaf, table, instance)
                if counted is False:
                    continue
                if matches is None:
                    unbounded = unbounded or instance.rows_unknown
                    possible += 1
                    unknown += 1
                    is_open = True
                elif matches:
                    possible += 1
                    matching += counted is True
                else:
                    failing += counted is True
                    is_open = is_open or counted is None
        if unbounded:
            return Counts(matching, None, failing, is_open, None)
        return Counts(matching, possible, failing, is_open, unknown)
