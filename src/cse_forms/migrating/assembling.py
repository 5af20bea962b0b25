"""Answers put together from single ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cse_forms.migrating.answered import Keys
from cse_forms.pointers import Key
from cse_forms.schema.items import Item, Section, Table


@dataclass(slots=True)
class _Node:
    """A section, or the rows of a table."""

    has_rows: bool
    members: dict[Key, Any] = field(default_factory=dict)

    def plain(self) -> Any:
        if self.has_rows:
            last = max((key for key in self.members if isinstance(key, int)), default=-1)
            return [_plain(self.members.get(number, {})) for number in range(last + 1)]
        return {str(key): _plain(value) for key, value in self.members.items()}


def _plain(value: Any) -> Any:
    return value.plain() if isinstance(value, _Node) else value


class Assembly:
    """Answers that are put together from single ones."""

    def __init__(self) -> None:
        self._root = _Node(has_rows=False)

    def put(self, keys: Keys, value: Any) -> bool:
        """Put an answer in its place, unless something stands there or above it already."""
        node = self._holder(keys)
        if node is None or keys[-1] in node.members:
            return False
        node.members[keys[-1]] = value
        return True

    def put_empty(self, keys: Keys, *, has_rows: bool) -> bool:
        """Put a section or a table without anything in it, unless something of another kind stands there."""
        node = self._holder(keys)
        return node is not None and _inner(node, keys[-1], has_rows=has_rows) is not None

    def _holder(self, keys: Keys) -> _Node | None:
        node = self._root
        for key, following in pairwise(keys):
            inner = _inner(node, key, has_rows=isinstance(following, int))
            if inner is None:
                return None
            node = inner
        return node

    def answers(self) -> dict[str, Any]:
        """Return all of them. A row that is missing before another one is there, with nothing in it."""
        found: dict[str, Any] = self._root.plain()
        return found


def _inner(node: _Node, key: Key, *, has_rows: bool) -> _Node | None:
    """Return the section or table at a key, which is made if nothing stands there; None if something else does."""
    inner = node.members.setdefault(key, _Node(has_rows))
    return inner if isinstance(inner, _Node) and inner.has_rows is has_rows else None


def in_order(item: Item, value: Any) -> Any:
    """Return answers in the order in which the form asks for them; what it does not ask for comes last."""
    if isinstance(item, Section) and isinstance(value, dict):
        keys = [*(key for key in item.children if key in value), *(key for key in value if key not in item.children)]
        return {key: in_order(item.children[key], value[key]) if key in item.children else value[key] for key in keys}
    if isinstance(item, Table) and isinstance(value, list):
        return [in_order(item.row, row) for row in value]
    return value
