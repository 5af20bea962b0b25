"""The generated cases of the shipped forms: current, as their schema says, and agreed on by a second reading."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import cse_forms
from tests.javascript.corpus import CASES, SHIPPED, definition, read
from tests.pages import ROOT
from tests.property.plain_reading import PlainReading
from tests.property.test_plain_reading import said_plainly

files = pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)


def test_the_cases_of_the_shipped_forms_are_those_that_the_tool_writes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "cases.py", tmp_path], check=True)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_text(encoding="utf-8") for path in SHIPPED}, "run make cases"


def test_every_version_of_every_shipped_form_has_cases() -> None:
    about = {(read(path)["form"], read(path)["version"], read(path)["digest"]) for path in SHIPPED}
    catalogue = cse_forms.Catalogue.shipped()
    shipped = {
        (form, version, catalogue.get_form(form, version).digest)
        for form, versions in catalogue.versions().items()
        for version in versions
    }
    assert about == shipped


@files
def test_a_file_of_cases_says_what_its_schema_allows(path: Path) -> None:
    schema = read(CASES / "forms" / "forms.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = jsonschema.Draft202012Validator(schema).iter_errors(read(path))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


@files
def test_no_two_cases_have_one_name(path: Path) -> None:
    names = [(case["name"], case.get("draft", False)) for case in read(path)["cases"]]
    assert len(set(names)) == len(names)


def test_the_corpus_has_a_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", (CASES / "VERSION").read_text(encoding="utf-8"))


def without_reasons(case: Any) -> Any:
    """Return of what a case expects what the second reading tells as well."""
    expect = case["expect"]
    assessments = expect["assessments"]
    return {
        "gives": {name: [set(gives) for gives in found["rules"].values()] for name, found in assessments.items()},
        "adjustments": {name: list(found["adjustments"].values()) for name, found in assessments.items()},
        "possible": {name: found["possible"] for name, found in assessments.items()},
        "ends": {
            name: tuple(found[word] for word in ("applies", "lowest", "highest", "determined", "clash"))
            for name, found in assessments.items()
        },
        "permitted": {name: found["permitted"] for name, found in assessments.items()},
        "prompts": expect["prompts"],
    }


@files
def test_a_second_reading_of_the_form_agrees_with_every_case(path: Path) -> None:
    for case in read(path)["cases"]:
        plain = PlainReading(definition(path), case["answers"], draft=case.get("draft", False))
        assert plain.is_exact
        recorded = {name: found["recorded"] for name, found in case["expect"]["assessments"].items()}
        by_hand = said_plainly(plain, recorded)
        expected = without_reasons(case)
        assert {word: by_hand[word] for word in expected} == expected, case["name"]
        measures = {
            name: [None if end is None else str(end) for end in plain.measure(name)[:2]]
            for name in plain.words.get("measures", {})
        }
        assert measures == {
            name: [found["lowest"], found["highest"]] for name, found in case["expect"]["measures"].items()
        }
