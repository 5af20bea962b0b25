"""`cse-forms diff`: what changed between two versions, and what kind of change it is."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.schema.documents import VALIDATORS


def versions(folder: Path) -> tuple[Path, Path]:
    """Write two versions of a form of which the second asks for more signs before it says High."""
    new = invented(version="2.0.0")
    rule = new["x-form"]["assessments"][0]["rules"][0]
    rule["when"]["atLeast"] = 2
    rule["because"] = "Two signs."
    old = write_form(folder, invented(), scenarios=[{"name": "one sign", "answers": {"missing": "yes"}, "expect": {}}])
    return old, write_form(folder, new)


def test_two_versions_are_named_by_their_ids_or_by_their_files(tmp_path: Path) -> None:
    old, new = versions(tmp_path)
    named = run("--definitions", tmp_path, "diff", "invented@1.0.0", "invented@2.0.0")
    assert named.status == 1
    assert "Kind of change: major: old responses are refused, misread, or come to something else" in named.out
    assert "Rule 1 of 'Risk' changed." in named.out
    assert "'Missing': Yes" in named.out
    assert run("diff", old, new).out == named.out
    assert run("diff", old.parent, new.parent).out == named.out


def test_nothing_changed_is_no_finding(tmp_path: Path) -> None:
    old, _ = versions(tmp_path)
    ran = run("diff", old, old)
    assert ran.status == 0
    assert "Nothing changed" in ran.out


def test_it_is_told_to_programs_as_the_document_describes_it(tmp_path: Path) -> None:
    old, new = versions(tmp_path)
    ran = run("diff", old, new, "--json")
    assert ran.status == 1
    VALIDATORS["comparison"].validate(ran.json())
    assert ran.json()["kind"] == "major"
    written = run("diff", old, new, "--json", "-o", tmp_path / "changes.json")
    assert written.status == 1
    assert json.loads((tmp_path / "changes.json").read_text(encoding="utf-8")) == ran.json()


def test_a_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    old, new = versions(tmp_path)
    ran = run("diff", old, new, "--html", "-o", tmp_path / "changes.html")
    assert ran.status == 1
    assert (tmp_path / "changes.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run("diff", old, new, "--html").out.startswith("<!DOCTYPE html>")


def test_without_time_it_says_that_it_is_not_decided(tmp_path: Path) -> None:
    old, new = versions(tmp_path)
    ran = run("diff", old, new, "--time-limit", "0")
    assert ran.status == 1
    assert "Kind of change: not decided: treat it as major" in ran.out


def test_what_is_no_definition_is_refused(tmp_path: Path) -> None:
    old, _ = versions(tmp_path)
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    assert run("diff", old, tmp_path / "broken.json").status == 2
    assert run("diff", old, tmp_path / "missing.json").status == 2
    assert run("--definitions", tmp_path, "diff", "invented@1.0.0", "invented@9.0.0").status == 2
    assert run("diff", old, old, "--json", "--html").status == 2


def test_a_form_is_known_by_its_id_beside_a_folder_of_that_name(tmp_path: Path) -> None:
    versions(tmp_path)
    for command in (("diff", "invented@1.0.0", "invented"), ("translate", "status", "invented"),
                    ("to-xlsx", "invented", "-o", "made.xlsx")):  # fmt: skip
        ran = run("--definitions", ".", *command, folder=tmp_path)
        assert ran.err == ""
        assert ran.status in {0, 1}
    assert run("diff", "1.0.0", "2.0.0", folder=tmp_path / "invented").status == 1
