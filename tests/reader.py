"""Somebody who follows a page of the documentation: runs its commands, saves its files, checks what it shows."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from cse_forms import Catalogue, get_form, read_response
from cse_forms.forms import Form
from cse_forms.scenarios import run_scenario
from cse_forms.schema import conditions, document, scenarios, vocabulary
from cse_forms.schema.loading import load_definition
from cse_forms.schema.migration import load_migration
from cse_forms.schema.scenarios import Scenario, load_scenarios
from cse_forms.schema.words import Word
from tests.asynchronous import apart
from tests.forms import definition, form
from tests.pages import ROOT, Block, pattern_of

EXAMPLES = ROOT / "docs" / "examples"
INTAKE = EXAMPLES / "definitions" / "intake" / "1.0.0"

_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
"""A command after its dollar sign, and the lines that it prints."""


class Reader:
    """Does in a folder of its own what a page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "docs"}
        self.sheet: Form | None = None
        self.printed = ""

    def follow(self, block: Block) -> None:
        kinds: dict[str, Callable[[Block], None]] = {
            "python": self.python,
            "text": self.text,
            "console": self.console,
            "json": self.json,
            "diff": self.diff,
            "toml": self.toml,
            "sh": self.set_up,
            "javascript": self.excerpt,
        }
        assert block.kind in kinds, f"a block of the kind '{block.kind}' is not looked at by this test"
        kinds[block.kind](block)

    def python(self, block: Block) -> None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            # A page may run an event loop of its own.
            apart(lambda: exec(compile(block.text, "the page", "exec"), self.names))
        self.printed += printed.getvalue()

    def text(self, block: Block) -> None:
        """What the Python before it prints."""
        as_shown = pattern_of(block.text).fullmatch(self.printed) is not None
        assert as_shown, f"this was printed:\n{self.printed}"
        self.printed = ""

    def console(self, block: Block) -> None:
        """Commands with what they print; the last one ends with the status that the block says, 0 if none."""
        commands = _COMMAND.findall(block.text)
        assert commands, "a block of commands has lines that begin with a dollar sign"
        last = int(block.about.removeprefix("exit ") or 0)
        for index, (command, shown) in enumerate(commands):
            done = run(command, self.folder)
            as_shown = pattern_of(shown).fullmatch(done.stdout) is not None
            assert as_shown, f"{command} printed:\n{done.stdout}"
            assert done.returncode == (last if index == len(commands) - 1 else 0), command

    def json(self, block: Block) -> None:
        """A file to be saved, a part of the example, a word of the format, a whole document, or a sheet with cases."""
        value = json.loads(block.text)
        if block.about == "part":
            assert any(is_part(value, node) for node in nodes(example())), "this is no part of the example"
        elif block.about == "sheet":
            self.sheet = sheet(value)
        elif block.about == "cases":
            self.cases(value)
        elif block.about and "." not in block.about:
            MODELS[block.about].validate_python(value)
        else:
            if block.about:
                path = self.folder / block.about
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text, encoding="utf-8")
            accept(value, block.text.encode())

    def cases(self, value: list[Any]) -> None:
        """What comes out of answers to the sheet before them."""
        assert self.sheet is not None, "cases stand after a sheet"
        assert value, "there is no case"
        for case in value:
            found = list(run_scenario(self.sheet, Scenario.model_validate(case)))
            assert not found, "; ".join(map(str, found))

    def diff(self, block: Block) -> None:
        """Lines of a file that are replaced."""
        path = self.folder / block.about
        old, new = ("\n".join(line[1:] for line in block.text.splitlines() if line[0] == sign) for sign in "-+")
        written = path.read_text(encoding="utf-8")
        assert written.count(old) == 1, f"{block.about} holds this {written.count(old)} times: {old}"
        path.write_text(written.replace(old, new), encoding="utf-8")

    def toml(self, block: Block) -> None:
        assert tomllib.loads(block.text)

    def excerpt(self, block: Block) -> None:
        """A part of one of the examples, which have tests of their own."""
        assert block.text in (EXAMPLES / block.about).read_text(encoding="utf-8"), f"{block.about} has no such part"

    def set_up(self, block: Block) -> None:
        """Commands that set something up are not run here."""
        for line in block.text.splitlines():
            assert line.startswith(("make ", "pip install ", "git clone ")), line


def sheet(written: dict[str, Any]) -> Form:
    """Return the form that a part of a definition describes, with invented titles, provenance and reasons."""
    assert set(written) <= {"properties", "required", "$defs", "x-form"}
    document = definition(
        written["properties"], required=written.get("required", ()), defs=written.get("$defs"), **written["x-form"]
    )
    return form(document)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of a page, with the command of this very interpreter's installation first on the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def accept(value: Any, data: bytes) -> None:
    """Take a whole document of any of the three kinds; raise where it is refused."""
    if "$schema" in value:
        load_definition(data, "the block")
    elif "scenarios" in value:
        load_scenarios(data, "the block")
    elif "steps" in value:
        load_migration(data, "the block")
    else:
        response = read_response(data)
        catalogue = Catalogue.from_directory(EXAMPLES / "definitions")
        known = response.form in catalogue.versions()
        answered = catalogue.get_form(response.form) if known else get_form(response.form)
        report = answered.validate(response.answers, draft=response.is_draft)
        assert report.valid, report.findings


def example() -> list[Any]:
    return [json.loads((INTAKE / name).read_text(encoding="utf-8")) for name in ("form.json", "scenarios.json")]


def nodes(value: Any) -> Iterator[Any]:
    yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(member)


def is_part(part: Any, whole: Any) -> bool:
    """Whether a value is another with members left out."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(key in whole and is_part(member, whole[key]) for key, member in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        members = iter(whole)
        return all(any(is_part(member, other) for other in members) for member in part)
    return bool(part == whole)


def models() -> set[type[Word]]:
    """Return the models of the format."""
    found = {
        model
        for module in (conditions, document, scenarios, vocabulary)
        for name, model in vars(module).items()
        if isinstance(model, type) and issubclass(model, Word) and not name.startswith("_")
    }
    return found - {Word}


MODELS: dict[str, TypeAdapter[Any]] = {
    **{model.__name__: TypeAdapter(model) for model in models()},
    "Condition": TypeAdapter(conditions.Condition),
    "Measure": TypeAdapter(conditions.Measure),
}
"""What a block of JSON may say that it is."""
