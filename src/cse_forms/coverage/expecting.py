"""A scenario that expects what comes out now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cse_forms.coverage.aims import Aim
from cse_forms.forms import Form, Outcome
from cse_forms.thresholds.intervals import Interval

if TYPE_CHECKING:
    from cse_forms.thresholds.outcome import AssessmentOutcome


def scenario_of(form: Form, aim: Aim, answers: dict[str, Any]) -> dict[str, Any]:
    """Return a whole scenario as scenarios.json has it: its name says what it shows.

    Args:
        form: what is answered.
        aim: what the answers show.
        answers: of a complete response.
    """
    text = aim.text if aim.kind == "boundary" else f"{aim.kind.capitalize()} {aim.text}"
    return {
        "name": f"{text[:1].upper()}{text[1:]}.",
        "answers": answers,
        "expect": _expected(form.evaluate(answers), valid=form.validate(answers).valid),
    }


def _expected(outcome: Outcome, *, valid: bool) -> dict[str, Any]:
    expect: dict[str, Any] = {"valid": valid, "findings": [finding.code for finding in outcome.findings]}
    numbers = {name: measure.interval for name, measure in outcome.measures.items()}
    known = {name: number for name, number in numbers.items() if not number.is_unbounded or number.has_value is False}
    if known:
        expect["measures"] = {name: _number(number) for name, number in known.items()}
    if outcome.assessments:
        expect["assessments"] = {name: _level(found) for name, found in outcome.assessments.items()}
    expect["prompts"] = [prompt.id for prompt in outcome.evaluation.shown_prompts]
    return expect


def _number(interval: Interval) -> Any:
    if interval.has_value is False:
        return "no value"
    found = interval.to_dict()
    if interval.is_exact:
        return found["lowest"]
    return found if interval.has_value is None else {"lowest": found["lowest"], "highest": found["highest"]}


def _level(outcome: AssessmentOutcome) -> dict[str, Any]:
    found = outcome.to_dict()
    expect = {word: found[word] for word in ("lowest", "highest", "determined")}
    expect |= {word: found[word] for word, usual in (("applies", True), ("clash", False)) if found[word] is not usual}
    for word in ("rules", "adjustments"):
        expect[word] = [member["id"] for member in found[word] if member["state"] == "holds"]
    judgement, asked = outcome.judgement, outcome.assessment.judgement
    if judgement is not None and asked is not None and asked.may != "differ":
        expect["permitted"] = list(judgement.permitted)
    return expect
