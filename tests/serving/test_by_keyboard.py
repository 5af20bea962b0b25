"""The shipped forms filled in from beginning to end by keyboard alone, on screens as narrow as a telephone's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cse_forms
from cse_forms.reading_back.docx import read_docx
from cse_forms.schema.items import Kind, Question, Section
from cse_forms.serving.steps import steps_of
from tests.renderers.test_html import violations
from tests.serving.running import Started, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    Seat = Callable[..., "Person"]

DEFINITIONS = Path(__file__).parents[2] / "definitions"
CATALOGUE = cse_forms.Catalogue.from_directory(DEFINITIONS)
SECOND_AND_LATER = {"/involved/child/gender": 1, "/summary/overall-level": 3}
"""The places of the options that are chosen; of all other questions it is the first."""

MOST_STOPS = 600
"""More than any page has: whoever has used Tab so often is in a trap."""

Stop = tuple[str, str, str]
"""What the keyboard stops at: its kind, its name or the address it leads to, and what it sends, where that is fixed."""

LIVE = "#serving-missing, #serving-outcome"
"""What is brought up to date while somebody writes: which links stand there changes under way."""

NAMED = """(one) => [
  one.type || one.localName,
  one.name || one.getAttribute("href"),
  ["submit", "checkbox"].includes(one.type) ? one.value : "",
]"""
STOPS = f"""() => {{
  const named = {NAMED};
  const found = [...document.querySelectorAll("a[href], button, input, textarea")].filter(
    (one) => one.type !== "hidden" && one.tabIndex >= 0 && one.checkVisibility({{ visibilityProperty: true }}));
  // A group of radio buttons is one stop.
  return found
    .filter((one) => !one.closest("{LIVE}"))
    .filter((one, at) => one.type !== "radio" || found.findIndex((other) => other.name === one.name) === at)
    .map(named);
}}"""
FOCUSED = f"""() => {{
  const one = document.activeElement;
  if (one === document.body) return null;
  if (one.closest("{LIVE}")) return [["", "", ""], true, true, true];
  const box = one.getBoundingClientRect();
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const shown = document.elementFromPoint(box.left + box.width / 2, (top + bottom) / 2);
  const isSeen = shown !== null && (one.contains(shown) || shown.contains(one));
  const isLarge = one.localName === "a" || Math.min(box.width, box.height) >= 24;
  // Where colours are forced, an outline is all that is left of a mark, and the label draws a button or box.
  const isBox = ["radio", "checkbox"].includes(one.type);
  const drawn = isBox ? getComputedStyle(one.labels[0], "::before") : getComputedStyle(one);
  const isMarked = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
  return [({NAMED})(one), isSeen, isLarge, isMarked];
}}"""


@pytest.fixture(scope="module")
def shipped() -> Iterator[Started]:
    with serving(definitions=DEFINITIONS) as found:
        yield found


@dataclass
class Person:
    """Somebody who fills in a form without a mouse, and remembers what was typed."""

    page: Page
    form: cse_forms.Form
    scripts: bool
    look: Callable[[Page], None]
    """Looks at a page with axe."""
    typed: dict[str, Any] = field(default_factory=dict)
    """The answers, by their pointers."""
    rows: dict[str, list[str]] = field(default_factory=dict)
    """The rows that were come by, by their tables."""

    # --- moving about ---

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the page does all that it does."""
        if self.scripts and self.page.locator("form[data-definition]").count():
            self.page.locator("#form > .progress").wait_for(state="attached")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> Stop | None:
        """Return where the keyboard is, and see to it that it can be seen."""
        found = self.page.evaluate(FOCUSED)
        if found is None:
            return None
        kind, name, value = found[0]
        assert found[1], f"{name} has the focus and is not in sight"
        assert found[2], f"{name} is too small to be hit"
        assert found[3], f"{name} does not show that it has the focus"
        return kind, name, value

    def go_to(self, name: str, value: str = "", *, key: str = "Tab") -> None:
        for _ in range(MOST_STOPS):
            self.press(key)
            found = self.focused()
            if found is not None and found[1] == name and value in ("", found[2]):
                return
        raise AssertionError(f"{name} {value} cannot be reached by keyboard")

    def back_to_button(self, value: str) -> None:
        self.go_to("cse-forms.button", value, key="Shift+Tab")

    def send(self, key: str = "Enter") -> None:
        with self.page.expect_navigation():
            self.press(key)
        self.settle()

    def take(self, value: str) -> Path:
        self.back_to_button(value)
        with self.page.expect_download() as download:
            self.press("Enter")
        return Path(download.value.path())

    # --- answering ---

    def walk(self, *, leaving_out: tuple[str, ...] = ()) -> None:
        """Go through the page with Tab alone and answer on the way: each control is reached once, in its order."""
        passed: list[Stop] = []
        for _ in range(MOST_STOPS):
            self.press("Tab")
            stop = self.focused()
            # Behind the last one stands the browser itself, which has nothing to stop at here.
            if stop is None or stop in passed[:1]:
                break
            if any(stop):
                passed.append(stop)
            if stop[1].startswith("/") and stop[1] not in leaving_out:
                self.answer(stop)
        assert passed == [tuple(stop) for stop in self.page.evaluate(STOPS)]
        self.look(self.page)

    def answer(self, stop: Stop) -> None:
        """Answer a question, or leave it out: of rows some are filled in, and of all else everything."""
        _, name, value = stop
        pointer = re.sub("/(day|month|year)$", "", name)
        question = self.form.definition.item_at(pointer)
        if not isinstance(question, Question) or self.is_left_out(pointer, question):
            return
        if question.kind is Kind.DATE:
            year = "2012" if pointer.endswith("birth") else "2026"
            self.page.keyboard.type({"day": "28", "month": "2", "year": year}[name.removeprefix(f"{pointer}/")])
            self.typed[pointer] = f"{year}-02-28"
            return
        if question.kind is Kind.CHOICE:
            self.choose(question, pointer, SECOND_AND_LATER.get(pointer, 0))
        elif question.kind is Kind.CHOICES:
            self.press("Space")
            self.typed[pointer] = [*self.typed.get(pointer, ()), value]
        elif question.kind is Kind.TICK:
            self.press("Space")
            self.typed[pointer] = True
        elif question.kind in (Kind.INTEGER, Kind.NUMBER):
            self.page.keyboard.type("14")
            self.typed[pointer] = 14
        else:
            self.write(pointer, f"é{len(self.typed)}")

    def is_left_out(self, pointer: str, question: Question) -> bool:
        """Tell whether a question stands in a row that stays empty: after the first two, two of three do."""
        row = question.holder
        if not (isinstance(row, Section) and row.is_row):
            return False
        at = pointer.rpartition("/")[0]
        rows = self.rows.setdefault(at.rpartition("/")[0], [])
        if at not in rows:
            rows.append(at)
        place = rows.index(at)
        return place > 1 and place % 3 != 0

    def write(self, pointer: str, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed[pointer] = text

    def choose(self, question: Question, pointer: str, place: int) -> None:
        """Choose an option: the keyboard enters a group at its first, and goes on with the arrows."""
        self.press("Space", *["ArrowDown"] * place)
        self.typed[pointer] = question.options[place].value

    def put_right(self, said: str, name: str, text: str, *, key: str = "Tab") -> None:
        """Follow the error summary to what is wrong, and write it anew."""
        link = self.page.locator(".govuk-error-summary a", has_text=said).first
        self.go_to(str(link.get_attribute("href")), key=key)
        self.press("Enter")
        self.page.wait_for_selector(f'[name="{name}"]:focus')
        self.press("Control+a")
        self.page.keyboard.type(text)

    def is_told(self) -> None:
        """See to it that what is wrong is read out first."""
        assert self.page.evaluate("document.activeElement.className") == "govuk-error-summary"

    # --- what comes of it ---

    @property
    def answers(self) -> Any:
        """The answers as a response has them."""
        found: dict[str, Any] = {}
        for pointer, value in self.typed.items():
            keys = pointer.removeprefix("/").split("/")
            node: Any = found
            for key, inner in pairwise(keys):
                node = _inside(node, key, [] if inner.isdecimal() else {})
            node[keys[-1]] = value
        return found

    def is_right(self) -> None:
        """See to it that the files hold what was typed: answers, a document to go on with, and a finished response."""
        response = cse_forms.read_response(self.take("get:json"))
        assert (response.answers, response.is_draft) == (self.answers, True)
        word = read_docx(self.take("get:docx-fill").read_bytes(), CATALOGUE)
        assert word.response.answers == self.answers
        self.go_to("serve.finished")
        self.press("Space")
        finished = cse_forms.read_response(self.take("get:json"))
        assert (finished.answers, finished.is_draft) == (self.answers, False)

    def judgement(self) -> str:
        return self.page.locator("#serving-outcome .panel-outcome", has_text="Practitioner's judgement").inner_text()


def _inside(node: Any, key: str, empty: Any) -> Any:
    if isinstance(node, dict):
        return node.setdefault(key, empty)
    while len(node) <= int(key):
        node.append({})
    return node[int(key)]


@pytest.fixture
def seat(browser: Browser, shipped: Started) -> Iterator[Seat]:
    """Return what seats a person before a form, and fails if a page complained of anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        # Whoever is asked whether to leave what was typed stays.
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        return page

    def seated(name: str, at: str, *, width: int, scripts: bool, scheme: str = "light") -> Person:
        options = {"viewport": {"width": width, "height": 700}, "color_scheme": scheme}
        page = opened(**options, java_script_enabled=scripts)
        # axe is itself a script: what a page without scripts shows is looked at where they run.
        glass = None if scripts else opened(**options)

        def look(shown: Page) -> None:
            assert shown.evaluate("document.documentElement.scrollWidth") == width
            if glass is not None:
                bare = re.sub(r"<script.*?</script>|<meta http-equiv[^>]*>", "", shown.content(), flags=re.DOTALL)
                glass.set_content(bare)
            assert violations(glass or shown) == []

        form = CATALOGUE.get_form(name)
        found = Person(page, form, scripts, look)
        found.open(shipped.address)
        found.go_to(f"{shipped.address}fill/{form.id}/{form.version}{at}")
        found.send()
        return found

    yield seated
    for context in contexts:
        context.close()
    assert complaints == []


def test_the_toolbox_is_filled_in_section_by_section_and_put_right_with_scripts(seat: Seat) -> None:
    me = seat("cse-toolbox", "?at=0", width=320, scripts=True)
    name, day = "/involved/child/name", "/involved/author/date-completed/day"
    for place, step in enumerate(steps_of(me.form.definition)):
        me.walk(leaving_out=(name, day))
        if step.keys == ("plan",):
            break
        me.back_to_button(f"next:{place + 1}")
        me.send()
        if step.keys == ("involved",):
            me.is_told()
            me.look(me.page)
            me.put_right("Date Completed", day, "28")
            me.go_to("cse-forms.button", f"next:{place + 1}")
            me.send()
    me.back_to_button("add:/plan/other")
    me.press("Enter")
    me.page.wait_for_selector('[name="/plan/other/3/objective"]:focus')
    me.write("/plan/other/3/objective", "More")
    me.back_to_button("remove:/plan/other/2")
    me.press("Enter")
    me.typed = {at: answer for at, answer in me.typed.items() if not re.match("/plan/other/[23]/", at)}
    me.typed["/plan/other/2/objective"] = "More"
    me.go_to("cse-forms.button", "continue")
    me.send()
    me.is_told()
    me.put_right("Name: ", name, "Ann \u00c9\U0001f600")
    me.typed[name] = "Ann \u00c9\U0001f600"
    me.send()
    level = me.form.definition.item_at("/summary/overall-level")
    assert isinstance(level, Question)
    assert level.option_titles[me.typed["/summary/overall-level"]] in me.judgement()
    me.is_right()


def test_the_checklist_is_filled_in_section_by_section_without_scripts_there_and_back(seat: Seat) -> None:
    me = seat("scotland-checklist", "?at=0", width=375, scripts=False)
    steps = steps_of(me.form.definition)
    for place, step in enumerate(steps):
        me.walk()
        if step.keys == ("forms",):
            me.back_to_button(f"go:{place - 1}")
            me.send()
            me.page.go_back()
            me.page.go_forward()
            me.page.reload()
            assert me.page.locator('[name="/practitioner/name"]').input_value() == me.typed["/practitioner/name"]
            me.back_to_button(f"next:{place}")
            me.send()
        me.back_to_button(f"next:{place + 1}" if place + 1 < len(steps) else "continue")
        me.send()
    me.is_right()


def test_the_guide_is_filled_in_on_one_page_in_the_dark_without_scripts(seat: Seat) -> None:
    me = seat("wales-strength-concern", "", width=320, scripts=False, scheme="dark")
    age, name = "/details/age", "/details/name"
    me.walk(leaving_out=(age, name))
    me.go_to(age)
    me.page.keyboard.type("1x")
    me.back_to_button("continue")
    me.send()
    me.is_told()
    me.look(me.page)
    me.put_right("Age", age, "14")
    me.put_right("Name", name, "Ann", key="Shift+Tab")
    me.send()
    me.typed |= {age: 14, name: "Ann"}
    me.is_right()


def test_the_induction_is_filled_in_on_one_page_with_scripts(seat: Seat) -> None:
    me = seat("wolverhampton-induction", "", width=375, scripts=True)
    me.walk()
    with me.page.expect_event("dialog"):
        me.page.evaluate("() => { setTimeout(() => location.reload()); }")
    me.is_right()
