"""The language-neutral cases of tests/cases/, run by this library."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cse_forms.checking import run_scenario
from cse_forms.forms import Form
from cse_forms.schema.scenarios import Scenario
from cse_forms.thresholds.as_schema import disagreements
from tests import forms

CASES = Path(__file__).parents[1] / "cases"
FILES = sorted(path for path in CASES.glob("*.json") if path.name != "cases.schema.json")


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
    assert assessments == {name for expect in expected for name in expect.get("assessments", ())}
    assert prompts == {name for expect in expected for name in expect.get("prompts", ())}


@pytest.mark.parametrize(("path", "index"), every_case())
def test_a_case_comes_out_as_it_is_expected(path: Path, index: int) -> None:
    scenario = Scenario.model_validate(read(path)["cases"][index])
    assert [str(difference) for difference in run_scenario(form(path), scenario)] == []
