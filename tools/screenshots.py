"""Take the pictures of the documentation anew, of the real pages in Chromium: `make screenshots`.

They show the example of the documentation as it is while somebody changes it. Take them anew when a page looks
otherwise; no test compares them, since two machines do not draw letters alike.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
COMMAND = (sys.executable, "-m", "cse_forms")
WIDTH, HEIGHT = 1200, 760


@contextmanager
def preview(folder: Path) -> Iterator[str]:
    """Start the preview of a version, and yield its address."""
    with subprocess.Popen(
        [*COMMAND, "preview", str(folder), "--no-open"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        yield found.group()
        process.terminate()


def take(page: Page, name: str) -> None:
    """Write what a page shows, in few colours, since it is text."""
    page.screenshot(path=IMAGES / f"{name}.png", scale="css")


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(exist_ok=True)
    executable = shutil.which("chromium")
    with TemporaryDirectory() as temporary, sync_playwright() as playwright:
        forms = Path(temporary) / "my-definitions"
        shutil.copytree(ROOT / "docs" / "examples" / "definitions", forms)
        run = [*COMMAND, "--definitions", str(forms)]
        subprocess.run([*run, "publish", "intake@1.0.0"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*run, "new-version", "intake@1.0.0", "1.1.0"], check=True, stdout=subprocess.DEVNULL)
        form = forms / "intake" / "1.1.0" / "form.json"
        text = form.read_text(encoding="utf-8").replace('"minimum": 2', '"minimum": 3')
        form.write_text(
            text.replace("two or more signs were seen.", "three or more signs were seen."), encoding="utf-8"
        )
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        with preview(form.parent) as address:
            page.goto(address)
            page.get_by_role("link", name="What has changed").click()
            beside = page.frame_locator("iframe[name=beside]")
            beside.get_by_role("heading", name="Kind of change").first.wait_for()
            beside.get_by_role("heading", name="Kind of change").first.evaluate("heading => heading.scrollIntoView()")
            take(page, "preview-changes")
            form.write_text(form.read_text(encoding="utf-8").replace('"level": "high"', '"level": "hihg"', 1))
            page.get_by_role("link", name="What the check finds").click()
            beside.get_by_text("form.json, line").first.wait_for()
            page.get_by_text("Not fit for use: 1 problem", exact=True).wait_for()
            take(page, "preview-findings")
        browser.close()


if __name__ == "__main__":
    main()
