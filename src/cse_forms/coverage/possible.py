"""What no answers can show, as far as it can be told without a search: where in doubt, they may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from cse_forms.coverage.aims import Counts, Goal, Holds
from cse_forms.pointers import BLANK, escape
from cse_forms.schema.conditions import (
    AllCondition,
    AnyCondition,
    AssessmentCondition,
    Condition,
    ItemsCondition,
    MeasureCondition,
    NamedCondition,
    NotCondition,
    UnsettledCondition,
)
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question
from cse_forms.schema.places import ROW
from cse_forms.schema.ranges import may_be_hidden, number_of
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.matching import measures_of, spans_of, truth_of
from cse_forms.thresholds.sites import Start, selected

_ANY: frozenset[Truth] = frozenset({True, False, None})


def may_be_shown(definition: Definition, goal: Goal) -> bool:
    """Return False where no answers whatever can show something; True where some may."""
    if isinstance(goal, Counts):
        return True in _truths(definition, goal.reached, goal.starts)
    if not isinstance(goal, Holds):
        return True
    return goal.truth in _truths(definition, goal.condition, goal.starts)


def _truths(definition: Definition, condition: Condition, starts: tuple[Start, ...]) -> frozenset[Truth]:
    """Return what a condition may be: never less than the truth, taking its parts as independent."""
    match condition:
        case ItemsCondition():
            return _of_items(definition, condition, starts)
        case NotCondition():
            inner = _truths(definition, condition.not_, starts)
            return frozenset(None if truth is None else not truth for truth in inner)
        case AllCondition():
            return _joined([_truths(definition, part, starts) for part in condition.all], decisive=False)
        case AnyCondition():
            return _joined([_truths(definition, part, starts) for part in condition.any], decisive=True)
        case NamedCondition():
            return _truths(definition, definition.words.conditions[condition.condition], ())
        case UnsettledCondition():
            return frozenset({None})
        case MeasureCondition() | AssessmentCondition():
            return _ANY
        case _:
            assert_never(condition)


def _joined(parts: list[frozenset[Truth]], *, decisive: bool) -> frozenset[Truth]:
    """Return what several parts may come to, where one of them that is `decisive` decides."""
    found: set[Truth] = {None}
    if any(decisive in part for part in parts):
        found.add(decisive)
    if all((not decisive) in part for part in parts):
        found.add(not decisive)
    return frozenset(found)


def _of_items(definition: Definition, condition: ItemsCondition, starts: tuple[Start, ...]) -> frozenset[Truth]:
    if any(span.before is None for span in spans_of(condition.match)):
        return _ANY
    questions = selected(definition, condition.items, starts)
    # Of a condition on the same row each row has its own questions, of which too many are counted here: no harm.
    answers = [_of_answer(question, condition) for question in questions]
    may_match = sum(True in truths for truths, _ in answers)
    may_fail = any(False in truths for truths, _ in answers)
    staying = sum(not (False in truths or may_be_out) for truths, may_be_out in answers)
    most = None if any(ROW in question.keys for question in questions) else may_match
    if condition.every:
        all_may = all(True in truths or may_be_out for truths, may_be_out in answers)
        return frozenset(_said(all_may, may_fail))
    if starts:
        staying = 0
    holding, failing = [], []
    if condition.at_least is not None or condition.at_most is None:
        least = number_of(definition, condition.at_least or 1)
        holding.append(least is None or most is None or most >= least)
        failing.append(least is None or staying < least)
    if condition.at_most is not None:
        bound = number_of(definition, condition.at_most)
        holding.append(bound is None or staying <= bound)
        failing.append(bound is None or most is None or most > bound)
    return frozenset(_said(all(holding), any(failing)))


def _said(holds: bool, fails: bool) -> Iterator[Truth]:
    yield None
    if holds:
        yield True
    if fails:
        yield False


def _of_answer(question: Question, condition: ItemsCondition) -> tuple[frozenset[Truth], bool]:
    """Return what a match may be over a question's answers that are looked at, and whether one may be left out.

    It is left out where it is not asked, where its row is none that the condition looks at, and where there is no row.
    """
    may_be_out = ROW in question.keys or may_be_hidden(question)
    match, when = condition.match, condition.when
    if any(measures_of(match)) or any(spans_of(match)) or question.kind not in {Kind.CHOICE, Kind.TICK}:
        return _ANY, may_be_out or when is not None
    values = [True, False] if question.kind is Kind.TICK else [option.value for option in question.options]
    truths: set[Truth] = set()
    for value in (*values, BLANK):
        looked_at = frozenset({True}) if when is None else _of_own_row(question, when, value)
        may_be_out = may_be_out or False in looked_at
        if True in looked_at:
            truths.add(truth_of(question, match, value, draft=False))
    return frozenset(truths), may_be_out


def _of_own_row(question: Question, when: Condition, value: Any) -> frozenset[Truth]:
    """Return what a condition on an answer's row may be; more is known where it speaks of the answer itself."""
    if isinstance(when, NotCondition):
        return frozenset(None if truth is None else not truth for truth in _of_own_row(question, when.not_, value))
    if isinstance(when, ItemsCondition) and when.items == (f"./{escape(question.keys[-1])}",):
        match = when.match
        is_plain = when.at_least is None and when.at_most is None and when.when is None
        if is_plain and not any([*measures_of(match), *spans_of(match)]):
            return frozenset({truth_of(question, match, value, draft=False)})
    return _ANY
