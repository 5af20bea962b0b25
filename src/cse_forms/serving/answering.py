"""What follows a page that was sent: the same page, another one, or a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from cse_forms.answers import page_fields
from cse_forms.answers.submitted import MAX_PAIRS
from cse_forms.document.languages import ENGLISH_LANGUAGE
from cse_forms.errors import InputError, RendererError
from cse_forms.passages import in_language
from cse_forms.serving.files import file_titles, taken_away
from cse_forms.serving.pages import Shown, filled_page, phrases_of
from cse_forms.serving.sending import page_response
from cse_forms.serving.state import GET, GO, NEXT, State, step_named

if TYPE_CHECKING:
    from starlette.responses import Response

    from cse_forms.answers.submitted import Parsed
    from cse_forms.forms import Form
    from cse_forms.serving.look import Look


def answered(form: Form, state: State, look: Look) -> Response:
    """Return what follows a page that was sent.

    Args:
        form: the form.
        state: what came back with the page.
        look: the language and the print of what follows.
    """
    words = phrases_of(form, look).serving
    parsed = state.parsed
    same = Shown(
        response=state.response,
        look=look,
        parsed=parsed,
        at=state.at,
        is_unsaved=bool(state.is_unsaved or state.response.answers or parsed.findings),
    )
    said, _, name = state.said.partition(":")
    is_moving = f"{said}:" in (GO, NEXT)
    is_file = f"{said}:" == GET and name in file_titles(words.take)
    if parsed.findings and (is_moving or is_file):
        shown = replace(same, notices=(words.not_read,))
    elif is_file and not _is_of_the_form(parsed):
        shown = replace(same, notices=(words.not_taken,))
    elif is_file:
        return _file(form, state, name, same)
    elif is_moving:
        shown = replace(same, at=step_named(form, name))
    elif said == page_fields.CONTINUE:
        # What is missing is shown where all of it can be reached.
        shown = replace(same, is_checked=True, at=state.at if parsed.findings else None)
    else:
        shown = same
    return page_response(filled_page(form, shown))


def _is_of_the_form(parsed: Parsed) -> bool:
    """Tell whether all that a page sent has a place in the form as it is."""
    return not parsed.is_of_another_form and all(report.status != "unknown" for report in parsed.fields)


def _file(form: Form, state: State, name: str, same: Shown) -> Response:
    words = phrases_of(form, same.look).serving.take
    if state.is_finished and not form.validate(state.response.answers).valid:
        shown = replace(same, is_checked=True, at=None, notices=(words.not_finished,))
        return page_response(filled_page(form, shown))
    try:
        return taken_away(form, state.response, name, same.look, is_finished=state.is_finished)
    except (RendererError, ImportError) as error:
        document = form.in_language(same.look.language).definition.words.language
        told = in_language(sentence(str(error)), ENGLISH_LANGUAGE, document)
        return page_response(filled_page(form, replace(same, notices=(words.no_format.format(error=told),))))


def pairs_in(data: bytes) -> list[tuple[str, str]]:
    """Return the fields of a page.

    Raises:
        InputError: there are more than any page has.
    """
    text = data.decode("ascii", "replace")
    try:
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="replace", max_num_fields=MAX_PAIRS)
    except ValueError:
        raise InputError(f"The page sent more than {MAX_PAIRS:,} fields; no form has so many") from None


def sentence(text: str) -> str:
    """Return the words of an error as a sentence."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
