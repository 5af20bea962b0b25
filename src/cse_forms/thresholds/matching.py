"""What a `match` says of one answer: true, false, or unknown between what the answer may still be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from cse_forms.pointers import BLANK
from cse_forms.schema.conditions import Match, MeasureReference, Number, Within
from cse_forms.schema.items import NO_DEFAULT, Kind, Option, Question
from cse_forms.thresholds.intervals import (
    Interval,
    Truth,
    day_of,
    exact_number,
    exactly,
    only_where_valued,
)
from cse_forms.thresholds.spans import is_within


class Surroundings(Protocol):
    """What a match may compare an answer with: the numbers of the form's measures, and other dates."""

    def number(self, measure: str) -> Interval:
        """Return the number that a measure has in the response at hand."""

    def day(self, pointer: str) -> date | None:
        """Return the date that an answer gives, in the same row where the pointer says so; None where none is known."""


class _NoSurroundings(Surroundings):
    """Of a match that takes nothing from elsewhere."""

    def number(self, measure: str) -> Interval:
        raise AssertionError(measure)

    def day(self, pointer: str) -> date | None:
        raise AssertionError(pointer)


ALONE = _NoSurroundings()

_NONE_OF_THESE: Any = object()
"""What an answer may still be where the form offers fewer than two known options."""

_ANYTHING: Any = object()
"""An answer of which the form does not say what it may be, such as a text."""

_NOTHING: Any = object()
"""The mark of an answer that is no Not Known."""

_OPTION_TYPES = (str, int, float)
"""What an option may be. Put together once: it is asked of every answer."""


