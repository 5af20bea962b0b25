"""The condition language read over one response: true, false or unknown, and by which answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from typing_extensions import override

from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    Condition,
    CountMeasure,
    DaysMeasure,
    ItemsCondition,
    Match,
    Measure,
    MeasureCondition,
    MonthsMeasure,
    NotCondition,
    Selector,
    Span,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Section, Table
from cse_forms.thresholds.intervals import Interval, Truth
from cse_forms.thresholds.matching import NumberOf, all_hold, any_holds, measures_of, negated, truth_of_number
from cse_forms.thresholds.measures import CountReading, ElapsedReading, MeasureSource
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run
from cse_forms.thresholds.tally import Leaf, Tally


@dataclass(frozen=True, slots=True)
class ItemsReading(Reading):
    """Enough of the selected answers match."""

    tally: Tally
    at_least: int | None
    at_most: int | None
    every: bool
    measures: tuple[str, ...]
    """Those that the match takes its numbers from."""
    form: Evaluator

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        counts = self.tally.counts(run, row)
        if self.every:
            return False if counts.failing else (None if counts.open else True)
        truth: Truth = True
        if self.at_least is not None and counts.matching < self.at_least:
            truth = False if counts.possible is not None and counts.possible < self.at_least else None
        if self.at_most is not None and truth is not False:
            if counts.matching > self.at_most:
                return False
            if counts.possible is None or counts.possible > self.at_most:
                return None
        return truth

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        truth = self.truth(run, row)
        if truth is None:
            yield from self.tally.open(run, row, every=self.every)
        else:
            yield from self._deciding(run, row, truth=truth)
        for measure in self.measures:
            yield from self.form.deciding_number(run, measure, truth)

    def _deciding(self, run: Run, row: Keys, *, truth: bool) -> Iterator[Instance]:
        if self.every:
            yield from self.tally.deciding(run, row, matching=truth, of_all=truth)
            return
        too_many = self.at_most is not None and self.tally.counts(run, row).matching > self.at_most
        if too_many or (truth and self.at_least is not None):
            yield from self.tally.deciding(run, row, matching=True, of_all=False)
        if not too_many and (not truth or self.at_most is not None):
            # Few enough match because of those that do not.
            yield from self.tally.deciding(run, row, matching=False, of_all=True)

    @override
    def read(self) -> Iterator[Question]:
        yield from self.tally.questions()
        for measure in self.measures:
            yield from self.form.measured(measure)


@dataclass(frozen=True, slots=True)
class MeasureReading(Reading):
    """A measure's number matches."""

    measure: str
    match: Match
    form: Evaluator

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return truth_of_number(self.match, self.form.number(run, self.measure), self.form.number_of(run))

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        truth = self.truth(run)
        number, number_of = self.form.number(run, self.measure), self.form.number_of(run)
        # Enough of what is counted may decide whatever else there is; or it is that there cannot be more.
        by_lowest = truth_of_number(self.match, Interval(number.lowest, None), number_of) is truth
        by_highest = truth_of_number(self.match, Interval(None, number.highest), number_of) is truth
        yield from self.form.deciding_number(run, self.measure, truth, lowest=by_lowest, highest=by_highest)
        for measure in measures_of(self.match):
            yield from self.form.deciding_number(run, measure, truth)

    @override
    def read(self) -> Iterator[Question]:
        for measure in (self.measure, *measures_of(self.match)):
            yield from self.form.measured(measure)


@dataclass(frozen=True, slots=True)
class JoinedReading(Reading):
    """Every part holds, or at least one does."""

    parts: tuple[Reading, ...]
    join: Callable[[Iterable[Truth]], Truth]

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return self.join(part.truth(run, row) for part in self.parts)

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        # What decides the whole is what decides those of its parts that have its truth.
        truth = self.truth(run, row)
        for part in self.parts:
            if part.truth(run, row) is truth:
                yield from part.deciding(run, row)

    @override
    def read(self) -> Iterator[Question]:
        return (question for part in self.parts for question in part.read())


@dataclass(frozen=True, slots=True)
class NotReading(Reading):
    """The part does not hold."""

    part: Reading

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return negated(self.part.truth(run, row))

    @override
    def deciding(self, run: Run, row: Keys = ()) -> Iterator[Instance]:
        return self.part.deciding(run, row)

    @override
    def read(self) -> Iterator[Question]:
        return self.part.read()


