"""How alike two wordings, and two items, are: a number from 0 to 1."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from cse_forms.schema.items import Item, Question, Section, Table

_WORD = re.compile(r"\w+")
_HAS_WORDS = 0.6
"""Of the likeness of two questions, the part that their words decide; the rest is what they ask for, and where."""


@lru_cache(maxsize=20_000)
def _words_in(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def alike(first: str, second: str) -> float:
    """Return how many words two texts have in common, as a share of all their words."""
    if first == second:
        return 1.0
    one, other = _words_in(first), _words_in(second)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else float(first.casefold() == second.casefold())


def shared(first: set[object], second: set[object]) -> float:
    """Return how much two sets have in common, as a share of all that is in them; all, where both are empty."""
    return len(first & second) / len(first | second) if first | second else 1.0


def likeness(old: Item, new: Item) -> float:
    """Return how alike two items are by what they say and ask for, whatever they are called."""
    if type(old) is not type(new):
        return 0.0
    words = alike(_said(old), _said(new))
    if isinstance(old, Question) and isinstance(new, Question):
        # All rows of a shape ask the same: what a question in one is about is said by the row.
        rows = [one.holder.title if _is_row(one.holder) and one.holder else "" for one in (old, new)]
        return _HAS_WORDS * min(words, alike(*rows)) + (1 - _HAS_WORDS) * _asks_alike(old, new)
    assert isinstance(old, Section | Table)
    assert isinstance(new, Section | Table)
    held = _held(old), _held(new)
    if _is_row(old) or _is_row(new) or not any(held):
        return words
    return 0.5 * words + 0.5 * shared(*held)


def key_likeness(old: Item, new: Item) -> float:
    """Return how alike the keys of two items are."""
    return alike(old.keys[-1].replace("-", " "), new.keys[-1].replace("-", " "))


def _said(item: Item) -> str:
    return f"{item.title} {item.description}" if item.description else item.title


def _is_row(item: Item | None) -> bool:
    return isinstance(item, Section) and item.is_row and bool(item.title)


def _asks_alike(old: Question, new: Question) -> float:
    if old.kind is not new.kind:
        return 0.0
    return 0.5 + 0.5 * shared({_value(one) for one in old.options}, {_value(one) for one in new.options})


def _value(option: object) -> object:
    value = getattr(option, "value", None)
    return isinstance(value, bool), value


def _held(item: Section | Table) -> set[object]:
    """Return what stands in a section, told by keys and words: enough to know it again under another name."""
    found: set[object] = set()
    for child in item.children.values():
        if isinstance(child, Question):
            found.add((child.keys[-1], child.title))
        else:
            found |= {(child.keys[-1], *one) if isinstance(one, tuple) else one for one in _held(child)}
    return found
