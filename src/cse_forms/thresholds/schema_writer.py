"""One condition said as JSON Schema.

A schema knows true and false only; so what is said is that a condition certainly holds, or certainly does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, assert_never

from cse_forms.pointers import BLANK
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
from cse_forms.schema.items import Item, Kind, Question, Section, Table
from cse_forms.schema.places import ROW
from cse_forms.thresholds.matching import measures_of, spans_of, truth_of

Schema: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str, ...]
"""The keys that lead to a question or to the object that holds it; `*` stands for the rows of a table."""


class CannotSayError(Exception):
    """JSON Schema has no words for this condition; the library alone asks."""


def with_holders(item: Item | None) -> Iterator[Item]:
    """Yield an item, what holds it, and so on outwards."""
    while item is not None:
        yield item
        item = item.holder


def shown_when(item: Item) -> Iterator[tuple[Condition, Section | Table | None]]:
    """Yield the conditions on which it is asked, its sections' among them, each with what `./` starts at."""
    for holder in with_holders(item):
        if holder.show_when is not None:
            yield holder.show_when, holder.holder


def paths_read(
    definition: Definition, condition: Condition, start: Section | Table | None
) -> Iterator[tuple[Path, bool]]:
    """Yield the paths of the questions that a condition reads, and whether it reads them in the same row."""
    match condition:
        case ItemsCondition():
            for selector in condition.items:
                for question in definition.select((selector,), start if isinstance(start, Section) else None):
                    yield question.keys, isinstance(selector, str) and selector.startswith("./")
                    for asked, holder in shown_when(question):
                        yield from paths_read(definition, asked, holder)
        case AllCondition():
            for part in condition.all:
                yield from paths_read(definition, part, start)
        case AnyCondition():
            for part in condition.any:
                yield from paths_read(definition, part, start)
        case NotCondition():
            yield from paths_read(definition, condition.not_, start)
        case NamedCondition():
            yield from paths_read(definition, definition.words.conditions[condition.condition], None)
        case UnsettledCondition():
            return
        case MeasureCondition() | AssessmentCondition():
            raise CannotSayError
        case _:
            assert_never(condition)


class SchemaWriter:
    """Says the conditions on which a question is required, as schemas of an object that holds all that they read."""

    def __init__(self, definition: Definition, question: Question, base: Path) -> None:
        self._definition = definition
        self._base = base
        # The conditions on which the question itself is asked are among those that are said.
        self._taken_as_true = [condition for condition, _ in shown_when(question)]

    def said(self, condition: Condition, start: Section | Table | None, *, truth: bool) -> Schema:
        """Return a schema that an object meets where the condition certainly holds, or certainly does not.

        Raises:
            CannotSayError: JSON Schema has no words for it.
        """
        match condition:
            case ItemsCondition():
                return self._items(condition, start, truth=truth)
            case AllCondition():
                return joined([self.said(part, start, truth=truth) for part in condition.all], every=truth)
            case AnyCondition():
                return joined([self.said(part, start, truth=truth) for part in condition.any], every=not truth)
            case NotCondition():
                return self.said(condition.not_, start, truth=not truth)
            case NamedCondition():
                return self.said(self._definition.words.conditions[condition.condition], None, truth=truth)
            case UnsettledCondition():
                return {"not": {}}
            case MeasureCondition() | AssessmentCondition():
                raise CannotSayError
        assert_never(condition)

    def _items(self, condition: ItemsCondition, start: Section | Table | None, *, truth: bool) -> Schema:
        one_is_enough = not condition.every and condition.at_most is None and condition.at_least in {None, 1}
        if condition.when is not None or not (condition.every or one_is_enough):
            raise CannotSayError
        questions = self._definition.select(condition.items, start if isinstance(start, Section) else None)
        some = truth is not condition.every
        parts = [
            self._where_asked(question, self._answer(question, condition.match, truth=truth, some=some), some=some)
            for question in questions
        ]
        return joined(parts, every=not some)

    def _where_asked(self, question: Question, schema: Schema, *, some: bool) -> Schema:
        """Add that it is asked for, or else let pass that it is not: what is not asked counts for nothing."""
        conditions = [
            found for found in shown_when(question) if not any(found[0] is one for one in self._taken_as_true)
        ]
        if not conditions:
            return schema
        if ROW in question.keys[len(self._base) :]:
            raise CannotSayError
        return joined([schema, *(self.said(asked, start, truth=some) for asked, start in conditions)], every=some)

    def _answer(self, question: Question, match: Match, *, truth: bool, some: bool) -> Schema:
        """Say that an answer certainly matches, or certainly does not; in rows, in some of them or in all."""
        schema = _answer_schema(question, match, truth=truth)
        # A blank may do as well as an answer, and a table without rows has none that is otherwise.
        blank_will_do = truth_of(question, match, BLANK, draft=False) is truth
        tables = {len(item.keys): item for item in with_holders(question) if isinstance(item, Table)}
        for index in range(len(question.keys) - 1, len(self._base) - 1, -1):
            key = question.keys[index]
            if key == ROW:
                schema = {"contains": schema} if some else {"items": schema}
                blank_will_do = not some and tables[index].default == []
            else:
                schema = {"properties": {key: schema}} | ({} if blank_will_do else {"required": [key]})
        return schema


