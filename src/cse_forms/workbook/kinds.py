"""What an item is, in a word, and the words of JSON Schema that say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cse_forms.workbook.leaves import Path

_SECTION = {"type": "object", "additionalProperties": False}
_CHOICES = {"type": "array", "uniqueItems": True}

KINDS: dict[str, dict[str, Any]] = {
    "section": _SECTION,
    "date": {"type": "string", "format": "date"},
    "text": {"type": "string"},
    "any of several": _CHOICES,
    "one of several": {},
    "box to tick": {"type": "boolean", "default": False},
    "true or false": {"type": "boolean"},
    "whole number": {"type": "integer"},
    "number": {"type": "number"},
    "table": {"type": "array"},
    "as its shape": {},
}
"""The words that each kind stands for. Of several that fit, the first is meant."""

KIND_WORDS = ("type", "additionalProperties", "uniqueItems", "format")
"""The words that only kinds say; each has a column of its own else."""

_NEEDED: dict[str, Path] = {
    "section": ("properties",),
    "any of several": ("items", "oneOf"),
    "one of several": ("oneOf",),
    "as its shape": ("$ref",),
}
"""What must stand beside those words."""


def kind_of(leaves: Mapping[Path, Any]) -> str | None:
    """Return what an item with these words is; None, if it is none of the usual kinds."""
    for kind, words in KINDS.items():
        needed = _NEEDED.get(kind)
        fits = all((word,) in leaves and _same(leaves[word,], value) for word, value in words.items())
        if fits and (needed is None or needed in leaves) and _says_all(leaves, words):
            return kind
    return None


def words_of(kind: str) -> dict[Path, Any]:
    """Return the words that a kind stands for."""
    return {(word,): value for word, value in KINDS[kind].items()}


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _says_all(leaves: Mapping[Path, Any], words: Mapping[str, Any]) -> bool:
    """Whether no word that only kinds say would be left over."""
    return all((word,) not in leaves or word in words for word in KIND_WORDS)
