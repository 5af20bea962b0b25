"""`read`: what it writes, what it tells, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from tests.cli.folders import EXAMPLE
from tests.commands import run
from tests.reading_back.sample import FORM, blank_of, catalogue, sample
from tests.reading_back.word import WordFile


@pytest.fixture
def forms_at_hand(tmp_path: Path) -> cse_forms.Catalogue:
    return catalogue(tmp_path / "definitions", sample())


def filled(forms_at_hand: cse_forms.Catalogue, folder: Path, **written: str) -> Path:
    """Return the path of a form in which something was written, by the titles of the controls."""
    word = WordFile(blank_of(forms_at_hand.get_form(FORM)))
    for title, text in written.items():
        word.write(title, text)
    path = folder / "filled.docx"
    path.write_bytes(word.save())
    return path


def read(forms_at_hand: cse_forms.Catalogue, *arguments: str | Path) -> Any:
    return run("--definitions", forms_at_hand.directory, "read", *arguments)


def test_a_response_is_written_and_can_be_validated(forms_at_hand: cse_forms.Catalogue, tmp_path: Path) -> None:
    document, response = filled(forms_at_hand, tmp_path, Name="Sam \u2603", Age="14"), tmp_path / "new" / "r.json"
    ran = read(forms_at_hand, document, "-o", response)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"An invented form (invented 1.0.0)\n20 fields: 2 read, 18 empty\nWrote {response}\n"
    written = cse_forms.read_response(response)
    assert written.answers == {"name": "Sam \u2603", "age": 14}
    assert written.is_draft
    validated = run("--definitions", forms_at_hand.directory, "validate", response)
    assert validated.status == 0, validated.out


def test_without_a_file_to_write_to_only_the_report_is_printed(
    forms_at_hand: cse_forms.Catalogue, tmp_path: Path
) -> None:
    document = filled(forms_at_hand, tmp_path, Name="Sam")
    ran = read(forms_at_hand, document)
    assert ran.status == 0
    assert ran.out.endswith("The response was not written; say with -o where to.\n")
    assert "Sam" not in ran.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["definitions", "filled.docx"]


def test_what_is_to_be_looked_at_is_told_with_its_words_and_ends_with_1(
    forms_at_hand: cse_forms.Catalogue, tmp_path: Path
) -> None:
    document, response = filled(forms_at_hand, tmp_path, Name="Sam", Born="last\x85Tuesday"), tmp_path / "r.json"
    ran = read(forms_at_hand, document, "-o", response)
    assert ran.status == 1
    assert "unreadable /born Born\n    This is no date that can be read" in ran.out
    assert "    > last Tuesday\n" in ran.out
    assert cse_forms.read_response(response).answers == {"name": "Sam"}


def test_json_has_the_response_and_a_report_of_every_field(forms_at_hand: cse_forms.Catalogue, tmp_path: Path) -> None:
    document = filled(forms_at_hand, tmp_path, Name="Sam", Age="many")
    ran = read(forms_at_hand, document, "--json")
    assert ran.status == 1
    said = ran.json()
    assert said == json.loads(json.dumps(cse_forms.read_docx(document, forms_at_hand).to_dict()))
    assert said["response"]["answers"] == {"name": "Sam"}
    assert len(said["fields"]) == 20


def test_a_shipped_form_is_read_without_naming_a_catalogue(tmp_path: Path) -> None:
    response = cse_forms.read_response(EXAMPLE)
    path = tmp_path / "filled.docx"
    path.write_bytes(blank_of(cse_forms.get_form(response.form), response.answers))
    ran = run("read", path, "--json")
    assert ran.status == 0, ran.out
    assert ran.json()["response"]["answers"] == response.answers


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"not a document at all"])
def test_what_is_no_document_is_refused_and_nothing_is_written(
    content: bytes, forms_at_hand: cse_forms.Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "filled.docx"
    path.write_bytes(content)
    ran = read(forms_at_hand, path, "-o", tmp_path / "r.json")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
    assert not (tmp_path / "r.json").exists()


def test_a_form_that_is_not_at_hand_is_refused(forms_at_hand: cse_forms.Catalogue, tmp_path: Path) -> None:
    document = filled(forms_at_hand, tmp_path)
    ran = run("read", document)
    assert ran.status == 2
    assert "No form 'invented'" in ran.err


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ran = run("read", tmp_path / "none.docx")
    assert ran.status == 2
    assert "Cannot read" in ran.err
