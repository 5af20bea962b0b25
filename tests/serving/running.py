"""The command `serve` as it runs, and pages sent back to it as a browser sends them."""

from __future__ import annotations

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx

import cse_forms
from tests.commands import HANG_GUARD, MODULE
from tests.entries import entries

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "definitions"
FORM = cse_forms.Catalogue.from_directory(EXAMPLES).get_form("intake")
PAGE = "fill/intake/1.0.0"
SECRET = "Zebedee Quillfeather"
SENT = {"Content-Type": "application/x-www-form-urlencoded"}

EXPECTED = {
    "about": {"name": SECRET, "date": "2026-03-31"},
    "signs": {"late": {"seen": "yes", "what": "Out at night."}, "gifts": {"seen": "not-known"}},
    "told": [{"who": "Bea"}],
    "next": {"level": "medium"},
}


@dataclass(frozen=True)
class Started:
    """The command, running."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def serving(*arguments: str, definitions: Path = EXAMPLES) -> Iterator[Started]:
    command = [*MODULE, "--definitions", str(definitions), "serve", "--no-open", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        address = re.search(r"http://[\d.]+:\d+/", line)
        assert address, line + process.stderr.read()
        # It listens before it runs, and a shell may have told it to take no notice of a signal until then.
        assert httpx.get(f"{address.group()}health", trust_env=False, timeout=HANG_GUARD).status_code == 200
        try:
            yield Started(address.group(), process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                said = process.communicate(timeout=HANG_GUARD)
            finally:
                process.kill()
        assert process.returncode == 0
        assert SECRET not in "".join(said)


def send(client: httpx.Client, page: str, button: str, changes: dict[str, str] | None = None) -> httpx.Response:
    """Send a page back as a browser would."""
    changed = {**(changes or {}), "cse-forms.button": button}
    pairs = [pair for pair in entries(page) if pair[0] not in changed] + list(changed.items())
    return client.post(PAGE, content=urlencode(pairs), headers=SENT)
