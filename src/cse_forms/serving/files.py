"""What a person takes away, and goes on with: files of answers, documents to fill in, records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import Response as HttpResponse

from cse_forms.answers.envelope import read_response
from cse_forms.errors import InputError
from cse_forms.pointers import escape
from cse_forms.schema.items import Question, Section, Table
from cse_forms.serving import words
from cse_forms.web import documents

if TYPE_CHECKING:
    from cse_forms.answers.fields import Reading
    from cse_forms.answers.response import Response
    from cse_forms.forms import Catalogue, Form

_MOST_REMARKS = 30
_ZIP = b"PK"


def taken_away(form: Form, response: Response, name: str, *, is_finished: bool) -> HttpResponse:
    """Return a file.

    Args:
        form: the form.
        response: the answers.
        name: one of `words.FILES`.
        is_finished: whether the person calls it finished; else it is a draft.

    Raises:
        RendererError: the format is not installed.
    """
    response = replace(response, meta={**response.meta, "status": "complete" if is_finished else "draft"})
    if name == "json":
        data = (json.dumps(response.to_dict(), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{form.id}-{form.version}.json"',
        }
        return HttpResponse(data, headers=headers, media_type="application/json")
    to, _, is_form = name.partition("-")
    document = form.document(response, purpose="fill" if is_form else "record")
    return documents.sent(document, to, form, caching="no-store")


def gone_on_with(data: bytes, catalogue: Catalogue) -> tuple[Form, Response, tuple[str, ...]]:
    """Return the answers in a file, the form that they answer, and what is to be known about them.

    Raises:
        InputError: it is no such file.
        FormNotFoundError: it answers a form that there is not.
        DigestError: it answers other bytes of the form.
    """
    from cse_forms.reading_back.pdf import is_pdf, read_pdf

    if is_pdf(data):
        reading = read_pdf(data, catalogue)
    elif data.startswith(_ZIP):
        from cse_forms.reading_back.docx import read_docx

        reading = read_docx(data, catalogue)
    else:
        response = _answers_in(data)
        form = catalogue.get_form(response.form, response.version)
        response.check_digest(form.definition)
        return form, response, tuple(_not_taken(form, response.answers))
    response = reading.response
    return catalogue.get_form(response.form, response.version), response, tuple(_remarks(reading))


def _answers_in(data: bytes) -> Response:
    try:
        return read_response(data, "The file")
    except InputError:
        # What is wrong with it as JSON says nothing to those who fill in forms.
        raise InputError(words.NO_ANSWERS) from None


def _not_taken(form: Form, answers: object) -> Iterator[str]:
    """Yield what is said of answers that no page can show, since the form has no such question."""
    places = list(_unknown(form, answers, ""))
    if places:
        yield words.NOT_TAKEN.format(places=", ".join(places[:_MOST_REMARKS]))


def _unknown(form: Form, value: object, pointer: str) -> Iterator[str]:
    """Yield the pointers of what stands where the form has nothing, or nothing of that shape."""
    item = form.definition.item_at(pointer)
    if isinstance(item, Section) and isinstance(value, dict):
        for key, member in value.items():
            yield from _unknown(form, member, f"{pointer}/{escape(str(key))}")
    elif isinstance(item, Table) and isinstance(value, list):
        for place, row in enumerate(value):
            yield from _unknown(form, row, f"{pointer}/{place}")
    elif not isinstance(item, Question) or isinstance(value, dict):
        yield pointer


def _remarks(reading: Reading) -> Iterator[str]:
    """Yield what is to be looked at in a document that was read."""
    found = [
        words.LOOK_AT.format(question=report.question, message=" ".join(filter(None, (report.message, report.text))))
        for report in reading.fields
        if not report.is_fine
    ]
    found += [" ".join(filter(None, (note.message, note.text))) for note in reading.notes]
    yield from found[:_MOST_REMARKS]
    if len(found) > _MOST_REMARKS:
        yield words.LOOK_AT_MORE.format(count=len(found) - _MOST_REMARKS)
