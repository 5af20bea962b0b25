"""What a `match` says of an answer that is not fixed, or of a measure's number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from cse_forms.schema.conditions import Match, MeasureReference, Number, Within
from cse_forms.schema.items import Kind, Option, Question
from cse_forms.thresholds.proving.answers import Answer, Keys, as_read, exact, is_same
from cse_forms.thresholds.proving.dates import Day, is_not_after, is_same_day, is_within
from cse_forms.thresholds.proving.logic import (
    FALSE,
    TRUE,
    UNKNOWN,
    Amount,
    Bool,
    Truth,
    agreed,
    all_of,
    amount,
    any_of,
    at_least,
    by_case,
    contrary,
    every,
    opposite,
    plain,
    rounded_down,
    some,
    undecided,
)
from cse_forms.thresholds.proving.ranges import Range, equals, exactly, is_at_least

ANYTHING: Any = object()
"""An answer of which the form does not say what it may be, such as a text."""

NONE_OF_THESE: Any = object()
"""What an answer may still be where the form offers fewer than two known options."""

_NOTHING: Any = object()

COMPARISONS = frozenset({"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"})


class Surroundings(Protocol):
    """What a match reads besides the answer itself."""

    def number(self, measure: str) -> Range:
        """Return a measure's number."""

    def date(self, pointer: str, question: Question, keys: Keys) -> tuple[Bool, Day | None]:
        """Return whether a date is certainly asked and given, and the date.

        Args:
            pointer: where it stands; `./` is the row of the answer.
            question: that of the answer.
            keys: the place of the answer.
        """


