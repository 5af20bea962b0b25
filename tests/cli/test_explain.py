"""`cse-forms explain`: a form's policy, its diagram, and why a response comes to what it comes to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cse_forms import get_form
from tests.commands import run
from tests.pages import ROOT
from tests.schema.documents import refused

RESPONSE = ROOT / "docs" / "examples" / "cse-toolbox-response.json"


def test_a_form_s_policy_is_told_with_its_version_and_digest() -> None:
    ran = run("explain", "cse-toolbox@1.0.0")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "How it decides: Child Sexual Exploitation Risk Assessment"
    assert f"Digest: {get_form('cse-toolbox').digest}" in lines
    assert "Rule 1: Actual Abuse Taking Place" in lines
    assert "Signature: ____" in ran.out


def test_a_response_is_explained_by_each_rule_and_by_what_could_still_change_it() -> None:
    ran = run("explain", RESPONSE)
    assert ran.status == 0
    assert "Suggested by the form: Overall Level of Risk: High, on what is recorded" in ran.out
    assert "Not known whether rule 1 holds. Actual Abuse Taking Place:" in ran.out
    assert "If 'Not Known' at any of 4.2, 4.4, 4.6 became Yes, the level would be Actual Abuse Taking Place." in ran.out
    assert "Recorded by Jo Sample on 2026-03-31" in ran.out


def test_a_response_can_come_from_standard_input_and_be_read_as_a_draft() -> None:
    response = json.dumps({"form": "cse-toolbox", "version": "1.0.0", "answers": {}})
    ran = run("explain", "-", "--draft", stdin=response.encode())
    assert ran.status == 0
    assert "Status: Draft: gaps are still allowed" in ran.out
    assert "Nothing is recorded yet that this depends on" in ran.out


@pytest.mark.parametrize(
    ("to", "start"), [("html", b"<!DOCTYPE html>"), ("docx", b"PK"), ("json", b"{"), ("svg", b"<svg")]
)
def test_a_policy_is_written_in_a_format(tmp_path: Path, to: str, start: bytes) -> None:
    path = tmp_path / f"policy.{to}"
    ran = run("explain", "cse-toolbox", "--to", to, "-o", path)
    assert ran.status == 0
    assert ran.out.startswith(f"Wrote {path}")
    assert path.read_bytes().startswith(start)


def test_a_diagram_is_printed_where_no_file_is_named() -> None:
    ran = run("explain", "wolverhampton-induction", "--to", "svg")
    assert ET.fromstring(ran.out).tag.endswith("svg")


def test_a_response_s_explanation_as_json_says_the_sentences_beside_the_outcome() -> None:
    made: Any = run("explain", RESPONSE, "--to", "json").json()
    evaluated: Any = run("evaluate", "--json", RESPONSE).json()
    assert not refused("outcome", made["outcome"])
    [assessment] = made["outcome"]["assessments"]
    assert assessment.pop("explanation")[:2] == [
        "Overall Level of Risk: High, on what is recorded.",
        (
            "Not ruled out: Actual Abuse Taking Place (Not Known: 4.2, 4.4, 4.6; not answered: 4.1, 4.3, 4.5). "
            "See 7.4 If Not Known state what further investigation needs to happen to be able to answer this question."
        ),
    ]
    assert made["outcome"] == evaluated


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain", "cse-toolbox", "--to", "pdf"], "'pdf' is not one of"),
        (["explain", "cse-toolbox", "--to", "docx"], "Say with -o where to write"),
        (["explain", str(RESPONSE), "--to", "svg"], "name a form, and not a response"),
        (["explain", "no-such-form"], "no-such-form"),
        (["explain", "no-such-file.json"], "no-such-file.json"),
    ],
    ids=["format", "no file named", "diagram of a response", "form", "response"],
)
def test_what_cannot_be_explained_is_refused(arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert said in ran.err
    assert ran.out == ""
