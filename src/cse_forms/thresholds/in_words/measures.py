"""Measures said in plain words: what a number is made of, and what a gap does to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

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
    Selection,
    Step,
    SumMeasure,
    Term,
    YearsMeasure,
)
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.ranges import number_of
from cse_forms.thresholds.in_words.conditions import ConditionsInWords
from cse_forms.thresholds.in_words.naming import Selected, holders, joined, plain_number
from cse_forms.thresholds.in_words.predicates import About
from cse_forms.thresholds.in_words.sentences import Saying
from cse_forms.thresholds.sites import terms_of

ELSE = "else"
"""The key of a weighing for all options that are not named."""


class NumbersInWords:
    """Says the measures of one form."""

    def __init__(self, conditions: ConditionsInWords) -> None:
        self._conditions = conditions
        self._naming = conditions.naming
        self._sayings = conditions.sayings
        self._measures = conditions.definition.words.measures

    def measure(self, name: str) -> Saying:
        """Return what a measure is: the sum of these, completed years from one date to another."""
        return self._measure(self._measures[name])

    def gaps(self, name: str) -> str | None:
        """Return the sentence that says what a missing answer does to a measure; None where none can be missing."""
        sayings, measure = self._sayings, self._measures[name]
        match measure:
            case SumMeasure() | HighestMeasure() | LowestMeasure():
                return self._gaps_of_terms(measure)
            case CountMeasure():
                return sayings.missing_count_zero if measure.missing == "zero" else sayings.missing_unknown
            case YearsMeasure() | MonthsMeasure() | DaysMeasure():
                return sayings.missing_date
            case ConstantMeasure() | ProductMeasure() | QuotientMeasure():
                return None
            case _:
                assert_never(measure)

    def _gaps_of_terms(self, measure: SumMeasure | HighestMeasure | LowestMeasure) -> str | None:
        sayings, missing = self._sayings, measure.missing
        if isinstance(missing, Prorated):
            prorate = missing.prorate
            rounding = (
                sayings.prorated_rounding.format(rounding=sayings.rounded[prorate.round]) if prorate.round else ""
            )
            return sayings.missing_prorated.format(rounding=rounding, number=self._naming.number(prorate.answered))
        if all(isinstance(term, MeasureTerm) for term in terms_of(measure)):
            return None
        return sayings.missing_zero if missing == "zero" else sayings.missing_unknown

    def _measure(self, measure: Measure) -> Saying:
        sayings, naming = self._sayings, self._naming
        match measure:
            case SumMeasure():
                return self._terms(measure.sum, sayings.sum, sayings.sum_of_one)
            case HighestMeasure():
                return self._terms(measure.highest, sayings.highest, sayings.highest_of_one)
            case LowestMeasure():
                return self._terms(measure.lowest, sayings.lowest, sayings.lowest_of_one)
            case CountMeasure():
                return self._count(measure.count)
            case ProductMeasure():
                return Saying(sayings.product.format(numbers=self._and(map(naming.number, measure.product))))
            case QuotientMeasure():
                return self._quotient(measure)
            case YearsMeasure():
                return self._span(sayings.years, measure.years.from_, measure.years.to)
            case MonthsMeasure():
                return self._span(sayings.months_between, measure.months.from_, measure.months.to)
            case DaysMeasure():
                return self._span(sayings.days, measure.days.from_, measure.days.to)
            case ConstantMeasure():
                return Saying(sayings.constant.format(number=plain_number(measure.constant)))
            case _:
                assert_never(measure)

    def _span(self, phrase: str, start: str, end: str) -> Saying:
        return Saying(phrase.format(start=self._naming.pointer(start), end=self._naming.pointer(end)))

    def _quotient(self, measure: QuotientMeasure) -> Saying:
        sayings = self._sayings
        first, second = map(self._naming.number, measure.quotient)
        may_be_nought = number_of(self._conditions.definition, measure.quotient[1]) in (None, 0)
        phrase = sayings.quotient_of_named if may_be_nought else sayings.quotient
        text = phrase.format(first=first, second=second)
        if measure.round is None:
            return Saying(text)
        phrases = sayings.rounded_places if measure.decimals else sayings.rounded
        places = sayings.places.format(number=measure.decimals)
        rounding = phrases[measure.round].format(places=places)
        return Saying(sayings.with_rounding.format(text=text, rounding=rounding))

    def _count(self, counted: Selection | AssessmentSelection) -> Saying:
        if isinstance(counted, Selection):
            return self._conditions.selection(counted)
        titles = self._and(
            self._sayings.quoted.format(text=self._naming.assessment(one)) for one in counted.assessments
        )
        # One level is asked of all, so each of them has it under the same title or another; the first one's is said.
        predicate = self._conditions.level_predicate(counted.assessments[0], counted, many=True)
        return Saying(self._sayings.count_levels.format(assessments=titles, predicate=predicate))

    def _terms(self, terms: Sequence[Term], several: str, one: str) -> Saying:
        said = [self._term(term) for term in terms]
        if len(said) > 1:
            return Saying(several, tuple(said))
        is_many = isinstance(terms[0], ItemsTerm) and self._naming.selected(terms[0].items).many
        return said[0].within(one) if is_many else said[0]

    def _term(self, term: Term) -> Saying:
        match term:
            case ItemsTerm():
                saying = self._answers(term)
            case MeasureTerm():
                saying = self._number(term)
            case _:
                assert_never(term)
        if term.times is not None:
            is_contrary = term.times == -1
            phrase = self._sayings.taken_away if is_contrary else self._sayings.times
            saying = saying.within(phrase, number=self._naming.number(term.times))
        return saying

    def _answers(self, term: ItemsTerm) -> Saying:
        """Say the weights of answers, a part for each way in which they are weighed."""
        selected = self._naming.selected(term.items)
        answers = self._conditions.answers(selected)
        numbers = all(question.kind in (Kind.INTEGER, Kind.NUMBER) for question in selected.questions)
        if numbers and not (term.weights or term.steps or term.choose):
            phrase = self._sayings.as_given_many if selected.many else self._sayings.as_given
            saying = Saying(phrase.format(answers=answers))
        else:
            parts = tuple(self._weighing(term, selected))
            saying = Saying(self._sayings.points_for.format(answers=answers), parts)
        if term.when is None:
            return saying
        return self._narrowed(saying, self._conditions.condition(term.when, holders(selected.questions)))

    def _number(self, term: MeasureTerm) -> Saying:
        name = self._naming.measure_with_meaning(term.measure)
        if term.steps or term.choose or term.weights:
            parts = tuple(self._weighing(term, None))
            saying = Saying(self._sayings.points_of.format(number=name), parts)
        else:
            saying = Saying(name)
        return saying if term.when is None else self._narrowed(saying, self._conditions.condition(term.when))

    def _narrowed(self, saying: Saying, when: Saying) -> Saying:
        return saying.within(self._sayings.only_where, condition=when.line())

    def _weighing(self, term: ItemsTerm | MeasureTerm, selected: Selected | None) -> Iterator[Saying]:
        if not term.choose:
            yield from self._scale(term.weights, term.steps, selected)
            return
        for scale in term.choose:
            yield self._chosen(scale, selected)
        if term.choose[-1].when is not None:
            yield Saying(self._sayings.scale_none)

    def _chosen(self, scale: Scale, selected: Selected | None) -> Saying:
        sayings = self._sayings
        text = sayings.scale_otherwise
        if scale.when is not None:
            places = holders(selected.questions) if selected else ()
            text = sayings.scale_where.format(condition=self._conditions.condition(scale.when, places).line())
        return Saying(text, tuple(self._scale(scale.weights, scale.steps, selected)))

    def _scale(
        self, weights: dict[str, Number] | None, steps: Sequence[Step], selected: Selected | None
    ) -> Iterator[Saying]:
        """Yield a part for each number of points: what gives so many."""
        questions = selected.questions if selected else ()
        if weights is not None:
            yield from self._grouped((self._option(key, questions), weight) for key, weight in weights.items())
        elif steps:
            yield from self._steps(steps)
        elif any(option.weight is not None for question in questions for option in question.options):
            yield from self._own_weights(questions)
        else:
            yield Saying(self._sayings.itself)

    def _own_weights(self, questions: Sequence[Question]) -> Iterator[Saying]:
        """Yield the points that stand on the options; by question, where they are not the same for all."""
        tables: dict[tuple[tuple[str, int | float], ...], list[Question]] = {}
        for question in questions:
            table = tuple((option.title, option.weight) for option in question.options if option.weight is not None)
            tables.setdefault(table, []).append(question)
        for table, alike in tables.items():
            values = {option.title: option.value for question in alike for option in question.options}
            said = self._grouped(
                (self._conditions.predicates.value(values[title], About("answer", tuple(alike))), weight)
                for title, weight in table
            )
            if len(tables) == 1:
                yield from said
            else:
                yield Saying(self._and(map(self._naming.question, alike)), tuple(said))

    def _option(self, key: str, questions: Sequence[Question]) -> str:
        """Return the title of the option that a weight's key names, as JSON writes it."""
        if key == ELSE:
            return self._sayings.any_other
        for question in questions:
            for option in question.options:
                if _key(option.value) == key:
                    return self._conditions.predicates.value(option.value, About("answer", tuple(questions)))
        if key in ("true", "false"):
            return self._sayings.ticked if key == "true" else self._sayings.not_ticked
        return self._sayings.quoted.format(text=key)

    def _grouped(self, weighed: Iterable[tuple[str, Number]]) -> Iterator[Saying]:
        """Yield what gives as many points together: Yes or Possible: 2 points."""
        groups: dict[str, list[str]] = {}
        for title, weight in weighed:
            groups.setdefault(self._points(weight), []).append(title)
        for points, titles in groups.items():
            values = joined(list(dict.fromkeys(titles)), self._sayings.or_, self._sayings.comma)
            yield Saying(self._sayings.points.format(values=values, points=points))

    def _steps(self, steps: Sequence[Step]) -> Iterator[Saying]:
        sayings = self._sayings
        low: str | None = None
        low_is_in = False
        for step in steps:
            high = step.maximum if step.maximum is not None else step.exclusive_maximum
            is_in = step.maximum is not None
            if high is None:
                phrase = sayings.any_number if low is None else sayings.from_on if low_is_in else sayings.above
            elif low is None:
                phrase = sayings.up_to if is_in else sayings.below
            elif low_is_in:
                phrase = sayings.from_up_to if is_in else sayings.from_below
            else:
                phrase = sayings.more_up_to if is_in else sayings.more_below
            bound = "" if high is None else self._naming.number(high)
            values = phrase.format(low=low or "", high=bound)
            yield Saying(sayings.points.format(values=values, points=self._points(step.weight)))
            low, low_is_in = bound, not is_in

    def _points(self, weight: Number) -> str:
        number = self._naming.number(weight)
        if isinstance(weight, MeasureReference):
            return self._sayings.points_measure.format(number=number)
        return self._sayings.point_words.format(number=number)

    def _and(self, texts: Iterable[str]) -> str:
        return joined(list(texts), self._sayings.and_, self._sayings.comma)


def _key(value: object) -> str:
    """Return an option as JSON writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain_number(value) if isinstance(value, int | float) else str(value)
