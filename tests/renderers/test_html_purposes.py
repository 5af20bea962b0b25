"""The shipped forms as pages, for each purpose: to print, to fill in on a screen, and to read as a record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup

import cse_forms
from cse_forms.document.tree import Document, Option, Panel, Paragraph, Question, Said
from cse_forms.forms import shipped_catalogue
from cse_forms.renderers.html import components, renderer
from cse_forms.renderers.html.components import component
from tests.renderers.sample import HOSTILE_TEXTS, sample_document
from tests.renderers.test_html import Elements, cleaned, pdf_pages, questions_of, violations
from tests.responses import answers_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FORMS = list(shipped_catalogue().versions())
PURPOSES = ["print", "large print", "fill", "draft", "record"]
POINTS = 96 / 72


@pytest.fixture
def shown(browser: Browser, tmp_path: Path) -> Iterator[Callable[[Document], Page]]:
    """Return what shows a document in a browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def show(document: Document) -> Page:
        path = tmp_path / "page.html"
        path.write_text(renderer.render(document), encoding="utf-8")
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield show
    context.close()


def document_for(form_id: str, purpose: str) -> Document:
    form = cse_forms.get_form(form_id)
    answers = answers_to(form, every=2)
    match purpose:
        case "print":
            return form.document()
        case "large print":
            return form.document(large_print=True)
        case "fill":
            return form.document(answers, draft=True, purpose="fill")
        case "draft":
            return form.document(answers, draft=True)
    return form.document(answers_to(form))


def asked(*questions: Question) -> Document:
    return replace(sample_document("blank"), purpose="fill", blocks=questions)


def given_in(page: Page) -> dict[str, list[str]]:
    """Return what a browser would send of a page, by name, without what is empty."""
    sent: dict[str, list[str]] = {}
    for name, value in page.evaluate("[...new FormData(document.forms[0])].filter(([, value]) => value != '')"):
        sent.setdefault(name, []).append(value)
    return sent


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("form", FORMS)
def test_axe_finds_nothing_and_nothing_is_lost_in_any_light_at_any_width(
    shown: Callable[[Document], Page], form: str, purpose: str
) -> None:
    page = shown(document_for(form, purpose))
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 900})
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    if purpose in ("fill", "draft"):
        page.emulate_media(color_scheme="light", forced_colors="active")
        assert violations(page) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_page_to_fill_in_holds_what_was_given_under_the_pointers_of_its_questions(
    shown: Callable[[Document], Page], form: str
) -> None:
    document = document_for(form, "fill")
    expected: dict[str, list[str]] = {}
    for question in questions_of(document):
        assert question.answer is None
        if chosen := [option.value for option in question.options if option.chosen]:
            expected[question.pointer] = chosen
        elif question.value is not None and question.kind == "date":
            parts = zip(("year", "month", "day"), question.value.split("-"), strict=True)
            expected |= {f"{question.pointer}/{part}": [value] for part, value in parts}
        elif question.value is not None:
            expected[question.pointer] = [question.value]
    assert expected
    assert given_in(shown(document)) == expected


@pytest.mark.parametrize("form", FORMS)
def test_a_page_to_print_holds_nothing_that_was_given(shown: Callable[[Document], Page], form: str) -> None:
    page = shown(document_for(form, "print"))
    assert given_in(page) == {}
    assert page.locator("[placeholder]").count() == 0


@pytest.mark.parametrize("kind", ["text", "long-text"])
@pytest.mark.parametrize("written", [*HOSTILE_TEXTS.values(), "\n\nafter two line breaks", "None"])
def test_what_was_written_stands_in_its_field(shown: Callable[[Document], Page], kind: Any, written: str) -> None:
    page = shown(asked(Question(pointer="/notes", label="Notes", kind=kind, lines=3, value=written)))
    expected = cleaned(written).replace("\r", "\n")
    assert page.locator('[name="/notes"]').input_value() == (
        expected if kind == "long-text" else expected.replace("\n", "")
    )


def test_a_date_that_is_none_is_shown_as_it_was_written(shown: Callable[[Document], Page]) -> None:
    page = shown(asked(Question(pointer="/seen", label="Date seen", kind="date", value="last Tuesday")))
    assert page.get_by_role("textbox", name="Date seen").input_value() == "last Tuesday"


