"""Is a definition fit to be used? Its document, its derived rules, its scenarios, and what its author must know of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cse_forms import pointers
from cse_forms.errors import CseFormsError, DefinitionError, Problem
from cse_forms.forms import Form
from cse_forms.reading import read_file
from cse_forms.schema.catalogue import FORM_FILE, load_file
from cse_forms.schema.checks.warnings import Awkward, find_warnings
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import Fault
from cse_forms.schema.loading import located
from cse_forms.schema.scenarios import Expected, ExpectedInterval, Scenario, load_scenarios
from cse_forms.schema.vocabulary import Provenance
from cse_forms.thresholds.as_schema import disagreements

SCENARIO_FILE = "scenarios.json"
NO_VALUE = "no value"
"""How a scenario expects that a measure has no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A scenario that did not come out as its author expects."""

    scenario: str
    what: str
    """Such as "assessments/risk/lowest"."""
    expected: Any
    found: Any

    def __str__(self) -> str:
        return f"scenario '{self.scenario}': {self.what} is {_shown(self.found)}, not {_shown(self.expected)}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"scenario": self.scenario, "what": self.what, "expected": self.expected, "found": self.found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A place where the definition's wording is not simply the source's."""

    kind: str
    """One of "withheld", "mended", "doubtful" and "derived"."""
    pointer: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"kind": self.kind, "pointer": self.pointer, "text": self.text}


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """What is awkward in a definition that may be used none the less."""

    line: int
    column: int
    pointer: str
    code: str
    """Such as "counted-twice"; it stays the same from release to release."""
    message: str

    def __str__(self) -> str:
        place = self.pointer or "(the form)"
        return f"{self.line}:{self.column} warning {self.code} {place}: {self.message}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        words = ("line", "column", "pointer", "code", "message")
        return {word: getattr(self, word) for word in words}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that was found about one definition."""

    path: Path
    definition: Definition | None
    problems: tuple[Problem, ...] = ()
    """Faults of its document: it must not be used."""
    scenario_problems: tuple[Problem, ...] = ()
    """Faults of the file of scenarios beside it, with their places in that file."""
    scenarios: int = 0
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Remark, ...] = ()
    warnings: tuple[Warned, ...] = ()
    """What may be meant so, and often is not: it may be used none the less."""

    @property
    def is_fit(self) -> bool:
        """Whether it may be used."""
        return not (self.problems or self.scenario_problems or self.differences)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `check --json` prints it."""
        return {
            "path": str(self.path),
            "form": self.definition.id if self.definition else None,
            "version": self.definition.version if self.definition else None,
            "fit": self.is_fit,
            "problems": [problem.to_dict() for problem in self.problems],
            "scenario_problems": [problem.to_dict() for problem in self.scenario_problems],
            "scenarios": self.scenarios,
            "differences": [difference.to_dict() for difference in self.differences],
            "remarks": [remark.to_dict() for remark in self.remarks],
            "warnings": [warning.to_dict() for warning in self.warnings],
        }


def definition_files(path: Path) -> list[Path]:
    """Return the definitions that a path means: the file itself, or all in the folders below it.

    Raises:
        CseFormsError: there is none.
    """
    if path.is_dir():
        found = sorted(path.rglob(FORM_FILE))
        if not found:
            raise CseFormsError(f"No {FORM_FILE} stands below {path}; a catalogue holds <id>/<version>/{FORM_FILE}")
        return found
    if not path.exists():
        raise CseFormsError(f"There is no file or folder {path}")
    return [path]


