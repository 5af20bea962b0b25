"""The shipped definitions are fit for use, and a scenario that does not come out as expected is noticed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from cse_forms.checking import Checked, check_file, definition_files
from cse_forms.scenarios import run_scenario
from cse_forms.schema.scenarios import Scenario
from tests import forms

CATALOGUE = cse_forms.Catalogue.shipped()
SHIPPED = definition_files(CATALOGUE.directory)
SIZES = {"cse-toolbox": 56, "scotland-checklist": 21, "wales-strength-concern": 11, "wolverhampton-induction": 15}
"""How many scenarios each form has at the least, so that none is lost unseen."""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.parent.name)
def test_a_shipped_definition_is_fit_for_use(path: Path) -> None:
    checked = check_file(path)
    assert [str(problem) for problem in checked.problems] == []
    assert [str(difference) for difference in checked.differences] == []
    assert checked.is_fit
    assert checked.scenarios >= SIZES[path.parent.parent.name]


def expectations(path: Path) -> list[tuple[int, tuple[str, ...]]]:
    """Return where every expectation of a file stands: its scenario's number and the keys that lead to it."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for number, scenario in enumerate(read(path)):
        for word, value in scenario["expect"].items():
            if word in {"assessments", "measures"}:
                for name, part in value.items():
                    inner = [(key,) for key in part] if word == "assessments" else [()]
                    found += [(number, (word, name, *keys)) for keys in inner]
            else:
                found.append((number, (word,)))
    return found


def read(path: Path) -> list[Any]:
    scenarios: list[Any] = json.loads(path.with_name("scenarios.json").read_text(encoding="utf-8"))["scenarios"]
    return scenarios


def altered(value: Any) -> Any:
    """Return another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, list):
        return [*value, "other"]
    if isinstance(value, dict):
        return {"lowest": 98, "highest": 99}
    return "other" if value is None else None


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.parent.name)
def test_every_expectation_of_a_shipped_scenario_is_compared(path: Path) -> None:
    form = CATALOGUE.get_form(path.parent.parent.name, path.parent.name)
    found = expectations(path)
    assert found
    for number, keys in found:
        scenario = read(path)[number]
        holder = scenario["expect"]
        for key in keys[:-1]:
            holder = holder[key]
        holder[keys[-1]] = altered(holder[keys[-1]])
        differences = list(run_scenario(form, Scenario.model_validate(scenario)))
        assert [difference.what for difference in differences] == ["/".join(keys)], (scenario["name"], keys)


def checked_with(tmp_path: Path, **expect: Any) -> Checked:
    """Check a small form whose one scenario expects this."""
    document = forms.definition(
        {"q": forms.choice("yes", "no")},
        measures={"count": {"count": {"items": "/q", "match": {"const": "yes"}}}},
        assessments=[
            {
                "id": "risk",
                "levels": [{"id": "low"}, {"id": "high"}],
                "rules": [{"id": "rule", "level": "high", "when": {"items": "/q", "match": {"const": "yes"}}}],
            }
        ],
        prompts=[{"id": "prompt", "urgency": "soon", "when": {"items": "/q", "match": {"const": "yes"}}}],
    )
    folder = tmp_path / "invented" / "1.0.0"
    folder.mkdir(parents=True)
    (folder / "form.json").write_bytes(forms.to_bytes(document))
    scenario = {"name": "Yes is high.", "answers": {"q": "yes"}, "expect": expect}
    (folder / "scenarios.json").write_text(json.dumps({"scenarios": [scenario]}), encoding="utf-8")
    return check_file(folder / "form.json")


def test_a_scenario_that_comes_out_is_no_difference(tmp_path: Path) -> None:
    checked = checked_with(
        tmp_path,
        valid=True,
        findings=[],
        measures={"count": 1},
        prompts=["prompt"],
        assessments={"risk": {"lowest": "high", "rules": ["rule"], "possible": ["high"], "determined": True}},
    )
    assert (checked.is_fit, checked.scenarios, checked.differences) == (True, 1, ())


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"valid": False}, "valid is true, not false"),
        ({"findings": ["missing-answer"]}, "findings is nothing, not missing-answer"),
        ({"prompts": []}, "prompts is prompt, not nothing"),
        ({"measures": {"cuont": 1}}, "measures/cuont is no such measure, not 1"),
        ({"assessments": {"risk": {"lowest": "low"}}}, "assessments/risk/lowest is high, not low"),
        ({"assessments": {"risk": {"lowest": None}}}, "assessments/risk/lowest is high, not no level"),
        ({"assessments": {"risc": {"lowest": "high"}}}, "assessments/risc/lowest is no such assessment, not high"),
    ],
)
def test_a_scenario_that_does_not_come_out_is_told(tmp_path: Path, expect: Any, said: str) -> None:
    checked = checked_with(tmp_path, **expect)
    assert not checked.is_fit
    assert [str(difference) for difference in checked.differences] == [f"scenario 'Yes is high.': {said}"]


def test_a_fault_of_the_scenarios_file_is_a_problem_with_its_place(tmp_path: Path) -> None:
    checked = checked_with(tmp_path, vaild=True)
    assert not checked.is_fit
    assert [problem.pointer for problem in checked.scenario_problems] == ["/scenarios/0/expect/vaild"]


def test_a_shipped_definition_with_an_outdated_rule_is_not_fit(tmp_path: Path) -> None:
    folder = tmp_path / "cse-toolbox" / "1.0.0"
    shutil.copytree(CATALOGUE.directory / "cse-toolbox" / "1.0.0", folder)
    path = folder / "form.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    document["x-form"]["status"] = "draft"
    del document["$defs"]["suspected-indicator"]["allOf"]
    path.write_bytes(forms.to_bytes(document))
    checked = check_file(path)
    assert [problem.pointer for problem in checked.problems] == ["/$defs/suspected-indicator"]
    assert "run 'cse-forms format'" in checked.problems[0].message
