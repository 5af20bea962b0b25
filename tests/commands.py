"""The real command, run in a process of its own as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HANG_GUARD = 120
"""Seconds after which a command hangs for certain. No test measures how long a command takes."""

MODULE = (sys.executable, "-m", "cse_forms")
SCRIPT = (str(Path(sys.executable).with_name("cse-forms")),)

MEMORY = 500_000_000
"""Bytes within which every command must do with bad input; with good input it takes a fifth of them."""

_LIMIT = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))"
_START = "import runpy; runpy.run_module('cse_forms', run_name='__main__', alter_sys=True)"
LIMITED = (sys.executable, "-c", f"{_LIMIT}; {_START}")
"""The command with no more memory than that."""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Return what it printed, which must be JSON to the letter: NaN and Infinity are none."""
        return json.loads(self.out, parse_constant=_refuse)


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    program: tuple[str, ...] = MODULE,
) -> Ran:
    """Run the command and return what it did.

    Args:
        arguments: those after `cse-forms`.
        stdin: what stands on its standard input.
        folder: the one that it runs in.
        environment: variables besides the test run's own.
        program: how it is started.
    """
    own = {name: value for name, value in os.environ.items() if name != "CSE_FORMS_DEFINITIONS"}
    done = subprocess.run(
        [*program, *arguments],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env={**own, "LC_ALL": "C.UTF-8", **(environment or {})},
        timeout=HANG_GUARD,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in ran.err, ran.err
    return ran


def _refuse(constant: str) -> Any:
    raise AssertionError(f"{constant} is no JSON")
