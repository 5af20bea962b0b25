"""What a person takes away, and goes on with: files of answers, documents to fill in, records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from starlette.responses import Response as HttpResponse

from cse_forms.answers.envelope import read_response
from cse_forms.document.languages import ENGLISH_LANGUAGE
from cse_forms.errors import DigestError, InputError
from cse_forms.passages import in_language
from cse_forms.serving.leftovers import set_aside
from cse_forms.web import documents

if TYPE_CHECKING:
    from cse_forms.answers.fields import Reading
    from cse_forms.answers.response import Response
    from cse_forms.document.phrases import Phrases
    from cse_forms.document.serving_phrases import StartPhrases, TakePhrases
    from cse_forms.document.tree import Purpose
    from cse_forms.forms import Catalogue, Form
    from cse_forms.serving.look import Look

ANSWERS = "json"

LATER: Final = (ANSWERS, "docx-fill", "pdf-fill")
"""The files to go on with."""

RECORDS: Final = ("docx", "pdf")

_MOST_REMARKS = 30
_ZIP = b"PK"


class UnfitFileError(InputError):
    """A file that cannot be gone on with."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """Why, in the words of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What is gone on with."""

    form: Form
    response: Response
    """What the form has a place for; the rest is among what the response says of itself."""
    reading: Reading | None = None
    """What became of each field, where it was a document."""


def file_titles(words: TakePhrases) -> Mapping[str, str]:
    """Return the words on the button of each file that can be taken away."""
    titles = (words.answers, words.word_form, words.pdf_form, words.word_record, words.pdf_record)
    return dict(zip((*LATER, *RECORDS), titles, strict=True))


def taken_away(form: Form, response: Response, name: str, look: Look, *, is_finished: bool) -> HttpResponse:
    """Return a file.

    Args:
        form: the form.
        response: the answers.
        name: one of `LATER` or `RECORDS`.
        look: the language and the print of what people read.
        is_finished: whether the person calls it finished; else it is a draft.

    Raises:
        RendererError: the format is not installed.
    """
    response = replace(response, meta={**response.meta, "status": "complete" if is_finished else "draft"})
    if name == ANSWERS:
        data = (json.dumps(response.to_dict(), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{form.id}-{form.version}.json"',
        }
        return HttpResponse(data, headers=headers, media_type="application/json")
    to, _, is_form = name.partition("-")
    purpose: Purpose = "fill" if is_form else "record"
    document = form.document(response, purpose=purpose, language=look.language, large_print=look.is_large)
    return documents.sent(document, to, form, caching="no-store")


def begun_in(data: bytes, catalogue: Catalogue, words: StartPhrases) -> Begun:
    """Return the answers in a file, and the form that they answer.

    Raises:
        UnfitFileError: it holds no answers, or those to a form that there is not.
        InputError: it is a document that cannot be read back.
    """
    from cse_forms.reading_back.pdf import is_pdf, read_pdf

    if is_pdf(data):
        reading = read_pdf(data, catalogue)
    elif data.startswith(_ZIP):
        from cse_forms.reading_back.docx import read_docx

        reading = read_docx(data, catalogue)
    else:
        response = _answers_in(data, words)
        form = _form_of(response, catalogue, words)
        return Begun(form=form, response=set_aside(form, response))
    form = catalogue.get_form(reading.response.form, reading.response.version)
    return Begun(form=form, response=reading.response, reading=reading)


def _answers_in(data: bytes, words: StartPhrases) -> Response:
    try:
        return read_response(data, "The file")
    except InputError:
        # What is wrong with it as JSON says nothing to those who fill in forms.
        raise UnfitFileError(words.no_answers) from None


def _form_of(response: Response, catalogue: Catalogue, words: StartPhrases) -> Form:
    named = {"form": response.form, "version": response.version}
    versions = catalogue.versions().get(response.form)
    if not versions:
        raise UnfitFileError(words.no_such_form.format(form=response.form))
    if response.version not in versions:
        raise UnfitFileError(words.no_such_version.format(**named, versions=", ".join(versions)))
    form = catalogue.get_form(response.form, response.version)
    try:
        response.check_digest(form.definition)
    except DigestError:
        raise UnfitFileError(words.other_wording.format(**named)) from None
    return form


def remarks_on(reading: Reading, form: Form, phrases: Phrases, document: str) -> Iterator[str]:
    """Yield what is to be looked at in a document that was read.

    Args:
        reading: what became of each of its fields.
        form: the form.
        phrases: the interface's words.
        document: the language of the page on which it is told.
    """
    words, own = phrases.serving, form.definition.words.language
    found = [
        words.look_at.format(
            question=in_language(report.question, own, document), message=_told(report.message, report.text, document)
        )
        for report in reading.fields
        if not report.is_fine
    ]
    found += [_told(note.message, note.text, document) for note in reading.notes if note.kind != "older-version"]
    yield from found[:_MOST_REMARKS]
    if len(found) > _MOST_REMARKS:
        yield words.look_at_more.format(count=len(found) - _MOST_REMARKS)


def _told(message: str, text: str | None, document: str) -> str:
    """Return what a reading says of something, with its words as they stand there."""
    said = in_language(message, ENGLISH_LANGUAGE, document)
    return said + f" {text}" if text else said
