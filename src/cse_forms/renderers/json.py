"""The JSON renderer: the response as it came, its outcome, and the document tree, for other programs to show."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

from cse_forms.document.tree import Document


class JsonRenderer:
    """Gives an object with `response`, `outcome` (both null for a blank form) and `document`.

    Every node of the tree carries its class's name as `type`: Heading, Panel, Question, Table and what they hold.
    """

    media_type = "application/json"
    suffix = ".json"

    def render(self, document: Document) -> str:
        """Return a JSON text that ends in a line break. What UTF-8 cannot carry stands in it as an escape."""
        tree = _plain(document)
        whole = {"response": tree.pop("response"), "outcome": tree.pop("outcome"), "document": tree}
        try:
            text = json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False)
        except (TypeError, ValueError):
            text = json.dumps(_sayable(whole), ensure_ascii=False, indent=2)
        return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _sayable(value: Any) -> Any:
    """Return answers that JSON cannot carry as texts: a number beyond all bounds, a Python object."""
    if isinstance(value, dict):
        return {str(key): _sayable(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(member) for member in value]
    is_finite = isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    return value if value is None or isinstance(value, str) or is_finite else str(value)


def _plain(node: Any) -> Any:
    if is_dataclass(node):
        members = {member.name: _plain(getattr(node, member.name)) for member in fields(node)}
        return {"type": type(node).__name__, **members}
    if isinstance(node, tuple):
        return [_plain(member) for member in node]
    return node


renderer = JsonRenderer()
