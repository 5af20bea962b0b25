"""Whether a condition can hold, and whether it can fail, over any answers at all.

Each answer is taken as if it depended on no other one, so that what is said to be impossible is, while something that
is impossible for a deeper reason may pass for possible.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, assert_never

from cse_forms.schema.checks.form import exact
from cse_forms.schema.checks.truths import (
    BOTH,
    FALSE,
    NEITHER,
    Truths,
    asks_for_nothing,
    is_same,
    lower_end,
    names_option,
    of,
    of_any_text,
    of_blank,
    stands_once,
    together,
    upper_end,
)
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    Condition,
    ItemsCondition,
    Match,
    MeasureCondition,
    MeasureReference,
    NamedCondition,
    NotCondition,
    Number,
    UnsettledCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import NO_DEFAULT, Kind, Option, Question, Section
from cse_forms.schema.places import ROW
from cse_forms.schema.ranges import may_be_hidden, number_of, reachable
from cse_forms.schema.reach import Reach, Real, exactly, simple, whole_between
from cse_forms.schema.vocabulary import Assessment


class Possibilities:
    """Says of the conditions of one definition whether they can hold and whether they can fail."""

    def __init__(self, definition: Definition) -> None:
        self.reaches: Mapping[str, Reach] = reachable(definition)
        self.definition = definition
        self._found: dict[tuple[int, tuple[str, ...] | None], Truths] = {}
        self._answers: dict[tuple[int, str, bool], Truths] = {}
        self._levels: dict[str, frozenset[str | None]] = {}

    def of_condition(self, condition: Condition, row: Section | None = None) -> Truths:
        """Return whether a condition can hold, and whether it can fail.

        Args:
            condition: the condition.
            row: the object that `./` starts at.
        """
        key = (id(condition), row.keys if row is not None else None)
        if key not in self._found:
            self._found[key] = self._of(condition, row)
        return self._found[key]

    def _of(self, condition: Condition, row: Section | None) -> Truths:
        match condition:
            case ItemsCondition():
                return self._of_items(condition, row)
            case MeasureCondition():
                return self.of_number(self.reaches[condition.measure], condition.match)
            case AssessmentCondition():
                return self._of_levels(condition)
            case NamedCondition():
                return self.of_condition(self.definition.words.conditions[condition.condition])
            case UnsettledCondition():
                return BOTH
            case AllCondition():
                return together(self.of_condition(one, row) for one in condition.all)
            case AnyCondition():
                return ~together(~self.of_condition(one, row) for one in condition.any)
            case NotCondition():
                return ~self.of_condition(condition.not_, row)
            case _:
                assert_never(condition)

    def _of_items(self, condition: ItemsCondition, row: Section | None) -> Truths:
        questions = self.definition.select(condition.items, row)
        looked_at = condition.when is not None
        matching = [(question, self.of_answer(question, condition.match)) for question in questions]
        if condition.match.within is not None and condition.match.within.before is None:
            return BOTH
        certain = [
            truths
            for question, truths in matching
            if not looked_at and stands_once(question, row) and not may_be_hidden(question)
        ]
        if condition.every:
            return Truths(all(one.holds for one in certain), any(one.fails for _, one in matching))
        least: Real = sum(not one.fails and one.holds for one in certain)
        many_rows = any(one.holds and ROW in question.keys for question, one in matching)
        most = math.inf if many_rows else sum(one.holds for _, one in matching)
        needed = 0 if condition.at_most is not None and condition.at_least is None else condition.at_least or 1
        low, high = self._bounds(needed)
        low_most, high_most = self._bounds(condition.at_most) if condition.at_most is not None else (math.inf, math.inf)
        return Truths(most >= low and least <= high_most, least < high or most > low_most)

    def most_matching(self, condition: ItemsCondition, row: Section | None) -> int:
        """Return how many of the selected answers can match, each counted once."""
        questions = self.definition.select(condition.items, row)
        return sum(self.of_answer(question, condition.match).holds for question in questions)

    def _bounds(self, number: Number) -> tuple[Any, Any]:
        """Return between what a number lies; the bounds are infinite where it has none."""
        if not isinstance(number, MeasureReference):
            return number, number
        reach = self.reaches[number.measure]
        return (
            -math.inf if reach.lowest is None else reach.lowest,
            math.inf if reach.highest is None or reach.may_be_absent else reach.highest,
        )

    def of_number(self, reach: Reach, match: Match) -> Truths:
        """Return whether a match can hold over a measure's number, and whether it can fail; it fails over none."""
        if reach.values == ():
            return of(match.answered is False)
        found = together(self._number_words(reach, match))
        if match.not_ is not None:
            found = together((found, ~self.of_number(reach, match.not_)))
        return found | of(match.answered is False) if reach.may_be_absent else found

    def _number_words(self, reach: Reach, match: Match) -> list[Truths]:
        """Return what each word of a match says of a number."""
        found = []
        if match.answered is not None:
            found.append(Truths(match.answered, not match.answered))
        if "const" in match.model_fields_set:
            if isinstance(match.const, MeasureReference):
                found.append(BOTH)
            else:
                found.append(self._equals(reach, (match.const,)))
        if match.enum:
            found.append(self._equals(reach, match.enum))
        low, above = max(
            self._bound(match.minimum, open_end=False),
            self._bound(match.exclusive_minimum, open_end=True),
            key=lower_end,
        )
        high, below = min(
            self._bound(match.maximum, open_end=False),
            self._bound(match.exclusive_maximum, open_end=True),
            key=upper_end,
        )
        if low is not None or high is not None:
            inside = reach.is_within(low, high, above=above, below=below)
            under = low is not None and reach.is_within(None, low, below=not above)
            over = high is not None and reach.is_within(high, None, above=not below)
            found.append(Truths(inside, under or over))
        words = (match.minimum, match.exclusive_minimum, match.maximum, match.exclusive_maximum)
        if any(word is not None and number_of(self.definition, word) is None for word in words):
            found = [Truths(all(one.holds for one in found), fails=True)]
        return found

    def _bound(self, written: Number | None, *, open_end: bool) -> tuple[Real | None, bool]:
        """Return a bound that is written, and whether it is itself left out."""
        return number_of(self.definition, written), open_end

    @staticmethod
    def _equals(reach: Reach, values: Iterable[Any]) -> Truths:
        numbers = {simple(number) for value in values if (number := exact(value)) is not None}
        only = reach.values is not None and numbers >= set(reach.values)
        return Truths(any(reach.may_be(number) for number in numbers), not only)

    def of_answer(self, question: Question, match: Match) -> Truths:
        """Return whether a match can hold over what answers a question, and whether it can fail."""
        # The rows of one shape are alike.
        key = (id(match), question.at, question.always_required)
        if key not in self._answers:
            self._answers[key] = self._of_answer(question, match)
        return self._answers[key]

    def _of_answer(self, question: Question, match: Match) -> Truths:
        found = self._of_given(question, match)
        if question.default is NO_DEFAULT and not (question.always_required or question.words.required is True):
            found = found | of_blank(match)
        return found

    def _of_given(self, question: Question, match: Match) -> Truths:
        match question.kind:
            case Kind.CHOICE:
                named = [
                    option for option in question.options if not option.unknown or names_option(match, option.value)
                ]
                found = NEITHER
                for option in named:
                    found = found | self._of_option(option, match)
                few = sum(not option.unknown for option in question.options) < 2
                return found | FALSE if few and len(named) < len(question.options) else found
            case Kind.TICK:
                return self._of_plain(True, match, None) | self._of_plain(False, match, None)
            case Kind.INTEGER | Kind.NUMBER:
                lowest, highest = exact(question.lowest), exact(question.highest)
                whole = question.kind is Kind.INTEGER
                reach = whole_between(lowest, highest) if whole else Reach(lowest, highest)
                found = together(self._number_words(reach, match))
                if match.type is not None:
                    found = BOTH
                if match.min_length is not None:
                    found = FALSE
                return found if match.not_ is None else together((found, ~self._of_given(question, match.not_)))
            case Kind.TEXT | Kind.DATE | Kind.CHOICES:
                return of_any_text(match, question.kind, lambda inner: self._of_given(question, inner))
            case _:
                assert_never(question.kind)

    def _of_option(self, option: Option, match: Match) -> Truths:
        return self._of_plain(option.value, match, option.weight)

    def _of_plain(self, value: Any, match: Match, weight: float | None) -> Truths:
        """Return what a match says of one option."""
        found = []
        number = exact(value)
        if number is not None:
            found += self._number_words(
                whole_between(number, number) if number.denominator == 1 else _one(number), match
            )
        else:
            wanted = [match.const] if "const" in match.model_fields_set else []
            if wanted:
                found.append(of(is_same(value, match.const)))
            if match.enum:
                found.append(of(any(is_same(value, one) for one in match.enum)))
            if match.answered is not None:
                found.append(of(match.answered))
            if any(one is not None for one in (match.minimum, match.maximum, match.exclusive_minimum)):
                found.append(BOTH)
        if match.min_length is not None:
            found.append(of(isinstance(value, str) and len(value) >= match.min_length))
        if match.type is not None or match.contains is not None or match.within is not None:
            found.append(BOTH)
        if match.weight is not None:
            reach = None if weight is None else _one(exact(weight) or Fraction(0))
            found.append(FALSE if reach is None else together(self._number_words(reach, match.weight)))
        if match.not_ is not None:
            found.append(~self._of_plain(value, match.not_, weight))
        return together(found)

    def _of_levels(self, condition: AssessmentCondition) -> Truths:
        assessment = next(one for one in self.definition.words.assessments if one.id == condition.assessment)
        order = [level.id for level in assessment.levels]
        found = NEITHER
        for level in self._levels_of(assessment):
            words = []
            if condition.at_least is not None:
                words.append(of(level is not None and order.index(level) >= order.index(condition.at_least)))
            if condition.at_most is not None:
                words.append(of(level is not None and order.index(level) <= order.index(condition.at_most)))
            if condition.match is not None and level is not None:
                words.append(self._of_plain(level, condition.match, None))
            elif condition.match is not None:
                words.append(of(asks_for_nothing(condition.match)))
            found = found | together(words)
        return found

    def _levels_of(self, assessment: Assessment) -> frozenset[str | None]:
        """Return the levels that an assessment can come to; None stands for no level."""
        if assessment.id not in self._levels:
            found: set[str | None] = set()
            for rule in assessment.rules:
                found |= {rule.level} if rule.level is not None else {band.level for band in rule.bands}
                if rule.level_of is not None:
                    found |= {level.id for level in assessment.levels}
            if assessment.adjustments:
                found |= {level.id for level in assessment.levels}
            otherwise = assessment.otherwise
            found.add(otherwise.level if otherwise is not None else None)
            if assessment.show_when is not None or assessment.ordered is False:
                found.add(None)
            self._levels[assessment.id] = frozenset(found)
        return self._levels[assessment.id]


def _one(number: Real) -> Reach:
    return exactly(number)
