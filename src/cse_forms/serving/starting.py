"""The pages on which no form is filled in: the choice of one, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from cse_forms.answers import page_fields
from cse_forms.document import tree
from cse_forms.document.languages import interface, notice_panels
from cse_forms.passages import in_language
from cse_forms.serving.look import Look, ways_from
from cse_forms.serving.page import served
from cse_forms.serving.templating import renderer_of

if TYPE_CHECKING:
    from cse_forms.document.phrases import Phrases
    from cse_forms.forms import Form
    from cse_forms.renderers.html import HtmlRenderer

UPLOAD = "read"


def words_for(look: Look) -> Phrases:
    """Return the interface's words for a page that is in its language throughout."""
    return interface(look.language, look.language).phrases


def start_page(forms: Iterable[Form], base: str, look: Look, problem: str | None = None) -> str:
    """Return the page on which a form is chosen.

    Args:
        forms: those to choose from.
        base: where these pages are, with the slash at the end.
        look: its language and print.
        problem: why what was tried did not work.
    """
    phrases = words_for(look)
    words, page = phrases.serving.start, phrases.page
    blocks: tuple[tree.Block, ...] = (
        *notice_panels(interface(look.language, look.language)),
        _text(tree.Paragraph(text=words.lead)),
        tree.Heading(level=2, text=words.forms),
        _text(_choice(forms, base, look, phrases)),
    )
    upload = tree.Button(value=UPLOAD, text=words.upload_button)
    sending = tree.Sending(
        action=look.address("/continue"),
        button=page_fields.BUTTON,
        buttons=(upload,),
        row=page_fields.ROW,
        add=upload,
        remove=upload,
        problems=(("", problem),) if problem else (),
        problems_title=page.problems,
        window_title=page.error.format(title=words.title) if problem else words.title,
    )
    document = replace(_document(words.title, look, phrases, blocks), sending=sending)
    return _renderer().render(served(document, phrases, ways=ways_from(look, "/", look.language)))


def _choice(forms: Iterable[Form], base: str, look: Look, phrases: Phrases) -> tree.Words:
    words = phrases.serving.start
    links = []
    for form in forms:
        spoken = form.in_language(look.language)
        title = in_language(spoken.title, spoken.definition.words.language, look.language)
        named = {"title": title, "version": form.version}
        path = f"fill/{form.id}/{form.version}"
        links.append((words.one_page.format(**named), base + look.address(path)))
        links.append((words.by_section.format(**named), base + look.address(f"{path}?at=0")))
    return tree.LinkList(links=tuple(links)) if links else tree.Paragraph(text=words.no_forms)


def error_page(title: str, detail: str, base: str, look: Look) -> str:
    """Return a page that says what went wrong.

    Args:
        title: what it is, in words.
        detail: more of it; empty, where there is no more.
        base: where these pages are, with the slash at the end.
        look: its language and print.
    """
    phrases = words_for(look)
    words = phrases.serving
    start = tree.LinkList(links=((words.start.title, base.removesuffix("/") + look.address("/")),))
    texts = filter(None, (detail, words.failure.lead, words.failure.start))
    paragraphs = [tree.Paragraph(text=text) for text in texts]
    return _renderer().render(served(_document(title, look, phrases, (_text(*paragraphs, start),)), phrases))


def _document(title: str, look: Look, phrases: Phrases, blocks: tuple[tree.Block, ...]) -> tree.Document:
    return tree.Document(
        title=title,
        language=look.language,
        form="",
        version="",
        digest="",
        status="policy",
        large_print=look.is_large,
        banner=None,
        reference="",
        labels=phrases.labels,
        blocks=blocks,
    )


def _text(*blocks: tree.Words) -> tree.Panel:
    return tree.Panel(kind="text", blocks=blocks)


@cache
def _renderer() -> HtmlRenderer:
    return renderer_of("serving-start.html", "serving-upload.html")
