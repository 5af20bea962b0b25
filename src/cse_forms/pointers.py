"""JSON Pointers (RFC 6901), and their place in the text of a JSON document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from json import JSONDecoder
from typing import Any

Key = str | int


def escape(key: str) -> str:
    """Return a key as a pointer has it."""
    # Hardly any key has either; a check of one definition asks ten thousand times.
    if "~" in key or "/" in key:
        return key.replace("~", "~0").replace("/", "~1")
    return key


def unescape(part: str) -> str:
    """Return the key that a part of a pointer stands for."""
    return part.replace("~1", "/").replace("~0", "~")


def join(keys: Iterable[Key]) -> str:
    """Return the pointer that leads through these keys; the empty pointer for none."""
    return "".join(f"/{escape(str(key))}" for key in keys)


def split(pointer: str) -> tuple[str, ...]:
    """Return the keys of a pointer; its first character is a slash, or it is empty."""
    return tuple(unescape(part) for part in pointer.split("/")[1:])


def existing(document: Any, path: Sequence[Key]) -> tuple[Key, ...]:
    """Return those parts of a path that lead on in the document, leaving out any that do not."""
    found: list[Key] = []
    for key in path:
        member = value_at(document, (key,))
        if member is not BLANK:
            document = member
            found.append(key)
    return tuple(found)


def keys_in(document: Any, pointer: str) -> tuple[Key, ...]:
    """Return the keys of a pointer as this document has them: the numbers of an array's members as numbers."""
    keys: list[Key] = []
    for part in split(pointer):
        keys.append(int(part) if isinstance(document, list) and part.isdecimal() else part)
        document = value_at(document, keys[-1:])
    return tuple(keys)


BLANK: Any = object()
"""The value of an answer that is not there."""


def value_at(document: Any, keys: Iterable[Key]) -> Any:
    """Return what stands at these keys, or `BLANK`; whatever is of the wrong kind holds nothing."""
    for key in keys:
        if isinstance(document, dict):
            document = document.get(key, BLANK)
        elif isinstance(document, list) and isinstance(key, int) and key < len(document):
            document = document[key]
        else:
            return BLANK
    return document


def count_values(document: Any) -> int:
    """Return how many values a document holds, itself among them. Iterative: depth does no harm."""
    count, pending = 0, [document]
    while pending:
        value = pending.pop()
        count += 1
        if isinstance(value, dict):
            pending += value.values()
        elif isinstance(value, list):
            pending += value
    return count


_DECODER = JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^ \t\n\r,\]}]+")


def locate(text: str, pointers: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return line and column, from 1, of the values that these pointers name in a valid JSON text.

    A member of an object is placed at its key, since that is what a person looks for. A pointer that leads
    nowhere gets the place of the nearest value above it. Iterative, and one pass: depth and size do no harm.
    """
    named = list(pointers)
    places = _places(text, {above for pointer in named for above in _from_the_top(pointer)})
    lines = _LineIndex(text)
    return {
        pointer: lines.of(next(places[above] for above in reversed(_from_the_top(pointer)) if above in places))
        for pointer in named
    }


def _from_the_top(pointer: str) -> list[str]:
    """Return the pointers of all that holds what a pointer names, and its own."""
    return ["", *(pointer[: slash.start()] for slash in re.finditer("(?<!^)/", pointer)), pointer]


def _places(text: str, wanted: Collection[str]) -> dict[str, int]:
    """Return the offsets of those values of a valid JSON text whose pointers are wanted, with all above them."""
    places: dict[str, int] = {}
    containers: list[_Container] = []
    at = _skip(text, 0)
    pointer: str | None = ""
    start = at
    while True:
        if pointer is not None:
            places[pointer] = start
        if text[at] in "{[":
            is_object = text[at] == "{"
            at = _skip(text, at + 1)
            if text[at] in "}]":
                at += 1
            else:
                containers.append(_Container(pointer, None if is_object else 0))
                pointer, start, at = _next_member(text, at, containers[-1], wanted)
                continue
        elif text[at] == '"':
            at = _DECODER.raw_decode(text, at)[1]
        else:
            at = _match_end(_SCALAR, text, at)
        at = _skip(text, at)
        while containers and text[at] in "}]":
            containers.pop()
            at = _skip(text, at + 1)
        if not containers:
            return places
        pointer, start, at = _next_member(text, _skip(text, at + 1), containers[-1], wanted)


@dataclass(slots=True)
class _Container:
    """An object or array that is being read."""

    pointer: str | None
    """None where nothing in it is wanted."""
    index: int | None
    """The number of an array's next member; None of an object."""


def _next_member(text: str, at: int, container: _Container, wanted: Collection[str]) -> tuple[str | None, int, int]:
    """Return the pointer of the member that begins here, where it is placed, and where its value begins."""
    above, key, start = container.pointer, container.index, at
    name: str
    if key is not None:
        container.index = key + 1
        name = str(key)
    else:
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
    pointer = None if above is None else f"{above}/{escape(name)}"
    return pointer if pointer in wanted else None, start, at


def _skip(text: str, at: int) -> int:
    return _match_end(_SPACE, text, at)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


class _LineIndex:
    """Lines and columns of offsets in a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def of(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
