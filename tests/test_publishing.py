"""A version is published whole or not at all, under a number that says what changed, and never changes again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_forms import Catalogue, DefinitionError, publishing
from cse_forms.checking import check_file
from cse_forms.errors import ConflictError, CseFormsError
from cse_forms.publishing import NotPublishedError, begin_version, publish, retire
from cse_forms.schema.catalogue import load_file
from cse_forms.schema.index import Retirement, State, index_path, read_index
from cse_forms.writing import write_file
from tests.cli.folders import invented, write_form
from tests.commands import run
from tests.forms import Document

DAY = date(2026, 1, 31)
SCENARIO: Document = {
    "name": "Nothing is known.",
    "answers": {},
    "draft": True,
    "expect": {"assessments": {"risk": {"lowest": "low"}}},
}


def draft(folder: Path, version: str = "1.0.0", **changes: object) -> Path:
    return write_form(folder, invented(version=version) | changes, scenarios=[SCENARIO])


def reasons(path: Path) -> tuple[str, ...]:
    """Return why a version is not published, and see that nothing was written."""
    files = sorted(file for file in path.parent.parent.rglob("*") if file.is_file())
    before = [file.read_bytes() for file in files]
    with pytest.raises(NotPublishedError) as raised:
        publish(path, on=DAY)
    assert [file.read_bytes() for file in files] == before
    assert sorted(file for file in path.parent.parent.rglob("*") if file.is_file()) == files
    return raised.value.reasons


# --- a new version -------------------------------------------------------------------------------------------


def test_a_new_version_says_what_the_old_one_says_and_is_a_draft(tmp_path: Path) -> None:
    path = draft(tmp_path)
    publish(path, on=DAY)
    text = path.read_text(encoding="utf-8")
    path.with_name("variant.json").write_text("{}", encoding="utf-8")
    begun = begin_version(path, "1.1.0")
    assert begun.read_text(encoding="utf-8") == text.replace("1.0.0", "1.1.0").replace('"published"', '"draft"')
    assert load_file(begun).version == "1.1.0"
    assert sorted(file.name for file in begun.parent.iterdir()) == ["form.json", "scenarios.json"]
    assert sorted(one.name for one in begun.parent.parent.iterdir()) == ["1.0.0", "1.1.0", "index.json"]


@pytest.mark.parametrize("version", ["1.1", "../2.0.0", "", "01.0.0", "1.0.0"])
def test_a_new_version_has_a_number_of_its_own(tmp_path: Path, version: str) -> None:
    path = draft(tmp_path)
    with pytest.raises(CseFormsError, match=r"is no version|There is a folder"):
        begin_version(path, version)
    assert [one.name for one in path.parent.parent.iterdir()] == ["1.0.0"]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_layout_of_a_file_stays_its_author_s(tmp_path: Path, mark: bytes, end: bytes) -> None:
    path = draft(tmp_path)
    path.write_bytes(mark + path.read_bytes().replace(b"\n", end))
    before = path.read_bytes()
    publish(path, on=DAY)
    assert path.read_bytes() == before.replace(b'"status": "draft"', b'"status": "published"')


# --- publishing ----------------------------------------------------------------------------------------------


def test_publishing_sets_the_status_and_records_the_date_and_both_digests(tmp_path: Path) -> None:
    path = draft(tmp_path)
    before = path.read_bytes()
    done = publish(path, on=DAY)
    assert path.read_bytes() == before.replace(b'"status": "draft"', b'"status": "published"')
    definition = load_file(path)
    recorded = read_index(path.parent.parent).versions["1.0.0"]
    assert recorded == done.publication
    assert (recorded.state, recorded.published) == (State.PUBLISHED, "2026-01-31")
    assert (recorded.digest, recorded.bytes) == (definition.digest, definition.file_digest)
    assert Catalogue.from_directory(tmp_path).get_form("invented").definition.is_published


def test_a_published_version_cannot_be_published_again(tmp_path: Path) -> None:
    path = draft(tmp_path)
    publish(path, on=DAY)
    assert reasons(path) == ("it is published already; make a change in a new version",)


def test_what_the_check_refuses_is_not_published(tmp_path: Path) -> None:
    wrong = SCENARIO | {"expect": {"assessments": {"risk": {"lowest": "high"}}}}
    path = write_form(tmp_path, invented(), scenarios=[wrong])
    assert reasons(path) == ("the check finds faults; mend what 'cse-forms check' tells, and publish it again",)


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    path = draft(tmp_path)
    before = path.read_bytes()
    told = publish(path, on=DAY, dry_run=True)
    assert (path.read_bytes(), index_path(path.parent.parent).exists()) == (before, False)
    assert publish(path, on=DAY).publication == told.publication


def test_who_publishes_is_told_to_say_what_changed(tmp_path: Path) -> None:
    path = draft(tmp_path)
    (note,) = publish(path, on=DAY, dry_run=True).notes
    assert "CHANGELOG.md does not say what changed in 1.0.0" in note
    (tmp_path / "invented" / "CHANGELOG.md").write_text("# Changes\n\n## 1.0.0\n\nThe first.\n", encoding="utf-8")
    assert publish(path, on=DAY).notes == ()


# --- the number claims what changed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "kind", "next_version"),
    [
        ({"title": "Another title"}, "patch", "1.0.1"),
        ({"properties": {}}, "major", "2.0.0"),
    ],
)
def test_a_number_that_claims_less_than_what_changed_is_refused(
    tmp_path: Path, change: Document, kind: str, next_version: str
) -> None:
    publish(draft(tmp_path), on=DAY)
    document = invented(version="1.0.1")
    if kind == "major":
        document["x-form"]["assessments"][0]["otherwise"]["level"] = "high"
    else:
        document |= change
    path = write_form(tmp_path, document)
    if kind == "major":
        (reason,) = reasons(path)
        assert reason == (
            "the change since 1.0.0 is major, and the number 1.0.1 claims that it is patch; publish it as 2.0.0, and "
            "see 'cse-forms diff' for the reasons"
        )
        document["x-form"]["version"], document["$id"] = "2.0.0", "urn:cse-forms:invented:2.0.0"
        path = write_form(tmp_path, document)
    done = publish(path, on=DAY)
    assert (done.version, done.previous) == (next_version, "1.0.0")
    assert done.comparison is not None
    assert done.comparison.kind == kind


@pytest.mark.parametrize(
    ("previous", "version", "kind"),
    [
        ("1.0.0", "1.0.1", "patch"),
        ("1.9.9", "1.10.0", "minor"),
        ("1.0.9", "2.0.0", "major"),
        ("0.1.0", "0.2.5", "minor"),
    ],
)
def test_what_a_number_claims(previous: str, version: str, kind: str) -> None:
    assert publishing.claimed(previous, version) == kind


# --- interruptions, and two people ---------------------------------------------------------------------------


class Stopped(BaseException):
    """The machine stopped here."""


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_who_is_interrupted_has_the_draft_or_the_published_version_and_may_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    path, done = draft(tmp_path), 0
    before = path.read_bytes()

    def stopping(file: Path, data: bytes, *, was: bytes | None) -> None:
        nonlocal done
        if done == writes:
            raise Stopped
        done += 1
        write_file(file, data, was=was)

    monkeypatch.setattr(publishing, "write_file", stopping)
    with pytest.raises(Stopped):
        publish(path, on=DAY)
    definition = load_file(path)
    assert definition.is_published == (writes == 2)
    assert definition.is_published or path.read_bytes() == before
    monkeypatch.undo()
    publish(path, on=DAY)
    assert load_file(path).is_published
    assert read_index(path.parent.parent).versions["1.0.0"].state is State.PUBLISHED


def test_a_draft_that_was_changed_after_an_interruption_is_published_as_it_is_now(tmp_path: Path) -> None:
    path, index = draft(tmp_path), index_path(tmp_path / "invented")
    publish(path, on=DAY)
    half_done = index.read_bytes().replace(b'"published"', b'"publishing"', 1)
    path.write_bytes(path.read_bytes().replace(b'"published"', b'"draft"').replace(b"An invented", b"A changed"))
    index.write_bytes(half_done)
    publish(path, on=DAY)
    assert load_file(path).title.startswith("A changed")


def test_a_file_that_somebody_saves_meanwhile_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = draft(tmp_path)

    def checking_while_another_saves(file: Path) -> object:
        checked = check_file(file)
        file.write_bytes(file.read_bytes() + b"\n")
        return checked

    monkeypatch.setattr(publishing, "check_file", checking_while_another_saves)
    with pytest.raises(ConflictError, match="was changed by somebody else"):
        publish(path, on=DAY)
    assert not load_file(path).is_published


# --- what is published never changes -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = draft(tmp_path_factory.mktemp("published"))
    publish(path, on=DAY)
    return path


@given(data=st.data())
def test_any_single_mutation_of_a_published_file_is_caught(published: Path, data: st.DataObject) -> None:
    was = published.read_bytes()
    at = data.draw(st.integers(0, len(was)))
    cut = data.draw(st.integers(0, 2))
    put = data.draw(st.binary(max_size=2))
    now = was[:at] + put + was[at + cut :]
    published.write_bytes(now)
    try:
        if now == was:
            assert load_file(published).is_published
        else:
            with pytest.raises(DefinitionError, match="was changed since"):
                load_file(published)
    finally:
        published.write_bytes(was)


# --- retiring ------------------------------------------------------------------------------------------------


def test_a_retired_version_is_recorded_with_its_reason_and_its_replacement(tmp_path: Path) -> None:
    old = draft(tmp_path)
    publish(old, on=DAY)
    publish(draft(tmp_path, "1.0.1"), on=DAY)
    done = retire(old, reason="The guidance changed.", on=DAY, replaced_by="1.0.1")
    assert done == Retirement(date="2026-01-31", reason="The guidance changed.", replaced_by="1.0.1")
    assert read_index(tmp_path / "invented").versions["1.0.0"].retired == done
    assert load_file(old).is_published


def test_only_a_published_version_is_retired_and_only_once(tmp_path: Path) -> None:
    path = draft(tmp_path)
    with pytest.raises(NotPublishedError, match="it is not published"):
        retire(path, reason="x", on=DAY)
    publish(path, on=DAY)
    with pytest.raises(NotPublishedError, match=r"9.0.0 is no other published version; published are: there is none"):
        retire(path, reason="x", on=DAY, replaced_by="9.0.0")
    retire(path, reason="x", on=DAY)
    with pytest.raises(NotPublishedError, match="it was retired on 2026-01-31 already"):
        retire(path, reason="x", on=DAY)


# --- the commands --------------------------------------------------------------------------------------------


def test_nobody_is_sent_to_a_version_that_is_retired_itself_or_told_no_reason(tmp_path: Path) -> None:
    old, new = draft(tmp_path), draft(tmp_path, "1.0.1")
    publish(old, on=DAY)
    publish(new, on=DAY)
    retire(old, reason="Out of date.", on=DAY, replaced_by="1.0.1")
    with pytest.raises(NotPublishedError, match=r"1\.0\.0 is retired itself"):
        retire(new, reason="Out of date.", on=DAY, replaced_by="1.0.0")
    with pytest.raises(NotPublishedError, match="say why it is retired"):
        retire(new, reason=" ", on=DAY)
    assert read_index(tmp_path / "invented").versions["1.0.1"].retired is None


def test_the_commands_publish_and_retire(tmp_path: Path) -> None:
    draft(tmp_path)
    where = ("--definitions", tmp_path)
    ran = run(*where, "publish", "invented@1.0.0", "--dry-run")
    assert (ran.status, "invented 1.0.0: may be published" in ran.out) == (0, True)
    ran = run(*where, "publish", "invented@1.0.0")
    assert (ran.status, "invented 1.0.0: published on 20" in ran.out) == (0, True)
    ran = run(*where, "publish", "invented@1.0.0", "--json")
    assert ran.status == 1
    assert json.loads(ran.out) == {
        "written": False,
        "reasons": ["it is published already; make a change in a new version"],
    }
    ran = run(*where, "retire", "invented@1.0.0", "--reason", "Out of date.")
    assert (ran.status, "invented 1.0.0: retired on 20" in ran.out) == (0, True)
    assert run(*where, "list").out.split()[2] == "retired"
    ran = run(*where, "retire", "invented@1.0.0", "--reason", "Out of date.")
    assert (ran.status, ran.out) == (1, "")
    assert "already" in ran.err


def test_who_asks_for_a_retired_version_is_given_it_and_told(tmp_path: Path) -> None:
    path = draft(tmp_path)
    publish(path, on=DAY)
    publish(draft(tmp_path, "1.0.1"), on=DAY)
    retire(path, reason="Out of date.", on=DAY, replaced_by="1.0.1")
    ran = run("--definitions", tmp_path, "new", "invented@1.0.0")
    assert (ran.status, ran.json()["version"]) == (0, "1.0.0")
    assert ran.err == "note: invented 1.0.0 was retired on 2026-01-31: Out of date. Use 1.0.1 for new responses.\n"
    ran = run("--definitions", tmp_path, "new", "invented")
    assert (ran.json()["version"], ran.err) == ("1.0.1", "")


@pytest.mark.parametrize("name", ["invented", "invented@", "unknown@1.0.0", "invented@2.0.0"])
def test_a_version_must_be_named(tmp_path: Path, name: str) -> None:
    draft(tmp_path)
    ran = run("--definitions", tmp_path, "publish", name)
    assert (ran.status, ran.out) == (2, "")
