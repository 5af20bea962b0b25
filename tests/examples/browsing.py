"""Somebody who opens an example's pages in a real browser, and looks whether everybody can use them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.renderers.test_html import violations

NARROW: ViewportSize = {"width": 320, "height": 700}
WIDE: ViewportSize = {"width": 1100, "height": 800}


@dataclass
class Visitor:
    """A page in a browser that nobody has used before, and what the browser complains of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def of(cls, browser: Browser, address: str, **more: Any) -> Iterator[Visitor]:
        context = browser.new_context(base_url=address, viewport=WIDE, **more)
        context.set_default_timeout(30_000)
        visitor = cls(context.new_page())
        visitor.page.on("console", visitor._hear)
        visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        visitor.page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        yield visitor
        context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that says what was refused has such a status, of which the browser tells.
        if "the server responded with a status of" not in message.text or message.location["url"] != self.page.url:
            self.complaints.append(message.text)

    def wait_for_script(self) -> None:
        """Wait until the page's script has begun."""
        self.page.get_by_text("sections complete").wait_for()

    def look(self, name: str, *schemes: Literal["light", "dark"]) -> None:
        """See whether the page is accessible on a narrow screen, in dark colours if none are named."""
        self.page.wait_for_load_state()
        self.page.set_viewport_size(NARROW)
        for scheme in schemes or ("dark",):
            self.page.emulate_media(color_scheme=scheme)
            assert violations(self.page) == [], f"{name}, {scheme}"
        assert self.page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
        self.page.set_viewport_size(WIDE)
