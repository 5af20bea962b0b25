"""How one response is read: which answers a selector finds in it, whether they are asked, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

from cse_forms import pointers
from cse_forms.pointers import BLANK, Key, value_at
from cse_forms.schema.items import NO_DEFAULT, Kind, Option, Question, Section, Table
from cse_forms.schema.places import ROW
from cse_forms.thresholds.intervals import Interval, Truth
from cse_forms.thresholds.matching import all_hold, is_answer, option_of

Keys: TypeAlias = tuple[Key, ...]


@dataclass(slots=True)
class Run:
    """One response being read. The answers must not change while its outcome is asked for reasons."""

    answers: Any
    draft: bool
    tallies: dict[object, Any] = field(default_factory=dict)
    """What was counted already: several conditions ask the same."""
    gathered: dict[object, Any] = field(default_factory=dict)
    """The answers to the questions of one shape."""
    judged: dict[object, Any] = field(default_factory=dict)
    """Those of which a match says the same."""
    levels: dict[str, Any] = field(default_factory=dict)
    """The levels of the assessments that were worked out already."""
    numbers: dict[str, Interval] = field(default_factory=dict)
    """The measures worked out already."""
    fixed: dict[int, Instance] = field(default_factory=dict)
    """The answers outside tables that were looked at already, by their questions' places in the form: several reasons
    name the same."""

    def fixed_answer(self, question: Question, value: Any) -> Instance:
        """Return a question that stands in no table with its answer, the same one each time."""
        found = self.fixed.get(question.position)
        if found is None:
            found = self.fixed[question.position] = Instance(question, question.keys, value)
        return found


@dataclass(slots=True, unsafe_hash=True)
class Instance:
    """A question in one response, or the rows of a table of which nobody knows how many there are. Not to be changed.

    It is not frozen, because dozens are made for each response, and a frozen one takes three times as long to make.
    """

    question: Question
    keys: Keys
    value: Any
    """The answer as JSON has it, or `BLANK`."""
    rows_unknown: bool = False

    @property
    def pointer(self) -> str:
        """The JSON Pointer of the answer."""
        return self.question.pointer if self.keys is self.question.keys else pointers.join(self.keys)

    @property
    def is_blank(self) -> bool:
        """Whether nothing that can be read as an answer is there."""
        return self.is_missing or not is_answer(self.question, self.value)

    @property
    def is_missing(self) -> bool:
        """Whether nothing at all is there."""
        return self.value is BLANK or (self.question.kind is Kind.TEXT and self.value == "")

    def as_read(self, *, draft: bool) -> Instance:
        """Return it with its default in the place of a blank, where one stands there."""
        if draft or not self.is_missing or self.rows_unknown or self.question.default is NO_DEFAULT:
            return self
        return replace(self, value=self.question.default)

    @property
    def is_not_known(self) -> bool:
        """Whether the answer says that it is not known."""
        if self.question.kind is Kind.CHOICE:
            option = option_of(self.question, self.value)
            return option is not None and option.unknown
        return any(option is not None and option.unknown for option in self._chosen)

    @property
    def is_given(self) -> bool:
        """Whether there is an answer, and all of it can be read and is known."""
        if self.question.kind is Kind.CHOICE:
            option = option_of(self.question, self.value)
            return option is not None and not option.unknown
        if self.question.options:
            return not self.is_blank and all(option is not None and not option.unknown for option in self._chosen)
        return not self.is_blank

    @property
    def _chosen(self) -> list[Option | None]:
        """The options that it chooses; None for what is no option."""
        if not self.question.options or self.is_blank:
            return []
        values = self.value if self.question.kind is Kind.CHOICES else [self.value]
        return [option_of(self.question, value) for value in values]


def instances(run: Run, question: Question, prefix: Keys = ()) -> Iterator[Instance]:
    """Return a question as it stands in the response, once for each row of the tables that hold it.

    Args:
        run: the response.
        question: one of the form's questions.
        prefix: the row to stay in, where a condition speaks of the same row.
    """
    if ROW not in question.keys:
        found = run.fixed.get(question.position)
        return iter((found or run.fixed_answer(question, value_at(run.answers, question.keys)),))
    inside = prefix if _leads_to(prefix, question.keys) else ()
    return _instances(run, question, inside, value_at(run.answers, inside))


def _instances(run: Run, question: Question, keys: Keys, node: Any) -> Iterator[Instance]:
    for index in range(len(keys), len(question.keys)):
        key = question.keys[index]
        if key == ROW:
            if isinstance(node, list):
                for number, row in enumerate(node):
                    yield from _instances(run, question, (*keys, number), row)
            elif run.draft or node is not BLANK or _table(question, index).default != []:
                yield Instance(question, keys, BLANK, rows_unknown=True)
            return
        node = node.get(key, BLANK) if isinstance(node, dict) else BLANK
        keys = (*keys, key)
    yield Instance(question, keys, node)


def _table(question: Question, depth: int) -> Table:
    holder: Section | Table | None = question.holder
    while holder is not None and not (isinstance(holder, Table) and len(holder.keys) == depth):
        holder = holder.holder
    assert isinstance(holder, Table)
    return holder


def _leads_to(prefix: Keys, keys: tuple[str, ...]) -> bool:
    return len(prefix) <= len(keys) and all(
        mine == theirs or (theirs == ROW and isinstance(mine, int)) for mine, theirs in zip(prefix, keys, strict=False)
    )


class Reading(Protocol):
    """A condition, compiled for one form."""

    def truth(self, run: Run, row: Keys = ()) -> Truth:
        """Return whether it holds for a response; in a row, where it speaks of the same row."""

    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        """Yield the answers that make it hold, make it fail, or leave it open."""

    def unsettled(self, run: Run, row: Keys = ()) -> Iterator[str]:
        """Yield what the policy itself leaves open, where it is unknown for that reason."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


Asked: TypeAlias = tuple[tuple[Reading, int], ...]
"""The conditions on which a question is asked, each with the length of the path of the row that it speaks of."""


def is_asked(asked: Asked, run: Run, keys: Keys) -> Truth:
    """Return whether a question is asked; None while that is unknown, and it is shown then."""
    return all_hold(condition.truth(run, keys[:depth]) for condition, depth in asked) if asked else True
