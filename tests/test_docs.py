"""Whatever the documentation shows is run, and whatever it names is there."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from cse_forms.answers.findings import CODES
from cse_forms.checking import check_file
from cse_forms.cli import main
from cse_forms.web.limits import Limits
from cse_forms.web.problems import KINDS
from tests.pages import PAGES, ROOT, anchors, blocks, links, prose, tables
from tests.reader import EXAMPLES, INTAKE, Reader, accept, models
from tests.schema.documents import WORDS
from tests.test_wording import fold, places

FORMAT = (ROOT / "docs" / "definition-format.md", ROOT / "docs" / "conditions.md")
"""The pages that have a table for each model of the format."""

LEFT_BY_EXAMPLES = shutil.ignore_patterns(".venv", "*.sqlite3", "__pycache__")
"""What is not copied: what somebody has left there who tried the examples."""

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@pages
def test_what_a_page_shows_can_be_followed_from_its_top_to_its_end(page: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "docs" / "examples", ignore=LEFT_BY_EXAMPLES)
    reader = Reader(tmp_path)
    with contextlib.chdir(tmp_path):
        for block in blocks(page):
            try:
                reader.follow(block)
            except Exception as error:
                raise AssertionError(f"{page.name}:{block.line}: {error}") from error
    assert reader.printed == "", f"{page.name}: a page shows what its Python prints, in a block of text after it"


@pages
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in links(page):
        if target.startswith(("https://", "http://")):
            continue
        name, _, anchor = target.partition("#")
        to = page.parent / name if name else page
        assert to.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(to), f"{page.name}: {target}"


@pages
def test_every_make_target_that_a_page_names_is_one(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)) <= set(targets)


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    pending = [ROOT / "README.md"]
    while pending:
        page = pending.pop().resolve()
        if page.suffix == ".md" and page.exists() and page not in reached:
            reached.add(page)
            pending += [page.parent / target.partition("#")[0] for target in links(page) if ":" not in target]
    assert set(PAGES) <= reached


def test_the_readme_lists_every_command() -> None:
    listed = re.findall(r"^    cse-forms ([\w-]+)", prose(ROOT / "README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(main.commands)


@pytest.mark.parametrize("heading", WORDS)
def test_a_table_of_the_format_has_each_word_that_is_known_there_and_says_which_are_needed(heading: str) -> None:
    known = {field.alias or name: field.is_required() for name, field in WORDS[heading].model_fields.items()}
    (table,) = (tables(page)[heading] for page in FORMAT if heading in tables(page))
    documented = {word: meaning.startswith("* ") for word, meaning in table.items()}
    assert documented == known


def test_every_word_of_the_format_stands_in_a_table() -> None:
    assert set(WORDS.values()) == models()


def test_the_documented_codes_are_those_that_findings_carry() -> None:
    assert tables(ROOT / "docs" / "reference.md")["code"] == CODES


def test_the_documented_problems_and_bounds_of_the_service_are_those_that_it_has() -> None:
    told = tables(ROOT / "docs" / "web-service.md")
    assert told["problem"] == {kind: str(status) for kind, (status, _) in KINDS.items()}
    bounds = {bound: float(meant.replace(",", "")) for bound, meant in told["bound"].items()}
    assert bounds == asdict(Limits())


def test_every_example_is_fit_to_be_shown() -> None:
    responses = sorted(EXAMPLES.glob("*.json"))
    assert responses
    for path in responses:
        accept(json.loads(path.read_bytes()), path.read_bytes())
    checked = check_file(INTAKE / "form.json")
    assert checked.is_fit
    assert checked.scenarios > 0


def test_the_example_of_a_definition_has_its_wording_from_its_guide() -> None:
    guide = fold((EXAMPLES / "intake-guide.txt").read_text(encoding="utf-8"))
    form = json.loads((INTAKE / "form.json").read_bytes())
    reworded = [
        word
        for place in places(form)
        if "derived" not in (place.provenance or {})
        for word in place.words
        if word not in guide
    ]
    assert reworded == []
