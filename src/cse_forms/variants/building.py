"""A variant built to a definition that stands alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cse_forms.errors import DefinitionError, Problem
from cse_forms.schema.definition import Definition
from cse_forms.schema.digests import digest_of_bytes
from cse_forms.schema.faults import Fault
from cse_forms.schema.loading import load_definition
from cse_forms.schema.variant import Operation, VariantFile
from cse_forms.thresholds.as_schema import with_derived_rules
from cse_forms.variants.applying import CODE, applied
from cse_forms.variants.parts import Part, join, split
from cse_forms.variants.tracing import marked


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a variant comes to: a definition, or what stands in the way of one."""

    data: bytes = b""
    """The bytes of form.json, in their usual form."""
    definition: Definition | None = None
    faults: tuple[Fault, ...] = ()
    """With pointers into variant.json."""


def build(variant: VariantFile, base: Definition, *, status: str = "draft") -> Built:
    """Return the definition that a variant of a base comes to.

    Args:
        variant: what differs.
        base: the form that it differs from; whether it is the one that the variant names is for the caller to see.
        status: "draft", or "published" of a version that is.
    """
    faults = list(_of_another_id(variant, base))
    part, wrong = applied(split(base.schema), variant.operations)
    faults += wrong
    if faults:
        return Built(faults=tuple(faults))
    document = _document(variant, marked(part, variant.operations), status)
    try:
        data = _bytes_of(document)
        definition = load_definition(data, "form.json")
    except DefinitionError as error:
        return Built(faults=tuple(_told(problem, variant.operations) for problem in error.problems))
    data = _bytes_of(with_derived_rules(definition))
    return Built(data=data, definition=load_definition(data, "form.json"))


def digest_of(built: Built) -> str:
    """Return the digest by which a build is known again: of its very bytes."""
    return digest_of_bytes(built.data)


def _of_another_id(variant: VariantFile, base: Definition) -> list[Fault]:
    if variant.id != base.id:
        return []
    return [Fault("/id", f"'{base.id}' is the base itself; give your own form an id of its own", "wrong-base")]


def _document(variant: VariantFile, form: Part, status: str) -> dict[str, Any]:
    made = join(form)
    sources = [source.model_dump(by_alias=True, exclude_none=True) for source in variant.sources]
    words = {"id": variant.id, "version": variant.version, "status": status}
    rest = {key: value for key, value in made["x-form"].items() if key not in {*words, "base", "sources"}}
    own = {"base": variant.base.model_dump(), "sources": [*made["x-form"].get("sources", ()), *sources]}
    language = {"language": rest.pop("language")} if "language" in rest else {}
    made["x-form"] = words | language | own | rest
    made["$id"] = f"urn:cse-forms:{variant.id}:{variant.version}"
    return made


def _bytes_of(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")


def _told(problem: Problem, operations: Sequence[Operation]) -> Fault:
    """Return a fault of the form that is built, at the operation that it comes from where that can be told."""
    place = [key for key in problem.pointer.split("/") if key not in {"properties", "x-form", ""}]
    lengths = {
        index: len(keys)
        for index, operation in enumerate(operations)
        if place[: len(keys := operation.part.replace("shapes/", "$defs/").strip("/").split("/"))] == keys
    }
    at = f"/operations/{max(lengths, key=lambda index: lengths[index])}" if lengths else ""
    where = problem.pointer or "its top"
    return Fault(at, f"the form that is built from this is not sound, at {where}: {problem.message}", CODE)
