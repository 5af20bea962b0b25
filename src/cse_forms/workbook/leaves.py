"""An object of a definition as a row: its words by their paths, and the order in which they stood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

Path = tuple[str, ...]


def leaves_of(value: Mapping[str, Any], prefixes: Collection[Path], at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield the words of an object, and those of the objects in it that have columns of their own."""
    for key, member in value.items():
        path = (*at, key)
        if isinstance(member, dict) and member and path in prefixes:
            yield from leaves_of(member, prefixes, path)
        else:
            yield path, member


def object_of(leaves: Iterable[tuple[Path, Any]]) -> dict[str, Any]:
    """Return the object that has these words, in this order."""
    found: dict[str, Any] = {}
    for path, value in leaves:
        holder = found
        for key in path[:-1]:
            inner = holder.setdefault(key, {})
            if not isinstance(inner, dict):
                inner = holder[key] = {}
            holder = inner
        if not (value == {} and isinstance(holder.get(path[-1]), dict)):
            holder[path[-1]] = value
    return found


def arranged(paths: Collection[Path], usual: Mapping[Path, int], order: Iterable[Path] = ()) -> list[Path]:
    """Return paths in an order that was recorded; those that it lacks stand where they usually do."""
    found = [path for path in order if path in paths]
    for path in sorted((path for path in paths if path not in found), key=lambda one: _rank(one, usual)):
        rank = _rank(path, usual)
        later = (at for at, other in enumerate(found) if _rank(other, usual) > rank)
        # What stands under one word stays together: x-form's words do not end up on both sides of another one.
        beside = [at for at, other in enumerate(found) if len(path) > 1 and other[0] == path[0]]
        at = next(later, len(found))
        found.insert(min(max(at, beside[0]), beside[-1] + 1) if beside else at, path)
    return found


def _rank(path: Path, usual: Mapping[Path, int]) -> int:
    return usual.get(path, len(usual))
