"""Where the parts of a variant come from: what differs from the base says that it does, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cse_forms.schema.variant import Operation
from cse_forms.variants.naming import FORM, UnnamedError, part_of
from cse_forms.variants.parts import Part, Path, words_in

_SAYS_SO = frozenset({"adjustment", "assessment", "check", "level", "otherwise", "prompt", "rule"})
_HOLDS_SUCH = frozenset({"adjustments", "guidance", "levels", "otherwise", "rules"})
_OF_THE_FORM: frozenset[Path] = frozenset({("title",), ("description",)})
"""The words of the form of which its own provenance tells."""


def provenance_path(kind: str) -> Path | None:
    """Return where a part of this kind says where it comes from; None if it does not say so."""
    if kind in {"form", "item", "option"}:
        return ("x-form", "provenance")
    return ("provenance",) if kind in _SAYS_SO else None


def marked(form: Part, operations: Sequence[Operation]) -> Part:
    """Return a form in which each part that operations changed says so, beside the source that it already names.

    An operation that sets the provenance itself is taken at its word.
    """
    form = form.copy()
    reasons: dict[str, list[str]] = {}
    for operation in operations:
        if operation.action == "change":
            reasons.setdefault(operation.part, []).append(operation.because)
    for name, told in reasons.items():
        try:
            part = part_of(form, name)
        except UnnamedError:
            continue  # A later operation left it out again.
        path = provenance_path(part.kind)
        said = _words_set(operations, name, part.kind)
        if path is not None and path not in said and (name != FORM or said & _OF_THE_FORM):
            part.words[path] = mark(part.words.get(path), told)
    return form


def mark(provenance: Any, reasons: Sequence[str]) -> dict[str, Any]:
    """Return the provenance of what was changed: the source it has, and why it is not the source's wording."""
    before = provenance if isinstance(provenance, dict) else {}
    told = [*([before["derived"]] if "derived" in before else []), *dict.fromkeys(reasons)]
    return {**before, "derived": " ".join(told)}


def _words_set(operations: Sequence[Operation], name: str, kind: str) -> set[Path]:
    return {
        path for operation in operations if operation.change == name for path, _ in words_in(operation.set_ or {}, kind)
    }


def traced(node: dict[str, Any], kind: str, because: str) -> dict[str, Any]:
    """Return a part that is added, with the reason as the provenance of all in it that says nothing of its own."""
    made = {key: _filled(member, key, because) for key, member in node.items()}
    path = provenance_path(kind)
    if kind == "item":
        return _traced_item(made, because)
    if path == ("provenance",) and "provenance" not in made:
        made["provenance"] = {"derived": because}
    return made


def _filled(value: Any, word: str, because: str) -> Any:
    """Return what stands under a word, with a provenance for each level, rule and piece of guidance without one."""
    if isinstance(value, list):
        return [_filled(member, word, because) for member in value]
    if not isinstance(value, dict):
        return value
    made = {key: _filled(member, key, because) for key, member in value.items()}
    return {**made, "provenance": {"derived": because}} if word in _HOLDS_SUCH and "provenance" not in made else made


def _traced_item(item: dict[str, Any], because: str, *, is_row: bool = False) -> dict[str, Any]:
    """Return a question or section that says where it comes from, and all that it holds as well."""
    words, properties, rows = item.get("x-form", {}), item.get("properties"), item.get("items")
    if isinstance(words, dict) and not is_row and "provenance" not in words:
        item = {**item, "x-form": {**words, "provenance": {"derived": because}}}
    if isinstance(properties, dict):
        held = {
            key: _traced_item(member, because) if isinstance(member, dict) else member
            for key, member in properties.items()
        }
        item = {**item, "properties": held}
    if isinstance(rows, dict) and "oneOf" not in rows:
        item = {**item, "items": _traced_item(rows, because, is_row=True)}
    return item
