"""The items of a definition with their shapes filled in, and the selectors that name them.

`expand` is the one walk over a definition's items. It takes the document as it came, and passes over whatever is
malformed, so that one fault does not hide the next; the model in `document` reports what it passes over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol, TypeVar

from cse_forms import pointers

ROW = "*"
"""The key of every row of an array, and the word for "every one" in a selector."""

MAX_DEPTH = 16
"""Sections within sections. The deepest real form has four."""

MAX_PLACES = 5_000
"""Items with their shapes filled in. The largest real form has 250; shapes of shapes could make millions."""


@dataclass(slots=True, kw_only=True)
class Place:
    """One item, where it stands."""

    keys: tuple[str, ...]
    """The path of its answers, with `*` for the rows of a table."""
    schema: dict[str, Any]
    """Its schema, with the shape that it refers to filled in."""
    at: str
    """The pointer into the document at which it is written."""
    inside: str
    """The pointer under which what it holds is written: its own, or that of its shape."""
    children: dict[str, Place] = field(default_factory=dict)
    holder: Place | None = field(default=None, repr=False)
    """The object or row that holds it."""

    @property
    def pointer(self) -> str:
        """The JSON Pointer of its answers."""
        return pointers.join(self.keys)

    @property
    def words(self) -> dict[str, Any]:
        """What stands under `x-form`."""
        return _mapping(self.schema.get("x-form"))

    @property
    def tags(self) -> Sequence[str]:
        """The tags that it carries."""
        tags = self.words.get("tags")
        return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer itself."""
        return not self.children and self.schema.get("type") != "object"

    def walk(self) -> Iterator[Place]:
        """Yield this item and all that it holds, in the order of the form."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def expand(document: dict[str, Any]) -> Place:
    """Return the form's items as a tree. References that lead nowhere or in a circle are left as they are."""
    root = Place(keys=(), schema=document, at="", inside="")
    _expand_children(root, _mapping(document.get("$defs")), (), count())
    return root


def _expand_children(place: Place, shapes: dict[str, Any], around: tuple[str, ...], made: Iterator[int]) -> None:
    """Add what an item holds, and all below it.

    Args:
        place: the item.
        shapes: the document's, by name.
        around: the names of the shapes that it stands in.
        made: counts the items.
    """
    if len(place.keys) > MAX_DEPTH:
        return
    for key, schema, inside in _members(place):
        if isinstance(schema, dict) and next(made) < MAX_PLACES:
            filled, names = _filled(schema, shapes, around)
            shape_at = f"/$defs/{pointers.escape(names[-1])}" if names else inside
            child = Place(keys=(*place.keys, key), schema=filled, at=inside, inside=shape_at, holder=place)
            place.children[key] = child
            _expand_children(child, shapes, (*around, *names), made)


def _members(place: Place) -> Iterator[tuple[str, Any, str]]:
    """Yield the key, the schema and the document's pointer of all that an item holds."""
    for key, schema in _mapping(place.schema.get("properties")).items():
        yield key, schema, f"{place.inside}/properties/{pointers.escape(key)}"
    rows = place.schema.get("items")
    if isinstance(rows, dict) and "oneOf" not in rows:
        yield ROW, rows, f"{place.inside}/items"


def _filled(
    schema: dict[str, Any], shapes: dict[str, Any], around: tuple[str, ...]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a schema with its shapes' words beneath its own, and their names; `x-form` merges key by key."""
    layers = [schema]
    names: tuple[str, ...] = ()
    while isinstance(reference := layers[-1].get("$ref"), str):
        name = reference.removeprefix("#/$defs/")
        if name in (*around, *names) or not isinstance(shape := shapes.get(name), dict):
            break
        names = (*names, name)
        layers.append(shape)
    if not names:
        return schema, ()
    filled: dict[str, Any] = {}
    words: dict[str, Any] = {}
    for layer in reversed(layers):
        filled |= layer
        words |= _mapping(layer.get("x-form"))
    return filled | {"x-form": words}, names


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class Node(Protocol):
    """What a selector walks over: a `Place` of the document, or an item of the checked form."""

    @property
    def children(self) -> Mapping[str, Any]:
        """What it holds, by key; `*` for the rows of a table."""

    @property
    def is_question(self) -> bool:
        """Whether it asks for an answer itself."""

    @property
    def tags(self) -> Sequence[str]:
        """The tags that it carries."""


class Tagged(Protocol):
    """A selector that names what carries a tag, as a definition has it."""

    @property
    def tag(self) -> str:
        """The tag."""

    @property
    def at(self) -> str | None:
        """Where in the tagged item the question stands."""


N = TypeVar("N", bound=Node)


def select(root: N, selector: str | Tagged, start: N | None = None) -> list[N]:
    """Return the questions that a selector names, in the order of the form; none if it names nothing.

    Args:
        root: the form.
        selector: a tag, or a pointer in which `*` stands for every property or row that has the rest of the path.
        start: where a selector that begins with `./` starts: the object or row that holds the question.
    """
    if not isinstance(selector, str):
        found = [node for node in _walk(root) if selector.tag in node.tags]
        keys = pointers.split(f"/{selector.at}") if selector.at else ()
    else:
        first = start if selector.startswith("./") else root
        found = [] if first is None else [first]
        keys = pointers.split(selector.removeprefix("."))
    for key in keys:
        if key == ROW:
            found = [child for node in found for child in node.children.values()]
        else:
            found = [node.children[key] for node in found if key in node.children]
    return [node for node in found if node.is_question]


def _walk(node: N) -> Iterator[N]:
    yield node
    for child in node.children.values():
        yield from _walk(child)
