"""TypeScript: the types that follow from the definitions and schemas, and those that the evaluator says of itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from tests.javascript.node import BROWSER, HERE, packages, ran
from tests.pages import ROOT
from tests.schema.documents import FOLDER

FORMS = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]
EXAMPLE = json.loads((ROOT / "docs" / "examples" / "cse-toolbox-response.json").read_bytes())
SOURCES = sorted(BROWSER.glob("*.js"))


def compiler_errors(*arguments: str | Path) -> str:
    """Return what the compiler has against some files; nothing, where it takes them."""
    done = ran(packages() / "node_modules" / "typescript" / "bin" / "tsc", "--pretty", "false", *arguments)
    assert (done.returncode == 0) == (done.stdout == ""), done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def types(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the types of the shipped forms and of what the library reads and prints."""
    folder = tmp_path_factory.mktemp("types")
    for form in FORMS:
        (folder / f"{form.id}.json").write_text(json.dumps(dict(form.schema)), encoding="utf-8")
    schemas = [FOLDER / f"{name}.schema.json" for name in ("response", "outcome", "report")]
    done = ran(HERE / "types.mjs", packages(), folder, *sorted(folder.glob("*.json")), *schemas)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_types_of_all_forms_and_of_what_is_read_and_printed_compile(types: Path) -> None:
    made = sorted(types.glob("*.ts"))
    assert len(made) == len(FORMS) + 3
    assert compiler_errors("--strict", "--noEmit", *made) == ""


def errors_of(types: Path, tmp_path: Path, module: str, name: str, value: Any) -> str:
    """Return what the compiler has against a value of a type."""
    program = tmp_path / "program.ts"
    imported = (types / module).as_posix()
    program.write_text(
        f'import type {{ {name} }} from "{imported}.ts";\nexport const value: {name} = {json.dumps(value)};\n',
        encoding="utf-8",
    )
    return compiler_errors("--strict", "--noEmit", "--allowImportingTsExtensions", program)


def test_the_example_is_of_the_type_of_its_form_and_with_a_slip_it_is_not(types: Path, tmp_path: Path) -> None:
    form = cse_forms.get_form(EXAMPLE["form"])
    found = re.search(r"^export (?:type|interface) (\w+)", (types / f"{form.id}.ts").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    assert errors_of(types, tmp_path, form.id, found[1], EXAMPLE["answers"]) == ""
    slip = EXAMPLE["answers"] | {"nobody-asked": "for this"}
    assert "nobody-asked" in errors_of(types, tmp_path, form.id, found[1], slip)


def test_what_the_library_prints_is_of_the_types_of_its_schemas(types: Path, tmp_path: Path) -> None:
    form = cse_forms.get_form(EXAMPLE["form"])
    outcome, report = form.evaluate(EXAMPLE["answers"]).to_dict(), form.validate({}).to_dict()
    assert errors_of(types, tmp_path, "outcome", "OutcomeOfAResponse", outcome) == ""
    assert errors_of(types, tmp_path, "report", "ReportOnAResponse", report) == ""
    assert "TS2322" in errors_of(
        types, tmp_path, "outcome", "OutcomeOfAResponse", outcome | {"assessments": [{"lowest": 1}]}
    )


# --- the evaluator ---------------------------------------------------------------------------------------------------


def test_the_evaluator_is_what_its_types_say() -> None:
    assert compiler_errors("--project", HERE / "tsconfig.json") == ""


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_a_module_of_the_evaluator_makes_no_code_of_anything_and_imports_its_neighbours_alone(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    code = re.sub(r"^\s*//.*$", "", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL), flags=re.MULTILINE)
    assert not re.search(r"\b(eval|Function|import|setTimeout)\s*\(|innerHTML|globalThis|XMLHttpRequest", code)
    # A page asks its host for the definition, and for nothing else.
    assert len(re.findall(r"\bfetch\s*\(", code)) == (source.name == "page.js")
    imported = re.findall(r'from "([^"]+)"', code)
    assert set(imported) <= {f"./{other.name}" for other in SOURCES}
    assert text.startswith("/**\n")
    assert max(map(len, text.splitlines())) <= 120
