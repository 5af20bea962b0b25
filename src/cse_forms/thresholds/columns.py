"""Answers to questions with options that are always asked and stand at fixed places: gathered and judged all at once.

One evaluation reads some hundred answers, and nearly all of them are of this kind. What is gathered once serves every
condition that asks of the same questions: 0.05 us an answer, where looking at each by itself takes 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from cse_forms.pointers import BLANK, value_at
from cse_forms.schema.items import Question
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.matching import TruthTable
from cse_forms.thresholds.reading import Instance, Run


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


_ONE: Mapping[Truth, Counts] = {
    True: Counts(1, 1, 0, False, 0),
    False: Counts(0, 0, 1, False, 0),
    None: Counts(0, 1, 0, True, 1),
}
"""What one answer alone comes to."""

Columns: TypeAlias = "dict[object, _Column]"
"""What a form's conditions gather, by the places of the answers: several of them gather the same."""


class FixedAnswers:
    """Questions that are judged all at once, by what a match says of each of their options."""

    def __init__(self, asked: Sequence[tuple[Question, TruthTable]], columns: Columns) -> None:
        self._single = asked[0] if len(asked) == 1 else None
        alike: dict[object, tuple[TruthTable, list[Question]]] = {}
        for question, table in asked:
            # The rows of one shape differ in nothing but their names.
            said = (table.kind, tuple(table.truths.items()), table.blank, table.draft_blank)
            alike.setdefault(said, (table, []))[1].append(question)
        self._groups = [_Group.of(table, questions, columns) for table, questions in alike.values()]

    def counts(self, run: Run) -> Counts:
        """Count them in a response."""
        if self._single is not None:
            question, table = self._single
            return _ONE[table.truth(value_at(run.answers, question.keys), draft=run.draft)]
        matching = failing = total = 0
        for group in self._groups:
            values = group.values(run)
            total += len(values)
            said = group.draft_values if run.draft else group.values_that
            for value in said[True]:
                matching += values.count(value)
            if matching < total:
                for value in said[False]:
                    failing += values.count(value)
        unknown = total - matching - failing
        return Counts(matching, matching + unknown, failing, unknown > 0, unknown)

    def those(self, run: Run, truth: Truth) -> list[Instance]:
        """Return the answers that match, that do not, or of which it is unknown; looked for once."""
        found: list[Instance] | None = run.judged.get((self, truth))
        if found is None:
            found = run.judged[self, truth] = self._found(run, truth)
        return found

    def _found(self, run: Run, truth: Truth) -> list[Instance]:
        found = []
        fixed, draft = run.fixed, run.draft
        for group in self._groups:
            kind, truths = group.kind, group.draft_truths if draft else group.truths
            for question, value in zip(group.questions, group.gathered(run), strict=True):
                # What is of the wrong kind need not even have a place in a table.
                said = truths.get(value) if value is BLANK or isinstance(value, kind) else None
                if said is truth:
                    instance = fixed.get(question.position)
                    if instance is None:
                        instance = fixed[question.position] = Instance(question, question.keys, value)
                    found.append(instance)
        return found


class _Group(NamedTuple):
    """Questions with the same options, of which a match says the same."""

    questions: list[Question]
    """In the order in which their answers are gathered."""
    columns: list[_Column]
    kind: type
    """What the options are: texts, or true and false."""
    truths: Mapping[Any, Truth]
    """What the match says of each value, `BLANK` among them."""
    draft_truths: Mapping[Any, Truth]
    values_that: Mapping[Truth, tuple[Any, ...]]
    """The values by what it says of them."""
    draft_values: Mapping[Truth, tuple[Any, ...]]

    @classmethod
    def of(cls, table: TruthTable, questions: Iterable[Question], columns: Columns) -> _Group:
        """Return the group of questions that have one table."""
        places: dict[tuple[tuple[str, ...], str | None], list[Question]] = {}
        for question in questions:
            keys = question.keys
            place = (keys[:-2], keys[-1]) if len(keys) > 1 else ((), None)
            places.setdefault(place, []).append(question)
        gathered = []
        for (above, key), found in places.items():
            rows = tuple(question.keys[len(above)] for question in found)
            gathered.append(columns.setdefault((above, rows, key), _Column(above, rows, key)))
        truths = {**table.truths, BLANK: table.blank}
        draft_truths = {**table.truths, BLANK: table.draft_blank}
        return cls(
            [question for found in places.values() for question in found],
            gathered,
            table.kind,
            truths,
            draft_truths,
            _by_truth(truths),
            _by_truth(draft_truths),
        )

    def gathered(self, run: Run) -> Sequence[Any]:
        """Return the answers of a response."""
        if len(self.columns) == 1:
            return self.columns[0].values(run)
        return [value for column in self.columns for value in column.values(run)]

    def values(self, run: Run) -> Sequence[Any]:
        """Return the answers of a response, of which none is like a value of another kind."""
        values = self.gathered(run)
        # To Python, 1 and true are alike; no number is like a text.
        if self.kind is str or {*map(type, values)} == {self.kind}:
            return values
        return [value if value is BLANK or isinstance(value, self.kind) else None for value in values]


def _by_truth(truths: Mapping[Any, Truth]) -> Mapping[Truth, tuple[Any, ...]]:
    return {wanted: tuple(value for value, truth in truths.items() if truth is wanted) for wanted in (True, False)}


class _Column:
    """One question in each row of a section, or questions side by side."""

    def __init__(self, above: tuple[str, ...], rows: tuple[str, ...], key: str | None) -> None:
        self._above = above
        self._ends = [(row,) if key is None else (row, key) for row in rows]
        get = itemgetter(*rows)
        self._rows: Callable[[Any], tuple[Any, ...]] = get if len(rows) > 1 else lambda node: (get(node),)
        self._answer = None if key is None else itemgetter(key)

    def values(self, run: Run) -> Sequence[Any]:
        """Return what stands in the column, `BLANK` where nothing does; once for each response."""
        found: Sequence[Any] | None = run.gathered.get(self)
        if found is None:
            found = run.gathered[self] = self._gathered(run.answers)
        return found

    def _gathered(self, answers: Any) -> Sequence[Any]:
        node = answers
        try:
            for step in self._above:
                node = node[step]
            rows = self._rows(node)
            return rows if self._answer is None else list(map(self._answer, rows))
        except (KeyError, TypeError, IndexError):
            return [value_at(answers, (*self._above, *end)) for end in self._ends]
