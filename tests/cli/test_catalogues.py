"""`list`, `show` and `new`, and the catalogue that they look into."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cse_forms.forms import shipped_catalogue
from tests.cli.folders import invented, write_form, write_response
from tests.commands import run

SHIPPED = list(shipped_catalogue().versions())


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """Return a folder with one form: two published versions, and a draft of the next."""
    folder = tmp_path / "my definitions"
    for version, status in (("1.9.0", "published"), ("1.10.0", "published"), ("2.0.0", "draft")):
        write_form(folder, invented(version=version, status=status))
    return folder


def test_list_names_each_shipped_form_with_version_status_and_title() -> None:
    ran = run("list")
    assert ran.status == 0
    assert [line.split()[:3] for line in ran.out.splitlines()] == [
        [form, version, shipped_catalogue().get_form(form, version).definition.words.status]
        for form, versions in shipped_catalogue().versions().items()
        for version in versions
    ]
    for form in SHIPPED:
        assert shipped_catalogue().get_form(form).title in ran.out


def test_list_as_json_says_the_same() -> None:
    listed = run("list", "--json").json()
    assert [(entry["id"], entry["version"]) for entry in listed] == [
        (form, version) for form, versions in shipped_catalogue().versions().items() for version in versions
    ]
    for entry in listed:
        form = shipped_catalogue().get_form(entry["id"], entry["version"])
        assert (entry["title"], entry["status"]) == (form.title, form.definition.words.status)


def test_definitions_before_the_command_are_another_catalogue(catalogue: Path) -> None:
    listed = run("--definitions", catalogue, "list", "--json").json()
    assert [(entry["version"], entry["status"]) for entry in listed] == [
        ("1.9.0", "published"),
        ("1.10.0", "published"),
        ("2.0.0", "draft"),
    ]


def test_the_environment_can_name_the_catalogue_and_the_option_wins(catalogue: Path, tmp_path: Path) -> None:
    assert run("list", environment={"CSE_FORMS_DEFINITIONS": str(catalogue)}).out.count("\ninvented ") == 2
    other = {"CSE_FORMS_DEFINITIONS": str(tmp_path / "nowhere")}
    assert run("--definitions", catalogue, "list", environment=other).out.count("\ninvented ") == 2
    assert run("list", environment={"CSE_FORMS_DEFINITIONS": ""}).out == run("list").out


@pytest.mark.parametrize("command", [["list"], ["show", "invented"], ["check"]], ids=" ".join)
def test_a_catalogue_that_is_not_there_ends_with_2(command: list[str], tmp_path: Path) -> None:
    ran = run("--definitions", tmp_path / "nowhere", *command)
    assert ran.status == 2
    assert f"There is no folder {tmp_path / 'nowhere'}" in ran.err


def test_an_empty_catalogue_lists_nothing_and_knows_no_form(tmp_path: Path) -> None:
    ran = run("--definitions", tmp_path, "list")
    assert (ran.status, ran.out) == (0, "")
    assert run("--definitions", tmp_path, "list", "--json").json() == []
    assert run("--definitions", tmp_path, "show", "invented").err == "Error: No form 'invented'. Known forms: none\n"


def test_a_form_without_a_version_is_its_newest_published_one(catalogue: Path) -> None:
    shown = [
        run("--definitions", catalogue, "show", form).out.splitlines()[1] for form in ("invented", "invented@2.0.0")
    ]
    assert [line.split(",")[0] for line in shown] == ["invented 1.10.0", "invented 2.0.0"]


def test_an_unknown_form_is_answered_with_those_that_there_are() -> None:
    ran = run("show", "cse-toolbx")
    assert (ran.status, ran.out) == (2, "")
    assert "did you mean 'cse-toolbox'?" in ran.err
    assert all(form in ran.err for form in SHIPPED)


def test_an_unknown_version_is_answered_with_those_that_there_are(catalogue: Path) -> None:
    ran = run("--definitions", catalogue, "new", "invented@1.1.0")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "Error: No form 'invented' at version 1.1.0; known versions: 1.9.0, 1.10.0, 2.0.0\n"


@pytest.mark.parametrize("form", SHIPPED)
def test_show_tells_the_questions_levels_sources_and_remarks_of_a_form(form: str) -> None:
    definition = shipped_catalogue().get_form(form).definition
    ran = run("show", form)
    assert ran.status == 0
    for source in definition.words.sources:
        assert source.title in ran.out
    for item in definition.root.children.values():
        assert f"{item.title} ({item.pointer}, " in ran.out
    for assessment in definition.words.assessments:
        for level in assessment.levels:
            assert f"  {level.title}\n" in ran.out
        for rule in assessment.rules:
            assert rule.because in ran.out
    for withheld in definition.words.withheld:
        assert withheld.reason in ran.out


@pytest.mark.parametrize("form", SHIPPED)
def test_show_as_json_is_the_definition_document(form: str) -> None:
    shown = run("show", f"{form}@1.0.0", "--json").json()
    assert shown == json.loads((shipped_catalogue().directory / form / "1.0.0" / "form.json").read_text("utf-8"))


@pytest.mark.parametrize("form", SHIPPED)
def test_a_new_response_is_a_draft_that_validate_evaluate_and_render_take(form: str, tmp_path: Path) -> None:
    made = run("new", form)
    assert made.status == 0
    assert made.json() == {
        "form": form,
        "version": "1.0.0",
        "digest": shipped_catalogue().get_form(form).digest,
        "meta": {"status": "draft"},
        "answers": {},
    }
    response = tmp_path / "response.json"
    response.write_text(made.out, encoding="utf-8")
    assert run("validate", "--json", response).json() == {"valid": True, "findings": []}
    assert run("validate", response).status == 0
    assert run("evaluate", response).status == 0
    assert run("render", response, "--to", "html", "-o", tmp_path / "draft.html").status == 0


def test_a_form_of_a_broken_definition_ends_with_2_and_its_faults(tmp_path: Path) -> None:
    document = invented()
    document["x-form"]["header"] = ["/child/nmae"]
    path = write_form(tmp_path, document)
    response = write_response(tmp_path / "response.json", {})
    for command in (["show", "invented"], ["new", "invented"], ["validate", str(response)]):
        ran = run("--definitions", tmp_path, *command)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"{path}:")
        assert "did you mean" in ran.err


def test_control_characters_of_a_definition_do_not_reach_the_terminal(tmp_path: Path) -> None:
    write_form(tmp_path, invented() | {"title": "Red \x1b[31m letters"})
    for command in (["list"], ["show", "invented"]):
        assert "Red \ufffd[31m letters" in run("--definitions", tmp_path, *command).out
