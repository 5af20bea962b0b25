"""Pages while somebody fills them in: where the focus goes, how many rows there may be, and what is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests import forms
from tests.entries import entries
from tests.renderers.host import Host, hosted
from tests.renderers.test_html import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

MOST = 2
ROW = forms.section({"name": forms.text()})
FORM = forms.form(
    forms.definition(
        {
            "about": forms.section({"name": dict(forms.text(), minLength=1), "born": forms.date()}, required=["name"]),
            "people": dict(forms.table(ROW), maxItems=MOST),
        },
        required=["about"],
    )
)
FULL = "No more rows can be added here. The most is 2."


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosted(FORM, {"people": [{"name": "A"}, {"name": "B"}]}) as found:
        yield found


@pytest.fixture(scope="module")
def fragment() -> Iterator[Host]:
    with hosted(FORM, prefix="x-") as found:
        yield found


@pytest.fixture
def page(browser: Browser, host: Host) -> Iterator[Page]:
    yield from _opened(browser, host, scripts=True)


@pytest.fixture
def plain_page(browser: Browser, host: Host) -> Iterator[Page]:
    yield from _opened(browser, host, scripts=False)


def _opened(browser: Browser, host: Host, *, scripts: bool) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 600}, java_script_enabled=scripts)
    context.set_default_timeout(30_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(host.address)
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(params=["with scripts", "without scripts"])
def either(request: pytest.FixtureRequest) -> Any:
    """Return a page whose script does its work, and one without."""
    if request.param == "without scripts":
        return request.getfixturevalue("plain_page")
    page = request.getfixturevalue("page")
    started(page)
    return page


def started(page: Page) -> None:
    """Wait until the script of a page does its work."""
    page.locator("form > [class$=progress]").wait_for(state="attached")


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.name || document.activeElement.className")
    return name


def send(page: Page, button: str) -> None:
    page.locator(f'button[value="{button}"]:not([tabindex])').focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


# --- the focus -----------------------------------------------------------------------------------------------------


def test_what_is_wrong_has_the_focus_each_time_that_the_page_comes_back(either: Page) -> None:
    for _ in range(2):
        send(either, "continue")
        assert focused(either) == "govuk-error-summary"
        # What somebody followed before is not where the page begins when it comes back.
        either.keyboard.press("Tab")
        either.keyboard.press("Enter")
        either.wait_for_selector('[name="/about/name"]:focus')


def test_in_a_page_of_a_host_it_has_the_focus_too(browser: Browser, fragment: Host) -> None:
    for page in _opened(browser, fragment, scripts=True):
        started(page)
        for _ in range(2):
            send(page, "continue")
            started(page)
            assert focused(page) == "govuk-error-summary"
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.wait_for_selector('[name="/about/name"]:focus')


def test_a_script_that_comes_late_takes_the_focus_from_nobody(page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    started(page)
    page.route("**/form.json", hold)
    with page.expect_request("**/form.json"):
        send(page, "continue")
    page.locator('[name="/about/name"]').focus()
    page.keyboard.type("An")
    while not held:
        page.evaluate("0")
    held[0].continue_()
    started(page)
    page.keyboard.type("n")
    assert page.locator('[name="/about/name"]').input_value() == "Ann"


def test_whoever_follows_a_link_to_a_field_sees_what_is_asked_and_what_is_wrong(either: Page) -> None:
    either.locator('[name="/about/born/day"]').press("x")
    send(either, "continue")
    for text, name in (("Name: ", "/about/name"), ("Born: ", "/about/born/day")):
        either.locator(".govuk-error-summary a", has_text=text).press("Enter")
        either.wait_for_selector(f'[name="{name}"]:focus')
        group = either.locator(f'.govuk-form-group--error:has([name="{name}"])')
        # The page may still be moving.
        expect(group).to_be_in_viewport(ratio=1)


def test_an_option_that_there_is_not_is_told_by_its_question() -> None:
    form = forms.form(forms.definition({"kinds": forms.choices("a", "b")}))
    assert "Kinds: " in form.page({"kinds": ["a", "c"]}).partition("govuk-error-summary__list")[2]


# --- as many rows as there may be ----------------------------------------------------------------------------------


def test_a_table_that_is_full_says_so_and_takes_no_more_rows(either: Page) -> None:
    add, full = either.locator('button[value="add:/people"]'), either.get_by_text(FULL, exact=True)
    assert (either.locator("tbody tr").count(), add.is_visible(), full.is_visible()) == (MOST, False, True)
    either.locator('button[value="remove:/people/0"]').click()
    add.wait_for()
    assert (either.locator("tbody tr").count(), full.is_visible()) == (1, False)
    add.focus()
    either.keyboard.press("Enter")
    full.wait_for()
    assert (either.locator("tbody tr").count(), add.is_visible()) == (MOST, False)


def test_that_a_table_is_full_is_read_out_with_the_row_that_filled_it(page: Page) -> None:
    started(page)
    page.locator('button[value="remove:/people/1"]').click()
    assert page.get_by_role("status").filter(has_text=FULL).count() == 0
    page.locator('button[value="add:/people"]').click()
    said = page.get_by_role("status").filter(has_text="Row 2 was added.").inner_text()
    assert said.endswith(FULL)
    assert focused(page) == "/people/1/name"
    assert violations(page) == []


def test_a_row_too_many_that_is_asked_for_is_not_made_and_one_that_was_sent_is_not_lost() -> None:
    sent = entries(FORM.page({"people": [{"name": "A"}, {"name": "B"}]}))
    more = FORM.page(FORM.parse([*sent, ("cse-forms.button", "add:/people")]))
    assert "/people/1/name" in more
    assert "/people/2/name" not in more
    third = [*sent, ("cse-forms.row", "/people/2"), ("/people/2/name", "C")]
    kept = FORM.page(FORM.parse([*third, ("cse-forms.button", "continue")]))
    assert ("/people/2/name", "C") in entries(kept)


def test_a_table_never_offers_more_rows_than_there_may_be() -> None:
    one = forms.form(forms.definition({"people": dict(forms.table(ROW), maxItems=1)}))
    assert "/people/0/name" in one.page()
    assert "/people/1/name" not in one.page()


# --- what is written is not lost -----------------------------------------------------------------------------------


def test_a_page_asks_before_it_goes_with_what_was_written_since_it_was_sent(page: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    def leave() -> None:
        page.evaluate("() => { location.reload(); }")

    page.on("dialog", stay)
    started(page)
    page.keyboard.press("Tab")
    page.locator('[name="/about/name"]').press_sequentially("An")
    with page.expect_event("dialog"):
        leave()
    # What comes is a file, and the page stays.
    disposition = {"Content-Disposition": "attachment; filename=a.txt"}
    page.route(host_of(page), lambda route: route.fulfill(headers=disposition, body="a"))
    with page.expect_download():
        page.locator('button[value="save"]:not([tabindex])').press("Enter")
    page.locator('[name="/about/name"]').press_sequentially("n")
    with page.expect_event("dialog"):
        leave()
    with page.expect_download():
        page.locator('button[value="save"]:not([tabindex])').press("Enter")
    page.unroute(host_of(page))
    with page.expect_navigation():
        leave()
    assert asked == ["beforeunload", "beforeunload"]


def host_of(page: Page) -> str:
    return page.url.partition("#")[0] + "*"


# --- names ---------------------------------------------------------------------------------------------------------


def test_no_two_controls_have_one_name_where_rows_of_two_tables_do(browser: Browser) -> None:
    row = {"late": forms.section({"notes": forms.text()})}
    form = forms.form(forms.definition({"home": forms.matrix(row), "school": forms.matrix(row)}))
    page = browser.new_page()
    page.set_content(form.page())
    for table in ("Home", "School"):
        assert page.get_by_role("textbox", name=f"{table} Late Notes", exact=True).count() == 1
    page.close()
