"""The description of the service as OpenAPI 3.1, made from what it works with: models, parameters, kinds of problem."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter

from cse_forms.answers.fields import FieldReport, Note
from cse_forms.document.languages import languages
from cse_forms.web import parameters
from cse_forms.web.bodies import DOCUMENTS, FIELD, JSON, MULTIPART
from cse_forms.web.problems import KINDS, MEDIA_TYPE, Problem, type_of
from cse_forms.web.responses import ADDRESSED
from cse_forms.web.served import ServedForm, ServedVersion

if TYPE_CHECKING:
    from cse_forms.forms import Form
    from cse_forms.web.parameters import Parameter

Described = dict[str, Any]

_SHAPES = "#/components/schemas/"
_FILES = ("definition", "response", "report", "outcome")
"""The shipped descriptions of the library's files and of what it prints."""
_HERE = "#/$defs/"
_NAMING = ("answers", "unanswered", "not_known")
"""The members of an outcome that name answers."""
_DIALECT: Described = {"type": ["object", "boolean"]}
"""What stands for a schema of JSON Schema's own: a description refers to nothing outside itself."""

_ALWAYS = ("bad-request", "not-acceptable", "bad-parameter", "internal-error", "busy")
_OF_A_FORM = ("form-not-found", "broken-definition")
_OF_A_BODY = ("too-slow", "too-large", "unsupported-media-type")
_OF_A_RESPONSE = (*_OF_A_BODY, "not-json", "no-response", "other-form", "other-definition")
_OF_A_DOCUMENT = ("not-installed", "not-possible")

_NAMES: Final = {"form": "The form's id.", "version": "The form's version, such as 1.0.0."}


