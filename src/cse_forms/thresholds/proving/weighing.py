"""How an answer that is not fixed, or a measure's number, becomes the number that counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cse_forms.schema.conditions import ItemsTerm, MeasureReference, MeasureTerm, Number, Scale, Step
from cse_forms.schema.items import Kind, Option, Question
from cse_forms.thresholds.proving.answers import Answer, Keys, as_read, exact
from cse_forms.thresholds.proving.arithmetic import multiplied
from cse_forms.thresholds.proving.logic import (
    FALSE,
    TRUE,
    ZERO,
    Bool,
    Truth,
    all_of,
    amount,
    any_of,
    contrary,
    every,
    highest,
    lowest,
    opposite,
    some,
)
from cse_forms.thresholds.proving.matching import bound_of, compare
from cse_forms.thresholds.proving.ranges import (
    UNBOUNDED,
    End,
    Range,
    added,
    between,
    chosen,
    chosen_end,
    end,
    exactly,
    extreme,
    hull,
    negative,
)

if TYPE_CHECKING:
    from cse_forms.thresholds.proving.encode import Encoding

NOUGHT = exactly(0)


@dataclass(frozen=True, slots=True)
class Weight:
    """What an answer weighs."""

    number: Range
    gap: Bool = False
    """Whether no number is recorded there; the number is then what it may be."""
    there: Truth = TRUE
    """Whether there is anything to weigh: of several options none may be chosen, which is nothing to the highest."""
    gap_open: Bool = False
    """Whether there is a gap on some of the scales that may be taken, and on others not."""
    filled: Range = NOUGHT
    """What a gap weighs where it is taken for nought: beside a Not Known other options may be chosen."""


def scales_of(term: ItemsTerm | MeasureTerm) -> tuple[Scale, ...]:
    """Return the ways in which a term weighs."""
    return term.choose or (Scale(weights=getattr(term, "weights", None), steps=term.steps),)


def measures_of_weighing(term: ItemsTerm | MeasureTerm) -> Iterator[str]:
    """Yield the measures that the weights of a term, their bounds and its factor are taken from."""
    numbers: list[Number | None] = [term.times]
    for scale in scales_of(term):
        numbers += (scale.weights or {}).values()
        for step in scale.steps:
            numbers += [step.maximum, step.exclusive_maximum, step.weight]
    for number in numbers:
        if isinstance(number, MeasureReference):
            yield number.measure


def hull_of(numbers: Sequence[Range]) -> Range:
    """Return the range of a number that is one of these."""
    found = numbers[0]
    for number in numbers[1:]:
        found = hull(found, number)
    return Range(found.low, found.high, _shared_presence([(TRUE, number) for number in numbers]))


def merged(results: Sequence[tuple[Truth, Range]]) -> Range:
    """Return the one result that is taken; what holds all that may be taken, where that is unknown."""
    possible = [(taken, result) for taken, result in results if taken.fails is not True] or [*results]
    found = possible[-1][1]
    seen = possible[-1][0].possible
    for taken, result in reversed(possible[:-1]):
        both = all_of((taken.possible, seen))
        wide, narrow = hull(result, found), chosen(taken.possible, result, found)
        found = Range(chosen_end(both, wide.low, narrow.low), chosen_end(both, wide.high, narrow.high), TRUE)
        seen = any_of((seen, taken.possible))
    return Range(found.low, found.high, _shared_presence(possible))


def _shared_presence(results: Sequence[tuple[Truth, Range]]) -> Truth:
    return Truth(
        all_of(any_of((taken.fails, result.present.holds)) for taken, result in results),
        all_of(any_of((taken.fails, result.present.fails)) for taken, result in results),
    )


def weight_key(value: Any) -> str:
    """Return the key of an option in `weights`: as JSON writes it, a text without its quotation marks."""
    if isinstance(value, str):
        return value
    return json.dumps(int(value) if isinstance(value, float) and value.is_integer() else value)


class Weigher:
    """Weighs the answers to one question at one place, by one term."""

    def __init__(
        self,
        form: Encoding,
        term: ItemsTerm | MeasureTerm,
        question: Question | None,
        row: Keys,
        *,
        takes_highest: bool,
        turned: bool = False,
    ) -> None:
        """Make a weigher.

        Args:
            form: the response.
            term: says how answers weigh.
            question: the one whose answers are weighed; None for a measure's number.
            row: where its row stands in the response.
            takes_highest: whether each option chosen is a number of its own.
            turned: whether every weight is taken with the other sign.
        """
        self._form = form
        self._term = term
        self._question = question
        self._row = row
        self._takes_highest = takes_highest
        self._turned = turned

    def of_number(self, number: Range) -> Range:
        """Return what a measure's number weighs."""
        if not self._term.choose and not self._term.steps:
            return number
        results = []
        for taken, scale in self._scales():
            if scale is None:
                results.append((taken, NOUGHT))
            else:
                results.append((taken, self._itself(scale, Range(number.low, number.high, TRUE))))
        found = merged(results)
        return Range(found.low, found.high, every((found.present, number.present)))

    def of_answer(self, answer: Answer) -> Weight:
        """Return what an answer weighs."""
        read = as_read(answer, draft=self._form.draft)
        results: list[tuple[Truth, Weight]] = []
        for taken, scale in self._scales():
            results.append((taken, Weight(NOUGHT) if scale is None else self._by(scale, read)))
        gap = any_of(all_of((taken.possible, weight.gap)) for taken, weight in results)
        known = any_of(all_of((taken.possible, opposite(weight.gap))) for taken, weight in results)
        counting = [(every((taken, _may_be(weight.there))), weight.number) for taken, weight in results]
        return Weight(
            merged(counting),
            gap,
            Truth(
                all_of(any_of((taken.fails, weight.there.holds)) for taken, weight in results),
                all_of(any_of((taken.fails, weight.there.fails)) for taken, weight in results),
            ),
            all_of((gap, known)),
            merged([(taken, chosen(weight.gap, weight.filled, weight.number)) for taken, weight in results]),
        )

    def of_any_row(self) -> Range:
        """Return what one answer may weigh, in a row of which nothing is known."""
        results = [(taken, NOUGHT if scale is None else self._unanswered(scale)) for taken, scale in self._scales()]
        return merged(results)

    def _scales(self) -> list[tuple[Truth, Scale | None]]:
        """Return the ways to weigh, each with whether it is the one that is taken; None weighs nothing."""
        start = None if self._question is None else self._question.holder
        found: list[tuple[Truth, Scale | None]] = []
        before = FALSE
        for scale in scales_of(self._term):
            holds = TRUE if scale.when is None else self._form.condition(scale.when, start, self._row)
            found.append((every((_not_certain(before), holds)), scale))
            before = some((before, holds))
        found.append((contrary(before), None))
        return found

    def _by(self, scale: Scale, answer: Answer) -> Weight:
        question = answer.question
        match question.kind:
            case Kind.INTEGER | Kind.NUMBER:
                assert answer.number is not None
                known = self._multiplied(self._itself(scale, exactly(answer.number)))
                return Weight(chosen(answer.given, known, self._unanswered(scale)), opposite(answer.given))
            case Kind.CHOICES:
                return self._several(scale, answer)
            case Kind.TICK | Kind.CHOICE:
                return self._one(scale, answer)
            case Kind.TEXT | Kind.DATE:
                return Weight(chosen(answer.given, NOUGHT, UNBOUNDED), opposite(answer.given))

    # --- one of several options ----------------------------------------------------------------------------------

    def _one(self, scale: Scale, answer: Answer) -> Weight:
        found = self._unanswered(scale)
        gap = opposite(answer.given)
        of_gap = hull_of(self._known(scale))
        values = self._weights_of_values(scale)
        for (_, taken), weight in zip(answer.chosen, values, strict=True):
            found = chosen(taken, self._multiplied(of_gap if weight is None else weight), found)
            if weight is None:
                gap = any_of((gap, taken))
        return Weight(chosen(answer.none, NOUGHT, found), gap)

    def _weights_of_values(self, scale: Scale) -> list[Range | None]:
        """Return the weight of each value that the question offers; None where choosing it leaves a gap."""
        assert self._question is not None
        if self._question.kind is Kind.TICK:
            return [self._listed(scale, value, known=True) or NOUGHT for value in (True, False)]
        return [self._of_option(scale, option) for option in self._question.options]

    def _multiplied(self, number: Range) -> Range:
        times = None if self._question is None else self._term.times
        found = number if times is None else multiplied(number, bound_of(times, self._form))
        return negative(found) if self._turned else found

    def _of_option(self, scale: Scale, option: Option) -> Range | None:
        listed = self._listed(scale, option.value, known=not option.unknown)
        if listed is not None or scale.weights is not None:
            return listed
        if option.weight is not None:
            return exactly(exact(option.weight))
        if option.unknown or isinstance(option.value, str | bool):
            return None
        return self._itself(scale, exactly(exact(option.value)))

    def _listed(self, scale: Scale, value: Any, *, known: bool) -> Range | None:
        weights = scale.weights or {}
        key = weight_key(value)
        if key not in weights and known:
            key = "else"
        return bound_of(weights[key], self._form) if key in weights else None

    def _known(self, scale: Scale) -> list[Range]:
        """Return what an answer that is not known may weigh, as far as the form offers it."""
        assert self._question is not None
        weights = self._weights_of_values(scale)
        if self._question.kind is not Kind.TICK:
            options = zip(self._question.options, weights, strict=True)
            weights = [weight for option, weight in options if not option.unknown]
        found = [NOUGHT if weight is None else weight for weight in weights]
        return found if len(found) >= 2 else [*found, NOUGHT]

    def _unanswered(self, scale: Scale) -> Range:
        """Return what a blank may weigh once it is answered."""
        question = self._question
        assert question is not None
        if question.kind in {Kind.INTEGER, Kind.NUMBER}:
            least, most = self._form.sheet.bounds(question)
            ends = [None if number is None else amount(number) for number in (least, most)]
            return self._multiplied(self._itself(scale, between(ends[0], ends[1])))
        weights = self._weights_of_values(scale) if question.kind not in {Kind.TEXT, Kind.DATE} else []
        if question.kind is Kind.CHOICES:
            options = [(True, self._multiplied(weight)) for weight in weights if weight is not None]
            return self._of_subset([], options)
        if not weights:
            return self._multiplied(UNBOUNDED)
        unknown = [option.unknown for option in question.options] or [False, False]
        named = [
            weight for weight, is_unknown in zip(weights, unknown, strict=True) if is_unknown and weight is not None
        ]
        return self._multiplied(hull_of([*self._known(scale), *named]))

    # --- several options ------------------------------------------------------------------------------------------

    def _several(self, scale: Scale, answer: Answer) -> Weight:
        weights = self._weights_of_values(scale)
        offered = zip(answer.question.options, answer.chosen, weights, strict=True)
        options = [
            (option.unknown, taken, None if weight is None else self._multiplied(weight))
            for option, (_, taken), weight in offered
        ]
        open_choice = any_of(taken for _, taken, weight in options if weight is None)
        known = [(taken, weight) for _, taken, weight in options if weight is not None]
        others = [(opposite(taken), weight) for unknown, taken, weight in options if weight is not None and not unknown]
        together = self._together(known)
        found = chosen(open_choice, self._of_subset(known, others), together)
        found = chosen(answer.given, found, self._unanswered(scale))
        gap = any_of((opposite(answer.given), open_choice))
        anything = any_of(taken for taken, _ in known)
        if not self._takes_highest:
            return Weight(found, gap, filled=chosen(answer.given, together, NOUGHT))
        there = Truth(
            all_of((answer.given, anything)), all_of((answer.given, opposite(any_of((open_choice, anything)))))
        )
        filled = chosen(answer.given, self._together([*known, (True, NOUGHT)]), NOUGHT)
        return Weight(found, gap, there, filled=filled)

    def _together(self, options: Sequence[tuple[Bool, Range]]) -> Range:
        """Return the number of the options that are chosen: their sum, or the highest; nought, where there are none."""
        if not self._takes_highest:
            nothing = end(ZERO)
            return Range(
                added(chosen_end(taken, weight.low, nothing) for taken, weight in options),
                added(chosen_end(taken, weight.high, nothing) for taken, weight in options),
                TRUE,
            )
        anything = any_of(taken for taken, _ in options)
        low = extreme([(taken, weight.low) for taken, weight in options], top=True)
        high = extreme([(taken, weight.high) for taken, weight in options], top=True, every_end=True)
        return chosen(anything, Range(low, high, TRUE), NOUGHT)

    def _of_subset(self, options: Sequence[tuple[Bool, Range]], others: Sequence[tuple[Bool, Range]]) -> Range:
        """Return the bounds of options that are chosen, and any of the others."""
        if not self._takes_highest:
            base = self._together(options)
            nothing = end(ZERO)
            lows = [
                chosen_end(there, End(lowest([one.low.number, ZERO]), one.low.none), nothing) for there, one in others
            ]
            highs = [
                chosen_end(there, End(highest([one.high.number, ZERO]), one.high.none), nothing)
                for there, one in others
            ]
            return Range(added([base.low, *lows]), added([base.high, *highs]), TRUE)
        anything = any_of(taken for taken, _ in options)
        any_other = any_of(there for there, _ in others)
        low = extreme([(there, one.low) for there, one in others], top=False)
        high = extreme([(there, one.high) for there, one in others], top=True, every_end=True)
        alone = chosen(anything, self._together(options), chosen(any_other, Range(low, high, TRUE), NOUGHT))
        return hull(alone, self._together([*options, *others]))

    # --- numbers ---------------------------------------------------------------------------------------------------

    def _itself(self, scale: Scale, number: Range) -> Range:
        return self._stepped(scale.steps, number) if scale.steps else number

    def _stepped(self, steps: Sequence[Step], number: Range) -> Range:
        """Return the weight of the first step that the number fits; of every step that it may fit."""
        results = []
        before = FALSE
        for step in steps:
            fits = TRUE
            if step.maximum is not None:
                fits = compare("maximum", number, bound_of(step.maximum, self._form))
            elif step.exclusive_maximum is not None:
                fits = compare("exclusive_maximum", number, bound_of(step.exclusive_maximum, self._form))
            results.append((every((_not_certain(before), fits)), bound_of(step.weight, self._form)))
            before = some((before, fits))
        results.append((_not_certain(before), NOUGHT))
        return merged(results)


def _may_be(truth: Truth) -> Truth:
    """Return whether something does not certainly fail; what is unknown is taken to hold."""
    return Truth(truth.possible, truth.fails)


def _not_certain(truth: Truth) -> Truth:
    """Return that something does not certainly hold; what is unknown leaves the next one open."""
    return Truth(truth.fails, truth.holds)
