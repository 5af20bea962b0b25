"""What a check found as the lines that GitHub Actions shows beside a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cse_forms.checking.checked import Notice


def github_lines(notices: Iterable[Notice], root: Path) -> Iterator[str]:
    """Yield a line for each thing that was found.

    Args:
        notices: what was found.
        root: the folder to which the files' names are relative; what stands outside of it is named in full.
    """
    for path, problem in notices:
        whole, top = path.resolve(), root.resolve()
        file = whole.relative_to(top) if whole.is_relative_to(top) else whole
        told = {"file": file.as_posix(), "line": problem.line, "col": problem.column, "title": problem.code}
        where = ",".join(f"{word}={_in_property(str(value))}" for word, value in told.items())
        place = f"{problem.pointer}: " if problem.pointer else ""
        yield f"::{problem.severity} {where}::{_in_message(place + problem.message)}"


def _in_message(text: str) -> str:
    """Return a text as a message has it: its line breaks would end the command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_message(text).replace(":", "%3A").replace(",", "%2C")
