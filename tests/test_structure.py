"""The house: imports go down the table only, no form's wording stands in Python, and nothing heavy loads early."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import cse_forms
from cse_forms.forms import shipped_catalogue
from tests.commands import HANG_GUARD

SOURCE = Path(cse_forms.__file__).parent

TABLE = (
    ("errors",),
    ("once", "passages", "plurals", "pointers", "reading", "writing"),
    ("schema",),
    ("answers",),
    ("thresholds",),
    ("document",),
    ("renderers",),
    ("forms", "scenarios", "coverage"),
    ("reading_back",),
    ("comparing",),
    ("migrating", "translating", "variants", "workbook"),
    ("checking",),
    ("publishing",),
    ("previewing",),
    ("web",),
    ("serving",),
    ("cli", "__init__", "__main__"),
)
"""The rooms of the package, from the bottom. Each knows its own and those above it in this list."""

FLOORS = {room: floor for floor, rooms in enumerate(TABLE) for room in rooms}

SEEN_BY_RENDERERS = {"cse_forms.document.flow", "cse_forms.document.tree", "cse_forms.errors"}

FILES = {path: path.relative_to(SOURCE).with_suffix("").parts for path in sorted(SOURCE.rglob("*.py"))}
"""Every module's file, with the names that lead to it."""

LETTERS = 12
"""How many letters a wording has at least that can be told from the words of any program."""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every module that a module imports, in functions and for types only too, each with its line."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            for name in node.names:
                member = f"{node.module}.{name.name}"
                yield node.lineno, member if is_module(member) else str(node.module)


def is_module(name: str) -> bool:
    place = SOURCE.parent.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def own_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a module imports of this package."""
    return ((line, name) for line, name in imports(path) if name.split(".")[0] == "cse_forms")


def test_every_room_of_the_package_stands_in_the_table() -> None:
    assert {names[0] for names in FILES.values()} == set(FLOORS)


def test_imports_go_down_the_table_only() -> None:
    wrong = []
    for path, names in FILES.items():
        for line, name in own_imports(path):
            room = (*name.split("."), "__init__")[1]
            if room != names[0] and FLOORS[room] > FLOORS[names[0]]:
                wrong.append(f"{path}:{line}: {names[0]} imports {name}")
    assert wrong == []


def test_rooms_on_one_floor_do_not_import_each_other_in_a_circle() -> None:
    pairs = {
        (names[0], name.split(".")[1])
        for path, names in FILES.items()
        for _, name in own_imports(path)
        if name != "cse_forms" and name.split(".")[1] != names[0]
    }
    assert [(one, other) for one, other in pairs if (other, one) in pairs] == []


def test_renderers_know_the_document_tree_the_errors_and_themselves_alone() -> None:
    wrong = []
    for path, names in FILES.items():
        if names[0] == "renderers":
            own = ".".join(("cse_forms", *names[:2])).removesuffix(".__init__")
            wrong += [
                f"{path}:{line}: imports {name}"
                for line, name in own_imports(path)
                if name not in SEEN_BY_RENDERERS and not f"{name}.".startswith(f"{own}.")
            ]
    assert wrong == []


def test_only_shells_the_library_s_face_and_what_reads_documents_back_know_renderers() -> None:
    knowing = {names[0] for path, names in FILES.items() for _, name in own_imports(path) if "renderers" in name}
    assert knowing <= {"renderers", "forms", "reading_back", "previewing", "web", "serving", "cli"}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every text in a module that is not a comment or a docstring, each with its line."""
    tree = tree_of(path)
    documentation = {
        id(statement.value)
        for statement in ast.walk(tree)
        if isinstance(statement, ast.Expr) and _is_text(statement.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def wordings() -> set[str]:
    """Return the titles of all questions, sections, options and levels of the shipped forms that are long enough."""
    found: set[str] = set()
    for form, versions in shipped_catalogue().versions().items():
        for version in versions:
            definition = shipped_catalogue().get_form(form, version).definition
            found |= {item.title for item in definition.walk()}
            found |= {option.title for question in definition.questions.values() for option in question.options}
            found |= {level.title for assessment in definition.words.assessments for level in assessment.levels}
    return {wording for wording in found if sum(map(str.isalpha, wording)) >= LETTERS}


def test_no_wording_of_a_form_stands_in_python() -> None:
    forms = wordings()
    assert len(forms) > 200
    assert [
        f"{path}:{line}: {wording}"
        for path in FILES
        for line, text in strings(path)
        for wording in forms
        if wording.casefold() in text.casefold()
    ] == []


def loaded_by(program: str) -> set[str]:
    """Return the names of the top modules that are loaded in a fresh process after a program ran in it."""
    told = "import sys, json; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{told}"], capture_output=True, text=True, check=True, timeout=HANG_GUARD
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


HEAVY = {"pydantic", "pydantic_core", "jsonschema", "jsonschema_rs", "jinja2", "docx", "lxml", "click", "jiter"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_by("import cse_forms") & HEAVY
    assert not loaded_by("import cse_forms; dir(cse_forms); cse_forms.CseFormsError") & HEAVY


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--help"], {"click"}),
        (["render", "--help"], {"click"}),
        (["list"], {"click", "jiter"}),
    ],
    ids=["--help", "render --help", "list"],
)
def test_a_command_loads_what_it_needs_and_nothing_else(arguments: list[str], needed: set[str]) -> None:
    program = f"from cse_forms.cli import main; main({arguments}, standalone_mode=False)"
    assert loaded_by(program) & HEAVY == needed


@pytest.mark.parametrize(
    ("name", "unneeded"), [("html", {"docx", "lxml"}), ("docx", set()), ("json", {"jinja2", "docx", "lxml"})]
)
def test_a_form_is_rendered_without_what_other_formats_need(name: str, unneeded: set[str]) -> None:
    loaded = loaded_by(f"import cse_forms; cse_forms.get_form('cse-toolbox').render('{name}')")
    assert not loaded & (unneeded | {"jsonschema", "click"})
