"""A page on which assessments are filled in, with a session and without scripts."""

from __future__ import annotations

import os
import secrets
from dataclasses import replace
from typing import Any

from flask import Flask, Response, abort, redirect, render_template_string, request, session, url_for
from store import StaleError, Store, Version
from werkzeug.wrappers import Response as Answer

from cse_forms import Catalogue, Form, InputError

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
LOGIN = """<!DOCTYPE html><html lang="en-GB"><title>Sign in</title><h1>Sign in</h1>
{% if is_wrong %}<p role="alert">This is not the password.</p>{% endif %}
<form method="post"><input type="hidden" name="token" value="{{ token }}">
<p><label>Your name <input name="name" required maxlength="100"></label></p>
<p><label>Password <input name="password" type="password" required></label></p><button>Sign in</button></form>"""
START = """<!DOCTYPE html><html lang="en-GB"><title>Assessments</title><h1>{{ title }}</h1>
<form method="post"><input type="hidden" name="token" value="{{ token }}"><button>Begin an assessment</button></form>"""

FORMS = Catalogue.from_directory(os.environ["FORMS"]) if "FORMS" in os.environ else Catalogue.shipped()
FORM = os.environ.get("FORM", "cse-toolbox")
PASSWORD = os.environ["PASSWORD"]

store = Store(os.environ.get("SQLITE_FILE", "assessments.sqlite3"))
app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(32),
    SESSION_COOKIE_SAMESITE="Lax",
    SESSION_COOKIE_SECURE=os.environ.get("IS_HTTPS") == "1",
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
    if request.method == "POST" and not secrets.compare_digest(
        request.form.get("token", "").encode(), token().encode()
    ):
        abort(403)
    if "name" not in session and request.endpoint != "login":
        return redirect(url_for("login"))
    return None


@app.after_request
def guard_answer(answer: Response) -> Response:
    """Have nothing kept in a cache, and no page shown within another site's."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@app.errorhandler(InputError)
def refuse(_: InputError) -> tuple[str, int]:
    """Refuse more fields than any form has."""
    return "This is more than any form sends", 413


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
    return render_template_string(LOGIN, token=token(), is_wrong=is_wrong)


@app.route("/", methods=["GET", "POST"])
def start() -> str | Answer:
    """Begin an assessment."""
    form = FORMS.get_form(FORM)
    if request.method == "POST":
        response = form.new_response()
        assessment = store.begin(response, form.evaluate(response).to_dict(), by=session["name"])
        return redirect(url_for("page", assessment=assessment))
    return render_template_string(START, token=token(), title=form.title)


def found(assessment: str) -> tuple[Version, Form]:
    """Return the newest version of an assessment, and its form. Whether this person may see it is yours to add."""
    version = store.newest(assessment)
    if version is None:
        abort(404)
    return version, FORMS.get_form(version.response.form, version.response.version)


@app.route("/assessments/<assessment>", methods=["GET", "POST"])
def page(assessment: str) -> str | Answer | tuple[str, int]:
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
        return "Somebody else has recorded a newer version meanwhile: go back to what you wrote, and compare.", 409
    return redirect(url_for("record", assessment=assessment, suffix="html"))


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
