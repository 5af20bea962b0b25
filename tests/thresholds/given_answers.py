"""What the solver's reading says of answers that are fixed, to be held against what `evaluate` says of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3

from cse_forms.pointers import BLANK, value_at
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Table
from cse_forms.thresholds.proving.answers import Answer, Keys, Rows, Sheet, blank, fixed
from cse_forms.thresholds.proving.encode import Encoding
from cse_forms.thresholds.proving.logic import Amount, Truth, amount
from cse_forms.thresholds.proving.ranges import End, Range
from cse_forms.thresholds.proving.search import prompt_truth

OPEN = "the encoding leaves this open"


class GivenSheet(Sheet):
    """A response that is fixed."""

    def __init__(self, definition: Definition, answers: dict[str, Any]) -> None:
        super().__init__(definition, rows=4)
        self._given = answers

    def _made(self, question: Question, keys: Keys) -> Answer:
        value = value_at(self._given, keys)
        return blank(question) if value is BLANK else fixed(question, value)

    def _made_rows(self, table: Table, keys: Keys) -> Rows:
        rows = value_at(self._given, keys)
        return Rows(rows is not BLANK, amount(0 if rows is BLANK else len(rows)))


def said_by_the_solver(definition: Definition, answers: dict[str, Any], *, draft: bool) -> dict[str, Any]:
    """Return the measures, levels, rules, adjustments, prompts and checks as the solver's terms have them."""
    encoding = Encoding(definition, GivenSheet(definition, answers), draft=draft)
    words = definition.words
    found: dict[str, Any] = {}
    for name in words.measures:
        found[f"measure {name}"] = _number(encoding.number(name))
    for assessment in words.assessments:
        assessed = encoding.assessment(assessment.id)
        levels = [None, *(level.id for level in assessment.levels)]
        possible = [_plain(one) for one in assessed.possible]
        found[f"levels of {assessment.id}"] = (
            OPEN if OPEN in possible else [level for level, one in zip(levels, possible, strict=True) if one]
        )
        found[f"clash of {assessment.id}"] = _plain(assessed.clash)
        found[f"{assessment.id} applies"] = _truth(assessed.applies)
        for rule, gift in zip(assessment.rules, assessed.gifts, strict=True):
            gives = [_plain(gift.nothing), *(_plain(one) for one in gift.levels)]
            found[f"{assessment.id}: {rule.id}"] = (
                OPEN if OPEN in gives else [level for level, one in zip(levels, gives, strict=True) if one]
            )
        for adjustment, truth in zip(assessment.adjustments, assessed.adjustments, strict=True):
            found[f"{assessment.id}: {adjustment.id}"] = _truth(truth)
    for prompt in words.prompts:
        found[f"prompt {prompt.id}"] = _truth(prompt_truth(encoding, prompt.id))
    for check in words.checks:
        found[f"check {check.id}"] = _truth(encoding.condition(check.when))
    return found


def said_by_evaluate(form: Any, answers: dict[str, Any], *, draft: bool) -> dict[str, Any]:
    """Return the same as the library evaluates it."""
    outcome = form.evaluate(answers, draft=draft)
    found: dict[str, Any] = {}
    for name, measure in outcome.measures.items():
        interval = measure.interval
        ends = (interval.lowest, interval.highest)
        found[f"measure {name}"] = (*(None if end is None else Fraction(end) for end in ends), interval.has_value)
    for name, assessment in outcome.assessments.items():
        found[f"levels of {name}"] = list(assessment.possible)
        found[f"clash of {name}"] = assessment.clash
        found[f"{name} applies"] = assessment.applies
        for rule in assessment.rules:
            found[f"{name}: {rule.id}"] = list(rule.gives)
        for adjustment in assessment.adjustments:
            found[f"{name}: {adjustment.id}"] = adjustment.truth
    for prompt in outcome.prompts:
        found[f"prompt {prompt.id}"] = prompt.truth
    for check in outcome.evaluation.checks:
        found[f"check {check.id}"] = check.truth
    return found


def disagreements(form: Any, answers: dict[str, Any], *, draft: bool) -> list[str]:
    """Return what the two readings say differently; what the encoding leaves open is no disagreement."""
    solver = said_by_the_solver(form.definition, answers, draft=draft)
    library = said_by_evaluate(form, answers, draft=draft)
    assert solver.keys() == library.keys()
    return [
        f"{what}: the solver says {said!r}, evaluate {library[what]!r}"
        for what, said in solver.items()
        if said != library[what] and said is not OPEN and not (isinstance(said, tuple) and OPEN in said)
    ]


def _plain(term: Any) -> Any:
    if isinstance(term, bool):
        return term
    simple = z3.simplify(term)
    return True if z3.is_true(simple) else False if z3.is_false(simple) else OPEN


def _truth(truth: Truth) -> Any:
    holds, fails = _plain(truth.holds), _plain(truth.fails)
    if OPEN in {holds, fails}:
        return OPEN
    assert not (holds and fails)
    return True if holds else False if fails else None


def _number(number: Range) -> Any:
    present = _truth(number.present)
    if present is False:
        return None, None, False
    return _end(number.low), _end(number.high), present


def _end(end: End) -> Any:
    none = _plain(end.none)
    if none is True or none is OPEN:
        return None if none is True else OPEN
    return _amount(end.number)


def _amount(number: Amount) -> Any:
    if number.constant is not None:
        return number.constant
    simple = z3.simplify(number.term)
    if z3.is_int_value(simple):
        return Fraction(simple.as_long())
    return Fraction(simple.numerator_as_long(), simple.denominator_as_long()) if z3.is_rational_value(simple) else OPEN
