"""Measures and bands written as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from cse_forms.schema.conditions import (
    AssessmentSelection,
    ConstantMeasure,
    Counted,
    CountMeasure,
    DaysMeasure,
    HighestMeasure,
    ItemsTerm,
    LowestMeasure,
    Measure,
    MeasureTerm,
    MonthsMeasure,
    Number,
    ProductMeasure,
    Prorated,
    QuotientMeasure,
    Scale,
    Selection,
    Span,
    Step,
    SumMeasure,
    Term,
    YearsMeasure,
)
from cse_forms.schema.vocabulary import Band
from cse_forms.thresholds.in_text.said import (
    in_brackets,
    in_order,
    level_text,
    match_text,
    selector_text,
    where_text,
    within,
)
from cse_forms.thresholds.in_text.spelling import ROUNDS, number, word


def measure_text(measure: Measure, written: Any = None) -> str:
    """Return a measure as text, without its title.

    Args:
        measure: what is written.
        written: the JSON that it was read from, if its words are to keep their order.
    """
    match measure:
        case SumMeasure():
            return f"sum of {_terms(measure.sum, within(written, 'sum'))}{_gap(measure)}"
        case HighestMeasure():
            return f"highest of {_terms(measure.highest, within(written, 'highest'))}{_gap(measure)}"
        case LowestMeasure():
            return f"lowest of {_terms(measure.lowest, within(written, 'lowest'))}{_gap(measure)}"
        case CountMeasure():
            return f"count of {_counted(measure.count, within(written, 'count'))}{_gap(measure)}"
        case ProductMeasure():
            return f"product of {in_brackets([number(one) for one in measure.product])}"
        case QuotientMeasure():
            return _quotient(measure, written)
        case YearsMeasure():
            return f"years {_span(measure.years)}"
        case MonthsMeasure():
            return f"months {_span(measure.months)}"
        case DaysMeasure():
            return f"days {_span(measure.days)}"
        case ConstantMeasure():
            return f"constant {number(measure.constant)}"
        case _:
            assert_never(measure)


def bands_text(bands: Iterable[Band]) -> str:
    """Return the bands of a rule, each on a line: "from 6: medium"."""
    return "\n".join(f"{_bounds(band)}: {word(band.level)}" for band in bands)


def _bounds(band: Band) -> str:
    if band.from_ is not None and band.to is not None:
        return f"{number(band.from_)} to {number(band.to)}"
    if band.from_ is not None:
        return f"from {number(band.from_)}"
    return "all others" if band.to is None else f"to {number(band.to)}"


def _terms(terms: tuple[Term, ...], written: Any) -> str:
    return in_brackets([_term(term, within(written, at)) for at, term in enumerate(terms)])


def _term(term: Term, written: Any) -> str:
    match term:
        case ItemsTerm():
            what = selector_text(term.items)
        case MeasureTerm():
            what = f"measure {word(term.measure)}"
        case _:
            assert_never(term)
    said = _weighing(term)
    if term.choose:
        scales = [_scale(scale, within(within(written, "choose"), at)) for at, scale in enumerate(term.choose)]
        said["choose"] = f"by case {in_brackets(scales)}"
    if term.times is not None:
        said["times"] = f"times {number(term.times)}"
    if term.when is not None:
        said["when"] = where_text(term.when, written)
    return " ".join([what, *in_order(said, written)])


def _scale(scale: Scale, written: Any) -> str:
    said = _weighing(scale)
    if scale.when is not None:
        said["when"] = where_text(scale.when, written)
    return " ".join(in_order(said, written)) or "as it is"


def _weighing(weighing: Scale | ItemsTerm | MeasureTerm) -> dict[str, str]:
    """Return how something is weighed."""
    said: dict[str, str] = {}
    if weighing.weights is not None:
        said["weights"] = f"weighing {_weights(weighing.weights)}"
    if weighing.steps:
        said["steps"] = f"in steps {in_brackets([_step(step) for step in weighing.steps], ',')}"
    return said


def _weights(weights: Mapping[str, Number]) -> str:
    return in_brackets([f"{word(option)}: {number(weight)}" for option, weight in weights.items()], ",")


def _step(step: Step) -> str:
    if step.maximum is not None:
        bound = f"up to {number(step.maximum)}"
    elif step.exclusive_maximum is not None:
        bound = f"less than {number(step.exclusive_maximum)}"
    else:
        bound = "all others"
    return f"{bound}: {number(step.weight)}"


def _gap(measure: SumMeasure | HighestMeasure | LowestMeasure | CountMeasure) -> str:
    """Return what a blank or Not Known answer does, where it is said."""
    if "missing" not in measure.model_fields_set:
        return ""
    if isinstance(measure.missing, Prorated):
        prorate = measure.missing.prorate
        rounded = "" if prorate.round is None else f", rounded {ROUNDS[prorate.round]}"
        return f", scaled up from at least {number(prorate.answered)} answered{rounded}"
    return ", a gap counts as zero" if measure.missing == "zero" else ", a gap leaves it unknown"


def _counted(counted: Counted, written: Any) -> str:
    match counted:
        case Selection():
            where = "" if counted.when is None else f", {where_text(counted.when, written)}"
            return f"{selector_text(counted.items)} {match_text(counted.match, within(written, 'match'))}{where}"
        case AssessmentSelection():
            return f"assessments {', '.join(map(word, counted.assessments))} {level_text(counted, written)}"
        case _:
            assert_never(counted)


def _quotient(measure: QuotientMeasure, written: Any) -> str:
    said: dict[str, str] = {}
    if measure.round is not None:
        said["round"] = f"rounded {ROUNDS[measure.round]}"
    if "decimals" in measure.model_fields_set:
        said["decimals"] = f"to {measure.decimals} decimals"
    numbers = in_brackets([number(one) for one in measure.quotient])
    return ", ".join([f"quotient of {numbers}", *in_order(said, written)])


def _span(span: Span) -> str:
    return f"from {word(span.from_)} to {word(span.to)}"
