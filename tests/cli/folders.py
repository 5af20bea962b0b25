"""Catalogues and response files, written for one test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.forms import ID, Document, choice, definition, integer, needed, section, text, to_bytes
from tests.publications import record

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "cse-toolbox-response.json"


def invented(*, version: str = "1.0.0", status: str = "draft", **x_form: Any) -> Document:
    """Return a small definition with one assessment."""
    properties = {
        "child": section({"name": needed(), "age": integer()}, required=["name"], number="1"),
        "missing": choice("yes", "no", "not-known"),
        "frightened": choice("yes", "no", "not-known"),
        "notes": text(lines=4),
    }
    when = {"items": ["/missing", "/frightened"], "match": {"const": "yes"}}
    risk: Document = {"id": "risk", "title": "Risk", "levels": [{"id": "low"}, {"id": "high"}]}
    risk |= {"rules": [{"id": "gone", "level": "high", "when": when}], "otherwise": {"level": "low"}}
    words: dict[str, Any] = {"status": status, "header": ["/child/name"], "assessments": [risk]}
    return definition(properties, required=["child"], version=version, **words | x_form)


def write_form(folder: Path, document: Document, *, scenarios: list[Document] | None = None) -> Path:
    """Write a definition into a catalogue, with its digest where it is published, and return its path."""
    words = document["x-form"]
    path = folder / str(words["id"]) / str(words["version"]) / "form.json"
    path.parent.mkdir(parents=True)
    data = to_bytes(document)
    path.write_bytes(data)
    if words["status"] == "published":
        record(path)
    if scenarios is not None:
        path.with_name("scenarios.json").write_bytes(to_bytes({"scenarios": scenarios}))
    return path


def write_response(path: Path, answers: Any, **envelope: Any) -> Path:
    """Write a response to the invented form, and return its path."""
    document = {"form": ID, "version": "1.0.0", "answers": answers} | envelope
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
