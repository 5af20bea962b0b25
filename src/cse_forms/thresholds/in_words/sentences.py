"""A thing said: a sentence, or one that leads into several parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cse_forms.passages import strung

SHORT = 180
"""Characters of two parts that are still said in one sentence."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A clause without a capital and a full stop, and the parts that it leads into.

    A document shows the parts as points below the clause; where there is one line only, they follow it.
    """

    text: str
    parts: tuple[Saying, ...] = ()
    joint: str | None = None
    """Where two parts alone may be said without the clause, as one sentence: what joins them, "{first}, and {last}"."""

    def line(self) -> str:
        """Return all of it in one line."""
        if not self.parts:
            return self.text
        lines = [part.line() for part in self.parts]
        if self.joint is not None and len(lines) == 2 and not any(part.parts for part in self.parts):
            return self.joint.format(first=lines[0], last=lines[1])
        nested = [
            strung("", ("(", line, ")")) if part.parts else line for part, line in zip(self.parts, lines, strict=True)
        ]
        return strung("", (self.text, ": ", strung("; ", nested)))

    def points(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Yield the sentence and its parts, each with its depth; what is short stays one sentence."""
        settled = self.settled()
        yield depth, settled.text + ":" if settled.parts else settled.text
        for part in settled.parts:
            yield from part.points(depth + 1)

    def settled(self) -> Saying:
        """Return it as one sentence, where it has two short parts and a word that joins them."""
        if self.joint is None or len(self.parts) != 2 or any(part.parts for part in self.parts):
            return self
        line = self.line()
        return Saying(line) if len(line) <= SHORT else self

    def within(self, phrase: str, **values: str) -> Saying:
        """Return it in a phrase in which its own text stands at `{text}`.

        Args:
            phrase: such as "{text}, multiplied by {number}".
            values: what else is filled in.
        """
        return replace(self, text=phrase.format(text=self.text, **values), joint=None)


def sentence(text: str) -> str:
    """Return a clause as a sentence: with a capital, and a full stop where it ends in none."""
    capital = text[:1].upper() + text[1:]
    return capital if capital.endswith((".", "?", "!", ":", ".'", "?'")) else capital + "."
