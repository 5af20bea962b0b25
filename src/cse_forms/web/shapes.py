"""The shapes of what the service takes and sends, from the shipped descriptions and from its own classes."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

from pydantic import TypeAdapter

from cse_forms.answers.fields import FieldReport, Note
from cse_forms.web.problems import KINDS, Problem, type_of
from cse_forms.web.responses import ADDRESSED
from cse_forms.web.served import ServedForm, ServedVersion

Described = dict[str, Any]
"""A part of a description."""

SHAPES = "#/components/schemas/"
"""Where they stand in the description."""

_FILES = ("definition", "response", "report", "outcome")
"""The shipped descriptions of the library's files and of what it prints."""
_HERE = "#/$defs/"
_NAMING = ("answers", "unanswered", "not_known")
"""The members of an outcome that name answers."""
_DIALECT: Described = {"type": ["object", "boolean"]}
"""What stands for a schema of JSON Schema's own: a description refers to nothing outside itself."""


def ref(name: str) -> Described:
    """Return what refers to a shape."""
    return {"$ref": f"{SHAPES}{name}"}


def list_of(items: Described) -> Described:
    """Return the shape of a list."""
    return {"type": "array", "items": items}


def object_of(**members: Described) -> Described:
    """Return the shape of an object that has these members and no others."""
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


@cache
def shapes_of_all() -> Described:
    """Return the shapes of what is sent and taken."""
    shapes: Described = {}
    for name in _FILES:
        shapes |= _shapes_of_file(name)
    needed = [member for member in shapes["Response"]["required"] if member not in ADDRESSED]
    shapes |= _without_answers(shapes)
    shapes["ResponseBody"] = shapes["Response"] | {"required": needed}
    for model in (FieldReport, Note, ServedForm, ServedVersion, Problem):
        shapes |= _shapes_of_model(model)
    # It stands there only where there is something to choose from.
    shapes["Problem"]["required"].remove("available")
    shapes["Problem"]["properties"]["type"]["enum"] = [type_of(kind) for kind in KINDS]
    shapes["Reading"] = object_of(
        clean={"type": "boolean"},
        response=ref("Response"),
        fields=list_of(ref("FieldReport")),
        notes=list_of(ref("Note")),
    )
    return shapes


def _without_answers(shapes: Described) -> Described:
    """Return the shapes of an outcome that names no answers."""
    brief, whole = "BriefOutcome", "Outcome"
    found = {name: shape for name, shape in shapes.items() if name.partition(".")[0] == whole}
    text = json.dumps({name.replace(whole, brief, 1): _cut(shape) for name, shape in found.items()})
    own: Described = json.loads(text.replace(f"{SHAPES}{whole}", f"{SHAPES}{brief}"))
    return own


def _cut(node: Any) -> Any:
    """Return a part of a description without the members that name answers."""
    if isinstance(node, list):
        return [_cut(one) for one in node if not (isinstance(one, str) and one in _NAMING)]
    if isinstance(node, dict):
        return {key: _cut(member) for key, member in node.items() if key not in _NAMING}
    return node


def _shapes_of_file(name: str) -> Described:
    """Return the shapes of one of the shipped descriptions: its own by its name, and those in it below that."""
    text = (resources.files("cse_forms.schema") / f"{name}.schema.json").read_text("utf-8")
    document = json.loads(text)
    inner = document.pop("$defs", {})
    own = {key: part for key, part in document.items() if key not in {"$schema", "$id", "$comment"}}
    title = name.title()
    return {title: _moved(own, title), **{f"{title}.{key}": _moved(part, title) for key, part in inner.items()}}


def _moved(node: Any, title: str) -> Any:
    """Return a part of a description with its references leading to where the shapes stand here."""
    if isinstance(node, list):
        return [_moved(one, title) for one in node]
    if not isinstance(node, dict):
        return node
    target = node.get("$ref")
    if not isinstance(target, str):
        return {key: _moved(member, title) for key, member in node.items()}
    if not target.startswith((_HERE, "urn:")):
        return {key: member for key, member in node.items() if key != "$ref"} | _DIALECT
    file, _, name = target.partition(_HERE)
    owner = file.rpartition(":")[2].title() or title
    rest = {key: _moved(member, title) for key, member in node.items() if key != "$ref"}
    return {**rest, "$ref": f"{SHAPES}{owner}.{name}"}


def _shapes_of_model(model: type) -> Described:
    made = TypeAdapter(model).json_schema(ref_template=f"{SHAPES}{{model}}", mode="serialization")
    found = {**made.pop("$defs", {}), model.__name__: made}
    for shape in found.values():
        # Every member is sent, whatever Python would put in its place; programs that make clients take a default amiss.
        shape["required"] = list(shape["properties"])
        for member in shape["properties"].values():
            member.pop("default", None)
            member.pop("title", None)
    return found
