"""The examples of embedding, started in a process of their own as their pages say, and filled in by a stranger."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import lxml.html

from tests.commands import HANG_GUARD
from tests.pages import ROOT
from tests.reader import EXAMPLES, INTAKE

Pairs = list[tuple[str, str]]


@dataclass
class Running:
    """An example that runs."""

    address: str
    log: Path

    @property
    def said(self) -> str:
        """All that it has written to its log."""
        return self.log.read_text(encoding="utf-8")


def environment_of(**own: str) -> dict[str, str]:
    """Return the variables of an example's process: those of the machine, and not one of another database's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "SQLITE", "FORMS"))}
    return {**kept, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", **own}


def command_of(*words: str) -> list[str]:
    """Return a command of this very interpreter's installation."""
    program = shutil.which(words[0], path=str(Path(sys.executable).parent))
    assert program is not None, f"{words[0]} is not installed"
    return [program, *words[1:]]


def ran(example: str, *words: str, environment: Mapping[str, str]) -> str:
    """Run a command in an example's folder, and return what it printed."""
    done = subprocess.run(
        command_of(*words),
        cwd=EXAMPLES / example,
        env=environment_of(**environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=HANG_GUARD,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(example: str, *words: str, folder: Path, port: int, environment: Mapping[str, str]) -> Iterator[Running]:
    """Start a server in an example's folder, and stop it in the end."""
    log = folder / f"{example}-{port}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            command_of(*words),
            cwd=EXAMPLES / example,
            env=environment_of(**environment),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    running = Running(f"http://127.0.0.1:{port}", log)
    try:
        wait_for(port, process, log)
        yield running
    finally:
        process.terminate()
        process.wait(HANG_GUARD)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server listens."""
    until = time.monotonic() + HANG_GUARD
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))


@dataclass
class Sheet:
    """A page with a form, as a browser has it before somebody writes in it."""

    page: httpx.Response
    fields: Pairs = field(default_factory=list)

    @classmethod
    def of(cls, page: httpx.Response) -> Sheet:
        """Return the form of answers that a page shows."""
        assert page.headers["content-type"].startswith("text/html")
        shown: Any = lxml.html.document_fromstring(page.text)
        (form,) = shown.xpath("//form[.//input[@name='cse-forms.form']]")
        return cls(page, list(_sent(form)))

    def filled(self, button: str = "continue", **answers: str | None) -> Pairs:
        """Return what a browser sends once some fields are filled in. Underlines stand for strokes in their names."""
        given = {"/" + name.replace("__", "-").replace("_", "/"): value for name, value in answers.items()}
        kept = [(name, value) for name, value in self.fields if name not in given]
        written = [(name, value) for name, value in given.items() if value is not None]
        return [*kept, *written, ("cse-forms.button", button)]

    @property
    def problems(self) -> list[str]:
        """What the error summary says."""
        page: Any = lxml.html.document_fromstring(self.page.text)
        return [" ".join(item.text_content().split()) for item in page.xpath("//*[@class='govuk-error-summary']//li")]

    def value_of(self, name: str) -> str:
        """Return what stands in a field."""
        (value,) = [value for key, value in self.fields if key == name]
        return value


def _sent(form: Any) -> Iterator[tuple[str, str]]:
    """Yield what a browser sends of a form in which nobody has written anything."""
    for control in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        if control.tag == "input" and control.get("type") in ("checkbox", "radio"):
            if control.get("checked") is not None:
                yield control.get("name"), control.get("value")
        else:
            yield control.get("name"), control.value or ""


def encoded(pairs: Pairs) -> dict[str, list[str]]:
    """Return pairs as httpx sends them."""
    sent: dict[str, list[str]] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent


def day_of(pointer: str, day: int, month: int, year: int) -> dict[str, str]:
    """Return the three fields of a date."""
    return {f"{pointer}_day": str(day), f"{pointer}_month": str(month), f"{pointer}_year": str(year)}


WHOLE = {
    "about_name": "Ash Example",
    **day_of("about_date", 31, 3, 2026),
    "signs_late_seen": "yes",
    "signs_late_what": "A teacher, in March.",
    "signs_gifts_seen": "no",
    "signs_friends_seen": "no",
    "next_getting__worse": "no",
}
"""Answers to the example form that leave nothing to ask."""

SCRIPT = '<script>alert("Ash")</script>'


def with_form(folder: Path) -> Path:
    """Put the example of a definition into a folder of forms."""
    shutil.copytree(INTAKE, folder / "intake" / "1.0.0")
    return folder


def add_version(folder: Path) -> None:
    """Put a version 2.0.0 beside it: one sign is as much as two, and a name is short."""
    form: Any = json.loads((INTAKE / "form.json").read_bytes())
    form["$id"] = form["$id"].replace("1.0.0", "2.0.0")
    form["x-form"]["version"] = "2.0.0"
    form["x-form"]["assessments"][0]["rules"][0]["level"] = "high"
    form["properties"]["about"]["properties"]["name"]["maxLength"] = 6
    path = folder / "intake" / "2.0.0" / "form.json"
    path.parent.mkdir()
    path.write_text(json.dumps(form, ensure_ascii=False, indent=2), encoding="utf-8")


def read_page(example: str) -> str:
    """Return what an example's own page says."""
    return (ROOT / "docs" / "examples" / example / "README.md").read_text(encoding="utf-8")