class Evaluator:
    """Compiles a form's conditions and measures, each once."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._tallies: dict[tuple[object, ...], Tally] = {}
        self._measures = {name: self._measure(measure) for name, measure in definition.words.measures.items()}

    def condition(self, condition: Condition, start: Section | Table | None = None) -> Reading:
        """Return the reading of a condition.

        Args:
            condition: from the definition.
            start: the object or row that `./` starts at.
        """
        match condition:
            case ItemsCondition():
                quantified = condition.every or condition.at_most is not None
                return ItemsReading(
                    self._tally(condition.items, condition.match, condition.when, start),
                    condition.at_least if quantified else condition.at_least or 1,
                    condition.at_most,
                    condition.every,
                    tuple(measures_of(condition.match)),
                    self,
                )
            case MeasureCondition():
                return MeasureReading(condition.measure, condition.match, self)
            case AllCondition():
                return JoinedReading(tuple(self.condition(part, start) for part in condition.all), all_hold)
            case AnyCondition():
                return JoinedReading(tuple(self.condition(part, start) for part in condition.any), any_holds)
            case NotCondition():
                return NotReading(self.condition(condition.not_, start))
        assert_never(condition)

    def asked(self, question: Question) -> Asked:
        """Return the conditions on which a question is asked, its sections' among them, with their rows' depth."""
        found: list[tuple[Reading, int]] = []
        item: Question | Section | Table | None = question
        while item is not None:
            if item.show_when is not None:
                found.append((self.condition(item.show_when, item.holder), len(item.keys) - 1))
            item = item.holder
        return tuple(found)

    def number(self, run: Run, measure: str) -> Interval:
        """Return a measure's number in a response."""
        if measure not in run.numbers:
            run.numbers[measure] = self._measures[measure].number(run)
        return run.numbers[measure]

    def number_of(self, run: Run) -> NumberOf:
        """Return the numbers of all measures in a response, worked out as they are asked for."""
        return lambda measure: self.number(run, measure)

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
        if truth is None:
            yield from self._measures[measure].open(run)
            return
        if lowest or not highest:
            yield from self._measures[measure].deciding(run, lowest=True)
        if highest or not lowest:
            yield from self._measures[measure].deciding(run, lowest=False)

    def measured(self, measure: str) -> Iterator[Question]:
        """Yield the questions that a measure reads."""
        return self._measures[measure].read()

    def counted(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that a measure certainly counts."""
        return self._measures[measure].counted(run)

    def uncounted(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that a measure may yet count."""
        return self._measures[measure].uncounted(run)

    def _measure(self, measure: Measure) -> MeasureSource:
        match measure:
            case CountMeasure():
                selection = measure.count
                return CountReading(self._tally(selection.items, selection.match, selection.when, None))
            case YearsMeasure():
                return self._elapsed("years", measure.years)
            case MonthsMeasure():
                return self._elapsed("months", measure.months)
            case DaysMeasure():
                return self._elapsed("days", measure.days)
        assert_never(measure)

    def _elapsed(self, unit: str, span: Span) -> ElapsedReading:
        ends = [self._definition.questions[pointer] for pointer in (span.from_, span.to)]
        return ElapsedReading(unit, tuple(Leaf(question, self.asked(question), None) for question in ends))

    def _tally(self, items: Selector, match: Match, when: Condition | None, start: Section | Table | None) -> Tally:
        key = (items, repr(match), repr(when), start.keys if start else ())
        if key not in self._tallies:
            base = start if isinstance(start, Section) else None
            everywhere = self._definition.select(tuple(path for path in items if not path.startswith("./")))
            found = {question.keys: (question, False) for question in everywhere}
            for question in self._definition.select(tuple(path for path in items if path.startswith("./")), base):
                found.setdefault(question.keys, (question, True))
            leaves = tuple(
                Leaf(
                    question,
                    self.asked(question),
                    None if when is None else self.condition(when, question.holder),
                    in_row,
                )
                for question, in_row in found.values()
            )
            self._tallies[key] = Tally(leaves, match, self.number_of)
        return self._tallies[key]
