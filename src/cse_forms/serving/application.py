"""The addresses of the pages, with the web service beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from cse_forms.document.answer import in_words
from cse_forms.document.languages import ENGLISH_LANGUAGE, interface
from cse_forms.errors import CseFormsError, FormNotFoundError, InputError
from cse_forms.passages import in_language
from cse_forms.serving.answering import answered, pairs_in, sentence
from cse_forms.serving.files import Begun, UnfitFileError, begun_in, remarks_on
from cse_forms.serving.guarding import OwnPages
from cse_forms.serving.leftovers import leftovers_in
from cse_forms.serving.look import Look, look_of, spoken_language
from cse_forms.serving.pages import Shown, filled_page, phrases_of
from cse_forms.serving.sending import page_response
from cse_forms.serving.starting import error_page, start_page, words_for
from cse_forms.serving.state import state_in, step_named
from cse_forms.web import Limits, create_app
from cse_forms.web.bodies import document_body, fields_body
from cse_forms.web.guard import Guard, log_failure
from cse_forms.web.problems import ProblemError, from_library, from_routing
from cse_forms.web.served import ServedForms
from cse_forms.web.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

    from cse_forms.forms import Catalogue, Form

_OF_THE_SERVICE = frozenset({"forms", "read", "openapi.json", "health", "ready"})
"""What the addresses of the service begin with; all others are pages."""

_OWN_SCRIPT = "serving.js"


def serving_app(
    catalogue: Catalogue, host: str, *, language: str | None = None, limits: Limits | None = None
) -> ASGIApp:
    """Return the pages, with the web service beside them.

    Args:
        catalogue: the forms.
        host: what the server listens on; the pages answer to its names alone.
        language: of pages whose address says none, such as cy; that of the browser, if none is said.
        limits: how much a request may send, and how long it may take.

    Raises:
        InputError: the interface does not speak the language.
    """
    limits = limits or Limits()
    if language is not None:
        interface(language, ENGLISH_LANGUAGE)
    pages = _Pages(catalogue, language and spoken_language(language), limits)
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
            CseFormsError: pages.library_error,
            HTTPException: pages.routing_error,
            ProblemError: pages.problem,
            Exception: pages.failure,
        },
    )
    application.router.redirect_slashes = False
    beside = _Beside(application, create_app(catalogue, limits=limits))
    return Guard(OwnPages(beside, host), hosts=(), most=limits.all_bytes)


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

    def __init__(self, catalogue: Catalogue, language: str | None, limits: Limits) -> None:
        self._served = ServedForms(catalogue)
        self._language = language
        self._limits = limits
        self._workers = Workers(limits)

    async def start(self, request: Request) -> Response:
        """Show the forms there are."""
        return await self._workers.run(lambda: page_response(self._start(request)))

    async def begin(self, request: Request) -> Response:
        """Show a form with nothing in it."""

        def begun() -> Response:
            form, look = self._form(request), self._look(request)
            at = step_named(form, request.query_params.get("at", ""))
            notices = tuple(self._remarks(form, look))
            return page_response(
                filled_page(form, Shown(response=form.new_response(), look=look, at=at, notices=notices))
            )

        return await self._workers.run(begun)

    async def take(self, request: Request) -> Response:
        """Take a page that was sent, and show the next one, or send a file."""
        limits = self._limits
        data = await fields_body(request, most=limits.document_bytes, seconds=limits.body_seconds)

        def taken() -> Response:
            form = self._form(request)
            return answered(form, state_in(form, pairs_in(data)), self._look(request))

        return await self._workers.run(taken)

    async def go_on(self, request: Request) -> Response:
        """Go on with a file that was taken away."""
        limits = self._limits
        data = await document_body(request, most=limits.document_bytes, seconds=limits.body_seconds)
        return await self._workers.run(lambda: self._gone_on(request, data))

    def _gone_on(self, request: Request, data: bytes) -> Response:
        look = self._look(request)
        words = words_for(look).serving.start
        if not data:
            return page_response(self._start(request, words.no_file), 422)
        try:
            begun = begun_in(data, self._served.catalogue, words)
            form = self._served.form(begun.form.id, begun.form.version)
        except UnfitFileError as error:
            return page_response(self._start(request, words.bad_file.format(error=error.sentence)), 422)
        except CseFormsError as error:
            detail = in_language(sentence(from_library(error).problem.detail), ENGLISH_LANGUAGE, look.language)
            told = words.no_document.format(error=detail) if isinstance(error, InputError) else detail
            return page_response(self._start(request, words.bad_file.format(error=told)), 422)
        # It is a draft again: what is missing is told when somebody asks for it.
        response = replace(begun.response, meta={**begun.response.meta, "status": "draft"})
        notices = tuple(self._remarks(form, look, begun))
        return page_response(filled_page(form, Shown(response=response, look=look, notices=notices)))

    async def script(self, request: Request) -> Response:
        """Send one of the scripts that the pages use."""
        found = _scripts().get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found, headers={"Cache-Control": "no-cache"}, media_type="text/javascript")

    def _form(self, request: Request) -> Form:
        return self._served.form(request.path_params["form"], request.path_params["version"])

    def _look(self, request: Request) -> Look:
        accepted = request.headers.get("accept-language", "")
        return look_of(request.query_params, accepted, self._language)

    def _start(self, request: Request, problem: str | None = None) -> str:
        """Return the page on which a form is chosen: of each the version in use."""
        listed = self._served.listed("")
        forms = [self._served.form(form.id, form.current) for form in listed if form.current is not None]
        return start_page(forms, _base(request), self._look(request), problem)

    def _newest(self, form: Form) -> str:
        """Return the version in use of a form; its own, where none is."""
        try:
            return self._served.catalogue.get_form(form.id).version
        except FormNotFoundError:
            return form.version

    def _remarks(self, form: Form, look: Look, begun: Begun | None = None) -> Iterator[str]:
        """Yield what is to be known before a form is filled in, or gone on with."""
        phrases = phrases_of(form, look)
        words, document = phrases.serving, form.in_language(look.language).definition.words.language
        retired = self._served.catalogue.retirement(form.id, form.version)
        if retired is not None:
            reason = in_language(retired.reason, form.definition.words.language, document)
            yield words.retired.format(date=in_words(date.fromisoformat(retired.date), phrases), reason=reason)
        newest = self._newest(form)
        if _numbers(newest) > _numbers(form.version):
            yield words.newer.format(version=form.version, newest=newest)
        if begun is not None:
            yield from leftovers_in(begun.response, phrases)
            if begun.reading is not None:
                yield from remarks_on(begun.reading, form, phrases, document)

    # --- what went wrong, as a page ---

    async def library_error(self, request: Request, error: Exception) -> Response:
        """Tell what the library refuses."""
        assert isinstance(error, CseFormsError)
        found = from_library(error)
        if found.problem.status >= 500:
            log_failure(request.scope, error)
        return self._told(request, found)

    async def routing_error(self, request: Request, error: Exception) -> Response:
        """Tell that there is no such address, or that it cannot be asked like that."""
        assert isinstance(error, HTTPException)
        return self._told(request, from_routing(error))

    async def problem(self, request: Request, error: Exception) -> Response:
        """Tell what is wrong with a request."""
        assert isinstance(error, ProblemError)
        return self._told(request, error)

    async def failure(self, request: Request, _error: Exception) -> Response:
        """Tell that the program has failed. The layer around it logs the place."""
        look = self._look(request)
        words = words_for(look).serving.failure
        return page_response(error_page(words.other, words.failed, _base(request), look), 500)

    def _told(self, request: Request, error: ProblemError) -> Response:
        problem, look = error.problem, self._look(request)
        words = words_for(look).serving.failure
        titles = {
            404: words.not_found,
            405: words.not_allowed,
            408: words.too_slow,
            413: words.too_large,
            503: words.busy,
        }
        is_plain = problem.type.endswith(("not-found", "method-not-allowed"))
        detail = "" if is_plain else in_language(sentence(problem.detail), ENGLISH_LANGUAGE, look.language)
        page = error_page(titles.get(problem.status, words.other), detail, _base(request), look)
        response = page_response(page, problem.status)
        response.headers.update(error.headers)
        return response


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


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
