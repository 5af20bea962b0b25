"""A preview shows a definition as it is saved, in a real browser, by the command that people start."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands import HANG_GUARD, MODULE, run

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INTAKE = Path(__file__).parents[2] / "docs" / "examples" / "definitions" / "intake"
SHOWN = 60_000
"""Milliseconds after which a page is not shown for certain."""


@dataclass(frozen=True)
class Started:
    """A preview that runs."""

    address: str
    file: Path
    process: subprocess.Popen[str]

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    shutil.copytree(INTAKE, tmp_path / "intake")
    file = tmp_path / "intake" / "1.0.0" / "form.json"
    with subprocess.Popen(
        [*MODULE, "preview", str(file.parent), "--no-open"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert address, line
        yield Started(address.group(), file, process)
        process.send_signal(signal.SIGINT)
        try:
            _, errors = process.communicate(timeout=HANG_GUARD)
        finally:
            process.kill()
        assert process.returncode == 0
        assert errors == ""


@pytest.fixture
def page(browser: Browser, started: Started) -> Iterator[Page]:
    context = browser.new_context(bypass_csp=False)
    page = context.new_page()
    page.set_default_timeout(SHOWN)
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(started.address)
    yield page
    context.close()
    assert refused == []


def heading(page: Page, frame: str) -> str:
    return page.frame_locator(f"iframe[name={frame}]").locator("h1").inner_text()


def test_the_form_and_what_the_check_finds_stand_side_by_side(page: Page) -> None:
    assert page.get_by_role("status").inner_text() == "Fit for use"
    assert heading(page, "form") == "First conversation"
    assert heading(page, "beside") == "What the check finds"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("The policy in words", "How it decides: First conversation"),
        ("Scenarios", "Two signs are High, and the safeguarding lead is told."),
        ("What has changed", "No older version of this form is published."),
    ],
)
def test_the_other_pages_are_a_click_away(page: Page, link: str, shown: str) -> None:
    page.get_by_role("link", name=link).click()
    page.frame_locator("iframe[name=beside]").get_by_text(shown).first.wait_for()
    assert page.locator("a[aria-current]").inner_text() == link


def test_it_shows_what_was_saved_on_the_page_that_is_looked_at(page: Page, started: Started) -> None:
    page.get_by_role("link", name="Scenarios").click()
    page.frame_locator("iframe[name=beside]").get_by_role("heading", name="Scenarios").wait_for()
    started.edit('"First conversation"', '"Another conversation"')
    page.frame_locator("iframe[name=form]").get_by_role("heading", name="Another conversation").wait_for()
    assert heading(page, "beside") == "Scenarios"


def test_a_fault_is_told_with_its_line_and_the_form_stays_as_it_was(page: Page, started: Started) -> None:
    heading(page, "form")
    started.edit('"First conversation",', '"First conversation" oops')
    page.get_by_text("Not fit for use: 1 problem").wait_for()
    page.frame_locator("iframe[name=beside]").get_by_text("form.json, line 4").first.wait_for()
    assert heading(page, "form") == "First conversation"
    started.edit('"First conversation" oops', '"First conversation",')
    page.get_by_text("Fit for use", exact=True).wait_for()


def test_a_scenario_that_fails_is_shown_first(page: Page, started: Started) -> None:
    page.get_by_role("link", name="Scenarios").click()
    started.edit('"minimum": 2', '"minimum": 3')
    page.get_by_text("Not fit for use").wait_for()
    beside = page.frame_locator("iframe[name=beside]")
    beside.get_by_text("Not as expected").first.wait_for()
    assert beside.get_by_text("is medium, not high").count() > 0
    assert beside.locator("text=/^(Not as expected|As expected)/").first.inner_text().startswith("Not as expected")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, started: Started, scheme: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.goto(started.address)
    page.frame_locator("iframe[name=beside]").locator("h1").wait_for()
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {iframes: false})")
    context.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_nothing_is_lost_on_a_narrow_screen(browser: Browser, started: Started) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(started.address)
    page.frame_locator("iframe[name=form]").locator("h1").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


# --- who may ask ---------------------------------------------------------------------------------------------


def answer(address: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=HANG_GUARD) as answered:
            return answered.status, answered.headers.get("Content-Security-Policy", "")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def test_only_its_own_names_and_pages_are_answered(started: Started) -> None:
    status, policy = answer(started.address)
    assert (status, "script-src 'self'" in policy, "unsafe" in policy) == (200, True, False)
    assert answer(started.address, Host="evil.example")[0] == 400
    for path in ("pages/nothing", "app.py", "..%2fapp.py", "pages/..%2f..%2fform"):
        assert answer(started.address + path)[0] == 404


# --- the command ---------------------------------------------------------------------------------------------


def test_a_folder_of_several_versions_is_told_apart_from_one(tmp_path: Path) -> None:
    shutil.copytree(INTAKE, tmp_path / "intake")
    ran = run("preview", tmp_path, "--no-open")
    assert (ran.status, ran.out) == (2, "")
    assert f"There is no form.json at {tmp_path}; did you mean {tmp_path / 'intake' / '1.0.0'}?" in ran.err


def test_without_its_extra_it_says_what_to_install(tmp_path: Path) -> None:
    program = "import sys, runpy; sys.modules['uvicorn'] = None; runpy.run_module('cse_forms', run_name='__main__')"
    ran = run("preview", INTAKE / "1.0.0", "--no-open", program=(sys.executable, "-c", program))
    assert (ran.status, ran.out) == (2, "")
    assert "pip install 'cse_forms[web]'" in ran.err