_TYPES: dict[Kind, Schema] = {
    Kind.TEXT: {"type": "string", "minLength": 1},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.INTEGER: {"type": "integer"},
    Kind.NUMBER: {"type": "number"},
    Kind.CHOICES: {"type": "array"},
}
"""What an answer is; a rule is not met by one of another kind, which nobody can read."""

_WORDS_OF_NUMBERS = frozenset({"const", "enum", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum"})
_WORDS = {
    Kind.DATE: frozenset({"const", "enum"}),
    Kind.INTEGER: _WORDS_OF_NUMBERS,
    Kind.NUMBER: _WORDS_OF_NUMBERS,
}
"""The words of a match that JSON Schema has as well, with the same meaning."""


def _answer_schema(question: Question, match: Match, *, truth: bool) -> Schema:
    """Return the schema of an answer that certainly matches, or certainly does not."""
    if any(measures_of(match)) or any(spans_of(match)):
        raise CannotSayError
    if question.kind in {Kind.CHOICE, Kind.TICK}:
        values = [True, False] if question.kind is Kind.TICK else [option.value for option in question.options]
        chosen = [value for value in values if truth_of(question, match, value, draft=False) is truth]
        if not chosen:
            return {"not": {}}
        return {"const": chosen[0]} if len(chosen) == 1 else {"enum": chosen}
    if match.model_fields_set == {"answered"}:
        if match.answered is truth:
            return _TYPES[question.kind]
        return {"const": ""} if question.kind is Kind.TEXT else {"not": {}}
    if not truth or not match.model_fields_set <= _WORDS.get(question.kind, frozenset()):
        raise CannotSayError
    return _TYPES[question.kind] | match.model_dump(by_alias=True, exclude_unset=True, mode="json")


def required_at(question: Question, base: Path) -> Schema:
    """Return a schema of the object at `base` that asks for an answer."""
    schema: Schema = {"minLength": 1} if question.kind is Kind.TEXT else {}
    in_row = False
    for key in reversed(question.keys[len(base) :]):
        if key == ROW:
            # It is asked for in each row; that there are rows is not asked.
            schema, in_row = {"items": schema}, True
        else:
            required = {} if in_row else {"required": [key]}
            schema = required | ({"properties": {key: schema}} if schema else {})
    return schema


def joined(parts: Sequence[Schema], *, every: bool) -> Schema:
    """Return a schema that asks for every one of these, or for any."""
    if len(parts) == 1:
        return parts[0]
    return {"allOf" if every else "anyOf": list(parts)}
