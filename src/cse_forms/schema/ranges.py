"""The numbers that each measure of a definition can come to, over all complete responses.

Each question is taken as if its answer depended on no other one, and every condition as if it might hold and might
not. So what is said is never less than the truth, and may be more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from cse_forms.schema.checks.form import exact
from cse_forms.schema.checks.terms import ELSE, option_key
from cse_forms.schema.conditions import (
    AssessmentSelection,
    ConstantMeasure,
    CountMeasure,
    DaysMeasure,
    HighestMeasure,
    ItemsTerm,
    LowestMeasure,
    Measure,
    MeasureReference,
    MeasureTerm,
    MonthsMeasure,
    Number,
    ProductMeasure,
    Prorated,
    QuotientMeasure,
    Scale,
    Span,
    Step,
    SumMeasure,
    Term,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import NO_DEFAULT, Item, Kind, Option, Question
from cse_forms.schema.places import ROW
from cse_forms.schema.prorating import prorated, rounded
from cse_forms.schema.reach import (
    ANY_NUMBER,
    NOTHING,
    NOUGHT,
    Reach,
    Real,
    exactly,
    many,
    simple,
    whole_between,
)

_MAX_WORK = 300_000
"""How many pairs of numbers are combined one by one, in all measures of a definition."""

_LONGEST = {"years": 9_998, "months": 119_987, "days": 3_652_058}
"""The most that the calendar holds between two dates, either way."""


def reachable(definition: Definition) -> Mapping[str, Reach]:
    """Return the numbers that each measure can come to, by its id; they are worked out when they are looked up."""
    return _Reaches(definition)


def number_of(definition: Definition, written: Number | None) -> Real | None:
    """Return a number that is written, or that of a constant; None where it depends on answers."""
    if isinstance(written, MeasureReference):
        measure = definition.words.measures.get(written.measure)
        written = measure.constant if isinstance(measure, ConstantMeasure) else None
    number = exact(written)
    return None if number is None else simple(number)


def may_be_hidden(item: Item) -> bool:
    """Whether an item, or what holds it, is asked only at times."""
    return item.show_when is not None or (item.holder is not None and may_be_hidden(item.holder))


class _Reaches(Mapping[str, Reach]):
    """Reads the measures of one definition, each once; the checks have bounded how deep they read one another."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._found: dict[str, Reach] = {}
        self._left = _MAX_WORK

    def __getitem__(self, name: str) -> Reach:
        if name not in self._found:
            self._found[name] = self._of(self._definition.words.measures[name])
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._definition.words.measures)

    def __len__(self) -> int:
        return len(self._definition.words.measures)

    def _listed(self, one: Reach, other: Reach) -> Reach:
        """Return a set as it is to be combined with another: no more numbers one by one, once there were very many."""
        self._left -= one.size * other.size
        return one if self._left > 0 else one.unlisted()

    def _of(self, measure: Measure) -> Reach:
        match measure:
            case SumMeasure():
                return self._sum(measure)
            case HighestMeasure():
                return self._extreme(measure.highest, zero=measure.missing == "zero", is_highest=True)
            case LowestMeasure():
                return self._extreme(measure.lowest, zero=measure.missing == "zero", is_highest=False)
            case CountMeasure():
                return self._count(measure)
            case ProductMeasure():
                found = exactly(1)
                for number in measure.product:
                    factor = self._number(number)
                    found = self._listed(found, factor).times(factor)
                return found
            case QuotientMeasure():
                divided, divisor = map(self._number, measure.quotient)
                found = self._listed(divided, divisor).divided_by(divisor)
                return rounded(found, measure.round, measure.decimals) if measure.round is not None else found
            case YearsMeasure():
                return self._span(measure.years, "years")
            case MonthsMeasure():
                return self._span(measure.months, "months")
            case DaysMeasure():
                return self._span(measure.days, "days")
            case ConstantMeasure():
                return exactly(_exactly(measure.constant))
            case _:
                assert_never(measure)

    def _number(self, number: Number) -> Reach:
        return self[number.measure] if isinstance(number, MeasureReference) else exactly(_exactly(number))

    def _span(self, span: Span, unit: str) -> Reach:
        ends = self._definition.select((span.from_, span.to))
        absent = any(map(may_be_hidden, ends))
        return replace(whole_between(-_LONGEST[unit], _LONGEST[unit]), may_be_absent=absent)

    def _count(self, measure: CountMeasure) -> Reach:
        counted = measure.count
        if isinstance(counted, AssessmentSelection):
            return whole_between(0, len(counted.assessments))
        questions = self._definition.select(counted.items)
        highest = None if any(ROW in question.keys for question in questions) else len(questions)
        return replace(whole_between(0, highest), may_be_absent=all(map(may_be_hidden, questions)))

    def _sum(self, measure: SumMeasure) -> Reach:
        total = NOUGHT
        absent = False
        prorating = measure.missing.prorate if isinstance(measure.missing, Prorated) else None
        weighed: list[tuple[Reach, bool]] = []
        for term in measure.sum:
            if isinstance(term, MeasureTerm):
                own = self._measure_term(term)
                # Without its number the whole sum has none, unless the term's condition leaves it out.
                absent = absent or own.may_be_absent
                part = replace(own, may_be_absent=False)
                part = part.either(NOUGHT) if term.when is not None else part
                total = self._listed(total, part).plus(part)
            elif prorating is not None:
                weighed += self._answers(term, zero=False)
            else:
                for weight, left_out in self._answers(term, zero=measure.missing == "zero"):
                    part = weight.either(NOUGHT) if left_out else weight
                    total = self._listed(total, part).plus(part)
                    absent = absent or weight.may_be_absent
        if prorating is not None:
            scaled, spent = prorated(weighed, self._left)
            self._left -= spent
            scaled = scaled if prorating.round is None else rounded(scaled, prorating.round)
            total, absent = total.plus(replace(scaled, may_be_absent=False)), True
        return replace(total, may_be_absent=absent or total.values == () or self._may_not_apply(measure.sum))

    def _may_not_apply(self, terms: Iterable[Term]) -> bool:
        """Whether there may be none of the questions that the terms weigh."""
        for term in terms:
            if isinstance(term, MeasureTerm):
                return False
            if not all(map(may_be_hidden, self._definition.select(term.items))):
                return False
        return True

    def _extreme(self, terms: Iterable[Term], *, zero: bool, is_highest: bool) -> Reach:
        """Return the highest or the lowest number of some terms."""
        numbers = NOTHING
        certain: list[Reach] = []
        for term in terms:
            if isinstance(term, MeasureTerm):
                own = self._measure_term(term)
                found = [(own, term.when is not None or own.may_be_absent)]
            else:
                found = list(self._answers(term, zero=zero, apart=True))
            for weight, left_out in found:
                self._left -= numbers.size + weight.size
                numbers = (numbers if self._left > 0 else numbers.unlisted()).either(weight)
                if not left_out and not weight.may_be_absent:
                    certain.append(weight)
        # What is certainly there, the highest is not less than, nor is the lowest more.
        numbers = numbers.not_below(certain) if is_highest else numbers.not_above(certain)
        return replace(numbers, may_be_absent=not certain)

    def _measure_term(self, term: MeasureTerm) -> Reach:
        own = self[term.measure]
        weight = self._scaled(term, lambda scale: self._stepped(own, scale.steps) if scale.steps else own)
        absent = own.may_be_absent or weight.may_be_absent
        return replace(self._times(term, weight), may_be_absent=absent)

    def _times(self, term: ItemsTerm | MeasureTerm, weight: Reach) -> Reach:
        if term.times is None:
            return weight
        factor = self._number(term.times)
        return self._listed(weight, factor).times(factor)

    def _scaled(self, term: ItemsTerm | MeasureTerm, weigh: Callable[[Scale], Reach]) -> Reach:
        """Return what one answer weighs on any of the term's scales; where none of them is taken, nothing."""
        if not term.choose:
            return weigh(Scale(weights=term.weights, steps=term.steps))
        found = NOUGHT if term.choose[-1].when is not None else NOTHING
        absent = False
        for scale in term.choose:
            one = weigh(scale)
            absent = absent or one.may_be_absent
            found = found.either(one)
        return replace(found, may_be_absent=absent)

    def _answers(self, term: ItemsTerm, *, zero: bool, apart: bool = False) -> Iterator[tuple[Reach, bool]]:
        """Yield what each answer of a term weighs, and whether it may be left out.

        Args:
            term: the term.
            zero: whether a gap weighs nothing.
            apart: whether each option chosen is a number of its own.
        """
        weighed: dict[str, Reach] = {}
        for question in self._definition.select(term.items):
            if question.at not in weighed:
                weight = self._scaled(term, lambda scale, one=question: self._weight(one, scale, apart=apart))  # type: ignore[misc]
                if zero and _may_be_gap(question):
                    weight = replace(weight.either(NOUGHT), may_be_absent=weight.may_be_absent)
                weighed[question.at] = self._times(term, weight)
            weight = weighed[question.at]
            left_out = term.when is not None or may_be_hidden(question)
            if ROW in question.keys:
                yield (weight if apart else many(weight)), True
            else:
                yield weight, left_out or (apart and question.kind is Kind.CHOICES)

    def _weight(self, question: Question, scale: Scale, *, apart: bool) -> Reach:
        """Return what a question's answers weigh on one scale."""
        match question.kind:
            case Kind.TICK:
                weights = [self._own_weight(key, None, scale) for key in ("true", "false")]
                return _any_of(weight for weight in weights if weight is not None)
            case Kind.CHOICE:
                return self._option_weights(question, scale, none_of_these=True)
            case Kind.CHOICES if apart:
                return self._option_weights(question, scale, none_of_these=False)
            case Kind.CHOICES:
                return self._chosen_weights(question, scale)
            case Kind.INTEGER | Kind.NUMBER:
                numbers = _answers_of(question)
                return self._stepped(numbers, scale.steps) if scale.steps else numbers
            case Kind.TEXT | Kind.DATE:
                return NOTHING
            case _:
                assert_never(question.kind)

    def _option_weights(self, question: Question, scale: Scale, *, none_of_these: bool) -> Reach:
        weights = [self._option_weight(option, scale) for option in question.options]
        found = _any_of(weight for weight in weights if weight is not None)
        # A Not Known may stand for none of the options, where fewer than two are offered.
        few = sum(not option.unknown for option in question.options) < 2
        return found.either(NOUGHT) if none_of_these and few else found

    def _chosen_weights(self, question: Question, scale: Scale) -> Reach:
        total = NOUGHT
        absent = False
        for option in question.options:
            weight = self._option_weight(option, scale)
            if weight is not None:
                absent = absent or weight.may_be_absent
                part = weight.either(NOUGHT)
                total = self._listed(total, part).plus(part)
        return replace(total, may_be_absent=absent)

    def _option_weight(self, option: Option, scale: Scale) -> Reach | None:
        if scale.steps:
            number = exact(option.value)
            return None if number is None or option.unknown else self._stepped(exactly(number), scale.steps)
        return self._own_weight(option_key(option.value), option, scale)

    def _own_weight(self, key: str, option: Option | None, scale: Scale) -> Reach | None:
        """Return what an option weighs; None where it has no weight, so that choosing it leaves a gap."""
        is_unknown = option is not None and option.unknown
        if scale.weights is not None and key in scale.weights:
            return self._number(scale.weights[key])
        if scale.weights is not None and ELSE in scale.weights and not is_unknown:
            return self._number(scale.weights[ELSE])
        if option is None or (is_unknown and scale.weights is not None):
            return None
        if option.weight is not None:
            return exactly(_exactly(option.weight))
        number = None if is_unknown else exact(option.value)
        return None if number is None else exactly(number)

    def _stepped(self, numbers: Reach, steps: tuple[Step, ...]) -> Reach:
        """Return the weights of the steps that the numbers may fit; what fits none weighs nothing."""
        found = replace(NOTHING, may_be_absent=numbers.may_be_absent)
        before: Real | None = None
        was_included = False
        for step in steps:
            written = step.maximum if step.maximum is not None else step.exclusive_maximum
            bound = number_of(self._definition, written)
            open_end = step.maximum is None
            if numbers.is_within(before, bound, above=was_included, below=open_end and bound is not None):
                found = found.either(self._number(step.weight))
            if written is None:
                return found
            # A bound that depends on answers parts nothing for certain.
            if bound is not None:
                before, was_included = bound, not open_end
        fits_none = numbers.is_within(before, None, above=was_included)
        return found.either(NOUGHT) if fits_none or found.values == () else found


def _exactly(number: float) -> Real:
    return simple(exact(number) or Fraction(0))


def _any_of(reaches: Iterable[Reach]) -> Reach:
    found: Reach | None = None
    for reach in reaches:
        found = reach if found is None else found.either(reach)
    return NOTHING if found is None else found


def _answers_of(question: Question) -> Reach:
    """Return the numbers that answer a question."""
    lowest, highest = exact(question.lowest), exact(question.highest)
    if question.kind is Kind.INTEGER:
        return whole_between(lowest, highest)
    return replace(ANY_NUMBER, lowest=lowest, highest=highest)


def _may_be_gap(question: Question) -> bool:
    """Whether a complete response may leave open what answers it."""
    has_unknown = any(option.unknown for option in question.options)
    is_blank = question.default is NO_DEFAULT and not question.always_required and question.words.required is not True
    return has_unknown or is_blank
