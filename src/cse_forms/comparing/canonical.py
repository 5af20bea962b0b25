"""Values as one text each, so that what means the same is the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cse_forms.schema.definition import Definition
from cse_forms.thresholds.as_schema import with_derived_rules

OWN_NAME = ("id", "version", "status")
"""The words under a form's `x-form` by which two versions differ in any case."""


def canonical(value: Any) -> str:
    """Return a JSON value as a text that is the same for all that is equal; 1 and 1.0 are."""
    return json.dumps(_whole(value), sort_keys=True, ensure_ascii=False)


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _whole(member) for key, member in value.items()}
    return [_whole(member) for member in value] if isinstance(value, list | tuple) else value


def nameless(definition: Definition) -> str:
    """Return a definition's document without its name, version and status, with the order of all that it holds."""
    document = with_derived_rules(definition)
    words = {word: said for word, said in document["x-form"].items() if word not in OWN_NAME}
    document = {word: said for word, said in document.items() if word != "$id"} | {"x-form": words}
    return json.dumps(_whole(_ordered(document)), ensure_ascii=False)


def _ordered(value: Any, *, is_map: bool = False) -> Any:
    """Return a document with the words of each part in one order; that of questions is the author's, and stays."""
    if isinstance(value, dict):
        words = value if is_map else dict(sorted(value.items()))
        return {word: _ordered(said, is_map=word == "properties" and not is_map) for word, said in words.items()}
    return [_ordered(member) for member in value] if isinstance(value, list) else value
