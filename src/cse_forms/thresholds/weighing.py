"""How an answer, or a number, becomes the number that counts in a sum."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cse_forms.pointers import BLANK
from cse_forms.schema.conditions import MeasureReference, Number, Scale, Step
from cse_forms.schema.items import NO_DEFAULT, Kind, Option, Question
from cse_forms.thresholds.intervals import NO_VALUE, NOUGHT, UNBOUNDED, Interval, exact_number, exactly, hull
from cse_forms.thresholds.matching import Surroundings, bound_of, compare, is_answer, option_of

ELSE = "else"


class Weight(NamedTuple):
    """What an answer weighs."""

    number: Interval
    is_gap: bool | None = False
    """Whether the answer is blank or Not Known and has no weight of its own: the number is what it may still weigh."""
    is_there: bool | None = True
    """Whether there is anything to weigh: of several options none may be chosen, which is nothing to the highest."""
    filled: Interval = NOUGHT
    """What a gap weighs where it is taken for nought: beside a Not Known other options may be chosen."""


def stepped(steps: Sequence[Step], number: Interval, around: Surroundings) -> Interval:
    """Return the weight of the first step that a number fits; nought, where it fits none.

    Where a bound that has to be looked at has no value, there is no weight either.
    """
    found: list[Interval] = []
    for step in steps:
        word, bound = _bound_of(step, around)
        if bound is not None and bound.has_value is not True:
            found.append(NO_VALUE)
            if bound.has_value is False:
                return hull(found)
        fits = True if bound is None else compare(word, number, bound.as_valued())
        if fits is not False:
            found.append(bound_of(step.weight, around))
        if fits:
            return hull(found)
    return hull([*found, NOUGHT])


def _bound_of(step: Step, around: Surroundings) -> tuple[str, Interval | None]:
    if step.maximum is not None:
        return "maximum", bound_of(step.maximum, around)
    if step.exclusive_maximum is not None:
        return "exclusive_maximum", bound_of(step.exclusive_maximum, around)
    return "", None


def measures_of_weighing(weights: Mapping[str, Number] | None, steps: Sequence[Step]) -> Iterator[str]:
    """Yield the measures that weights and the bounds of steps are taken from."""
    numbers: list[Number | None] = list((weights or {}).values())
    for step in steps:
        numbers += [step.maximum, step.exclusive_maximum, step.weight]
    for number in numbers:
        if isinstance(number, MeasureReference):
            yield number.measure


def weight_key(value: Any) -> str:
    """Return the key of an option in `weights`: as JSON writes it, a text without its quotation marks."""
    if isinstance(value, str):
        return value
    return json.dumps(int(value) if isinstance(value, float) and value.is_integer() else value)


@dataclass(frozen=True, slots=True)
class Factor:
    """By what the weights of a term are multiplied."""

    times: Number | None = None
    turned: bool = False
    """Whether the sign is turned: the lowest number is the highest with the other sign."""

    def applied(self, number: Interval, around: Surroundings) -> Interval:
        """Return a weight multiplied."""
        product = number if self.times is None else number.times(bound_of(self.times, around))
        return product.turned() if self.turned else product

    @property
    def measures(self) -> tuple[str, ...]:
        """The measure that it is taken from, if there is one."""
        return (self.times.measure,) if isinstance(self.times, MeasureReference) else ()


@dataclass(frozen=True, slots=True)
class Weigher:
    """Weighs the answers to one question, on one scale."""

    question: Question
    scale: Scale
    takes_highest: bool
    """Whether of several options chosen the highest counts, or their sum."""
    factor: Factor = Factor()
    """By what each weight is multiplied, of several options too: by less than nought the lowest becomes the highest."""

    def weight(self, value: Any, around: Surroundings, *, draft: bool) -> Weight:
        """Return what an answer weighs.

        Args:
            value: the answer as JSON has it, or `BLANK`.
            around: the numbers that weights and bounds are taken from.
            draft: in a draft every blank may still be answered; else a default stands for a blank.
        """
        question = self.question
        blank = value is BLANK or (question.kind is Kind.TEXT and value == "")
        if blank and not draft and question.default is not NO_DEFAULT:
            blank, value = False, question.default
        if blank or not is_answer(question, value):
            may_be_none = self.takes_highest and question.kind is Kind.CHOICES
            return Weight(self._unanswered(around), is_gap=True, is_there=None if may_be_none else True)
        if question.kind is Kind.CHOICES:
            return self._several(value, around)
        number = self._number(value, around)
        if number is None:
            return Weight(self._multiplied(hull(self._known(around)), around), is_gap=True)
        return Weight(self._multiplied(number, around))

    def _multiplied(self, number: Interval, around: Surroundings) -> Interval:
        return self.factor.applied(number, around)

    def of_any_row(self, around: Surroundings) -> Interval:
        """Return what one answer may weigh, in a row of which nothing is known."""
        return self._unanswered(around)

    def _number(self, value: Any, around: Surroundings) -> Interval | None:
        """Return the weight of an answer; None for a Not Known that has none."""
        option = option_of(self.question, value) if self.question.options else None
        if option is not None:
            return self._of_option(option, around)
        if self.question.kind is Kind.TICK:
            return self._listed(value, around, known=True) or NOUGHT
        number = exact_number(value)
        return NOUGHT if number is None else self._itself(exactly(number), around)

    def _of_option(self, option: Option, around: Surroundings) -> Interval | None:
        listed = self._listed(option.value, around, known=not option.unknown)
        if listed is not None or self.scale.weights is not None:
            return listed
        if option.weight is not None:
            weight = exact_number(option.weight)
            assert weight is not None
            return exactly(weight)
        number = None if option.unknown else exact_number(option.value)
        return None if number is None else self._itself(exactly(number), around)

    def _listed(self, value: Any, around: Surroundings, *, known: bool) -> Interval | None:
        weights = self.scale.weights or {}
        key = weight_key(value)
        if key not in weights and known:
            key = ELSE
        return bound_of(weights[key], around) if key in weights else None

    def _itself(self, number: Interval, around: Surroundings) -> Interval:
        return stepped(self.scale.steps, number, around) if self.scale.steps else number

    def _known(self, around: Surroundings) -> list[Interval]:
        """Return what an answer that is not known may weigh, as far as the form offers it."""
        if self.question.kind is Kind.TICK:
            found = [self._number(value, around) for value in (True, False)]
        else:
            found = [self._of_option(option, around) for option in self.question.options if not option.unknown]
        weights = [NOUGHT if number is None else number for number in found]
        return weights if len(weights) >= 2 else [*weights, NOUGHT]

    def _unanswered(self, around: Surroundings) -> Interval:
        question = self.question
        if question.kind is Kind.CHOICES:
            return self._of_subset([], question.options, around)
        if question.options or question.kind is Kind.TICK:
            of_unknown = [self._of_option(option, around) for option in question.options if option.unknown]
            number = hull([*self._known(around), *(number for number in of_unknown if number is not None)])
        elif question.kind in {Kind.INTEGER, Kind.NUMBER}:
            bounds = Interval(exact_number(question.lowest), exact_number(question.highest))
            number = self._itself(bounds, around)
        else:
            number = UNBOUNDED
        return self._multiplied(number, around)

    def _several(self, values: list[Any], around: Surroundings) -> Weight:
        chosen = [option_of(self.question, value) for value in values]
        weights = [None if option is None else self._of_option(option, around) for option in chosen]
        known = [self._multiplied(weight, around) for weight in weights if weight is not None]
        if len(known) == len(weights):
            return Weight(self._together(known), is_there=bool(known) or not self.takes_highest)
        names = {option.value for option in chosen if option is not None}
        others = [option for option in self.question.options if option.value not in names and not option.unknown]
        is_there = None if self.takes_highest and not known else True
        filled = highest_of([*known, NOUGHT]) if self.takes_highest else total_of(known)
        return Weight(self._of_subset(known, others, around), is_gap=True, is_there=is_there, filled=filled)

    def _together(self, weights: Sequence[Interval]) -> Interval:
        if not weights:
            return NOUGHT
        return highest_of(weights) if self.takes_highest else total_of(weights)

    def _of_subset(self, chosen: Sequence[Interval], options: Sequence[Option], around: Surroundings) -> Interval:
        """Return the bounds of options that are chosen, and any of the others."""
        found = [self._of_option(option, around) for option in options]
        others = [self._multiplied(number, around) for number in found if number is not None]
        if self.takes_highest:
            highest = self._together([*chosen, *others])
            return hull([self._together(chosen) if chosen else hull(others or [NOUGHT]), highest])
        return total_of([*chosen, *(hull([NOUGHT, other]) for other in others)])


def total_of(numbers: Sequence[Interval]) -> Interval:
    """Return the sum of numbers; nought, where there are none."""
    total = NOUGHT
    for number in numbers:
        total = total.plus(number)
    return total


def highest_of(numbers: Sequence[Interval]) -> Interval:
    """Return the highest of numbers; those without a value are passed over, and of none there is no highest."""
    valued = [number for number in numbers if number.has_value is not False]
    if not valued:
        return NO_VALUE
    certain = [number for number in valued if number.has_value]
    lows = [number.lowest for number in certain if number.lowest is not None]
    highs = [number.highest for number in valued if number.highest is not None]
    lowest = max(lows, default=None) if certain else hull(valued).lowest
    highest = max(highs) if len(highs) == len(valued) else None
    return Interval(lowest, highest, True if certain else None)
