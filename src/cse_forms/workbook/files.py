"""The files of a version, and what a workbook says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cse_forms.schema.digests import canonical_digest, digest_of_bytes
from cse_forms.workbook.values import Cell

FORM = "form.json"
SCENARIOS = "scenarios.json"

Row = dict[str, Cell]
"""The cells of a row that hold something, by their headings."""
Rows = dict[str, list[Row]]
"""The rows of each sheet, by its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What stands in the folder of a version, and in its workbook."""

    form: dict[str, Any]
    """The definition."""
    scenarios: dict[str, Any] | None = None
    translations: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """By language."""

    def by_name(self) -> dict[str, dict[str, Any]]:
        """Return the documents by the names of their files."""
        found = {FORM: self.form}
        if self.scenarios is not None:
            found[SCENARIOS] = self.scenarios
        return found | {f"{language}.json": document for language, document in self.translations.items()}


def to_bytes(document: Mapping[str, Any]) -> bytes:
    """Return a document as its file holds it."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def digest_of(document: Mapping[str, Any]) -> str:
    """Return by what it is told whether a document was changed."""
    try:
        return canonical_digest(document)
    except ValueError:
        # It holds numbers that have no canonical form.
        return digest_of_bytes(json.dumps(document, sort_keys=True).encode())
