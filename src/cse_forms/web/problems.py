"""Every error that the service tells, as problem details (RFC 9457). None of them quotes an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Final

from starlette.responses import Response

from cse_forms.errors import (
    CseFormsError,
    DefinitionError,
    DigestError,
    FormNotFoundError,
    InputError,
    NotRenderableError,
    RendererError,
)

if TYPE_CHECKING:
    from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

KINDS: Final[Mapping[str, tuple[int, str]]] = {
    "bad-request": (400, "The request is not understood"),
    "bad-host": (400, "The service is not called by this name"),
    "bad-origin": (400, "Pages of this origin may not use the service"),
    "not-json": (400, "The body is not JSON"),
    "not-found": (404, "There is nothing at this address"),
    "form-not-found": (404, "There is no such form"),
    "method-not-allowed": (405, "This cannot be done here"),
    "not-acceptable": (406, "It cannot be had in this format"),
    "too-slow": (408, "The body did not come in time"),
    "other-form": (409, "The response answers another form"),
    "other-definition": (409, "The response was made with another definition"),
    "too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "The body is of another type"),
    "bad-parameter": (422, "A parameter is wrong"),
    "no-response": (422, "The body is no response"),
    "unreadable-document": (422, "The document cannot be read back"),
    "not-possible": (422, "This cannot be done as it was asked for"),
    "internal-error": (500, "The service has failed"),
    "broken-definition": (500, "The definition of this form is not sound"),
    "not-installed": (501, "This format is not installed"),
    "busy": (503, "The service is busy"),
    "out-of-time": (503, "It takes too long"),
    "not-ready": (503, "The service is not ready"),
}
"""Every kind of problem, with its status and its title. Kinds stay the same from release to release."""


def type_of(kind: str) -> str:
    """Return the name by which programs tell a kind of problem."""
    return f"urn:cse-forms:problem:{kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a request is told instead of what it asked for."""

    __pydantic_config__: ClassVar[Mapping[str, bool]] = {"use_attribute_docstrings": True}

    type: str
    """What kind of problem it is: a name that stays the same from release to release."""
    title: str
    """The kind of problem, in words."""
    status: int
    """The status of the HTTP response."""
    detail: str
    """What is wrong with this request, and what to do."""
    available: tuple[str, ...] = ()
    """What there is instead: the media types or the parameters, where the problem is that there is no such one."""


class ProblemError(Exception):
    """Ends a request with a problem."""

    def __init__(
        self, kind: str, detail: str, *, available: tuple[str, ...] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        status, title = KINDS[kind]
        self.problem = Problem(type=type_of(kind), title=title, status=status, detail=detail, available=available)
        self.headers = dict(headers or {})
        super().__init__(kind)


def told(error: ProblemError) -> Response:
    """Return the response that tells a problem."""
    problem = error.problem
    body: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.available:
        body["available"] = list(problem.available)
    # Escapes carry whatever an address may hold, half a character too.
    data = json.dumps(body, ensure_ascii=True).encode("ascii")
    return Response(data, problem.status, {"Cache-Control": "no-store", **error.headers}, MEDIA_TYPE)


def from_routing(error: HTTPException) -> ProblemError:
    """Return the problem that routing has met."""
    headers = error.headers or {}
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = headers.get("Allow", "")
        return ProblemError("method-not-allowed", f"This address answers to {allowed}.", headers={"Allow": allowed})
    if error.status_code == HTTPStatus.NOT_FOUND:
        return ProblemError("not-found", "Look at openapi.json for the addresses that there are.")
    return ProblemError("bad-request", "Look at openapi.json for what can be asked.")


def from_library(error: CseFormsError) -> ProblemError:
    """Return the problem that an error of the library is to whoever asked. This is the one place that says so."""
    match error:
        case DigestError():
            return ProblemError("other-definition", str(error))
        case FormNotFoundError():
            return ProblemError("form-not-found", str(error))
        case DefinitionError():
            # Where the file stands is for those who run the service; they find it in the log.
            detail = "Whoever runs the service finds what is wrong in its log, or with 'cse-forms check'."
            return ProblemError("broken-definition", detail)
        case NotRenderableError():
            return ProblemError("not-possible", f"{error}.")
        case RendererError():
            return ProblemError("not-installed", str(error))
        case InputError():
            return ProblemError("not-possible", str(error))
        case _:
            return ProblemError("internal-error", "Nothing was kept. Whoever runs the service finds it in the log.")
