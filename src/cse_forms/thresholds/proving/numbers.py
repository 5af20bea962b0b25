"""Sums and highest numbers over a response whose answers are not fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cse_forms.schema.conditions import (
    HighestMeasure,
    ItemsTerm,
    LowestMeasure,
    MeasureTerm,
    Number,
    Prorated,
    SumMeasure,
    Term,
)
from cse_forms.schema.items import Question
from cse_forms.schema.places import ROW
from cse_forms.thresholds.proving.answers import Keys, Spot
from cse_forms.thresholds.proving.arithmetic import multiplied
from cse_forms.thresholds.proving.logic import (
    FALSE,
    TRUE,
    ZERO,
    Bool,
    Truth,
    all_of,
    any_of,
    at_least,
    contrary,
    every,
    highest,
    lowest,
    opposite,
    some,
)
from cse_forms.thresholds.proving.matching import bound_of
from cse_forms.thresholds.proving.prorating import prorated
from cse_forms.thresholds.proving.ranges import (
    ABSENT,
    End,
    Range,
    added,
    chosen,
    chosen_end,
    end,
    exactly,
    extreme,
    havoc,
    hull,
    negative,
)
from cse_forms.thresholds.proving.weighing import Weigher, measures_of_weighing

NOUGHT = exactly(0)

if TYPE_CHECKING:
    from cse_forms.thresholds.proving.encode import Encoding


@dataclass(frozen=True, slots=True)
class Part:
    """What one answer, or another measure, gives to a sum."""

    included: Truth
    """Whether it is asked and not left out."""
    number: Range
    gap: Bool = False
    filled: Range = NOUGHT
    """What a gap gives where it is taken for nought."""
    there: Truth = TRUE
    """Whether there is a number where a gap is answered: none of several options may be chosen."""
    is_answer: bool = True
    is_many: bool = False
    """Whether it stands for rows of which nobody knows how many there are."""
    gap_open: Bool = False
    """Whether it is a gap on some of the scales on which it may be weighed, and on others not."""


class Adder:
    """Reads sums and highest numbers."""

    def __init__(self, form: Encoding) -> None:
        self._form = form

    def sum(self, measure: SumMeasure) -> Range:
        """Return the number of a sum."""
        present = every(
            (
                some(self._applies(term) for term in measure.sum),
                contrary(some(self._is_impossible(term) for term in measure.sum)),
            )
        )
        parts = [part for term in measure.sum for part in self._parts(term, takes_highest=False)]
        scaled_up = exactly(0)
        if isinstance(measure.missing, Prorated):
            prorate = measure.missing.prorate
            answers = [part for part in parts if part.is_answer]
            least = bound_of(prorate.answered, self._form)
            scaled_up = prorated(answers, least, prorate.round, draft=self._form.draft)
            parts = [part for part in parts if not part.is_answer]
        zero = measure.missing == "zero"
        ends = [_contribution(part, zero=zero, draft=self._form.draft) for part in parts]
        found = Range(
            added([scaled_up.low, *(low for low, _ in ends)]),
            added([scaled_up.high, *(high for _, high in ends)]),
            every((present, scaled_up.present)),
        )
        return self._where_weighed(measure.sum, found)

    def ends_of_sum(self, measure: SumMeasure) -> list[tuple[End, End]] | None:
        """Return the bounds that a sum's bounds are the sums of, one by one; None where they are no plain sums."""
        names = (name for term in measure.sum for name in measures_of_weighing(term))
        if isinstance(measure.missing, Prorated) or not all(
            self._form.number(name).present.holds is True for name in names
        ):
            return None
        parts = [part for term in measure.sum for part in self._parts(term, takes_highest=False)]
        return [_contribution(part, zero=measure.missing == "zero", draft=self._form.draft) for part in parts]

    def highest(self, measure: HighestMeasure) -> Range:
        """Return the highest number among the terms."""
        parts = [part for term in measure.highest for part in self._parts(term, takes_highest=True)]
        found = _highest_of(parts, zero=measure.missing == "zero", draft=self._form.draft)
        return self._where_weighed(measure.highest, found)

    def lowest(self, measure: LowestMeasure) -> Range:
        """Return the lowest number among the terms: the highest with the other sign, turned back."""
        parts = [part for term in measure.lowest for part in self._parts(term, takes_highest=True, turned=True)]
        found = _highest_of(parts, zero=measure.missing == "zero", draft=self._form.draft)
        return self._where_weighed(measure.lowest, negative(found))

    def weight_at(self, term: ItemsTerm, question: Question, keys: Keys) -> tuple[Range, Bool]:
        """Return what the answer at one place weighs in a term, and whether it is a gap."""
        weigher = Weigher(self._form, term, question, keys[:-1], takes_highest=False)
        weight = weigher.of_answer(self._form.sheet.answer(question, keys))
        return weight.number, weight.gap

    # --- terms ------------------------------------------------------------------------------------------------------

    def _applies(self, term: Term) -> Truth:
        if isinstance(term, MeasureTerm):
            return TRUE
        questions = self._form.definition.select(term.items)
        asked = [
            self._form.asked_at(spot)
            for question in questions
            if ROW not in question.keys
            for spot in self._form.spots(question)
        ]
        return some([*asked, *self._form.tables_of(term.items)])

    def _is_impossible(self, term: Term) -> Truth:
        """Return whether a term leaves a sum without a value."""
        if not isinstance(term, MeasureTerm):
            return FALSE
        return every((self._included(term), contrary(self._measured(term).present)))

    def _where_weighed(self, terms: Sequence[Term], found: Range) -> Range:
        """Return a number as long as all that weighs has a value; elsewhere it depends on what is weighed by it."""
        names = {name for term in terms for name in measures_of_weighing(term)}
        sure = all_of(self._form.number(name).present.holds for name in sorted(names))
        return found if sure is True else chosen(sure, found, havoc("a weight without a value"))

    def _included(self, term: MeasureTerm) -> Truth:
        return TRUE if term.when is None else self._form.condition(term.when)

    def _measured(self, term: MeasureTerm) -> Range:
        weigher = Weigher(self._form, term, None, (), takes_highest=False)
        return self._times(weigher.of_number(self._form.number(term.measure)), term.times)

    def _times(self, number: Range, times: Number | None) -> Range:
        return number if times is None else multiplied(number, bound_of(times, self._form))

    def _parts(self, term: Term, *, takes_highest: bool, turned: bool = False) -> list[Part]:
        key = (id(term), takes_highest, turned)
        if key not in self._form.parts:
            self._form.parts[key] = self._parts_of(term, takes_highest=takes_highest, turned=turned)
        return self._form.parts[key]

    def _parts_of(self, term: Term, *, takes_highest: bool, turned: bool) -> list[Part]:
        if isinstance(term, MeasureTerm):
            number = negative(self._measured(term)) if turned else self._measured(term)
            included = self._included(term)
            if takes_highest:
                included = every((included, number.present))
            return [Part(included, number, is_answer=False)]
        return [
            self._item_part(term, spot, takes_highest=takes_highest, turned=turned)
            for question in self._form.definition.select(term.items)
            for spot in self._form.spots(question)
        ]

    def _item_part(self, term: ItemsTerm, spot: Spot, *, takes_highest: bool, turned: bool) -> Part:
        question, form = spot.question, self._form
        asked = form.asked_at(spot)
        when = TRUE if term.when is None else form.condition(term.when, question.holder, spot.keys[:-1])
        included = every((asked, when))
        weigher = Weigher(form, term, question, spot.keys[:-1], takes_highest=takes_highest, turned=turned)
        if spot.rows_unknown:
            return Part(included, weigher.of_any_row(), True, is_many=True)
        weight = weigher.of_answer(form.sheet.answer(question, spot.keys))
        included = Truth(all_of((included.holds, weight.there.possible)), any_of((included.fails, weight.there.fails)))
        return Part(included, weight.number, weight.gap, weight.filled, weight.there, gap_open=weight.gap_open)


