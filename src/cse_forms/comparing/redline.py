"""Two wordings as one text in which what went and what came is marked, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

Mark: TypeAlias = Literal["same", "deleted", "inserted"]

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class RedlineRun:
    """Some words, and whether they stayed, went or came."""

    text: str
    mark: Mark


Redline: TypeAlias = tuple[RedlineRun, ...]


def redline(old: str, new: str) -> Redline:
    """Return both wordings at once: without what is inserted it is the old one, without what is deleted the new one."""
    return tuple(_merged(_runs(_TOKEN.findall(old), _TOKEN.findall(new))))


def _runs(old: list[str], new: list[str]) -> Iterator[RedlineRun]:
    for word, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if word == "equal":
            same = "".join(old[start:end])
            if same.isspace() and first > 0 and last < len(new):
                # A space between two words that changed is no landmark.
                yield RedlineRun(same, "deleted")
                yield RedlineRun(same, "inserted")
            else:
                yield RedlineRun(same, "same")
        else:
            yield RedlineRun("".join(old[start:end]), "deleted")
            yield RedlineRun("".join(new[first:last]), "inserted")


def _merged(runs: Iterator[RedlineRun]) -> Iterator[RedlineRun]:
    """Yield what went before what came, wherever the two stand side by side."""
    gone, come = "", ""
    for run in runs:
        if run.mark == "deleted":
            gone += run.text
        elif run.mark == "inserted":
            come += run.text
        else:
            yield from _changed(gone, come)
            gone, come = "", ""
            yield run
    yield from _changed(gone, come)


def _changed(gone: str, come: str) -> Iterator[RedlineRun]:
    if gone:
        yield RedlineRun(gone, "deleted")
    if come:
        yield RedlineRun(come, "inserted")
