"""What would lose an answer is refused with its name, unless somebody gave it up by name."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.errors import DigestError, InputError
from cse_forms.migrating import Migrated, MigrationError, migrate
from tests.forms import Document, choice, date, definition, integer, section, table, text
from tests.migrating.versions import FIRST, SECOND, between, migration, response


def migrated(old: Document, new: Document, answers: Any, *steps: Document, accept: tuple[str, ...] = ()) -> Migrated:
    one, other = between(old, new)
    return migrate(response(answers), one, other, migration(*steps), accept_loss=accept)


def refusal(old: Document, new: Document, answers: Any, *steps: Document, accept: tuple[str, ...] = ()) -> str:
    with pytest.raises(MigrationError) as caught:
        migrated(old, new, answers, *steps, accept=accept)
    return str(caught.value)


OLD = definition({"kept": text(), "gone": text(), "t": table(section({"x": text(), "y": text()}))})
NEW = definition({"kept": text(), "t": table(section({"x": text()}))})
ANSWERS = {"kept": "here", "gone": "a secret", "t": [{"x": "1", "y": "hidden words"}, {"y": "more"}]}


def test_every_answer_that_would_be_lost_is_named_and_none_is_quoted() -> None:
    assert refusal(OLD, NEW, ANSWERS) == (
        "Taking this response from invented 1.0.0 to 2.0.0 would lose these 3 answers, and nothing was made:\n"
        "  /gone Gone: 2.0.0 does not ask this, and the migration does not say why\n"
        "  /t/0/y Row - Y: 2.0.0 does not ask this, and the migration does not say why\n"
        "  /t/1/y Row - Y: 2.0.0 does not ask this, and the migration does not say why\n"
        "Mend the migration, or name what may be lost: --accept-loss /gone --accept-loss /t/0/y --accept-loss /t/1/y"
    )


def test_the_error_carries_what_would_be_lost() -> None:
    with pytest.raises(MigrationError) as caught:
        migrated(OLD, NEW, {"gone": "a secret"})
    assert [(one.old, one.code) for one in caught.value.lost] == [(("/gone",), "no-question")]


@pytest.mark.parametrize("accept", [("/gone", "/t/*/y"), ("/gone", "/t/0/y", "/t/1/y")])
def test_what_is_named_is_left_out_and_reported(accept: tuple[str, ...]) -> None:
    done = migrated(OLD, NEW, ANSWERS, accept=accept)
    assert done.response.answers == {"kept": "here", "t": [{"x": "1"}, {}]}
    assert [one.old for one in done.report.lost] == [("/gone",), ("/t/0/y",), ("/t/1/y",)]
    assert not any(one.is_agreed for one in done.report.lost)
    assert not done.report.is_clean


@pytest.mark.parametrize("accept", ["/gone", "/t/0/y", "/t/*/x", "/kept"])
def test_what_is_not_named_is_refused_even_if_something_else_is(accept: str) -> None:
    assert "would lose" in refusal(OLD, NEW, ANSWERS, accept=(accept,))


@pytest.mark.parametrize("slip", ["/gon", "gone", "", "/t/5/y/z", "/t"])
def test_a_name_that_leads_to_no_question_and_no_answer_is_a_slip(slip: str) -> None:
    with pytest.raises(InputError, match="has no question"):
        migrated(OLD, NEW, {"kept": "x"}, accept=(slip,))


def test_an_option_that_is_none_any_more_would_be_lost() -> None:
    old, new = definition({"q": choice("yes", "maybe")}), definition({"q": choice("yes", "no")})
    assert "/q Q: 2.0.0 does not accept it as an answer to 'Q'" in refusal(old, new, {"q": "maybe"})
    assert migrated(old, new, {"q": "maybe"}, accept=("/q",)).response.answers == {}
    assert migrated(old, new, {"q": "yes"}).response.answers == {"q": "yes"}


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        (text(), text() | {"maxLength": 3}, "words"),
        (integer(), integer() | {"maximum": 17}, 18),
        (text(), integer(), "seven"),
        (text(), date(), "last week"),
        (integer(), section({"q": text()}), 3),
        (text(), table(section({"q": text()})), "words"),
    ],
    ids=["too long", "out of range", "no number", "no date", "a section now", "a table now"],
)
def test_an_answer_that_the_new_version_does_not_accept_would_be_lost(
    old: Document, new: Document, answer: Any
) -> None:
    assert "would lose this answer" in refusal(definition({"q": old}), definition({"q": new}), {"q": answer})


def test_an_answer_that_is_shorter_than_it_must_be_is_kept_since_it_may_be_completed() -> None:
    done = migrated(definition({"q": text()}), definition({"q": text() | {"minLength": 9}}), {"q": "short"})
    assert done.response.answers == {"q": "short"}
    assert not done.report.is_valid


def test_what_neither_version_accepts_stays_as_it_was() -> None:
    document = definition(
        {"q": integer(), "s": section({"x": text()}), "u": section({"x": text()}), "t": table(section({"x": text()}))}
    )
    answers = {
        "q": "three",
        "s": {"*": "x"},
        "u": "no object",
        "t": {"x": "no list"},
        "strange": [1, {"a": 2}],
        "*": 1,
        "": 2,
    }
    done = migrated(document, document, answers)
    assert done.response.answers == answers
    assert (done.report.was_valid, done.report.is_valid) == (False, False)
    assert done.report.lost == ()


def test_what_stood_where_there_was_no_question_never_comes_to_be_an_answer() -> None:
    old, new = definition({"q": text()}), definition({"q": text(), "new": text()})
    assert "/new (no question): neither version asks this" in refusal(old, new, {"new": "a stray"})


def test_what_stood_where_there_was_no_question_moves_with_its_section() -> None:
    old, new = definition({"s": section({"x": text()})}), definition({"u": section({"x": text()})})
    done = migrated(old, new, {"s": {"x": "1", "stray": "2"}}, {"move": "/s", "to": "/u"})
    assert done.response.answers == {"u": {"x": "1", "stray": "2"}}
    assert "/s/stray" in refusal(old, definition({"x": text()}), {"s": {"stray": "2"}})


def test_of_two_answers_to_one_place_the_one_that_a_step_names_is_kept() -> None:
    old = definition({"a": text(), "s": text()})
    new = definition({"s": section({"a": text()})})
    message = refusal(old, new, {"a": "1", "s": "2"}, {"move": "/a", "to": "/s/a"})
    assert "/s S: a question, a section or a table of another kind stands there now" in message


def test_a_text_that_is_none_cannot_be_split_or_joined() -> None:
    one, two = definition({"a": text()}), definition({"b": text(), "c": text()})
    split: Document = {"split": "/a", "by": " ", "to": ["/b", "/c"]}
    assert "/a A: it is no text, and cannot be split" in refusal(one, two, {"a": 3}, split)
    joined: Document = {"join": ["/b", "/c"], "by": " ", "to": "/a"}
    assert "/c C: it is no text, and cannot be joined" in refusal(two, one, {"b": "x", "c": [1]}, joined)


def test_an_empty_section_that_is_no_more_loses_nothing() -> None:
    done = migrated(definition({"q": text(), "s": section({"x": text()})}), definition({"q": text()}), {"s": {}})
    assert done.response.answers == {}
    assert [(one.old, one.code) for one in done.report.lost] == [(("/s",), "empty")]
    assert done.report.is_clean


# --- what cannot be migrated at all ------------------------------------------------------------------------------


def test_a_step_that_is_still_to_be_decided_is_refused() -> None:
    step = {"drop": "/gone", "decide": "Is it asked elsewhere?"}
    assert refusal(OLD, NEW, {}, step) == (
        "The migration to invented 2.0.0 cannot be used:\n"
        "  /steps/0/decide: this is still to be decided: Is it asked elsewhere?; take 'decide' out when it is"
    )


def test_a_migration_between_other_versions_is_refused() -> None:
    one, other = between(OLD, NEW)
    with pytest.raises(MigrationError, match=r"from 1\.1\.0 to 2\.0\.0, and not from invented 1\.0\.0 to invented 2"):
        migrate(response({}), one, other, migration(start="1.1.0"))


def test_a_response_to_another_version_is_refused() -> None:
    one, other = between(OLD, NEW)
    with pytest.raises(InputError, match=r"answers invented 2\.0\.0"):
        migrate(response({}, SECOND), one, other, migration())


def test_a_response_to_other_bytes_of_its_version_is_refused() -> None:
    one, other = between(OLD, NEW)
    with pytest.raises(DigestError):
        migrate(response({}, FIRST, digest="sha256:" + "0" * 64), one, other, migration())


@pytest.mark.parametrize(
    "value",
    [float("nan"), "half \ud800", {1, 2}, {1: 2}],
    ids=["NaN", "half a character", "a set", "a number as a name"],
)
def test_what_no_file_can_carry_is_refused(value: Any) -> None:
    one, other = between(OLD, NEW)
    with pytest.raises(InputError, match="what no JSON file can carry"):
        migrate(response({"kept": value}), one, other, migration())