@dataclass(frozen=True, slots=True)
class Case:
    """What an answer may be, in one of the cases that are open."""

    value: Any
    """A JSON value, an amount, a day, an `Answer` that is a text, `ANYTHING` or `NONE_OF_THESE`."""
    answered: Truth = TRUE
    not_known: Any = _NOTHING
    """The Not Known that was chosen."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Reads matches over the answer to one question at one place."""

    question: Question
    keys: Keys
    draft: bool
    around: Surroundings

    def truth(self, match: Match, answer: Answer) -> Truth:
        """Return whether an answer matches."""
        read = as_read(answer, draft=self.draft)
        if read.given is True:
            return self._of_given(match, read)
        of_blank = agreed(self._holds(match, case) for case in self._cases_of_blank())
        if read.given is False:
            return of_blank
        return by_case(((read.given, self._of_given(match, read)), (opposite(read.given), of_blank)))

    def _of_given(self, match: Match, answer: Answer) -> Truth:
        match self.question.kind:
            case Kind.CHOICES:
                return self._of_choices(match, answer)
            case Kind.TICK:
                return by_case((taken, self._holds(match, Case(value))) for value, taken in answer.chosen)
            case Kind.CHOICE:
                options = zip(self.question.options, answer.chosen, strict=True)
                cases = [(taken, self._of_option(match, option)) for option, (_, taken) in options]
                if answer.none is not False:
                    cases.append((answer.none, self._holds(match, Case(NONE_OF_THESE))))
                return by_case(cases)
            case Kind.INTEGER | Kind.NUMBER:
                return self._holds(match, Case(answer.number))
            case Kind.DATE:
                return self._holds(match, Case(answer.day))
            case Kind.TEXT:
                return self._holds(match, Case(answer))

    def _of_option(self, match: Match, option: Option) -> Truth:
        if option.unknown:
            return agreed(self._holds(match, case) for case in self._cases_of_not_known(option.value))
        return self._holds(match, Case(option.value))

    # --- what an unknown answer may be -----------------------------------------------------------------------

    def _known_values(self) -> list[Any]:
        if self.question.kind is Kind.TICK:
            return [True, False]
        values: list[Any] = [option.value for option in self.question.options if not option.unknown]
        return values if len(values) >= 2 else [*values, NONE_OF_THESE]

    def _cases_of_blank(self) -> Iterator[Case]:
        answered = UNKNOWN if self.draft else FALSE
        if self.question.kind is Kind.CHOICES or not (self.question.options or self.question.kind is Kind.TICK):
            yield Case(ANYTHING, answered)
            return
        for value in self._known_values():
            yield Case(value, answered)
        for option in self.question.options:
            if option.unknown:
                yield from (Case(value, answered, option.value) for value in self._known_values())

    def _cases_of_not_known(self, not_known: Any) -> Iterator[Case]:
        return (Case(value, not_known=not_known) for value in self._known_values())

    # --- several options ---------------------------------------------------------------------------------------

    def _of_choices(self, match: Match, answer: Answer) -> Truth:
        """`contains` looks at each option chosen; every other word at the list itself."""
        truths: list[Truth] = []
        if match.contains is not None:
            options = zip(self.question.options, answer.chosen, strict=True)
            truths.append(
                some(every((plain(taken), self._of_choice(match.contains, option))) for option, (_, taken) in options)
            )
        if match.not_ is not None:
            truths.append(contrary(self._of_choices(match.not_, answer)))
        for word in sorted(match.model_fields_set - {"contains", "not_"}):
            asked = getattr(match, word)
            if asked is not None:
                truths.append(self._of_list(word, asked, answer))
        return every(truths)

    def _of_choice(self, match: Match, option: Option) -> Truth:
        if not option.unknown:
            return self._holds(match, Case(option.value))
        by_name = self._holds(match, Case(ANYTHING, not_known=option.value))
        may_be = [Case(other.value, not_known=option.value) for other in self.question.options if not other.unknown]
        of_others = agreed([FALSE, *(self._holds(match, case) for case in may_be)])
        return by_case(((by_name.holds, TRUE), (by_name.fails, FALSE), (by_name.unknown, of_others)))

    def _of_list(self, word: str, asked: Any, answer: Answer) -> Truth:
        if word == "answered":
            return TRUE if asked else FALSE
        if word == "type":
            return plain(asked == "array")
        if word in {"const", "enum"}:
            truth = some(self._is_list(one, answer) for one in (asked if word == "enum" else (asked,)))
            return by_case(((opposite(answer.not_known), truth),))
        return by_case(((opposite(answer.not_known), FALSE),))

    def _is_list(self, asked: Any, answer: Answer) -> Truth:
        if not isinstance(asked, list | tuple):
            return FALSE
        alike = all_of(
            taken if any(is_same(value, one) for one in asked) else opposite(taken) for value, taken in answer.chosen
        )
        # In which order options were chosen is not said here.
        listed = all(any(is_same(value, one) for value, _ in answer.chosen) for one in asked)
        if not listed:
            return FALSE
        if len(asked) < 2:
            return plain(alike)
        return by_case(((alike, undecided("the order of options")), (opposite(alike), FALSE)))

    # --- one case ------------------------------------------------------------------------------------------------

    def _holds(self, match: Match, case: Case) -> Truth:
        truths = []
        for word in sorted(match.model_fields_set):
            asked = getattr(match, word)
            if asked is not None or word == "const":
                truths.append(self._word(word, asked, case))
        return every(truths)

    def _word(self, word: str, asked: Any, case: Case) -> Truth:
        value = case.value
        if word == "answered":
            return case.answered if asked else contrary(case.answered)
        if word == "not_":
            return contrary(self._holds(asked, case))
        if word in {"const", "enum"} and self._names(asked if word == "enum" else (asked,), case.not_known):
            return TRUE
        if word == "weight":
            return self._weight(asked, case)
        if word == "type":
            return self._type(asked, value)
        if word == "within" and asked.before is None:
            return self._may_lie_near(value)
        if value is ANYTHING:
            return UNKNOWN
        match word:
            case "const":
                return self._equals(asked, value)
            case "enum":
                return some(self._equals(one, value) for one in asked)
            case "min_length":
                return self._has_length(asked, value)
            case "contains":
                return FALSE
            case "within":
                return self._within(asked, value)
            case _:
                number = number_of(value)
                return FALSE if number is None else compare(word, exactly(number), self._bound(asked))

    @staticmethod
    def _may_lie_near(value: Any) -> Truth:
        """Return whether an answer is a date; what lies within a span of one another is asked of all together."""
        if isinstance(value, Answer):
            return undecided("a text that may be a date")
        return UNKNOWN if value is ANYTHING else plain(isinstance(value, Day))

    @staticmethod
    def _names(asked: Iterable[Any], value: Any) -> bool:
        return value is not _NOTHING and any(is_same(one, value) for one in asked)

    def _equals(self, asked: Any, value: Any) -> Truth:
        if isinstance(asked, MeasureReference):
            number = number_of(value)
            if number is None:
                return FALSE
            bound = self._bound(asked)
            return every((equals(exactly(number), bound), bound.present))
        if value is NONE_OF_THESE:
            return FALSE
        if isinstance(value, Amount):
            if isinstance(asked, bool) or not isinstance(asked, int | float):
                return FALSE
            return equals(exactly(value), exactly(exact(asked)))
        if isinstance(value, Day):
            day = day_named(asked)
            return FALSE if day is None else plain(is_same_day(value, day))
        if isinstance(value, Answer):
            return plain(value.is_text(asked)) if isinstance(asked, str) else FALSE
        return plain(is_same(asked, value))

    @staticmethod
    def _has_length(asked: int, value: Any) -> Truth:
        if isinstance(value, Answer) and value.length is not None:
            return plain(at_least(value.length, amount(asked)))
        if isinstance(value, Day):
            return plain(asked <= len("2000-01-01"))
        return plain(isinstance(value, str) and len(value) >= asked)

    def _type(self, asked: str, value: Any) -> Truth:
        if value is NONE_OF_THESE:
            return UNKNOWN
        if value is ANYTHING or isinstance(value, Amount | Day | Answer):
            return self._type_of_kind(asked, value)
        kinds = {
            "boolean": isinstance(value, bool),
            "string": isinstance(value, str),
            "number": isinstance(value, int | float) and not isinstance(value, bool),
            "integer": isinstance(value, int | float) and not isinstance(value, bool) and value == int(value),
        }
        return plain(kinds.get(asked, False))

    def _type_of_kind(self, asked: str, value: Any) -> Truth:
        match self.question.kind:
            case Kind.TEXT | Kind.DATE:
                return plain(asked == "string")
            case Kind.INTEGER:
                return plain(asked in {"integer", "number"})
            case Kind.NUMBER if asked == "integer":
                if not isinstance(value, Amount):
                    return UNKNOWN
                down = rounded_down(value)
                return plain(all_of((at_least(down, value),)))
            case Kind.NUMBER:
                return plain(asked == "number")
            case Kind.CHOICES:
                return plain(asked == "array")
            case Kind.CHOICE | Kind.TICK:
                return UNKNOWN

    def _weight(self, asked: Match, case: Case) -> Truth:
        weights = {
            (isinstance(o.value, bool), o.value): o.weight for o in self.question.options if o.weight is not None
        }
        named = case.not_known
        if named is not _NOTHING and (isinstance(named, bool), named) in weights:
            return truth_of_number(asked, exactly(exact(weights[isinstance(named, bool), named])), self.around)
        value = case.value
        if value is ANYTHING:
            return UNKNOWN
        if value is NONE_OF_THESE or isinstance(value, Amount | Day | Answer):
            return FALSE
        weight = weights.get((isinstance(value, bool), value))
        return FALSE if weight is None else truth_of_number(asked, exactly(exact(weight)), self.around)

    # --- dates ----------------------------------------------------------------------------------------------------

    def _within(self, asked: Within, value: Any) -> Truth:
        if not isinstance(value, Day):
            return FALSE
        assert asked.before is not None
        there, before = self.around.date(asked.before, self.question, self.keys)
        if before is None or there is False:
            return UNKNOWN
        return by_case(((there, in_span(value, before, asked, self.around)),))

    def _bound(self, asked: Number) -> Range:
        return bound_of(asked, self.around)


