"""What a `match` says of one answer: true, false, or unknown between what the answer may still be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from cse_forms.pointers import BLANK
from cse_forms.schema.conditions import Match, MeasureReference, Number
from cse_forms.schema.items import NO_DEFAULT, Kind, Question
from cse_forms.thresholds.intervals import Interval, Truth, day_of, exact_number, exactly

NumberOf: TypeAlias = Callable[[str], Interval]
"""The number that a measure has in the response at hand."""

_NONE_OF_THESE: Any = object()
"""What an answer may still be where the form offers fewer than two known options."""


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
    if value is BLANK or (question.kind is Kind.TEXT and value == ""):
        if draft or question.default is NO_DEFAULT:
            return _truth_of_blank(question, match, draft=draft, number_of=number_of)
        value = question.default
    if question.kind is Kind.CHOICES and isinstance(value, list):
        return _truth_of_choices(question, match, value, number_of)
    if not is_answer(question, value):
        return None
    if any(option.unknown and option.value == value for option in question.options):
        return _truth_of_not_known(question, match, value, number_of)
    return _holds(match, value, number_of)


def is_answer(question: Question, value: Any) -> bool:
    """Whether the value is of the kind that the question asks for; what is not counts as unknown, never as No."""
    match question.kind:
        case Kind.CHOICE:
            return any(option.value == value and type(option.value) is type(value) for option in question.options)
        case Kind.CHOICES:
            return isinstance(value, list)
        case Kind.TICK:
            return isinstance(value, bool)
        case Kind.INTEGER | Kind.NUMBER:
            return exact_number(value) is not None
        case Kind.DATE:
            return day_of(value) is not None
        case Kind.TEXT:
            return isinstance(value, str)


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


def _truth_of_not_known(question: Question, match: Match, value: Any, number_of: NumberOf) -> Truth:
    asked_for = _asked_for(match, value)
    if asked_for is not None:
        return asked_for
    return _agreed(_holds(match, possible, number_of) for possible in _known_values(question))


def _asked_for(match: Match, value: Any) -> Truth:
    """Decide by the words that name the Not Known itself; unknown where none does."""
    truths: list[Truth] = []
    for word in match.model_fields_set:
        if word == "const":
            truths.append(True if match.const == value else None)
        elif word == "enum":
            truths.append(True if value in match.enum else None)
        elif word == "not_" and match.not_ is not None:
            truths.append(negated(_asked_for(match.not_, value)))
        elif word == "answered":
            truths.append(match.answered is True)
        else:
            truths.append(None)
    return all_hold(truths)


def _truth_of_blank(question: Question, match: Match, *, draft: bool, number_of: NumberOf) -> Truth:
    whether_answered = _whether_answered(match, draft=draft)
    if whether_answered is False or match.model_fields_set <= {"answered"}:
        return whether_answered
    if not question.options and question.kind is not Kind.TICK:
        return None
    if question.kind is Kind.CHOICES:
        return None
    possible = [_holds(match, value, number_of, blank=True) for value in _known_values(question)]
    possible += [
        _truth_of_not_known(question, match, option.value, number_of) for option in question.options if option.unknown
    ]
    return _agreed(possible)


def _whether_answered(match: Match, *, draft: bool) -> Truth:
    """Decide what a match says of a blank by the word `answered` alone."""
    truths: list[Truth] = []
    if match.answered is not None:
        truths.append(None if draft else match.answered is False)
    if match.not_ is not None and match.not_.model_fields_set <= {"answered"}:
        truths.append(negated(_whether_answered(match.not_, draft=draft)))
    return all_hold(truths)


def _truth_of_choices(question: Question, match: Match, values: list[Any], number_of: NumberOf) -> Truth:
    """`contains` looks at each option chosen; every other word at the list itself."""
    truths: list[Truth] = []
    if match.contains is not None:
        unknown = {option.value for option in question.options if option.unknown}
        truths.append(
            any_holds(
                _truth_of_not_known(question, match.contains, value, number_of)
                if isinstance(value, str | int) and value in unknown
                else _holds(match.contains, value, number_of)
                for value in values
            )
        )
    if match.not_ is not None:
        truths.append(negated(_truth_of_choices(question, match.not_, values, number_of)))
    rest = match.model_copy(update={"contains": None, "not_": None})
    return all_hold([*truths, _holds(rest, values, number_of)])


def _holds(match: Match, value: Any, number_of: NumberOf, *, blank: bool = False) -> Truth:
    """Return whether a known value matches; unknown only where a measure's number or, of a blank, `answered` is."""
    truths: list[Truth] = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if asked is None and word != "const":
            continue
        if word == "const":
            truths.append(_equals(asked, value, number_of))
        elif word == "enum":
            truths.append(any(_same(option, value) for option in asked))
        elif word == "not_":
            truths.append(negated(_holds(asked, value, number_of, blank=blank)))
        elif word == "answered":
            truths.append(None if blank else asked)
        elif word == "min_length":
            truths.append(isinstance(value, str) and len(value) >= asked)
        elif word == "contains":
            truths.append(isinstance(value, list) and any_holds(_holds(asked, member, number_of) for member in value))
        else:
            truths.append(_compares(word, asked, value, number_of))
    return all_hold(truths)


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
