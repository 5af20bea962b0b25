"""Bytes to a checked definition, or to every fault of the document with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cse_forms import pointers
from cse_forms.errors import DefinitionError, InputError, Problem
from cse_forms.reading import parse_json
from cse_forms.schema import checks, items
from cse_forms.schema.checks.bands import range_faults
from cse_forms.schema.checks.standard import null_faults, unreadable_faults
from cse_forms.schema.definition import Definition
from cse_forms.schema.digests import digest_of_bytes, inexact_numbers
from cse_forms.schema.document import FormSchema
from cse_forms.schema.faults import Fault, not_json
from cse_forms.schema.places import expand
from cse_forms.schema.refusals import refusals

MAX_VALUES = 20_000
"""The most values that a document may hold. The largest real definition holds 2,000, and each that is wrong is told."""


_INEXACT = "this number has too many digits: programs do not read it alike; use at most 15"


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
        raise DefinitionError(name, located(data, [Fault("", expected, "not-an-object")]))
    if pointers.count_values(document) > MAX_VALUES:
        fault = Fault("", f"this holds more than {MAX_VALUES:,} values; no definition has so many", "too-large")
        raise DefinitionError(name, located(data, [fault]))
    return document


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """All that a definition's document shows."""

    document: dict[str, Any]
    definition: Definition | None
    """None where a fault leaves open what it means."""
    faults: tuple[Fault, ...]


_HARMLESS = frozenset(
    {
        "blank-accepted",
        "id-twice",
        "inexact-number",
        "no-provenance",
        "no-source",
        "no-title",
        "option-twice",
        "required-while-hidden",
        "wrong-default",
        "wrong-id",
    }
)
"""Faults that leave no doubt about what the rest of a document means, so that the rest can be looked at too."""


def _are_harmless(faults: Iterable[Fault]) -> bool:
    return all(fault.code in _HARMLESS for fault in faults)


def load_definition(data: bytes, name: str) -> Definition:
    """Check a definition document and return it frozen.

    Args:
        data: the document, JSON in UTF-8.
        name: what to call it in errors, such as the file's name.

    Raises:
        DefinitionError: with every fault of the document, each with JSON Pointer, line and column.
    """
    examined = examine(data, name)
    if examined.faults or examined.definition is None:
        raise DefinitionError(name, located(data, examined.faults))
    return examined.definition


def examine(data: bytes, name: str) -> Examined:
    """Check a definition document, and return it with its faults, frozen where they leave no doubt what it means.

    Args:
        data: the document, JSON in UTF-8.
        name: what to call it in errors.

    Raises:
        DefinitionError: it is no JSON, no object, or holds more values than any definition does.
    """
    document = read_object(data, name, "a definition is a JSON object, as docs/policy.md shows")
    faults = refusals(FormSchema, document)
    is_readable = not faults
    faults += null_faults(document, {fault.pointer for fault in faults})
    faults += [Fault(at, _INEXACT, "inexact-number") for at in inexact_numbers(document)]
    faults += checks.find_faults(document)
    if is_readable and _are_harmless(faults):
        faults += unreadable_faults(document)
    if not is_readable or not _are_harmless(faults):
        return Examined(document=document, definition=None, faults=tuple(faults))
    form = FormSchema.model_validate(document)
    definition = Definition(
        title=form.title,
        description=form.description,
        words=form.x_form,
        root=items.build(expand(document)),
        schema=document,
        file_digest=digest_of_bytes(data),
    )
    faults += range_faults(definition)
    return Examined(document=document, definition=definition, faults=tuple(faults))


def located(data: bytes, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """Return faults with their lines and columns, in the order of the document, each once."""
    text = data.decode("utf-8-sig")
    unique = list(dict.fromkeys(faults))
    places = pointers.locate(text, (fault.pointer for fault in unique))
    problems = []
    for fault in unique:
        line, column = places[fault.pointer]
        problems.append(
            Problem(line=line, column=column, pointer=fault.pointer, message=fault.message, code=fault.code)
        )
    return tuple(sorted(problems))
