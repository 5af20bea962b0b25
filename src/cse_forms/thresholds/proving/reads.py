"""Which answers a form's rules read, and what they ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    ItemsTerm,
    LowestMeasure,
    Match,
    Measure,
    MeasureCondition,
    MeasureReference,
    MonthsMeasure,
    NamedCondition,
    NotCondition,
    ProductMeasure,
    QuotientMeasure,
    Selection,
    SumMeasure,
    Term,
    UnsettledCondition,
    YearsMeasure,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question, Section
from cse_forms.schema.vocabulary import Assessment
from cse_forms.schema.words import Word


@dataclass(frozen=True, slots=True)
class Read:
    """One place in the rules at which the answer to a question is read."""

    question: Question
    by: str
    """The words that read it; of those that begin with `./`, nothing, since each row has its own."""
    match: Match | None = None
    """What is asked of it; None where its number, date or level is taken."""
    term: ItemsTerm | None = None
    """The term that weighs it."""
    measure: str | None = None
    """The measure that the term belongs to."""
    asks_for: bool = False
    """Whether the rule asks that such answers be there: one of them, or so many."""


class Reader:
    """Follows conditions and measures to the answers that they read."""

    def __init__(self, definition: Definition, *, follow: bool) -> None:
        """Make a reader.

        Args:
            definition: the form's.
            follow: whether named conditions, measures and assessments are followed.
        """
        self._definition = definition
        self._follow = follow
        self._seen: set[tuple[str, str, bool]] = set()

    def all(self) -> Iterator[Read]:
        """Yield every read of the form's rules, and of what is asked on a condition."""
        words = self._definition.words
        for condition in words.conditions.values():
            yield from self.condition(condition)
        for name, measure in words.measures.items():
            yield from self.measure(name, measure)
        for assessment in words.assessments:
            yield from self.assessment(assessment)
        for prompt in words.prompts:
            if prompt.when is not None:
                yield from self.condition(prompt.when)
        for check in words.checks:
            yield from self.condition(check.when)
        for item in self._definition.walk():
            if item.words.show_when is not None:
                yield from self.condition(item.words.show_when, item.holder)

    def assessment(self, assessment: Assessment) -> Iterator[Read]:
        """Yield what an assessment reads."""
        for rule in assessment.rules:
            if rule.when is not None:
                yield from self.condition(rule.when)
            if rule.measure is not None:
                yield from self._measure_named(rule.measure, positive=True)
            for band in rule.bands:
                yield from self._numbers(band)
            for source in rule.level_of or ():
                if source.startswith("/"):
                    for question in self._definition.select((source,)):
                        yield Read(question, f"level of {source}")
                else:
                    yield from self._assessment_named(source)
        for adjustment in assessment.adjustments:
            yield from self.condition(adjustment.when)
        if assessment.show_when is not None:
            yield from self.condition(assessment.show_when)

    def condition(self, condition: Condition, start: Item | None = None, *, positive: bool = True) -> Iterator[Read]:
        """Yield what a condition reads.

        Args:
            condition: from the definition.
            start: the object or row that `./` starts at.
            positive: whether it is asked that the condition hold, and not that it fail.
        """
        match condition:
            case ItemsCondition():
                quantified = condition.every or condition.at_most is not None
                yield from self._selection(condition, start, asks_for=positive and not quantified)
                for number in (condition.at_least, condition.at_most):
                    if isinstance(number, MeasureReference):
                        yield from self._measure_named(number.measure, positive=positive)
            case MeasureCondition():
                yield from self._measure_named(condition.measure, positive=positive)
                yield from self._numbers(condition.match)
            case AssessmentCondition():
                yield from self._assessment_named(condition.assessment)
            case NamedCondition():
                yield from self._condition_named(condition.condition, positive=positive)
            case UnsettledCondition():
                return
            case AllCondition() | AnyCondition():
                parts = condition.all if isinstance(condition, AllCondition) else condition.any
                for part in parts:
                    yield from self.condition(part, start, positive=positive)
            case NotCondition():
                yield from self.condition(condition.not_, start, positive=not positive)
            case _:
                assert_never(condition)

    def measure(self, name: str, measure: Measure, *, positive: bool = True) -> Iterator[Read]:
        """Yield what a measure reads."""
        match measure:
            case SumMeasure():
                for term in measure.sum:
                    yield from self._term(name, term)
                yield from self._numbers(measure.missing)
            case HighestMeasure():
                for term in measure.highest:
                    yield from self._term(name, term)
            case LowestMeasure():
                for term in measure.lowest:
                    yield from self._term(name, term)
            case CountMeasure():
                if isinstance(measure.count, AssessmentSelection):
                    for assessment in measure.count.assessments:
                        yield from self._assessment_named(assessment)
                else:
                    yield from self._selection(measure.count, None, asks_for=positive)
            case ProductMeasure() | QuotientMeasure():
                yield from self._numbers(measure)
            case YearsMeasure() | MonthsMeasure() | DaysMeasure():
                for span in (getattr(measure, word) for word in ("years", "months", "days") if hasattr(measure, word)):
                    for pointer in (span.from_, span.to):
                        yield Read(self._definition.questions[pointer], repr(measure))
            case ConstantMeasure():
                return
            case _:
                assert_never(measure)

    def _selection(
        self, selection: ItemsCondition | Selection, start: Item | None, *, asks_for: bool
    ) -> Iterator[Read]:
        base = start if isinstance(start, Section) else None
        for selector in selection.items:
            relative = isinstance(selector, str) and selector.startswith("./")
            for question in self._definition.select((selector,), base):
                by = repr(selection)
                if relative and base is not None:
                    # One that stands right beside is another one in each row; what is further off is told by its place.
                    by = "" if question.holder is base else f"{base.keys} {by}"
                yield Read(question, by, match=selection.match, asks_for=asks_for)
                if selection.when is not None:
                    yield from self.condition(selection.when, question.holder)
                within = selection.match.within
                if within is not None and within.before is not None:
                    yield from self._date(within.before, question)
        yield from self._numbers(selection.match)

    def _date(self, pointer: str, question: Question) -> Iterator[Read]:
        start = question.holder if isinstance(question.holder, Section) else None
        for found in self._definition.select((pointer,), start):
            own = pointer.startswith("./") and found.holder is start
            yield Read(found, "" if own else f"before {pointer} of {question.keys}")

    def _term(self, name: str, term: Term) -> Iterator[Read]:
        if isinstance(term, ItemsTerm):
            for question in self._definition.select(term.items):
                yield Read(question, repr(term), term=term, measure=name)
                for condition in (term.when, *(scale.when for scale in term.choose)):
                    if condition is not None:
                        yield from self.condition(condition, question.holder)
        else:
            yield from self._measure_named(term.measure, positive=True)
            for condition in (term.when, *(scale.when for scale in term.choose)):
                if condition is not None:
                    yield from self.condition(condition)
        yield from self._numbers(term)

    def _numbers(self, word: Any) -> Iterator[Read]:
        """Yield what the measures read that a word takes its numbers from."""
        for name in references(word):
            yield from self._measure_named(name, positive=True)

    def _measure_named(self, name: str, *, positive: bool) -> Iterator[Read]:
        if self._is_new("measure", name, positive):
            yield from self.measure(name, self._definition.words.measures[name], positive=positive)

    def _condition_named(self, name: str, *, positive: bool) -> Iterator[Read]:
        if self._is_new("condition", name, positive):
            yield from self.condition(self._definition.words.conditions[name], positive=positive)

    def _assessment_named(self, name: str) -> Iterator[Read]:
        if self._is_new("assessment", name, True):
            yield from self.assessment(next(one for one in self._definition.words.assessments if one.id == name))

    def _is_new(self, kind: str, name: str, positive: bool) -> bool:
        key = (kind, name, positive)
        if not self._follow or key in self._seen:
            return False
        self._seen.add(key)
        return True


def references(word: Any) -> Iterator[str]:
    """Yield the measures that a word takes numbers from, in all that it holds but conditions."""
    if isinstance(word, MeasureReference):
        yield word.measure
    elif isinstance(word, Word):
        for name in type(word).model_fields:
            if name != "when":
                yield from references(getattr(word, name))
    elif isinstance(word, tuple):
        for member in word:
            yield from references(member)
    elif isinstance(word, dict):
        for member in word.values():
            yield from references(member)


def asks_only_whether_answered(match: Match) -> bool:
    """Return whether a match asks for nothing but that there is an answer, or that there is none."""
    said = {word for word in match.model_fields_set if getattr(match, word) is not None or word == "const"}
    return said <= {"answered", "not_"} and (match.not_ is None or asks_only_whether_answered(match.not_))


def named_values(match: Match) -> Iterator[Any]:
    """Yield the answers that a match names as those that it asks for."""
    if "const" in match.model_fields_set:
        yield match.const
    yield from match.enum
    if match.contains is not None:
        yield from named_values(match.contains)
