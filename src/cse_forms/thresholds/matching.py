"""What a `match` says of one answer: true, false, or unknown between what the answer may still be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

from cse_forms.pointers import BLANK
from cse_forms.schema.conditions import Match, MeasureReference, Number
from cse_forms.schema.items import NO_DEFAULT, Kind, Option, Question
from cse_forms.thresholds.intervals import Interval, Truth, day_of, exact_number, exactly

NumberOf: TypeAlias = Callable[[str], Interval]
"""The number that a measure has in the response at hand."""

_NONE_OF_THESE: Any = object()
"""What an answer may still be where the form offers fewer than two known options."""

_ANYTHING: Any = object()
"""An answer of which the form does not say what it may be, such as a text."""

_NOTHING: Any = object()
"""The mark of an answer that is no Not Known."""


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
    for number in (match.const, match.minimum, match.maximum, match.exclusive_minimum, match.exclusive_maximum):
        if isinstance(number, MeasureReference):
            yield number.measure
    for inner in (match.not_, match.contains):
        if inner is not None:
            yield from measures_of(inner)


def truth_of(question: Question, match: Match, value: Any, *, draft: bool, number_of: NumberOf) -> Truth:
    """Return whether an answer matches.

    Args:
        question: what was asked.
        match: what is asked of the answer.
        value: the answer as JSON has it, or `BLANK`.
        draft: in a draft every blank may still be answered; else a default stands for a blank.
        number_of: the numbers of the form's measures.
    """
    blank = value is BLANK or (question.kind is Kind.TEXT and value == "")
    if blank and not draft and question.default is not NO_DEFAULT:
        blank, value = False, question.default
    if blank:
        return _agreed(_holds(match, may_be, number_of) for may_be in _worlds_of_blank(question, draft=draft))
    if not is_answer(question, value):
        return None
    if question.kind is Kind.CHOICES:
        return _truth_of_choices(question, match, value, number_of)
    option = option_of(question, value)
    if option is not None and option.unknown:
        return _agreed(_holds(match, may_be, number_of) for may_be in _worlds_of_not_known(question, value))
    return _holds(match, World(value), number_of)


@dataclass(frozen=True, slots=True)
class TruthTable:
    """What each answer to a question with options says, worked out beforehand."""

    kind: type
    """What its options are."""
    truths: Mapping[Any, Truth]
    blank: Truth
    draft_blank: Truth

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
    if any(measures_of(match)):
        return None

    def truth(value: Any, *, draft: bool) -> Truth:
        return truth_of(question, match, value, draft=draft, number_of=_no_number)

    return TruthTable(
        kind=type(values[0]),
        truths=MappingProxyType({value: truth(value, draft=False) for value in values}),
        blank=truth(BLANK, draft=False),
        draft_blank=truth(BLANK, draft=True),
    )


def _no_number(measure: str) -> Interval:
    raise AssertionError(measure)


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
    if isinstance(value, str | int | float):
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


def _truth_of_choices(question: Question, match: Match, values: list[Any], number_of: NumberOf) -> Truth:
    """`contains` looks at each option chosen; every other word at the list itself."""
    truths: list[Truth] = []
    chosen = [(value, option_of(question, value)) for value in values]
    known = [value for value, option in chosen if option is not None and not option.unknown]
    # What is no option counts as an answer that nobody can read.
    not_known = [value for value, option in chosen if option is None or option.unknown]
    answered = True if not values or any(option is not None for _, option in chosen) else None
    if match.contains is not None:
        matches = [_holds(match.contains, World(value), number_of) for value in known]
        matches += [_truth_of_unknown_choice(question, match.contains, value, number_of) for value in not_known]
        truths.append(any_holds(matches))
    if match.not_ is not None:
        truths.append(negated(_truth_of_choices(question, match.not_, values, number_of)))
    rest = match.model_copy(update={"contains": None, "not_": None})
    return all_hold([*truths, _holds(rest, World(_ANYTHING if not_known else values, answered), number_of)])


def _truth_of_unknown_choice(question: Question, match: Match, not_known: Any, number_of: NumberOf) -> Truth:
    """Decide by the words that name the Not Known itself, else by what it may stand for: any options, or none."""
    by_name = _holds(match, World(_ANYTHING, not_known=not_known), number_of)
    if by_name is not None:
        return by_name
    may_be = [World(option.value, not_known=not_known) for option in question.options if not option.unknown]
    return _agreed([False, *(_holds(match, world, number_of) for world in may_be)])


def _holds(match: Match, world: World, number_of: NumberOf) -> Truth:
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
            truths.append(negated(_holds(asked, world, number_of)))
        elif word in {"const", "enum"} and _names(asked if word == "enum" else (asked,), world.not_known):
            truths.append(True)
        elif value is _ANYTHING:
            truths.append(None)
        elif word == "const":
            truths.append(_equals(asked, value, number_of))
        elif word == "enum":
            truths.append(_names(asked, value))
        elif word == "min_length":
            truths.append(isinstance(value, str) and len(value) >= asked)
        elif word == "contains":
            # What looks into several options chosen is asked of them, and of nothing else.
            truths.append(False)
        else:
            truths.append(_compares(word, asked, value, number_of))
    return all_hold(truths)


def _names(asked: Iterable[Any], value: Any) -> bool:
    return any(_same(option, value) for option in asked)


def _same(first: Any, second: Any) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return bool(first == second)


def _equals(asked: Any, value: Any, number_of: NumberOf) -> Truth:
    if isinstance(asked, MeasureReference):
        number = exact_number(value)
        return False if number is None else exactly(number).equals(number_of(asked.measure))
    return _same(asked, value)


def _compares(word: str, asked: Number, value: Any, number_of: NumberOf) -> Truth:
    number = exact_number(value)
    if number is None:
        return False
    return compare(word, exactly(number), bound_of(asked, number_of))


def bound_of(asked: Number, number_of: NumberOf) -> Interval:
    """Return the number that a match names, or takes from a measure."""
    if isinstance(asked, MeasureReference):
        return number_of(asked.measure)
    number = exact_number(asked)
    assert number is not None
    return exactly(number)


def compare(word: str, number: Interval, bound: Interval) -> Truth:
    """Return whether a number lies on the asked side of a bound."""
    match word:
        case "minimum":
            return number.is_at_least(bound)
        case "maximum":
            return bound.is_at_least(number)
        case "exclusive_minimum":
            return negated(bound.is_at_least(number))
        case "exclusive_maximum":
            return negated(number.is_at_least(bound))
    raise AssertionError(word)


def truth_of_number(match: Match, number: Interval, number_of: NumberOf) -> Truth:
    """Return whether a measure's number matches."""
    truths: list[Truth] = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if asked is None:
            continue
        if word == "const":
            truths.append(number.equals(bound_of(asked, number_of)))
        elif word == "enum":
            truths.append(any_holds(number.equals(bound_of(option, number_of)) for option in asked))
        elif word == "not_":
            truths.append(negated(truth_of_number(asked, number, number_of)))
        elif word == "answered":
            truths.append(None if number == Interval(None, None) else asked)
        elif word in {"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"}:
            truths.append(compare(word, number, bound_of(asked, number_of)))
        else:
            truths.append(False)
    return all_hold(truths)
