"""A workbook that LibreOffice has opened and saved again says the same."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from cse_forms.workbook.files import Files
from cse_forms.workbook.saving import files_at
from cse_forms.workbook.values import same
from cse_forms.workbook.workbook import from_xlsx, to_xlsx
from tests.workbook import books
from tests.workbook.test_lossless import PUBLISHED, odd_document


def edit(book: Workbook) -> None:
    sheet = book["Rules"]
    books.put(sheet, books.row(sheet, "Id", "two-signs"), Where="measure signs-seen is 3 or more")
    sheet["Z99"].value = "a note of ours"


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return workbooks as LibreOffice saves them. Without it the tests fail: what nothing has opened is not tested."""
    executable = shutil.which("soffice")
    if executable is None:
        pytest.fail("No 'soffice' on the path; install LibreOffice, on Debian: apt-get install libreoffice-calc")
    folder = tmp_path_factory.mktemp("books")
    made = {path.parent.parent.name: to_xlsx(files_at(path)) for path in PUBLISHED}
    made["odd"] = to_xlsx(Files(form=odd_document()))
    made["edited"] = books.edited(to_xlsx(books.example()), edit)
    for name, data in made.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    done = subprocess.run(
        [
            executable,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "saved"),
            *(str(folder / f"{name}.xlsx") for name in made),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (folder / "saved").is_dir(), f"LibreOffice saved no workbook; is Calc there? {done.stdout}{done.stderr}"
    return {name: (folder / "saved" / f"{name}.xlsx").read_bytes() for name in made}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.parent.parent.name)
def test_each_form_comes_back_to_the_letter(path: Path, saved_again: dict[str, bytes]) -> None:
    reading = from_xlsx(saved_again[path.parent.parent.name], "saved.xlsx")
    assert same(reading.files.form, files_at(path).form)
    assert same(reading.files.scenarios, files_at(path).scenarios)
    assert reading.is_unchanged


def test_wordings_that_a_spreadsheet_would_change_come_back_to_the_letter(saved_again: dict[str, bytes]) -> None:
    assert same(from_xlsx(saved_again["odd"], "saved.xlsx").files.form, odd_document())


def test_an_edit_is_what_the_definition_says(saved_again: dict[str, bytes]) -> None:
    reading = from_xlsx(saved_again["edited"], "saved.xlsx")
    form = books.example().form
    form["x-form"]["assessments"][0]["rules"][1]["when"]["match"]["minimum"] = 3
    assert same(reading.files.form, form)
    assert not reading.is_unchanged