def test_hints_and_what_is_wrong_are_said_with_the_control(shown: Callable[[Document], Page]) -> None:
    page = shown(
        asked(
            Question(
                pointer="/age",
                label="Age",
                kind="number",
                hint="In whole years.",
                value="9,5",
                findings=("Give a whole number.",),
            ),
            Question(
                pointer="/seen",
                label="Seen?",
                kind="choice",
                options=(Option(title="Yes", value="yes"), Option(title="No", value="no")),
                findings=("Choose one.",),
            ),
        )
    )
    described = r"""e => e.getAttribute('aria-describedby').split(' ')
        .map(id => document.getElementById(id).textContent.trim().replace(/\s+/g, ' '))"""
    assert page.get_by_role("textbox", name="Age").evaluate(described) == [
        "In whole years.",
        "Problem: Give a whole number.",
    ]
    assert page.get_by_role("group", name="Seen?").evaluate(described) == ["Problem: Choose one."]


def test_a_component_escapes_words_and_keeps_markup() -> None:
    made = component("hint", {"id": '"><b>', "html": Markup("<i>kept</i>"), "classes": None})
    assert "<i>kept</i>" in made
    assert 'id="&#34;&gt;&lt;b&gt;"' in made
    assert "<b>" not in component("hint", {"text": "<b>\ue0000\ue001"})


def test_no_words_are_kept_from_one_page_to_the_next() -> None:
    def page_of(words: str) -> str:
        return renderer.render(asked(Question(pointer="/notes", label=words, kind="text", value=words)))

    page_of("of a first person")
    before = components._drawn.cache_info()
    assert "of a second person" in page_of("of a second person")
    after = components._drawn.cache_info()
    assert (after.misses, after.currsize) == (before.misses, before.currsize)


def test_the_style_sheet_fetches_nothing_and_uses_nothing_that_is_for_government_alone() -> None:
    page = renderer.render(document_for("cse-toolbox", "print"))
    assert "GOV.UK Frontend" in page
    assert "Crown Copyright (Government Digital Service)" in page
    for refused in ("url(", "@font-face", "@import", "GDS Transport", "<svg", "<img", "<script", "crest", "logo"):
        assert refused not in page


def test_the_toolbox_prints_on_sixteen_pages(shown: Callable[[Document], Page]) -> None:
    sheets = pdf_pages(shown(document_for("cse-toolbox", "print")))
    assert len(sheets) <= 16


@pytest.mark.parametrize("purpose", ["print", "record"])
@pytest.mark.parametrize(("large", "points"), [(False, 11), (True, 18)])
def test_running_text_and_the_smallest_text_have_their_size_in_print(
    shown: Callable[[Document], Page], purpose: Any, large: bool, points: int
) -> None:
    form = cse_forms.get_form("cse-toolbox")
    answers = answers_to(form) if purpose == "record" else None
    page = shown(form.document(answers, purpose=purpose, large_print=large))
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """[...document.querySelectorAll('body *')].filter(e => e.checkVisibility()
            && !e.closest('.govuk-visually-hidden') && [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()))
            .map(e => [parseFloat(getComputedStyle(e).fontSize), e.matches('p.govuk-body')])"""
    )
    assert {round(size / POINTS, 1) for size, is_running in sizes if is_running} >= {points}
    assert min(size for size, _ in sizes) / POINTS >= (17.9 if large else 9)


def test_words_in_another_language_say_so() -> None:
    text = Said("Rhybudd", "cy")
    document = replace(
        sample_document("blank"),
        blocks=(
            Panel(kind="warning", label=text, blocks=(Paragraph(text="Call 999."),)),
            Question(pointer="/a", label="A", kind="tick", routing=text, options=(Option(title=text),)),
        ),
    )
    page = renderer.render(document)
    tags = Elements(page).tags
    assert [attributes["lang"] for tag, attributes in tags if tag == "span" and "lang" in attributes] == ["cy"] * 3
    assert page.count('<span lang="cy">Rhybudd</span>') == 3
