"""What a model refuses in a document, told for the people who write documents by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cse_forms import pointers
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.words import PATTERNS, Word


def refusals(model: type[Word], document: dict[str, Any]) -> list[Fault]:
    """Return everything that a model refuses in a document; nothing, if it accepts it."""
    try:
        model.model_validate(document)
    except ValidationError as error:
        found = [_Refusal.of(document, details) for details in error.errors(include_url=False)]
        return [
            Fault(refusal.pointer, refusal.message)
            for refusal in found
            # A union, or a list whose member is wrong, is refused for what is wrong deeper down: say that alone.
            if not any(other.is_below(refusal) for other in found)
        ]
    return []


@dataclass(frozen=True)
class _Refusal:
    path: tuple[str | int, ...]
    message: str

    @property
    def pointer(self) -> str:
        return pointers.join(self.path)

    def is_below(self, other: _Refusal) -> bool:
        return len(self.path) > len(other.path) and self.path[: len(other.path)] == other.path

    @classmethod
    def of(cls, document: dict[str, Any], details: ErrorDetails) -> _Refusal:
        path = pointers.existing(document, details["loc"])
        return cls(path, _said(details))


def _said(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    last = details["loc"][-1] if details["loc"] else ""
    if kind == "extra_forbidden":
        return f"no word '{last}' is known here{suggestion(str(last), _vocabulary())}"
    if kind == "missing":
        return f"'{last}' is missing"
    if kind == "literal_error":
        return f"this must be {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"this is not of the form that is needed here: {PATTERNS.get(context['pattern'], context['pattern'])}"
    if kind in {"value_error", "unknown_condition", "unknown_measure"}:
        return str(context.get("error", details["msg"]))
    return details["msg"][0].lower() + details["msg"][1:]


@cache
def _vocabulary() -> frozenset[str]:
    """Return every word of the format."""
    words: set[str] = set()
    models: list[type[Word]] = [Word]
    while models:
        model = models.pop()
        models += model.__subclasses__()
        words |= {field.alias or name for name, field in model.model_fields.items()}
    return frozenset(words)
