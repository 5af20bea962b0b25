"""Conditions said as JSON Schema, so that a stock validator asks for what is required where it is asked.

From `showWhen` and `required` follow `if` and `then`, which `cse-forms format` writes into the definition and
`cse-forms check` holds it against. A schema knows true and false only; so `if` is met where the condition certainly
holds, and an answer that may or may not be needed is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias, assert_never

from cse_forms.pointers import BLANK, escape
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    Condition,
    ItemsCondition,
    Match,
    MeasureCondition,
    NotCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Section, Table
from cse_forms.schema.places import ROW, expand
from cse_forms.thresholds.intervals import Interval
from cse_forms.thresholds.matching import measures_of, truth_of

Schema: TypeAlias = dict[str, Any]

MARK = "Derived from x-form: "
"""How the comment of a derived rule begins. A rule without it is the author's own, and stays."""


class _CannotSayError(Exception):
    """JSON Schema has no words for this condition; the library alone asks."""


def derived_rules(definition: Definition) -> dict[str, list[Schema]]:
    """Return the rules that follow from `showWhen` and `required`, by the pointer of the object that they stand in."""
    root = expand(dict(definition.schema))
    insides = {place.keys: place.inside for place in root.walk()}
    found: dict[str, list[Schema]] = {}
    for question in definition.questions.values():
        if question.words.required is False:
            continue
        try:
            keys, rule = _rule(definition, question)
        except _CannotSayError:
            continue
        rules = found.setdefault(insides[keys], [])
        # The rows of one shape share its rules.
        if rule not in rules:
            rules.append(rule)
    return found


def _rule(definition: Definition, question: Question) -> tuple[tuple[str, ...], Schema]:
    """Return where the rule stands - the innermost object that holds all it speaks of - and the rule."""
    conditions = list(_conditions(question))
    read = [found.keys for condition, start in conditions for found in _read(definition, condition, start)]
    base = question.keys[:-1]
    for keys in read:
        shared = [mine == theirs for mine, theirs in zip(base, keys[:-1], strict=False)]
        length = shared.index(False) if False in shared else len(shared)
        base = base[:length]
    writer = _Writer(definition, base)
    parts = [writer.said(condition, start, truth=True) for condition, start in conditions]
    rule: Schema = {"$comment": f"{MARK}{'/'.join(question.keys[len(base) :])}"}
    then = _required_at(question.keys[len(base) :], {"minLength": 1} if question.kind is Kind.TEXT else {})
    return base, rule | ({"if": _all(parts), "then": then} if parts else then)


def _conditions(question: Question) -> Iterator[tuple[Condition, Section | Table | None]]:
    """Yield all on which an answer is required, each with the object that `./` starts at."""
    if not isinstance(question.words.required, bool):
        yield question.words.required, question.holder
    item: Question | Section | Table | None = question
    while item is not None:
        if item.show_when is not None:
            yield item.show_when, item.holder
        item = item.holder


def _read(definition: Definition, condition: Condition, start: Section | Table | None) -> Iterator[Question]:
    match condition:
        case ItemsCondition():
            yield from definition.select(condition.items, start if isinstance(start, Section) else None)
        case AllCondition():
            for part in condition.all:
                yield from _read(definition, part, start)
        case AnyCondition():
            for part in condition.any:
                yield from _read(definition, part, start)
        case NotCondition():
            yield from _read(definition, condition.not_, start)
        case MeasureCondition():
            raise _CannotSayError
        case _:
            assert_never(condition)


