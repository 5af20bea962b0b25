"""Fresh processes: what everybody waits for who types a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import python, start_ups
from benchmarks.table import Row, show

BARE = "python -c pass"
IMPORT = "import cse_forms"
LIST = "cse-forms list"
COMMANDS = {
    BARE: python("pass"),
    IMPORT: python("import cse_forms"),
    "cse-forms --help": [sys.executable, "-m", "cse_forms", "--help"],
    LIST: [sys.executable, "-m", "cse_forms", "list"],
    "cse-forms evaluate EXAMPLE": [sys.executable, "-m", "cse_forms", "evaluate"],
    "cse-forms render cse-toolbox --to html": [
        sys.executable,
        "-m",
        "cse_forms",
        "render",
        "cse-toolbox",
        "--to",
        "html",
    ],
    "cse-forms render cse-toolbox --to docx": [
        sys.executable,
        "-m",
        "cse_forms",
        "render",
        "cse-toolbox",
        "--to",
        "docx",
    ],
}
TARGETS = {IMPORT: 0.150, LIST: 0.400}
"""Seconds, the interpreter's own start among them."""

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "cse-toolbox-response.json"


def run() -> None:
    """Measure and print."""
    # Modules are compiled once, as they are where the package is installed.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    seconds = start_ups({name: _command(name) for name in COMMANDS}, rounds=11)
    show(f"Fresh processes; {BARE} is 1", _rows(seconds))


def _command(name: str) -> list[str]:
    command = COMMANDS[name]
    if command[-1] == "evaluate":
        return [*command, str(EXAMPLE)]
    return [*command, "-o", "-"] if "render" in command else command


def _rows(seconds: dict[str, float]) -> Iterator[Row]:
    for name, taken in seconds.items():
        limit = TARGETS.get(name)
        target = "" if limit is None else f"under {limit * 1e3:.0f} ms"
        met = None if limit is None else taken < limit
        yield Row(name=name, seconds=taken, ratio=taken / seconds[BARE], target=target, met=met)
