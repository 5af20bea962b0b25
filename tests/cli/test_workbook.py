"""`cse-forms to-xlsx` and `cse-forms from-xlsx`."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from cse_forms.workbook.workbook import to_xlsx
from tests.cli.folders import invented, write_form
from tests.commands import LIMITED, run
from tests.workbook import books

WITHOUT_OPENPYXL = (
    sys.executable,
    "-c",
    "import runpy, sys; sys.modules['openpyxl'] = None; runpy.run_module('cse_forms', None, '__main__', True)",
)


@pytest.fixture
def intake(tmp_path: Path) -> Path:
    """Return the file of a draft in a catalogue, with a workbook beside the catalogue."""
    shutil.copytree(books.EXAMPLE.parents[1], tmp_path / "forms" / "intake")
    (tmp_path / "intake.xlsx").write_bytes(to_xlsx(books.example()))
    return tmp_path / "forms" / "intake" / "1.0.0" / "form.json"


def change(workbook: Path, place: str, value: str) -> None:
    def edit(book: Workbook) -> None:
        sheet, _, cell = place.partition("!")
        book[sheet][cell].value = value

    workbook.write_bytes(books.edited(workbook.read_bytes(), edit))


def test_a_form_is_written_as_a_workbook_and_read_back_as_the_same_files(tmp_path: Path) -> None:
    made = run("to-xlsx", "wolverhampton-induction", folder=tmp_path)
    assert (made.status, made.out) == (
        0, "Wrote wolverhampton-induction-1.0.0.xlsx: wolverhampton-induction 1.0.0\n"
    )  # fmt: skip
    read = run("from-xlsx", "wolverhampton-induction-1.0.0.xlsx", "-o", "forms", folder=tmp_path, program=LIMITED)
    assert read.status == 0, read.err
    for name in ("form.json", "scenarios.json"):
        shipped = Path("definitions/wolverhampton-induction/1.0.0") / name
        assert (tmp_path / "forms/wolverhampton-induction/1.0.0" / name).read_bytes() == shipped.read_bytes()
    again = run("to-xlsx", "wolverhampton-induction", folder=tmp_path)
    assert (again.status, again.out) == (2, "")
    assert "wolverhampton-induction-1.0.0.xlsx is there already" in again.err
    assert run("to-xlsx", "wolverhampton-induction", "--force", folder=tmp_path).status == 0


def test_a_workbook_is_only_looked_at_where_nothing_says_where_to_write(intake: Path, tmp_path: Path) -> None:
    before = intake.read_bytes()
    done = run("from-xlsx", "intake.xlsx", folder=tmp_path)
    assert (done.status, done.out) == (
        0, "intake 1.0.0: the workbook is sound\nNothing was written; say with -o where to.\n"
    )  # fmt: skip
    assert intake.read_bytes() == before


def test_an_edited_workbook_can_be_read_back_again_and_again(intake: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "intake.xlsx"
    for title in ("First talk", "First words"):
        change(workbook, "About!B2", title)
        done = run("from-xlsx", "intake.xlsx", "-o", "forms", folder=tmp_path)
        assert done.status == 0, done.err
        assert "Wrote forms/intake/1.0.0/form.json" in done.out
        assert "Nothing changed in forms/intake/1.0.0/scenarios.json" in done.out
        assert json.loads(intake.read_bytes())["title"] == title


def test_what_somebody_else_has_changed_meanwhile_is_not_written_over(intake: Path, tmp_path: Path) -> None:
    change(tmp_path / "intake.xlsx", "About!B2", "First talk")
    change(tmp_path / "intake.xlsx", "Scenarios!B2", "Another name.")
    theirs = intake.read_bytes().replace(b"First conversation", b"Their title")
    intake.write_bytes(theirs)
    scenarios = intake.with_name("scenarios.json").read_bytes()
    done = run("from-xlsx", "intake.xlsx", "-o", str(intake), folder=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "was changed since this workbook was made, and nothing was written" in done.err
    assert intake.read_bytes() == theirs
    assert intake.with_name("scenarios.json").read_bytes() == scenarios
    assert run("from-xlsx", "intake.xlsx", "-o", str(intake), "--force", folder=tmp_path).status == 0
    assert json.loads(intake.read_bytes())["title"] == "First talk"


def test_a_file_that_is_laid_out_in_another_way_is_no_conflict(intake: Path, tmp_path: Path) -> None:
    intake.write_text(json.dumps(json.loads(intake.read_bytes())), encoding="utf-8")
    change(tmp_path / "intake.xlsx", "About!B2", "First talk")
    assert run("from-xlsx", "intake.xlsx", "-o", str(intake), folder=tmp_path).status == 0
    assert json.loads(intake.read_bytes())["title"] == "First talk"


def test_a_published_version_is_never_written_over_and_its_workbook_makes_the_next_one(tmp_path: Path) -> None:
    path = write_form(tmp_path / "forms", invented(status="published"))
    before = path.read_bytes()
    workbook = tmp_path / "form.xlsx"
    assert run("to-xlsx", str(path), "-o", str(workbook)).status == 0
    change(workbook, "About!B2", "Another title")
    for force in ((), ("--force",)):
        done = run("from-xlsx", str(workbook), "-o", str(tmp_path / "forms"), *force)
        assert done.status == 2
        assert "a published version never changes, and nothing was written" in done.err
        assert "Give the form a new version in the cell About!B5" in done.err
    change(workbook, "About!B5", "1.1.0")
    assert run("from-xlsx", str(workbook), "-o", str(tmp_path / "forms")).status == 2
    change(workbook, "About!B6", "draft")
    assert run("from-xlsx", str(workbook), "-o", str(tmp_path / "forms")).status == 0
    assert path.read_bytes() == before
    newer = json.loads((path.parents[1] / "1.1.0" / "form.json").read_bytes())
    assert (newer["$id"], newer["title"]) == ("urn:cse-forms:invented:1.1.0", "Another title")


def test_what_is_wrong_is_told_by_sheet_and_cell(intake: Path, tmp_path: Path) -> None:
    change(tmp_path / "intake.xlsx", "Rules!D2", "/signs/*/seen is")
    change(tmp_path / "intake.xlsx", "About!B5", "1")
    done = run("from-xlsx", "intake.xlsx", "-o", "forms", folder=tmp_path)
    assert done.status == 1
    assert [line.partition(":")[0] for line in done.out.splitlines()] == ["About!B5", "Rules!D2", "intake.xlsx"]
    assert done.out.endswith("intake.xlsx: 2 problems; nothing was written\n")
    told = run("from-xlsx", "intake.xlsx", "--json", folder=tmp_path).json()
    assert told["sound"] is False
    assert [fault["cell"] for fault in told["faults"]] == ["About!B5", "Rules!D2"]
    change(tmp_path / "intake.xlsx", "Rules!D2", "/signs/*/seen is yes")
    change(tmp_path / "intake.xlsx", "About!B5", "1.0.0")
    assert run("from-xlsx", "intake.xlsx", "--json", folder=tmp_path).json() == {
        "sound": True, "faults": [], "written": []
    }  # fmt: skip


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_text("no workbook", encoding="utf-8")
    done = run("from-xlsx", "notes.xlsx", folder=tmp_path, program=LIMITED)
    assert (done.status, done.out) == (2, "")
    assert "notes.xlsx is no workbook" in done.err


def test_a_broken_definition_is_made_into_no_workbook(tmp_path: Path) -> None:
    path = write_form(tmp_path / "forms", invented() | {"title": ""})
    done = run("to-xlsx", str(path), "-o", str(tmp_path / "form.xlsx"))
    assert done.status == 2
    assert not (tmp_path / "form.xlsx").exists()


def test_without_openpyxl_it_is_said_what_to_install(intake: Path, tmp_path: Path) -> None:
    done = run("to-xlsx", str(intake.parent), folder=tmp_path, program=WITHOUT_OPENPYXL)
    assert done.status == 2
    assert "'pip install cse_forms[xlsx]' adds it" in done.err
    assert run("from-xlsx", "intake.xlsx", folder=tmp_path, program=WITHOUT_OPENPYXL).status == 0
