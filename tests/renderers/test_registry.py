"""Which formats there are, and how another package adds one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cse_forms
from cse_forms.errors import RendererError
from cse_forms.renderers import BUILT_IN, ENTRY_POINT_GROUP, Renderer, get_renderer, renderer_names
from tests.commands import HANG_GUARD, Ran, run
from tests.renderers.readback import plain
from tests.renderers.test_contract import document_of, wordings

PACKAGE = Path(__file__).parents[1] / "packages" / "plain_text_renderer"


def offer(folder: Path, name: str, module: str) -> None:
    """Put a package into a folder as an installer would, with one renderer: the `renderer` of this module."""
    (folder / "offered.py").write_text(module, encoding="utf-8")
    record = folder / "offered-1.0.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: offered\nVersion: 1.0.0\n", encoding="utf-8")
    (record / "entry_points.txt").write_text(f"[{ENTRY_POINT_GROUP}]\n{name} = offered:renderer\n", encoding="utf-8")


def rendered(packages: Path, to: str, *what: str | Path) -> Ran:
    """Render with the packages of a folder at hand."""
    return run("render", *(what or ("cse-toolbox",)), "--to", to, "-o", "-", environment={"PYTHONPATH": str(packages)})


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the package was installed, by the installer that people use."""
    folder = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(folder), str(PACKAGE)],
        capture_output=True,
        text=True,
        timeout=2 * HANG_GUARD,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_built_in_formats_are_named_in_order() -> None:
    assert renderer_names() == tuple(sorted(BUILT_IN))


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_built_in_format_is_a_renderer(name: str) -> None:
    assert isinstance(get_renderer(name), Renderer)


@pytest.mark.parametrize("name", ["odt", "", "HTML", "cse_forms.renderers.html:renderer"])
def test_an_unknown_format_is_answered_with_those_that_there_are(name: str) -> None:
    with pytest.raises(RendererError, match=f"^No renderer '{name}'; known formats: docx, html, json, pdf$"):
        cse_forms.get_form("cse-toolbox").render(name)


def test_an_installed_package_adds_a_format(installed: Path, tmp_path: Path) -> None:
    ran = rendered(installed, "text")
    assert (ran.status, ran.err) == (0, "")
    said = plain(ran.out)
    assert [wording for wording in wordings(document_of("cse-toolbox", "blank")) if plain(wording) not in said] == []
    written = run("render", "cse-toolbox", "--to", "text", folder=tmp_path, environment={"PYTHONPATH": str(installed)})
    assert written.out.startswith("Wrote cse-toolbox-1.0.0.txt")
    assert (tmp_path / "cse-toolbox-1.0.0.txt").read_text("utf-8") == ran.out


def test_a_format_that_a_package_adds_is_named_with_the_others(installed: Path) -> None:
    ran = rendered(installed, "odt")
    assert ran.status == 2
    assert ran.err == "Error: No renderer 'odt'; known formats: docx, html, json, pdf, text\n"


def test_a_built_in_format_cannot_be_taken_over(tmp_path: Path) -> None:
    module = "class Taken:\n    media_type = suffix = 'x'\n    def render(self, document): return 'taken over'\n"
    offer(tmp_path, "html", f"{module}renderer = Taken()\n")
    assert rendered(tmp_path, "html").out == cse_forms.get_form("cse-toolbox").render("html")


@pytest.mark.parametrize(
    ("module", "fault"),
    [
        ("renderer = 'no renderer'", "is none: it lacks 'media_type', 'suffix' or 'render'"),
        ("class renderer:\n    media_type = suffix = render = ''", "is a class; it must be an object of that class"),
        ("", "cannot be loaded: module 'offered' has no attribute 'renderer'"),
        ("import a_module_that_is_not_there", "cannot be loaded: No module named 'a_module_that_is_not_there'"),
    ],
    ids=["a text", "a class", "nothing", "a broken module"],
)
def test_what_is_no_renderer_is_refused(module: str, fault: str, tmp_path: Path) -> None:
    offer(tmp_path, "text", module)
    ran = rendered(tmp_path, "text")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"Error: What an installed package offers as renderer 'text' {fault}\n"
    assert rendered(tmp_path, "html").status == 0
