"""Where a string of a form's wording stands, as translators are told it: "4.1 Seen?, option"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cse_forms.pointers import split
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Item, Question, Section, Table

_KINDS = {
    "because": "reason",
    "columns": "heading of a column",
    "description": "description",
    "hint": "hint",
    "interventions": "intervention",
    "list": "point of guidance",
    "rowHeader": "heading of the rows",
    "term": "term of guidance",
    "texts": "meaning of a term",
    "title": "title",
    "unsettled": "what the policy leaves open",
}
"""What a string is, by the last word that leads to it."""

_HOLDERS = {
    "checks": "check",
    "guidance": "guidance",
    "includes": "included level",
    "levels": "level",
    "links": "link of guidance",
    "measures": "number",
    "oneOf": "option",
    "prompts": "prompt",
}
"""What a title or text belongs to, by the word that holds it."""

_SHOWN = 2
"""So many items are named that share a string; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string stands."""

    where: str
    """Which part of the form it belongs to: "4.1 Seen?", "assessment Risk"."""
    kind: str
    """What it is there: "option"."""


class Places:
    """Tells where the strings of one form stand."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._items: dict[str, list[Item]] = {}
        for item in definition.walk():
            self._items.setdefault(item.at, []).append(item)

    def place(self, pointer: str) -> Place:
        """Return where a string stands, by its pointer into the definition."""
        keys = split(pointer)
        for length in range(len(keys), 0, -1):
            at = "".join(f"/{part}" for part in pointer.split("/")[1 : length + 1])
            if at in self._items:
                return Place(_named(self._items[at]), _kind(keys[length:], self._items[at][0]))
        return Place(self._of_the_policy(keys), _kind(keys, None))

    def _of_the_policy(self, keys: tuple[str, ...]) -> str:
        """Return what a string belongs to that stands beside the questions: "risk, gone"."""
        node: Any = self._definition.schema
        names: list[str] = []
        for before, key in pairwise(("", *keys)):
            node = node[int(key)] if isinstance(node, list) else node[key]
            if before in {"measures", "conditions"}:
                names.append(key.replace("-", " "))
            elif isinstance(node, Mapping) and before and key.isdecimal() and "id" in node:
                names.append(str(node["id"]).replace("-", " "))
        return ", ".join(names) or "the form"


def _named(items: list[Item]) -> str:
    names = [" ".join(part for part in (item.number, _title(item)) if part) for item in items]
    told = list(dict.fromkeys(name for name in names if name))
    rest = len(told) - _SHOWN
    return ", ".join(told[:_SHOWN]) + (f", and {rest} more" if rest > 0 else "")


def _title(item: Item) -> str:
    return item.full_title if isinstance(item, Question) else item.title


def _kind(keys: tuple[str, ...], item: Item | None) -> str:
    """Return what a string is, by the keys that lead to it from what it belongs to."""
    words = [key for key in keys if not key.isdecimal()]
    if words == ["title"] and item is not None:
        return _noun(item)
    if words and words[-1] in {"title", "text"}:
        holder = next((_HOLDERS[word] for word in reversed(words[:-1]) if word in _HOLDERS), None)
        if holder == "number" and "measures" in words:
            return "number"
        return holder or _KINDS.get(words[-1], "text")
    named = next((word for word in reversed(words) if word in _KINDS), "")
    holder = next((_HOLDERS[word] for word in reversed(words) if word in _HOLDERS), "")
    kind = _KINDS.get(named, "text")
    return f"{kind} of a {holder}" if holder == "level" and kind == "description" else kind


def _noun(item: Item) -> str:
    match item:
        case Question():
            return "question"
        case Table():
            return "table"
        case Section():
            return "row" if item.is_row else "section"
