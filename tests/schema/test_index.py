"""The index of a form: what it may hold, and that every fault of it is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cse_forms import DefinitionError
from cse_forms.schema.index import Index, Publication, Retirement, State, index_path, read_index

DIGEST = f"sha256:{64 * '0'}"
PUBLICATION = Publication(state=State.PUBLISHED, published="2026-01-31", digest=DIGEST, bytes=DIGEST)


def faults(folder: Path, document: Any) -> dict[str, str]:
    index_path(folder).write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        read_index(folder)
    return {problem.pointer: problem.message for problem in raised.value.problems}


def test_an_index_is_read_as_it_was_written(tmp_path: Path) -> None:
    retired = Retirement(date="2026-02-28", reason="Out of date.", replaced_by="1.10.0")
    index = Index(form=tmp_path.name).with_version("1.10.0", PUBLICATION)
    index = index.with_version("1.9.0", Publication(**{**_words(), "retired": retired}))
    index_path(tmp_path).write_bytes(index.to_bytes())
    assert read_index(tmp_path) == index
    assert list(read_index(tmp_path).versions) == ["1.9.0", "1.10.0"]


def _words() -> dict[str, Any]:
    return {"state": State.PUBLISHED, "published": "2026-01-31", "digest": DIGEST, "bytes": DIGEST}


def test_where_there_is_no_index_nothing_is_published(tmp_path: Path) -> None:
    assert read_index(tmp_path) == Index(form=tmp_path.name)


def test_every_fault_of_an_index_is_told_at_its_place(tmp_path: Path) -> None:
    document = {
        "form": "other",
        "verion": 1,
        "versions": {
            "1.0": {**_words(), "state": "out", "published": "today"},
            "1.0.0": {**_words(), "digest": "sha256:0", "bytes": 1, "by": "me"},
            "1.1.0": 1,
            "1.2.0": {**_words(), "retired": {"date": 2, "reason": " ", "replaced_by": "1.2.0", "why": ""}},
            "1.3.0": {**_words(), "retired": None},
        },
    }
    found = faults(tmp_path, document)
    assert set(found) == {
        "/form",
        "/verion",
        "/versions/1.0",
        "/versions/1.0/published",
        "/versions/1.0/state",
        "/versions/1.0.0/by",
        "/versions/1.0.0/bytes",
        "/versions/1.0.0/digest",
        "/versions/1.1.0",
        "/versions/1.2.0/retired/date",
        "/versions/1.2.0/retired/reason",
        "/versions/1.2.0/retired/replaced_by",
        "/versions/1.2.0/retired/why",
        "/versions/1.3.0/retired",
    }
    assert found["/form"] == f"this must be '{tmp_path.name}', as the folder is called"


@pytest.mark.parametrize("document", [[], {}, {"versions": []}, "index"])
def test_what_is_no_index_is_refused(tmp_path: Path, document: Any) -> None:
    assert set(faults(tmp_path, document)) == {""}


def test_an_index_that_is_not_json_is_refused_with_its_line(tmp_path: Path) -> None:
    index_path(tmp_path).write_bytes(b'{\n"form": }')
    with pytest.raises(DefinitionError, match=r"index.json:2:9 "):
        read_index(tmp_path)
