"""What travels with a page, since nothing is kept: the answers that it does not show, and who recorded them when."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cse_forms.answers import page_fields
from cse_forms.answers.envelope import response_from
from cse_forms.errors import InputError
from cse_forms.reading import parse_json
from cse_forms.serving.steps import steps_of

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.answers.submitted import Parsed
    from cse_forms.forms import Form

KEPT, AT, FINISHED, UNSAVED = "serve.kept", "serve.at", "serve.finished", "serve.unsaved"
"""The names of the fields: what the page does not show, which step it is, whether the person calls it finished, and
whether there is something on it that would be lost."""

OWN = frozenset({KEPT, AT, FINISHED, UNSAVED})

GO, NEXT, GET, WHOLE = "go:", "next:", "get:", "all"
"""What the buttons send: a step to go to, the next one, or a file to take away. `WHOLE` is all of the form."""

YES = "yes"

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What came back with a page."""

    response: Response
    """All answers, those of the parts that it did not show too."""
    parsed: Parsed
    at: int | None
    """The step that it showed; None, if it showed all."""
    said: str
    """What the button sends that was used."""
    is_finished: bool
    is_unsaved: bool
    """Whether there was something on it before that would be lost."""


def state_in(form: Form, pairs: Pairs) -> State:
    """Return what came back.

    Raises:
        InputError: what travelled with the page is not what was put there, or there is more than any form sends.
    """
    kept = _kept_in(form, next((value for name, value in pairs if name == KEPT), None))
    parsed = form.parse(pairs, onto=kept.answers, expected=OWN)
    response = replace(
        kept,
        answers=parsed.response.answers,
        digest=parsed.response.digest,
        meta={**kept.meta, "status": "draft"},
    )
    own = dict(pairs)
    return State(
        response=response,
        parsed=replace(parsed, response=response),
        at=step_named(form, own.get(AT, "")),
        said=own.get(page_fields.BUTTON, ""),
        is_finished=own.get(FINISHED) == YES,
        is_unsaved=own.get(UNSAVED) == YES,
    )


def step_named(form: Form, name: str) -> int | None:
    """Return the place of a step; None for all of the form."""
    numbered = {str(place): place for place, _ in enumerate(steps_of(form.definition))}
    return numbered.get(name)


def fields_of(response: Response, shown: Iterable[str], at: int | None, *, is_unsaved: bool) -> Pairs:
    """Return the fields that travel with a page.

    Args:
        response: all answers.
        shown: the keys of the parts that the page shows; none, if it shows all.
        at: the step that it shows.
        is_unsaved: whether there is something that would be lost.
    """
    shown = set(shown)
    others = {key: value for key, value in response.answers.items() if key not in shown} if shown else {}
    envelope = replace(response, answers=others, digest=None).to_dict()
    fields = [(KEPT, json.dumps(envelope)), (AT, "" if at is None else str(at))]
    return [*fields, (UNSAVED, YES)] if is_unsaved else fields


def _kept_in(form: Form, text: str | None) -> Response:
    if text is None:
        return form.new_response()
    name = "What travels with the page"
    data = text.encode("utf-8", "surrogatepass")
    kept = response_from(parse_json(data, name, quotes=False), name, size=len(data))
    if (kept.form, kept.version) != (form.id, form.version):
        raise InputError(f"{name} belongs to another form or version; begin again with the file that you took away")
    return kept
