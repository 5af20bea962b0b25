"""`cse-forms check` and what is awkward in a definition: told, and no reason against it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.folders import invented, write_form
from tests.commands import run

TWICE = {"sum": [{"items": "/missing", "weights": {"yes": 1, "else": 0}}] * 2}


def test_a_warning_is_told_with_its_place_and_code_and_leaves_the_form_fit(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(measures={"score": TWICE}))
    ran = run("check", tmp_path)
    assert ran.status == 0
    place = "warning counted-twice /x-form/measures/score/sum/1: /missing counts here and in term 1 too\n"
    assert ran.out.startswith(f"{path}:")
    assert place in ran.out
    assert "invented 1.0.0: fit for use; 5 questions, 0 scenarios, 2 warnings; " in ran.out


def test_a_form_without_scenarios_is_warned_of(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    ran = run("check", tmp_path)
    assert ran.status == 0
    told = "warning no-scenarios (the form): no scenario says what must come out; write some in scenarios.json"
    assert f"{path}:1:1 {told} beside the definition\n" in ran.out


def test_warnings_stand_in_the_json_with_their_lines(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(measures={"score": TWICE}))
    (found,) = run("check", "--json", tmp_path).json()["definitions"]
    assert found["fit"] is True
    assert [(one["code"], one["pointer"]) for one in found["warnings"]] == [
        ("no-scenarios", ""),
        ("counted-twice", "/x-form/measures/score/sum/1"),
    ]
    twice = found["warnings"][1]
    line = path.read_text("utf-8").splitlines()[twice["line"] - 1]
    assert line[twice["column"] - 1] == "{"


def test_of_a_broken_definition_no_more_is_warned_of_than_its_faults_leave_certain(tmp_path: Path) -> None:
    write_form(tmp_path, invented(measures={"score": {"sum": [{"items": "/missing", "weights": {"yes": 1}}] * 2}}))
    ran = run("check", "--json", tmp_path)
    assert ran.status == 2
    assert [one["code"] for one in ran.json()["definitions"][0]["warnings"]] == ["no-scenarios"]


def test_a_fault_that_leaves_no_doubt_about_the_rest_hides_no_warning(tmp_path: Path) -> None:
    document = invented(measures={"score": TWICE})
    del document["properties"]["notes"]["title"]
    write_form(tmp_path, document)
    (found,) = run("check", "--json", tmp_path).json()["definitions"]
    assert [one["code"] for one in found["problems"]] == ["no-title"]
    assert [one["code"] for one in found["warnings"]] == ["no-scenarios", "counted-twice"]
