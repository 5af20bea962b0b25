"""The HTML page as its readers meet it: in a browser, through assistive technology, and on paper."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, is_dataclass, replace
from html.parser import HTMLParser
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from cse_forms.document.tree import (
    AnswerStatus,
    Document,
    DocumentStatus,
    Heading,
    Panel,
    PanelKind,
    Paragraph,
    Question,
    QuestionKind,
    Table,
)
from cse_forms.renderers import Renderer
from cse_forms.renderers.html import renderer
from cse_forms.renderers.html.characters import css_string, identifier, may_be_followed
from tests.renderers.sample import HOSTILE_TEXTS, sample_document

if TYPE_CHECKING:
    from pathlib import Path

STATUSES: tuple[DocumentStatus, ...] = ("blank", "draft", "complete")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIOLATIONS = """async (tags) => {
  // What is in order need not be told, which takes axe several times as long as to find what is not.
  const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)]);
}"""
VOID_ELEMENTS = {"col", "input", "meta"}

Open: TypeAlias = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Open:
    """Return what opens a page from a file, and fails if it asked for more or complained."""

    @contextmanager
    def open_page(text: str, *, width: int = 1280, **options: Any) -> Iterator[Page]:
        path = tmp_path / "page.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        page = context.new_page()
        events: list[str] = []
        page.on("request", lambda request: events.append(f"request {request.url}"))
        page.on("console", lambda message: events.append(f"console {message.text}"))
        page.on("dialog", lambda dialog: events.append(f"dialog {dialog.message}"))
        page.goto(path.as_uri())
        yield page
        context.close()
        assert events == [f"request {path.as_uri()}"]

    return open_page


class Elements(HTMLParser):
    """Reads a page as a list of start tags, and fails where an element is not closed where it ought to be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [value for _, attributes in self.tags if (value := attributes.get(attribute)) is not None]


def questions_of(document: Document) -> list[Question]:
    found: list[Question] = []
    for block in document.blocks:
        if isinstance(block, Question):
            found.append(block)
        elif isinstance(block, Table):
            found += [cell for row in block.rows for cell in row.cells if isinstance(cell, Question)]
    return found


def violations(page: Page) -> list[tuple[str, list[Any]]]:
    """Return the rules of axe that the page breaks, each with the elements that break it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    return [(rule, targets) for rule, targets in page.evaluate(VIOLATIONS, AXE_RULES)]


def pdf_pages(page: Page) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]


def cleaned(text: str) -> str:
    """Return what a page can show of a text: no control characters or lone surrogates, one kind of break."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe]", "\ufffd", text.replace("\r\n", "\n"))


def test_the_sample_holds_every_kind() -> None:
    kinds = {question.kind for question in questions_of(sample_document("blank"))}
    answers = {question.answer.status for question in questions_of(sample_document("draft")) if question.answer}
    panels = {getattr(block, "kind", None) for block in sample_document("draft").blocks}
    assert kinds == set(get_args(QuestionKind))
    assert answers == set(get_args(AnswerStatus))
    assert set(get_args(PanelKind)) <= panels


def test_it_is_a_renderer() -> None:
    assert isinstance(renderer, Renderer)
    assert renderer.media_type == "text/html; charset=utf-8"
    assert renderer.suffix == ".html"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    "setting",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"width": 320}, {"forced_colors": "active"}],
    ids=["light", "dark", "320 px", "forced colours"],
)
def test_axe_finds_nothing(opened: Open, status: DocumentStatus, setting: dict[str, Any]) -> None:
    with opened(renderer.render(sample_document(status)), **setting) as page:
        assert violations(page) == []


def test_axe_finds_a_label_that_is_missing(opened: Open) -> None:
    text, removed = re.subn(
        r'<label [^>]*for="q\.who\.child\.name">.*?</label>',
        "",
        renderer.render(sample_document("blank")),
        flags=re.DOTALL,
    )
    assert removed == 1
    with opened(text) as page:
        assert violations(page) == [("label", [["#q\\.who\\.child\\.name"]])]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("written", [None, "x" * 10_000], ids=["sample", "a long word"])
