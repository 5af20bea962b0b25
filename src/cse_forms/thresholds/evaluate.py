"""The condition language read over one response: true, false or unknown, and by which answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import assert_never

from typing_extensions import override

from cse_forms import pointers
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    AssessmentSelection,
    Condition,
    ConstantMeasure,
    CountMeasure,
    DaysMeasure,
    HighestMeasure,
    ItemsCondition,
    ItemsTerm,
    LowestMeasure,
    Match,
    Measure,
    MeasureCondition,
    MeasureReference,
    MeasureTerm,
    MonthsMeasure,
    NamedCondition,
    NotCondition,
    ProductMeasure,
    Prorated,
    QuotientMeasure,
    Scale,
    Selector,
    Span,
    SumMeasure,
    TagSelector,
    Term,
    UnsettledCondition,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Section, Table
from cse_forms.schema.vocabulary import Assessment
from cse_forms.thresholds.assessing import CompiledAssessment
from cse_forms.thresholds.columns import Columns
from cse_forms.thresholds.conditions import (
    AssessmentReading,
    ItemsReading,
    JoinedReading,
    MeasureReading,
    NotReading,
    UnsettledReading,
)
from cse_forms.thresholds.intervals import Interval, Truth, day_of
from cse_forms.thresholds.matching import Surroundings, measures_of, spans_of
from cse_forms.thresholds.measures import (
    ConditionCountReading,
    ConstantReading,
    CountReading,
    ElapsedReading,
    MeasureSource,
    ProductReading,
    QuotientReading,
)
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run
from cse_forms.thresholds.scores import HighestReading, SumReading
from cse_forms.thresholds.tally import Leaf, Tally
from cse_forms.thresholds.terms import ItemsTermReading, MeasureTermReading, TermReading, WeighedLeaf
from cse_forms.thresholds.weighing import Factor, Weigher, measures_of_weighing
from cse_forms.thresholds.windows import WindowTally


class _Surroundings(Surroundings):
    """What an answer in a row of one response may be compared with."""

    def __init__(self, form: Evaluator, run: Run, row: Keys) -> None:
        self._form, self._run, self._row = form, run, row

    @override
    def number(self, measure: str) -> Interval:
        return self._form.number(self._run, measure)

    @override
    def day(self, pointer: str) -> date | None:
        return self._form.day(self._run, pointer, self._row)


class Evaluator:
    """Compiles a form's conditions, measures and assessments, each once."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self._tallies: dict[tuple[object, ...], Tally] = {}
        self._columns: Columns = {}
        self._leaf_by_pointer: dict[str, Leaf] = {}
        # Compiled when they are first asked for: they may speak of one another, though never in a circle.
        self._source = cache(self._compiled_measure)
        self._assessment = cache(self._compiled_assessment)

    def condition(self, condition: Condition, start: Section | Table | None = None) -> Reading:
        """Return the reading of a condition.

        Args:
            condition: from the definition.
            start: the object or row that `./` starts at.
        """
        match condition:
            case ItemsCondition():
                return self._items(condition, start)
            case MeasureCondition():
                return MeasureReading(condition.measure, condition.match, self)
            case AssessmentCondition():
                return self._level(condition.assessment, condition)
            case NamedCondition():
                return self.condition(self.definition.words.conditions[condition.condition])
            case UnsettledCondition():
                return UnsettledReading(condition.unsettled)
            case AllCondition():
                return JoinedReading(tuple(self.condition(part, start) for part in condition.all), settled_by=False)
            case AnyCondition():
                return JoinedReading(tuple(self.condition(part, start) for part in condition.any), settled_by=True)
            case NotCondition():
                return NotReading(self.condition(condition.not_, start))
        assert_never(condition)

    def _items(self, condition: ItemsCondition, start: Section | Table | None) -> ItemsReading:
        quantified = condition.every or condition.at_most is not None
        bounds = (condition.at_least, condition.at_most)
        return ItemsReading(
            self._tally(condition.items, condition.match, condition.when, start),
            condition.at_least if quantified else condition.at_least or 1,
            condition.at_most,
            condition.every,
            (
                *measures_of(condition.match),
                *(bound.measure for bound in bounds if isinstance(bound, MeasureReference)),
            ),
            self,
        )

    def _level(self, assessment: str, asked: AssessmentCondition | AssessmentSelection) -> AssessmentReading:
        levels = [level.id for level in self.assessment(assessment).levels]
        at_least = None if asked.at_least is None else frozenset(levels[levels.index(asked.at_least) :])
        at_most = None if asked.at_most is None else frozenset(levels[: levels.index(asked.at_most) + 1])
        return AssessmentReading(assessment, at_least, at_most, asked.match, self)

    def assessment(self, assessment: str) -> Assessment:
        """Return an assessment of the definition."""
        return next(found for found in self.definition.words.assessments if found.id == assessment)

    def asked(self, question: Question) -> Asked:
        """Return the conditions on which a question is asked, its sections' among them, with their rows' depth."""
        found: list[tuple[Reading, int]] = []
        item: Question | Section | Table | None = question
        while item is not None:
            if item.show_when is not None:
                found.append((self.condition(item.show_when, item.holder), len(item.keys) - 1))
            item = item.holder
        return tuple(found)

    # --- measures, and what they rest on -------------------------------------------------------------------------

    def number(self, run: Run, measure: str) -> Interval:
        """Return a measure's number in a response."""
        if measure not in run.numbers:
            run.numbers[measure] = self._source(measure).number(run)
        return run.numbers[measure]

    def around(self, run: Run, row: Keys) -> Surroundings:
        """Return what an answer in a row may be compared with."""
        return _Surroundings(self, run, row)

    def day(self, run: Run, pointer: str, row: Keys) -> date | None:
        """Return the date that an answer gives; None where it is not known, or not asked.

        Args:
            run: the response.
            pointer: of the question; one that begins with `./` stands in the row.
            row: where the answer that is compared with it stands.
        """
        leaf = self._leaf_at(pointer, row)
        for instance in leaf.instances(run, row):
            if leaf.is_counted(run, instance.keys):
                return day_of(instance.as_read(draft=run.draft).value)
        return None

    def _leaf_at(self, pointer: str, row: Keys) -> Leaf:
        holder = self.definition.item_at(pointers.join(row)) if pointer.startswith("./") else None
        return self._leaf_beside(pointer, holder.keys if holder else ())

    def _leaf_beside(self, pointer: str, holder: tuple[str, ...]) -> Leaf:
        in_row = pointer.startswith("./")
        key = pointers.join((*holder, *pointers.split(pointer[1:]))) if in_row else pointer
        if key not in self._leaf_by_pointer:
            question = self.definition.questions[key]
            self._leaf_by_pointer[key] = Leaf(question, self.asked(question), None, in_row)
        return self._leaf_by_pointer[key]

    def deciding_number(
        self, run: Run, measure: str, truth: Truth, *, lowest: bool = False, highest: bool = False
    ) -> Iterator[Instance]:
        """Yield the answers of a measure by which a condition on it holds or fails, or that leave it open.

        Args:
            run: the response.
            measure: its id.
            truth: of the condition.
            lowest: whether the measure's lowest number is enough to decide.
            highest: whether its highest is.
        """
        source = self._source(measure)
        if truth is None:
            yield from source.open(run)
            return
        if lowest or not highest:
            yield from source.deciding(run, lowest=True)
        if highest or not lowest:
            yield from source.deciding(run, lowest=False)

    def deciding(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that make a measure what it is."""
        return self.deciding_number(run, measure, True)

    def open(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that leave it open."""
        return self._source(measure).open(run)

    def questions(self, measure: str) -> Iterator[Question]:
        """Yield the questions that a measure reads."""
        return self._source(measure).read()

    def counted(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that a measure certainly rests on."""
        return self._source(measure).counted(run)

    def uncounted(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that it may yet rest on."""
        return self._source(measure).uncounted(run)

    # --- assessments ---------------------------------------------------------------------------------------------

    def compiled(self, assessment: str) -> CompiledAssessment:
        """Return an assessment, compiled."""
        return self._assessment(assessment)

    def levels(self, run: Run, assessment: str) -> tuple[str | None, ...]:
        """Return the ids of the levels that are possible; None stands for "no level"."""
        return self._assessment(assessment).found(run).possible

    def deciding_level(self, run: Run, assessment: str, *, is_open: bool) -> Iterator[Instance]:
        """Yield the answers that make a level what it is, or that leave it open."""
        compiled = self._assessment(assessment)
        return compiled.open(run) if is_open else compiled.deciding(run)

    def unsettled_of_level(self, run: Run, assessment: str) -> Iterator[str]:
        """Yield what the policy leaves open, of all that a level may depend on."""
        return self._assessment(assessment).unsettled(run)

    def questions_of_level(self, assessment: str) -> Iterator[Question]:
        """Yield the questions that an assessment reads."""
        return self._assessment(assessment).questions()

    def _compiled_assessment(self, assessment: str) -> CompiledAssessment:
        return CompiledAssessment(self.assessment(assessment), self)

    def _compiled_measure(self, name: str) -> MeasureSource:
        measure: Measure = self.definition.words.measures[name]
        match measure:
            case SumMeasure():
                missing = measure.missing.prorate if isinstance(measure.missing, Prorated) else measure.missing
                return SumReading(tuple(self._term(term, measure) for term in measure.sum), missing, self)
            case HighestMeasure():
                terms = tuple(self._term(term, measure) for term in measure.highest)
                return HighestReading(terms, measure.missing, turned=False)
            case LowestMeasure():
                terms = tuple(self._term(term, measure) for term in measure.lowest)
                return HighestReading(terms, measure.missing, turned=True)
            case CountMeasure():
                return self._count(measure)
            case ProductMeasure():
                return ProductReading(measure.product, self)
            case QuotientMeasure():
                return QuotientReading(measure.quotient, measure.round, measure.decimals, self)
            case YearsMeasure():
                return self._elapsed("years", measure.years)
            case MonthsMeasure():
                return self._elapsed("months", measure.months)
            case DaysMeasure():
                return self._elapsed("days", measure.days)
            case ConstantMeasure():
                return ConstantReading((measure.constant,), self)
        assert_never(measure)

    def _count(self, measure: CountMeasure) -> MeasureSource:
        counted = measure.count
        if isinstance(counted, AssessmentSelection):
            return ConditionCountReading(tuple(self._level(one, counted) for one in counted.assessments))
        tally = self._tally(counted.items, counted.match, counted.when, None)
        return CountReading(tally, measure.missing == "zero", self, tuple(measures_of(counted.match)))

    def _elapsed(self, unit: str, span: Span) -> ElapsedReading:
        ends = [self.definition.questions[pointer] for pointer in (span.from_, span.to)]
        return ElapsedReading(unit, tuple(Leaf(question, self.asked(question), None) for question in ends))

    def _term(self, term: Term, measure: SumMeasure | HighestMeasure | LowestMeasure) -> TermReading:
        scales = term.choose or (Scale(weights=term.weights, steps=term.steps),)
        takes_highest = not isinstance(measure, SumMeasure)
        factor = Factor(term.times, turned=isinstance(measure, LowestMeasure))
        match term:
            case MeasureTerm():
                return MeasureTermReading(
                    term.measure,
                    tuple(
                        (None if scale.when is None else self.condition(scale.when), scale.steps) for scale in scales
                    ),
                    factor,
                    self._if_said(term.when),
                    self,
                    is_needed=not takes_highest,
                )
            case ItemsTerm():
                measures = [found for scale in scales for found in measures_of_weighing(scale.weights, scale.steps)]
                measures += factor.measures
                leaves = self._leaves(term.items, term.when, None)
                return ItemsTermReading(
                    tuple(self._weighed(leaf, scales, factor, takes_highest=takes_highest) for leaf in leaves),
                    self,
                    tuple(measures),
                )
        assert_never(term)

    def _if_said(self, when: Condition | None) -> Reading | None:
        return None if when is None else self.condition(when)

    def _weighed(self, leaf: Leaf, scales: tuple[Scale, ...], factor: Factor, *, takes_highest: bool) -> WeighedLeaf:
        return WeighedLeaf(
            leaf,
            tuple(
                (
                    None if scale.when is None else self.condition(scale.when, leaf.question.holder),
                    Weigher(leaf.question, scale, takes_highest, factor),
                )
                for scale in scales
            ),
        )

    # --- what is selected ----------------------------------------------------------------------------------------

    def _tally(self, items: Selector, match: Match, when: Condition | None, start: Section | Table | None) -> Tally:
        key = (items, repr(match), repr(when), start.keys if start else ())
        if key not in self._tallies:
            before = tuple(span.before for span in spans_of(match) if span.before is not None)
            leaves = tuple(self._held_against(leaf, before) for leaf in self._leaves(items, when, start))
            within = next((span for span in spans_of(match) if span.before is None), None)
            self._tallies[key] = (
                Tally(leaves, match, self.around, self._columns)
                if within is None
                else WindowTally(leaves, match, within, self.around)
            )
        return self._tallies[key]

    def _held_against(self, leaf: Leaf, dates: tuple[str, ...]) -> Leaf:
        keys = leaf.question.holder.keys if leaf.question.holder else ()
        return replace(leaf, held_against=tuple(self._leaf_beside(date, keys) for date in dates)) if dates else leaf

    def _leaves(self, items: Selector, when: Condition | None, start: Section | Table | None) -> tuple[Leaf, ...]:
        base = start if isinstance(start, Section) else None
        everywhere = self.definition.select(tuple(path for path in items if not _is_in_row(path)))
        found = {question.keys: (question, False) for question in everywhere}
        for question in self.definition.select(tuple(path for path in items if _is_in_row(path)), base):
            found.setdefault(question.keys, (question, True))
        return tuple(
            Leaf(
                question,
                self.asked(question),
                None if when is None else self.condition(when, question.holder),
                in_row,
            )
            for question, in_row in found.values()
        )


def _is_in_row(selector: str | TagSelector) -> bool:
    return isinstance(selector, str) and selector.startswith("./")
