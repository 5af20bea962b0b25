"""What `check` finds, as programs read it: JSON, SARIF and the lines of GitHub Actions."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cse_forms.checking.checked import Notice
from cse_forms.checking.github import github_lines
from cse_forms.checking.rules import RULES
from cse_forms.checking.sarif import sarif
from cse_forms.errors import Problem
from cse_forms.publishing import publish
from tests.checking.definitions import checked_in
from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.forms import Document

GONE: Document = {"name": "Somebody is gone", "answers": {"child": {"name": "Sam"}, "missing": "yes"}}
EXPECTED = GONE | {"expect": {"valid": False}}


def broken() -> Document:
    """Return a definition with a fault, an awkward thing, and words that must be escaped."""
    document = invented()
    document["properties"]["notes"] |= {"title": "50%: a, b"}
    document["properties"]["frightened"] |= {"title": "50%: a, b"}
    document["x-form"]["header"] = ["/child/nmae"]
    return document


def test_a_sarif_log_has_the_members_that_the_standard_asks_for(tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        write_form(Path("a form"), broken(), scenarios=[EXPECTED])
        log = json.loads(run("check", "a form", "--format", "sarif").out)
    assert (log["version"], log["$schema"]) == ("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json")
    (only,) = log["runs"]
    driver = only["tool"]["driver"]
    assert driver["name"] == "cse-forms"
    assert only["columnKind"] == "unicodeCodePoints"
    ids = [rule["id"] for rule in driver["rules"]]
    assert ids == sorted({result["ruleId"] for result in only["results"]})
    assert set(ids) == {"no-question", "same-title"}
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == RULES[rule["id"]].meaning
        assert rule["help"]["text"] == RULES[rule["id"]].remedy
        assert rule["defaultConfiguration"]["level"] == RULES[rule["id"]].severity
    for result in only["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning"}
        assert result["message"]["text"]
        (place,) = result["locations"]
        where = place["physicalLocation"]
        assert where["artifactLocation"]["uri"] == "a%20form/invented/1.0.0/form.json"
        assert where["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        assert min(where["region"]["startLine"], where["region"]["startColumn"]) >= 1


def test_a_file_elsewhere_is_named_in_full(tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    notice = Notice(path, Problem(line=1, column=2, pointer="/a", message="wrong", code="null"))
    (result,) = sarif([notice], tmp_path / "other")["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": path.as_uri()}
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/a", "kind": "member"}]
    (line,) = github_lines([notice], tmp_path / "other")
    assert line == f"::error file={path},line=1,col=2,title=null::/a: wrong"


def test_what_was_found_about_a_whole_file_has_no_pointer_in_it(tmp_path: Path) -> None:
    notice = Notice(tmp_path / "form.json", Problem(line=1, column=1, pointer="", message="wrong", code="null"))
    assert "logicalLocations" not in sarif([notice], tmp_path)["runs"][0]["results"][0]["locations"][0]
    assert list(github_lines([notice], tmp_path)) == ["::error file=form.json,line=1,col=1,title=null::wrong"]


def test_what_ends_a_command_of_github_actions_is_escaped(tmp_path: Path) -> None:
    problem = Problem(line=3, column=4, pointer="", message="100%:\r\nso, it is", code="null", severity="warning")
    (line,) = github_lines([Notice(tmp_path / "50%, a:b" / "form.json", problem)], tmp_path)
    assert line == "::warning file=50%25%2C a%3Ab/form.json,line=3,col=4,title=null::100%25:%0D%0Aso, it is"


def test_every_line_for_github_actions_is_one_command(tmp_path: Path) -> None:
    write_form(tmp_path, broken())
    ran = run("check", tmp_path, "--format", "github")
    assert ran.status == 2
    lines = ran.out.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)


def test_all_reports_tell_of_the_same_things_and_end_in_the_same_way(tmp_path: Path) -> None:
    write_form(tmp_path, invented(), scenarios=[EXPECTED])
    ran = {layout: run("check", tmp_path, "--format", layout) for layout in ("text", "json", "sarif", "github")}
    assert {one.status for one in ran.values()} == {1}
    assert ran["json"].out == run("check", "--json", tmp_path).out
    (difference,) = ran["json"].json()["definitions"][0]["differences"]
    (result,) = ran["sarif"].json()["runs"][0]["results"]
    assert result["ruleId"] == difference["code"] == "scenario-fails"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (difference["line"], difference["column"])
    place = f"{difference['line']}:{difference['column']} error scenario-fails: "
    assert place in ran["text"].out
    assert f"line={difference['line']},col={difference['column']},title=scenario-fails::" in ran["github"].out


def test_the_failing_word_of_a_scenario_is_where_the_report_points(tmp_path: Path) -> None:
    checked = checked_in(tmp_path, invented(), scenarios=[GONE | {"expect": {}}, EXPECTED])
    (failure,) = checked.failures
    lines = checked.path.with_name("scenarios.json").read_text("utf-8").splitlines()
    assert lines[failure.line - 1][failure.column - 1 :].startswith('"valid"')
    assert failure.pointer == "/scenarios/1/expect/valid"


@pytest.mark.parametrize(
    ("message", "remedy"),
    [("two options have the same title", None), ("no level 'x'; the levels are a, b", "the levels are a, b")],
)
def test_a_remedy_is_what_a_message_says_after_its_semicolon(message: str, remedy: Any) -> None:
    problem = Problem(line=1, column=1, pointer="", message=message, code="no-level")
    assert problem.remedy == remedy
    assert problem.to_dict()["remedy"] == remedy


def test_what_would_be_right_is_told_once_where_the_messages_do_not_say_it(tmp_path: Path) -> None:
    document = invented()
    for key in ("notes", "frightened"):
        del document["properties"][key]["x-form"]["provenance"]
    write_form(tmp_path, document)
    ran = run("check", tmp_path)
    assert ran.out.count(" error no-provenance ") == 2
    assert ran.out.count(f"    {RULES['no-provenance'].remedy}\n") == 1


def test_what_a_message_says_already_is_not_said_again_as_what_would_be_right(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(), scenarios=[GONE | {"expect": {"valid": True}}])
    publish(path, on=date(2026, 1, 31))
    path.write_bytes(path.read_bytes() + b"\n")
    assert run("check", tmp_path).out.count("Put the published file back, and make the change in a new version") == 1
