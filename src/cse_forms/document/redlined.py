"""Text of which some words went and others came, as one text: a proof-reader's view of two wordings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, Self, TypeAlias

from cse_forms.passages import Run, Said

Mark: TypeAlias = Literal["same", "deleted", "inserted"]


class Marked(NamedTuple):
    """A part of a redlined text, and whether it stayed, went or came."""

    text: str
    mark: Mark
    label: str = ""
    """What is said of it where a mark is not seen: "out", "in"."""


class Redlined(Said):
    """A text in which it is marked what went and what came.

    As a text alone it says so in words, [out: old] [in: new], so that nothing rests on colours or on lines through
    letters; `parts` has it for what can draw such marks.
    """

    __slots__ = ("parts",)

    parts: tuple[Marked, ...]

    @classmethod
    def marked(cls, parts: Iterable[Marked]) -> Self:
        """Return the text of these parts."""
        found = tuple(parts)
        said = cls.of((Run("".join(map(_in_words, found)), None),))
        said.parts = found
        return said

    def __reduce__(self) -> tuple[Any, ...]:
        return Redlined.marked, (self.parts,)


def _in_words(part: Marked) -> str:
    return f"[{part.label}: {part.text}]" if part.label else part.text