def all_hold(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_holds(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negated(truth: Truth) -> Truth:
    """The contrary; of unknown, unknown."""
    return None if truth is None else not truth


def measures_of(match: Match) -> Iterator[str]:
    """Yield the measures that it takes numbers from."""
    numbers = [match.const, match.minimum, match.maximum, match.exclusive_minimum, match.exclusive_maximum]
    if match.within is not None:
        numbers += [match.within.years, match.within.months, match.within.days]
    for number in numbers:
        if isinstance(number, MeasureReference):
            yield number.measure
    for inner in (match.not_, match.contains, match.weight):
        if inner is not None:
            yield from measures_of(inner)


def spans_of(match: Match) -> Iterator[Within]:
    """Yield the spans of time that it asks for."""
    if match.within is not None:
        yield match.within
    for inner in (match.not_, match.contains):
        if inner is not None:
            yield from spans_of(inner)


def truth_of(question: Question, match: Match, value: Any, *, draft: bool, around: Surroundings = ALONE) -> Truth:
    """Return whether an answer matches.

    Args:
        question: what was asked.
        match: what is asked of the answer.
        value: the answer as JSON has it, or `BLANK`.
        draft: in a draft every blank may still be answered; else a default stands for a blank.
        around: what the answer may be compared with; needed where the match takes numbers or dates from elsewhere.
    """
    blank = value is BLANK or (question.kind is Kind.TEXT and value == "")
    if blank and not draft and question.default is not NO_DEFAULT:
        blank, value = False, question.default
    if blank:
        return _agreed(_holds(question, match, world, around) for world in _worlds_of_blank(question, draft=draft))
    if not is_answer(question, value):
        return None
    if question.kind is Kind.CHOICES:
        return _truth_of_choices(question, match, value, around)
    option = option_of(question, value)
    if option is not None and option.unknown:
        return _agreed(_holds(question, match, world, around) for world in _worlds_of_not_known(question, value))
    return _holds(question, match, World(value), around)


@dataclass(frozen=True, slots=True)
class TruthTable:
    """What each answer to a question with options says, worked out beforehand."""

    kind: type
    """What its options are."""
    truths: Mapping[Any, Truth]
    blank: Truth
    draft_blank: Truth
    is_settled: bool
    """Whether every answer that is known either matches or does not."""

    def truth(self, value: Any, *, draft: bool) -> Truth:
        """Return whether an answer matches; one of the wrong kind is unknown."""
        if value is BLANK:
            return self.draft_blank if draft else self.blank
        # To a dict, 1 and true are alike; they are told apart by their kind.
        return self.truths.get(value) if isinstance(value, self.kind) else None


def truth_table(question: Question, match: Match) -> TruthTable | None:
    """Return the table of a question that has options of one kind; None for any other, or where measures are asked."""
    values = [True, False] if question.kind is Kind.TICK else [option.value for option in question.options]
    if question.kind not in {Kind.TICK, Kind.CHOICE} or len({type(value) for value in values}) != 1:
        return None
    if isinstance(values[0], int | float) and question.kind is not Kind.TICK:
        return None
    if any(measures_of(match)) or any(spans_of(match)):
        return None

    def truth(value: Any, *, draft: bool) -> Truth:
        return truth_of(question, match, value, draft=draft)

    truths = {value: truth(value, draft=False) for value in values}
    not_known = {option.value for option in question.options if option.unknown}
    return TruthTable(
        kind=type(values[0]),
        truths=MappingProxyType(truths),
        blank=truth(BLANK, draft=False),
        draft_blank=truth(BLANK, draft=True),
        is_settled=all(found is not None for value, found in truths.items() if value not in not_known),
    )


def is_answer(question: Question, value: Any) -> bool:
    """Whether the value is of the kind that the question asks for; what is not counts as unknown, never as No."""
    match question.kind:
        case Kind.CHOICE:
            return option_of(question, value) is not None
        case Kind.CHOICES:
            return isinstance(value, list)
        case Kind.TICK:
            return isinstance(value, bool)
        case Kind.INTEGER:
            number = exact_number(value)
            return number is not None and number == int(number)
        case Kind.NUMBER:
            return exact_number(value) is not None
        case Kind.DATE:
            return day_of(value) is not None
        case Kind.TEXT:
            return isinstance(value, str)


def option_of(question: Question, value: Any) -> Option | None:
    """Return the option that a value chooses; 1 does not choose true."""
    if isinstance(value, _OPTION_TYPES):
        return question.option_by_value.get((isinstance(value, bool), value))
    return None


@dataclass(frozen=True, slots=True)
class World:
    """What an answer may be, in one of the cases that are open."""

    value: Any
    """The answer; `_ANYTHING` where it may be anything."""
    answered: Truth = True
    not_known: Any = _NOTHING
    """The Not Known that was chosen: it matches where it is asked for, and elsewhere the value stands for it."""


def _worlds_of_blank(question: Question, *, draft: bool) -> Iterator[World]:
    answered = None if draft else False
    if question.kind is Kind.CHOICES or not (question.options or question.kind is Kind.TICK):
        yield World(_ANYTHING, answered)
        return
    for value in _known_values(question):
        yield World(value, answered)
    for option in question.options:
        if option.unknown:
            for world in _worlds_of_not_known(question, option.value):
                yield World(world.value, answered, world.not_known)


def _worlds_of_not_known(question: Question, not_known: Any) -> Iterator[World]:
    for value in _known_values(question):
        yield World(value, not_known=not_known)


def _known_values(question: Question) -> list[Any]:
    """Return what an unknown answer may still be, as far as the form offers it."""
    if question.kind is Kind.TICK:
        return [True, False]
    values: list[Any] = [option.value for option in question.options if not option.unknown]
    return values if len(values) >= 2 else [*values, _NONE_OF_THESE]


def _agreed(truths: Iterable[Truth]) -> Truth:
    """Return the one truth that all of them have, else unknown."""
    found = set(truths)
    return found.pop() if len(found) == 1 else None


def _truth_of_choices(question: Question, match: Match, values: list[Any], around: Surroundings) -> Truth:
    """`contains` looks at each option chosen; every other word at the list itself."""
    truths: list[Truth] = []
    chosen = [(value, option_of(question, value)) for value in values]
    known = [value for value, option in chosen if option is not None and not option.unknown]
    # What is no option counts as an answer that nobody can read.
    not_known = [value for value, option in chosen if option is None or option.unknown]
    answered = True if not values or any(option is not None for _, option in chosen) else None
    if match.contains is not None:
        matches = [_holds(question, match.contains, World(value), around) for value in known]
        matches += [_truth_of_unknown_choice(question, match.contains, value, around) for value in not_known]
        truths.append(any_holds(matches))
    if match.not_ is not None:
        truths.append(negated(_truth_of_choices(question, match.not_, values, around)))
    rest = match.model_copy(update={"contains": None, "not_": None})
    world = World(_ANYTHING if not_known else values, answered)
    return all_hold([*truths, _holds(question, rest, world, around)])


def _truth_of_unknown_choice(question: Question, match: Match, not_known: Any, around: Surroundings) -> Truth:
    """Decide by the words that name the Not Known itself, else by what it may stand for: any options, or none."""
    by_name = _holds(question, match, World(_ANYTHING, not_known=not_known), around)
    if by_name is not None:
        return by_name
    may_be = [World(option.value, not_known=not_known) for option in question.options if not option.unknown]
    return _agreed([False, *(_holds(question, match, world, around) for world in may_be)])


def _holds(question: Question, match: Match, world: World, around: Surroundings) -> Truth:
    """Return whether an answer matches in one of the cases that are open."""
    truths: list[Truth] = []
    value = world.value
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if asked is None and word != "const":
            continue
        if word == "answered":
            truths.append(world.answered if asked else negated(world.answered))
        elif word == "not_":
            truths.append(negated(_holds(question, asked, world, around)))
        elif word in {"const", "enum"} and _names(asked if word == "enum" else (asked,), world.not_known):
            truths.append(True)
        elif word == "weight":
            truths.append(_weighs(question, asked, world, around))
        elif word == "type":
            truths.append(_is_of_type(question, asked, value))
        elif value is _ANYTHING:
            truths.append(None)
        elif word == "const":
            truths.append(_equals(asked, value, around))
        elif word == "enum":
            truths.append(_names(asked, value))
        elif word == "min_length":
            truths.append(isinstance(value, str) and len(value) >= asked)
        elif word == "contains":
            # What looks into several options chosen is asked of them, and of nothing else.
            truths.append(False)
        elif word == "within":
            truths.append(_lies_within(asked, value, around))
        else:
            truths.append(_compares(word, asked, value, around))
    return all_hold(truths)


def _names(asked: Iterable[Any], value: Any) -> bool:
    return any(_same(option, value) for option in asked)


def _same(first: Any, second: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return bool(first == second)


def _weighs(question: Question, asked: Match, world: World, around: Surroundings) -> Truth:
    """Return whether the weight that stands on the option chosen matches; a Not Known may have one of its own."""
    option = option_of(question, world.not_known)
    if option is None or option.weight is None:
        if world.value is _ANYTHING:
            return None
        option = option_of(question, world.value)
    weight = None if option is None else exact_number(option.weight)
    return False if weight is None else truth_of_number(asked, exactly(weight), around)


_TYPES = {
    Kind.TEXT: "string",
    Kind.DATE: "string",
    Kind.CHOICES: "array",
    Kind.TICK: "boolean",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
}


def _is_of_type(question: Question, asked: str, value: Any) -> Truth:
    if value is _NONE_OF_THESE:
        return None
    if value is _ANYTHING:
        kind = _TYPES.get(question.kind)
        # A number that is not known may be a whole one.
        return None if kind is None or (kind == "number" and asked == "integer") else _is_kind(kind, asked)
    if isinstance(value, bool):
        return asked == "boolean"
    if isinstance(value, int | float):
        return _is_kind("integer" if value == int(value) else "number", asked)
    return asked == ("array" if isinstance(value, list) else "string")


def _is_kind(kind: str, asked: str) -> bool:
    return kind == asked or (kind == "integer" and asked == "number")


def _equals(asked: Any, value: Any, around: Surroundings) -> Truth:
    if isinstance(asked, MeasureReference):
        number, other = exact_number(value), around.number(asked.measure)
        return False if number is None else only_where_valued(exactly(number).equals(other), other)
    return _same(asked, value)


def _lies_within(asked: Within, value: Any, around: Surroundings) -> Truth:
    if asked.before is None:
        # How near dates lie to one another is a matter of them all; each of them may be among those that do.
        return day_of(value) is not None
    day, last = day_of(value), around.day(asked.before)
    if day is None:
        return False
    return None if last is None else is_within(day, last, unit_of(asked), span_of(asked, around))


def unit_of(span: Within) -> str:
    """Return "years", "months" or "days"."""
    return "years" if span.years is not None else "months" if span.months is not None else "days"


def span_of(span: Within, around: Surroundings) -> Interval:
    """Return how long a span is."""
    for number in (span.years, span.months, span.days):
        if number is not None:
            return bound_of(number, around)
    raise AssertionError(span)


def _compares(word: str, asked: Number, value: Any, around: Surroundings) -> Truth:
    number = exact_number(value)
    if number is None:
        return False
    return compare(word, exactly(number), bound_of(asked, around))


def bound_of(asked: Number, around: Surroundings) -> Interval:
    """Return the number that a definition names, or takes from a measure."""
    if isinstance(asked, MeasureReference):
        return around.number(asked.measure)
    number = exact_number(asked)
    assert number is not None
    return exactly(number)


def compare(word: str, number: Interval, bound: Interval) -> Truth:
    """Return whether a number lies on the asked side of a bound; where one of the two has no value, it does not."""
    match word:
        case "minimum":
            truth = number.is_at_least(bound)
        case "maximum":
            truth = bound.is_at_least(number)
        case "exclusive_minimum":
            truth = negated(bound.is_at_least(number))
        case "exclusive_maximum":
            truth = negated(number.is_at_least(bound))
        case _:
            raise AssertionError(word)
    return only_where_valued(truth, number, bound)


def truth_of_number(match: Match, number: Interval, around: Surroundings) -> Truth:
    """Return whether a number matches; one that may be without a value only where it does in either case."""
    if number.has_value is True:
        return _truth_of_value(match, number, around)
    without = _truth_without_value(match)
    if number.has_value is False:
        return without
    return _agreed([without, _truth_of_value(match, Interval(number.lowest, number.highest), around)])


def _truth_of_value(match: Match, number: Interval, around: Surroundings) -> Truth:
    truths: list[Truth] = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if asked is None:
            continue
        if word in {"const", "enum"}:
            others = [bound_of(option, around) for option in (asked if word == "enum" else (asked,))]
            truths.append(any_holds(only_where_valued(number.equals(other), other) for other in others))
        elif word == "not_":
            truths.append(negated(_truth_of_value(asked, number, around)))
        elif word == "answered":
            truths.append(None if number.is_unbounded else asked)
        elif word in {"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"}:
            truths.append(compare(word, number, bound_of(asked, around)))
        else:
            truths.append(False)
    return all_hold(truths)


def _truth_without_value(match: Match) -> bool:
    """Over a number that is not there nothing holds, whatever is asked; that it is not there can be asked."""
    truths = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if word == "answered":
            truths.append(asked is False)
        elif word == "not_":
            truths.append(asked.model_fields_set == {"answered"} and not _truth_without_value(asked))
        else:
            truths.append(False)
    return all(truths)


def truth_of_level(match: Match, level: str | None) -> bool:
    """Return whether a level's id matches; over no level nothing holds, and that there is none can be asked."""
    if level is None:
        return _truth_without_value(match)
    truths = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if word in {"const", "enum"}:
            truths.append(_names(asked if word == "enum" else (asked,), level))
        elif word == "not_":
            truths.append(not truth_of_level(asked, level))
        else:
            truths.append(word == "answered" and asked)
    return all(truths)