def check_file(path: Path) -> Checked:
    """Check one definition and the scenarios beside it.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        definition = load_file(path)
    except DefinitionError as error:
        return Checked(path=path, definition=None, problems=error.problems)
    faults = [Fault(pointer, _NOT_DERIVED) for pointer in disagreements(definition)]
    problems = located(read_file(path), faults) if faults else ()
    scenarios: tuple[Scenario, ...] = ()
    scenario_problems: tuple[Problem, ...] = ()
    beside = path.with_name(SCENARIO_FILE)
    if beside.is_file():
        try:
            scenarios = load_scenarios(read_file(beside), str(beside))
        except DefinitionError as error:
            scenario_problems = error.problems
    form = Form(definition)
    return Checked(
        path=path,
        definition=definition,
        problems=problems,
        scenario_problems=scenario_problems,
        scenarios=len(scenarios),
        differences=tuple(difference for scenario in scenarios for difference in run_scenario(form, scenario)),
        remarks=tuple(remarks(definition)),
        warnings=tuple(_warnings(path, definition, has_scenarios=bool(scenarios or scenario_problems))),
    )


def _warnings(path: Path, definition: Definition, *, has_scenarios: bool) -> Iterator[Warned]:
    """Yield what is awkward in a definition, in the order of its file."""
    found = find_warnings(definition)
    if not has_scenarios:
        message = f"no scenario says what must come out; write some in {SCENARIO_FILE} beside the definition"
        found.append(Awkward("", "no-scenarios", message))
    text = read_file(path).decode("utf-8-sig") if found else ""
    places = pointers.locate(text, (one.pointer for one in found)) if found else {}
    for (line, column), one in sorted((places[one.pointer], one) for one in found):
        yield Warned(line=line, column=column, pointer=one.pointer, code=one.code, message=one.message)


_NOT_DERIVED = (
    "the rules derived from 'showWhen' and 'required' are missing here or out of date; "
    "run 'cse-forms format' on the file"
)


def run_scenario(form: Form, scenario: Scenario) -> Iterator[Difference]:
    """Yield what a scenario expects and does not find; a stock JSON Schema validator is asked as well."""
    outcome = form.evaluate(scenario.answers, draft=scenario.draft)
    report = form.validate(scenario.answers, draft=scenario.draft)
    expect = scenario.expect
    found: dict[str, tuple[Any, Any]] = {
        "valid": (expect.valid, report.valid),
        "findings": (expect.findings, tuple(finding.code for finding in report.findings)),
        "prompts": (expect.prompts, tuple(prompt.id for prompt in outcome.evaluation.shown_prompts)),
    }
    if not scenario.draft:
        found["valid by a stock validator"] = (report.valid, _stock_verdict(form, scenario.answers))
    for name, expected in (expect.measures or {}).items():
        measure = outcome.measures.get(name)
        found[f"measures/{name}"] = (_bounds(expected), measure.interval.to_dict() if measure else "no such measure")
    found |= _assessments(expect, outcome.to_dict()["assessments"])
    if expect.valid is None and expect.findings is None:
        # A slip in the answers would otherwise go unseen: what the form has no question for changes nothing.
        for finding in report.findings:
            if finding.severity == "error" and finding.code not in _GAPS:
                found[f"the answer at {finding.pointer}"] = (_ACCEPTED, f"a slip ({finding.code}): {finding.message}")
    for what, (expected, came) in found.items():
        if expected is not None and expected != came:
            yield Difference(scenario=scenario.name, what=what, expected=expected, found=came)


_GAPS = frozenset({"missing-answer", "too-few"})
"""What is wrong with answers that are not complete, and may be left out of a scenario."""
_ACCEPTED = "one that the form accepts; say 'valid' or 'findings' in 'expect' if it is meant so"


def _assessments(expect: Expected, outcomes: list[dict[str, Any]]) -> dict[str, tuple[Any, Any]]:
    by_id = {outcome["id"]: outcome for outcome in outcomes}
    found: dict[str, tuple[Any, Any]] = {}
    for name, expected in (expect.assessments or {}).items():
        outcome = by_id.get(name)
        for word in (word for word in type(expected).model_fields if word in expected.model_fields_set):
            what = f"assessments/{name}/{word}"
            if outcome is None:
                found[what] = (getattr(expected, word), "no such assessment")
                continue
            holder: dict[str, Any] = (outcome["judgement"] or {}) if word == "permitted" else outcome
            came: Any = holder.get(word)
            if word in {"rules", "adjustments"}:
                came = [member["id"] for member in came if member["state"] == "holds"]
            wanted = getattr(expected, word)
            # An expected null is compared too: it says "no level".
            found[what] = (_marked(wanted), _marked(tuple(came) if isinstance(came, list) else came))
    return found


def _marked(value: Any) -> Any:
    return "no level" if value is None else value


def _bounds(expected: Any) -> dict[str, Any]:
    if isinstance(expected, ExpectedInterval):
        return {"lowest": expected.lowest, "highest": expected.highest, "has_value": expected.has_value}
    if expected == NO_VALUE:
        return {"lowest": None, "highest": None, "has_value": False}
    return {"lowest": expected, "highest": expected, "has_value": True}


def _stock_verdict(form: Form, answers: Any) -> bool:
    """Ask the reference implementation, so that a definition that only this library reads aright is noticed."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(
        dict(form.schema), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    return bool(validator.is_valid(answers))


def remarks(definition: Definition) -> Iterator[Remark]:
    """Yield every place that is withheld, mended, doubtful or derived, in the order of the document."""
    for index, withheld in enumerate(definition.words.withheld):
        text = f"{withheld.text!r} ({withheld.source}): {withheld.reason}"
        yield Remark(kind="withheld", pointer=f"/x-form/withheld/{index}", text=text)
    for pointer, provenance in _provenances("", dict(definition.schema)):
        if provenance.mended is not None:
            text = f"{provenance.mended} (the source shows {provenance.shows!r})"
            yield Remark(kind="mended", pointer=pointer, text=text)
        if provenance.doubt is not None:
            yield Remark(kind="doubtful", pointer=pointer, text=provenance.doubt)
        if provenance.derived is not None:
            yield Remark(kind="derived", pointer=pointer, text=provenance.derived)


def _provenances(at: str, value: Any) -> Iterator[tuple[str, Provenance]]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "provenance" and isinstance(member, dict):
                yield at.removesuffix("/x-form"), Provenance.model_validate(member)
            else:
                yield from _provenances(f"{at}/{key}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _provenances(f"{at}/{index}", member)


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
