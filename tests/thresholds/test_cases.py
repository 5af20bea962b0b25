"""The language-neutral cases of tests/cases/, run by this library."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cse_forms.checking import check_file
from cse_forms.forms import Form
from cse_forms.scenarios import run_scenario
from cse_forms.schema.scenarios import Scenario
from cse_forms.thresholds.as_schema import disagreements
from tests import forms
from tests.schema.documents import VALIDATORS

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(path for path in CASES.glob("*.json") if path.name != "cases.schema.json")
SHAPES = [path for path in FILES if path.stem.startswith("shapes-")]
"""Whole policies of the kinds that published tools have."""


@cache
def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def form(path: Path) -> Form:
    return Form(forms.load(read(path)["form"]))


def every_case() -> list[Any]:
    return [
        pytest.param(path, index, id=f"{path.stem}: {case['name']}")
        for path in FILES
        for index, case in enumerate(read(path)["cases"])
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_cases_says_what_the_schema_of_cases_allows(path: Path) -> None:
    schema = read(CASES / "cases.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = jsonschema.Draft202012Validator(schema).iter_errors(read(path))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_form_holds_the_rules_that_follow_from_it(path: Path) -> None:
    assert list(disagreements(form(path).definition)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_assessment_measure_and_prompt_of_a_form_is_expected_somewhere(path: Path) -> None:
    content = read(path)
    words, expected = content["form"]["x-form"], [case["expect"] for case in content["cases"]]
    assessments = {assessment["id"] for assessment in words.get("assessments", ())}
    prompts = {prompt["id"] for prompt in words.get("prompts", ())}
    measures = set(words.get("measures", {}))
    assert measures == {name for expect in expected for name in expect.get("measures", ())}
    assert assessments == {name for expect in expected for name in expect.get("assessments", ())}
    assert prompts == {name for expect in expected for name in expect.get("prompts", ())}


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_the_form_of_a_shape_is_fit_to_be_used_and_nothing_in_it_is_awkward(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / forms.ID / "1.0.0"
    folder.mkdir(parents=True)
    (folder / "form.json").write_bytes(forms.to_bytes(read(path)["form"]))
    checked = check_file(folder / "form.json")
    # What is said of the whole form is that no scenarios stand beside it: the cases are those.
    assert (checked.is_fit, [warned for warned in checked.warnings if warned.pointer]) == (True, [])


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_level_of_a_shape_is_settled_somewhere_and_one_is_left_open_in_a_draft(path: Path) -> None:
    content = read(path)
    found = [
        (name, outcome["possible"], case.get("draft", False))
        for case in content["cases"]
        for name, outcome in case["expect"].get("assessments", {}).items()
        if "possible" in outcome
    ]
    settled = {(name, possible[0]) for name, possible, _ in found if len(possible) == 1}
    levels = {
        (assessment["id"], level["id"])
        for assessment in content["form"]["x-form"]["assessments"]
        for level in assessment["levels"]
    }
    assert levels - settled == set()
    assert any(draft and len(possible) > 1 for _, possible, draft in found)


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_rule_and_adjustment_of_a_shape_holds_in_one_case_and_every_condition_fails_in_another(
    path: Path,
) -> None:
    seen: dict[tuple[str, bool], set[bool]] = {}
    for case in read(path)["cases"]:
        for outcome in form(path).evaluate(case["answers"], draft=case.get("draft", False)).assessments.values():
            for rule in outcome.rules:
                # Bands may hold every number that can come out.
                seen.setdefault((f"{outcome.id}/{rule.id}", not rule.rule.bands), set()).add(rule.truth is True)
            for change in outcome.adjustments:
                seen.setdefault((f"{outcome.id}/{change.id}", True), set()).add(change.truth is True)
    assert {name for (name, _), truths in seen.items() if True not in truths} == set()
    assert {name for (name, fails), truths in seen.items() if fails and False not in truths} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_case_comes_to_is_printed_as_the_schema_of_outcomes_says(path: Path) -> None:
    for case in read(path)["cases"]:
        outcome = form(path).evaluate(case["answers"], draft=case.get("draft", False)).to_dict()
        assert [f"{error.json_path}: {error.message}" for error in VALIDATORS["outcome"].iter_errors(outcome)] == []


@pytest.mark.parametrize(("path", "index"), every_case())
def test_a_case_comes_out_as_it_is_expected(path: Path, index: int) -> None:
    scenario = Scenario.model_validate(read(path)["cases"][index])
    assert [str(difference) for difference in run_scenario(form(path), scenario)] == []
