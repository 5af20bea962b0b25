"""Bytes to a checked definition, or to every fault of the document with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from cse_forms import pointers
from cse_forms.errors import DefinitionError, InputError, Problem
from cse_forms.reading import parse_json
from cse_forms.schema import checks, items
from cse_forms.schema.checks.bands import range_faults
from cse_forms.schema.checks.standard import null_faults, unreadable_faults
from cse_forms.schema.definition import Definition
from cse_forms.schema.document import FormSchema
from cse_forms.schema.faults import Fault, not_json
from cse_forms.schema.places import expand
from cse_forms.schema.refusals import refusals


def digest_of(data: bytes) -> str:
    """Return the digest by which a definition is known: of the very bytes of its file."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


MAX_VALUES = 20_000
"""The most values that a document may hold. The largest real definition holds 2,000, and each that is wrong is told."""


def read_object(data: bytes, name: str, expected: str) -> dict[str, Any]:
    """Return the object that a file holds.

    Args:
        data: JSON in UTF-8.
        name: what to call it in errors.
        expected: what to say where there is something else.

    Raises:
        DefinitionError: it is no JSON, no object, or holds more values than any definition does.
    """
    try:
        document = parse_json(data, name)
    except InputError as error:
        raise not_json(name, data, error) from None
    if not isinstance(document, dict):
        raise DefinitionError(name, located(data, [Fault("", expected)]))
    if pointers.count_values(document) > MAX_VALUES:
        fault = Fault("", f"this holds more than {MAX_VALUES:,} values; no definition has so many")
        raise DefinitionError(name, located(data, [fault]))
    return document


def load_definition(data: bytes, name: str) -> Definition:
    """Check a definition document and return it frozen.

    Args:
        data: the document, JSON in UTF-8.
        name: what to call it in errors, such as the file's name.

    Raises:
        DefinitionError: with every fault of the document, each with JSON Pointer, line and column.
    """
    document = read_object(data, name, "a definition is a JSON object, as docs/policy.md shows")
    faults = refusals(FormSchema, document)
    faults += null_faults(document, {fault.pointer for fault in faults})
    faults += checks.find_faults(document)
    faults = faults or list(unreadable_faults(document))
    if faults:
        raise DefinitionError(name, located(data, faults))
    form = FormSchema.model_validate(document)
    definition = Definition(
        title=form.title,
        description=form.description,
        words=form.x_form,
        root=items.build(expand(document)),
        schema=document,
        digest=digest_of(data),
    )
    if faults := list(range_faults(definition)):
        raise DefinitionError(name, located(data, faults))
    return definition


def located(data: bytes, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """Return faults with their lines and columns, in the order of the document, each once."""
    text = data.decode("utf-8-sig")
    unique = list(dict.fromkeys(faults))
    places = pointers.locate(text, (fault.pointer for fault in unique))
    problems = []
    for fault in unique:
        line, column = places[fault.pointer]
        problems.append(Problem(line=line, column=column, pointer=fault.pointer, message=fault.message))
    return tuple(sorted(problems))
