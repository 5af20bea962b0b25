"""Scenarios run: whether what their authors expect comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from cse_forms import pointers
from cse_forms.forms import Form
from cse_forms.schema.scenarios import Expected, ExpectedInterval, Scenario

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

    from cse_forms.thresholds.outcome import AssessmentOutcome

SCENARIO_FILE = "scenarios.json"
"""What the file of scenarios beside a definition is called."""
NO_VALUE = "no value"
"""How a scenario expects that a measure has no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A scenario that did not come out as its author expects."""

    scenario: str
    what: str
    """Such as "assessments/risk/lowest"."""
    pointer: str
    """Where in the scenario it is said, such as /expect/assessments/risk/lowest."""
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"scenario '{self.scenario}': {self.what} is {_shown(self.found)}, not {_shown(self.expected)}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"scenario": self.scenario, "what": self.what, "expected": self.expected, "found": self.found}


def run_scenario(form: Form, scenario: Scenario) -> Iterator[Difference]:
    """Yield what a scenario expects and does not find; a stock JSON Schema validator is asked as well."""
    outcome = form.evaluate(scenario.answers, draft=scenario.draft)
    report = outcome.report
    expect = scenario.expect
    found: list[_Compared] = [
        ("valid", "/expect/valid", expect.valid, report.valid),
        ("findings", "/expect/findings", expect.findings, tuple(finding.code for finding in report.findings)),
        (
            "prompts",
            "/expect/prompts",
            expect.prompts,
            tuple(prompt.id for prompt in outcome.evaluation.shown_prompts),
        ),
    ]
    if not scenario.draft:
        stock = _stock_validator(form).is_valid(scenario.answers)
        found.append(("valid by a stock validator", "/answers", report.valid, stock))
    for name, expected in (expect.measures or {}).items():
        is_known = name in form.definition.words.measures
        came = outcome.evaluation.number(name).to_dict() if is_known else "no such measure"
        found.append((f"measures/{name}", f"/expect/measures/{pointers.escape(name)}", _bounds(expected), came))
    found += _assessments(expect, outcome.assessments)
    if expect.valid is None and expect.findings is None:
        # A slip in the answers would otherwise go unseen: what the form has no question for changes nothing.
        for finding in report.findings:
            if finding.severity == "error" and finding.code not in _GAPS:
                slip = f"a slip ({finding.code}): {finding.message}"
                found.append((f"the answer at {finding.pointer}", f"/answers{finding.pointer}", _ACCEPTED, slip))
    for what, pointer, expected, came in found:
        if expected is not None and expected != came:
            yield Difference(scenario=scenario.name, what=what, pointer=pointer, expected=expected, found=came)


_Compared: TypeAlias = tuple[str, str, Any, Any]
"""What is compared, where in the scenario it is said, what is expected, and what came out."""

_GAPS = frozenset({"missing-answer", "too-few"})
"""What is wrong with answers that are not complete, and may be left out of a scenario."""
_ACCEPTED = "one that the form accepts; say 'valid' or 'findings' in 'expect' if it is meant so"


def _assessments(expect: Expected, outcomes: Mapping[str, AssessmentOutcome]) -> Iterator[_Compared]:
    for name, expected in (expect.assessments or {}).items():
        # Only those that are asked about: to write all of them out takes most of the time of a scenario.
        outcome = outcomes[name].to_dict() if name in outcomes else None
        for word in (word for word in type(expected).model_fields if word in expected.model_fields_set):
            what, at = f"assessments/{name}/{word}", f"/expect/assessments/{pointers.escape(name)}/{word}"
            wanted = getattr(expected, word)
            if outcome is None:
                yield what, at, wanted, "no such assessment"
                continue
            holder: dict[str, Any] = (outcome["judgement"] or {}) if word == "permitted" else outcome
            came: Any = holder.get(word)
            if word in {"rules", "adjustments"}:
                came = [member["id"] for member in came if member["state"] == "holds"]
            # An expected null is compared too: it says "no level".
            yield what, at, _marked(wanted), _marked(tuple(came) if isinstance(came, list) else came)


def _marked(value: Any) -> Any:
    return "no level" if value is None else value


def _bounds(expected: Any) -> dict[str, Any]:
    if isinstance(expected, ExpectedInterval):
        return {"lowest": expected.lowest, "highest": expected.highest, "has_value": expected.has_value}
    if expected == NO_VALUE:
        return {"lowest": None, "highest": None, "has_value": False}
    return {"lowest": expected, "highest": expected, "has_value": True}


@lru_cache(maxsize=4)
def _stock_validator(form: Form) -> Draft202012Validator:
    """Return the reference implementation, so that a definition that only this library reads aright is noticed."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator(dict(form.schema), format_checker=Draft202012Validator.FORMAT_CHECKER)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value)) or "nothing"
    if isinstance(value, dict):
        lowest, highest = value["lowest"], value["highest"]
        if value["has_value"] is False:
            return NO_VALUE
        if value["has_value"] is None:
            return f"{_bound(lowest)} to {_bound(highest)}, or {NO_VALUE}"
        return str(lowest) if lowest == highest is not None else f"{_bound(lowest)} to {_bound(highest)}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "no level" if value is None else str(value)


def _bound(number: Any) -> str:
    return "any number" if number is None else str(number)
