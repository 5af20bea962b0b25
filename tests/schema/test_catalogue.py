"""The definitions of a folder: which there are, which is meant, and that a published one never changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cse_forms import Catalogue, DefinitionError, FormNotFoundError
from cse_forms.forms import shipped_catalogue
from cse_forms.schema.catalogue import DefinitionStore, load_file
from cse_forms.schema.digests import digest_of_bytes
from cse_forms.schema.index import Retirement, State, index_path, read_index
from tests.forms import ID, definition, text, to_bytes
from tests.publications import DATE, record


def put(folder: Path, version: str, *, published: bool = False, **words: Any) -> Path:
    """Write a version of the invented form into its folder; a published one with its digest."""
    words = {"version": version, "status": "published" if published else "draft"} | words
    path = folder / ID / version / "form.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(to_bytes(definition({"a": text()}, **words)))
    if published:
        record(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DefinitionError) as raised:
        load_file(path)
    (problem,) = raised.value.problems
    assert (problem.line, problem.column, problem.pointer) == (1, 1, "")
    return problem.message


# --- which version -------------------------------------------------------------------------------------------


def test_versions_are_ordered_by_their_numbers(tmp_path: Path) -> None:
    for version in ("1.10.0", "1.9.0", "2.0.0", "1.2.10", "0.9.9"):
        put(tmp_path, version)
    assert Catalogue.from_directory(tmp_path).versions() == {ID: ("0.9.9", "1.2.10", "1.9.0", "1.10.0", "2.0.0")}


def test_the_newest_published_version_is_meant_where_none_is_named(tmp_path: Path) -> None:
    put(tmp_path, "1.9.0", published=True)
    put(tmp_path, "1.10.0", published=True)
    put(tmp_path, "2.0.0")
    assert Catalogue.from_directory(tmp_path).get_form(ID).version == "1.10.0"


def test_the_newest_draft_is_meant_where_none_is_published(tmp_path: Path) -> None:
    put(tmp_path, "1.9.0")
    put(tmp_path, "1.10.0")
    assert Catalogue.from_directory(tmp_path).get_form(ID).version == "1.10.0"


def test_a_version_that_is_named_is_given_draft_or_not(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0", published=True)
    put(tmp_path, "1.1.0")
    catalogue = Catalogue.from_directory(tmp_path)
    assert [catalogue.get_form(ID, version).version for version in ("1.0.0", "1.1.0")] == ["1.0.0", "1.1.0"]


def test_a_broken_version_stands_in_the_way_of_no_other(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0", published=True)
    put(tmp_path, "1.1.0", language="English")
    catalogue = Catalogue.from_directory(tmp_path)
    assert catalogue.get_form(ID).version == "1.0.0"
    with pytest.raises(DefinitionError, match="such as en-GB or cy"):
        catalogue.get_form(ID, "1.1.0")


def test_a_form_is_loaded_once(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0")
    catalogue = Catalogue.from_directory(tmp_path)
    form = catalogue.get_form(ID)
    path.write_bytes(b"")
    assert catalogue.get_form(ID, "1.0.0") is form


def test_a_form_or_version_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0")
    put(tmp_path, "1.1.0")
    catalogue = Catalogue.from_directory(tmp_path)
    with pytest.raises(FormNotFoundError, match=r"^No form 'invent'; did you mean 'invented'\? Known forms: invented$"):
        catalogue.get_form("invent")
    with pytest.raises(FormNotFoundError, match=r"^No form 'other'\. Known forms: invented$"):
        catalogue.get_form("other")
    with pytest.raises(
        FormNotFoundError, match=r"^No form 'invented' at version 2\.0\.0; known versions: 1\.0\.0, 1\.1\.0$"
    ):
        catalogue.get_form(ID, "2.0.0")


@pytest.mark.parametrize("form", ["", "..", "../invented", "/", "*", "invented/1.0.0", "\x00"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, form: str) -> None:
    put(tmp_path / "inside", "1.0.0")
    put(tmp_path, "1.0.0")
    catalogue = Catalogue.from_directory(tmp_path / "inside")
    with pytest.raises(FormNotFoundError):
        catalogue.get_form(form)
    with pytest.raises(FormNotFoundError):
        catalogue.get_form(ID, f"../../../{ID}/1.0.0")


def test_an_empty_folder_holds_no_forms_and_no_folder_is_no_catalogue(tmp_path: Path) -> None:
    assert Catalogue.from_directory(tmp_path).versions() == {}
    with pytest.raises(FormNotFoundError, match=r"^No form 'invented'\. Known forms: none$"):
        Catalogue.from_directory(tmp_path).get_form(ID)
    with pytest.raises(
        FormNotFoundError, match=r"^There is no folder .*; a catalogue holds <id>/<version>/form\.json$"
    ):
        Catalogue.from_directory(tmp_path / "nowhere")


def test_what_is_no_definition_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0")
    (tmp_path / "README.md").write_text("Words.", encoding="utf-8")
    (tmp_path / ID / "CHANGELOG.md").write_text("Words.", encoding="utf-8")
    (tmp_path / "other" / "1.0.0").mkdir(parents=True)
    assert Catalogue.from_directory(tmp_path).versions() == {ID: ("1.0.0",)}


# --- what is listed ------------------------------------------------------------------------------------------


def test_entries_say_what_there_is(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0", published=True)
    path = put(tmp_path, "1.1.0")
    first, second = DefinitionStore(tmp_path).entries()
    assert (first.id, first.version, first.status) == (ID, "1.0.0", "published")
    assert (second.id, second.version, second.status) == (ID, "1.1.0", "draft")
    assert (second.title, second.path) == ("An invented form", path)


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"x-form": 1}', b'{"title": 1, "x-form": {"id": "a"}}'])
def test_a_file_that_does_not_say_what_it_is_cannot_be_listed(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, "1.0.0").write_bytes(data)
    with pytest.raises(DefinitionError):
        DefinitionStore(tmp_path).entries()


# --- where a file stands, and its digest ---------------------------------------------------------------------


def test_a_definition_must_stand_in_the_folder_that_its_id_and_version_name(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0")
    for moved in (tmp_path / "another" / "1.0.0" / "form.json", tmp_path / ID / "1.0.1" / "form.json"):
        moved.parent.mkdir(parents=True)
        moved.write_bytes(path.read_bytes())
        assert refusal(moved) == "this is invented 1.0.0: its folder must be invented/1.0.0"
    assert load_file(path).id == ID


def test_a_published_definition_needs_its_record_in_the_index(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0", published=True)
    assert load_file(path).is_published
    assert read_index(path.parent.parent).versions["1.0.0"].digest == load_file(path).digest
    index_path(path.parent.parent).unlink()
    assert refusal(path) == (
        "this version says that it is published, and index.json in the form's folder does not record it; "
        "set its status to 'draft', and publish it with 'cse-forms publish'"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n",
        lambda data: data.replace(b"An invented", b"A changed"),
        lambda data: data.replace(b"published", b"draft"),
        lambda _: b"",
    ],
    ids=["a line end", "a word", "its status", "all of it"],
)
def test_a_published_definition_whose_bytes_moved_is_refused(tmp_path: Path, change: Any) -> None:
    path = put(tmp_path, "1.0.0", published=True)
    was = load_file(path).file_digest
    path.write_bytes(change(path.read_bytes()))
    assert refusal(path) == (
        f"this version was published on {DATE} and was changed since: the digest of the file is "
        f"{digest_of_bytes(path.read_bytes())}, and {was} is recorded. Put the published file back, and make the "
        "change in a new version"
    )
    with pytest.raises(DefinitionError, match="was changed since"):
        Catalogue.from_directory(tmp_path).get_form(ID)


def test_a_draft_may_change_and_needs_no_record(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0")
    path.write_bytes(path.read_bytes() + b"\n")
    assert not load_file(path).is_published


def test_a_version_whose_publishing_was_interrupted_is_still_the_draft_that_it_was(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0")
    record(path, state=State.PUBLISHING)
    path.write_bytes(path.read_bytes() + b"\n")
    assert not load_file(path).is_published


def test_a_version_whose_publishing_was_interrupted_at_its_end_is_held_to_its_digest(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0", published=True)
    record(path, state=State.PUBLISHING)
    assert load_file(path).is_published
    path.write_bytes(path.read_bytes() + b"\n")
    assert "was changed since" in refusal(path)


def test_the_digest_is_of_what_a_definition_says_and_not_of_its_layout(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0")
    digest = load_file(path).digest
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=7, sort_keys=True), encoding="utf-8")
    assert load_file(path).digest == digest
    path.write_bytes(path.read_bytes().replace(b"An invented", b"A changed"))
    assert load_file(path).digest != digest


# --- retired versions ----------------------------------------------------------------------------------------

RETIRED = Retirement(date="2026-02-28", reason="The guidance changed.")


def test_a_retired_version_is_meant_only_where_it_is_named(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0", published=True)
    record(put(tmp_path, "1.1.0", published=True), retired=RETIRED)
    catalogue = Catalogue.from_directory(tmp_path)
    assert catalogue.get_form(ID).version == "1.0.0"
    assert catalogue.get_form(ID, "1.1.0").version == "1.1.0"
    assert [entry.status for entry in catalogue.entries()] == ["published", "retired"]


def test_where_every_published_version_is_retired_none_is_meant_unless_it_is_named(tmp_path: Path) -> None:
    record(put(tmp_path, "1.0.0", published=True), retired=RETIRED)
    put(tmp_path, "2.0.0")
    catalogue = Catalogue.from_directory(tmp_path)
    with pytest.raises(FormNotFoundError, match=r"Every published version of 'invented' is retired \(1.0.0\)"):
        catalogue.get_form(ID)
    assert catalogue.get_form(ID, "2.0.0").version == "2.0.0"


# --- what is read --------------------------------------------------------------------------------------------


def test_nothing_is_read_of_other_forms(tmp_path: Path) -> None:
    put(tmp_path, "1.0.0", published=True)
    other = tmp_path / "other" / "1.0.0" / "form.json"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"")
    (tmp_path / "other" / "index.json").write_bytes(b"")
    assert Catalogue.from_directory(tmp_path).get_form(ID).version == "1.0.0"


@pytest.mark.parametrize("name", ["", ".", "..", "../invented", "*", "invented/", "invented/1.0.0", "\0", "[i]nvented"])
def test_an_id_is_never_a_path_or_a_pattern(tmp_path: Path, name: str) -> None:
    put(tmp_path / "inside", "1.0.0", published=True)
    put(tmp_path, "1.0.0", published=True)
    with pytest.raises(FormNotFoundError):
        Catalogue.from_directory(tmp_path / "inside").get_form(name)


def test_every_shipped_definition_is_published_under_its_recorded_digest() -> None:
    catalogue = shipped_catalogue()
    assert sorted(catalogue.versions()) == [
        "cse-toolbox",
        "scotland-checklist",
        "wales-strength-concern",
        "wolverhampton-induction",
    ]
    for form, versions in catalogue.versions().items():
        for version in versions:
            definition_file = load_file(catalogue.directory / form / version / "form.json")
            assert definition_file.is_published
