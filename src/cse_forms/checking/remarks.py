"""Where a definition's wording is not simply the source's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A place where the definition's wording is not simply the source's."""

    kind: str
    """One of "withheld", "mended", "doubtful" and "derived"."""
    pointer: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"kind": self.kind, "pointer": self.pointer, "text": self.text}


def remarks(definition: Definition) -> Iterator[Remark]:
    """Yield every place that is withheld, mended, doubtful or derived, in the order of the document."""
    for index, withheld in enumerate(definition.words.withheld):
        text = f"{withheld.text!r} ({withheld.source}): {withheld.reason}"
        yield Remark(kind="withheld", pointer=f"/x-form/withheld/{index}", text=text)
    for pointer, provenance in _provenances("", dict(definition.schema)):
        if provenance.mended is not None:
            text = f"{provenance.mended} (the source shows {provenance.shows!r})"
            yield Remark(kind="mended", pointer=pointer, text=text)
        if provenance.doubt is not None:
            yield Remark(kind="doubtful", pointer=pointer, text=provenance.doubt)
        if provenance.derived is not None:
            yield Remark(kind="derived", pointer=pointer, text=provenance.derived)


def _provenances(at: str, value: Any) -> Iterator[tuple[str, Provenance]]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "provenance" and isinstance(member, dict):
                yield at.removesuffix("/x-form"), Provenance.model_validate(member)
            else:
                yield from _provenances(f"{at}/{key}", member)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _provenances(f"{at}/{index}", member)
