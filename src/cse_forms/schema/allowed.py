"""Which words a model allows at one place of a document, for those who wrote another one there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import Tag
from typing_extensions import TypeAliasType

from cse_forms.pointers import Key
from cse_forms.schema.words import Word


@lru_cache(maxsize=1_000)
def models_at(model: type[Word], place: tuple[Key, ...]) -> tuple[type[Word], ...]:
    """Return the models of which one describes an object of a document.

    Args:
        model: what the whole document is.
        place: where the object stands, as the models' refusals tell it: keys of the document, and names of the kinds
            among which one was chosen.
    """
    found: list[Any] = [model]
    for key in place:
        members = [member for kind in found for member in _members(kind)]
        # The name of a kind leads to no other place.
        found = [inner for member in members for inner in _inner(member, key)] or members
    return tuple(member for kind in found for member in _members(kind) if _is_model(member))


def words_of(models: Iterable[type[Word]]) -> list[str]:
    """Return the words that some models allow, in the order in which they state them."""
    return list(dict.fromkeys(word for model in models for word in _fields(model)))


def _members(kind: Any) -> Iterator[Any]:
    """Yield what a kind of value may be; what is told apart by a tag keeps it."""
    if isinstance(kind, TypeAliasType):
        yield from _members(kind.__value__)
    elif get_origin(kind) is Annotated and not _tags(kind):
        yield from _members(kind.__origin__)
    elif get_origin(kind) in (Union, UnionType):
        for member in get_args(kind):
            yield from _members(member)
    else:
        yield kind


def _inner(kind: Any, key: Key) -> Iterator[Any]:
    """Yield what stands under a key of one kind of value."""
    if _tags(kind):
        if key in _tags(kind):
            yield kind.__origin__
    elif _is_model(kind):
        if key in _fields(kind):
            yield _fields(kind)[str(key)]
        elif key == kind.__name__:
            yield kind
    elif get_origin(kind) is dict:
        yield get_args(kind)[1]
    elif get_origin(kind) is tuple and isinstance(key, int):
        yield get_args(kind)[0]
    elif isinstance(kind, str):
        # A number is written out, and of its kinds only a model holds words.
        yield from (one for one in Word.__subclasses__() if one.__name__ == key and one.__name__ in kind)


def _tags(kind: Any) -> list[str]:
    return [meta.tag for meta in getattr(kind, "__metadata__", ()) if isinstance(meta, Tag)]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Word)


def _fields(model: type[Word]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}
