"""What the service does at each of its addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from cse_forms.document.languages import languages
from cse_forms.errors import CseFormsError, InputError
from cse_forms.web import documents, parameters
from cse_forms.web.bodies import JSON, document_body, json_body
from cse_forms.web.description import described
from cse_forms.web.guard import log_failure
from cse_forms.web.negotiation import chosen
from cse_forms.web.parameters import Parameter
from cse_forms.web.problems import ProblemError
from cse_forms.web.responses import response_in
from cse_forms.web.served import ServedForms
from cse_forms.web.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cse_forms import answers
    from cse_forms.answers.fields import Reading
    from cse_forms.document.tree import Document
    from cse_forms.forms import Catalogue, Form
    from cse_forms.web.limits import Limits

DEFINITION = "application/schema+json"
"""The media type of a definition: it is a JSON Schema document."""

_BRIEF_BYTES = 16_000
_BRIEF_COMMAS = 250
"""A response within both is evaluated at once: it takes less than handing it to a thread. Each value that is refused
costs 0.1 ms, and before each value but the first stands a comma."""

_NO_STORE = {"Cache-Control": "no-store"}
_REVALIDATED = {"Cache-Control": "no-cache"}

Answered = Callable[["Form", "answers.response.Response", "Mapping[str, Any]"], bytes]
"""Says something of a response."""


class Service:
    """The endpoints. They have the catalogue, and nothing else that outlives a request."""

    def __init__(self, catalogue: Catalogue, limits: Limits) -> None:
        self._served = ServedForms(catalogue)
        self._limits = limits
        self._workers = Workers(limits)
        self._pages = documents.formats("html")
        self._explanations = documents.formats("json")
        self._compiled: set[Form] = set()

    # --- the catalogue ---------------------------------------------------------------------------------------

    async def forms(self, request: Request) -> Response:
        """List the forms."""
        _asked(request)
        listed = await self._workers.run(partial(self._served.listed, _base(request)))
        return _json({"forms": listed}, _REVALIDATED)

    async def versions(self, request: Request) -> Response:
        """List the versions of a form."""
        _asked(request)
        form = request.path_params["form"]
        (listed,) = await self._workers.run(partial(self._served.listed, _base(request), form))
        return _json(listed, _REVALIDATED)

    async def definition(self, request: Request) -> Response:
        """Send a definition as it is."""
        form = await self._form(request)
        kind = chosen(request.headers.get("accept"), {DEFINITION: DEFINITION, JSON: JSON})
        parameters.said(request, ())
        return _unless_known(request, form.digest, lambda: self._served.definition(form), kind)

    async def empty(self, request: Request) -> Response:
        """Send an empty response to a form."""
        form = await self._form(request)
        _asked(request)
        return _unless_known(request, f"{form.digest}-response", lambda: to_json(form.new_response().to_dict()), JSON)

    async def policy(self, request: Request) -> Response:
        """Say in words how a form decides."""
        form = await self._form(request)
        said, to = self._document_asked(request, self._pages, (_language(form),))

        def document() -> Document:
            return form.policy_document(**said)

        return await self._document(form, document, to, "no-cache")

    # --- responses -------------------------------------------------------------------------------------------

    async def validate(self, request: Request) -> Response:
        """Say what is wrong with a response."""

        def report(form: Form, response: answers.response.Response, said: Mapping[str, Any]) -> bytes:
            return _bytes(form.validate(response, **said).to_dict())

        return await self._answered(request, report)

    async def evaluate(self, request: Request) -> Response:
        """Say what the form's rules make of a response, with what is wrong with it."""

        def outcome(form: Form, response: answers.response.Response, said: Mapping[str, Any]) -> bytes:
            more = dict(said)
            answers = more.pop(parameters.ANSWERS.name, True)
            return _bytes(form.evaluate(response, **more).to_dict(answers=answers))

        return await self._answered(request, outcome, parameters.ANSWERS)

    async def explain(self, request: Request) -> Response:
        """Say why a response comes to what it comes to, as JSON or as a document."""
        form = await self._form(request)
        known = (parameters.DRAFT, _language(form))
        said, to = self._document_asked(request, self._explanations, known)
        data = await self._body(request)

        def explained() -> Response:
            document = form.explanation(response_in(data, form), **said)
            if to == "json":
                return Response(_bytes(document.outcome), headers=_NO_STORE | {"Vary": "Accept"}, media_type=JSON)
            return documents.sent(document, to, form, caching="no-store")

        return await self._workers.run(explained)

    async def render(self, request: Request) -> Response:
        """Send a form as a document: blank, or with the response in the body."""
        form = await self._form(request)
        is_blank = request.method != "POST"
        purpose = parameters.BLANK_PURPOSE if is_blank else parameters.FILLED_PURPOSE
        known = (purpose, parameters.LARGE_PRINT, parameters.ROWS, _language(form))
        said, to = self._document_asked(request, self._pages, known if is_blank else (*known, parameters.DRAFT))
        if is_blank:
            return await self._document(form, lambda: form.document(**said), to, "no-cache")
        data = await self._body(request)

        def document() -> Document:
            return form.document(response_in(data, form), **said)

        return await self._document(form, document, to, "no-store")

    async def read(self, request: Request) -> Response:
        """Read a document that was filled in back as a response."""
        _asked(request)
        limits = self._limits
        data = await document_body(request, most=limits.document_bytes, seconds=limits.body_seconds)

        def reading() -> bytes:
            try:
                return _bytes(_read(data, self._served.catalogue).to_dict())
            except InputError as error:
                raise ProblemError("unreadable-document", f"{error}.") from None

        return Response(await self._workers.run(reading), headers=_NO_STORE, media_type=JSON)

    # --- the service itself ----------------------------------------------------------------------------------

    async def openapi(self, request: Request) -> Response:
        """Describe the service."""
        _asked(request)

        def description() -> dict[str, Any]:
            versions = self._served.versions()
            forms = [self._served.form(form, version) for form in versions for version in versions[form]]
            return described(_base(request), forms, self._pages, self._explanations)

        return _json(await self._workers.run(description), _REVALIDATED)

    async def health(self, request: Request) -> Response:
        """Say that the service runs."""
        _asked(request)
        return _json({"status": "ok"}, _NO_STORE)

    async def ready(self, request: Request) -> Response:
        """Say whether every form can be served."""
        _asked(request)
        try:
            count = await self._workers.run(self._load_all)
        except CseFormsError as error:
            log_failure(request.scope, error)
            raise ProblemError(
                "not-ready", "A definition cannot be loaded; its operator finds it in the log."
            ) from None
        return _json({"status": "ready", "versions": count}, _NO_STORE)

    def _load_all(self) -> int:
        """Load and compile every form; return how many versions there are."""
        versions = self._served.versions()
        for form in versions:
            for version in versions[form]:
                found = self._served.form(form, version)
                self._compile(found)
        return sum(map(len, versions.values()))

    def _compile(self, form: Form) -> None:
        if form not in self._compiled:
            _bytes(form.evaluate({}).to_dict())
            self._compiled.add(form)

    # --- what they have in common ----------------------------------------------------------------------------

    async def _form(self, request: Request) -> Form:
        """Return the form that the address names."""
        names = request.path_params["form"], request.path_params["version"]
        found = self._served.at_hand(*names)
        return await self._workers.run(partial(self._served.form, *names)) if found is None else found

    async def _body(self, request: Request) -> bytes:
        limits = self._limits
        return await json_body(request, most=limits.response_bytes, seconds=limits.body_seconds)

    async def _answered(self, request: Request, answer: Answered, *more: Parameter) -> Response:
        """Return what is to be said of the response in the body."""
        form = await self._form(request)
        said = _asked(request, parameters.DRAFT, _language(form), *more)
        data = await self._body(request)

        def answered() -> bytes:
            return answer(form, response_in(data, form), said)

        def compiled_first() -> bytes:
            self._compile(form)
            return answered()

        is_brief = len(data) <= _BRIEF_BYTES and data.count(b",") <= _BRIEF_COMMAS and "language" not in said
        if is_brief and form in self._compiled:
            return Response(answered(), headers=_NO_STORE, media_type=JSON)
        return Response(await self._workers.run(compiled_first), headers=_NO_STORE, media_type=JSON)

    def _document_asked(
        self, request: Request, offered: Mapping[str, str], known: tuple[Parameter, ...]
    ) -> tuple[dict[str, Any], str]:
        """Return what the parameters say, and the format that is asked for."""
        said = dict(parameters.said(request, (parameters.formats(offered), *known)))
        return said, said.pop("format", None) or chosen(request.headers.get("accept"), offered)

    async def _document(self, form: Form, document: Callable[[], Document], to: str, caching: str) -> Response:
        return await self._workers.run(lambda: documents.sent(document(), to, form, caching=caching))


