"""A page on which assessments are filled in, with a session and without scripts."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, request, session, url_for
from store import StaleError, Store, Version
from werkzeug.exceptions import Forbidden, HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.wrappers import Response as Answer

from cse_forms import Catalogue, Form, InputError

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
FORMS = Catalogue.from_directory(os.environ["FORMS"]) if "FORMS" in os.environ else Catalogue.shipped()
FORM = os.environ.get("FORM", "cse-toolbox")
PASSWORD = os.environ["PASSWORD"]

store = Store(os.environ.get("SQLITE_FILE", "assessments.sqlite3"))
app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(32),
    SESSION_COOKIE_SAMESITE="Lax",
    SESSION_COOKIE_SECURE=os.environ.get("IS_HTTPS") == "1",
    TRUSTED_HOSTS=os.environ.get("HOSTS", "127.0.0.1,localhost").split(","),
    MAX_CONTENT_LENGTH=2_000_000,
    MAX_FORM_MEMORY_SIZE=2_000_000,
)


def token() -> str:
    """Return what only a page of this session can send back."""
    made: str = session.setdefault("token", secrets.token_hex(32))
    return made


@app.before_request
def guard_request() -> Answer | None:
    """Have everybody sign in, and take nothing that another site's page sends."""
    if request.routing_exception is not None:
        return None  # Flask refuses it itself.
    if request.method == "POST" and not secrets.compare_digest(
        request.form.get("token", "").encode(), token().encode()
    ):
        raise Forbidden("This page is from before you signed in, or from another site. Open it anew, and put it in.")
    if "name" not in session and request.endpoint not in ("login", "static"):
        return redirect(url_for("login"))
    return None


@app.after_request
def guard_answer(answer: Response) -> Response:
    """Have nothing kept in a cache, and no page shown within another site's."""
    answer.headers["Cache-Control"] = "no-store"
    # What a page may load, it says itself; a page cannot say who may frame it.
    answer.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@app.errorhandler(HTTPException)
def refuse(problem: HTTPException) -> tuple[str, int]:
    """Say on a page of our own why something is refused."""
    return render_template("refused.html", problem=problem), problem.code or 500


@app.errorhandler(SecurityError)
def refuse_host(_: SecurityError) -> tuple[str, int]:
    """Refuse a name that is not this site's. No page is made, which would have addresses below that name."""
    return "This site is not called so", 400


@app.errorhandler(InputError)
def refuse_input(_: InputError) -> tuple[str, int]:
    """Refuse more fields than any form has."""
    return refuse(RequestEntityTooLarge("This is more than any form sends."))


@app.route("/login", methods=["GET", "POST"])
def login() -> str | Answer:
    """Ask for the password. Put your own way of signing in here."""
    is_wrong = False
    if request.method == "POST":
        if secrets.compare_digest(request.form.get("password", "").encode(), PASSWORD.encode()):
            session.clear()
            session["name"] = request.form.get("name", "")[:100]
            return redirect(url_for("start"))
        is_wrong = True
    return render_template("login.html", token=token(), is_wrong=is_wrong)


@app.post("/logout")
def logout() -> Answer:
    """End the session."""
    session.clear()
    return redirect(url_for("login"))


@app.route("/", methods=["GET", "POST"])
def start() -> str | Answer:
    """Show the assessments of whoever asks, and begin another one."""
    form = FORMS.get_form(FORM)
    if request.method == "POST":
        response = form.new_response()
        assessment = store.begin(response, form.evaluate(response).to_dict(), by=session["name"])
        return redirect(url_for("page", assessment=assessment))
    versions = store.newest_of(session["name"])
    return render_template("start.html", token=token(), title=form.title, name=session["name"], versions=versions)


def found(assessment: str) -> tuple[Version, Form]:
    """Return the newest version of an assessment, and its form. Whether this person may see it is yours to add."""
    version = store.newest(assessment)
    if version is None:
        abort(404)
    return version, FORMS.get_form(version.response.form, version.response.version)


@app.route("/assessments/<assessment>", methods=["GET", "POST"])
def page(assessment: str) -> str | Answer:
    """Show the form as it was filled in last; record what comes back, or show it again with what is wrong."""
    version, form = found(assessment)

    def shown(answers: Any, after: str) -> str:
        return form.page(answers, fields=[("token", token()), ("after", after)])

    if request.method != "POST":
        return shown(version.response, str(version.number))
    parsed = form.parse(request.form, files=request.files, expected={"token", "after"})
    is_complete = parsed.button == "continue"
    is_right = parsed.is_clean and form.validate(parsed.response.answers, draft=not is_complete).valid
    after = request.form.get("after", "")
    if parsed.button == "rows" or not is_right:
        return shown(parsed, after)
    meta = {"status": "complete" if is_complete else "draft", "who": session["name"]}
    response = replace(parsed.response, meta=meta)
    try:
        if after != str(version.number):
            raise StaleError
        evaluation = form.evaluate(response).to_dict()
        store.add(assessment, response, evaluation, by=session["name"], after=version.number)
    except StaleError:
        abort(409, "Somebody else has recorded a newer version meanwhile: compare it with what you wrote.")
    return redirect(url_for("start"))


@app.get("/assessments/<assessment>/record.<suffix>")
def record(assessment: str, suffix: str) -> Response:
    """Give the response with its evaluation as a document."""
    version, form = found(assessment)
    if suffix not in MEDIA_TYPES:
        abort(404)
    answer = Response(form.render(suffix, version.response), content_type=MEDIA_TYPES[suffix])
    if suffix != "html":
        answer.headers["Content-Disposition"] = f'attachment; filename="assessment.{suffix}"'
    return answer