def test_nothing_is_lost_on_a_narrow_screen(opened: Open, status: DocumentStatus, written: str | None) -> None:
    with opened(renderer.render(sample_document(status, written=written)), width=320) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        beyond = page.evaluate(
            """[...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('thead')
                && (e.getBoundingClientRect().right > 320 || e.scrollWidth > e.clientWidth + 1)
                && getComputedStyle(e).display != 'inline').map(e => e.outerHTML)"""
        )
        assert [element for element in beyond if "visually-hidden" not in element and "<caption" not in element] == []


@pytest.mark.parametrize("width", [320, 1280])
def test_controls_in_tables_are_named_by_row_and_column(opened: Open, width: int) -> None:
    with opened(renderer.render(sample_document("blank")), width=width) as page:
        table = page.get_by_role("table", name="Indicators of suspected exploitation")
        assert table.get_by_role("columnheader").count() == 3
        assert table.get_by_role("rowheader").count() == 3
        row = table.get_by_role("row", name="Missing from home or care")
        assert row.get_by_role("checkbox", name="4.3 Missing from home or care Present?").count() == 1
        notes = row.get_by_role("textbox", name="4.3 Missing from home or care Notes", exact=True)
        assert notes.evaluate(
            "e => document.getElementById(e.getAttribute('aria-describedby')).innerText.split('\\n')"
        ) == [
            "Needed if this indicator is present.",
            "Tell us more: how often, for how long, and where they were found.",
        ]
        assert page.get_by_role("group", name="3 Achieved? (required)").get_by_role("radio", name="Yes").count() == 1


def test_rows_are_answered_apart(opened: Open) -> None:
    with opened(renderer.render(sample_document("blank"))) as page:
        page.locator('[name="/others/0/achieved"]').first.check()
        page.locator('[name="/others/1/achieved"]').last.check()
        assert page.locator("input:checked").count() == 2


def test_every_question_of_a_blank_form_can_be_answered() -> None:
    document = sample_document("blank")
    tags = Elements(renderer.render(document)).tags
    controls = [(tag, attributes) for tag, attributes in tags if tag in ("input", "textarea")]
    asked = Counter(re.sub("/(day|month|year)$", "", attributes["name"] or "") for _, attributes in controls)
    expected = Counter[str]()
    for question in questions_of(document):
        expected[question.pointer] = {
            "date": 3,
            "choice": len(question.options),
            "choices": len(question.options),
        }.get(question.kind, 1)
    assert asked == expected
    assert {attributes.get("autocomplete") for tag, attributes in tags if tag == "form"} == {"off"}


@pytest.mark.parametrize("status", ["draft", "complete"])
def test_answers_are_words_and_not_controls(opened: Open, status: DocumentStatus) -> None:
    document = sample_document(status)
    text = renderer.render(document)
    assert {"form", "input", "textarea", "fieldset", "button"}.isdisjoint(tag for tag, _ in Elements(text).tags)
    with opened(text) as page:
        for question in questions_of(document):
            assert question.answer is not None
            item = page.locator(f'[id="{identifier(question.pointer)}"]')
            answer = item.locator(".answer")
            assert question.answer.status in (answer.get_attribute("class") or "").split()
            words = answer.inner_text()
            if question.kind == "tick":
                assert words == f"{'☑' if question.options[0].chosen else '☐'} {question.answer.text}"
            else:
                assert words == question.answer.text
            assert item.locator(".finding").all_inner_texts() == [f"Problem: {found}" for found in question.findings]


def test_statuses_look_different_without_colour(opened: Open) -> None:
    with opened(renderer.render(sample_document("draft"))) as page:
        looks = {
            status: page.locator(f".answer.{status}").first.evaluate(
                """e => ['borderLeftStyle', 'fontStyle', 'fontWeight']
                    .map(name => getComputedStyle(e)[name]).join(' ')"""
            )
            for status in get_args(AnswerStatus)
        }
    assert len(set(looks.values())) == 4


@pytest.mark.parametrize("status", STATUSES)
def test_identifiers_are_unique_and_references_lead_somewhere(status: DocumentStatus) -> None:
    elements = Elements(renderer.render(sample_document(status)))
    ids = elements.values("id")
    assert len(ids) == len(set(ids))
    references = elements.values("for") + [value[1:] for value in elements.values("href") if value.startswith("#")]
    for attribute in ("aria-labelledby", "aria-describedby"):
        references += [part for value in elements.values(attribute) for part in value.split()]
    assert set(references) <= set(ids)