def _asked(request: Request, *known: Parameter) -> Mapping[str, Any]:
    """Return what the parameters say of a request that is answered in JSON alone."""
    chosen(request.headers.get("accept"), {"json": JSON})
    return parameters.said(request, known)


@lru_cache(maxsize=256)
def _language(form: Form) -> Parameter:
    """Return the parameter for the languages that a form can be shown in; none but these is looked up."""
    words = form.definition.words
    return parameters.language(tuple(dict.fromkeys((*languages(), words.language, *words.languages))))


def _base(request: Request) -> str:
    """Return what stands before every address: where it is mounted, without the host, which anybody can choose."""
    path = "/".join(part for part in request.scope.get("root_path", "").split("/") if part)
    return f"/{quote(path)}" if path else ""


def _unless_known(request: Request, tag: str, data: Callable[[], bytes], kind: str) -> Response:
    """Return a response, or only that it is the one which the client has."""
    headers = {**_REVALIDATED, "ETag": f'"{tag}"', "Vary": "Accept"}
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or f'"{tag}"' in (part.strip().removeprefix("W/") for part in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(data(), headers=headers, media_type=kind)


def _bytes(value: Any) -> bytes:
    # Five times as fast as `json`, and installed with pydantic.
    return to_json(value, inf_nan_mode="null")


def _json(value: Any, headers: Mapping[str, str]) -> Response:
    return Response(_bytes(value), headers=dict(headers), media_type=JSON)


def _read(data: bytes, catalogue: Catalogue) -> Reading:
    from cse_forms.reading_back.pdf import is_pdf, read_pdf

    if is_pdf(data):
        return read_pdf(data, catalogue)
    from cse_forms.reading_back.docx import read_docx

    return read_docx(data, catalogue)
