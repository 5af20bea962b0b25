"""Whether the bands of a rule, and the steps over a measure, fit the numbers that can come out.

Read from a definition that has no other fault, since the numbers follow from all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from cse_forms import pointers
from cse_forms.schema.checks.said import terms_of
from cse_forms.schema.conditions import MeasureTerm, Step
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import Fault
from cse_forms.schema.ranges import number_of, reachable
from cse_forms.schema.reach import Reach, Real
from cse_forms.schema.vocabulary import Rule


class Ends(NamedTuple):
    """Where a band begins and ends, be it by the one beside it; None where there is no bound."""

    first: Real | None
    last: Real | None
    above: bool
    """Whether the first number itself lies in the band before."""
    below: bool
    """Whether the last number itself lies in the next band."""
    is_certain: bool
    """Whether no bound depends on answers."""


def range_faults(definition: Definition) -> Iterator[Fault]:
    """Whether numbers that can come out lie between bands, in two of them, or in none of a band's or step's own."""
    reaches = reachable(definition)
    for number, assessment in enumerate(definition.words.assessments):
        for index, rule in enumerate(assessment.rules):
            if rule.measure is not None:
                at = f"/x-form/assessments/{number}/rules/{index}/bands"
                yield from _band_faults(definition, at, rule, reaches[rule.measure])
    yield from _step_faults(definition, reaches)


def ends_of(definition: Definition, rule: Rule) -> list[Ends]:
    """Return where each band of a rule begins and ends."""
    found = []
    for index, band in enumerate(rule.bands):
        before = rule.bands[index - 1] if index else None
        after = rule.bands[index + 1] if index + 1 < len(rule.bands) else None
        first = band.from_ if band.from_ is not None or before is None else before.to
        last = band.to if band.to is not None or after is None else after.from_
        bounds = [bound for bound in (first, last) if bound is not None]
        found.append(
            Ends(
                number_of(definition, first),
                number_of(definition, last),
                band.from_ is None,
                band.to is None,
                all(number_of(definition, bound) is not None for bound in bounds),
            )
        )
    return found


def _band_faults(definition: Definition, at: str, rule: Rule, reach: Reach) -> Iterator[Fault]:
    for index, ends in enumerate(ends_of(definition, rule)):
        if ends.is_certain and not reach.is_within(ends.first, ends.last, above=ends.above, below=ends.below):
            yield Fault(f"{at}/{index}", f"no number lies in this band: '{rule.measure}' {_said(reach)}", "band-empty")
    for index, (band, after) in enumerate(pairwise(rule.bands), start=1):
        last, first = number_of(definition, band.to), number_of(definition, after.from_)
        if last is None or first is None:
            continue
        between = _between(reach, last, first)
        if between is not None:
            yield Fault(
                f"{at}/{index}/from", f"no band holds {between}, which '{rule.measure}' can come to", "band-gap"
            )
        shared = reach.at_least(first)
        if first <= last and shared is not None and shared <= last:
            yield Fault(f"{at}/{index}/from", f"{shown(shared)} lies in two bands", "band-overlap")


def _between(reach: Reach, last: Real, first: Real) -> str | None:
    """Return a number that can come out and lies between two bands, or None."""
    if first <= last or not reach.is_within(last, first, above=True, below=True):
        return None
    number = reach.above(last)
    dense = number is None or not last < number < first
    return f"what lies between {shown(last)} and {shown(first)}" if dense or number is None else shown(number)


def _said(reach: Reach) -> str:
    """Say between which bounds numbers come out."""
    if reach.values == ():
        return "never has a value"
    if reach.lowest is None or reach.highest is None:
        if reach.lowest is not None:
            return f"is {shown(reach.lowest)} or more"
        return "may be any number" if reach.highest is None else f"is {shown(reach.highest)} or less"
    if reach.lowest == reach.highest:
        return f"is always {shown(reach.lowest)}"
    return f"is {shown(reach.lowest)} to {shown(reach.highest)}"


def shown(number: Real) -> str:
    """Return a number as people write it, where it has few places."""
    if isinstance(number, int):
        return str(number)
    return str(number) if number.denominator % 3 == 0 else f"{float(number):g}"


def _step_faults(definition: Definition, reaches: Mapping[str, Reach]) -> Iterator[Fault]:
    """Whether the steps over another measure reach as far as its numbers do."""
    for name, measure in definition.words.measures.items():
        for place, term in terms_of(measure):
            if not isinstance(term, MeasureTerm):
                continue
            at = f"/x-form/measures/{pointers.escape(name)}/{place}"
            scales = [(f"{at}/choose/{number}", scale.steps) for number, scale in enumerate(term.choose)]
            for steps_at, steps in [(at, term.steps), *scales]:
                if steps and _exceeds(definition, reaches[term.measure], steps[-1]):
                    message = f"'{term.measure}' may be more than the last step takes; let that one have no bound"
                    yield Fault(f"{steps_at}/steps", message, "steps-end")


def _exceeds(definition: Definition, reach: Reach, last: Step) -> bool:
    bound = number_of(definition, last.maximum if last.maximum is not None else last.exclusive_maximum)
    return bound is not None and reach.is_within(bound, None, above=last.maximum is not None)
