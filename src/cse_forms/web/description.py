"""The description of the service as OpenAPI 3.1, made from what it works with: models, parameters, kinds of problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from cse_forms.document.languages import languages
from cse_forms.web import parameters
from cse_forms.web.bodies import DOCUMENTS, FIELD, JSON, MULTIPART
from cse_forms.web.problems import KINDS, MEDIA_TYPE
from cse_forms.web.shapes import SHAPES, Described, list_of, object_of, ref, shapes_of_all

if TYPE_CHECKING:
    from cse_forms.forms import Form
    from cse_forms.web.parameters import Parameter

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
        "components": {"schemas": shapes_of_all()},
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
            "get": operation("forms", "List the forms.", {JSON: object_of(forms=list_of(ref("ServedForm")))}),
        },
        "/forms/{form}": {
            "get": operation("versions", "List the versions of a form.", {JSON: ref("ServedForm")}, path=("form",)),
        },
        version: {
            "get": operation(
                "definition",
                "A definition: a JSON Schema document that validates answers.",
                {"application/schema+json": ref("Definition"), JSON: ref("Definition")},
                path=("form", "version"),
                tagged=True,
            ),
        },
        f"{version}/response": {
            "get": operation(
                "empty", "An empty response.", {JSON: ref("Response")}, path=("form", "version"), tagged=True
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
                {JSON: ref("Report")},
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
                {JSON: {"anyOf": [ref("Outcome"), ref("BriefOutcome")]}},
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
                rendered(explanations, ref("Outcome")),
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
                {JSON: ref("Reading")},
                body={
                    **{kind: {} for kind in DOCUMENTS.values()},
                    MULTIPART: object_of(**{FIELD: {"type": "string", "contentMediaType": DOCUMENTS["any"]}}),
                },
                problems=(*_OF_A_BODY, "unreadable-document", "not-installed"),
            ),
        },
        "/openapi.json": {"get": operation("openapi", "This description.", {JSON: {"type": "object"}})},
        "/health": {"get": operation("health", "Whether the service runs.", {JSON: object_of(status={"const": "ok"})})},
        "/ready": {
            "get": operation(
                "ready",
                "Whether every form can be served.",
                {JSON: object_of(status={"const": "ready"}, versions={"type": "integer"})},
                problems=("not-ready",),
            ),
        },
    }


_RESPONSE_BODY: Final[Described] = {JSON: {"$ref": f"{SHAPES}ResponseBody"}}


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
                str(status), {"description": title, "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
            )
            if title not in told["description"]:
                told["description"] += f". {title}"
    return found | {"responses": responses}


def _contents(shapes: Described) -> Described:
    return {kind: {"schema": shape} if shape else {} for kind, shape in shapes.items()}
