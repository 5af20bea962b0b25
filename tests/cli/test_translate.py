"""`cse-forms translate`, and the commands that speak a form's language, as people run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cse_forms.schema.translation import TranslationFile, to_bytes
from tests.cli.folders import write_form, write_response
from tests.commands import run
from tests.forms import load
from tests.translating.made import accented, translation, visits, write_translation


def catalogue(folder: Path, **words: object) -> Path:
    """Write the small form into a catalogue, and return the folder of its version."""
    return write_form(folder / "forms", visits(**words)).parent


def whole(**how: object) -> TranslationFile:
    """Return the translation of the small form."""
    return translation(load(visits()), language="cy", **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "suffix"), [("xliff", ".xlf"), ("po", ".po"), ("xlsx", ".xlsx")])
def test_what_is_extracted_translated_and_imported_stands_beside_the_form(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    folder = catalogue(tmp_path)
    write_translation(folder, whole(status="reviewed"))
    definitions = ("--definitions", tmp_path / "forms")
    done = run(*definitions, "translate", "extract", "invented", "--to", "cy", "--as", kind, folder=tmp_path)
    assert done.status == 0
    assert (tmp_path / f"invented-1.0.0-cy{suffix}").is_file()
    (folder / "cy.json").unlink()
    done = run(*definitions, "translate", "import", f"invented-1.0.0-cy{suffix}", folder=tmp_path)
    assert (done.status, done.err) == (0, "")
    assert (folder / "cy.json").read_bytes() == to_bytes(whole(status="reviewed"))


def test_a_form_may_be_named_by_its_path(tmp_path: Path) -> None:
    folder = catalogue(tmp_path)
    output = tmp_path / "words.po"
    assert run("translate", "extract", folder, "--to", "cy", "--as", "po", "-o", output).status == 0
    done = run("translate", "import", output, "--form", folder / "form.json")
    assert done.status == 0
    assert "0 strings added" in done.out


def test_a_file_that_is_there_is_not_written_over_by_mistake(tmp_path: Path) -> None:
    folder = catalogue(tmp_path)
    (tmp_path / "invented-1.0.0-cy.xlf").write_text("Half of a translation", encoding="utf-8")
    done = run("translate", "extract", folder, "--to", "cy", "--as", "xliff", folder=tmp_path)
    assert done.status == 2
    assert "there already" in done.err
    assert (tmp_path / "invented-1.0.0-cy.xlf").read_text(encoding="utf-8") == "Half of a translation"


def test_what_does_not_fit_is_told_and_kept(tmp_path: Path) -> None:
    folder = catalogue(tmp_path)
    write_translation(folder, whole())
    output = tmp_path / "words.xlf"
    run("translate", "extract", folder, "--to", "cy", "--as", "xliff", "-o", output)
    text = (folder / "form.json").read_text(encoding="utf-8")
    (folder / "form.json").write_text(text.replace('"Late home"', '"Home late"'), encoding="utf-8")
    done = run("translate", "import", output, "--form", folder)
    assert done.status == 1
    assert "/properties/signs/properties/late/title: translates an earlier wording" in done.out
    done = run("translate", "import", output, "--form", folder, "--json")
    assert json.loads(done.out)["stale"] == ["/properties/signs/properties/late/title"]


def test_the_status_counts_what_is_missing_draft_reviewed_and_stale(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, languages=["ga"])
    write_translation(folder, whole(leaves_out=lambda number: number < 3))
    done = run("--definitions", tmp_path / "forms", "translate", "status", "invented")
    count = len(whole().strings)
    assert done.status == 1
    assert f"cy: {count} strings: 3 missing, {count - 3} draft, 0 reviewed, 0 stale" in done.out
    assert f"ga: {count} strings: {count} missing" in done.out
    told = json.loads(run("translate", "status", folder, "--json").out)
    assert [(one["language"], one["required"], one["missing"]) for one in told["languages"]] == [
        ("cy", False, 3),
        ("ga", True, count),
    ]
    write_translation(folder, whole(status="reviewed"))
    write_translation(folder, whole(status="reviewed").model_copy(update={"language": "ga"}))
    assert run("translate", "status", folder).status == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["extract", "invented", "--to", "Welsh!", "--as", "po"], "names no language"),
        (["extract", "invented", "--to", "en-IE", "--as", "po"], "is the form's own language"),
        (["extract", "nothing", "--to", "cy", "--as", "po"], "No form 'nothing'"),
        (["extract", "invented", "--to", "cy"], "Missing option '--as'"),
        (["import", "words.docx"], "Cannot read words.docx"),
        (["status", "nothing"], "No form 'nothing'"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_what_is_wrong(tmp_path: Path, arguments: list[str], told: str) -> None:
    catalogue(tmp_path)
    done = run("--definitions", tmp_path / "forms", "translate", *arguments, folder=tmp_path)
    assert done.status == 2
    assert told in done.err


# --- the commands that speak a language ---------------------------------------------------------------------------


@pytest.fixture
def response(tmp_path: Path) -> Path:
    """Return a response to the small form, which is translated into Welsh that nobody speaks."""
    folder = catalogue(tmp_path)
    write_translation(folder, whole())
    answers = {"age": 95, "signs": {"late": {"seen": "perhaps"}, "gone": {"seen": "yes"}}, "level": "low"}
    return write_response(tmp_path / "response.json", answers)


@pytest.mark.parametrize("command", ["validate", "evaluate", "explain"])
def test_findings_evaluation_and_explanation_are_said_in_the_language(
    tmp_path: Path, response: Path, command: str
) -> None:
    definitions = ("--definitions", tmp_path / "forms")
    said = run(*definitions, command, response, "--language", "cy").out
    assert "Dewiswch un o'r rhain: «Yés», «Nõ»" in " ".join(said.split())
    assert accented("Look again.") in said
    assert "Choose one of" not in said
    english = run(*definitions, command, response).out
    assert "Choose one of: Yes, No" in " ".join(english.split())


def test_what_programs_read_is_said_in_the_language_too(tmp_path: Path, response: Path) -> None:
    definitions = ("--definitions", tmp_path / "forms")
    told = json.loads(run(*definitions, "evaluate", response, "--json", "--language", "cy").out)
    assert told["assessments"][0]["id"] == "risk"
    assert any(finding["message"].startswith("Dewiswch") for finding in told["findings"])
    assert any(finding["question"] == "«Gõné» - «Séén»" or finding["question"] for finding in told["findings"])


def test_an_evaluation_in_a_draft_translation_says_so_first(tmp_path: Path, response: Path) -> None:
    said = run("--definitions", tmp_path / "forms", "evaluate", response, "--language", "cy").out
    assert said.index("Cyfieithiad drafft") < said.index("Canlyniad")
    assert "draft translation" in said


@pytest.mark.parametrize("to", ["text", "html", "svg"])
def test_a_policy_and_its_diagram_are_said_in_the_language(tmp_path: Path, response: Path, to: str) -> None:
    said = run(
        "--definitions", tmp_path / "forms", "explain", "invented", "--to", to, "-o", "-", "--language", "cy"
    ).out
    assert accented("High") in said
    assert "yw «Yés»" in " ".join(said.split())


def test_a_language_that_neither_interface_nor_form_has_is_refused(tmp_path: Path, response: Path) -> None:
    for command in ("validate", "evaluate", "explain"):
        done = run("--definitions", tmp_path / "forms", command, response, "--language", "fr")
        assert done.status == 2
        assert "The interface has no words in 'fr'" in done.err


def test_a_form_in_a_language_that_the_interface_lacks_has_the_interface_s_words_in_english(tmp_path: Path) -> None:
    folder = catalogue(tmp_path)
    write_translation(folder, whole().model_copy(update={"language": "pl"}))
    output = tmp_path / "page.html"
    done = run(
        "--definitions", tmp_path / "forms", "render", "invented", "--to", "html", "--language", "pl", "-o", output
    )
    assert done.status == 0
    page = output.read_text(encoding="utf-8")
    assert '<html lang="pl"' in page
    assert '<span lang="en-GB">Warning</span>' in page
