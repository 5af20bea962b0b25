"""`validate` and `evaluate`: what they print and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from tests.cli.folders import EXAMPLE, invented, write_form, write_response
from tests.commands import Ran, run

COMMANDS = ["validate", "evaluate"]
GOOD = {"child": {"name": "Sam Example"}, "missing": "yes", "frightened": "no"}
WRONG = {"child": {"age": "fourteen"}, "missing": "perhaps"}


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "definitions"
    write_form(folder, invented())
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_good_response_ends_with_0_and_one_with_findings_with_1(
    command: str, catalogue: Path, tmp_path: Path
) -> None:
    for answers, status in ((GOOD, 0), (WRONG, 1)):
        response = write_response(tmp_path / "response.json", answers)
        for options in ([], ["--json"]):
            ran = run("--definitions", catalogue, command, *options, response)
            assert (ran.status, ran.err) == (status, "")


def test_validate_tells_each_finding_with_code_place_question_and_remedy(catalogue: Path, tmp_path: Path) -> None:
    response = write_response(tmp_path / "response.json", WRONG)
    assert run("--definitions", catalogue, "validate", response).out.splitlines() == [
        "error missing-answer /child/name Name",
        "    This must be answered.",
        "error wrong-type /child/age Age",
        "    Give a whole number, such as 14, without quotation marks. Leave the question out if there is no answer.",
        "error not-an-option /missing Missing",
        '    Choose one of: Yes, No, Not known (written "yes", "no", "not-known").',
        "invented 1.0.0: not valid as a complete response, 3 findings",
    ]


def test_validate_as_json_is_the_report_of_the_library(catalogue: Path, tmp_path: Path) -> None:
    form = cse_forms.Catalogue.from_directory(catalogue).get_form("invented")
    for answers in (GOOD, WRONG):
        response = write_response(tmp_path / "response.json", answers)
        ran = run("--definitions", catalogue, "validate", "--json", response)
        assert ran.json() == form.validate(answers).to_dict()
        assert set(ran.json()) == {"valid", "findings"}


def test_evaluate_as_json_is_the_outcome_of_the_library(catalogue: Path, tmp_path: Path) -> None:
    form = cse_forms.Catalogue.from_directory(catalogue).get_form("invented")
    for answers in (GOOD, WRONG):
        response = write_response(tmp_path / "response.json", answers)
        ran = run("--definitions", catalogue, "evaluate", "--json", response)
        assert ran.json() == form.evaluate(answers).to_dict()


def test_evaluate_tells_the_level_its_reason_and_what_is_not_ruled_out(catalogue: Path, tmp_path: Path) -> None:
    def told(missing: str) -> str:
        response = write_response(tmp_path / "response.json", GOOD | {"missing": missing})
        return run("--definitions", catalogue, "evaluate", response).out

    assert told("yes").startswith("An invented form (invented 1.0.0)\n\nOutcome\n=======\n")
    assert "Risk: High\n  High: Gone holds.\n  - Missing: Yes\n" in told("yes")
    assert "Risk: Low\n  Low: No rule holds.\n" in told("no")
    assert "Risk: Low, on what is recorded\n  Not ruled out: High (Not Known: Missing).\n" in told("not-known")


def test_a_draft_may_have_gaps_and_says_so_in_the_file_or_on_the_command_line(catalogue: Path, tmp_path: Path) -> None:
    def told(*options: str, **envelope: Any) -> Ran:
        response = write_response(tmp_path / "response.json", {}, **envelope)
        return run("--definitions", catalogue, "validate", *options, response)

    assert told().status == 1
    for ran in (told("--draft"), told(meta={"status": "draft"})):
        assert (ran.status, ran.out) == (0, "invented 1.0.0: valid as a draft, 0 findings\n")
    assert told("--draft", meta={"status": "complete"}).status == 0
    assert told(meta={"status": "complete"}).status == 1


def test_wrong_answers_are_findings_in_a_draft_too(catalogue: Path, tmp_path: Path) -> None:
    response = write_response(tmp_path / "response.json", WRONG, meta={"status": "draft"})
    found = run("--definitions", catalogue, "validate", "--json", response).json()
    assert [finding["code"] for finding in found["findings"]] == ["wrong-type", "not-an-option"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_hyphen_stands_for_standard_input(command: str, catalogue: Path, tmp_path: Path) -> None:
    response = write_response(tmp_path / "response.json", WRONG)
    piped = run("--definitions", catalogue, command, "-", stdin=response.read_bytes())
    assert piped == run("--definitions", catalogue, command, response)


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_standard_input_is_told_as_such(command: str) -> None:
    ran = run(command, "-", stdin=b"{")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Error: standard input ends in the middle")
    assert run(command, "-").err.startswith("Error: standard input is empty")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_digest_of_the_definition_at_hand_is_accepted_and_any_other_is_not(command: str, tmp_path: Path) -> None:
    write_form(tmp_path, invented(status="published"))
    good = run("--definitions", tmp_path, "new", "invented").json()
    assert run("--definitions", tmp_path, command, "-", stdin=json.dumps(good).encode()).status == 0
    other = json.dumps(good | {"digest": "sha256:" + "0" * 64}).encode()
    ran = run("--definitions", tmp_path, command, "-", stdin=other)
    assert (ran.status, ran.out) == (2, "")
    assert good["digest"] in ran.err


def test_the_example_response_is_complete_and_evaluated() -> None:
    assert run("validate", EXAMPLE).out == "cse-toolbox 1.0.0: valid as a complete response, 0 findings\n"
    ran = run("evaluate", "--json", EXAMPLE)
    response = cse_forms.read_response(EXAMPLE)
    assert ran.status == 0
    assert ran.json() == cse_forms.get_form(response.form).evaluate(response.answers).to_dict()


def test_control_characters_of_an_answer_do_not_reach_the_terminal(catalogue: Path, tmp_path: Path) -> None:
    answers = GOOD | {"\x1b[31mred": "\x1b[32mgreen \u202e\x07"}
    response = write_response(tmp_path / "response.json", answers)
    for command in COMMANDS:
        told = run("--definitions", catalogue, command, response).out
        assert "\ufffd[31mred" in told
        assert not set(told) & {"\x1b", "\x07", "\u202e"}
    assert "\ufffd[32mgreen" in told


def test_an_answer_of_any_length_is_told_without_delay_and_whole(catalogue: Path, tmp_path: Path) -> None:
    word = "x" * 1_000_000
    response = write_response(tmp_path / "response.json", GOOD | {"unknown": word})
    assert word in run("--definitions", catalogue, "evaluate", response).out
