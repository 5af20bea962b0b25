"""The JSON Schema documents that ship beside the models, and stock validators of them that fetch nothing."""

from __future__ import annotations

import json
from importlib import resources
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from cse_forms import pointers
from cse_forms.schema.words import Word
from tests.forms import Document

TOOL = Path(__file__).parents[2] / "tools" / "schemas.py"


def _words() -> dict[str, type[Word]]:
    """Return the headings of the tables of the format, each with its model, from the tool that reads the tables."""
    spec = spec_from_file_location("schemas", TOOL)
    assert spec is not None
    assert spec.loader is not None
    tool = module_from_spec(spec)
    spec.loader.exec_module(tool)
    words: dict[str, type[Word]] = tool.WORDS
    return words


WORDS = _words()
"""The heading of each table of the format, and the model that it is of."""

FOLDER = Path(str(resources.files("cse_forms.schema")))
MADE = ("definition", "migration", "response", "scenarios", "translation", "variant")
"""The documents that follow from models."""
NAMES = (*MADE, "comparison", "outcome", "report")
DOCUMENTS: dict[str, Document] = {
    name: json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")) for name in NAMES
}


def validator(name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources(
        (document["$id"], Resource.from_contents(document)) for document in DOCUMENTS.values()
    )
    return Draft202012Validator(DOCUMENTS[name], registry=registry)


VALIDATORS = {name: validator(name) for name in NAMES}


def refused(name: str, value: Any) -> bool:
    """Whether the document of this name does not describe the value."""
    return not VALIDATORS[name].is_valid(value)


DROP = object()
"""In place of a value: that what stands there is taken out."""


def planted(document: Document, pointer: str, value: Any) -> Document:
    """Return a document after something was put at this place, or taken out."""
    *path, last = pointers.keys_in(document, pointer)
    holder = pointers.value_at(document, path)
    if value is DROP:
        del holder[last]
    else:
        holder[last] = value
    return document
