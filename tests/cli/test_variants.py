"""`cse-forms variant` and `cse-forms rebase`, as somebody at a council uses them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.forms import Document, to_bytes

OURS = {"change": "/notes", "set": {"title": "What we know"}, "was": {"title": "Notes"}, "because": "Our words."}
NEWER = "1.1.0"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two published versions of a form, and a variant of the first that words a question anew."""
    folder = tmp_path_factory.mktemp("variants")
    write_form(folder, invented(status="published"))
    newer = invented(version=NEWER, status="published")
    newer["properties"]["notes"]["title"] = "Further notes"
    write_form(folder, newer)
    assert run("--definitions", folder, "variant", "new", "invented@1.0.0", "--id", "council").status == 0
    edit(folder, operations=[OURS])
    assert run("variant", "build", folder / "council/1.0.0").status == 0
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """Return that folder to do with as one likes."""
    return shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)


def edit(folder: Path, **words: Any) -> None:
    path = folder / "council/1.0.0/variant.json"
    path.write_bytes(to_bytes(json.loads(path.read_bytes()) | words))


def built(folder: Path, version: str = "1.0.0") -> Document:
    document: Document = json.loads((folder / "council" / version / "form.json").read_bytes())
    return document


def test_a_variant_that_was_built_is_a_form_like_any_other(folder: Path) -> None:
    assert built(folder)["properties"]["notes"]["title"] == "What we know"
    assert run("check", folder / "council").status == 0
    told = run("--definitions", folder, "list").out
    assert "council   1.0.0    draft" in told
    again = run("variant", "build", folder / "council/1.0.0/variant.json")
    assert again.out.endswith("form.json: as it was; invented 1.0.0 and 1 operation\n")


def test_the_difference_from_the_base_is_at_hand(folder: Path) -> None:
    ran = run("variant", "diff", folder / "council/1.0.0")
    assert ran.status == 1
    assert "What we know" in ran.out
    (titled,) = [one for one in run("variant", "diff", folder / "council/1.0.0", "--json").json()["changes"]
                 if one["what"] == "title-changed"]  # fmt: skip
    assert titled["new_pointer"] == "/properties/notes"


def test_a_form_that_was_edited_by_hand_is_not_written_over(folder: Path) -> None:
    path = folder / "council/1.0.0/form.json"
    path.write_bytes(path.read_bytes().replace(b'"Missing"', b'"Gone missing"'))
    edited = path.read_bytes()
    edit(folder, operations=[])
    assert "not-built" in run("check", path).out
    ran = run("variant", "build", path)
    assert ran.status == 2
    assert "somebody may have edited it" in ran.err
    assert path.read_bytes() == edited
    assert run("variant", "build", path, "--replace").status == 0
    assert built(folder)["properties"]["missing"]["title"] == "Missing"


def test_edits_are_captured_with_the_reasons_that_were_given_before(folder: Path) -> None:
    path = folder / "council/1.0.0/form.json"
    path.write_bytes(path.read_bytes().replace(b'"Missing"', b'"Gone missing"'))
    ran = run("variant", "capture", path, "--because", "As the police say it.")
    assert (ran.status, ran.err) == (0, "")
    operations = json.loads(path.with_name("variant.json").read_bytes())["operations"]
    assert {one["change"]: one["because"] for one in operations} == {
        "/notes": "Our words.",
        "/missing": "As the police say it.",
    }
    assert run("check", path).status == 0


def test_a_copy_without_a_variant_becomes_one(folder: Path) -> None:
    copy = invented()
    copy["x-form"]["id"] = "ward"
    copy["$id"] = "urn:cse-forms:ward:1.0.0"
    del copy["properties"]["notes"]
    path = write_form(folder, copy)
    assert run("variant", "capture", path, "--because", "Shorter.").status == 2
    ran = run("variant", "capture", path, "--base", "invented@1.0.0", "--because", "Shorter.")
    assert ran.out.splitlines()[1:] == ["  remove /notes"]
    assert run("check", path).status == 0


