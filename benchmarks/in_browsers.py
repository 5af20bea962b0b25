"""What a page costs where it is filled in: the evaluation in JavaScript, and Chromium until the page can be used."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cse_forms
from benchmarks.measuring import medians
from benchmarks.responses import FORM, full_response
from benchmarks.table import Row, show
from cse_forms.forms import shipped_catalogue
from tests.conftest import CHROMIUM_FLAGS
from tests.javascript.node import BROWSER, ran
from tests.serving.running import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PYTHON = "Python, warm: validate and evaluate, with all reasons"
FIRST = "Node, cold: the modules, the definition and the first outcome"
PREPARED = "Node: the form made of its definition once more"
WARM = "Node, warm: evaluate, with all reasons"

USABLE = "Chromium, nothing cached: until the page can be filled in"
TARGET = 1.0
"""Seconds from the start of the navigation."""

READY = 'form[data-definition] > [role="status"]:not(:empty)'
"""What the script of a page shows once it listens to what is filled in."""

_WATCH = """
const look = () => {
  if (!document.querySelector(READY)) requestAnimationFrame(look);
  // A task of its own comes after all that the page has to do first.
  else setTimeout(() => { document.documentElement.dataset.usableAfter = performance.now(); });
};
requestAnimationFrame(look);
"""


def run() -> None:
    """Measure and print."""
    form = cse_forms.get_form(FORM)
    response = cse_forms.read_response(full_response())
    python = medians({PYTHON: lambda: form.evaluate(response).to_dict()}, rounds=15)
    show(f"Where {FORM} is filled in; {PYTHON} is 1", rows(python | in_node(5, 400) | {USABLE: in_chromium(7)}))


def rows(seconds: dict[str, float]) -> Iterator[Row]:
    """Yield the lines of the table."""
    for name, taken in seconds.items():
        ratio = taken / seconds[PYTHON]
        if name == USABLE:
            yield Row(name=name, seconds=taken, ratio=ratio, target=f"under {TARGET:.0f} s", met=taken < TARGET)
        else:
            yield Row(name=name, seconds=taken, ratio=ratio)


def in_node(processes: int, rounds: int) -> dict[str, float]:
    """Return the medians over several fresh processes of what the evaluator takes, by name.

    Args:
        processes: how many are started.
        rounds: how often each of them evaluates once it is warm.
    """
    found = [_in_one_process(rounds) for _ in range(processes)]
    told = {"first": FIRST, "prepared": PREPARED, "warm": WARM}
    return {name: statistics.median(one[said] for one in found) for said, name in told.items()}


def _in_one_process(rounds: int) -> dict[str, float]:
    definition = shipped_catalogue().directory / FORM / "1.0.0" / "form.json"
    with tempfile.TemporaryDirectory() as folder:
        response = Path(folder) / "response.json"
        response.write_bytes(full_response())
        program = Path(__file__).with_name("evaluate.mjs")
        done = ran(program, BROWSER / "evaluator.js", definition, response, str(rounds))
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    answers = cse_forms.read_response(full_response()).answers
    assert tuple(told["possible"]) == cse_forms.get_form(FORM).evaluate(answers).assessments["risk"].possible
    return dict(told["seconds"])


def in_chromium(rounds: int) -> float:
    """Return the median of the seconds from the start of a navigation until the page can be filled in.

    The page is that of `cse-forms serve` with the whole form on it. Each round has a browser profile of its own.
    """
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium")
    assert executable, "Chromium is not installed"
    with serving(definitions=shipped_catalogue().directory) as started, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        address = f"{started.address}fill/{FORM}/1.0.0"
        # The server has the form at hand once it was asked for.
        seconds = [usable_after(chromium, address) for _ in range(rounds + 1)][1:]
        chromium.close()
    return statistics.median(seconds)


def usable_after(chromium: Browser, address: str) -> float:
    """Return the seconds from the start of a navigation until its page can be filled in, with nothing cached."""
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(f"const READY = {json.dumps(READY)};\n{_WATCH}")
    page.goto(address)
    # The page's own policy lets nobody evaluate a text in it, so that it is asked for what the script has left there.
    ready = page.locator("html[data-usable-after]")
    ready.wait_for(state="attached")
    milliseconds = ready.get_attribute("data-usable-after")
    assert milliseconds is not None
    # It does take what is written.
    page.locator('form[data-definition] input[type="text"]').first.fill("Ann")
    context.close()
    return float(milliseconds) / 1e3


if __name__ == "__main__":
    run()
