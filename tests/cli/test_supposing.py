"""`what-if`: what changes with other answers, and which answers would matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import cse_forms
from tests.cli.folders import EXAMPLE, write_form, write_response
from tests.commands import run
from tests.coverage import policies
from tests.forms import choice, choices, date, integer, section, table, text, tick

YES = {"const": "yes"}


def everything() -> Any:
    """A form with every kind of question."""
    rule = {"id": "any", "level": "high", "when": {"items": ["/kind", "/visits/*/kind"], "match": YES}}
    kind = choice("yes", "no", "not-known")
    return policies.policy(
        {
            "kind": kind,
            "ticked": tick(),
            "age": integer() | {"minimum": 0, "maximum": 17},
            "born": date(),
            "notes": text(),
            "several": choices("alpha", "beta"),
            "visits": table(section({"kind": kind})),
        },
        rules=[rule],
        prompts=[{"id": "tell", "urgency": "soon", "when": {"items": "/ticked", "match": {"const": True}}}],
        measures={"years": {"sum": [{"items": "/age"}]}},
        checks=[{"id": "odd", "when": {"items": "/notes", "match": {"const": "odd"}}}],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_form(tmp_path / "definitions", everything())
    return tmp_path / "definitions"


def what_if(folder: Path, answers: Any, *arguments: str) -> Any:
    response = write_response(folder.parent / "response.json", answers)
    before = response.read_bytes()
    ran = run("--definitions", folder, "what-if", response, *arguments)
    assert response.read_bytes() == before
    return ran


def test_before_and_after_are_shown_in_the_form_s_words(folder: Path) -> None:
    ran = what_if(folder, {"kind": "no", "age": 3}, "--set", "/kind=yes", "--set", "/ticked=true", "--set", "/age=5")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "Risk",
        "  before: Low",
        "  after:  High",
        "  - Any holds. Before: does not hold. After: holds.",
        "Numbers",
        "  - years. Before: 3. After: 5.",
        "Prompts",
        "  - Shown now: Tell.",
    ]


def test_findings_that_come_and_go_are_shown(folder: Path) -> None:
    come = what_if(folder, {}, "--set", "/notes=odd")
    assert "  - New: Notes: Odd." in come.out.splitlines()
    gone = what_if(folder, {"notes": "odd"}, "--unset", "/notes")
    assert "  - No longer: Notes: Odd." in gone.out.splitlines()


def test_where_nothing_changes_that_is_said(folder: Path) -> None:
    assert what_if(folder, {"kind": "no"}, "--set", "/born=2012-01-31").out == "Nothing would change.\n"


def test_as_json_both_outcomes_are_those_of_the_library(folder: Path) -> None:
    form = cse_forms.Catalogue.from_directory(folder).get_form("invented")
    told = what_if(folder, {"kind": "no"}, "--set", "/kind=Yes", "--json").json()
    assert told == {
        "before": form.evaluate({"kind": "no"}).to_dict(),
        "after": form.evaluate({"kind": "yes"}).to_dict(),
    }


@pytest.mark.parametrize(
    ("setting", "level"),
    [
        ("/kind=yes", "high"),
        ("/kind=Yes", "high"),
        ('/kind="yes"', "high"),
        ("/kind=not-known", None),
        ("/kind=Not known", None),
        ("/visits/0/kind=Yes", "high"),
    ],
)
def test_an_option_is_named_by_its_value_or_its_title(folder: Path, setting: str, level: str | None) -> None:
    told = what_if(folder, {"kind": "no"}, "--set", setting, "--json").json()["after"]["assessments"][0]
    assert (told["lowest"] if told["determined"] else None) == level


@pytest.mark.parametrize(
    "setting",
    ["/several=alpha", '/several=["alpha", "Beta"]', "/several=Alpha", "/ticked=false", "/notes=12", "/age=17"],
)
def test_every_kind_of_answer_is_taken(folder: Path, setting: str) -> None:
    assert what_if(folder, {}, "--set", setting).status == 0


def test_rows_are_added_one_after_another(folder: Path) -> None:
    ran = what_if(folder, {"kind": "no"}, "--set", "/visits/0/kind=no", "--set", "/visits/1/kind=yes", "--json")
    assert ran.json()["after"]["assessments"][0]["lowest"] == "high"
    far = what_if(folder, {}, "--set", "/visits/1/kind=no")
    assert (far.status, far.out) == (2, "")
    assert "the next is 0" in far.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "/kind=perhaps"], "'Kind' (/kind) does not take perhaps. Choose one of: Yes, No, Not known"),
        (["--set", "/age=18"], "'Age' (/age) does not take 18."),
        (["--set", "/age=many"], "'Age' (/age) does not take many. Give a whole number"),
        (["--set", "/born=yesterday"], "'Born' (/born) does not take yesterday."),
        (["--set", "/ticked=yes"], "'Ticked' (/ticked) does not take yes."),
        (["--set", "/several=gamma"], "'Several' (/several) does not take gamma."),
        (["--set", "/knd=yes"], "no question at /knd; did you mean '/kind'?"),
        (["--set", "/visits=1"], "no question at /visits"),
        (["--set", "kind=yes"], "no question at kind"),
        (["--set", "/kind"], "there is no '=' in /kind"),
        (["--unset", "/knd"], "no question at /knd"),
    ],
)
def test_what_the_form_does_not_have_or_take_is_refused(folder: Path, arguments: list[str], words: str) -> None:
    ran = what_if(folder, {}, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert words in ran.err


def test_without_answers_to_suppose_the_smallest_sets_are_told(folder: Path) -> None:
    ran = what_if(folder, {"kind": "not-known"})
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[1:] == [
        "  It would be settled:",
        "  - If Kind were Yes: High.",
        "  - If Kind were No: Low.",
    ]


def test_where_nothing_is_open_that_is_said(folder: Path) -> None:
    assert what_if(folder, {"kind": "yes"}).out == "Nothing is open: the answers settle every level.\n"


def test_the_smallest_sets_as_json(folder: Path) -> None:
    (told,) = what_if(folder, {"kind": "not-known"}, "--json").json()["assessments"]
    assert told["settling"] == [
        {"supposed": [{"pointer": "/kind", "value": "yes", "alike": []}], "possible": ["high"]},
        {"supposed": [{"pointer": "/kind", "value": "no", "alike": []}], "possible": ["low"]},
    ]
    assert (told["given_up"], told["untried"]) == (False, [])


def test_of_an_indicator_that_is_not_known_it_is_told_what_yes_would_mean() -> None:
    ran = run("what-if", EXAMPLE)
    assert ran.status == 0
    actual = cse_forms.get_form("cse-toolbox").definition.words.assessments[0].levels[-1].title
    assert f"  - If one of 4.1-4.6 were Yes: {actual}." in ran.out.splitlines()
    assert "  No answers settle it as High." in ran.out.splitlines()


def test_sets_of_several_answers_are_told_in_one_sentence(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", policies.counting())
    lines = what_if(tmp_path / "definitions", {"worse": "no"}).out.splitlines()
    assert "  - If two of Late - Seen, Gifts - Seen, Friends - Seen, Absent - Seen were Yes: High." in lines


def test_a_draft_is_read_as_one(folder: Path) -> None:
    answers = {"kind": "no"}
    assert "Nothing is open" in what_if(folder, answers).out
    assert "No examples could be tried for" in what_if(folder, answers, "--draft").out


def test_dates_that_lead_to_the_same_are_told_as_one_stretch(tmp_path: Path) -> None:
    write_form(tmp_path / "definitions", policies.ages())
    assert what_if(tmp_path / "definitions", {"on": "2026-03-31"}).out.splitlines()[2:] == [
        "  It would be settled:",
        "  - If Born were 1 April 2013 to 31 March 2026: High.",
        "  - If Born were on or before 31 March 2013 or on or after 1 April 2026: Low.",
    ]


def test_numbers_that_lead_to_the_same_are_told_as_one_stretch(tmp_path: Path) -> None:
    rule = {"id": "fast", "level": "high", "when": {"items": "/rate", "match": {"minimum": 20}}}
    rate = integer() | {"minimum": 0, "maximum": 60}
    document = policies.policy({"rate": rate, "seen": choice("yes", "no")}, rules=[rule])
    write_form(tmp_path / "definitions", document)
    lines = what_if(tmp_path / "definitions", {"seen": "no"}).out.splitlines()
    assert "  - If Rate were 19 or less: Low." in lines
    assert "  - If Rate were 20 or more: High." in lines


def test_a_limit_to_the_judgement_that_waits_is_named_with_what_brings_it_in_force(tmp_path: Path) -> None:
    document = policies.limits()
    document["x-form"]["assessments"][0]["rules"] = []
    document["x-form"]["assessments"][0]["otherwise"] = {
        "because": "The practitioner chooses.",
        "provenance": {"derived": "Ours."},
    }
    document["x-form"]["assessments"][0]["judgement"]["may"][1] = {
        "atLeast": "high",
        "when": {"items": "/fixed", "match": YES},
    }
    write_form(tmp_path / "definitions", document)
    assert what_if(tmp_path / "definitions", {"seen": "yes", "level": "high"}).out.splitlines() == [
        "Risk: No level is suggested",
        "  Not in force yet: it may be not lower than High. That waits for Fixed.",
        "  - If Fixed were Yes: the limit is in force.",
    ]
    assert "Nothing is open" in what_if(tmp_path / "definitions", {"fixed": "no"}).out


def test_of_what_the_policy_leaves_open_it_is_told_that_no_answer_settles_it(tmp_path: Path) -> None:
    several = {"all": [{"items": "/seen", "match": YES}, {"unsettled": "Whether two are several."}]}
    rule = {"id": "several", "level": "high", "when": several}
    write_form(tmp_path / "definitions", policies.policy({"seen": choice("yes", "no")}, rules=[rule]))
    lines = what_if(tmp_path / "definitions", {"seen": "yes"}).out.splitlines()
    assert "  No answer settles this; the policy leaves it open: Whether two are several." in lines
    assert not any("No answer settles" in line for line in what_if(tmp_path / "definitions", {}).out.splitlines())


def test_a_table_and_its_rows_can_be_supposed_away(folder: Path) -> None:
    answers = {"kind": "no", "visits": [{"kind": "yes"}, {"kind": "no"}, {"kind": "yes"}]}
    table_gone = what_if(folder, answers, "--unset", "/visits", "--json").json()["after"]["assessments"][0]
    assert table_gone["lowest"] == "low"
    rows_gone = what_if(folder, answers, "--unset", "/visits/0", "--unset", "/visits/2", "--json")
    assert rows_gone.json()["after"]["assessments"][0]["lowest"] == "low"
    assert what_if(folder, answers, "--unset", "/visits/0").out == "Nothing would change.\n"
    refused = what_if(folder, answers, "--set", "/visits/0=yes")
    assert (refused.status, refused.out) == (2, "")
