"""`check` and `format`, for those who write definitions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cse_forms.forms import shipped_catalogue
from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.forms import text, to_bytes
from tests.publications import DATE

GONE = {"name": "Somebody is gone", "answers": {"child": {"name": "Sam"}, "missing": "yes"}}


def expecting(**expect: Any) -> dict[str, Any]:
    """Return a scenario, with what its author expects."""
    return GONE | {"expect": expect}


def routed() -> dict[str, Any]:
    """Return a definition with a question that is asked at times, without the rules that follow from it."""
    document = invented()
    when = {"items": "/missing", "match": {"const": "yes"}}
    document["properties"]["since"] = text(showWhen=when, required=True, provenance={"derived": "Invented."}) | {
        "title": "Since when"
    }
    return document


def test_the_shipped_definitions_are_fit_for_use() -> None:
    ran = run("check")
    assert ran.status == 0
    assert [line.split(":")[0] for line in ran.out.splitlines()] == [
        f"{form} {version}" for form, versions in shipped_catalogue().versions().items() for version in versions
    ]
    assert ran.out.count(": fit for use; ") == len(ran.out.splitlines())


def test_check_as_json_says_the_same_with_every_remark() -> None:
    found = run("check", "--json").json()
    assert found["fit"] is True
    for one in found["definitions"]:
        definition = shipped_catalogue().get_form(one["form"], one["version"]).definition
        assert (one["problems"], one["differences"]) == ([], [])
        assert one["scenarios"] > 0
        kinds = [remark["kind"] for remark in one["remarks"]]
        assert kinds.count("withheld") == len(definition.words.withheld)


def test_remarks_are_listed_when_they_are_asked_for(tmp_path: Path) -> None:
    write_form(tmp_path, invented())
    assert "derived /properties/missing: Invented for a test." not in run("check", tmp_path).out
    assert "derived /properties/missing: Invented for a test." in run("check", "--remarks", tmp_path).out


def test_a_broken_definition_is_told_by_file_line_and_column_every_fault_at_once(tmp_path: Path) -> None:
    document = invented()
    del document["properties"]["notes"]["title"]
    document["x-form"]["assessments"][0]["rules"][0]["when"]["items"] = "/mising"
    document["x-form"]["header"] = ["/child/nmae"]
    path = write_form(tmp_path, document)
    lines = path.read_text("utf-8").splitlines()
    ran = run("check", path)
    assert ran.status == 2
    told = ran.out.splitlines()
    assert told[-1] == f"{path}: 3 problems"
    for fault, pointer in (
        ("did you mean '/child/name'?", "/x-form/header/0"),
        ("did you mean '/missing'?", "/x-form/assessments/0/rules/0/when/items"),
        ("'notes' has no title", "/properties/notes"),
    ):
        (found,) = [line for line in told if fault in line]
        place, _, _ = found.removeprefix(f"{path}:").partition(f" {pointer}: ")
        place, severity, _ = place.split(" ")
        assert severity == "error"
        line, column = map(int, place.split(":"))
        named = pointer.rpartition("/")[2]
        assert lines[line - 1][column - 1 :].startswith('"/child/nmae"' if named == "0" else f'"{named}"')
    problems = run("check", "--json", path).json()["definitions"][0]["problems"]
    assert [f"{path}:{one['line']}:{one['column']}" for one in problems] == [
        line.partition(" ")[0] for line in told[:-1] if line.startswith(str(path)) and " error " in line
    ]


@pytest.mark.parametrize(
    ("data", "place", "fault"),
    [
        (b"", "1:1", "is empty"),
        (b"{", "1:1", "ends in the middle"),
        (b"[]", "1:1", "a definition is a JSON object"),
        (b"\xff\xfe{\x00}\x00", "1:1", "is not UTF-8"),
        (b'{"title": 1, "title": 2}', "1:22", "twice"),
        (b"{}", "1:1", "'x-form' is missing"),
        (b"[" * 100_000, "1:202", "nested deeper than 200"),
    ],
    ids=["empty", "cut off", "a list", "UTF-16", "a key twice", "nothing in it", "deep"],
)
def test_what_is_no_definition_at_all_is_told_in_its_place(data: bytes, place: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_bytes(data)
    ran = run("check", path)
    assert ran.status == 2
    assert ran.out.startswith(f"{path}:{place} ")
    assert fault in ran.out


def test_a_scenario_that_comes_out_as_expected_is_counted(tmp_path: Path) -> None:
    write_form(tmp_path, invented(), scenarios=[expecting(valid=True, assessments={"risk": {"lowest": "high"}})])
    ran = run("check", tmp_path)
    assert ran.status == 0
    assert "invented 1.0.0: fit for use; 5 questions, 1 scenario;" in ran.out


def test_a_scenario_that_comes_out_otherwise_is_a_finding(tmp_path: Path) -> None:
    scenarios = [expecting(valid=False, assessments={"risk": {"lowest": "low"}})]
    path = write_form(tmp_path, invented(), scenarios=scenarios)
    ran = run("check", tmp_path)
    assert ran.status == 1
    beside = path.with_name("scenarios.json")
    assert f"{beside}:12:9 error scenario-fails: scenario 'Somebody is gone': valid is true, not false\n" in ran.out
    assert f"{beside}:15:13 error scenario-fails: scenario 'Somebody is gone': assessments/risk/lowest is" in ran.out
    assert "invented 1.0.0: not fit for use" in ran.out
    found = run("check", "--json", tmp_path)
    assert found.status == 1
    told = found.json()["definitions"][0]["differences"]
    words = ("scenario", "what", "expected", "found", "line", "code")
    assert [tuple(one[word] for word in words) for one in told] == [
        ("Somebody is gone", "valid", False, True, 12, "scenario-fails"),
        ("Somebody is gone", "assessments/risk/lowest", "low", "high", 15, "scenario-fails"),
    ]


def test_broken_scenarios_are_told_by_file_line_and_column(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(), scenarios=[GONE | {"expects": {}}])
    ran = run("check", tmp_path)
    assert ran.status == 2
    beside = path.with_name("scenarios.json")
    assert f"{beside}:3:5 error missing-word /scenarios/0: 'expect' is missing\n" in ran.out
    unknown = "no word 'expects' is known here; did you mean 'expect'?"
    assert f"{beside}:11:7 error unknown-word /scenarios/0/expects: {unknown}\n" in ran.out


def test_a_published_definition_whose_bytes_moved_is_broken(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(status="published"))
    assert run("check", tmp_path).status == 0
    path.write_bytes(path.read_bytes() + b"\n")
    ran = run("check", tmp_path)
    assert ran.status == 2
    assert (
        f"{path}:1:1 error changed-since (the document): this version was published on {DATE} and was changed since"
        in ran.out
    )
    shown = run("--definitions", tmp_path, "show", "invented")
    assert (shown.status, shown.out) == (2, "")


def test_a_published_definition_without_a_recorded_digest_is_broken(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(status="published"))
    path.parent.parent.joinpath("index.json").unlink()
    ran = run("check", tmp_path)
    assert ran.status == 2
    assert "index.json in the form's folder does not record it" in ran.out


def test_a_definition_in_the_wrong_folder_is_broken(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    moved = path.parent.rename(path.parent.with_name("1.0.1"))
    ran = run("check", moved)
    assert ran.status == 2
    assert "this is invented 1.0.0: its folder must be invented/1.0.0" in ran.out


def test_all_that_is_named_is_checked_and_the_worst_decides(tmp_path: Path) -> None:
    good = write_form(tmp_path / "good", invented())
    differing = write_form(tmp_path / "differing", invented(), scenarios=[expecting(valid=False)])
    broken = write_form(tmp_path / "broken", {**invented(), "titel": "x"})
    assert run("check", good, differing).status == 1
    ran = run("check", good, differing, broken)
    assert ran.status == 2
    assert "invented 1.0.0: fit for use" in ran.out
    assert "no word 'titel' is known here; did you mean 'title'?" in ran.out


def test_a_path_without_definitions_ends_with_2(tmp_path: Path) -> None:
    for command in ("check", "format"):
        ran = run(command, tmp_path)
        assert (ran.status, ran.out) == (2, "")
        assert f"No form.json stands below {tmp_path}" in ran.err
        assert f"There is no file or folder {tmp_path / 'no'}" in run(command, tmp_path / "no").err


def test_rules_that_are_not_derived_are_a_problem_that_format_mends(tmp_path: Path) -> None:
    path = write_form(tmp_path, routed())
    ran = run("check", path)
    assert ran.status == 2
    assert "run 'cse-forms format' on the file" in ran.out
    assert run("format", path).out == f"{path}: written\n"
    assert run("check", path).status == 0
    assert "Derived from x-form: since" in path.read_text("utf-8")


def test_format_writes_the_usual_form_once_and_then_nothing(tmp_path: Path) -> None:
    path = write_form(tmp_path, routed())
    path.write_text(json.dumps(routed(), ensure_ascii=True), encoding="utf-8")
    ran = run("format", path)
    assert (ran.status, ran.out) == (0, f"{path}: written\n")
    formatted = path.read_bytes()
    written = path.stat().st_mtime_ns
    ran = run("format", tmp_path)
    assert (ran.status, ran.out) == (0, f"{path}: in its usual form\n")
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (formatted, written)
    assert formatted == to_bytes(json.loads(formatted))


def test_format_never_writes_to_a_published_definition(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(status="published"))
    assert run("format", path).out == f"{path}: in its usual form\n"
    data = json.dumps(invented(status="published")).encode()
    path.write_bytes(data)
    ran = run("format", path)
    assert (ran.status, ran.out) == (2, "")
    assert f"{path} is published, and a published version never changes" in ran.err
    assert path.read_bytes() == data


def test_format_writes_nothing_of_a_broken_definition(tmp_path: Path) -> None:
    path = write_form(tmp_path, {**invented(), "titel": "x"})
    data = path.read_bytes()
    ran = run("format", path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"{path}:")
    assert path.read_bytes() == data


def test_the_shipped_definitions_stand_in_their_usual_form() -> None:
    ran = run("format", shipped_catalogue().directory)
    assert ran.status == 0
    assert all(line.endswith(": in its usual form") for line in ran.out.splitlines())
