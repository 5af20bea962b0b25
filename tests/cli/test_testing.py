"""`test`: scenarios that are run, what they show and miss, and scenarios that are suggested."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.folders import write_form
from tests.commands import run
from tests.coverage import policies
from tests.forms import ID, Document

HIGH: Document = {
    "name": "Two signs are High.",
    "answers": {"signs": {"late": {"seen": "yes"}, "gifts": {"seen": "yes"}}},
    "expect": {"assessments": {"risk": {"lowest": "high"}}},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_form(tmp_path / "definitions", policies.counting(), scenarios=[HIGH])
    return tmp_path / "definitions"


def test_the_shipped_forms_are_shown_in_full() -> None:
    ran = run("test", "--json")
    assert (ran.status, ran.err) == (0, "")
    told = ran.json()
    assert told["sound"]
    assert [one["form"] for one in told["definitions"]] == [
        "cse-toolbox",
        "scotland-checklist",
        "wales-strength-concern",
        "wolverhampton-induction",
    ]
    assert all(one["uncovered"] == one["differences"] == one["suggestions"] == [] for one in told["definitions"])


def test_what_is_shown_is_counted_and_what_is_not_is_listed(folder: Path) -> None:
    ran = run("--definitions", folder, "test", ID, "--time-limit", "0")
    assert (ran.status, ran.err) == (1, "")
    lines = ran.out.splitlines()
    assert lines[0] == "invented 1.0.0: 1 scenario, all as expected"
    assert "  Rules, giving a level and giving none  1 of 2" in lines
    assert "  Levels suggested                       1 of 3" in lines
    assert any(line.startswith("  - rule risk/two: gives nothing") for line in lines)
    assert not any("gives high" in line for line in lines)


@pytest.mark.parametrize("named", ["", "invented", "invented@1.0.0", "{folder}", "{folder}/invented/1.0.0/form.json"])
def test_a_definition_is_named_by_its_form_its_file_or_a_folder(named: str, folder: Path) -> None:
    names = [named.format(folder=folder)] if named else []
    ran = run("--definitions", folder, "test", "--json", "--time-limit", "0", *names)
    assert [one["path"] for one in ran.json()["definitions"]] == [str(folder / "invented/1.0.0/form.json")]


def test_suggestions_fill_what_is_missing(folder: Path) -> None:
    more = folder.parent / "more.json"
    ran = run("--definitions", folder, "test", ID, "--suggest", "-o", more)
    assert ran.status == 1
    assert "confirms" in ran.err
    suggested: list[Any] = json.loads(more.read_text(encoding="utf-8"))["scenarios"]
    beside = folder / "invented/1.0.0/scenarios.json"
    beside.write_text(json.dumps({"scenarios": [HIGH, *suggested]}), encoding="utf-8")
    again = run("--definitions", folder, "test", ID, "--suggest")
    assert (again.status, again.err) == (0, "")
    assert "Not shown yet" not in again.out


def test_suggestions_are_printed_where_no_file_is_named(folder: Path) -> None:
    ran = run("--definitions", folder, "test", ID, "--suggest")
    assert ran.status == 1
    printed = json.loads(ran.out[ran.out.index("\n{") :])
    as_json = run("--definitions", folder, "test", ID, "--suggest", "--json").json()
    assert printed["scenarios"] == [one["scenario"] for one in as_json["definitions"][0]["suggestions"]]


def test_a_form_without_scenarios_is_told_how_to_start(tmp_path: Path) -> None:
    write_form(tmp_path, policies.counting())
    ran = run("--definitions", tmp_path, "test", "--time-limit", "0")
    assert ran.status == 1
    assert "invented 1.0.0: no scenarios" in ran.out
    assert f"There is no {tmp_path / 'invented/1.0.0/scenarios.json'} yet." in ran.out
    assert "--suggest -o" in ran.out


def test_a_scenario_that_differs_is_told(tmp_path: Path) -> None:
    write_form(tmp_path, policies.counting(), scenarios=[HIGH | {"expect": {"prompts": []}}])
    ran = run("--definitions", tmp_path, "test", "--time-limit", "0")
    assert ran.status == 1
    assert "scenario 'Two signs are High.': prompts is tell, not nothing" in ran.out
    assert "1 scenario, 1 not as expected" in ran.out


def test_what_is_broken_ends_with_2(tmp_path: Path) -> None:
    document = policies.counting()
    path = write_form(tmp_path, document, scenarios=[{"name": "Nothing else."}])
    ran = run("--definitions", tmp_path, "test")
    assert ran.status == 2
    assert "scenarios.json:3:5" in ran.out
    path.write_text("{", encoding="utf-8")
    assert run("test", path).status == 2
    assert run("test", tmp_path / "nowhere").status == 2
    assert run("test", "no-such-form").status == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["-o", "x.json"], "--suggest as well"), (["--suggest", "-o", "x.json"], "of one definition; name one")],
)
def test_a_file_is_written_for_the_suggestions_of_one_definition(arguments: list[str], words: str) -> None:
    ran = run("test", *arguments)
    assert ran.status == 2
    assert words in ran.err
    assert not Path("x.json").exists()


def test_without_the_solver_it_says_what_to_install(folder: Path) -> None:
    blocked = folder.parent / "blocked"
    blocked.mkdir()
    hidden = "import importlib.util as u; found = u.find_spec; "
    hidden += "u.find_spec = lambda name, *a: None if name == 'z3' else found(name, *a)"
    (blocked / "sitecustomize.py").write_text(hidden, encoding="utf-8")
    environment = {"PYTHONPATH": str(blocked)}
    suggested = run("--definitions", folder, "test", "--suggest", environment=environment)
    assert suggested.status == 2
    assert "pip install 'cse_forms[verify]'" in suggested.err
    plain = run("--definitions", folder, "test", environment=environment)
    assert plain.status == 1
    assert "pip install 'cse_forms[verify]'" in plain.out
    assert run("test", environment=environment).status == 0
