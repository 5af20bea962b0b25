"""The wording of a definition: every string that people read, and that a translation says in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cse_forms.pointers import escape

_TEXTS = frozenset({"title", "description", "text", "term", "because", "unsettled", "rowHeader", "hint"})
"""The words whose value is wording."""

_LISTS = frozenset({"list", "texts", "interventions"})
"""The words whose value is a list of it."""

_GROUPS = frozenset({"hint", "columns"})
"""The words whose value may be an object of it."""

_NAMED = frozenset({"properties", "$defs", "conditions", "measures"})
"""The words whose value is an object with names of the author's own."""

_REMARKS = frozenset({"provenance", "sources", "withheld"})
"""The words under which stands what is said of sources: it is read beside the sources, and is not translated."""

_OF_REMARKS = frozenset({"section", "shows", "mended", "doubt", "derived", "title", "note", "text", "reason"})

_CLOSED = frozenset({"const", "default", "enum", "match", "allOf", "if", "then", "else", "weights"})
"""The words under which no wording stands, whatever they hold."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One string of a definition's wording."""

    pointer: str
    """Where it stands in the definition."""
    text: str


def wordings(document: Any) -> Iterator[Wording]:
    """Yield every string of a definition that is translated, in the order of the document.

    Args:
        document: the definition, sound or not.
    """
    found: list[Wording] = []

    def note(pointer: str, text: str) -> str:
        found.append(Wording(pointer, text))
        return text

    changed(document, note)
    return iter(found)


def changed(document: Any, change: Callable[[str, str], str], remark: Callable[[str], str] = str) -> Any:
    """Return a definition with its wording changed.

    Args:
        document: the definition.
        change: what gives another text for a pointer and the text that stands there.
        remark: what gives another text for one that is said of sources.
    """
    return _Walk(change, remark).part(document, "", is_named=False)


@dataclass(frozen=True, slots=True)
class _Walk:
    change: Callable[[str, str], str]
    remark: Callable[[str], str]

    def part(self, node: Any, at: str, *, is_named: bool) -> Any:
        """Return a part of the document, and all in it, changed."""
        if isinstance(node, list):
            return [self.part(member, f"{at}/{index}", is_named=False) for index, member in enumerate(node)]
        if not isinstance(node, dict):
            return node
        if is_named:
            return {name: self.part(member, f"{at}/{escape(name)}", is_named=False) for name, member in node.items()}
        return {word: self._member(word, member, f"{at}/{escape(word)}") for word, member in node.items()}

    def _member(self, word: str, member: Any, at: str) -> Any:
        if word in _CLOSED:
            return member
        if word in _REMARKS:
            return self._remarks(member)
        if word in _TEXTS and isinstance(member, str):
            return self.change(at, member)
        if word in _LISTS and isinstance(member, list):
            return [
                self.change(f"{at}/{index}", one) if isinstance(one, str) else one for index, one in enumerate(member)
            ]
        if word in _GROUPS and isinstance(member, dict):
            return {
                name: self.change(f"{at}/{escape(name)}", one) if isinstance(one, str) else one
                for name, one in member.items()
            }
        return self.part(member, at, is_named=word in _NAMED)

    def _remarks(self, node: Any) -> Any:
        if isinstance(node, list):
            return [self._remarks(member) for member in node]
        if not isinstance(node, dict):
            return node
        return {
            word: self.remark(member) if word in _OF_REMARKS and isinstance(member, str) else member
            for word, member in node.items()
        }
