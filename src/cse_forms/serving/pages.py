"""The pages as documents: the choice of a form, a form that is filled in, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from cse_forms.answers import page_fields
from cse_forms.document import tree
from cse_forms.document.languages import ENGLISH_LANGUAGE
from cse_forms.document.phrases import ENGLISH
from cse_forms.serving import words
from cse_forms.serving.state import GET, GO, NEXT, WHOLE, fields_of
from cse_forms.serving.steps import Step, steps_of

if TYPE_CHECKING:
    from cse_forms.answers.response import Response
    from cse_forms.answers.submitted import Parsed
    from cse_forms.forms import Form
    from cse_forms.renderers.html import HtmlRenderer

UPLOAD = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of a form that is filled in."""

    response: Response
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


def filled_page(form: Form, shown: Shown) -> str:
    """Return a page of a form, with the outcome so far."""
    steps = steps_of(form.definition)
    sections = () if shown.at is None else steps[shown.at].keys
    document = form.page_document(
        _answers(shown, sections),
        action=f"/fill/{form.id}/{form.version}",
        fields=fields_of(shown.response, sections, shown.at, is_unsaved=shown.is_unsaved),
        sections=sections,
        script="/scripts/page.js",
        definition=f"/forms/{form.id}/{form.version}",
    )
    outcome = tuple(_outcome(form, shown.response))
    sending = document.sending
    assert sending is not None
    fine = (words.NOTHING_MISSING,) if shown.is_checked and not sending.problems else ()
    sending = replace(
        sending,
        buttons=tuple(_buttons(steps, shown.at)),
        notices=(*sending.notices, *shown.notices, *fine),
        sayings={**sending.sayings, **_place(len(steps), shown.at)},
    )
    blocks = _with_outcome(document.blocks, outcome)
    if sections:
        # What to do in an emergency stands at the top of every page, whichever section it shows.
        blocks = (*_warnings(form), *blocks)
    return _filling().render(replace(document, blocks=blocks, sending=sending))


@lru_cache(maxsize=64)
def _warnings(form: Form) -> tuple[tree.Block, ...]:
    """Return the warnings that stand before all else in a form."""
    return tuple(takewhile(_is_warning, form.document(purpose="fill").blocks))


def _is_warning(block: tree.Block) -> bool:
    return isinstance(block, tree.Panel) and block.kind == "warning"


def _outcome(form: Form, response: Response) -> Iterator[tree.Block]:
    """Yield the outcome so far, without the findings: those stand at the top, and beside their questions."""
    for block in form.document(response, draft=True).outcome_blocks:
        if not (isinstance(block, tree.Panel) and block.kind == "findings"):
            yield block


def _place(count: int, at: int | None) -> dict[str, str]:
    """Return what is said of the place of a step. The script cannot count sections that are not on the page."""
    if at is None:
        return {"place": ""}
    return {"place": words.PLACE.format(number=at + 1, count=count), "progress": "", "complete": ""}


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


def _buttons(steps: tuple[Step, ...], at: int | None) -> Iterator[tree.Button]:
    """Yield all buttons. The first is also used where somebody presses Enter in a field."""
    if at is None:
        yield tree.Button(value=page_fields.SAVE, text=words.OUTCOME)
        yield tree.Button(value=page_fields.CONTINUE, text=words.CHECK, is_secondary=True)
    elif at + 1 < len(steps):
        yield tree.Button(value=f"{NEXT}{at + 1}", text=words.NEXT)
        yield tree.Button(value=page_fields.CONTINUE, text=words.CHECK, is_secondary=True)
    else:
        yield tree.Button(value=page_fields.CONTINUE, text=words.CHECK)
    for place, step in enumerate(steps):
        yield tree.Button(value=f"{GO}{place}", text=step.title, is_secondary=place != at)
    yield tree.Button(value=f"{GO}{WHOLE}", text=words.WHOLE, is_secondary=at is not None)
    for name, text in words.FILES.items():
        yield tree.Button(value=f"{GET}{name}", text=text, is_secondary=True)


def start_page(forms: Iterable[tuple[str, str, str]], base: str, problem: str | None = None) -> str:
    """Return the page on which a form is chosen.

    Args:
        forms: id, version and title of each.
        base: where these pages are, with the slash at the end.
        problem: why what was tried did not work.
    """
    links = []
    for form, version, title in forms:
        named = {"title": title, "version": version}
        address = f"{base}fill/{form}/{version}"
        links.append((words.ONE_PAGE.format(**named), address))
        links.append((words.BY_SECTION.format(**named), f"{address}?at=0"))
    listed: tree.Words = tree.LinkList(links=tuple(links)) if links else tree.Paragraph(text=words.NO_FORMS)
    blocks = (
        _text(tree.Paragraph(text=words.LEAD)),
        tree.Heading(level=2, text=words.FORMS_TITLE),
        _text(listed),
    )
    upload = tree.Button(value=UPLOAD, text=words.UPLOAD_BUTTON)
    sending = tree.Sending(
        action="/continue",
        button=page_fields.BUTTON,
        buttons=(upload,),
        row=page_fields.ROW,
        add=upload,
        remove=upload,
        problems=(("", problem),) if problem else (),
        problems_title=ENGLISH.page.problems,
        window_title=ENGLISH.page.error.format(title=words.TITLE) if problem else words.TITLE,
    )
    return _starting().render(replace(_document(words.TITLE, blocks), sending=sending))


def error_page(title: str, detail: str, base: str) -> str:
    """Return a page that says what went wrong."""
    start = tree.LinkList(links=((words.TITLE, base),))
    texts = filter(None, (detail, words.ERROR_LEAD, words.ERROR_START))
    paragraphs = [tree.Paragraph(text=text) for text in texts]
    return _starting().render(_document(title, (_text(*paragraphs, start),)))


def _document(title: str, blocks: tuple[tree.Block, ...]) -> tree.Document:
    return tree.Document(
        title=title,
        language=ENGLISH_LANGUAGE,
        form="",
        version="",
        digest="",
        status="policy",
        banner=None,
        reference="",
        labels=ENGLISH.labels,
        blocks=blocks,
    )


def _text(*blocks: tree.Words) -> tree.Panel:
    return tree.Panel(kind="text", blocks=blocks)


@cache
def _filling() -> HtmlRenderer:
    return _renderer("serving-page.html", "serving-form.html")


@cache
def _starting() -> HtmlRenderer:
    return _renderer("serving-start.html", "serving-upload.html")


def _renderer(page: str, form: str) -> HtmlRenderer:
    from jinja2 import Environment, PackageLoader

    from cse_forms.renderers.html import HtmlRenderer

    environment = Environment(loader=PackageLoader("cse_forms.serving", "templates"), autoescape=True)
    environment.globals["words"] = words
    return HtmlRenderer(environment, page=page, form=form)
