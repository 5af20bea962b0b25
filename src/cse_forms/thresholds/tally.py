"""Counting the answers of a selection that match, in one response."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from cse_forms.pointers import BLANK
from cse_forms.schema.conditions import Match
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.intervals import Interval, Truth
from cse_forms.thresholds.matching import NumberOf, all_hold, measures_of, truth_of
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run, instances


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

    def is_counted(self, run: Run, keys: Keys) -> Truth:
        """Whether an answer to it counts: it is asked, and the selection looks at its row."""
        if not self.asked and self.when is None:
            return True
        truths = [condition.truth(run, keys[:depth]) for condition, depth in self.asked]
        if self.when is not None:
            truths.append(self.when.truth(run, keys[:-1]))
        return all_hold(truths)

    def undecided(self, run: Run, keys: Keys) -> Iterator[Instance]:
        """Yield the answers that leave open whether it counts."""
        conditions = self.asked if self.when is None else (*self.asked, (self.when, len(keys) - 1))
        for condition, depth in conditions:
            if condition.truth(run, keys[:depth]) is None:
                yield from condition.deciding(run, keys[:depth])


class Tally:
    """The answers that a selection counts. Several conditions that ask the same share one."""

    def __init__(self, leaves: tuple[Leaf, ...], match: Match, number_of: Callable[[Run], NumberOf]) -> None:
        self._leaves = leaves
        self._match = match
        self._number_of = number_of
        self._quick = self._quick_groups()

    def counts(self, run: Run, row: Keys = ()) -> Counts:
        """Count, once for each response."""
        if row:
            return self._count(run, row)
        found = run.tallies.get(id(self))
        if found is None:
            found = self._count(run, row) if self._quick is None else self._count_quickly(self._quick, run)
            run.tallies[id(self)] = found
        return found

    def deciding(self, run: Run, row: Keys, truth: Truth) -> Iterator[Instance]:
        """Yield the answers that certainly match, that certainly do not, or that leave it open."""
        for leaf in self._leaves:
            for instance in instances(run, leaf.question, row):
                counted, matches = self._outcome(run, leaf, instance)
                if counted is False:
                    continue
                if truth is None:
                    if counted is None:
                        yield from leaf.undecided(run, instance.keys)
                    if matches is None:
                        yield instance
                elif counted is True and matches is truth:
                    yield instance
                    if leaf.when is not None:
                        yield from leaf.when.deciding(run, instance.keys[:-1])

    def answers(self, run: Run, *, truth: Truth) -> Iterator[Instance]:
        """Yield the selected answers that are certainly counted, certainly not, or neither."""
        for leaf in self._leaves:
            for instance in instances(run, leaf.question):
                if all_hold(self._outcome(run, leaf, instance)) is truth:
                    yield instance

    def questions(self) -> Iterator[Question]:
        """Yield the questions that are read."""
        for leaf in self._leaves:
            yield leaf.question
            if leaf.when is not None:
                yield from leaf.when.read()

    def _outcome(self, run: Run, leaf: Leaf, instance: Instance) -> tuple[Truth, Truth]:
        """Return whether an answer is counted, and whether it matches."""
        counted = leaf.is_counted(run, instance.keys)
        if instance.rows_unknown or counted is False:
            return counted, None
        number_of = self._number_of(run)
        return counted, truth_of(leaf.question, self._match, instance.value, draft=run.draft, number_of=number_of)

    def _count(self, run: Run, row: Keys) -> Counts:
        matching = possible = failing = 0
        unbounded = is_open = False
        for leaf in self._leaves:
            for instance in instances(run, leaf.question, row):
                counted, matches = self._outcome(run, leaf, instance)
                if counted is False:
                    continue
                unbounded = unbounded or instance.rows_unknown
                matching += counted is True and matches is True
                possible += matches is not False
                failing += counted is True and matches is False
                is_open = is_open or matches is None or (counted is None and matches is False)
        return Counts(matching, None if unbounded else possible, failing, is_open)

    # One evaluation reads some fifty answers, nearly all of them options of questions that are always asked and stand
    # at a fixed place. For those, what each option says is worked out beforehand: 0.1 us an answer, not 1.5.

    def _quick_groups(self) -> list[_QuickGroup] | None:
        if any(measures_of(self._match)):
            return None
        groups: dict[object, _QuickGroup] = {}
        for leaf in self._leaves:
            question = leaf.question
            if leaf.asked or leaf.when is not None or ROW in question.keys or len(question.keys) < 2:
                return None
            if question.kind is not Kind.TICK and not _has_plain_options(question):
                return None
            group = self._quick_group(question)
            # The rows of one shape differ in nothing but their names.
            alike = (group.keys, group.key, tuple(group.truths.items()), group.blank, group.draft_blank)
            groups.setdefault(alike, group).holders.append(question.keys[-2])
        return list(groups.values())

    def _quick_group(self, question: Question) -> _QuickGroup:
        values = [True, False] if question.kind is Kind.TICK else [option.value for option in question.options]

        def truth(value: Any, *, draft: bool) -> Truth:
            return truth_of(question, self._match, value, draft=draft, number_of=_no_number)

        return _QuickGroup(
            keys=question.keys[:-2],
            holders=[],
            key=question.keys[-1],
            kind=type(values[0]),
            truths={value: truth(value, draft=False) for value in values},
            blank=truth(BLANK, draft=False),
            draft_blank=truth(BLANK, draft=True),
        )

    def _count_quickly(self, groups: list[_QuickGroup], run: Run) -> Counts:
        matching = unknown = failing = 0
        for keys, holders, key, kind, truths, blank, draft_blank in groups:
            node = run.answers
            for step in keys:
                node = node.get(step) if isinstance(node, dict) else None
            for holder in holders:
                try:
                    value = node[holder][key]
                except (KeyError, TypeError):
                    truth = draft_blank if run.draft else blank
                else:
                    # An answer of the wrong kind is unknown; 1 and true are alike to a dict, and are told apart here.
                    truth = truths.get(value) if value.__class__ is kind else None
                if truth:
                    matching += 1
                elif truth is None:
                    unknown += 1
                else:
                    failing += 1
        return Counts(matching, matching + unknown, failing, unknown > 0)


def _has_plain_options(question: Question) -> bool:
    """Whether it has options of one kind, none of which equals another: texts, in practice."""
    return question.kind is Kind.CHOICE and {type(option.value) for option in question.options} == {str}


class _QuickGroup(NamedTuple):
    """Questions of one shape in the rows of one section."""

    keys: tuple[str, ...]
    """Where the rows stand."""
    holders: list[str]
    """The rows."""
    key: str
    """The question in each of them."""
    kind: type
    truths: dict[Any, Truth]
    blank: Truth
    draft_blank: Truth


def _no_number(measure: str) -> Interval:
    raise AssertionError(measure)
