"""The JSON Schema documents that ship beside the models, and that they describe what there is."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cse_forms import get_form, read_response
from cse_forms.answers.findings import CODES
from cse_forms.forms import Form, shipped_catalogue
from cse_forms.schema.loading import load_definition
from cse_forms.schema.scenarios import Scenario, load_scenarios
from tests.forms import Document, to_bytes
from tests.schema.documents import DOCUMENTS, FOLDER, MADE, NAMES, VALIDATORS
from tests.schema.sample import sample

ROOT = Path(__file__).parents[2]
FORMS = tuple(shipped_catalogue().versions())


def scenarios_of(form: str) -> tuple[Scenario, ...]:
    path = shipped_catalogue().directory / form / "1.0.0" / "scenarios.json"
    return load_scenarios(path.read_bytes(), str(path))


# --- the documents themselves --------------------------------------------------------------------------------


def test_the_documents_are_those_that_the_models_make(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "schemas.py", tmp_path], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.schema.json" for name in MADE]
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (FOLDER / made.name).read_bytes(), "run `make schemas`"


@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_a_json_schema_with_a_name_a_title_and_a_description(name: str) -> None:
    Draft202012Validator.check_schema(DOCUMENTS[name])
    assert DOCUMENTS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert DOCUMENTS[name]["$id"] == f"urn:cse-forms:schema:{name}"
    assert DOCUMENTS[name]["title"]
    assert DOCUMENTS[name]["description"]


@pytest.mark.parametrize("name", MADE)
def test_an_editor_has_words_to_show_for_every_keyword(name: str) -> None:
    document = DOCUMENTS[name]
    shapes = {"": document, **document.get("$defs", {})}
    assert [
        f"{shape}.{word}"
        for shape, words in shapes.items()
        for word, said in words.get("properties", {}).items()
        if said is not False and not is_described(document, said)
    ] == []


def is_described(document: Document, said: Document) -> bool:
    """Whether a word, or what it refers to, has a description."""
    if "description" in said:
        return True
    if said.get("$ref", "").startswith("#/$defs/"):
        return is_described(document, document["$defs"][said["$ref"].removeprefix("#/$defs/")])
    return any(is_described(document, one) for join in ("anyOf", "allOf", "oneOf") for one in said.get(join, ()))


def schemas_in(value: Any) -> Iterator[Document]:
    if isinstance(value, dict):
        if value.get("type") == "object":
            yield value
        for member in value.values():
            yield from schemas_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from schemas_in(member)


ONLY_EXPLAINED = {"explanation"}
"""What `explain --to json` adds to an outcome; `evaluate --json` leaves it out."""


@pytest.mark.parametrize("name", ["comparison", "outcome", "report"])
def test_what_the_command_prints_is_described_in_full_and_closed(name: str) -> None:
    for schema in schemas_in(DOCUMENTS[name]):
        assert "additionalProperties" in schema
        if "properties" in schema:
            assert schema["additionalProperties"] is False
            assert sorted(schema["required"]) == sorted(schema["properties"].keys() - ONLY_EXPLAINED)
        for part in schema.get("properties", {}).values():
            assert "description" in part or part["$ref"].startswith("#/$defs/")


def test_every_object_of_a_definition_is_closed() -> None:
    closed = [schema.get("additionalProperties", True) is not True for schema in schemas_in(DOCUMENTS["definition"])]
    assert len(closed) > 30
    assert all(closed)


def test_the_docstrings_of_the_models_are_the_descriptions() -> None:
    shapes = DOCUMENTS["definition"]["$defs"]
    assert (
        shapes["Match"]["description"] == "A JSON Schema over one answer or number; every word that is given must hold."
    )
    assert shapes["ItemWords"]["properties"]["showWhen"]["description"] == "The question is asked where this holds."
    assert shapes["CountMeasure"]["properties"]["title"]["description"].startswith("What the number is")
    assert shapes["Condition"]["description"] == "True, false or unknown, over one response."


def test_the_codes_of_findings_are_those_of_the_report() -> None:
    assert DOCUMENTS["report"]["$defs"]["finding"]["properties"]["code"]["enum"] == list(CODES)


# --- what they accept ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_a_shipped_form_and_its_scenarios_are_what_the_documents_describe(form: str) -> None:
    folder = shipped_catalogue().directory / form / "1.0.0"
    VALIDATORS["definition"].validate(json.loads((folder / "form.json").read_text(encoding="utf-8")))
    VALIDATORS["scenarios"].validate(json.loads((folder / "scenarios.json").read_text(encoding="utf-8")))


EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*-response.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_response_its_report_and_its_outcome_are_what_the_documents_describe(path: Path) -> None:
    VALIDATORS["response"].validate(json.loads(path.read_text(encoding="utf-8")))
    response = read_response(path)
    form = shipped_catalogue().get_form(response.form, response.version)
    check_printed(form, response.answers, draft=response.is_draft)


def check_printed(form: Form, answers: Any, *, draft: bool) -> None:
    outcome = json.loads(json.dumps(form.evaluate(answers, draft=draft).to_dict()))
    report = json.loads(json.dumps(form.validate(answers, draft=draft).to_dict()))
    VALIDATORS["outcome"].validate(outcome)
    VALIDATORS["report"].validate(report)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_response_is_what_the_documents_describe(form: str) -> None:
    VALIDATORS["response"].validate(get_form(form).new_response().to_dict())
    check_printed(get_form(form), {}, draft=True)
    check_printed(get_form(form), {}, draft=False)


@pytest.mark.parametrize("form", FORMS)
def test_the_outcome_and_report_of_every_scenario_are_what_the_documents_describe(form: str) -> None:
    for scenario in scenarios_of(form):
        check_printed(get_form(form), scenario.answers, draft=scenario.draft)


@pytest.mark.parametrize(
    "answers",
    [None, [], "text", {"": {"/~": 1}}, {"child": []}, {"a\ud800": 1}, {"a": float("nan")}, {"a": "\x00"}],
    ids=repr,
)
def test_the_outcome_and_report_of_nonsense_are_what_the_documents_describe(answers: Any) -> None:
    check_printed(get_form("cse-toolbox"), answers, draft=False)


def test_a_definition_may_use_every_word_of_the_format() -> None:
    VALIDATORS["definition"].validate(sample())
    assert load_definition(to_bytes(sample()), "form.json").id == "invented"


def test_every_word_of_a_definition_is_in_the_sample() -> None:
    used = set(words_in(sample()))
    for shape in (DOCUMENTS["definition"], *DOCUMENTS["definition"]["$defs"].values()):
        assert set(shape.get("properties", ())) <= used


def words_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for word, member in value.items():
            yield word
            yield from words_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from words_in(member)