def in_span(day: Day, before: Day, span: Within, around: Surroundings) -> Truth:
    """Return whether a date lies in the span that ends on another one."""
    unit = "years" if span.years is not None else "months" if span.months is not None else "days"
    length = bound_of(getattr(span, unit), around)
    not_after = is_not_after(day, before)

    def reached(number: Amount) -> Bool:
        return is_within(day, before, unit=unit, count=rounded_down(number).solver_term)

    surely = all_of((opposite(length.low.none), False if length.low.none is True else reached(length.low.number)))
    maybe = True if length.high.none is True else any_of((length.high.none, reached(length.high.number)))
    inside = Truth(all_of((not_after, surely)), any_of((opposite(not_after), opposite(maybe))))
    return every((inside, length.present))


def number_of(value: Any) -> Amount | None:
    """Return a value that is a number, or None."""
    if isinstance(value, Amount):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return amount(exact(value))
    return None


def day_named(value: Any) -> Day | None:
    """Return the date that a text names, or None."""
    from datetime import date

    from cse_forms.thresholds.proving.dates import day_of

    if not isinstance(value, str) or len(value) != len("2000-01-01"):
        return None
    try:
        return day_of(date.fromisoformat(value))
    except ValueError:
        return None


def bound_of(asked: Number, around: Surroundings) -> Range:
    """Return a number that a definition names, or takes from a measure."""
    if isinstance(asked, MeasureReference):
        return around.number(asked.measure)
    return exactly(exact(asked))


