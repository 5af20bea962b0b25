"""What the tests share: one browser for the whole run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""The sandbox needs rights that a container seldom has; the rest keeps the browser off the network."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a real browser. Without one the tests fail: pages that no browser has shown are not tested."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("No 'chromium' on the path; install it, on Debian: apt-get install chromium", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()
