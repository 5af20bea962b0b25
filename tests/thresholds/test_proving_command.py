"""`cse-forms prove`, run as a person runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.forms import ID, Document

_HIDDEN = (
    "import importlib.util as u; found = u.find_spec; "
    "u.find_spec = lambda name, package=None: None if name == 'z3' else found(name, package); "
    "import runpy; runpy.run_module('cse_forms', run_name='__main__', alter_sys=True)"
)
WITHOUT_SOLVER = (sys.executable, "-c", _HIDDEN)
"""The command as it is where the extra was not installed."""


def shadowed() -> Document:
    """Return a form with a rule that never matters."""
    document = invented()
    risk = document["x-form"]["assessments"][0]
    weaker = json.loads(json.dumps(risk["rules"][0])) | {"id": "weaker"}
    weaker["when"]["items"] = "/missing"
    risk["rules"].append(weaker)
    return document


def test_what_is_proved_is_told_claim_by_claim(tmp_path: Path) -> None:
    write_form(tmp_path, invented())
    ran = run("--definitions", tmp_path, "prove", ID)
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert any(line.startswith("proved ") and "Level 'High'" in line for line in lines)
    assert lines[-1].startswith(f"{ID} 1.0.0: ")
    assert "refuted" not in ran.out
    assert ran.err == ""


def test_what_is_refuted_ends_with_status_one(tmp_path: Path) -> None:
    write_form(tmp_path, shadowed())
    ran = run("--definitions", tmp_path, "prove", ID, "--json")
    assert ran.status == 1
    told = ran.json()
    assert not told["proved"]
    refuted = [claim for claim in told["claims"] if claim["verdict"] == "refuted"]
    assert [(claim["claim"], claim["about"]) for claim in refuted] == [("rule-matters", "risk/weaker")]


def test_examples_are_responses_that_evaluate_reproduces(tmp_path: Path) -> None:
    write_form(tmp_path / "forms", invented())
    ran = run("--definitions", tmp_path / "forms", "prove", ID, "-o", tmp_path / "examples")
    assert ran.status == 0
    example = tmp_path / "examples" / "level-reached-risk-high.json"
    assert str(example) in ran.out
    evaluated = run("--definitions", tmp_path / "forms", "evaluate", "--json", example)
    assert evaluated.json()["assessments"][0]["possible"] == ["high"]


def test_two_responses_that_refute_a_claim_are_printed(tmp_path: Path) -> None:
    document = invented()
    risk = document["x-form"]["assessments"][0]
    calm = json.loads(json.dumps(risk["rules"][0])) | {"id": "calm", "atMost": "low"}
    del calm["level"]
    calm["when"]["items"] = "/frightened"
    risk["adjustments"] = [calm]
    write_form(tmp_path, document)
    ran = run("--definitions", tmp_path, "prove", ID)
    assert ran.status == 1
    assert "response before: " in ran.out
    assert "response after: " in ran.out


def test_what_there_was_no_time_for_is_told_and_is_no_proof(tmp_path: Path) -> None:
    write_form(tmp_path, invented())
    ran = run("--definitions", tmp_path, "prove", ID, "--time-limit", "0")
    assert ran.status == 1
    assert "not decided" in ran.out
    assert "did not come to an end" in ran.out


def test_without_the_solver_it_is_said_how_to_install_it() -> None:
    ran = run("prove", "cse-toolbox", program=WITHOUT_SOLVER)
    assert ran.status == 2
    assert ran.err == "Error: 'cse-forms prove' needs z3-solver: pip install 'cse_forms[verify]'\n"
    assert ran.out == ""


def test_a_form_that_is_not_there_is_wrong_usage() -> None:
    ran = run("prove", "no-such-form")
    assert ran.status == 2
    assert "no-such-form" in ran.err
