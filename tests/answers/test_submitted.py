"""What a browser sends, read: one answer of each kind, what cannot be one, and what nobody asked for."""

from __future__ import annotations

from typing import Any

import pytest

import cse_forms
from cse_forms.answers.submitted import MAX_PAIRS
from cse_forms.errors import InputError
from tests import forms
from tests.entries import entries

YES = {"items": ["/missing"], "match": {"const": "yes"}}
PEOPLE = forms.section({"name": forms.text(), "seen": forms.tick(), "since": forms.date()})
FORM = forms.form(
    forms.definition(
        {
            "name": dict(forms.text(), minLength=1),
            "story": forms.text(lines=6),
            "born": forms.date(),
            "age": forms.integer(),
            "share": forms.number(),
            "agreed": forms.tick(),
            "missing": forms.choice("yes", "no", "not-known"),
            "often": forms.text(showWhen=YES),
            "models": forms.choices("online", "peer", "gang"),
            "people": forms.table(PEOPLE),
            "signs": forms.matrix({"gifts": forms.section({"seen": forms.choice("yes", "no"), "notes": forms.text()})}),
        },
        required=["name"],
    )
)


def report_of(parsed: Any, pointer: str) -> Any:
    (found,) = [report for report in parsed.fields if report.pointer == pointer]
    return found


def unknown_in(parsed: Any) -> list[tuple[str, str | None]]:
    return [(report.question, report.text) for report in parsed.fields if report.status == "unknown"]


@pytest.mark.parametrize(
    ("sent", "answers"),
    [
        ([("/name", "A \U0001f600")], {"name": "A \U0001f600"}),
        ([("/story", "a\r\n\r\nb")], {"story": "a\n\nb"}),
        ([("/story", "\r\na")], {"story": "\na"}),
        ([("/name", "  ")], {}),
        ([("/born/day", "3"), ("/born/month", "2"), ("/born/year", "2012")], {"born": "2012-02-03"}),
        ([("/born/day", "3"), ("/born/month", "March"), ("/born/year", "2012")], {"born": "2012-03-03"}),
        ([("/born/day", ""), ("/born/month", ""), ("/born/year", "")], {}),
        ([("/age", " 14 ")], {"age": 14}),
        ([("/share", "2.50")], {"share": 2.5}),
        ([("/agreed", "true")], {"agreed": True}),
        ([("/missing", "not-known")], {"missing": "not-known"}),
        ([("/models", "peer"), ("/models", "online")], {"models": ["online", "peer"]}),
        (
            [("/signs/gifts/seen", "no"), ("/signs/gifts/notes", "x")],
            {"signs": {"gifts": {"seen": "no", "notes": "x"}}},
        ),
        (
            [("/people/4/name", "second"), ("/people/2/name", ""), ("/people/0/seen", "true")],
            {"people": [{"seen": True}, {"name": "second"}]},
        ),
    ],
)
def test_an_answer_of_each_kind_is_read(sent: list[tuple[str, str]], answers: dict[str, Any]) -> None:
    parsed = FORM.parse(sent)
    assert parsed.response.answers == answers
    assert parsed.response.is_draft
    assert parsed.findings == ()
    assert unknown_in(parsed) == []


@pytest.mark.parametrize(
    ("sent", "pointer", "code", "typed"),
    [
        (
            [("/born/day", "31"), ("/born/month", "2"), ("/born/year", "2012")],
            "/born",
            "not-a-date",
            ("31", "2", "2012"),
        ),
        ([("/born/day", ""), ("/born/month", "May"), ("/born/year", "12")], "/born", "not-a-date", ("", "May", "12")),
        ([("/born", "last Tuesday")], "/born", "not-a-date", "last Tuesday"),
        ([("/age", "abc")], "/age", "wrong-type", "abc"),
        ([("/age", "1.5")], "/age", "wrong-type", "1.5"),
        ([("/missing", "perhaps")], "/missing", "not-an-option", "perhaps"),
        ([("/missing", "yes"), ("/missing", "no")], "/missing", "not-an-option", "Yes; No"),
        ([("/agreed", "1")], "/agreed", "wrong-type", "1"),
        ([("/name", "a"), ("/name", "b")], "/name", "wrong-type", "a\nb"),
        ([("/name", "a\x00b")], "/name", "control-character", "a\x00b"),
        ([("/name", "\udc80")], "/name", "control-character", "\udc80"),
        ([("/people/3/age", ""), ("/people/3/since/day", "x")], "/people/0/since", "not-a-date", ("x", "", "")),
    ],
)
def test_what_can_be_no_answer_is_kept_and_comes_back(
    sent: list[tuple[str, str]], pointer: str, code: str, typed: Any
) -> None:
    parsed = FORM.parse(sent)
    assert [(finding.pointer, finding.code) for finding in parsed.findings] == [(pointer, code)]
    assert parsed.typed == {pointer: typed}
    assert report_of(parsed, pointer).status in ("unreadable", "ambiguous")
    assert pointer.lstrip("/") not in parsed.response.answers
    again = FORM.parse(entries(FORM.page(parsed), "save"))
    is_shown = code != "not-an-option" and pointer != "/agreed" and "\x00" not in typed and "\udc80" not in typed
    if is_shown and "\n" not in typed:
        assert again.typed == parsed.typed
    else:
        shown = FORM.page(parsed)
        assert all(
            word in shown for word in str(typed).replace("\x00", "\ufffd").replace("\udc80", "\ufffd").split("\n")
        )


