"""The definitions of a folder: which there are, which is meant, and that a published one never changes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from cse_forms import Catalogue, DefinitionError, FormNotFoundError
from cse_forms.forms import shipped_catalogue
from cse_forms.schema.catalogue import DefinitionStore, load_file, recorded_digest
from tests.forms import ID, definition, text, to_bytes


def put(folder: Path, version: str, *, published: bool = False, **words: Any) -> Path:
    """Write a version of the invented form into its folder; a published one with its digest."""
    words = {"version": version, "status": "published" if published else "draft"} | words
    path = folder / ID / version / "form.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(to_bytes(definition({"a": text()}, **words)))
    if published:
        record(path)
    return path


def record(path: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.with_name("form.json.sha256").write_text(f"{digest}  form.json\n", encoding="utf-8")


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


def test_a_published_definition_needs_its_recorded_digest(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0", published=True)
    assert load_file(path).is_published
    assert recorded_digest(path) == load_file(path).digest
    path.with_name("form.json.sha256").unlink()
    message = "this version is published, and form.json.sha256 beside it does not record its digest"
    assert refusal(path) == message


@pytest.mark.parametrize("change", [lambda data: data + b"\n", lambda data: data.replace(b"An invented", b"A changed")])
def test_a_published_definition_whose_bytes_moved_is_refused(tmp_path: Path, change: Any) -> None:
    path = put(tmp_path, "1.0.0", published=True)
    was = load_file(path).digest
    path.write_bytes(change(path.read_bytes()))
    now = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    assert refusal(path) == (
        f"this version is published and was changed since: its digest is {now}, and {was} is recorded. "
        "Put the published file back, and make the change in a new version"
    )
    with pytest.raises(DefinitionError, match="was changed since"):
        Catalogue.from_directory(tmp_path).get_form(ID)


@pytest.mark.parametrize("text_of_record", ["", "0", "\n", "sha256:0  form.json\n", "\udcff"])
def test_a_record_that_is_no_digest_refuses_a_published_definition(tmp_path: Path, text_of_record: str) -> None:
    path = put(tmp_path, "1.0.0", published=True)
    path.with_name("form.json.sha256").write_text(text_of_record, encoding="utf-8", errors="surrogateescape")
    assert refusal(path).startswith("this version is published and was changed since")


def test_a_draft_may_change_and_needs_no_record(tmp_path: Path) -> None:
    path = put(tmp_path, "1.0.0")
    path.with_name("form.json.sha256").write_text("0  form.json\n", encoding="utf-8")
    path.write_bytes(path.read_bytes() + b"\n")
    assert not load_file(path).is_published


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