def test_a_rebase_asks_and_writes_nothing_until_it_is_answered(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    asked = run("rebase", folder / "council/1.0.0", "--to", NEWER)
    assert asked.status == 1
    assert "  The base:    Further notes\n  Your own:    What we know\n" in asked.out
    assert "'/notes:title=keep', '/notes:title=take', '/notes:title=write:...'" in asked.out
    assert sorted(folder.rglob("*")) == before
    told = run("rebase", folder / "council/1.0.0", "--to", NEWER, "--json")
    assert (told.status, told.json()["written"]) == (1, None)
    assert told.json()["questions"][0]["theirs"] == {"title": "Further notes"}


@pytest.mark.parametrize(
    ("answer", "title"),
    [("keep", "What we know"), ("take", "Further notes"), ("write:All = we know", "All = we know")],
)
def test_a_rebase_that_is_answered_stands_as_a_new_version(folder: Path, answer: str, title: str) -> None:
    scenarios = to_bytes({"scenarios": [{"name": "Nothing.", "answers": {}, "expect": {"prompts": []}}]})
    (folder / "council/1.0.0/scenarios.json").write_bytes(scenarios)
    old = (folder / "council/1.0.0/variant.json").read_bytes()
    ran = run("rebase", folder / "council/1.0.0", "--to", NEWER, "--answer", f"/notes:title={answer}")
    assert (ran.status, ran.err) == (0, "")
    assert built(folder, NEWER)["properties"]["notes"]["title"] == title
    assert (folder / "council/1.1.0/scenarios.json").read_bytes() == scenarios
    assert (folder / "council/1.0.0/variant.json").read_bytes() == old
    assert run("check", folder / "council").status == 0
    again = run("rebase", folder / "council/1.0.0", "--to", NEWER, "--answer", f"/notes:title={answer}")
    assert again.status == 2
    assert "is there already" in again.err


def test_answers_may_stand_in_a_file(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text('{"/notes:title": {"write": "Notes of ours"}}', "utf-8")
    assert run("rebase", folder / "council/1.0.0", "--to", NEWER, "--answers", file).status == 0
    assert built(folder, NEWER)["properties"]["notes"]["title"] == "Notes of ours"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--answer", "/notes:title"], "--answer is ID=keep, ID=take or ID=write:TEXT"),
        (["--answer", "/notes:title=write:"], "--answer is ID=keep, ID=take or ID=write:TEXT"),
        (["--answer", "/notes:titel=keep"], "did you mean '/notes:title'?"),
        (["--answers", "{folder}/list.json"], "must be an object"),
        (["--answers", "{folder}/wrong.json"], "the answer to '/notes:title' must be"),
        (["--to", "9.0.0"], "No form 'invented' at version 9.0.0"),
        (["--version", "next", "--answer", "/notes:title=keep"], "three numbers"),
    ],
)
def test_what_cannot_be_carried_over_is_refused(folder: Path, arguments: list[str], told: str) -> None:
    (folder / "list.json").write_text("[]", "utf-8")
    (folder / "wrong.json").write_text('{"/notes:title": "yes"}', "utf-8")
    given = [argument.format(folder=folder) for argument in arguments]
    ran = run("rebase", folder / "council/1.0.0", "--to", NEWER, *given)
    assert ran.status == 2
    assert told in ran.err
    assert not (folder / "council/1.1.0").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"operations": [{"remove": "/nots", "because": "x"}]}, "did you mean 'notes'?"),
        ({"operations": [{"because": "x"}]}, "an operation says one of 'add', 'remove', 'move' or 'change'"),
        ({"operations": [{"remove": "notes", "because": "x"}]}, "a part of the form, such as /child/name"),
        ({"operations": 3}, "/operations"),
        ({"id": "other"}, "its folder must be other/1.0.0"),
        (
            {"base": {"form": "invented", "version": "1.0.0", "digest": f"sha256:{'0' * 64}"}},
            "is not what this variant",
        ),
        ({"base": {"form": "nowhere", "version": "1.0.0", "digest": f"sha256:{'0' * 64}"}}, "No form 'nowhere'"),
    ],
)
def test_what_is_wrong_with_a_variant_is_told_by_the_build_and_by_the_check(
    folder: Path, words: Document, told: str
) -> None:
    before = (folder / "council/1.0.0/form.json").read_bytes()
    edit(folder, **words)
    for command in (("variant", "build"), ("check",)):
        ran = run(*command, folder / "council/1.0.0")
        assert ran.status == 2
        assert told in ran.out + ran.err
    assert (folder / "council/1.0.0/form.json").read_bytes() == before


def test_a_variant_is_started_where_no_other_stands(folder: Path) -> None:
    ran = run("--definitions", folder, "variant", "new", "invented@1.0.0", "--id", "council")
    assert ran.status == 2
    assert "is there already" in ran.err
    assert run("--definitions", folder, "variant", "new", "invented@1.0.0", "--id", "invented").status == 2
    assert run("--definitions", folder, "variant", "new", "invented@1.0.0", "--id", "../x").status == 2
    assert run("variant", "new", "cse-toolbox@1.0.0", "--id", "ours").status == 2


def test_a_shipped_form_is_a_base_like_any_other(tmp_path: Path) -> None:
    ran = run("variant", "new", "cse-toolbox@1.0.0", "--id", "ours", "--to", tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert run("check", tmp_path).status == 0
