"""Bytes to a checked definition, or to every fault of the document with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from cse_forms import pointers
from cse_forms.errors import DefinitionError, InputError, Problem
from cse_forms.reading import parse_json
from cse_forms.schema import checks, items
from cse_forms.schema.definition import Definition
from cse_forms.schema.document import FormSchema
from cse_forms.schema.faults import Fault
from cse_forms.schema.places import expand
from cse_forms.schema.refusals import refusals


def digest_of(data: bytes) -> str:
    """Return the digest by which a definition is known: of the very bytes of its file."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def load_definition(data: bytes, name: str) -> Definition:
    """Check a definition document and return it frozen.

    Args:
        data: the document, JSON in UTF-8.
        name: what to call it in errors, such as the file's name.

    Raises:
        DefinitionError: with every fault of the document, each with JSON Pointer, line and column.
    """
    try:
        document = parse_json(data, name)
    except InputError as error:
        raise DefinitionError(name, (Problem(line=1, column=1, pointer="", message=str(error)),)) from None
    if not isinstance(document, dict):
        fault = Fault("", "a definition is a JSON object, as docs/policy.md shows")
        raise DefinitionError(name, located(data, [fault]))
    faults = [*refusals(FormSchema, document), *checks.find_faults(document)]
    if faults:
        raise DefinitionError(name, located(data, faults))
    form = FormSchema.model_validate(document)
    return Definition(
        title=form.title,
        description=form.description,
        words=form.x_form,
        root=items.build(expand(document)),
        schema=document,
        digest=digest_of(data),
    )


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
