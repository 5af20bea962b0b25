"""`cse-forms format`: one layout for all that people write, which changes nothing that it means."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.checking import check_file
from cse_forms.checking.layout import Layout, formatted, usual
from cse_forms.errors import DefinitionError
from cse_forms.thresholds.as_schema import MARK
from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.property.definitions import definitions

SCENARIO = {"name": "A blank: \N{LATIN SMALL LETTER E WITH ACUTE}", "answers": {}, "expect": {"valid": False}}


@settings(deadline=None, derandomize=True, max_examples=25)
@given(definitions(), st.sampled_from([None, 0, 1, 7]), st.booleans())
def test_formatting_keeps_the_meaning_and_twice_is_once(document: Any, indent: int | None, is_ascii: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = write_form(Path(name), document)
        path.write_text(json.dumps(document, indent=indent, ensure_ascii=is_ascii), encoding="utf-8")
        (first,) = formatted(path)
        path.write_bytes(first.data)
        (second,) = formatted(path)
        problems = check_file(path).problems
    assert (second.layout, second.data) == (Layout.USUAL, first.data)
    assert "rules-not-derived" not in {problem.code for problem in problems}
    # The keys keep their order, too: it is that of the form.
    assert json.dumps(without_derived(json.loads(first.data))) == json.dumps(without_derived(document))


def without_derived(value: Any) -> Any:
    """Return a document without the rules that `format` writes into it."""
    if isinstance(value, list):
        return [without_derived(one) for one in value if not is_derived(one)]
    if not isinstance(value, dict):
        return value
    found = {key: without_derived(member) for key, member in value.items()}
    return {key: member for key, member in found.items() if key != "allOf" or member}


def is_derived(value: Any) -> bool:
    return isinstance(value, dict) and str(value.get("$comment", "")).startswith(MARK)


def test_the_files_beside_a_definition_are_set_out_as_well(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(), scenarios=[SCENARIO])
    beside = path.with_name("scenarios.json")
    beside.write_text(json.dumps({"scenarios": [SCENARIO]}), encoding="utf-8")
    told = f"{path}: in its usual form\n{beside}: "
    ran = run("format", "--check", tmp_path)
    assert (ran.status, ran.out) == (1, f"{told}not in its usual form\n")
    assert run("format", tmp_path).out == f"{told}written\n"
    assert beside.read_bytes() == usual({"scenarios": [SCENARIO]})
    ran = run("format", "--check", tmp_path)
    assert (ran.status, ran.out) == (0, f"{told}in its usual form\n")


def test_a_published_version_is_told_and_left_by_a_check_of_the_layout(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    document = json.loads(path.read_bytes())
    document["x-form"]["status"] = "published"
    path.write_text(json.dumps(document), encoding="utf-8")
    data = path.read_bytes()
    ran = run("format", "--check", path)
    assert (ran.status, ran.out) == (0, f"{path}: published, and never set out anew\n")
    assert run("format", path).status == 2
    assert path.read_bytes() == data


def test_a_file_beside_a_definition_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    path.with_name("scenarios.json").write_bytes(b"{")
    with pytest.raises(DefinitionError, match=r"scenarios\.json:1:1"):
        formatted(path)
