"""The shipped definitions are found however the library was installed, and the wheel carries all that it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORMS = ["cse-toolbox", "scotland-checklist", "wales-strength-concern", "wolverhampton-induction"]
WHERE = "from cse_forms.schema.catalogue import shipped_directory; print(shipped_directory())"


def python(*arguments: str | Path, path: Path | None = None, folder: Path) -> str:
    """Run Python elsewhere than in the checkout, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def installed(wheel: Path, folder: Path) -> Path:
    target = folder / "site"
    pip = ("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--target", target, wheel)
    python(*pip, folder=folder)
    return target


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_an_editable_install_finds_the_definitions_at_the_top_of_its_checkout(tmp_path: Path) -> None:
    assert python("-c", WHERE, folder=tmp_path).strip() == str(ROOT / "definitions")


def test_a_library_that_was_never_installed_says_what_to_do(tmp_path: Path) -> None:
    program = WHERE.replace("print(shipped_directory())", "shipped_directory()")
    program = (
        f"from cse_forms.errors import CseFormsError\ntry:\n {program}\nexcept CseFormsError as error:\n print(error)"
    )
    # -S leaves out what is installed: the sources alone are there.
    printed = python("-S", "-c", program, path=ROOT / "src", folder=tmp_path)
    assert printed.startswith("The shipped definitions were not found; install the package ('pip install cse_forms'")


def test_the_wheel_carries_every_definition_as_it_stands_in_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist() if "/definitions/" in name}
    shipped = {
        f"cse_forms/{path.relative_to(ROOT)}": path.read_bytes()
        for path in (ROOT / "definitions").rglob("*")
        if path.is_file()
    }
    assert carried == shipped
    assert {name.split("/")[2] for name in carried} == set(FORMS)


def test_the_wheel_carries_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if "/definitions/" not in name and ".dist-info/" not in name}
    sources = {
        str(path.relative_to(ROOT / "src"))
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == sources
    assert {f"cse_forms/schema/{name}.schema.json" for name in ("definition", "response", "scenarios")} <= names
    assert {f"cse_forms/schema/{name}.schema.json" for name in ("comparison", "outcome", "report")} <= names
    assert "cse_forms/py.typed" in names


def test_an_installed_wheel_lists_checks_and_renders_its_own_forms(wheel: Path, tmp_path: Path) -> None:
    site = installed(wheel, tmp_path)
    assert python("-c", WHERE, path=site, folder=tmp_path).strip() == str(site / "cse_forms" / "definitions")
    listed = json.loads(python("-m", "cse_forms", "list", "--json", path=site, folder=tmp_path))
    assert [form["id"] for form in listed] == FORMS
    checked = json.loads(python("-m", "cse_forms", "check", "--json", path=site, folder=tmp_path))
    assert checked["fit"] is True
    assert all(one["path"].startswith(str(site)) for one in checked["definitions"])
    for to in ("html", "docx", "json"):
        python("-m", "cse_forms", "render", "cse-toolbox", "--to", to, "-o", f"blank.{to}", path=site, folder=tmp_path)
        assert (tmp_path / f"blank.{to}").stat().st_size > 10_000
