"""Pages that are filled in in a browser and come back: with scripts and without, by keyboard, with what is wrong."""

from __future__ import annotations

import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import DictLoader, Environment

import cse_forms
from cse_forms.renderers.html import HtmlRenderer, renderer
from tests import forms
from tests.entries import entries
from tests.renderers.host import TOKEN, Host, hosted
from tests.renderers.test_html import Elements, violations
from tests.responses import answers_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Dialog, Page

    Opened = Callable[..., Page]
    Hosting = Callable[..., Host]

YES = {"items": ["/missing"], "match": {"const": "yes"}}
ROW = forms.section({"name": forms.text(), "seen": forms.tick(), "since": forms.date()})
FORM = forms.form(
    forms.definition(
        {
            "who": forms.section({"name": dict(forms.text(), minLength=1), "born": forms.date()}, required=["name"]),
            "missing": forms.choice("yes", "no"),
            "often": forms.text(lines=3, showWhen=YES),
            "more": forms.section({"what": forms.choices("a", "b"), "age": forms.integer()}, showWhen=YES),
            "signs": forms.matrix({"gifts": forms.section({"seen": forms.choice("yes", "no"), "notes": forms.text()})}),
            "people": forms.table(ROW),
        },
        required=["who"],
    )
)
SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]
scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def hosting() -> Iterator[Hosting]:
    """Return what serves a form until the test is over."""
    with ExitStack() as hosts:
        yield lambda *arguments, **options: hosts.enter_context(hosted(*arguments, **options))


