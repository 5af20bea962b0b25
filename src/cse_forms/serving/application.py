"""The addresses of the pages, with the web service beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cse_forms.answers import page_fields
from cse_forms.answers.submitted import MAX_PAIRS
from cse_forms.errors import CseFormsError, InputError, RendererError
from cse_forms.serving import words
from cse_forms.serving.files import gone_on_with, taken_away
from cse_forms.serving.guarding import OwnPages
from cse_forms.serving.pages import Shown, error_page, filled_page, start_page
from cse_forms.serving.sending import page_response
from cse_forms.serving.state import GET, GO, NEXT, State, state_in, step_named
from cse_forms.web import Limits, create_app
from cse_forms.web.bodies import document_body, fields_body
from cse_forms.web.guard import Guard, log_failure
from cse_forms.web.problems import ProblemError, from_library, from_routing
from cse_forms.web.served import ServedForms
from cse_forms.web.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from cse_forms.forms import Catalogue, Form

_OF_THE_SERVICE = frozenset({"forms", "read", "openapi.json", "health", "ready"})
"""What the addresses of the service begin with; all others are pages."""

_OWN_SCRIPT = "serving.js"


def serving_app(catalogue: Catalogue, host: str, *, limits: Limits | None = None) -> ASGIApp:
    """Return the pages, with the web service beside them.

    Args:
        catalogue: the forms.
        host: what the server listens on; the pages answer to its names alone.
        limits: how much a request may send, and how long it may take.
    """
    limits = limits or Limits()
    pages = _Pages(catalogue, limits)
    application = Starlette(
        routes=[
            Route("/", pages.start),
            Route("/continue", pages.start),
            Route("/continue", pages.go_on, methods=["POST"]),
            Route("/fill/{form}/{version}", pages.begin),
            Route("/fill/{form}/{version}", pages.take, methods=["POST"]),
            Route("/scripts/{name}", pages.script),
        ],
        exception_handlers={
            CseFormsError: _library_error,
            HTTPException: _routing_error,
            ProblemError: _problem,
            Exception: _failure,
        },
    )
    application.router.redirect_slashes = False
    beside = _Beside(application, create_app(catalogue, limits=limits))
    return Guard(OwnPages(beside, host), hosts=())


class _Beside:
    """Tells the pages from the service by the address."""

    def __init__(self, pages: ASGIApp, service: ASGIApp) -> None:
        self._pages = pages
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = scope["path"].removeprefix("/").partition("/")[0] if scope["type"] == "http" else ""
        app = self._service if first in _OF_THE_SERVICE else self._pages
        await app(scope, receive, send)


class _Pages:
    """What is done at each address. It has the catalogue, and nothing else that outlives a request."""

    def __init__(self, catalogue: Catalogue, limits: Limits) -> None:
        self._served = ServedForms(catalogue)
        self._limits = limits
        self._workers = Workers(limits)

    async def start(self, request: Request) -> Response:
        """Show the forms there are."""
        return await self._workers.run(lambda: page_response(start_page(self._forms(), _base(request))))

    async def begin(self, request: Request) -> Response:
        """Show a form with nothing in it."""

        def begun() -> Response:
            form = self._form(request)
            shown = Shown(
                response=form.new_response(),
                at=step_named(form, request.query_params.get("at", "")),
                notices=self._retired(form),
            )
            return page_response(filled_page(form, shown))

        return await self._workers.run(begun)

    async def take(self, request: Request) -> Response:
        """Take a page that was sent, and show the next one, or send a file."""
        limits = self._limits
        data = await fields_body(request, most=limits.document_bytes, seconds=limits.body_seconds)

        def taken() -> Response:
            form = self._form(request)
            return _answered(form, state_in(form, _pairs(data)))

        return await self._workers.run(taken)

    async def go_on(self, request: Request) -> Response:
        """Go on with a file that was taken away."""
        limits = self._limits
        data = await document_body(request, most=limits.document_bytes, seconds=limits.body_seconds)
        base = _base(request)

        def gone_on() -> Response:
            if not data:
                return page_response(start_page(self._forms(), base, words.NO_FILE), 422)
            try:
                form, response, notices = gone_on_with(data, self._served.catalogue)
                form = self._served.form(form.id, form.version)
            except CseFormsError as error:
                detail = from_library(error).problem.detail
                said = words.BAD_FILE.format(error=_sentence(detail))
                return page_response(start_page(self._forms(), base, said), 422)
            # It is a draft again: what is missing is told when somebody asks for it.
            response = replace(response, meta={**response.meta, "status": "draft"})
            shown = Shown(response=response, notices=(*self._retired(form), *notices))
            return page_response(filled_page(form, shown))

        return await self._workers.run(gone_on)

    async def script(self, request: Request) -> Response:
        """Send one of the scripts that the pages use."""
        found = _scripts().get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found, headers={"Cache-Control": "no-cache"}, media_type="text/javascript")

    def _form(self, request: Request) -> Form:
        return self._served.form(request.path_params["form"], request.path_params["version"])

    def _forms(self) -> Sequence[tuple[str, str, str]]:
        """Return id, version and title of the forms to begin with: of each the version in use."""
        found = []
        for form in self._served.listed(""):
            current = form.current or ""
            found += [(form.id, one.version, one.title) for one in form.versions if one.version == current]
        return found

    def _retired(self, form: Form) -> tuple[str, ...]:
        retired = self._served.catalogue.retirement(form.id, form.version)
        return () if retired is None else (words.RETIRED.format(date=retired.date, reason=retired.reason),)


def _answered(form: Form, state: State) -> Response:
    """Return what follows a page that was sent: the same page, another one, or a file."""
    same = Shown(response=state.response, parsed=state.parsed, at=state.at, is_unsaved=True)
    said, _, name = state.said.partition(":")
    is_moving = f"{said}:" in (GO, NEXT)
    is_file = f"{said}:" == GET and name in words.FILES
    if state.parsed.findings and (is_moving or is_file):
        shown = replace(same, notices=(words.NOT_READ,))
    elif is_file:
        return _file(form, state, name, same)
    elif is_moving:
        shown = replace(same, at=step_named(form, name))
    elif said == page_fields.CONTINUE:
        # What is missing is shown where all of it can be reached.
        shown = replace(same, is_checked=True, at=state.at if state.parsed.findings else None)
    else:
        shown = same
    return page_response(filled_page(form, shown))


def _file(form: Form, state: State, name: str, same: Shown) -> Response:
    if state.is_finished and not form.validate(state.response.answers).valid:
        shown = replace(same, is_checked=True, at=None, notices=(words.NOT_FINISHED,))
        return page_response(filled_page(form, shown))
    try:
        return taken_away(form, state.response, name, is_finished=state.is_finished)
    except (RendererError, ImportError) as error:
        shown = replace(same, notices=(words.NO_FORMAT.format(error=_sentence(str(error))),))
        return page_response(filled_page(form, shown))


def _pairs(data: bytes) -> list[tuple[str, str]]:
    """Return the fields of a page.

    Raises:
        InputError: there are more than any page has.
    """
    text = data.decode("ascii", "replace")
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace", max_num_fields=MAX_PAIRS)
    except ValueError:
        raise InputError(f"The page sent more than {MAX_PAIRS:,} fields; no form has so many") from None


@cache
def _scripts() -> Mapping[str, bytes]:
    """Return the scripts by their names."""
    found = {
        file.name: file.read_bytes() for file in (files("cse_forms") / "browser").iterdir() if _is_script(file.name)
    }
    return {**found, _OWN_SCRIPT: (files("cse_forms.serving") / _OWN_SCRIPT).read_bytes()}


def _is_script(name: str) -> bool:
    return name.endswith(".js")


def _base(request: Request) -> str:
    """Return where the pages are. The host is one of their names: others are refused before."""
    return f"{request.url.scheme}://{request.headers['host']}/"


def _sentence(text: str) -> str:
    """Return the words of an error as a sentence."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


# --- what went wrong, as a page ----------------------------------------------------------------------------------


async def _library_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, CseFormsError)
    found = from_library(error)
    if found.problem.status >= 500:
        log_failure(request.scope, error)
    return _told(request, found)


async def _routing_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, from_routing(error))


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return _told(request, error)


async def _failure(request: Request, _error: Exception) -> Response:
    # The layer around it logs the place.
    return page_response(error_page(words.OTHER_ERROR, words.FAILED, _base(request)), 500)


def _told(request: Request, error: ProblemError) -> Response:
    problem = error.problem
    title = words.ERROR_TITLE.get(problem.status, words.OTHER_ERROR)
    detail = "" if problem.type.endswith(("not-found", "method-not-allowed")) else _sentence(problem.detail)
    response = page_response(error_page(title, detail, _base(request)), problem.status)
    response.headers.update(error.headers)
    return response