def described(base: str, forms: Sequence[Form], pages: Mapping[str, str], explanations: Mapping[str, str]) -> Described:
    """Return the description.

    Args:
        base: what stands before every address.
        forms: those that are served.
        pages: the media types of the formats in which forms and responses are rendered, by name.
        explanations: those in which an explanation can be had.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Assessment forms",
            "summary": "Forms, their definitions, and what they make of a response. Nothing that is sent is kept.",
            "version": metadata.version("cse_forms"),
        },
        "servers": [{"url": base or "/"}],
        "paths": _paths(forms, pages, explanations),
        "components": {"schemas": _shapes()},
    }


def _paths(forms: Sequence[Form], pages: Mapping[str, str], explanations: Mapping[str, str]) -> Described:
    words = [form.definition.words for form in forms]
    spoken = dict.fromkeys((*languages(), *(one for word in words for one in (word.language, *word.languages))))
    language = parameters.language(tuple(spoken))
    version = "/forms/{form}/{version}"
    named = {
        "form": sorted({form.id for form in forms}),
        "version": sorted({form.version for form in forms}),
    }
    look = (parameters.LARGE_PRINT, parameters.ROWS, language)
    filled = (parameters.FILLED_PURPOSE, *look, parameters.DRAFT)
    said = (parameters.DRAFT, language)

    def operation(name: str, summary: str, sends: Described, **more: Any) -> Described:
        return _operation(name, summary, sends, named, **more)

    def rendered(kinds: Mapping[str, str], shape: Described) -> Described:
        return {kind.partition(";")[0]: shape if name == "json" else {} for name, kind in kinds.items()}

    document = rendered(pages, {"type": "object"})
    return {
        "/forms": {
            "get": operation("forms", "List the forms.", {JSON: _object(forms=_list(_ref("ServedForm")))}),
        },
        "/forms/{form}": {
            "get": operation("versions", "List the versions of a form.", {JSON: _ref("ServedForm")}, path=("form",)),
        },
        version: {
            "get": operation(
                "definition",
                "A definition: a JSON Schema document that validates answers.",
                {"application/schema+json": _ref("Definition"), JSON: _ref("Definition")},
                path=("form", "version"),
                tagged=True,
            ),
        },
        f"{version}/response": {
            "get": operation(
                "empty", "An empty response.", {JSON: _ref("Response")}, path=("form", "version"), tagged=True
            ),
        },
        f"{version}/policy": {
            "get": operation(
                "policy",
                "How the form decides, in words.",
                document,
                path=("form", "version"),
                query=(parameters.formats(pages), language),
                problems=_OF_A_DOCUMENT,
            ),
        },
        f"{version}/validate": {
            "post": operation(
                "validate",
                "Say what is wrong with a response. Findings are no error: the status is 200.",
                {JSON: _ref("Report")},
                path=("form", "version"),
                query=said,
                body=_RESPONSE_BODY,
                problems=_OF_A_RESPONSE,
            ),
        },
        f"{version}/evaluate": {
            "post": operation(
                "evaluate",
                "Say what the form's rules make of a response, and what is wrong with it.",
                {JSON: {"anyOf": [_ref("Outcome"), _ref("BriefOutcome")]}},
                path=("form", "version"),
                query=(*said, parameters.ANSWERS),
                body=_RESPONSE_BODY,
                problems=_OF_A_RESPONSE,
            ),
        },
        f"{version}/explain": {
            "post": operation(
                "explain",
                "Say why a response comes to what it comes to.",
                rendered(explanations, _ref("Outcome")),
                path=("form", "version"),
                query=(parameters.formats(explanations), *said),
                body=_RESPONSE_BODY,
                problems=(*_OF_A_RESPONSE, *_OF_A_DOCUMENT),
            ),
        },
        f"{version}/render": {
            "get": operation(
                "blank",
                "The blank form as a document.",
                document,
                path=("form", "version"),
                query=(parameters.formats(pages), parameters.BLANK_PURPOSE, *look),
                problems=_OF_A_DOCUMENT,
            ),
            "post": operation(
                "render",
                "A response with its evaluation as a document.",
                document,
                path=("form", "version"),
                query=(parameters.formats(pages), *filled),
                body=_RESPONSE_BODY,
                problems=(*_OF_A_RESPONSE, *_OF_A_DOCUMENT),
            ),
        },
        "/read": {
            "post": operation(
                "read",
                "Read a document that was filled in back as a response, with a report of every field.",
                {JSON: _ref("Reading")},
                body={
                    **{kind: {} for kind in DOCUMENTS.values()},
                    MULTIPART: _object(**{FIELD: {"type": "string", "contentMediaType": DOCUMENTS["any"]}}),
                },
                problems=(*_OF_A_BODY, "unreadable-document", "not-installed"),
            ),
        },
        "/openapi.json": {"get": operation("openapi", "This description.", {JSON: {"type": "object"}})},
        "/health": {"get": operation("health", "Whether the service runs.", {JSON: _object(status={"const": "ok"})})},
        "/ready": {
            "get": operation(
                "ready",
                "Whether every form can be served.",
                {JSON: _object(status={"const": "ready"}, versions={"type": "integer"})},
                problems=("not-ready",),
            ),
        },
    }


_RESPONSE_BODY: Final[Described] = {JSON: {"$ref": f"{_SHAPES}ResponseBody"}}


def _operation(
    name: str,
    summary: str,
    sends: Described,
    named: Mapping[str, list[str]],
    *,
    path: tuple[str, ...] = (),
    query: tuple[Parameter, ...] = (),
    body: Described | None = None,
    problems: tuple[str, ...] = (),
    tagged: bool = False,
) -> Described:
    """Describe what is done at an address.

    Args:
        name: what programs call it.
        summary: what it does.
        sends: the shape of what it sends, by its media type.
        named: the ids and the versions that there are.
        path: which of them stand in the address.
        query: the parameters after the question mark.
        body: the shape of what it takes, by its media type.
        problems: the kinds of problem that it can meet, besides those that anything can.
        tagged: whether it tells whether what the client has is still the same.
    """
    stated = [
        {
            "name": part,
            "in": "path",
            "required": True,
            "description": _NAMES[part],
            "schema": {"type": "string", "enum": named[part]},
        }
        for part in path
    ]
    asked = [{"name": one.name, "in": "query", "description": one.description, "schema": one.schema()} for one in query]
    found: Described = {"operationId": name, "summary": summary, "parameters": [*stated, *asked]}
    if body is not None:
        found["requestBody"] = {"required": True, "content": _contents(body)}
        if MULTIPART in body:
            kinds = ", ".join(DOCUMENTS.values())
            found["requestBody"]["content"][MULTIPART]["encoding"] = {FIELD: {"contentType": kinds}}
    sent: Described = {"description": "As it was asked for.", "content": _contents(sends)}
    responses: Described = {"200": sent}
    if tagged:
        tag = {"ETag": {"description": "Says which one it is.", "required": True, "schema": {"type": "string"}}}
        sent["headers"] = tag
        responses["304"] = {"description": "It is the one that the client has.", "headers": tag}
    possible = {*_ALWAYS, *problems, *(_OF_A_FORM if path else ())}
    for kind, (status, title) in KINDS.items():
        if kind in possible:
            told = responses.setdefault(
                str(status), {"description": title, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}
            )
            if title not in told["description"]:
                told["description"] += f". {title}"
    return found | {"responses": responses}


def _contents(shapes: Described) -> Described:
    return {kind: {"schema": shape} if shape else {} for kind, shape in shapes.items()}


def _ref(name: str) -> Described:
    return {"$ref": f"{_SHAPES}{name}"}


def _list(items: Described) -> Described:
    return {"type": "array", "items": items}


def _object(**members: Described) -> Described:
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


@cache
def _shapes() -> Described:
    """Return the shapes of what is sent and taken."""
    shapes: Described = {}
    for name in _FILES:
        shapes |= _shapes_of_file(name)
    needed = [member for member in shapes["Response"]["required"] if member not in ADDRESSED]
    shapes |= _without_answers(shapes)
    shapes["ResponseBody"] = shapes["Response"] | {"required": needed}
    for model in (FieldReport, Note, ServedForm, ServedVersion, Problem):
        shapes |= _shapes_of_model(model)
    shapes["Problem"]["properties"]["type"]["enum"] = [type_of(kind) for kind in KINDS]
    shapes["Reading"] = _object(
        clean={"type": "boolean"},
        response=_ref("Response"),
        fields=_list(_ref("FieldReport")),
        notes=_list(_ref("Note")),
    )
    return shapes


def _without_answers(shapes: Described) -> Described:
    """Return the shapes of an outcome that names no answers."""
    brief, whole = "BriefOutcome", "Outcome"
    found = {name: shape for name, shape in shapes.items() if name.partition(".")[0] == whole}
    text = json.dumps({name.replace(whole, brief, 1): _cut(shape) for name, shape in found.items()})
    own: Described = json.loads(text.replace(f"{_SHAPES}{whole}", f"{_SHAPES}{brief}"))
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
    return {**rest, "$ref": f"{_SHAPES}{owner}.{name}"}


def _shapes_of_model(model: type) -> Described:
    made = TypeAdapter(model).json_schema(ref_template=f"{_SHAPES}{{model}}", mode="serialization")
    inner = made.pop("$defs", {})
    return {**inner, model.__name__: made}