def test_what_the_form_does_not_have_is_reported_and_never_dropped() -> None:
    sent = [
        ("/people/x/name", "a"),
        ("/people/007/name", "b"),
        ("/people/*/name", "c"),
        ("name", "d"),
        ("/born/hour", "e"),
    ]
    parsed = FORM.parse(
        [*sent, ("/age/day", "1"), ("", ""), ("token", "t")], files=[("scan", object())], expected={"token"}
    )
    assert unknown_in(parsed) == [*sent, ("/age/day", "1"), ("", None), ("scan", None)]
    assert parsed.response.answers == {}


class _Lists:
    """As Django keeps what was sent."""

    def lists(self) -> list[tuple[str, list[str]]]:
        return [("/name", ["A"]), ("/models", ["peer", "gang"])]

    def items(self) -> list[tuple[str, str]]:
        return [("/name", "A"), ("/models", "gang")]


class _Multi(dict[str, str]):
    """As Starlette keeps what was sent."""

    def multi_items(self) -> list[tuple[str, str]]:
        return [("/name", "A"), ("/models", "peer"), ("/models", "gang")]


@pytest.mark.parametrize(
    "pairs",
    [
        [("/name", "A"), ("/models", "peer"), ("/models", "gang")],
        {"/name": ["A"], "/models": ["peer", "gang"]},
        {"/name": "A", "/models": ("peer", "gang")},
        _Lists(),
        _Multi({"/name": "A"}),
    ],
)
def test_pairs_are_taken_as_any_framework_keeps_them(pairs: Any) -> None:
    assert FORM.parse(pairs).response.answers == {"name": "A", "models": ["peer", "gang"]}


def test_more_than_any_form_sends_is_refused() -> None:
    with pytest.raises(InputError, match="more than 20,000 fields"):
        FORM.parse([("/name", "a")] * (MAX_PAIRS + 1))
    with pytest.raises(InputError, match="MB of text"):
        FORM.parse([("/name", "a" * 40_000_000)])


def test_a_button_that_adds_a_row_brings_back_one_more_and_loses_nothing() -> None:
    page = FORM.page({"people": [{"name": "A"}], "age": 3})
    parsed = FORM.parse(entries(page, "add:/people"))
    assert (parsed.button, parsed.rows) == ("rows", {"/people": 4})
    assert parsed.response.answers == {"people": [{"name": "A"}], "age": 3}
    again = FORM.parse(entries(FORM.page(parsed), "continue"))
    assert (again.button, again.rows) == ("continue", {"/people": 4})


def test_a_button_that_removes_a_row_takes_its_answers_with_it() -> None:
    page = FORM.page({"people": [{"name": "A", "seen": False}, {"name": "B"}, {"name": "C"}]})
    parsed = FORM.parse(entries(page, "remove:/people/1"))
    assert parsed.response.answers == {"people": [{"name": "A", "seen": False}, {"name": "C"}]}
    assert parsed.rows == {"/people": 2}


@pytest.mark.parametrize("drop", ["/often", "*"])
def test_answers_that_no_longer_apply_are_kept_until_a_person_removes_them(drop: str) -> None:
    first = FORM.parse(entries(FORM.page({"name": "A", "missing": "no", "often": "once"}), "continue"))
    assert first.response.answers["often"] == "once"
    assert list(FORM.not_asked(first.response)) == ["/often"]
    page = FORM.page(first)
    assert FORM.parse(entries(page, "continue")).response.answers["often"] == "once"
    second = FORM.parse([*entries(page, "continue"), ("cse-forms.drop", drop)])
    assert second.response.answers == {"name": "A", "missing": "no"}


def test_a_page_of_some_sections_leaves_the_others_as_they_are() -> None:
    before = {"name": "A", "people": [{"seen": False}], "age": 9}
    page = FORM.page(before, sections=["age", "models"])
    sent = [(name, "10" if name == "/age" else value) for name, value in entries(page, "save")]
    parsed = FORM.parse(sent, onto=before)
    assert parsed.parts == ("age", "models")
    assert parsed.response.answers == {"name": "A", "people": [{"seen": False}], "age": 10}
    assert {report.pointer for report in parsed.fields} == {"/age", "/models"}


def test_a_page_that_was_made_from_another_version_says_so() -> None:
    page = FORM.page({"name": "A"})
    other = cse_forms.Form(forms.load(dict(FORM.schema) | {"title": "Another title"}))
    parsed = other.parse(entries(page, "continue"))
    assert parsed.is_of_another_form
    assert [note.kind for note in parsed.notes] == ["changed-form"]
    assert parsed.response.answers == {"name": "A"}
    assert "made from another version" in other.page(parsed)


def test_no_answer_shows_in_what_is_printed_of_it() -> None:
    parsed = FORM.parse([("/name", "Secret One"), ("/age", "Secret Two"), ("/x", "Secret Three")])
    assert "Secret" not in repr(parsed)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"action": "javascript:alert(1)"}, "An address of a page begins with https"),
        ({"buttons": ["send"]}, "No button 'send'; there are 'continue' and 'save'"),
        ({"buttons": []}, "needs a button"),
        ({"sections": ["x"]}, "The form has no section 'x'; it has name, "),
        ({"script": "/page.js"}, "say the addresses of both, or of none"),
    ],
)
def test_an_option_that_no_page_can_follow_is_refused(options: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        FORM.page(**options)
