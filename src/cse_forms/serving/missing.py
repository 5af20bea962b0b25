"""What is still to be answered before a form is finished, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cse_forms.document.web_page import asked_at, plain_findings
from cse_forms.document.wording import titles_in
from cse_forms.pointers import split
from cse_forms.serving.steps import Step, steps_of

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.document.phrases import Phrases
    from cse_forms.forms import Form

Places = tuple[tuple[str, str], ...]
"""Pointers, each with the question that is asked there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The questions that must be answered and are not."""

    here: Places
    """Those that the page shows."""
    elsewhere: tuple[tuple[str, Places], ...]
    """Those of other steps, by the titles of the steps."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.here) + sum(len(places) for _, places in self.elsewhere)


def missing_in(form: Form, response: Response, phrases: Phrases, at: int | None) -> Missing:
    """Return the questions that must be answered and are not.

    Args:
        form: the form, in the language of the page.
        response: its answers.
        phrases: the interface's words.
        at: the step that the page shows; None, if it shows all.
    """
    places = tuple(_missing(form, response, phrases))
    steps = steps_of(form.definition)
    if at is None:
        return Missing(here=places, elsewhere=())
    others = ((step.title, _of(step, places)) for step in steps if step is not steps[at])
    return Missing(here=_of(steps[at], places), elsewhere=tuple((title, found) for title, found in others if found))


def _of(step: Step, places: Places) -> Places:
    return tuple((pointer, words) for pointer, words in places if split(pointer)[0] in step.keys)


def _missing(form: Form, response: Response, phrases: Phrases) -> Iterator[tuple[str, str]]:
    definition = form.definition
    titles = titles_in(definition)
    gaps = [one for one in form.validate(response.answers).findings if one.code == "missing-answer"]
    for finding in plain_findings(definition, gaps):
        yield finding.pointer, asked_at(definition, finding.pointer, phrases.page, titles)