@pytest.fixture
def opened(browser: Browser, hosting: Hosting) -> Iterator[Opened]:
    """Return what opens an address, and fails if the page complained of anything.

    A page may still load a script when a test has seen enough, so it is closed before its host is.
    """
    contexts = []
    complaints: list[str] = []

    def open_page(address: str, *, scripts: bool = True, width: int = 1000, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(address, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def reach(page: Page, name: str, value: str | None = None) -> None:
    """Go to a control with the tabulator alone."""
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate("[document.activeElement.name, document.activeElement.value]")
        if found[0] == name and value in (None, found[1]):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


@scripts
def test_a_form_is_filled_in_by_keyboard_alone_and_put_right_when_it_comes_back(
    opened: Opened, hosting: Hosting, scripts: bool
) -> None:
    host = hosting(FORM)
    page = opened(host.address, scripts=scripts, width=320)
    reach(page, "/who/name")
    page.keyboard.type("Ann \u00c9\U0001f600")
    for part, text in (("day", "31"), ("month", "2"), ("year", "2010")):
        reach(page, f"/who/born/{part}")
        page.keyboard.type(text)
    reach(page, "/missing")
    page.keyboard.press("Space")
    reach(page, "/often")
    page.keyboard.type("Once.")
    page.keyboard.press("Enter")
    page.keyboard.type("Twice.")
    reach(page, "/more/what")
    page.keyboard.press("Space")
    reach(page, "/people/0/name")
    page.keyboard.type("Bea")
    reach(page, "cse-forms.button", "add:/people")
    page.keyboard.press("Enter")
    page.wait_for_selector('[name="/people/3/name"]')
    reach(page, "cse-forms.button", "continue")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary" + (":focus" if scripts else ""))
    assert page.title().startswith("Error: ")
    page.wait_for_load_state("networkidle")
    link = page.get_by_role("link", name="Born: Write a date that there is")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('[name="/who/born/day"]:focus')
    assert page.locator('[name="/who/born/day"]').input_value() == "31"
    page.locator('[name="/who/born/day"]').focus()
    reach(page, "/who/born/month")
    page.keyboard.press("Delete")
    page.keyboard.type("3")
    reach(page, "cse-forms.button", "continue")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text('Done')")
    assert host.received[-1].response.answers == {
        "who": {"name": "Ann \u00c9\U0001f600", "born": "2010-03-31"},
        "missing": "yes",
        "often": "Once.\nTwice.",
        "more": {"what": ["a"]},
        "people": [{"name": "Bea"}],
    }


@scripts
def test_axe_finds_nothing_at_any_step_in_any_light(opened: Opened, hosting: Hosting, scripts: bool) -> None:
    # axe itself is a script: the page is made without any, in a browser that runs them.
    addresses: dict[str, Any] = {} if scripts else {"script": None, "definition": None}
    host = hosting(FORM, **addresses)
    page = opened(host.address)
    assert violations(page) == []
    page.locator('[name="/who/born/day"]').fill("x")
    page.locator('[name="/missing"][value="yes"]').check()
    page.locator('[name="/often"]').fill("Once.")
    page.locator('[name="/missing"][value="no"]').check()
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_selector(".kept")
    for scheme, width in (("light", 1000), ("dark", 320)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_questions_come_and_go_as_they_apply_and_keep_their_answers(opened: Opened, hosting: Hosting) -> None:
    host = hosting(FORM)
    page = opened(host.address)
    often, more = page.locator('[name="/often"]'), page.get_by_role("heading", name="More")
    # While nobody knows whether they apply, they are asked.
    assert often.is_visible()
    page.locator('[name="/missing"][value="no"]').check()
    assert not often.is_visible()
    assert not more.is_visible()
    page.locator('[name="/missing"][value="yes"]').check()
    assert often.is_visible()
    assert more.is_visible()
    status = page.get_by_role("status").filter(has_text="More questions are asked now.")
    assert status.count() == 1
    often.fill("Once.")
    page.locator('[name="/missing"][value="no"]').check()
    assert not often.is_visible()
    assert page.get_by_role("status").filter(has_text="Their answers are kept.").count() == 1
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector(".kept")
    assert host.received[-1].response.answers == {"missing": "no", "often": "Once."}


@scripts
def test_a_choice_can_be_taken_back(opened: Opened, hosting: Hosting, scripts: bool) -> None:
    host = hosting(FORM, {"missing": "yes", "signs": {"gifts": {"seen": "no"}}})
    page = opened(host.address, scripts=scripts)
    clear = page.get_by_role("button", name="Clear this answer")
    assert clear.count() == 2
    for number in (1, 0):
        clear.nth(number).focus()
        if scripts:
            page.keyboard.press("Enter")
            page.wait_for_selector("input[type=radio]:focus")
        else:
            with page.expect_navigation():
                page.keyboard.press("Enter")
    assert clear.count() == 0
    assert page.locator("input:checked").count() == 0
    if scripts:
        assert host.received == []
        page.locator('[name="/missing"][value="no"]').check()
        assert clear.count() == 1
        assert violations(page) == []
    else:
        assert [received.button for received in host.received] == ["clear", "clear"]
        assert host.received[0].response.answers == {"missing": "yes"}


def test_the_progress_through_the_sections_shows(opened: Opened, hosting: Hosting) -> None:
    host = hosting(FORM)
    page = opened(host.address)
    assert page.get_by_text("0 of 6 sections complete").count() == 1
    page.locator('[name="/missing"][value="no"]').check()
    assert page.get_by_text("1 of 4 sections complete").count() == 1
    page.locator('[name="/who/born/day"]').fill("1")
    assert page.get_by_text("1 of 4 sections complete").count() == 1
    page.locator('[name="/who/name"]').fill("Ann")
    page.locator('[name="/missing"][value="yes"]').check()
    assert page.get_by_text("2 of 6 sections complete").count() == 1
    assert page.get_by_role("listitem").filter(has_text="Who").inner_text() == "Who\n\u2713 complete"


def test_rows_are_added_and_removed_in_place_and_keep_their_order(opened: Opened, hosting: Hosting) -> None:
    host = hosting(FORM, {"people": [{"name": "A"}, {"name": "B", "seen": True}, {"name": "C", "since": "2026-01-02"}]})
    page = opened(host.address)
    page.get_by_role("button", name="Remove row 1").click()
    page.get_by_role("button", name="Add another row").click()
    assert page.evaluate("document.activeElement.name") == "/people/2/name"
    page.keyboard.type("D")
    assert violations(page) == []
    assert host.received == []
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("button", name="Save").click()
    assert host.received[-1].response.answers == {
        "people": [{"name": "B", "seen": True}, {"name": "C", "since": "2026-01-02"}, {"name": "D"}]
    }


def test_a_page_with_unsaved_changes_warns_before_it_closes_and_else_does_not(opened: Opened, hosting: Hosting) -> None:
    host = hosting(FORM)
    page = opened(host.address)
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.goto(host.address, wait_until="networkidle")
    assert asked == []
    page.locator('[name="/who/name"]').type("Ann")
    page.goto(host.address, wait_until="networkidle")
    assert asked == ["beforeunload"]
    page.locator('[name="/who/name"]').type("Ann")
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("button", name="Save").click()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_what_chromium_sends_is_what_the_standard_says_and_comes_back(
    opened: Opened, hosting: Hosting, form: cse_forms.Form
) -> None:
    answers = answers_to(form)
    host = hosting(form, answers)
    page = opened(host.address)
    sent = [tuple(pair) for pair in page.evaluate("[...new FormData(document.forms[0])]")]
    expected = [(name, value.replace("\r\n", "\n")) for name, value in entries(host.page(answers))]
    assert sorted(sent) == sorted(expected)
    with page.expect_navigation(wait_until="networkidle"):
        page.locator('button[value="save"]').last.click()
    assert host.received[-1].response.answers == answers
    assert host.received[-1].is_clean


def test_every_message_leads_to_a_control_of_the_page_and_is_read_out_with_it() -> None:
    sent = [("/who/born/day", "x"), ("/more/age", "y"), ("/missing", "yes"), ("cse-forms.button", "continue")]
    page = FORM.page(FORM.parse([*sent, ("/people/0/since/day", "z")]))
    tags = Elements(page).tags
    names = {attributes["id"]: attributes.get("name") for _, attributes in tags if "id" in attributes}
    summary = page.partition('govuk-error-summary__list">')[2].partition("</ul>")[0]
    links = re.findall(r'<a href="#([^"]+)"', summary)
    assert [names[link] for link in links] == ["/who/name", "/who/born/day", "/more/age", "/people/0/since/day"]
    described = " ".join(str(attributes.get("aria-describedby", "")) for _, attributes in tags).split()
    assert set(described) <= names.keys()
    assert sum(one.endswith("-error") for one in described) == len(links)


def policy_of(page: str) -> str:
    (policy,) = (content for content in Elements(page).values("content") if "default-src" in content)
    return policy


def test_a_page_loads_from_and_sends_to_what_its_host_said_and_nowhere_else() -> None:
    page = FORM.page(
        action="https://host.example/save?x=1", script="/a/page.js", definition="https://forms.example/f.json"
    )
    expected = "form-action https://host.example; script-src 'self'; connect-src https://forms.example; base-uri 'none'"
    assert policy_of(page).endswith(expected)
    assert policy_of(FORM.page()).endswith("form-action 'self'; base-uri 'none'")
    assert policy_of(str(FORM.render("html", purpose="fill"))).endswith("form-action 'none'; base-uri 'none'")
    hostile = FORM.page(action="https://x.example;script-src *'unsafe-inline'\"><script>", fields=[TOKEN])
    assert "unsafe-inline'" not in hostile.partition("<style>")[0]
    assert "<script" not in hostile


@pytest.mark.parametrize("form", SHIPPED, ids=lambda form: form.id)
def test_a_fragment_keeps_its_names_and_marks_all_else_as_its_own(form: cse_forms.Form) -> None:
    answers = answers_to(form, every=2)
    whole, part = form.page(answers), form.fragment(answers, prefix="x-")
    assert part.startswith('<form class="x-cse-form" id="x-form"')
    assert part.rstrip().endswith("</form>")
    assert entries(whole, "save") == entries(f"<main>{part}</main>", "save")
    elements = Elements(part)
    identifiers = elements.values("id")
    assert len(identifiers) == len(set(identifiers))
    assert all(one.startswith("x-") for one in identifiers)
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        assert {one for value in elements.values(attribute) for one in value.split()} <= set(identifiers)


def test_questions_come_and_go_and_rows_are_added_in_a_fragment_too(opened: Opened, hosting: Hosting) -> None:
    host = hosting(FORM, prefix="x-")
    shown = opened(host.address)
    shown.locator('[name="/missing"][value="no"]').check()
    assert not shown.locator('[name="/often"]').is_visible()
    assert not shown.get_by_role("heading", name="More").is_visible()
    shown.get_by_role("button", name="Add another row").click()
    shown.locator('[name="/people/3/name"]').fill("Ann")
    assert violations(shown) == []
    with shown.expect_navigation(wait_until="networkidle"):
        shown.get_by_role("button", name="Save").click()
    assert host.received[-1].response.answers == {"missing": "no", "people": [{"name": "Ann"}]}


def test_a_fragment_of_one_section_holds_no_other() -> None:
    part = FORM.fragment({"missing": "no"}, sections=["who"])
    assert 'name="/who/name"' in part
    assert 'name="/missing"' not in part
    assert FORM.parse(entries(part), onto={"missing": "no"}).response.answers == {"missing": "no"}


def test_a_host_s_templates_take_the_place_of_single_blocks() -> None:
    own = {
        "council.html": '{% extends "cse_forms/page.html" %}'
        "{% block footer %}<footer>{{ council }}</footer>{% endblock %}",
        "council-form.html": '{% extends "cse_forms/form.html" %}'
        '{% block buttons %}<button class="btn" name="cse-forms.button" value="save">Keep</button>{% endblock %}',
        "blocks/heading.html": "{% macro show(heading, labels) %}<h2>{{ heading.text | upper }}</h2>{% endmacro %}",
    }
    environment = Environment(loader=DictLoader(own), autoescape=True)
    environment.globals["council"] = "A <council>"
    renderer = HtmlRenderer(environment, page="council.html", form="council-form.html")
    document = FORM.page_document({"missing": "no"})
    page = renderer.render(document)
    assert "<footer>A &lt;council&gt;</footer>" in page
    assert "<h2>WHO</h2>" in page
    assert 'class="btn"' in renderer.fragment(document, prefix="x-")
    assert entries(page, "save")[-1] == ("cse-forms.button", "save")


def test_the_style_sheet_of_a_fragment_holds_within_it_alone(browser: Browser) -> None:
    document = FORM.page_document()
    style = renderer.style_sheet(document, prefix="x-")
    page = browser.new_page()
    host = "<p class='panel question' id='theirs'>Theirs</p>"
    page.set_content(f"<!DOCTYPE html><html lang=en>{host}")
    before = page.evaluate("JSON.stringify([...getComputedStyle(theirs)].map(n => getComputedStyle(theirs)[n]))")
    page.set_content(
        f"<!DOCTYPE html><html lang=en><style>{style}</style>{host}{renderer.fragment(document, prefix='x-')}"
    )
    after = page.evaluate("JSON.stringify([...getComputedStyle(theirs)].map(n => getComputedStyle(theirs)[n]))")
    assert before == after
    assert page.evaluate("getComputedStyle(document.forms[0]).fontFamily").startswith("Helvetica")
    assert page.locator(".x-question").first.evaluate("e => getComputedStyle(e).marginBottom") != "0px"
    page.close()


@pytest.mark.parametrize(
    ("dark", "colours"), [(True, ["rgb(242, 243, 243)", "light dark"]), (False, ["rgb(11, 12, 12)", "normal"])]
)
def test_a_fragment_is_dark_only_where_its_host_is(browser: Browser, dark: bool, colours: list[str]) -> None:
    document = FORM.page_document()
    page = browser.new_page(color_scheme="dark")
    style = renderer.style_sheet(document, dark=dark)
    page.set_content(f"<!DOCTYPE html><html lang=en><style>{style}</style>{renderer.fragment(document)}")
    drawn = "form => [getComputedStyle(form).color, getComputedStyle(form).colorScheme]"
    assert page.locator("form").evaluate(drawn) == colours
    page.close()


@pytest.mark.parametrize("prefix", ["", "cse-"], ids=["a page", "a fragment"])
def test_no_warning_and_nothing_that_the_form_says_at_its_end_goes_with_a_section(
    opened: Opened, hosting: Hosting, prefix: str
) -> None:
    warning = {"kind": "warning", "text": "Call for help.", "provenance": {"derived": "Invented."}}
    last = forms.section({"what": forms.text()}, showWhen=YES, guidance=[warning])
    said = {"kind": "text", "text": "Said at the end.", "place": "after", "provenance": {"derived": "Invented."}}
    form = forms.form(
        forms.definition(
            {"missing": forms.choice("yes", "no"), "last": last}, guidance=[said | {"kind": "warning"}, said]
        )
    )
    host = hosting(form, {"missing": "no"}, prefix=prefix)
    page = opened(host.address)
    page.locator('[name="/last/what"]').wait_for(state="hidden")
    assert page.get_by_role("heading", name="Last").is_hidden()
    assert page.get_by_text("Call for help.").is_visible()
    assert [found.is_visible() for found in page.get_by_text("Said at the end.").all()] == [True, True]
