"""`render`: where it writes, what it says, and what it refuses."""

from __future__ import annotations

import os
import stat
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

import cse_forms
from tests.cli.folders import EXAMPLE, invented, write_form, write_response
from tests.commands import SCRIPT, run

FORMATS = ["html", "docx", "json"]


def rendered(to: str, response: cse_forms.Response | None = None) -> bytes:
    made = cse_forms.get_form("cse-toolbox").render(to, response)
    return made if isinstance(made, bytes) else made.encode("utf-8")


@pytest.mark.parametrize("to", FORMATS)
def test_a_blank_form_is_written_under_its_name_in_this_folder(to: str, tmp_path: Path) -> None:
    ran = run("render", "cse-toolbox", "--to", to, folder=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == [f"cse-toolbox-1.0.0.{to}"]
    written = (tmp_path / f"cse-toolbox-1.0.0.{to}").read_bytes()
    assert written == rendered(to)
    assert ran.out == f"Wrote cse-toolbox-1.0.0.{to} ({len(written) / 1000:,.0f} kB)\n"


@pytest.mark.parametrize("to", ["html", "docx"])
def test_a_response_is_written_under_the_name_of_its_file(to: str, tmp_path: Path) -> None:
    ran = run("render", EXAMPLE, "--to", to, folder=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    response = cse_forms.read_response(EXAMPLE)
    assert (tmp_path / f"{EXAMPLE.stem}.{to}").read_bytes() == rendered(to, response)


def test_standard_input_is_written_under_the_name_response(tmp_path: Path) -> None:
    assert run("render", "-", "--to", "html", stdin=EXAMPLE.read_bytes(), folder=tmp_path).status == 0
    assert (tmp_path / "response.html").read_bytes() == rendered("html", cse_forms.read_response(EXAMPLE))


@pytest.mark.parametrize("what", ["cse-toolbox", "cse-toolbox@1.0.0", str(EXAMPLE)])
def test_a_hyphen_as_output_is_standard_output_and_nothing_else_is_said(what: str, tmp_path: Path) -> None:
    ran = run("render", what, "--to", "json", "-o", "-", folder=tmp_path)
    response = cse_forms.read_response(EXAMPLE) if what == str(EXAMPLE) else None
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.encode("utf-8") == rendered("json", response)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_the_usual_name_is_not_overwritten_by_mistake(tmp_path: Path) -> None:
    kept = tmp_path / "cse-toolbox-1.0.0.html"
    kept.write_text("precious", encoding="utf-8")
    ran = run("render", "cse-toolbox", "--to", "html", folder=tmp_path)
    assert ran.status == 2
    assert "cse-toolbox-1.0.0.html is there already" in ran.err
    assert kept.read_text(encoding="utf-8") == "precious"


def test_json_of_a_response_does_not_overwrite_the_response(tmp_path: Path) -> None:
    response = tmp_path / "response.json"
    response.write_bytes(EXAMPLE.read_bytes())
    ran = run("render", response, "--to", "json", folder=tmp_path)
    assert ran.status == 2
    assert "response.json is there already" in ran.err
    assert response.read_bytes() == EXAMPLE.read_bytes()


def test_a_named_output_is_overwritten_and_its_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "form.html"
    for _ in range(2):
        ran = run("render", "cse-toolbox", "--to", "html", "-o", path)
        assert (ran.status, ran.err) == (0, "")
        assert path.read_bytes() == rendered("html")
        path.write_text("old", encoding="utf-8")
    assert list(path.parent.iterdir()) == [path]


def test_a_written_file_can_be_read_by_those_who_may_read_other_new_files(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    run("render", "cse-toolbox", "--to", "html", "-o", tmp_path / "form.html")
    assert stat.S_IMODE((tmp_path / "form.html").stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_a_pipe_as_output_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_form(tmp_path / "definitions", invented())
        ran = run("--definitions", tmp_path / "definitions", "render", "invented", "--to", "docx", "-o", pipe)
        assert (ran.status, ran.err) == (0, "")
        assert pipe.is_fifo()
        with ZipFile(BytesIO(os.read(reader, 65_536))) as archive:
            assert archive.testzip() is None
    finally:
        os.close(reader)


def test_output_that_cannot_be_written_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = run("render", "cse-toolbox", "--to", "html", "-o", tmp_path / "file" / "form.html")
    assert (ran.status, ran.out) == (2, "")
    assert "Cannot write" in ran.err
    assert run("render", "cse-toolbox", "--to", "html", "-o", tmp_path).status == 2


def test_a_name_that_is_no_text_can_be_written_to(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.html"))
    ran = run("render", "cse-toolbox", "--to", "html", "-o", path)
    assert (ran.status, ran.err) == (0, "")
    assert path.read_bytes() == rendered("html")


def test_an_unknown_format_is_answered_with_those_that_there_are_and_nothing_is_written(tmp_path: Path) -> None:
    ran = run("render", "cse-toolbox", "--to", "odt", folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "Error: No renderer 'odt'; known formats: docx, html, json, pdf\n"
    assert list(tmp_path.iterdir()) == []


def test_an_invalid_response_is_rendered_with_its_findings(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", invented())
    response = write_response(tmp_path / "response.json", {"missing": "perhaps"})
    ran = run("--definitions", tmp_path / "definitions", "render", response, "--to", "html", "-o", "-")
    assert ran.status == 0
    assert "Choose one of: Yes, No, Not known" in ran.out
    assert "perhaps" in ran.out


def test_a_draft_is_marked_as_one_on_its_page(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", invented())
    for status, marked in (("draft", True), ("complete", False)):
        response = write_response(tmp_path / "response.json", {}, meta={"status": status})
        ran = run("--definitions", tmp_path / "definitions", "render", response, "--to", "html", "-o", "-")
        assert ("DRAFT" in ran.out) is marked


def test_the_installed_script_renders_bytes_to_standard_output_unharmed(tmp_path: Path) -> None:
    ran = run("render", "cse-toolbox", "--to", "html", "-o", "-", program=SCRIPT)
    assert ran.out.encode("utf-8") == rendered("html")


def tree_of(*arguments: str | Path) -> dict[str, Any]:
    """Return the document that a command makes, for programs."""
    ran = run("render", *arguments, "--to", "json", "-o", "-")
    assert (ran.status, ran.err) == (0, "")
    document: dict[str, Any] = ran.json()["document"]
    return document


@pytest.mark.parametrize(
    ("arguments", "purpose", "status"),
    [
        (["cse-toolbox"], "print", "blank"),
        (["cse-toolbox", "--for", "print"], "print", "blank"),
        (["cse-toolbox", "--for", "fill"], "fill", "blank"),
        ([EXAMPLE], "record", "complete"),
        ([EXAMPLE, "--for", "record"], "record", "complete"),
        ([EXAMPLE, "--for", "fill"], "fill", "complete"),
        ([EXAMPLE, "--draft"], "record", "draft"),
    ],
)
def test_a_form_is_to_be_printed_and_a_response_is_a_record_unless_something_else_is_said(
    arguments: list[str | Path], purpose: str, status: str
) -> None:
    document = tree_of(*arguments)
    assert (document["purpose"], document["status"], document["large_print"]) == (purpose, status, False)


def test_large_print_and_the_interface_s_language_are_chosen() -> None:
    document = tree_of("cse-toolbox", "--large-print", "--language", "cy")
    assert (document["large_print"], document["language"], document["interface"]) == (True, "en-GB", "cy")
    assert document["labels"]["page"] == "Tudalen"


@pytest.mark.parametrize("what", [["cse-toolbox"], ["cse-toolbox", "--for", "fill"], [EXAMPLE, "--for", "fill"]])
def test_more_rows_can_be_asked_for(what: list[str | Path]) -> None:
    counts = []
    for rows in ("0", "3", "7"):
        tables = [block for block in tree_of(*what, "--rows", rows)["blocks"] if block.get("row_header", "") is None]
        counts.append([len(table["rows"]) for table in tables])
    assert counts == [[3], [3], [7]]


def test_the_usual_name_says_what_the_document_is_for(tmp_path: Path) -> None:
    options = ["--for", "fill", "--large-print", "--language", "cy"]
    assert run("render", "cse-toolbox", "--to", "json", *options, folder=tmp_path).status == 0
    assert run("render", EXAMPLE, "--to", "json", "--for", "fill", folder=tmp_path).status == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "cse-toolbox-1.0.0-fill-large-cy.json",
        "cse-toolbox-response-fill.json",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["cse-toolbox", "--to", "json", "--for", "record"], "A record is of a response"),
        (["cse-toolbox", "--to", "json", "--draft"], "--draft is said of a response"),
        ([EXAMPLE, "--to", "json", "--for", "print"], "A response is not printed as a blank"),
        ([EXAMPLE, "--to", "json", "--rows", "5"], "--rows is for a form to fill in"),
        (["cse-toolbox", "--to", "json", "--rows", "201"], "201 is not in the range 0<=x<=200"),
        (["cse-toolbox", "--to", "json", "--language", "fr"], "no words in 'fr'; it has them in en-GB, cy"),
        (["cse-toolbox", "--all", "-o", "out"], "--all is of every form"),
        (["--all"], "into which folder"),
        (["--all", "-o", "-"], "into which folder"),
        (["--all", "-o", "out", "--for", "record"], "A record is of a response"),
        (["--all", "-o", "out", "--draft"], "--draft is said of a response"),
        (["--all", "-o", "out", "--to", "odt"], "No renderer 'odt'"),
        (["--to", "json"], "Missing argument"),
        (["cse-toolbox"], "Missing option '--to'"),
    ],
)
def test_what_makes_no_sense_together_is_refused_with_what_to_do(
    arguments: list[str | Path], told: str, tmp_path: Path
) -> None:
    ran = run("render", *arguments, folder=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert told in " ".join(ran.err.split())
    assert list(tmp_path.iterdir()) == []


def test_all_forms_are_made_in_every_format_for_each_purpose(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", invented())
    write_form(tmp_path / "definitions", invented(version="1.1.0"))
    ran = run("--definitions", tmp_path / "definitions", "render", "--all", "-o", tmp_path / "out")
    assert (ran.status, ran.err) == (0, "")
    ways = ["", "-fill", "-fill-large", "-large"]
    names = [
        f"invented-{version}{way}.{suffix}"
        for version in ("1.0.0", "1.1.0")
        for suffix in ("docx", "html", "pdf")
        for way in ways
    ]
    names += [f"invented-{version}.json" for version in ("1.0.0", "1.1.0")]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    assert ran.out == f"Wrote {len(names)} documents into {tmp_path / 'out'}\n"


def test_of_all_forms_only_what_is_asked_for_is_made(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", invented())
    options = ["--to", "docx", "--for", "fill", "--language", "cy"]
    ran = run("--definitions", tmp_path / "definitions", "render", "--all", "-o", tmp_path / "out", *options)
    assert (ran.status, ran.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "invented-1.0.0-fill-cy.docx",
        "invented-1.0.0-fill-large-cy.docx",
    ]


def test_a_format_whose_packages_are_missing_is_left_out_with_what_to_install(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", invented())
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "typst.py").write_text("raise ImportError('not here')", encoding="utf-8")
    ran = run(
        *("--definitions", tmp_path / "definitions", "render", "--all", "-o", tmp_path / "out"),
        environment={"PYTHONPATH": str(tmp_path / "broken")},
    )
    assert ran.status == 0
    assert ran.err.startswith("Left out pdf: ")
    assert "cse_forms[pdf]" in ran.err
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".docx", ".html", ".json"}
