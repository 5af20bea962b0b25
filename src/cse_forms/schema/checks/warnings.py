"""What is awkward in a definition that is none the less right: it may be meant so, and often is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cse_forms import pointers
from cse_forms.schema.checks.ages import doubtful_limits
from cse_forms.schema.checks.possibilities import Possibilities
from cse_forms.schema.checks.said import Said, conditions_in, said_conditions
from cse_forms.schema.checks.truths import Truths
from cse_forms.schema.checks.unread import unread_items
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentSelection,
    CountMeasure,
    HighestMeasure,
    ItemsCondition,
    ItemsTerm,
    Measure,
    MeasureCondition,
    MeasureTerm,
    NamedCondition,
    NotCondition,
    SumMeasure,
)
from cse_forms.schema.definition import Definition

MAX_WARNINGS = 100


class Awkward(NamedTuple):
    """What is awkward, and where in the document."""

    pointer: str
    code: str
    """A name that stays the same, such as "counted-twice"."""
    message: str


def find_warnings(definition: Definition) -> list[Awkward]:
    """Return what is awkward in a definition, in no order; of very much, the beginning."""
    return list(islice(_all(definition), MAX_WARNINGS))


def _all(definition: Definition) -> Iterator[Awkward]:
    yield from _counted_twice(definition)
    for pointer, title in unread_items(definition):
        message = f"no rule reads this, while what stands beside it is read: {title}"
        yield Awkward(pointer, "not-read", message)
    possibilities = Possibilities(definition)
    said = list(said_conditions(definition))
    yield from _certain(possibilities, said)
    for one in said:
        for limit in doubtful_limits(definition, one.words, one.condition) if one.words else ():
            message = f"the words say '{limit.words}', that is {limit.meant}; the condition takes {limit.said}"
            yield Awkward(one.at, "age-limit", message)
        yield from _not_over_nothing(possibilities, one)


def _counted_twice(definition: Definition) -> Iterator[Awkward]:
    """What one measure adds up twice, itself or through the measures that it reads."""
    counted: dict[str, frozenset[str]] = {}
    for name, measure in definition.words.measures.items():
        _count(definition, name, counted)
        if not isinstance(measure, SumMeasure):
            continue
        first: dict[str, int] = {}
        for index, term in enumerate(measure.sum):
            own = _counted_by(definition, term, counted)
            again = [pointer for pointer in sorted(own) if pointer in first]
            if again:
                others = f" and {len(again) - 1} more" if len(again) > 1 else ""
                message = f"{again[0]}{others} counts here and in term {first[again[0]] + 1} too"
                yield Awkward(f"/x-form/measures/{pointers.escape(name)}/sum/{index}", "counted-twice", message)
            for pointer in own:
                first.setdefault(pointer, index)


def _count(definition: Definition, name: str, counted: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the questions whose answers a measure counts or adds up."""
    if name not in counted:
        found: set[str] = set()
        measure: Measure = definition.words.measures[name]
        if isinstance(measure, CountMeasure) and not isinstance(measure.count, AssessmentSelection):
            found = {question.pointer for question in definition.select(measure.count.items)}
        elif isinstance(measure, SumMeasure | HighestMeasure):
            for term in measure.sum if isinstance(measure, SumMeasure) else measure.highest:
                found |= _counted_by(definition, term, counted)
        counted[name] = frozenset(found)
    return counted[name]


def _counted_by(
    definition: Definition, term: ItemsTerm | MeasureTerm, counted: dict[str, frozenset[str]]
) -> frozenset[str]:
    if isinstance(term, MeasureTerm):
        return _count(definition, term.measure, counted)
    return frozenset(question.pointer for question in definition.select(term.items))


def _certain(possibilities: Possibilities, said: list[Said]) -> Iterator[Awkward]:
    """What no answer can make hold, or none can make fail; what stands in a shape, if that is so in every row."""
    found: dict[str, list[Truths]] = {}
    shown: dict[str, Said] = {}
    for one in said:
        told: set[str] = set()
        for inner in reversed(list(conditions_in(possibilities.definition, one))):
            # What is certain inside another condition is told there; a named one, where it is said.
            if inner.at in told or isinstance(inner.condition, NamedCondition):
                continue
            truths = possibilities.of_condition(inner.condition, inner.row)
            found.setdefault(inner.at, []).append(truths)
            shown[inner.at] = inner
            if _is_certain([truths]):
                told |= set(_around(inner.at, one.at))
    for at, truths_found in found.items():
        if _is_certain(truths_found):
            never = not truths_found[0].holds
            reason = _reason(possibilities, shown[at]) if never else ""
            code, message = ("never-holds", "hold") if never else ("always-holds", "fail")
            yield Awkward(at, code, f"no answer can make this {message}{reason}")


def _around(at: str, outermost: str) -> Iterator[str]:
    """Yield the pointers of all that a part stands in, up to one of them."""
    while len(at) > len(outermost):
        at = at.rpartition("/")[0]
        yield at


def _is_certain(truths: list[Truths]) -> bool:
    """Whether something never holds, wherever it is asked, or never fails."""
    return not any(one.holds for one in truths) or not any(one.fails for one in truths)


def _reason(possibilities: Possibilities, said: Said) -> str:
    condition = said.condition
    if isinstance(condition, ItemsCondition) and isinstance(condition.at_least, int) and not condition.every:
        most = possibilities.most_matching(condition, said.row)
        return f": at most {most} of the selected answers can match, and {condition.at_least} must"
    return ""


def _not_over_nothing(possibilities: Possibilities, said: Said) -> Iterator[Awkward]:
    """A `not` over a measure without a value: over such a one nothing holds, and so the `not` does."""
    for inner in conditions_in(possibilities.definition, said):
        if not isinstance(inner.condition, NotCondition):
            continue
        asked = inner.condition.not_
        members = asked.all if isinstance(asked, AllCondition) else asked.any if isinstance(asked, AnyCondition) else ()
        for one in members or (asked,):
            if (
                isinstance(one, MeasureCondition)
                and one.match.answered is None
                and possibilities.reaches[one.measure].may_be_absent
            ):
                message = f"this holds too where '{one.measure}' has no value; ask for 'answered' beside it"
                yield Awkward(inner.at, "not-over-no-value", message)
                break
