"""The grounds of the plain reading: items with their shapes filled in, three-valued logic, bounds, dates.

Like the plain reading itself this was written from the text of the definition format, with nothing of the library.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

Truth: TypeAlias = bool | None
Node: TypeAlias = dict[str, Any]

OPEN: Any = object()
"""What a blank may be, where the form does not list what it may be."""
NONE_OF_THESE: Any = object()


@dataclass
class Item:
    path: tuple[str, ...]
    schema: Node
    holder: Item | None
    children: dict[str, Item] = field(default_factory=dict)

    @property
    def words(self) -> Node:
        return self.schema.get("x-form", {}) if self.holder else {}

    @property
    def is_question(self) -> bool:
        return not self.children and self.schema.get("type") != "object"

    @property
    def options(self) -> list[Node]:
        options: list[Node] = self.schema.get("oneOf") or self.schema.get("items", {}).get("oneOf") or []
        return options

    def walk(self) -> Iterator[Item]:
        yield self
        for child in self.children.values():
            yield from child.walk()


def items_of(document: Node) -> Item:
    """Return the items of a definition, with their shapes filled in."""
    root = Item((), document, None)
    _add_children(root, document)
    return root


def _add_children(item: Item, document: Node) -> None:
    members = dict(item.schema.get("properties", {}))
    if "items" in item.schema and "oneOf" not in item.schema["items"]:
        members["*"] = item.schema["items"]
    for key, schema in members.items():
        child = Item((*item.path, key), _filled(schema, document), item)
        item.children[key] = child
        _add_children(child, document)


def _filled(schema: Node, document: Node) -> Node:
    if "$ref" not in schema:
        return schema
    shape = _filled(document["$defs"][schema["$ref"].rpartition("/")[2]], document)
    return shape | schema | {"x-form": shape.get("x-form", {}) | schema.get("x-form", {})}


def known_values(item: Item) -> list[Any]:
    """Return what an unknown answer may be, as far as the form lists it."""
    if item.schema.get("type") == "boolean":
        return [True, False]
    if "oneOf" not in item.schema:
        return [OPEN]
    known = [option["const"] for option in item.options if not is_not_known(option)]
    return known if len(known) > 1 else [*known, NONE_OF_THESE]


def is_not_known(option: Node) -> bool:
    return bool(option.get("x-form", {}).get("unknown"))


def same(one: Any, other: Any) -> bool:
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def conjunction(truths: list[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def contrary(truth: Truth) -> Truth:
    return None if truth is None else not truth


def bounds(counted: list[tuple[Truth, Truth, bool]]) -> tuple[int, int | None]:
    """Return how many certainly count and match, and how many may; None where there is no bound."""
    lowest = sum(counts is True and matches is True for counts, matches, _ in counted)
    may = [is_one for counts, matches, is_one in counted if counts is not False and matches is not False]
    return lowest, len(may) if all(may) else None


def compared(word: str, number: tuple[Any, Any], limit: tuple[Any, Any]) -> Truth:
    """Compare two numbers of which the bounds are known, by each pair of what they may be at the ends."""
    (low, high), (least, most) = number, limit
    below = low is not None and most is not None and low > most
    above = high is not None and least is not None and high < least
    alike = low is not None and low == high == least == most
    if word == "const":
        return True if alike else False if below or above else None
    at_least = True if None not in (low, most) and low >= most else False if above else None
    at_most = True if None not in (high, least) and high <= least else False if below else None
    return {
        "minimum": at_least,
        "maximum": at_most,
        "exclusiveMinimum": contrary(at_most),
        "exclusiveMaximum": contrary(at_least),
    }[word]


def day_of(value: Any) -> date | None:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date(*map(int, value.split("-")))
    except ValueError:
        return None


def _months_later(start: date, months: int) -> tuple[int, int, int]:
    """Return the same day so many months on; the first of the next month where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    # The calendar repeats itself after 400 years, and knows no year nought.
    if start.day <= calendar.monthrange(year % 400 + 400, month + 1)[1]:
        return year, month + 1, start.day
    return year, month + 2, 1


def _months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + 13
    while _months_later(start, months) > (end.year, end.month, end.day):
        months -= 1
    return months


def elapsed(unit: str, start: date, end: date) -> int:
    """Return the completed years, months or days from one date to another."""
    if unit == "days":
        return end.toordinal() - start.toordinal()
    return _months(start, end) // (12 if unit == "years" else 1)
