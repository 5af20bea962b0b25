"""The page of a form that is filled in, with the outcome so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from cse_forms.answers import page_fields
from cse_forms.document import tree
from cse_forms.document.languages import interface_of, notice_panels
from cse_forms.renderers.html.sending import problems
from cse_forms.serving.files import file_titles
from cse_forms.serving.look import USUAL, Look, ways_from
from cse_forms.serving.missing import Places, missing_in
from cse_forms.serving.page import Item, MissingList, served
from cse_forms.serving.state import GET, GO, NEXT, WHOLE, fields_of
from cse_forms.serving.steps import Step, steps_of
from cse_forms.serving.templating import renderer_of

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.answers.submitted import Parsed
    from cse_forms.document.phrases import Phrases
    from cse_forms.document.serving_phrases import ServingPhrases
    from cse_forms.forms import Form
    from cse_forms.renderers.html import HtmlRenderer


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of a form that is filled in."""

    response: Response
    look: Look = USUAL
    parsed: Parsed | None = None
    """What came back with the page, where it is the same page that is shown again."""
    at: int | None = None
    """The step; None for all of the form."""
    is_checked: bool = False
    """Whether gaps are told too."""
    is_unsaved: bool = False
    """Whether there is something on it that would be lost."""
    notices: Sequence[str] = ()
    """What else is to be known before going on."""


def phrases_of(form: Form, look: Look) -> Phrases:
    """Return the interface's words for the pages of a form."""
    return interface_of(form.in_language(look.language).definition, look.language).phrases


def filled_page(form: Form, shown: Shown) -> str:
    """Return a page of a form, with what is still missing and the outcome so far."""
    look = shown.look
    form = form.in_language(look.language)
    phrases = phrases_of(form, look)
    words = phrases.serving
    path = f"/fill/{form.id}/{form.version}"
    steps = steps_of(form.definition)
    sections = () if shown.at is None else steps[shown.at].keys
    document = form.page_document(
        _answers(shown, sections),
        action=look.address(path),
        fields=fields_of(shown.response, sections, shown.at, is_unsaved=shown.is_unsaved),
        sections=sections,
        script="/scripts/page.js",
        definition=f"/forms/{form.id}/{form.version}",
        language=look.language,
        large_print=look.is_large,
    )
    sending = document.sending
    assert sending is not None
    fine = (words.nothing_missing,) if shown.is_checked and not sending.problems else ()
    sending = replace(
        sending,
        buttons=tuple(_buttons(steps, shown.at, words)),
        notices=(*sending.notices, *shown.notices, *fine),
        sayings={**sending.sayings, **_place(len(steps), shown.at, words)},
        is_unsaved=shown.is_unsaved,
    )
    missing = _missing(form, shown, phrases, document)
    blocks = _with_outcome(document.blocks, tuple(_outcome(form, shown.response, look)))
    if sections:
        # What to do in an emergency stands at the top of every page, whichever section it shows.
        blocks = (*_first(form, look.language), *blocks)
    document = replace(document, blocks=blocks, sending=sending)
    ways = ways_from(look, path, document.language)
    return _renderer().render(served(document, phrases, ways=ways, start=look.address("/"), missing=missing))


def _missing(form: Form, shown: Shown, phrases: Phrases, document: tree.Document) -> MissingList:
    """Return what is still to be answered, each with the way to its control, where that is on the page."""
    sending, words = document.sending, phrases.serving
    assert sending is not None
    found = missing_in(form, shown.response, phrases, shown.at)
    if not found.count:
        return MissingList(lead=words.all_answered)

    def items(places: Places) -> tuple[Item, ...]:
        return tuple(problems(replace(sending, problems=places), document.blocks))

    return MissingList(
        lead=words.missing_lead.format(count=found.count),
        here=items(found.here),
        elsewhere=tuple(
            (words.missing_elsewhere.format(section=title), items(places)) for title, places in found.elsewhere
        ),
    )


@lru_cache(maxsize=64)
def _first(form: Form, language: str) -> tuple[tree.Block, ...]:
    """Return what a form begins with: what is to be known of its translation, and warnings."""
    notice = tuple(notice_panels(interface_of(form.definition, language)))
    blocks = form.document(purpose="fill", language=language).blocks
    return (*notice, *takewhile(_is_warning, blocks[len(notice) :]))


def _is_warning(block: tree.Block) -> bool:
    return isinstance(block, tree.Panel) and block.kind == "warning"


def _outcome(form: Form, response: Response, look: Look) -> Iterator[tree.Block]:
    """Yield the outcome so far, without the findings: those stand at the top, and beside their questions."""
    for block in form.document(response, draft=True, language=look.language).outcome_blocks:
        if not (isinstance(block, tree.Panel) and block.kind == "findings"):
            yield block


def _place(count: int, at: int | None, words: ServingPhrases) -> dict[str, str]:
    """Return what is said of the place of a step. The script cannot count sections that are not on the page."""
    if at is None:
        return {"place": ""}
    return {"place": words.place.format(number=at + 1, count=count), "progress": "", "complete": ""}


def _answers(shown: Shown, sections: tuple[str, ...]) -> Parsed | Response | None:
    """Return what the page is made of: what came back, or only the answers where it did not show them before."""
    parsed = shown.parsed
    if parsed is None:
        return shown.response if shown.response.answers else None
    parsed = replace(parsed, button="continue" if shown.is_checked else "save")
    if parsed.parts == sections:
        return parsed
    return replace(parsed, parts=sections, typed={}, rows={}, findings=())


def _with_outcome(blocks: tuple[tree.Block, ...], outcome: tuple[tree.Block, ...]) -> tuple[tree.Block, ...]:
    """Return the blocks with the outcome before what is said about the form itself."""
    places = (
        place for place, block in enumerate(blocks) if isinstance(block, tree.Heading) and block.anchor == tree.ABOUT
    )
    place = next(places, len(blocks))
    return (*blocks[:place], *outcome, *blocks[place:])


def _buttons(steps: tuple[Step, ...], at: int | None, words: ServingPhrases) -> Iterator[tree.Button]:
    """Yield all buttons. The first is also used where somebody presses Enter in a field."""
    if at is None:
        yield tree.Button(value=page_fields.SAVE, text=words.outcome)
        yield tree.Button(value=page_fields.CONTINUE, text=words.check, is_secondary=True)
    elif at + 1 < len(steps):
        yield tree.Button(value=f"{NEXT}{at + 1}", text=words.next)
        yield tree.Button(value=page_fields.CONTINUE, text=words.check, is_secondary=True)
    else:
        yield tree.Button(value=page_fields.CONTINUE, text=words.check)
    for place, step in enumerate(steps):
        yield tree.Button(value=f"{GO}{place}", text=step.title, is_secondary=place != at)
    yield tree.Button(value=f"{GO}{WHOLE}", text=words.whole, is_secondary=at is not None)
    for name, text in file_titles(words.take).items():
        yield tree.Button(value=f"{GET}{name}", text=text, is_secondary=True)


@cache
def _renderer() -> HtmlRenderer:
    return renderer_of("serving-page.html", "serving-form.html")
