"""The condition language read over one response: true, false or unknown, and by which answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, assert_never

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
from cse_forms.thresholds.intervals import ELAPSED, UNBOUNDED, Interval, Truth, day_of, exactly
from cse_forms.thresholds.matching import NumberOf, all_hold, any_holds, measures_of, negated, truth_of_number
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run, instances
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
        by_matching = truth
        if truth is not None and self.at_most is not None:
            # Too many that match make it fail; few enough, and so those that do not match, make it hold.
            too_many = self.tally.counts(run, row).matching > self.at_most
            by_matching = too_many or (truth and self.at_least is not None)
        yield from self.tally.deciding(run, row, by_matching)
        for measure in self.measures:
            yield from self.form.deciding_number(run, measure)

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
        return self.form.deciding_number(run, self.measure)

    @override
    def read(self) -> Iterator[Question]:
        return self.form.measured(self.measure)


@dataclass(frozen=True, slots=True)
class JoinedReading(Reading):
    """Every part holds, or at least one does."""

    parts: tuple[Reading, ...]
    join: Callable[[Iterable[Truth]], Truth]

    @override
    def truth(self, run: Run, row: Keys = ()) -> Truth:
        return self.join([part.truth(run, row) for part in self.parts])

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


class MeasureSource(Protocol):
    """A measure, compiled for one form."""

    def number(self, run: Run) -> Interval:
        """Return its number in a response."""

    def counted(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that it certainly rests on."""

    def uncounted(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that it may yet rest on."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


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

    def deciding_number(self, run: Run, measure: str) -> Iterator[Instance]:
        """Yield the answers that a measure's number rests on; those that leave it open, where it is not exact."""
        exact = self.number(run, measure).is_exact
        for question in self.measured(measure):
            for instance in instances(run, question):
                if instance.is_given is exact:
                    yield instance

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
            questions = self._definition.select(items, base)
            leaves = tuple(
                Leaf(question, self.asked(question), None if when is None else self.condition(when, question.holder))
                for question in questions
            )
            self._tallies[key] = Tally(leaves, match, self.number_of)
        return self._tallies[key]


@dataclass(frozen=True, slots=True)
class CountReading(MeasureSource):
    """How many of the selected answers match."""

    tally: Tally

    @override
    def number(self, run: Run) -> Interval:
        counts = self.tally.counts(run)
        return Interval(counts.matching, counts.possible)

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        return self.tally.answers(run, truth=True)

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        return self.tally.answers(run, truth=None)

    @override
    def read(self) -> Iterator[Question]:
        return self.tally.questions()


@dataclass(frozen=True, slots=True)
class ElapsedReading(MeasureSource):
    """Completed years, months or days between two dates; without bounds while one of them is not given."""

    unit: str
    ends: tuple[Leaf, ...]
    """From, and to."""

    @override
    def number(self, run: Run) -> Interval:
        days = [day_of(instance.value) for instance in self.counted(run)]
        if len(days) != len(self.ends) or days[0] is None or days[1] is None:
            return UNBOUNDED
        return exactly(ELAPSED[self.unit](days[0], days[1]))

    @override
    def counted(self, run: Run) -> Iterator[Instance]:
        for leaf in self.ends:
            for instance in instances(run, leaf.question):
                if instance.is_given and leaf.is_counted(run, instance.keys):
                    yield instance

    @override
    def uncounted(self, run: Run) -> Iterator[Instance]:
        counted = {instance.keys for instance in self.counted(run)}
        for leaf in self.ends:
            yield from (instance for instance in instances(run, leaf.question) if instance.keys not in counted)

    @override
    def read(self) -> Iterator[Question]:
        return (leaf.question for leaf in self.ends)