def test_pointers_that_look_alike_have_different_identifiers() -> None:
    pointers = [
        "/a/b",
        "/a.b",
        "/a_b",
        "/a_2e_b",
        "/a~1b",
        "/a-b",
        "/a-hint",
        "/a--hint",
        "/a-",
        "/a b",
        "/a",
        "/a/",
        "/",
        "",
        "/é",
        "/e9",
        "/_e9_",
        "/A",
    ]
    ids = {identifier(pointer) for pointer in pointers}
    assert len(ids) == len(pointers)
    parts = {name + part for name in ids for part in ("", "-hint", "-error", "_required", "_label", "_day", "_o1")}
    assert len(parts) == 7 * len(pointers)
    assert all(re.fullmatch("[A-Za-z0-9._-]+", part) for part in parts)


@pytest.mark.parametrize("status", STATUSES)
def test_headings_and_contents(opened: Open, status: DocumentStatus) -> None:
    document = sample_document(status)
    elements = Elements(renderer.render(document))
    levels = [int(tag[1]) for tag, _ in elements.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with opened(renderer.render(document)) as page:
        assert (
            page.get_by_role("navigation", name="Contents").get_by_role("link").all_inner_texts()
            == [
                "Outcome",
                "Purpose",
                "Who is involved?",
                "Indicators",
                "Summary and plan",
                "Advice that was sought",
                "Was the child or young person seen?",
            ][status == "blank" :]
        )
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.innerText") == "Skip to the form"
        skip = page.locator(".govuk-skip-link").bounding_box()
        assert skip is not None
        assert skip["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_what_to_do_in_an_emergency_stands_above_the_list_of_contents() -> None:
    document = sample_document("blank")
    warning = Panel(kind="warning", label="Warning", blocks=(Paragraph(text="Call for help first."),))
    page = renderer.render(replace(document, blocks=(warning, *document.blocks)))
    main, said, contents = (page.index(text) for text in ('<main id="main"', "Call for help first.", "<nav"))
    assert main < said < contents
    assert page.count("Call for help first.") == 1


@pytest.mark.parametrize("status", STATUSES)
def test_title_and_facts(opened: Open, status: DocumentStatus) -> None:
    document = sample_document(status)
    draft = "DRAFT - " if status == "draft" else ""
    with opened(renderer.render(document)) as page:
        assert page.title() == f"{draft}{document.title} - example-assessment 1.2.0"
        assert page.locator("html").get_attribute("lang") == "en-GB"
        assert [tuple(text.split("\t")) for text in page.locator(".facts > div").all_inner_texts()] == list(
            document.facts
        )
        assert document.digest in page.get_by_role("contentinfo").inner_text()
        assert page.locator(".banner").count() == (1 if draft else 0)


@pytest.mark.parametrize("status", STATUSES)
def test_every_printed_page_says_what_it_is(opened: Open, status: DocumentStatus) -> None:
    with opened(renderer.render(sample_document(status))) as page:
        sheets = pdf_pages(page)
    assert len(sheets) > 1
    for place, sheet in enumerate(sheets, start=1):
        assert "Example assessment 1.2.0" in sheet
        assert f"Page {place} of {len(sheets)}" in sheet
        assert ("DRAFT" in sheet) == (status == "draft")


def test_a_long_answer_is_printed_whole(opened: Open) -> None:
    words = [f"word{number}" for number in range(800)]
    with opened(renderer.render(sample_document("complete", written=" ".join(words)))) as page:
        printed = Counter(re.findall(r"word\d+", " ".join(pdf_pages(page))))
    written = [question for question in questions_of(sample_document("complete")) if "text" in question.kind]
    places = 1 + sum(question.answer is not None and question.answer.status == "given" for question in written)
    assert printed == dict.fromkeys(words, places)


@pytest.mark.parametrize("status", STATUSES)
def test_no_printed_page_ends_with_a_heading(opened: Open, status: DocumentStatus) -> None:
    document = sample_document(status)
    headings = {block.text for block in document.blocks if isinstance(block, Heading)}
    headings |= {table.columns[-1] for table in document.blocks if isinstance(table, Table)}
    for lines in range(0, 40, 8):
        first = Panel(kind="text", blocks=(Paragraph(text="\n".join(["Line"] * lines)),))
        with opened(renderer.render(replace(document, blocks=(first, *document.blocks)))) as page:
            last = [sheet.splitlines()[-1] for sheet in pdf_pages(page)]
        assert [line for line in last if any(line.endswith(heading) for heading in headings)] == []


def test_a_printed_blank_has_room_to_write(opened: Open) -> None:
    millimetre = 96 / 25.4
    with opened(renderer.render(sample_document("blank")), width=700) as page:
        page.emulate_media(media="print")
        assert page.locator("nav").is_hidden()
        for question in questions_of(sample_document("blank")):
            if question.kind == "long-text":
                box = page.locator(f'[id="{identifier(question.pointer)}"]').bounding_box()
                assert box is not None
                assert box["height"] >= question.lines * 6.5 * millimetre


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_answer_comes_out_as_text(opened: Open, name: str) -> None:
    written = HOSTILE_TEXTS[name]
    document = sample_document("complete", written=written)
    text = renderer.render(document)
    assert text.encode("utf-8").decode("utf-8") == text
    plain = Elements(renderer.render(sample_document("complete", written="plain")))
    assert [tag for tag, _ in Elements(text).tags] == [tag for tag, _ in plain.tags]
    with opened(text) as page:
        shown = page.locator('[id="q.who.child.name"] .answer').evaluate("e => e.textContent")
        assert shown == cleaned(written)
        assert page.evaluate("document.scripts.length") == 0


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_hostile_wording_changes_no_element(opened: Open, status: DocumentStatus, name: str) -> None:
    plain, hostile = (_reworded(sample_document(status), text) for text in ("plain", HOSTILE_TEXTS[name]))
    elements = Elements(renderer.render(hostile))
    assert [tag for tag, _ in elements.tags] == [tag for tag, _ in Elements(renderer.render(plain)).tags]
    if name == "markup":
        with opened(renderer.render(hostile)) as page:
            assert "Page" not in page.title()
            assert any(HOSTILE_TEXTS[name][:20] in sheet for sheet in pdf_pages(page))


def _reworded(item: Any, text: str) -> Any:
    """Return a part of the tree with this text for every wording in it."""
    names = (
        "text",
        "label",
        "title",
        "hint",
        "routing",
        "number",
        "header",
        "caption",
        "row_header",
        "reference",
        "banner",
    )
    lists = ("items", "terms", "links", "columns", "findings", "facts")
    if isinstance(item, tuple):
        return tuple(_reworded(part, text) for part in item)
    if not is_dataclass(item) or isinstance(item, type):
        return item
    changed: dict[str, Any] = {}
    for place in fields(item):
        value = getattr(item, place.name)
        if place.name in names and value is not None:
            changed[place.name] = text
        elif place.name in lists:
            changed[place.name] = _reworded_strings(value, text)
        elif isinstance(value, tuple) or is_dataclass(value):
            changed[place.name] = _reworded(value, text)
    return replace(item, **changed)


def _reworded_strings(value: Any, text: str) -> Any:
    return tuple(_reworded_strings(part, text) for part in value) if isinstance(value, tuple) else text


def test_addresses_that_may_be_followed() -> None:
    assert all(
        map(
            may_be_followed,
            ["https://example.org/?a=1", "HTTP://example.org", "mailto:a@example.org", "tel:999"],
        )
    )
    refused = [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "//example.org",
        "x",
    ]
    assert not any(map(may_be_followed, [*refused, "https://example.org/\n", "file:///etc/passwd", "https:"]))


def test_an_address_that_may_not_be_followed_is_text() -> None:
    elements = Elements(renderer.render(sample_document("blank")))
    assert not [value for value in elements.values("href") if "javascript" in value]
    assert "An address that no page may follow (javascript:alert(1))" in renderer.render(sample_document("blank"))


def test_strings_of_the_style_sheet_cannot_end_it() -> None:
    assert css_string('a"\\</style>\n') == '"a\\22 \\5c \\3c \\2f style\\3e \\a "'
