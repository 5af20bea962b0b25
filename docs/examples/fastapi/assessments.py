"""Assessments over JSON, and a page on which they are filled in."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.responses import Response as Answer
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from limiting import BodyLimit
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware
from store import StaleError, Store, Version

from cse_forms import Catalogue, DigestError, Form, InputError, Response, read_response

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
FORMS = Catalogue.from_directory(os.environ["FORMS"]) if "FORMS" in os.environ else Catalogue.shipped()
FORM = os.environ.get("FORM", "cse-toolbox")
PASSWORD = os.environ["PASSWORD"]
KEY = os.environ.get("SECRET_KEY", "").encode() or secrets.token_bytes(32)
MOST = 2_000_000
HERE = Path(__file__).parent

templates = Jinja2Templates(HERE / "templates")
store = Store(os.environ.get("SQLITE_FILE", "assessments.sqlite3"))
# The pages with which FastAPI shows its description load scripts from elsewhere; the description itself is there.
app = FastAPI(title="Assessments", docs_url=None, redoc_url=None)
app.add_middleware(BodyLimit, most=MOST)
app.add_middleware(
    TrustedHostMiddleware, allowed_hosts=os.environ.get("HOSTS", "127.0.0.1,localhost").split(","), www_redirect=False
)
app.mount("/scripts", StaticFiles(packages=[("cse_forms", "browser")]), name="scripts")
app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")


@app.middleware("http")
async def guard(request: Request, call_next: Callable[[Request], Awaitable[Answer]]) -> Answer:
    """Have nothing kept in a cache, and no page shown within another site's."""
    answer = await call_next(request)
    answer.headers["Cache-Control"] = "no-store"
    # What a page may load, it says itself; a page cannot say who may frame it.
    answer.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@app.exception_handler(AnyHTTPException)
async def refuse(request: Request, problem: AnyHTTPException) -> Answer:
    """Say why something is refused: on a page to a browser, and in JSON to a program."""
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"detail": problem.detail}, problem.status_code, problem.headers)
    shown = {"problem": problem.detail}
    return templates.TemplateResponse(request, "refused.html", shown, problem.status_code, problem.headers)


def somebody(given: Annotated[HTTPBasicCredentials, Depends(HTTPBasic())]) -> str:
    """Return who asks. Put your own way of signing in here."""
    if not secrets.compare_digest(given.password.encode(), PASSWORD.encode()):
        raise HTTPException(401, "Sign in", {"WWW-Authenticate": "Basic"})
    return given.username


Somebody = Annotated[str, Depends(somebody)]


def found(assessment: str, _: Somebody) -> Version:
    """Return the newest version of an assessment. Whether this person may see it is yours to add."""
    version = store.newest(assessment)
    if version is None:
        raise HTTPException(404, "There is no such assessment")
    return version


Found = Annotated[Version, Depends(found)]


async def json_body(request: Request) -> bytes:
    """Return a body that is JSON: no page of another site can send it without being asked first."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "Send application/json")
    return await request.body()


async def page_body(request: Request) -> FormData:
    """Return the fields of a page."""
    return await request.form(max_fields=5_000, max_files=0, max_part_size=MOST)


def form_of(version: Version) -> Form:
    """Return the very version of the form that was answered."""
    return FORMS.get_form(version.response.form, version.response.version)


def add(version: Version, response: Response, *, by: str, after: int) -> None:
    """Record another version, unless there is a newer one than the one that was seen."""
    evaluation = form_of(version).evaluate(response).to_dict()
    try:
        store.add(version.assessment, response, evaluation, by=by, after=after)
    except StaleError:
        raise HTTPException(412, "Somebody else has recorded a newer version meanwhile") from None


def begun(by: str) -> str:
    """Begin an assessment, and return its name."""
    form = FORMS.get_form(FORM)
    response = form.new_response()
    return store.begin(response, form.evaluate(response).to_dict(), by=by)


@app.post("/assessments", status_code=201, dependencies=[Depends(json_body)])
def begin(by: Somebody, request: Request) -> dict[str, Any]:
    """Begin an assessment."""
    assessment = begun(by)
    return {"assessment": assessment, "page": str(request.url_for("page", assessment=assessment))}


@app.get("/assessments/{assessment}")
def read(version: Found) -> JSONResponse:
    """Return the newest version, and what the form makes of it. Its ETag is its number."""
    told = {"number": version.number, "response": version.response.to_dict(), "evaluation": version.evaluation}
    return JSONResponse(told, headers={"ETag": f'"{version.number}"'})


@app.put("/assessments/{assessment}")
def write(
    version: Found, by: Somebody, body: Annotated[bytes, Depends(json_body)], if_match: Annotated[str, Header()]
) -> JSONResponse:
    """Record a response: a draft may have gaps, but nothing that is wrong is taken."""
    try:
        response = read_response(body)
        report = form_of(version).validate(response)
    except DigestError as error:
        raise HTTPException(409, str(error)) from None
    except InputError as error:
        raise HTTPException(400, str(error)) from None
    if not report.valid:
        return JSONResponse({"findings": [finding.to_dict() for finding in report.findings]}, 422)
    if if_match != f'"{version.number}"':
        raise HTTPException(412, "Somebody else has recorded a newer version meanwhile")
    add(version, response, by=by, after=version.number)
    return JSONResponse({"number": version.number + 1})


def token_of(assessment: str, by: str) -> str:
    """Return what only a page of ours, made for this person, can send back."""
    return hmac.new(KEY, f"{assessment}\n{by}".encode(), hashlib.sha256).hexdigest()


def check_token(sent: FormData, assessment: str, by: str) -> None:
    """Refuse what another site's page sends."""
    if not secrets.compare_digest(str(sent.get("token", "")).encode(), token_of(assessment, by).encode()):
        raise HTTPException(
            403, "This page is not ours, or from before a restart: go back, reload it, and send it again"
        )


