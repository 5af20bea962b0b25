"""The way from version to version, onwards and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cse_forms.errors import DefinitionError, FormNotFoundError, InputError
from cse_forms.migrating import MigrationError, migrate_to
from cse_forms.migrating.inverse import inverse
from tests.forms import Document, choice, definition, text, to_bytes
from tests.migrating.versions import (
    ANSWERS,
    FIRST,
    MIGRATED,
    SECOND,
    STEPS,
    THIRD,
    between,
    catalogue,
    first,
    migration,
    numbered,
    response,
    second,
    three,
)


def told(start: str, end: str, *steps: Document) -> Document:
    return {"form": "invented", "from": start, "to": end, "steps": list(steps)}


def test_a_response_is_taken_over_three_versions_and_back(tmp_path: Path) -> None:
    known = three(tmp_path)
    there = migrate_to(response(ANSWERS), known, THIRD)
    assert there.response.answers == MIGRATED
    assert there.report.path == (FIRST, SECOND, THIRD)
    back = migrate_to(there.response, known, FIRST)
    assert back.response.answers == ANSWERS
    assert back.report.path == (THIRD, SECOND, FIRST)
    assert [(one.old, one.is_agreed) for one in back.report.lost] == [(("/review",), True)]


def test_the_report_of_a_long_way_speaks_of_the_response_at_hand(tmp_path: Path) -> None:
    report = migrate_to(response(ANSWERS), three(tmp_path), THIRD).report
    assert {one.old[0]: one.new for one in report.carried}["/visits/0/on"] == "/contacts/0/on"
    assert {one.new: one.old for one in report.changed}["/child/last"] == ("/child/name",)
    assert [(one.pointer, one.is_filled) for one in report.asked] == [("/review", True), ("/extra", False)]


def test_what_is_lost_late_is_named_as_the_response_at_hand_has_it(tmp_path: Path) -> None:
    versions = [
        numbered(definition({name: text()}), version)
        for name, version in (("a", "1.0.0"), ("b", "2.0.0"), ("c", "3.0.0"))
    ]
    known = catalogue(
        tmp_path,
        *versions,
        migrations={"2.0.0": told("1.0.0", "2.0.0", {"move": "/a", "to": "/b"}), "3.0.0": told("2.0.0", "3.0.0")},
    )
    with pytest.raises(MigrationError, match=r"/a B: 3\.0\.0 does not ask this"):
        migrate_to(response({"a": "x"}), known, "3.0.0")
    assert migrate_to(response({"a": "x"}), known, "3.0.0", accept_loss=["/a"]).response.answers == {}


def test_neighbours_that_ask_the_same_need_no_migration(tmp_path: Path) -> None:
    one = definition({"q": choice("yes", "no")})
    other = definition({"q": choice("yes", "no", "not-known"), "more": text()}, version="1.1.0")
    known = catalogue(tmp_path, one, other)
    assert migrate_to(response({"q": "no"}), known, "1.1.0").response.answers == {"q": "no"}
    assert migrate_to(response({"q": "no"}, "1.1.0"), known, "1.0.0").response.answers == {"q": "no"}
    with pytest.raises(MigrationError, match="would lose these 2 answers"):
        migrate_to(response({"q": "not-known", "more": "x"}, "1.1.0"), known, "1.0.0")


@pytest.mark.parametrize(
    "other", [{"p": text()}, {"q": text()}, {"q": choice("yes")}], ids=["removed", "another kind", "an option less"]
)
def test_neighbours_that_ask_otherwise_need_one(other: Document, tmp_path: Path) -> None:
    known = catalogue(tmp_path, definition({"q": choice("yes", "no")}), definition(other, version="2.0.0"))
    with pytest.raises(MigrationError) as caught:
        migrate_to(response({}), known, "2.0.0")
    assert str(caught.value) == (
        "No migration leads from invented 1.0.0 to 2.0.0. Make one with 'cse-forms draft-migration invented@1.0.0 "
        "invented@2.0.0', decide what it asks, and put it beside 2.0.0"
    )


def test_neighbours_in_which_words_changed_places_need_one(tmp_path: Path) -> None:
    options = choice("yes", "no")
    exchanged = options | {"oneOf": [{"const": "yes", "title": "No"}, {"const": "no", "title": "Yes"}]}
    known = catalogue(tmp_path, definition({"q": options}), definition({"q": exchanged}, version="2.0.0"))
    for start, end in (("1.0.0", "2.0.0"), ("2.0.0", "1.0.0")):
        with pytest.raises(MigrationError, match=f"Between {start} and {end} words changed places, so that answers"):
            migrate_to(response({"q": "no"}, start), known, end)
    step = {"options": "/q", "map": {"yes": "no", "no": "yes"}}
    (tmp_path / "invented" / "2.0.0" / "migration.json").write_bytes(to_bytes(told("1.0.0", "2.0.0", step)))
    there = migrate_to(response({"q": "no"}), known, "2.0.0").response
    assert there.answers == {"q": "yes"}
    assert migrate_to(there, known, "1.0.0").response.answers == {"q": "no"}


def test_the_shortest_way_is_taken(tmp_path: Path) -> None:
    versions = [numbered(definition({"q": text()}), version) for version in ("1.0.0", "1.1.0", "1.2.0")]
    known = catalogue(tmp_path, *versions, migrations={"1.2.0": told("1.0.0", "1.2.0")})
    assert migrate_to(response({"q": "x"}), known, "1.2.0").report.path == ("1.0.0", "1.2.0")


def test_what_cannot_be_undone_is_told_with_the_reason(tmp_path: Path) -> None:
    old, new = definition({"q": text(), "gone": text()}), definition({"q": text()}, version="2.0.0")
    steps = told("1.0.0", "2.0.0", {"drop": "/gone", "because": "It was never read."})
    known = catalogue(tmp_path, old, new, migrations={"2.0.0": steps})
    with pytest.raises(
        MigrationError, match="cannot be undone: step 1: what was dropped at '/gone' does not come back"
    ):
        migrate_to(response({"q": "x"}, "2.0.0"), known, "1.0.0")


def test_a_migration_with_a_fault_is_refused_with_its_line(tmp_path: Path) -> None:
    known = catalogue(tmp_path, first(), second(), migrations={SECOND: told(FIRST, SECOND, {"move": "/x", "to": "/y"})})
    with pytest.raises(DefinitionError, match=r"migration\.json:7:7 /steps/0/move: the older version has nothing"):
        migrate_to(response(ANSWERS), known, SECOND)


def test_what_is_wrong_elsewhere_does_not_stand_in_the_way(tmp_path: Path) -> None:
    known = three(tmp_path)
    (tmp_path / "invented" / THIRD / "migration.json").write_text("{", encoding="utf-8")
    (tmp_path / "invented" / "3.0.0").mkdir()
    (tmp_path / "invented" / "3.0.0" / "form.json").write_text("{}", encoding="utf-8")
    assert migrate_to(response(ANSWERS), known, SECOND).response.answers == MIGRATED
    with pytest.raises(DefinitionError, match=r"migration\.json.*ends in the middle"):
        migrate_to(response(ANSWERS), known, THIRD)


def test_what_is_not_there_and_what_is_there_already_is_refused(tmp_path: Path) -> None:
    known = three(tmp_path)
    with pytest.raises(InputError, match=r"answers invented 2\.1\.0 already"):
        migrate_to(response({}, THIRD), known, THIRD)
    with pytest.raises(FormNotFoundError):
        migrate_to(response({}), known, "9.0.0")
    with pytest.raises(FormNotFoundError):
        migrate_to(response({}, "0.1.0"), known, THIRD)


# --- the way back ------------------------------------------------------------------------------------------------


def reasons(old: Document, new: Document, *steps: Document) -> tuple[str, ...]:
    one, other = between(old, new)
    found = inverse(migration(*steps), one.definition, other.definition)
    assert (found.migration is None) == bool(found.reasons)
    return found.reasons


@pytest.mark.parametrize(
    ("old", "new", "step", "reason"),
    [
        (
            {"a": text()},
            {"b": text()},
            {"drop": "/a", "because": "It was never read."},
            "step 1: what was dropped at '/a' does not come back",
        ),
        (
            {"a": text(), "b": text()},
            {"c": text()},
            {"join": ["/a", "/b"], "by": " ", "to": "/c"},
            "step 1: nobody can tell where the parts of '/c' began before they were joined",
        ),
        (
            {"a": choice("x", "y")},
            {"a": choice("x")},
            {"options": "/a", "map": {"y": "x"}},
            "step 1: two answers to '/a' became one, and nobody can tell which it was",
        ),
    ],
    ids=["drop", "join", "options"],
)
def test_a_step_that_has_no_way_back_says_why(old: Any, new: Any, step: Document, reason: str) -> None:
    assert reasons(definition(old), definition(new), step) == (reason,)


def test_steps_that_have_one_are_undone() -> None:
    assert reasons(first(), second(), *STEPS) == ()


def test_a_way_back_that_would_lead_elsewhere_is_none() -> None:
    old = definition({"a": text(), "b": text()})
    new = definition({"b": text(), "c": text()})
    assert reasons(old, new, {"move": "/a", "to": "/b"}) == ("what stands at '/b' would not come back to '/b'",)
