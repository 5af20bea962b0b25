"""Answers for which a form has no place. No page can show them; they stay in the file, and it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cse_forms.passages import strung
from cse_forms.pointers import BLANK, escape
from cse_forms.schema.items import Kind, Question, Section, Table
from cse_forms.thresholds.matching import is_answer, option_of

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.document.phrases import Phrases
    from cse_forms.forms import Form

WITHOUT_PLACE = "without_place"
"""Under this name a response keeps them among what it says of itself, each by the pointer at which it stood."""

_MOST = 30
_LONGEST = 200


def set_aside(form: Form, response: Response) -> Response:
    """Return a response in which answers without a place stand among what it says of itself, and not in its answers."""
    found: dict[str, Any] = {}
    answers = _kept(form, response.answers, "", found)
    if not found:
        return response
    before = response.meta.get(WITHOUT_PLACE)
    kept = {**(before if isinstance(before, dict) else {}), **found}
    answers = answers if isinstance(answers, dict) else {}
    return replace(response, answers=answers, meta={**response.meta, WITHOUT_PLACE: kept})


def leftovers_in(response: Response, phrases: Phrases) -> Iterator[str]:
    """Yield what is said of them, where there are any."""
    words, kept = phrases.serving, response.meta.get(WITHOUT_PLACE)
    if not isinstance(kept, dict) or not kept:
        return
    told = [
        words.place_and_answer.format(place=place, answer=_shown(answer, phrases))
        for place, answer in list(kept.items())[:_MOST]
    ]
    yield strung(" ", (words.without_place, strung("; ", told)))


def _shown(answer: Any, phrases: Phrases) -> str:
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return text if len(text) <= _LONGEST else phrases.policy.shortened.format(text=text[:_LONGEST])


def _kept(form: Form, value: Any, pointer: str, found: dict[str, Any]) -> Any:
    """Return what of a value the form has a place for, and take note of the rest."""
    item = form.definition.item_at(pointer)
    if isinstance(item, Section) and isinstance(value, dict):
        members = {key: _kept(form, member, f"{pointer}/{escape(str(key))}", found) for key, member in value.items()}
        kept = {key: member for key, member in members.items() if member is not BLANK}
        # A section of which nothing is left is not there; one that was empty before stays.
        return kept if kept or not members else BLANK
    if isinstance(item, Table) and isinstance(value, list):
        rows = [_kept(form, row, f"{pointer}/{place}", found) for place, row in enumerate(value)]
        return [row for row in rows if row is not BLANK]
    if isinstance(item, Question) and _can_be_shown(item, value):
        return value
    found[pointer] = value
    return BLANK


def _can_be_shown(question: Question, value: Any) -> bool:
    """Tell whether a control can show an answer, be it wrong."""
    match question.kind:
        case Kind.CHOICES:
            return isinstance(value, list) and all(option_of(question, one) is not None for one in value)
        case Kind.CHOICE | Kind.TICK:
            return is_answer(question, value)
        case _:
            return isinstance(value, str | int | float) and not isinstance(value, bool)