@app.get("/")
def start(by: Somebody, request: Request) -> Answer:
    """Show the assessments of whoever asks."""
    title = FORMS.get_form(FORM).title
    shown = {"title": title, "name": by, "token": token_of("", by), "versions": store.newest_of(by)}
    return templates.TemplateResponse(request, "start.html", shown)


@app.post("/")
def begin_page(by: Somebody, sent: Annotated[FormData, Depends(page_body)]) -> RedirectResponse:
    """Begin an assessment, and go to its page."""
    check_token(sent, "", by)
    return RedirectResponse(f"/assessments/{begun(by)}/page", 303)


def shown(version: Version, by: str, answers: Any, *, after: str) -> HTMLResponse:
    """Return the page."""
    form = form_of(version)
    page = form.page(
        answers,
        fields=[("token", token_of(version.assessment, by)), ("after", after)],
        script="/scripts/page.js",
        definition=f"/forms/{form.id}/{form.version}",
    )
    return HTMLResponse(page)


@app.get("/assessments/{assessment}/page")
def page(version: Found, by: Somebody) -> HTMLResponse:
    """Show the form as it was filled in last."""
    return shown(version, by, version.response, after=str(version.number))


@app.post("/assessments/{assessment}/page")
def take(version: Found, by: Somebody, sent: Annotated[FormData, Depends(page_body)]) -> Answer:
    """Record what a person wrote, or show it again with what is wrong."""
    check_token(sent, version.assessment, by)
    form, after = form_of(version), str(sent.get("after", ""))
    parsed = form.parse(sent, expected={"token", "after"})
    is_complete = parsed.button == "continue"
    is_right = parsed.is_clean and form.validate(parsed.response.answers, draft=not is_complete).valid
    if parsed.button == "rows" or not is_right:
        return shown(version, by, parsed, after=after)
    if after != str(version.number):
        raise HTTPException(412, "Somebody else has recorded a newer version meanwhile: go back to what you wrote")
    status = "complete" if is_complete else "draft"
    add(version, replace(parsed.response, meta={"status": status, "who": by}), by=by, after=version.number)
    return RedirectResponse("/", 303)


@app.get("/assessments/{assessment}/record")
def record(version: Found, format: Literal["docx", "pdf", "html", "json"] = "docx") -> Answer:  # noqa: A002
    """Return the response with its evaluation as a document."""
    document = form_of(version).render(format, version.response)
    headers = {"Content-Disposition": f'attachment; filename="assessment.{format}"'} if format != "html" else {}
    return Answer(document, media_type=MEDIA_TYPES[format], headers=headers)


@app.get("/forms/{form}/{version}")
def definition(form: str, version: str) -> JSONResponse:
    """Return a form's definition, which the script of the page reads."""
    if version not in FORMS.versions().get(form, ()):
        raise HTTPException(404, "There is no such form")
    return JSONResponse(dict(FORMS.get_form(form, version).schema))
