"""The conditions of a checked definition, with the words that stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from cse_forms import pointers
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    AssessmentSelection,
    Condition,
    CountMeasure,
    HighestMeasure,
    ItemsCondition,
    ItemsTerm,
    LowestMeasure,
    Measure,
    MeasureCondition,
    NamedCondition,
    NotCondition,
    Selector,
    SumMeasure,
    Term,
    UnsettledCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Section
from cse_forms.schema.vocabulary import Assessment


@dataclass(frozen=True, slots=True)
class Said:
    """A condition, where it stands."""

    at: str
    condition: Condition
    row: Section | None = None
    """The object that `./` starts at."""
    words: str = ""
    """The id and the wording of what it stands in."""


def said_conditions(definition: Definition) -> Iterator[Said]:
    """Yield the conditions of a definition, those that stand in others left out; a shape's once for every row."""
    words = definition.words
    for name, condition in words.conditions.items():
        yield Said(f"/x-form/conditions/{pointers.escape(name)}", condition, words=name)
    for name, measure in words.measures.items():
        yield from _in_measure(definition, f"/x-form/measures/{pointers.escape(name)}", measure)
    for index, assessment in enumerate(words.assessments):
        yield from _in_assessment(f"/x-form/assessments/{index}", assessment)
    for index, prompt in enumerate(words.prompts):
        if prompt.when is not None:
            yield Said(f"/x-form/prompts/{index}/when", prompt.when, words=f"{prompt.id}\n{prompt.text}")
    for index, check in enumerate(words.checks):
        yield Said(f"/x-form/checks/{index}/when", check.when, words=f"{check.id}\n{check.text}")
    for item in definition.walk():
        holder = item.holder if isinstance(item.holder, Section) else None
        if item.words.show_when is not None:
            yield Said(f"{item.at}/x-form/showWhen", item.words.show_when, holder)
        if not isinstance(item.words.required, bool):
            yield Said(f"{item.at}/x-form/required", item.words.required, holder)


def _in_assessment(at: str, assessment: Assessment) -> Iterator[Said]:
    if assessment.show_when is not None:
        yield Said(f"{at}/showWhen", assessment.show_when)
    for index, rule in enumerate(assessment.rules):
        if rule.when is not None:
            yield Said(f"{at}/rules/{index}/when", rule.when, words=f"{rule.id}\n{rule.because}")
    for index, change in enumerate(assessment.adjustments):
        yield Said(f"{at}/adjustments/{index}/when", change.when, words=f"{change.id}\n{change.because}")
    may = assessment.judgement.may if assessment.judgement is not None else "differ"
    for index, limit in enumerate(() if isinstance(may, str) else may):
        if limit.when is not None:
            yield Said(f"{at}/judgement/may/{index}/when", limit.when, words=limit.because or "")


def _in_measure(definition: Definition, at: str, measure: Measure) -> Iterator[Said]:
    if isinstance(measure, CountMeasure) and not isinstance(measure.count, AssessmentSelection):
        yield from _at_rows(definition, f"{at}/count/when", measure.count.when, measure.count.items, None)
    for place, term in terms_of(measure):
        term_at = f"{at}/{place}"
        whens = [(term_at, term.when)]
        whens += [(f"{term_at}/choose/{number}", scale.when) for number, scale in enumerate(term.choose)]
        for when_at, when in whens:
            if isinstance(term, ItemsTerm):
                yield from _at_rows(definition, f"{when_at}/when", when, term.items, None)
            elif when is not None:
                yield Said(f"{when_at}/when", when)


def terms_of(measure: Measure) -> Iterator[tuple[str, Term]]:
    """Yield the terms of a measure that has any, each with its place inside it, such as `sum/0`."""
    match measure:
        case SumMeasure():
            word, terms = "sum", measure.sum
        case HighestMeasure():
            word, terms = "highest", measure.highest
        case LowestMeasure():
            word, terms = "lowest", measure.lowest
        case _:
            return
    for index, term in enumerate(terms):
        yield f"{word}/{index}", term


def _at_rows(
    definition: Definition, at: str, when: Condition | None, items: Selector, row: Section | None
) -> Iterator[Said]:
    """Yield a condition on the rows of selected answers, once for every row."""
    if when is None:
        return
    holders = (question.holder for question in definition.select(items, row))
    for holder in {one.keys: one for one in holders if isinstance(one, Section)}.values():
        yield Said(at, when, holder)


def conditions_in(definition: Definition, said: Said) -> Iterator[Said]:
    """Yield a condition and all that stand inside it, the outermost first."""
    yield said
    at, row = said.at, said.row
    condition = said.condition
    match condition:
        case ItemsCondition():
            for one in _at_rows(definition, f"{at}/when", condition.when, condition.items, row):
                yield from conditions_in(definition, one)
        case AllCondition():
            for index, one_of_all in enumerate(condition.all):
                yield from conditions_in(definition, Said(f"{at}/all/{index}", one_of_all, row))
        case AnyCondition():
            for index, one_of_any in enumerate(condition.any):
                yield from conditions_in(definition, Said(f"{at}/any/{index}", one_of_any, row))
        case NotCondition():
            yield from conditions_in(definition, Said(f"{at}/not", condition.not_, row))
        case MeasureCondition() | AssessmentCondition() | NamedCondition() | UnsettledCondition():
            pass
        case _:
            assert_never(condition)
