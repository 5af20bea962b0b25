"""`cse-forms schema` hands out the documents that editors and other programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run
from tests.schema.documents import DOCUMENTS, NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_document_is_handed_out_as_it_ships(name: str) -> None:
    assert run("schema", name).json() == DOCUMENTS[name]


def test_a_document_is_written_to_a_file(tmp_path: Path) -> None:
    ran = run("schema", "definition", "-o", tmp_path / "d.json")
    assert (ran.status, ran.out) == (0, f"Wrote {tmp_path / 'd.json'}\n")
    assert json.loads((tmp_path / "d.json").read_bytes()) == DOCUMENTS["definition"]


@pytest.mark.parametrize("name", ["form", "../reading", "definition.schema.json"])
def test_another_name_is_refused_with_those_that_there_are(name: str) -> None:
    ran = run("schema", name)
    assert (ran.status, ran.out) == (2, "")
    assert "definition" in ran.err
