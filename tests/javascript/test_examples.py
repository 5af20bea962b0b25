"""The examples in JavaScript that the documentation shows, run as it says."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import cse_forms
from tests.javascript.node import BROWSER, packages, ran
from tests.reader import EXAMPLES, INTAKE

HERE = EXAMPLES / "javascript"


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        pass


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Yield the page of the example, which must complain of nothing."""
    for name in ("index.html", "live.js"):
        shutil.copy(HERE / name, tmp_path)
    shutil.copy(INTAKE / "form.json", tmp_path)
    shutil.copytree(BROWSER, tmp_path / "evaluator")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        yield page
        context.close()
        server.shutdown()
        assert [complaint for complaint in complaints if "favicon" not in complaint] == []


def test_a_page_shows_what_is_asked_and_what_is_suggested_as_answers_are_given(page: Page) -> None:
    level = page.locator("output")
    late, gifts = page.get_by_label("Stays out late"), page.get_by_label("Has new things")
    what = page.locator("[data-item='/signs/late/what']")
    expect(level).to_have_text("nothing is recorded yet")
    expect(what).to_be_visible()
    late.select_option("yes")
    expect(level).to_have_text("medium, on what is recorded; not ruled out: high")
    expect(what).to_be_visible()
    late.select_option("no")
    expect(level).to_have_text("low, on what is recorded; not ruled out: medium, high")
    expect(what).to_be_hidden()
    late.select_option("yes")
    gifts.select_option("yes")
    expect(level).to_have_text("high, on what is recorded")


def test_the_program_that_validates_says_what_is_valid_and_what_is_wrong(tmp_path: Path) -> None:
    shutil.copy(HERE / "validate.mjs", tmp_path)
    (tmp_path / "node_modules").symlink_to(packages() / "node_modules")
    form = cse_forms.get_form("cse-toolbox")
    (tmp_path / "form.json").write_text(json.dumps(dict(form.schema)), encoding="utf-8")
    (tmp_path / "empty.json").write_text('{"answers": {}}', encoding="utf-8")
    program, definition = tmp_path / "validate.mjs", tmp_path / "form.json"
    assert ran(program, definition, EXAMPLES / "cse-toolbox-response.json").stdout == "valid\n"
    assert "must have required property 'involved'" in ran(program, definition, tmp_path / "empty.json").stdout
