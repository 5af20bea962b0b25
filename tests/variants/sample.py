"""An invented national form, what becomes of it, and a council's variant of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cse_forms.schema.definition import Definition
from cse_forms.schema.variant import VariantFile
from cse_forms.schema.vocabulary import Base
from cse_forms.thresholds.as_schema import with_derived_rules
from cse_forms.variants.building import build
from tests.forms import Document, choice, definition, integer, load, needed, section, shape, table, text, tick, to_bytes

WHY = "Our panel decided so."
Edit = Callable[[Document], object]


def national(edit: Edit | None = None, *, version: str = "1.0.0") -> Definition:
    """Return the national form, with its derived rules, after somebody edited it."""
    late = {"items": "/signs/late/seen", "match": {"const": "yes"}}
    sign = section({"seen": choice("yes", "no", "not-known"), "notes": text(showWhen=late)}, required=["seen"])
    properties = {
        "child": section({"name": needed(), "age": integer()}, required=["name"], number="1"),
        "signs": section({"late": shape("sign"), "gifts": shape("sign")}, number="2"),
        "told": section({"parent": tick(), "police": tick(), "how": choice("letter", "telephone")}, number="3"),
        "visits": table(section({"where": text()})),
    }
    risk: Document = {
        "id": "risk",
        "levels": [{"id": "low"}, {"id": "medium"}, {"id": "high"}],
        "rules": [{"id": "late", "level": "medium", "when": late}],
        "adjustments": [{"id": "police", "when": {"items": "/told/police", "match": {"const": True}}, "raise": 1}],
        "otherwise": {"level": "low"},
    }
    document = definition(
        properties,
        defs={"sign": sign},
        id="national",
        version=version,
        conditions={"late": late},
        measures={"signs": {"count": {"items": "/signs/*/seen", "match": {"const": "yes"}}}},
        assessments=[risk],
        prompts=[{"id": "call", "urgency": "soon", "when": {"condition": "late"}}],
    )
    if edit is not None:
        edit(document)
    return load(with_derived_rules(load(document)))


def variant(*operations: Document, base: Definition | None = None, **words: Any) -> VariantFile:
    """Return a council's variant with these operations; each without a reason gets one."""
    below = base or national()
    named = Base(form=below.id, version=below.version, digest=below.digest)
    document = {"id": "council", "version": "1.0.0", "base": named.model_dump()}
    told = [{"because": WHY, **operation} for operation in operations]
    return VariantFile.model_validate(document | {"operations": told} | words)


def built(made: VariantFile, base: Definition | None = None) -> Document:
    """Return the document that a variant builds to."""
    found = build(made, base or national())
    assert found.faults == ()
    assert found.definition is not None
    assert to_bytes(found.definition.schema) == found.data
    return dict(found.definition.schema)


def faults(made: VariantFile, base: Definition | None = None) -> list[tuple[str, str]]:
    """Return the pointers and messages of what stands in the way of a build."""
    found = build(made, base or national())
    assert found.definition is None
    return [(fault.pointer, fault.message) for fault in found.faults]
