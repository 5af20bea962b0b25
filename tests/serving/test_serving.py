"""A form is chosen, filled in and taken away in a real browser, served by the command that people start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cse_forms
from tests.renderers.test_html import violations
from tests.renderers.test_html_forms import reach
from tests.serving.running import EXPECTED, PAGE, SECRET, Started

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx
    from playwright.sync_api import Browser, BrowserContext, Download, Page

    Opened = Callable[..., Page]

scripts = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def opened(browser: Browser, started: Started) -> Iterator[Opened]:
    """Return what opens a page, and fails if the page complained of anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "", *, scripts: bool = True, width: int = 1000) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(started.address + path, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def write(page: Page, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        reach(page, name)
        page.keyboard.type(text)


def choose(page: Page, name: str, place: int) -> None:
    """Choose an option: the keyboard enters a group at its first, and goes on with the arrows."""
    reach(page, name)
    page.keyboard.press("Space")
    for _ in range(place):
        page.keyboard.press("ArrowDown")


def press(page: Page, value: str) -> None:
    """Use a button by keyboard, and wait for the page that follows."""
    reach(page, "cse-forms.button", value)
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")


def taken(page: Page, value: str) -> Download:
    reach(page, "cse-forms.button", value)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    return download.value


def outcome(page: Page) -> str:
    return page.locator("#serving-outcome").inner_text()


# --- from beginning to end -----------------------------------------------------------------------------------------


@scripts
def test_a_form_is_filled_in_section_by_section_by_keyboard_alone_and_gone_on_with_from_its_files(
    opened: Opened, scripts: bool, tmp_path: Path
) -> None:
    page = opened(scripts=scripts, width=320)
    link = page.get_by_role("link", name="First conversation 1.0.0: fill it in section by section")
    link.focus()
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert page.get_by_text("Section 1 of 4").count() == 1
    write(page, {"/about/name": SECRET, "/about/date/day": "31", "/about/date/month": "3", "/about/date/year": "2026"})
    press(page, "next:1")
    choose(page, "/signs/late/seen", 0)
    write(page, {"/signs/late/what": "Out at night."})
    choose(page, "/signs/gifts/seen", 2)
    press(page, "next:2")
    write(page, {"/told/0/who": "Bea"})
    press(page, "next:3")
    assert "Medium" in outcome(page)
    choose(page, "/next/level", 1)
    press(page, "continue")
    assert page.locator('[name="/about/name"]').input_value() == SECRET
    assert "Practitioner's judgement: Level of concern Medium" in " ".join(outcome(page).split())
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    path = tmp_path / "kept.json"
    taken(page, "get:json").save_as(path)
    response = cse_forms.read_response(path)
    assert response.answers == EXPECTED
    assert response.is_draft
    word = tmp_path / "kept.docx"
    taken(page, "get:docx-fill").save_as(word)
    page.context.close()
    for file in (path, word):
        again = opened(scripts=scripts)
        again.locator("#document").set_input_files(file)
        again.get_by_role("button", name="Go on with this file").click()
        again.wait_for_selector("#form")
        assert again.locator('[name="/about/name"]').input_value() == SECRET
        with again.expect_download() as download:
            again.locator('button[value="get:json"]').click()
        assert cse_forms.read_response(Path(download.value.path())).answers == EXPECTED


def test_the_outcome_is_brought_up_to_date_while_somebody_writes(opened: Opened) -> None:
    page = opened(PAGE)
    assert "Nothing is recorded yet" in outcome(page)
    missing = page.locator("#serving-missing a")
    assert missing.all_inner_texts() == ["Name", "Date of this conversation"]
    page.locator('[name="/about/name"]').fill("Ann")
    missing.filter(has_text="Name").wait_for(state="detached")
    page.locator('[name="/signs/late/seen"][value="yes"]').check()
    page.locator("#serving-outcome", has_text="Medium, on what is recorded").wait_for()
    assert page.get_by_role("status").filter(has_text="brought up to date").count() == 1
    assert page.locator('[name="/signs/late/seen"][value="yes"]').is_checked()


def test_what_was_not_taken_away_is_not_closed_without_a_warning(opened: Opened) -> None:
    page = opened(PAGE)
    page.locator('[name="/about/name"]').fill("Ann")
    warnings: list[str] = []

    def stay(dialog: Any) -> None:
        warnings.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)

    def leave() -> int:
        warnings.clear()
        page.evaluate("() => { setTimeout(() => { location.href = '/'; }, 0) }")
        page.wait_for_timeout(300)
        return len(warnings)

    assert leave() == 1
    page.locator('button[value="save"]').last.click()
    page.wait_for_load_state("networkidle")
    page.locator("h1").click()
    assert warnings == ["beforeunload"]
    assert leave() == 1
    with page.expect_download():
        page.locator('button[value="get:json"]').click()
    page.locator('[name="/about/name"]').fill("Anne")
    assert leave() == 1
    with page.expect_download():
        page.locator('button[value="get:json"]').click()


@scripts
def test_a_page_that_is_loaded_again_or_gone_back_to_loses_nothing(opened: Opened, scripts: bool) -> None:
    page = opened(f"{PAGE}?at=0", scripts=scripts)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator('[name="/about/name"]').fill("Ann")
    page.locator('button[value="next:1"]').last.click()
    page.wait_for_selector('[name="/signs/late/what"]')
    page.locator('[name="/signs/late/what"]').fill("Out at night.")
    page.locator('button[value="go:0"]').click()
    page.wait_for_selector('[name="/about/name"]')
    page.reload(wait_until="networkidle")
    assert page.locator('[name="/about/name"]').input_value() == "Ann"
    page.locator('button[value="go:all"]').click()
    page.wait_for_selector('[name="/signs/late/what"]')
    assert page.locator('[name="/signs/late/what"]').input_value() == "Out at night."
    page.go_back(wait_until="networkidle")
    assert page.locator('[name="/about/name"]').input_value() == "Ann"


@scripts
def test_another_language_and_print_lose_nothing_and_enter_still_goes_on(opened: Opened, scripts: bool) -> None:
    page = opened(f"{PAGE}?at=0", scripts=scripts)
    page.locator('[name="/about/name"]').fill("Ann")
    for name, address in (("Cymraeg", "language=cy"), ("Print bras", "language=cy&print=large")):
        page.get_by_role("button", name=name).click()
        page.wait_for_url(f"**/{PAGE}?{address}")
        page.get_by_role("button", name="English").wait_for()
        assert page.locator('[name="/about/name"]').input_value() == "Ann"
    assert page.locator("body.large-print").count() == 1
    said = page.locator('form > p[role="status"]')
    said.nth(2 if scripts else 0).wait_for(state="attached")
    assert {line.get_attribute("lang") for line in said.all()} == {"cy"}
    reach(page, "/about/name")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert page.get_by_text("Adran 2 o 4").count() == 1
    page.get_by_role("link", name="Pob ffurflen (gadael hon)").wait_for()


# --- every page ----------------------------------------------------------------------------------------------------


def pages_to_look_at(client: httpx.Client) -> Iterator[tuple[str, str]]:
    """Yield every kind of page as it is sent, without its scripts."""
    yield "start", client.get("/").text
    yield "start in Welsh and large print", client.get("/?language=cy&print=large").text
    yield "a step in Welsh and large print", client.get(f"{PAGE}?at=1&language=cy&print=large").text
    yield "upload refused", client.post("/continue", files={"document": ("a.json", b"{")}).text
    yield "nothing there", client.get("/nothing").text
    yield "one page", client.get(PAGE).text
    yield "a step", client.get(f"{PAGE}?at=1").text
    sent = {"/about/date/day": "x", "/signs/late/seen": "yes", "cse-forms.button": "continue"}
    yield "with problems", client.post(PAGE, data=sent).text


def test_axe_finds_nothing_on_any_page_in_any_light_or_on_a_telephone(browser: Browser, client: httpx.Client) -> None:
    found = []
    for name, markup in pages_to_look_at(client):
        page = browser.new_page()
        page.set_content(re.sub(r"<script.*?</script>|<meta http-equiv[^>]*>", "", markup, flags=re.DOTALL))
        page.set_viewport_size({"width": 320, "height": 800})
        found += [(name, one) for one in violations(page)]
        assert page.evaluate("document.documentElement.scrollWidth") == 320, name
        if name == "with problems":
            page.emulate_media(color_scheme="dark")
            found += [(f"{name}, dark", one) for one in violations(page)]
        page.close()
    assert found == []
