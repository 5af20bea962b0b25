"""What stands beside a definition is checked with it, and a fault in one file hides none in another."""

from __future__ import annotations

from pathlib import Path

from cse_forms.checking import check_file
from tests.checking.definitions import checked_in, codes_of, told
from tests.cli.folders import invented, write_form
from tests.commands import run

EXPECTING = {"name": "A blank", "answers": {}, "expect": {"valid": True}}


def test_a_broken_index_is_told_where_it_stands_and_hides_nothing(tmp_path: Path) -> None:
    document = invented()
    document["x-form"]["header"] = ["/nobody"]
    path = write_form(tmp_path, document)
    index = path.parent.parent / "index.json"
    index.write_text('{"form": "other",\n "versions": {}}', encoding="utf-8")
    checked = check_file(path)
    assert {notice.path: notice.problem.code for notice in checked.notices if notice.problem.severity == "error"} == {
        path: "no-question",
        index: "wrong-index",
    }
    assert checked.is_broken
    ran = run("check", tmp_path)
    assert ran.status == 2
    assert f"{index}:1:2 error wrong-index /form: this must be 'invented'" in ran.out


def test_the_index_of_several_versions_is_told_of_once(tmp_path: Path) -> None:
    for version in ("1.0.0", "1.1.0"):
        path = write_form(tmp_path, invented(version=version))
    (path.parent.parent / "index.json").write_bytes(b"{}")
    assert run("check", tmp_path).out.count("index.json:1:1 error") == 1


def test_a_file_whose_name_is_misspelt_is_warned_of(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    path.with_name("scenario.json").write_bytes(b"{}")
    path.with_name("unlike.json").write_bytes(b"{}")
    checked = check_file(path)
    (warning,) = told(checked, "unknown-file")
    assert warning.remedy == "did you mean 'scenarios.json'?"
    assert checked.is_fit


def test_an_index_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented())
    (path.parent.parent / "index.json").write_bytes(b" " * 10_000_001)
    assert "unreadable" in codes_of(check_file(path))


def test_scenarios_are_read_even_where_the_definition_has_faults(tmp_path: Path) -> None:
    document = invented()
    document["x-form"]["header"] = ["/nobody"]
    checked = checked_in(tmp_path, document, scenarios=[EXPECTING | {"expects": 1}])
    assert codes_of(checked) == {"no-question", "unknown-word"}


def test_scenarios_are_run_where_a_fault_leaves_no_doubt_what_the_definition_means(tmp_path: Path) -> None:
    document = invented()
    del document["properties"]["notes"]["x-form"]["provenance"]
    checked = checked_in(tmp_path, document, scenarios=[EXPECTING])
    assert codes_of(checked) == {"no-provenance", "scenario-fails"}


def test_a_definition_that_is_no_json_hides_nothing_of_its_scenarios(tmp_path: Path) -> None:
    path = write_form(tmp_path, invented(), scenarios=[EXPECTING | {"expects": 1}])
    path.write_bytes(b"{")
    assert codes_of(check_file(path)) == {"not-json", "unknown-word"}
