"""What several conditions ask of one answer at once: a question that is shown at Yes, in a section shown at No.

`Possibilities` takes each answer by itself; here the answers that conditions ask for are held against one another. What
is said to be impossible is. More may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, assert_never

from cse_forms.schema.checks.truths import is_same
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    Condition,
    ItemsCondition,
    Match,
    MeasureCondition,
    NamedCondition,
    NotCondition,
    UnsettledCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Kind, Question, Section
from cse_forms.schema.places import ROW

Answers = list[Any]
"""The answers to a question that are left, of those that it offers; a blank is none of them."""


def never_asked(definition: Definition) -> Iterator[tuple[str, str]]:
    """Yield the place and the message of every question and section that no answers can lead to.

    What is told of a section is not told again of what stands in it.
    """
    told: list[tuple[str, ...]] = []
    for item in definition.walk():
        if item.words.show_when is None or any(item.keys[: len(keys)] == keys for keys in told):
            continue
        clash = _Asked(definition).clash_over(item)
        if clash is not None:
            told.append(item.keys)
            yield (
                f"{item.at}/x-form/showWhen",
                f"this is never asked: {clash.pointer} would have to be two things at once",
            )


def never_together(definition: Definition, condition: Condition, row: Section | None) -> str | None:
    """Return the pointer of a question of which a condition asks different answers at once, or None."""
    asked = _Asked(definition)
    question = next(asked.clashes(asked.narrowed(condition, row)), None)
    return None if question is None else question.pointer


class _Asked:
    """What must be so for an item to be asked."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._left: dict[tuple[str, ...], Answers] = {}
        self._seen: set[tuple[str, ...]] = set()

    def clash_over(self, item: Item) -> Question | None:
        """Return a question of which different answers are asked for at once, or None."""
        return next(self.clashes(self._needed(item)), None)

    def clashes(self, needed: Iterator[Question]) -> Iterator[Question]:
        """Yield the questions of whose answers none is left."""
        return (question for question in needed if not self._left[question.keys])

    def _needed(self, item: Item) -> Iterator[Question]:
        """Yield the questions whose answers lead to an item, as what is left of them grows less."""
        holder: Item | None = item
        while holder is not None and holder.keys not in self._seen:
            self._seen.add(holder.keys)
            if holder.words.show_when is not None:
                row = holder.holder if isinstance(holder.holder, Section) else None
                yield from self.narrowed(holder.words.show_when, row)
            holder = holder.holder

    def narrowed(self, condition: Condition, row: Section | None) -> Iterator[Question]:
        """Take the answers away with which a condition would not hold."""
        match condition:
            case ItemsCondition():
                yield from self._narrowed_by(condition, row, lambda value: _may_match(condition.match, value))
            case AllCondition():
                for one in condition.all:
                    yield from self.narrowed(one, row)
            case NamedCondition():
                yield from self.narrowed(self._definition.words.conditions[condition.condition], None)
            case AnyCondition() | NotCondition() | MeasureCondition() | AssessmentCondition() | UnsettledCondition():
                # What these leave open is not followed.
                return
            case _:
                assert_never(condition)

    def _narrowed_by(
        self, condition: ItemsCondition, row: Section | None, may_be: Callable[[Any], bool]
    ) -> Iterator[Question]:
        questions = self._definition.select(condition.items, row)
        is_plain = condition.when is None and condition.at_most is None and condition.at_least in {None, 1}
        if len(questions) != 1 or not is_plain or condition.every:
            return
        (question,) = questions
        is_here = row is not None and question.keys[: len(row.keys)] == row.keys
        if ROW in question.keys[len(row.keys) if row is not None and is_here else 0 :]:
            return
        offered = _offered(question)
        if offered:
            left = self._left.setdefault(question.keys, offered)
            self._left[question.keys] = [value for value in left if may_be(value)]
            yield question
            # Only an answer to a question that is asked counts.
            yield from self._needed(question)


def _offered(question: Question) -> Answers:
    if question.kind is Kind.CHOICE:
        return [option.value for option in question.options]
    return [True, False] if question.kind is Kind.TICK else []


def _may_match(match: Match, value: Any) -> bool:
    """Whether an answer may match; of words that are not looked at here, it is taken to."""
    words = match.model_fields_set
    if "const" in words and not isinstance(match.const, dict) and not is_same(value, match.const):
        return False
    if match.enum and not any(is_same(value, one) for one in match.enum):
        return False
    return not (match.not_ is not None and _must_match(match.not_, value))


def _must_match(match: Match, value: Any) -> bool:
    """Whether an answer certainly matches."""
    words = match.model_fields_set
    if words == {"const"}:
        return is_same(value, match.const)
    return words == {"enum"} and any(is_same(value, one) for one in match.enum)
