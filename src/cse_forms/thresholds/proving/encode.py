"""The condition language over a response whose answers are not fixed: what `evaluate` computes, as the solver's terms.

What cannot be said exactly is left open: it may then be anything, so that nothing is proved that is not so, and what
is found to be wrong is told only after `evaluate` has reproduced it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, assert_never

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
    LowestMeasure,
    Match,
    Measure,
    MeasureCondition,
    MonthsMeasure,
    NamedCondition,
    NotCondition,
    Number,
    ProductMeasure,
    QuotientMeasure,
    Selection,
    Selector,
    Span,
    SumMeasure,
    UnsettledCondition,
    Within,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question, Section, Table
from cse_forms.schema.places import ROW
from cse_forms.thresholds.proving.answers import Keys, Sheet, Spot, as_read, exact
from cse_forms.thresholds.proving.arithmetic import divided, multiplied
from cse_forms.thresholds.proving.dates import Day, elapsed
from cse_forms.thresholds.proving.ladder import Assessed, assessed, level_matches
from cse_forms.thresholds.proving.leaves import Leaf, every_one
from cse_forms.thresholds.proving.logic import (
    TRUE,
    UNKNOWN,
    Bool,
    Truth,
    all_of,
    any_of,
    choose,
    contrary,
    every,
    how_many,
    opposite,
    some,
    undecided,
)
from cse_forms.thresholds.proving.matching import Matcher, bound_of, compare, truth_of_number
from cse_forms.thresholds.proving.numbers import Adder, Part
from cse_forms.thresholds.proving.ranges import UNBOUNDED, End, Range, chosen, end, exactly, havoc
from cse_forms.thresholds.proving.windows import Dates

_MANY_DATES = 14
"""Dates of which it is still gone through which lie within a span of one another."""


class Encoding:
    """All that a form's rules say of one response that is not fixed. Each part is worked out once."""

    def __init__(self, definition: Definition, sheet: Sheet, *, draft: bool) -> None:
        self.definition = definition
        self.sheet = sheet
        self.draft = draft
        self.instead: Callable[[str], None] | None = None
        """Is told of each measure before its number is first worked out, and may assume another in its place."""
        self._conditions: dict[tuple[Any, ...], Truth] = {}
        self._leaves: dict[tuple[Any, ...], list[Leaf]] = {}
        self._numbers: dict[str, Range] = {}
        self.parts: dict[tuple[Any, ...], list[Part]] = {}
        """What each term gives to a measure, answer by answer, as far as it was worked out."""
        self._assessed: dict[str, Assessed] = {}
        self._asked: dict[tuple[Any, ...], Truth] = {}
        self._assessments = {assessment.id: assessment for assessment in definition.words.assessments}

    # --- answers --------------------------------------------------------------------------------------------------

    def spots(self, question: Question, prefix: Keys = ()) -> Iterator[Spot]:
        """Yield a question as it stands in the response."""
        return self.sheet.spots(question, prefix, draft=self.draft)

    def asked_at(self, spot: Spot) -> Truth:
        """Return whether there is such a row, and whether the question is asked in it."""
        asked = self._asked_item(spot.question, spot.keys)
        return every((Truth(spot.exists, opposite(spot.exists)), asked))

    def _asked_item(self, item: Item, keys: Keys) -> Truth:
        key = (item.keys, keys)
        if key not in self._asked:
            found = []
            node: Item | None = item
            while node is not None:
                if node.show_when is not None:
                    found.append(self.condition(node.show_when, node.holder, keys[: len(node.keys) - 1]))
                node = node.holder
            self._asked[key] = every(found)
        return self._asked[key]

    def tables_of(self, selectors: Selector) -> list[Truth]:
        """Return whether the tables are asked in which a selector finds its answers."""
        tables: dict[tuple[str, ...], Table] = {}
        for question in self.definition.select(selectors):
            holder: Item | None = question.holder
            outermost = None
            while holder is not None:
                if isinstance(holder, Table):
                    outermost = holder
                holder = holder.holder
            if outermost is not None:
                tables[outermost.keys] = outermost
        return [self._asked_item(table, table.keys) for table in tables.values()]

    def date(self, pointer: str, question: Question, keys: Keys) -> tuple[Bool, Day | None]:
        """Return whether a date is certainly asked and given, and the date; `./` is the row of the answer."""
        start = question.holder if isinstance(question.holder, Section) else None
        for found in self.definition.select((pointer,), start):
            row = keys[:-1] if pointer.startswith("./") else ()
            for spot in self.spots(found, row):
                if spot.rows_unknown:
                    continue
                answer = as_read(self.sheet.answer(found, spot.keys), draft=self.draft)
                return all_of((answer.given, self.asked_at(spot).holds)), answer.day
        return False, None

    # --- conditions -----------------------------------------------------------------------------------------------

    def condition(self, condition: Condition, start: Item | None = None, row: Keys = ()) -> Truth:
        """Return whether a condition holds.

        Args:
            condition: from the definition.
            start: the object or row that `./` starts at.
            row: where that stands in the response.
        """
        key = (id(condition), start.keys if start else (), row)
        if key not in self._conditions:
            self._conditions[key] = self._condition(condition, start, row)
        return self._conditions[key]

    def _condition(self, condition: Condition, start: Item | None, row: Keys) -> Truth:
        match condition:
            case ItemsCondition():
                return self._items(condition, start, row)
            case MeasureCondition():
                return truth_of_number(condition.match, self.number(condition.measure), self)
            case AssessmentCondition():
                return self._level_is(condition, condition.assessment)
            case NamedCondition():
                return self.condition(self.definition.words.conditions[condition.condition])
            case UnsettledCondition():
                return UNKNOWN
            case AllCondition():
                return every(self.condition(part, start, row) for part in condition.all)
            case AnyCondition():
                return some(self.condition(part, start, row) for part in condition.any)
            case NotCondition():
                return contrary(self.condition(condition.not_, start, row))
        assert_never(condition)

    def leaves(
        self, items: Selector, match: Match, when: Condition | None, start: Item | None, row: Keys
    ) -> list[Leaf]:
        """Return the selected answers, each with whether it counts and whether it matches."""
        key = (id(items), id(match), id(when), start.keys if start else (), row)
        if key not in self._leaves:
            self._leaves[key] = [self._leaf(spot, match, when) for spot in self.selected(items, start, row)]
        return self._leaves[key]

    def selected(self, items: Selector, start: Item | None = None, row: Keys = ()) -> Iterator[Spot]:
        """Yield the answers that a selector names."""
        base = start if isinstance(start, Section) else None
        here = tuple(path for path in items if isinstance(path, str) and path.startswith("./"))
        everywhere = tuple(path for path in items if path not in here)
        found = {question.keys: (question, False) for question in self.definition.select(everywhere)}
        for question in self.definition.select(here, base) if here else ():
            found.setdefault(question.keys, (question, True))
        for question, in_row in found.values():
            yield from self.spots(question, row if in_row else ())

    def _leaf(self, spot: Spot, match: Match, when: Condition | None) -> Leaf:
        counted = self.asked_at(spot)
        if when is not None and counted.fails is not True:
            counted = every((counted, self.condition(when, spot.question.holder, spot.keys[:-1])))
        if spot.rows_unknown or counted.fails is True:
            return Leaf(spot, counted, UNKNOWN)
        matcher = Matcher(spot.question, spot.keys, self.draft, self)
        return Leaf(spot, counted, matcher.truth(match, self.sheet.answer(spot.question, spot.keys)))

    def _items(self, condition: ItemsCondition, start: Item | None, row: Keys) -> Truth:
        leaves = self.leaves(condition.items, condition.match, condition.when, start, row)
        span = condition.match.within
        if span is not None and span.before is None:
            return self._windowed(condition, leaves, span)
        if condition.every:
            return every_one(leaves)
        if condition.at_least in {None, 1} and condition.at_most is None:
            return some(every((leaf.counted, leaf.matches)) for leaf in leaves)
        found = counted(leaves)
        return self._quantified(condition, found)

    def _quantified(self, condition: ItemsCondition, found: Range) -> Truth:
        truths = []
        least = condition.at_least
        if least is None and condition.at_most is None:
            least = 1
        if least is not None:
            truths.append(compare("minimum", found, bound_of(least, self)))
        if condition.at_most is not None:
            truths.append(compare("maximum", found, bound_of(condition.at_most, self)))
        return every(truths)

    # --- dates within a span of one another ---------------------------------------------------------------------------

    def _windowed(self, condition: ItemsCondition, leaves: list[Leaf], span: Within) -> Truth:
        if len(leaves) > _MANY_DATES:
            return undecided("dates within a span")
        dates = Dates(self, leaves, span)
        return dates.all_together() if condition.every else self._quantified(condition, dates.most_together())

    # --- measures -------------------------------------------------------------------------------------------------

    def number(self, measure: str) -> Range:
        """Return a measure's number."""
        if measure not in self._numbers and self.instead is not None:
            self.instead(measure)
        if measure not in self._numbers:
            self._numbers[measure] = self._measure(self.definition.words.measures[measure])
        return self._numbers[measure]

    def _measure(self, measure: Measure) -> Range:
        match measure:
            case SumMeasure():
                return Adder(self).sum(measure)
            case HighestMeasure():
                return Adder(self).highest(measure)
            case LowestMeasure():
                return Adder(self).lowest(measure)
            case CountMeasure():
                return self._count(measure)
            case ProductMeasure():
                return self._product(measure.product)
            case QuotientMeasure():
                first, second = (bound_of(number, self) for number in measure.quotient)
                return divided(measure, first, second)
            case YearsMeasure():
                return self._elapsed("years", measure.years)
            case MonthsMeasure():
                return self._elapsed("months", measure.months)
            case DaysMeasure():
                return self._elapsed("days", measure.days)
            case ConstantMeasure():
                return exactly(exact(measure.constant))
        assert_never(measure)

    def _product(self, numbers: Iterable[Number]) -> Range:
        found = exactly(1)
        for number in numbers:
            found = multiplied(found, bound_of(number, self))
        return found

    def _elapsed(self, unit: str, span: Span) -> Range:
        ends = []
        for pointer in (span.from_, span.to):
            question = self.definition.questions[pointer]
            spot = Spot(question, question.keys, True)
            answer = as_read(self.sheet.answer(question, question.keys), draft=self.draft)
            ends.append((answer, self.asked_at(spot)))
        (start, start_asked), (finish, finish_asked) = ends
        assert start.day is not None
        assert finish.day is not None
        known = all_of((start.given, finish.given, start_asked.holds, finish_asked.holds))
        number = chosen(known, exactly(elapsed(unit, start.day, finish.day)), UNBOUNDED)
        return Range(number.low, number.high, every((start_asked, finish_asked)))

    def _count(self, measure: CountMeasure) -> Range:
        if isinstance(measure.count, AssessmentSelection):
            truths = [self._level_is(measure.count, name) for name in measure.count.assessments]
            return Range(
                end(how_many(truth.holds for truth in truths)), end(how_many(truth.possible for truth in truths)), TRUE
            )
        selection: Selection = measure.count
        leaves = self.leaves(selection.items, selection.match, selection.when, None, ())
        span = selection.match.within
        zero = measure.missing == "zero" and not self.draft
        if span is None or span.before is not None:
            found = counted(leaves, zero=zero)
        elif len(leaves) > _MANY_DATES:
            found = havoc("dates within a span")
        else:
            found = Dates(self, leaves, span).most_together(zero=zero)
        asked = some(
            [
                *(self.asked_at(leaf.spot) for leaf in leaves if ROW not in leaf.spot.question.keys),
                *self.tables_of(selection.items),
            ]
        )
        return Range(found.low, found.high, asked)

    def ends_of_count(self, measure: CountMeasure, selection: Selection) -> list[tuple[End, End]] | None:
        """Return the bounds that a count's bounds are the sums of, one by one; None where they are no plain sums."""
        if selection.match.within is not None and selection.match.within.before is None:
            return None
        zero = measure.missing == "zero" and not self.draft
        found = []
        for leaf in self.leaves(selection.items, selection.match, selection.when, None, ()):
            one = counted([leaf], zero=zero)
            if zero and leaf.spot.rows_unknown:
                return None
            found.append((one.low, one.high))
        return found

    def assume(self, measure: str, number: Range) -> None:
        """Take a number for a measure's in the place of what its answers make."""
        self._numbers[measure] = number

    # --- assessments ------------------------------------------------------------------------------------------------

    def assessment(self, name: str) -> Assessed:
        """Return the levels that are possible, and what the rules and adjustments say."""
        if name not in self._assessed:
            self._assessed[name] = assessed(self, self._assessments[name])
        return self._assessed[name]

    def _level_is(self, asked: AssessmentCondition | AssessmentSelection, name: str) -> Truth:
        found, definition = self.assessment(name), self._assessments[name]
        cases = [
            (level, possible)
            for level, possible in zip((None, *(level.id for level in definition.levels)), found.possible, strict=True)
        ]
        truths = [(possible, level_matches(asked, level, definition)) for level, possible in cases]
        return Truth(
            all_of(opposite(possible) for possible, matches in truths if not matches),
            all_of(opposite(possible) for possible, matches in truths if matches),
        )


def counted(leaves: list[Leaf], *, zero: bool = False) -> Range:
    """Return how many of the selected answers match: certainly, and at the most.

    Args:
        leaves: the selected answers.
        zero: whether one that is not known is not counted.
    """
    truths = [every((leaf.counted, leaf.matches)) for leaf in leaves]
    low = how_many(truth.holds for truth in truths)
    known = [(leaf, truth) for leaf, truth in zip(leaves, truths, strict=True) if not leaf.spot.rows_unknown]
    rows_open = any_of(leaf.counted.possible for leaf in leaves if leaf.spot.rows_unknown)
    if not zero:
        return Range(end(low), End(how_many(truth.possible for _, truth in known), rows_open), TRUE)
    high = how_many(all_of((leaf.counted.possible, leaf.matches.holds)) for leaf, _ in known)
    return Range(end(low), end(choose(rows_open, low, high)), TRUE)
