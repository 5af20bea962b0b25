"""A catalogue of many forms checked: what policy staff wait for before they publish."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, show
from cse_forms.checking import check_file, definition_files
from cse_forms.checking.many import check_files
from cse_forms.forms import shipped_catalogue

FORMS = 200
TARGET = 10
"""Seconds for so many forms."""
ALL = f"a catalogue of {FORMS} forms, with their scenarios"
ONE = "one form of it, on average"


def write_catalogue(folder: Path, forms: int) -> list[Path]:
    """Write the shipped forms with their scenarios under ever other ids, as drafts, and return their files."""
    shipped = definition_files(shipped_catalogue().directory)
    for number in range(forms):
        source = shipped[number % len(shipped)]
        document = json.loads(source.read_bytes())
        words = document["x-form"]
        words |= {"id": f"{words['id']}-{number:03}", "status": "draft"}
        document["$id"] = f"urn:cse-forms:{words['id']}:{words['version']}"
        path = folder / words["id"] / words["version"] / source.name
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        beside = source.with_name("scenarios.json")
        path.with_name(beside.name).write_bytes(beside.read_bytes())
    return definition_files(folder)


def run() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_catalogue(Path(folder), FORMS)
        check_file(files[0])
        start = time.perf_counter()
        assert all(one.is_fit for one in check_files(files))
        show("Checking", rows(time.perf_counter() - start))


def rows(seconds: float) -> Iterator[Row]:
    """Yield what is printed."""
    yield Row(name=ALL, seconds=seconds, target=f"under {TARGET} s", met=seconds < TARGET)
    yield Row(name=ONE, seconds=seconds / FORMS)


if __name__ == "__main__":
    run()