def compare(word: str, number: Range, bound: Range) -> Truth:
    """Return whether a number lies on the asked side of a bound. A bound without a value is on no side."""
    match word:
        case "minimum":
            truth = is_at_least(number, bound)
        case "maximum":
            truth = is_at_least(bound, number)
        case "exclusive_minimum":
            truth = contrary(is_at_least(bound, number))
        case "exclusive_maximum":
            truth = contrary(is_at_least(number, bound))
        case _:
            raise AssertionError(word)
    return every((truth, bound.present))


def truth_of_number(match: Match, number: Range, around: Surroundings) -> Truth:
    """Return whether a measure's number matches; one that may be without a value only where it does in either case."""
    if number.present.holds is True:
        return _truth_of_value(match, number, around)
    without = plain(matches_nothing_there(match))
    if number.present.fails is True:
        return without
    of_value = _truth_of_value(match, Range(number.low, number.high, TRUE), around)
    return by_case(
        (
            (number.present.holds, of_value),
            (number.present.fails, without),
            (number.present.unknown, agreed((without, of_value))),
        )
    )


def _truth_of_value(match: Match, number: Range, around: Surroundings) -> Truth:
    truths = []
    for word in sorted(match.model_fields_set):
        asked = getattr(match, word)
        if asked is None:
            continue
        if word in {"const", "enum"}:
            truths.append(some(_equals_number(one, number, around) for one in (asked if word == "enum" else (asked,))))
        elif word == "not_":
            truths.append(contrary(_truth_of_value(asked, number, around)))
        elif word == "answered":
            known = Truth(any_of((opposite(number.low.none), opposite(number.high.none))), False)
            truths.append(known if asked else contrary(known))
        elif word in COMPARISONS:
            truths.append(compare(word, number, bound_of(asked, around)))
        else:
            truths.append(FALSE)
    return every(truths)


def _equals_number(asked: Any, number: Range, around: Surroundings) -> Truth:
    other = bound_of(asked, around)
    return every((equals(number, other), other.present))


def matches_nothing_there(match: Match) -> bool:
    """Return whether a match holds where there is no number and no level: it can only ask for just that."""
    truths = []
    for word in match.model_fields_set:
        asked = getattr(match, word)
        if word == "not_":
            truths.append(asked.model_fields_set == {"answered"} and not matches_nothing_there(asked))
        else:
            truths.append(word == "answered" and asked is False)
    return all(truths)
