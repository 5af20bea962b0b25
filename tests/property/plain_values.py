"""The grounds of the plain reading: items with their shapes filled in, three-valued logic, bounds, dates.

Like the plain reading itself this was written from the text of the definition format, with nothing of the library.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

Truth: TypeAlias = bool | None
Node: TypeAlias = dict[str, Any]

BLANK: Any = object()
"""No answer at all."""
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


def agreed(truths: Iterable[Truth]) -> Truth:
    """Return what all of them are; unknown where they differ."""
    found = set(truths)
    return found.pop() if len(found) == 1 else None


def contrary(truth: Truth) -> Truth:
    return None if truth is None else not truth


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


def days_back(unit: str, number: int, end: date) -> date:
    """Return the first day of a span that ends on a date; the calendar's first day if it begins before."""
    try:
        if unit == "days":
            return date.fromordinal(end.toordinal() - number)
        year, month = divmod(end.year * 12 + end.month - 1 - number * (12 if unit == "years" else 1), 12)
        return date(year, month + 1, min(end.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return date.min


def elapsed(unit: str, start: date, end: date) -> int:
    """Return the completed years, months or days from one date to another."""
    if unit == "days":
        return end.toordinal() - start.toordinal()
    return _months(start, end) // (12 if unit == "years" else 1)
