"""Small invented definitions. A test writes what it is about; what every definition must say besides is filled in.

    document = definition({"missing": choice("yes", "no", "not-known")}, assessments=[...])
    found = form(document).evaluate({"missing": "yes"})

An item without a title gets one from its key (`home-visit`: "Home visit"), an object is closed, and whatever must say
where it comes from says that it was invented here. A test about something missing takes it out again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cse_forms.forms import Catalogue, Form, shipped_catalogue
from cse_forms.schema.catalogue import FORM_FILE
from cse_forms.schema.definition import Definition
from cse_forms.schema.loading import load_definition
from cse_forms.thresholds.as_schema import with_derived_rules

Document = dict[str, Any]

ID = "invented"
INVENTED = {"derived": "Invented for a test."}


def definition(
    properties: Mapping[str, Any],
    *,
    required: Sequence[str] = (),
    defs: Mapping[str, Any] | None = None,
    version: str = "1.0.0",
    **x_form: Any,
) -> Document:
    """Return a definition with these questions, ready to be loaded.

    Args:
        properties: the sections and questions; `text`, `choice`, `section` and so on make them.
        required: the keys of those that every complete response must answer.
        defs: the shapes, by name.
        version: three numbers.
        x_form: the form's own words, in place of or besides those that are filled in; None takes one out.
    """
    words: Document = {
        "id": ID,
        "version": version,
        "status": "draft",
        "language": "en-GB",
        "sources": [{"id": "source", "title": "An invented source", "file": "invented.txt"}],
        "measures": {},
        "assessments": [],
        "prompts": [],
        "checks": [],
    } | _copied(x_form)
    words = {key: value for key, value in words.items() if value is not None}
    for assessment in words.get("assessments", ()):
        _trace(assessment, title=_sentence(assessment["id"]))
        for level in assessment["levels"]:
            _trace(level, title=_sentence(level["id"]))
        for rule in (*assessment.get("rules", ()), *assessment.get("adjustments", ())):
            _trace(rule, because=f"{_sentence(rule['id'])} holds.")
        if "otherwise" in assessment:
            _trace(assessment["otherwise"], because="No rule holds.")
    for said in (*words.get("prompts", ()), *words.get("checks", ())):
        _trace(said, text=f"{_sentence(said['id'])}.")
    for guidance in words.get("guidance", ()):
        _trace(guidance)
    document: Document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cse-forms:{words.get('id')}:{words.get('version')}",
        "title": "An invented form",
        "type": "object",
        "x-form": words,
        "properties": _copied(properties),
        "required": list(required),
        "additionalProperties": False,
        "$defs": _copied(defs or {}),
    }
    for items in (document["properties"], document["$defs"]):
        for key, item in items.items():
            _complete(key, item)
    return document


def load(document: Document) -> Definition:
    """Return a definition checked and frozen, as its file would be."""
    return load_definition(to_bytes(document), "form.json")


def form(document: Document) -> Form:
    """Return the form that a definition describes, with the rules that follow from `showWhen` and `required`."""
    return Form(load(with_derived_rules(load(document))))


@contextmanager
def catalogue_of(form: Form) -> Iterator[Catalogue]:
    """Give the catalogue that a form stands in: the shipped one, or a folder that is made for it."""
    if form.id in shipped_catalogue().versions():
        yield shipped_catalogue()
        return
    with TemporaryDirectory() as folder:
        place = Path(folder) / form.id / form.version / FORM_FILE
        place.parent.mkdir(parents=True)
        place.write_bytes(to_bytes(form.schema))
        yield Catalogue.from_directory(folder)


def to_bytes(document: Any) -> bytes:
    """Return the bytes of a definition's file, written as `cse-forms format` writes them."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


# --- items: keyword arguments are words of their `x-form` ----------------------------------------------------


def text(**x_form: Any) -> Document:
    """Return a question that a text answers."""
    return {"type": "string", "x-form": x_form}


def needed(**x_form: Any) -> Document:
    """Return a question that a text answers; name it in `required` as well."""
    return text(**x_form) | {"minLength": 1}


def date(**x_form: Any) -> Document:
    """Return a question that a date answers."""
    return {"type": "string", "x-form": x_form, "format": "date"}


def integer(**x_form: Any) -> Document:
    """Return a question that a whole number answers."""
    return {"type": "integer", "x-form": x_form}


def number(**x_form: Any) -> Document:
    """Return a question that a number answers."""
    return {"type": "number", "x-form": x_form}


def tick(**x_form: Any) -> Document:
    """Return a box to tick; left blank, it is not ticked."""
    return {"type": "boolean", "x-form": x_form, "default": False}


def choice(*options: str | float | bool, **x_form: Any) -> Document:
    """Return a question that one of these options answers; "not-known" says that it is not known."""
    return {"x-form": x_form, "oneOf": _options(options)}


def choices(*options: str | float | bool, **x_form: Any) -> Document:
    """Return a question that any of these options answer."""
    return {"type": "array", "x-form": x_form, "uniqueItems": True, "items": {"oneOf": _options(options)}}


def section(properties: Mapping[str, Any], *, required: Sequence[str] = (), **x_form: Any) -> Document:
    """Return a section, a group, or a shape of rows."""
    return {"type": "object", "x-form": x_form, "properties": dict(properties), "required": list(required)}


def matrix(rows: Mapping[str, Any], *, required: Sequence[str] = (), **x_form: Any) -> Document:
    """Return a section whose properties are rows."""
    return section(rows, required=required, layout="matrix", rowHeader="Row", **x_form)


def table(row: Mapping[str, Any], **x_form: Any) -> Document:
    """Return rows that are added as they are needed; left blank, there are none."""
    return {"type": "array", "x-form": x_form, "items": dict(row), "default": []}


def shape(name: str, **x_form: Any) -> Document:
    """Return an item of a shape under `$defs`."""
    return {"$ref": f"#/$defs/{name}", "x-form": x_form}


def _options(values: Sequence[str | float | bool]) -> list[Document]:
    return [
        {"const": value, "title": _sentence(str(value))}
        | ({"x-form": {"unknown": True}} if value == "not-known" else {})
        for value in values
    ]


def _complete(key: str, item: Document) -> None:
    """Give an item, and all that it holds, what every item must have."""
    item.setdefault("title", _sentence(key))
    words = item.setdefault("x-form", {})
    words.setdefault("provenance", dict(INVENTED))
    for guidance in words.get("guidance", ()):
        _trace(guidance)
    if item.get("type") == "object":
        item.setdefault("additionalProperties", False)
    for inner, child in item.get("properties", {}).items():
        _complete(inner, child)
    if item.get("type") == "array" and "oneOf" not in item["items"]:
        _complete("row", item["items"])


def _copied(part: Mapping[str, Any]) -> Document:
    """Return a copy in which whatever is used twice stands twice, so that each can be changed alone."""
    copied: Document = json.loads(json.dumps(part))
    return copied


def _trace(said: Document, **words: str) -> None:
    for word, value in words.items():
        said.setdefault(word, value)
    said.setdefault("provenance", dict(INVENTED))


def _sentence(key: str) -> str:
    return key.replace("-", " ").capitalize()