def _contribution(part: Part, *, zero: bool, draft: bool) -> tuple[End, End]:
    """Return the bounds of what a part adds to a sum: nothing, where it is not there."""
    nothing = end(ZERO)
    low, high = part.number.low, part.number.high
    if zero:
        of_gap = hull(part.filled, part.number) if draft else part.filled
        low, high = chosen_end(part.gap, of_gap.low, low), chosen_end(part.gap, of_gap.high, high)
    if part.is_many and not (zero and not draft):
        # There may be any number of such rows.
        low = End(ZERO, any_of((low.none, opposite(at_least(low.number, ZERO)))))
        high = End(ZERO, any_of((high.none, opposite(at_least(ZERO, high.number)))))
    else:
        low = chosen_end(part.included.holds, low, End(lowest([low.number, ZERO]), low.none))
        high = chosen_end(part.included.holds, high, End(highest([high.number, ZERO]), high.none))
    return chosen_end(part.included.fails, nothing, low), chosen_end(part.included.fails, nothing, high)


def _highest_of(parts: Sequence[Part], *, zero: bool, draft: bool) -> Range:
    """Return the highest number of those that are there."""
    numbers: list[tuple[Bool, Truth, Range]] = []
    for part in parts:
        number, there = part.number, part.there.holds
        if zero and part.gap is not False:
            number = chosen(part.gap, hull(part.filled, number) if draft else part.filled, number)
            there = there if draft else any_of((part.gap, there))
        certain = False if part.is_many else all_of((part.included.holds, there))
        numbers.append((certain, part.included, number))
    if not numbers:
        return ABSENT
    some_certain = any_of(certain for certain, _, _ in numbers)
    present = Truth(some_certain, all_of(included.fails for _, included, _ in numbers))
    certain_low = extreme([(certain, number.low) for certain, _, number in numbers], top=True)
    possible_low = extreme([(included.possible, number.low) for _, included, number in numbers], top=False)
    high = extreme([(included.possible, number.high) for _, included, number in numbers], top=True, every_end=True)
    return Range(chosen_end(some_certain, certain_low, possible_low), high, present)
