"""What each step of a migration does to an answer."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.forms import Form
from cse_forms.migrating import Migrated, migrate
from cse_forms.pointers import BLANK
from tests import forms
from tests.forms import Document, choice, choices, date, definition, integer, number, section, table, text, tick
from tests.migrating.versions import ANSWERS, MIGRATED, SECOND, STEPS, between, first, migration, response, second


def migrated(old: Document, new: Document, answers: dict[str, Any], *steps: Document, **words: Any) -> Migrated:
    one, other = between(old, new)
    return migrate(response(answers, **words), one, other, migration(*steps), accept_loss=())


def alone(old: Document, new: Document, answer: Any, *steps: Document) -> Any:
    """Return what becomes of the answer to one question, called q in both versions."""
    done = migrated(definition({"q": old}), definition({"q": new}), {"q": answer}, *steps)
    return done.response.answers.get("q", BLANK)


def test_answers_are_moved_split_and_written_otherwise_as_the_steps_say() -> None:
    assert migrated(first(), second(), ANSWERS, *STEPS).response.answers == MIGRATED


def test_the_order_of_the_steps_says_nothing() -> None:
    assert migrated(first(), second(), ANSWERS, *reversed(STEPS)).response.answers == MIGRATED


def test_the_new_response_answers_the_new_version_and_keeps_who_and_when() -> None:
    meta = {"who": "Jo Sample", "when": "2026-03-31", "status": "draft", "case": {"number": 17}}
    made = migrated(first(), second(), ANSWERS, *STEPS, meta=meta).response
    assert (made.form, made.version, made.meta, made.digest) == ("invented", SECOND, meta, None)


def test_answers_without_a_step_stay_at_their_pointers() -> None:
    document = definition({"a": text(), "part": section({"b": integer()})})
    answers = {"a": "words", "part": {"b": 3}}
    done = migrated(document, document, answers)
    assert done.response.answers == answers
    assert [(one.old, one.new) for one in done.report.carried] == [(("/a",), "/a"), (("/part/b",), "/part/b")]
    assert done.report.is_clean


def test_two_questions_may_change_their_places() -> None:
    document = definition({"a": text(), "b": text()})
    steps: list[Document] = [{"move": "/a", "to": "/b"}, {"move": "/b", "to": "/a"}]
    assert migrated(document, document, {"a": "x", "b": "y"}, *steps).response.answers == {"a": "y", "b": "x"}


def test_of_two_steps_that_hold_an_answer_the_nearer_one_counts() -> None:
    old = definition({"a": section({"x": text(), "y": text()})})
    new = definition({"b": section({"y": text()}), "c": section({"x": text()})})
    steps: list[Document] = [{"move": "/a", "to": "/b"}, {"move": "/a/x", "to": "/c/x"}]
    done = migrated(old, new, {"a": {"x": "1", "y": "2"}}, *steps)
    assert done.response.answers == {"b": {"y": "2"}, "c": {"x": "1"}}


def test_a_question_in_a_dropped_section_can_be_kept() -> None:
    old = definition({"a": section({"x": text(), "y": text()})})
    steps: list[Document] = [{"drop": "/a", "because": "It is asked elsewhere."}, {"move": "/a/x", "to": "/x"}]
    done = migrated(old, definition({"x": text()}), {"a": {"x": "1", "y": "2"}}, *steps)
    assert done.response.answers == {"x": "1"}
    assert [(one.old, one.code, one.is_agreed) for one in done.report.lost] == [(("/a/y",), "dropped", True)]


def test_rows_keep_their_number_and_their_order_whatever_is_left_in_them() -> None:
    old = definition({"t": table(section({"x": text(), "y": text()}))})
    new = definition({"t": table(section({"x": text()}))})
    answers = {"t": [{"x": "1", "y": "2"}, {"y": "3"}, {}, {"x": "4"}]}
    done = migrated(old, new, answers, {"drop": "/t/*/y", "because": "It was never read."})
    assert done.response.answers == {"t": [{"x": "1"}, {}, {}, {"x": "4"}]}
    assert [one.old for one in done.report.lost] == [("/t/0/y",), ("/t/1/y",)]


def test_a_column_can_move_into_the_rows_of_another_table() -> None:
    old = definition({"t": table(section({"x": text(), "y": text()}))})
    new = definition({"t": table(section({"x": text()})), "u": table(section({"y": text()}))})
    answers = {"t": [{"x": "1"}, {"x": "2", "y": "3"}]}
    done = migrated(old, new, answers, {"move": "/t/*/y", "to": "/u/*/y"})
    assert done.response.answers == {"t": [{"x": "1"}, {"x": "2"}], "u": [{}, {"y": "3"}]}


def test_a_table_without_rows_and_a_section_without_answers_are_carried_too() -> None:
    document = definition({"t": table(section({"x": text()})), "s": section({"x": text()})})
    assert migrated(document, document, {"t": [], "s": {}}).response.answers == {"t": [], "s": {}}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Robin Sample", {"first": "Robin", "last": "Sample"}),
        ("Robin", {"first": "Robin"}),
        ("Robin Quill Sample", {"first": "Robin", "last": "Quill Sample"}),
        (" Sample", {"first": "", "last": "Sample"}),
        ("", {"first": ""}),
    ],
)
def test_a_text_is_split_so_that_nothing_of_it_is_left_out(name: str, parts: dict[str, str]) -> None:
    old, new = definition({"name": text()}), definition({"first": text(), "last": text()})
    done = migrated(old, new, {"name": name}, {"split": "/name", "by": " ", "to": ["/first", "/last"]})
    assert done.response.answers == parts
    assert {one.old for one in done.report.changed} == {("/name",)}


def test_texts_are_joined_in_the_order_of_the_step_and_blanks_are_left_out() -> None:
    old, new = definition({"a": text(), "b": text(), "c": text()}), definition({"all": text()})
    step: Document = {"join": ["/c", "/b", "/a"], "by": ", ", "to": "/all"}
    done = migrated(old, new, {"a": "1", "c": "3"}, step)
    assert done.response.answers == {"all": "3, 1"}
    assert [(one.old, one.new) for one in done.report.changed] == [(("/c", "/a"), "/all")]
    assert migrated(old, new, {}, step).response.answers == {}


def test_texts_are_joined_row_by_row() -> None:
    old, new = (definition({"t": table(section(row))}) for row in ({"a": text(), "b": text()}, {"c": text()}))
    answers = {"t": [{"a": "1", "b": "2"}, {"b": "3"}]}
    done = migrated(old, new, answers, {"join": ["/t/*/a", "/t/*/b"], "by": "-", "to": "/t/*/c"})
    assert done.response.answers == {"t": [{"c": "1-2"}, {"c": "3"}]}


YES_NO: Document = {"true": "yes", "false": "no"}


@pytest.mark.parametrize(
    ("old", "new", "map_", "answer", "becomes"),
    [
        (choice("yes", "maybe"), choice("yes", "no"), {"maybe": "no"}, "maybe", "no"),
        (choice("yes", "maybe"), choice("yes", "no"), {"maybe": "no"}, "yes", "yes"),
        (tick(), choice("yes", "no"), YES_NO, True, "yes"),
        (tick(), choice("yes", "no"), YES_NO, False, "no"),
        (choice("yes", "no"), tick(), {"yes": True, "no": False}, "no", False),
        (choice(1, 2), choice(10, 2), {"1": 10}, 1, 10),
        (choice(1, 2), choice(10, 2), {"1": 10}, 1.0, 10),
        (choices("a", "b", "c"), choices("a", "d"), {"b": "d", "c": "d"}, ["c", "a", "b"], ["d", "a"]),
        (choices("a", "b"), choices("a", "b"), {"a": "b", "b": "a"}, ["a", "b"], ["b", "a"]),
    ],
    ids=str,
)
def test_options_are_written_as_the_map_says(
    old: Document, new: Document, map_: Document, answer: Any, becomes: Any
) -> None:
    assert alone(old, new, answer, {"options": "/q", "map": map_}) == becomes


def test_one_option_becomes_one_of_several_and_the_only_one_of_several_becomes_the_one() -> None:
    one, several = choice("a", "b"), choices("a", "b")
    assert alone(one, several, "a") == ["a"]
    assert alone(several, one, ["b"]) == "b"


def test_a_number_and_a_date_are_kept_as_they_were_written() -> None:
    assert alone(integer(), number(), 3) == 3
    assert alone(number(), number(), 2.50) == 2.5
    assert alone(date(), date(), "2026-02-28") == "2026-02-28"


def test_an_answer_that_the_migration_gives_up_is_left_out_and_others_stay() -> None:
    step: Document = {"drop": "/q", "values": ["maybe"], "because": "Nobody could say what it meant."}
    assert alone(choice("yes", "maybe"), choice("yes", "no"), "maybe", step) is BLANK
    assert alone(choice("yes", "maybe"), choice("yes", "no"), "yes", step) == "yes"
    assert alone(choices("yes", "maybe"), choices("yes", "no"), ["maybe", "yes"], step) == ["yes"]
    assert alone(choices("yes", "maybe"), choices("yes", "no"), ["maybe"], step) is BLANK


def test_what_is_true_is_not_taken_for_one() -> None:
    step: Document = {"drop": "/q", "values": [1], "because": "It was never used."}
    assert alone(choice(True, 1), choice(True, 2), True, step) is True


def test_a_default_is_filled_in_where_no_answer_comes_and_in_every_row() -> None:
    old = definition({"t": table(section({"x": text()}))})
    new = definition({"t": table(section({"x": text(), "y": integer()})), "z": choice("yes", "no")})
    steps: list[Document] = [{"default": "/t/*/y", "value": 0}, {"default": "/z", "value": "no"}]
    done = migrated(old, new, {"t": [{"x": "1"}, {}]}, *steps)
    assert done.response.answers == {"t": [{"x": "1", "y": 0}, {"y": 0}], "z": "no"}
    assert [(one.pointer, one.is_filled) for one in done.report.asked] == [("/t/*/y", True), ("/z", True)]
    assert [one.new for one in done.report.carried] == ["/t/0/x", "/t/1"]


def test_a_blank_that_stands_for_an_answer_is_written_down_where_it_would_stand_for_another() -> None:
    step: Document = {"options": "/q", "map": YES_NO}
    old, new = definition({"q": tick()}), definition({"q": choice("yes", "no")})
    done = migrated(old, new, {}, step)
    assert done.response.answers == {"q": "no"}
    assert [one.new for one in done.report.changed] == ["/q"]
    assert migrated(old, new, {}, step, meta={"status": "draft"}).response.answers == {}
    assert migrated(old, definition({"q": tick(), "r": text()}), {}).response.answers == {}


def test_the_report_tells_levels_before_and_after_in_words() -> None:
    (level,) = migrated(first(), second(), ANSWERS, *STEPS).report.levels
    assert (level.id, level.title, level.is_same) == ("risk", "Risk", False)
    assert str(level.before) == "Low"
    assert str(level.after) == "no level suggested (not ruled out: Low, High)"
    answers = {"signs": {"missing": "yes"}}
    (level,) = migrated(first(), second(), answers, *STEPS).report.levels
    assert (str(level.before), str(level.after), level.is_same) == ("High", "High", True)


def test_the_report_tells_an_assessment_that_one_of_the_versions_does_not_make() -> None:
    new = second()
    new["x-form"] = {**new["x-form"], "assessments": []}
    (level,) = migrated(first(), new, ANSWERS, *STEPS).report.levels
    assert (level.after, level.is_same) == (None, False)


def test_the_report_tells_what_is_newly_asked_and_whether_the_response_is_valid() -> None:
    new = definition({"q": text(), "must": forms.needed(), "may": text()}, required=["must"])
    done = migrated(definition({"q": text()}), new, {"q": "words"})
    assert [(one.pointer, one.title, one.is_filled) for one in done.report.asked] == [
        ("/must", "Must", False),
        ("/may", "May", False),
    ]
    assert (done.report.was_valid, done.report.is_valid) == (True, False)
    assert [finding.pointer for finding in done.report.findings] == ["/must"]
    draft = migrated(definition({"q": text()}), new, {"q": "words"}, meta={"status": "draft"})
    assert draft.report.is_valid


def test_the_new_response_carries_the_digest_of_a_published_version() -> None:
    old = forms.form(first())
    new = second()
    new["x-form"] = {**new["x-form"], "status": "published"}
    made: Form = forms.form(new)
    done = migrate(response(ANSWERS), old, made, migration(*STEPS))
    assert done.response.digest == made.digest
