"""The answers of the plain reading: where they stand, which are selected, whether they are asked, what they say."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from tests.property.plain_numbers import Num, is_number, point
from tests.property.plain_values import BLANK, Item, Node, Truth, conjunction, day_of, items_of, same

Keys: TypeAlias = tuple[str | int, ...]
Selector: TypeAlias = str | Node

NO_READING: Any = object()
"""An answer that is none: of the wrong kind, or no option."""


class Seen(NamedTuple):
    """A question where it stands in a response; without keys, the rows of a table that nobody has counted."""

    item: Item
    keys: Keys | None
    value: Any


class PlainAnswers:
    """One response to one form."""

    def __init__(self, document: Node, answers: Any, *, draft: bool) -> None:
        self.words: Node = document["x-form"]
        self.root = items_of(document)
        self.answers = answers
        self.draft = draft
        self.is_exact = True
        """Whether no bound is held that another sound reading may hold wider."""

    def condition(self, condition: Node, row: Item | None = None, row_keys: Keys | None = ()) -> Truth:
        raise NotImplementedError

    def measure(self, name: str) -> Num:
        raise NotImplementedError

    def number_of(self, written: Any) -> Num:
        """Return a number that is written down, or that of the measure in its place."""
        return self.measure(written["measure"]) if isinstance(written, dict) else point(written)

    def seen(self, item: Item) -> list[Seen]:
        """Return every place at which a question stands in the response."""
        found: list[tuple[Keys | None, Any]] = [((), self.answers)]
        holder_at: Item = self.root
        for key in item.path:
            stepped: list[tuple[Keys | None, Any]] = []
            for keys, node in found:
                if keys is None:
                    stepped.append((None, BLANK))
                elif key == "*" and isinstance(node, list):
                    stepped += [((*keys, number), row) for number, row in enumerate(node)]
                elif key == "*" and (self.draft or node is not BLANK or holder_at.schema.get("default") != []):
                    stepped.append((None, BLANK))
                elif key != "*":
                    stepped.append(((*keys, key), node.get(key, BLANK) if isinstance(node, dict) else BLANK))
            found = stepped
            holder_at = holder_at.children[key]
        return [Seen(item, keys, value) for keys, value in found]

    def named(self, selector: Selector, row: Item | None) -> list[Item]:
        """Return the questions that one selector names."""
        if isinstance(selector, str):
            nodes = [row if selector.startswith("./") else self.root]
            parts = selector.removeprefix(".").split("/")[1:]
        else:
            nodes = [item for item in self.root.walk() if selector["tag"] in item.words.get("tags", ())]
            parts = selector["at"].split("/") if "at" in selector else []
        for part in parts:
            key = part.replace("~1", "/").replace("~0", "~")
            nodes = [
                child
                for node in nodes
                if node is not None
                for name, child in node.children.items()
                if key in {"*", name}
            ]
        return [item for item in nodes if item is not None and item.is_question]

    def questions(self, selectors: Selector | list[Selector], row: Item | None = None) -> list[Item]:
        several = selectors if isinstance(selectors, list) else [selectors]
        found = {item.path: item for selector in several for item in self.named(selector, row)}
        return list(found.values())

    def select(self, selectors: Selector | list[Selector], row: Item | None, row_keys: Keys | None) -> list[Seen]:
        """Return the answers that selectors name; `./` keeps to the row at hand."""
        found: dict[tuple[str, ...], list[Seen]] = {}
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            here = isinstance(selector, str) and selector.startswith("./")
            for item in self.named(selector, row):
                seen = self.seen(item)
                if here:
                    seen = [one for one in seen if one.keys is None or row_keys is None or _within(one.keys, row_keys)]
                    seen = seen if row_keys is not None else [Seen(item, None, BLANK)]
                found.setdefault(item.path, seen)
        return [seen for several in found.values() for seen in several]

    def is_asked(self, seen: Seen) -> Truth:
        """Return whether a question is asked: its own condition and those of all that holds it must hold."""
        truths = []
        item: Item | None = seen.item
        keys = seen.keys
        while item is not None and item.holder is not None:
            keys = keys[:-1] if keys is not None else None
            if "showWhen" in item.words:
                truths.append(self.condition(item.words["showWhen"], item.holder, keys))
            item = item.holder
        return conjunction(truths)

    def is_taken(self, term: Node, seen: Seen) -> Truth:
        """Return whether the `when` of a selection, term or scale holds of an answer's row."""
        if "when" not in term:
            return True
        return self.condition(term["when"], seen.item.holder, None if seen.keys is None else seen.keys[:-1])

    def read(self, seen: Seen) -> Any:
        """Return an answer, a default in its place, `BLANK`, or `NO_READING`."""
        item, value = seen.item, seen.value
        kind = item.schema.get("type")
        if value is BLANK or (kind == "string" and item.schema.get("format") != "date" and value == ""):
            return BLANK if self.draft else item.schema.get("default", BLANK)
        if "oneOf" in item.schema:
            return value if any(same(option["const"], value) for option in item.options) else NO_READING
        if kind == "integer":
            return value if is_number(value) and value == int(value) else NO_READING
        if kind == "string" and item.schema.get("format") == "date":
            return value if day_of(value) is not None else NO_READING
        kinds = {"number": is_number(value), "boolean": isinstance(value, bool), "string": isinstance(value, str)}
        return value if kinds.get(str(kind), isinstance(value, list)) else NO_READING


def _within(keys: Keys, row_keys: Keys) -> bool:
    return keys[: len(row_keys)] == row_keys