class _Writer:
    """Says conditions as schemas of one object."""

    def __init__(self, definition: Definition, base: tuple[str, ...]) -> None:
        self._definition = definition
        self._base = base

    def said(self, condition: Condition, start: Section | Table | None, *, truth: bool) -> Schema:
        """Return a schema that an object meets where the condition certainly holds, or certainly does not."""
        match condition:
            case ItemsCondition():
                return self._items(condition, start, truth=truth)
            case AllCondition():
                return _joined([self.said(part, start, truth=truth) for part in condition.all], every=truth)
            case AnyCondition():
                return _joined([self.said(part, start, truth=truth) for part in condition.any], every=not truth)
            case NotCondition():
                return self.said(condition.not_, start, truth=not truth)
            case MeasureCondition():
                raise _CannotSayError
        assert_never(condition)

    def _items(self, condition: ItemsCondition, start: Section | Table | None, *, truth: bool) -> Schema:
        one_is_enough = not condition.every and condition.at_most is None and condition.at_least in {None, 1}
        if condition.when is not None or not (condition.every or one_is_enough):
            raise _CannotSayError
        questions = self._definition.select(condition.items, start if isinstance(start, Section) else None)
        some = truth is not condition.every
        parts = [self._answer(question, condition.match, truth=truth, some=some) for question in questions]
        return _joined(parts, every=truth is condition.every)

    def _answer(self, question: Question, match: Match, *, truth: bool, some: bool) -> Schema:
        """Say that an answer certainly matches, or certainly does not; in rows, in some of them or in all."""
        schema = _answer_schema(question, match, truth=truth)
        when_blank = truth_of(question, match, BLANK, draft=False, number_of=_no_number) is truth
        keys = question.keys[len(self._base) :]
        if ROW in keys and when_blank:
            raise _CannotSayError
        for key in reversed(keys):
            if key == ROW:
                schema = {"contains": schema} if some else {"items": schema}
            else:
                schema = {"properties": {key: schema}} | ({} if when_blank else {"required": [key]})
        return schema


def _answer_schema(question: Question, match: Match, *, truth: bool) -> Schema:
    """Return the schema of an answer that certainly matches, or certainly does not."""
    if any(measures_of(match)):
        raise _CannotSayError
    if question.kind in {Kind.CHOICE, Kind.TICK}:
        values = [True, False] if question.kind is Kind.TICK else [option.value for option in question.options]
        chosen = [
            value for value in values if truth_of(question, match, value, draft=False, number_of=_no_number) is truth
        ]
        if not chosen:
            return {"not": {}}
        return {"const": chosen[0]} if len(chosen) == 1 else {"enum": chosen}
    if match.model_fields_set == {"answered"} and match.answered is truth and question.kind is Kind.TEXT:
        return {"minLength": 1}
    if match.model_fields_set == {"answered"} and match.answered is truth:
        return {}
    if not truth or question.kind in {Kind.CHOICES, Kind.TEXT} or match.not_ is not None:
        raise _CannotSayError
    return match.model_dump(by_alias=True, exclude_unset=True, mode="json")


def _required_at(keys: Sequence[str], schema: Schema) -> Schema:
    """Return a schema that asks for an answer at these keys."""
    for key in reversed(keys):
        if key == ROW:
            schema = {"items": schema}
        else:
            schema = {"required": [key]} | ({"properties": {key: schema}} if schema else {})
    return schema


def _all(parts: Sequence[Schema]) -> Schema:
    return _joined(parts, every=True)


def _joined(parts: Sequence[Schema], *, every: bool) -> Schema:
    if len(parts) == 1:
        return parts[0]
    return {"allOf" if every else "anyOf": list(parts)}


def _no_number(measure: str) -> Interval:
    raise AssertionError(measure)


def is_derived(rule: Any) -> bool:
    """Whether a rule of a definition says that it is derived."""
    return isinstance(rule, dict) and str(rule.get("$comment", "")).startswith(MARK)


def with_derived_rules(definition: Definition) -> Schema:
    """Return the document with the rules that follow from it in place of those that it had."""
    rules = derived_rules(definition)

    def rewritten(at: str, value: Any) -> Any:
        if isinstance(value, list):
            return [rewritten(f"{at}/{index}", member) for index, member in enumerate(value)]
        if not isinstance(value, dict):
            return value
        own = [rule for rule in value.get("allOf", ()) if not is_derived(rule)]
        written = {
            key: rewritten(f"{at}/{escape(key)}", member)
            for key, member in value.items()
            if key != "allOf" or "properties" not in value
        }
        if "properties" in value and (own or rules.get(at)):
            written["allOf"] = [*own, *rules.get(at, ())]
        return written

    document = rewritten("", dict(definition.schema))
    assert isinstance(document, dict)
    return document


def disagreements(definition: Definition) -> Iterable[str]:
    """Yield the pointers of the objects whose derived rules are not those that follow from them."""
    rules = derived_rules(definition)

    def walk(at: str, value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for index, member in enumerate(value):
                yield from walk(f"{at}/{index}", member)
        elif isinstance(value, dict):
            if "properties" in value:
                written = [rule for rule in value.get("allOf", ()) if is_derived(rule)]
                if written != rules.get(at, []):
                    yield at
            for key, member in value.items():
                if key != "x-form":
                    yield from walk(f"{at}/{escape(key)}", member)

    return walk("", dict(definition.schema))
