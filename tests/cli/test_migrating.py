"""`migrate` and `draft-migration`: what they write, what they tell, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from cse_forms.schema.migration import MIGRATION_FILE
from tests.cli.folders import write_response
from tests.commands import Ran, run
from tests.migrating.versions import ANSWERS, FIRST, MIGRATED, SECOND, THIRD, three


@pytest.fixture
def known(tmp_path: Path) -> cse_forms.Catalogue:
    return three(tmp_path / "definitions")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_response(tmp_path / "response.json", ANSWERS)


def ran(known: cse_forms.Catalogue, *arguments: str | Path, **words: Any) -> Ran:
    return run("--definitions", known.directory, *arguments, **words)


def test_a_response_is_migrated_written_and_told_answer_by_answer(
    known: cse_forms.Catalogue, path: Path, tmp_path: Path
) -> None:
    made = tmp_path / "new.json"
    found = ran(known, "migrate", path, "--to", THIRD, "-o", made)
    assert found.err == ""
    lines = found.out.splitlines()
    assert lines[:2] == ["invented: 1.0.0 to 2.0.0 to 2.1.0", "6 carried; 5 changed; 0 lost; 2 newly asked"]
    assert lines[-4:] == [
        "newly asked /extra Extra",
        "Risk: was Low; is now no level suggested (not ruled out: Low, High)",
        "The new response is valid, 0 findings",
        f"Wrote {made}",
    ]
    assert "moved /child/school -> /education/school School: It has a section of its own." in found.out
    assert "changed /child/name -> /child/last Last" in found.out
    assert "newly asked /review Review (filled in)" in found.out
    assert "Robin" not in found.out
    assert found.status == 1
    written = cse_forms.read_response(made)
    assert (written.version, written.answers) == (THIRD, MIGRATED)
    assert written.migrated_from[0]["text"].encode() == path.read_bytes()
    assert ran(known, "validate", made).status == 0


def test_where_there_is_nothing_to_look_at_it_ends_with_0(known: cse_forms.Catalogue, tmp_path: Path) -> None:
    path = write_response(tmp_path / "r.json", {"indicators": {"missing": "yes"}}, version=SECOND)
    found = ran(known, "migrate", path, "--to", THIRD)
    assert (found.status, found.err) == (0, "")
    assert found.out.splitlines()[-3:] == [
        "Risk: High",
        "The new response is valid, 0 findings",
        "The new response was not written; say with -o where to.",
    ]


def test_json_has_the_new_response_and_the_report(known: cse_forms.Catalogue, path: Path) -> None:
    said = ran(known, "migrate", path, "--to", SECOND, "--json").json()
    assert said["response"]["answers"] == MIGRATED
    assert said["report"]["path"] == [FIRST, SECOND]
    assert said["report"]["levels"] == [
        {
            "id": "risk",
            "title": "Risk",
            "before": {"suggested": "Low", "possible": ["Low"]},
            "after": {"suggested": None, "possible": ["Low", "High"]},
            "same": False,
        }
    ]
    assert {"pointer": "/review", "title": "Review", "filled": True} in said["report"]["asked"]


def test_a_response_comes_from_standard_input_too(known: cse_forms.Catalogue, path: Path) -> None:
    found = ran(known, "migrate", "-", "--to", SECOND, "--json", stdin=path.read_bytes())
    assert found.json()["response"]["answers"] == MIGRATED


def test_what_would_be_lost_is_named_and_nothing_is_written(known: cse_forms.Catalogue, tmp_path: Path) -> None:
    path = write_response(tmp_path / "r.json", {"extra": "hidden words", "told": "yes"}, version=THIRD)
    made = tmp_path / "new.json"
    found = ran(known, "migrate", path, "--to", SECOND, "-o", made)
    assert (found.status, found.out) == (2, "")
    assert found.err == (
        "Error: Taking this response from invented 2.1.0 to 2.0.0 would lose this answer, and nothing was made:\n"
        "  /extra Extra: 2.0.0 does not ask this, and the migration does not say why\n"
        "Mend the migration, or name what may be lost: --accept-loss /extra\n"
    )
    assert not made.exists()
    found = ran(known, "migrate", path, "--to", SECOND, "-o", made, "--accept-loss", "/extra")
    assert (found.status, found.err) == (1, "")
    assert "lost /extra Extra\n    2.0.0 does not ask this" in found.out
    assert cse_forms.read_response(made).answers == {"told": "yes"}


def test_a_file_that_is_there_is_never_written_over_but_the_response_s_own(
    known: cse_forms.Catalogue, path: Path, tmp_path: Path
) -> None:
    other = write_response(tmp_path / "other.json", {})
    before = other.read_bytes()
    found = ran(known, "migrate", path, "--to", SECOND, "-o", other)
    assert (found.status, found.out) == (2, "")
    assert "other.json is there already" in found.err
    assert other.read_bytes() == before
    own = path.read_bytes()
    assert ran(known, "migrate", path, "--to", SECOND, "-o", path).status == 1
    assert cse_forms.read_response(path).migrated_from[0]["text"].encode() == own


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"[]", "is no response"),
        (b'{"form": "invented", "version": "1.0.0"}', "'answers' is missing"),
        (b'{"form": "other", "version": "1.0.0", "answers": {}}', "No form 'other'"),
        (b'{"form": "invented", "version": "7.0.0", "answers": {}}', "No form 'invented' at version 7.0.0"),
        (b'{"form": "invented", "version": "2.1.0", "answers": {}}', "answers invented 2.1.0 already"),
    ],
)
def test_what_cannot_be_migrated_is_refused(
    content: bytes, message: str, known: cse_forms.Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(content)
    found = ran(known, "migrate", path, "--to", THIRD)
    assert (found.status, found.out) == (2, "")
    assert message in found.err


def test_a_draft_is_written_once_and_says_what_is_to_be_decided(known: cse_forms.Catalogue, tmp_path: Path) -> None:
    made = tmp_path / "drafts" / MIGRATION_FILE
    found = ran(known, "draft-migration", "invented@1.0.0", "invented@2.0.0", "-o", made)
    assert (found.status, found.err) == (1, "")
    assert found.out.startswith(f"Wrote {made}: ")
    assert "  to be decided, step " in found.out
    draft = json.loads(made.read_text(encoding="utf-8"))
    assert {"move": "/child/school", "to": "/education/school"} in [
        {word: step.get(word) for word in ("move", "to")} for step in draft["steps"]
    ]
    again = ran(known, "draft-migration", "invented@1.0.0", "invented@2.0.0", "-o", made)
    assert (again.status, again.out) == (2, "")
    assert "is there already" in again.err


def test_a_draft_without_a_question_ends_with_0_and_is_printed(known: cse_forms.Catalogue) -> None:
    found = ran(known, "draft-migration", "invented@2.0.0", "invented@2.1.0")
    assert found.status == 0
    assert found.json() == {"form": "invented", "from": SECOND, "to": THIRD, "steps": []}


def test_check_tells_the_faults_of_a_migration_with_their_lines(known: cse_forms.Catalogue) -> None:
    path = known.directory / "invented" / SECOND / MIGRATION_FILE
    told = json.loads(path.read_text(encoding="utf-8"))
    told["steps"][1]["to"] = "/education/schol"
    path.write_text(json.dumps(told, indent=2), encoding="utf-8")
    found = ran(known, "check", known.directory / "invented" / SECOND)
    assert found.status == 2
    assert (
        f"{path}:16:7 error no-question /steps/1/to: the newer version has nothing at '/education/schol'; did you "
        in (found.out)
    )
