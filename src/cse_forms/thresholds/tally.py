"""Counting the answers of a selection that match, in one response."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from cse_forms.pointers import BLANK, value_at
from cse_forms.schema.conditions import Match
from cse_forms.schema.items import Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.matching import Surroundings, TruthTable, all_hold, any_holds, truth_of, truth_table
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run, fixed_instance, instances, is_asked


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
    unknown: int | None
    """How many of those that are possible are so since their answer is not known; None where there is no bound."""


_ONE: dict[Truth, Counts] = {
    True: Counts(1, 1, 0, False, 0),
    False: Counts(0, 0, 1, False, 0),
    None: Counts(0, 1, 0, True, 1),
}
"""What one answer alone comes to."""

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
        if not self.asked and self.when is None:
            return True
        asked = is_asked(self.asked, run, keys)
        if asked is False or self.when is None:
            return asked
        return all_hold((asked, self.when.truth(run, keys[:-1])))

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
        columns: dict[object, _Column] | None = None,
    ) -> None:
        self._leaves = leaves
        self._match = match
        self._around = around
        self._tables = [truth_table(leaf.question, match) for leaf in leaves]
        self._plain = self._plain_tables()
        self._single, self._keys = self._single_table()
        self._speaks_of_row = any(leaf.in_row and ROW in leaf.question.keys for leaf in leaves)
        self._quick = self._quick_groups({} if columns is None else columns)

    def counts(self, run: Run, row: Keys = ()) -> Counts:
        """Count, once for each response."""
        if row and self._speaks_of_row:
            return self._count(run, row)
        found: Counts | None = run.tallies.get(self)
        if found is None:
            if self._single is not None:
                found = _ONE[self._single.truth(value_at(run.answers, self._keys), draft=run.draft)]
            else:
                found = self._count(run, row) if self._quick is None else self._count_quickly(self._quick, run)
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
        if self._plain:
            return iter(self._with_truth(run, matching))
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
        if self._plain:
            if gaps:
                for instance in self._with_truth(run, None):
                    if not instance.as_read(draft=run.draft).is_given:
                        yield instance
            return
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

    def _with_truth(self, run: Run, truth: Truth) -> list[Instance]:
        """Return the answers that match, that do not, or of which it is unknown, where all of them count."""
        fixed, draft = run.fixed, run.draft
        return [
            instance
            for keys, question, table in self._plain
            if table.truth((instance := fixed.get(keys) or fixed_instance(run, question)).value, draft=draft) is truth
        ]

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
                unbounded = unbounded or instance.rows_unknown
                matching += counted is True and matches is True
                possible += matches is not False
                unknown += matches is None
                failing += counted is True and matches is False
                is_open = is_open or matches is None or (counted is None and matches is False)
        if unbounded:
            return Counts(matching, None, failing, is_open, None)
        return Counts(matching, possible, failing, is_open, unknown)

    # One evaluation reads some hundred answers, nearly all of them options of questions that are always asked and stand
    # at a fixed place. They are gathered once, whatever is asked of them, and counted by what they are: 0.05 us an
    # answer, where `_count` takes 1.

    def _plain_tables(self) -> tuple[tuple[tuple[str, ...], Question, TruthTable], ...]:
        """Return the questions with their tables, if all are always asked and stand at a fixed place; else nothing."""
        found = []
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            if table is None or leaf.asked or leaf.when is not None or ROW in leaf.question.keys:
                return ()
            found.append((leaf.question.keys, leaf.question, table))
        return tuple(found)

    def _single_table(self) -> tuple[TruthTable | None, tuple[str, ...]]:
        if len(self._plain) != 1:
            return None, ()
        keys, _, table = self._plain[0]
        return table, keys

    def _quick_groups(self, columns: dict[object, _Column]) -> list[_QuickGroup] | None:
        places: dict[object, tuple[TruthTable, dict[tuple[tuple[str, ...], str], list[str]]]] = {}
        for leaf, table in zip(self._leaves, self._tables, strict=True):
            keys = leaf.question.keys
            if table is None or leaf.asked or leaf.when is not None or ROW in keys or len(keys) < 2:
                return None
            # The rows of one shape differ in nothing but their names.
            alike = (table.kind, tuple(table.truths.items()), table.blank, table.draft_blank)
            by_section = places.setdefault(alike, (table, {}))[1]
            by_section.setdefault((keys[:-2], keys[-1]), []).append(keys[-2])
        found = []
        for table, sections in places.values():
            gathered = []
            for (keys, key), rows in sections.items():
                place = (keys, tuple(rows), key)
                gathered.append(columns.setdefault(place, _Column(*place)))
            said = [(*table.truths.items(), (BLANK, blank)) for blank in (table.blank, table.draft_blank)]
            found.append(
                _QuickGroup(gathered, table.kind, *(_listed(pairs, truth) for truth in (True, False) for pairs in said))
            )
        return found

    def _count_quickly(self, groups: list[_QuickGroup], run: Run) -> Counts:
        matching = failing = total = 0
        answers, shares = run.answers, run.shares
        for columns, kind, yes, draft_yes, no, draft_no in groups:
            values: list[Any] = []
            for column in columns:
                found = shares.get(column)
                if found is None:
                    found = shares[column] = column.values(answers)
                values += found
            # To Python, 1 and true are alike; no number is like a text.
            if kind is not str and set(map(type, values)) != {kind}:
                values = [value if value is BLANK or isinstance(value, kind) else None for value in values]
            total += len(values)
            for value in draft_yes if run.draft else yes:
                matching += values.count(value)
            if matching < total:
                for value in draft_no if run.draft else no:
                    failing += values.count(value)
        unknown = total - matching - failing
        return Counts(matching, matching + unknown, failing, unknown > 0, unknown)


class _QuickGroup(NamedTuple):
    """Questions with the same options, and the answers that match and that do not."""

    columns: list[_Column]
    kind: type
    """What the options are: texts, or true and false."""
    yes: tuple[Any, ...]
    draft_yes: tuple[Any, ...]
    no: tuple[Any, ...]
    draft_no: tuple[Any, ...]


def _listed(pairs: Iterable[tuple[Any, Truth]], truth: Truth) -> tuple[Any, ...]:
    return tuple(value for value, its_truth in pairs if its_truth is truth)


class _Column:
    """One question in each row of a section."""

    def __init__(self, keys: tuple[str, ...], rows: tuple[str, ...], key: str) -> None:
        self._keys, self._rows, self._key = keys, rows, key
        self._answer = itemgetter(key)
        get = itemgetter(*rows)
        self._get: Callable[[Any], Any] = get if len(rows) > 1 else lambda node: (get(node),)

    def values(self, answers: Any) -> list[Any]:
        """Return what stands in the column, `BLANK` where nothing does."""
        node = answers
        try:
            for step in self._keys:
                node = node[step]
            return list(map(self._answer, self._get(node)))
        except (KeyError, TypeError, IndexError):
            return [value_at(answers, (*self._keys, row, self._key)) for row in self._rows]
