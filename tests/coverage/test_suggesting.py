"""Scenarios that are suggested: they show what they claim, expect what comes out, and hold nothing needless."""

from __future__ import annotations

import pytest

from cse_forms.coverage.testing import covered_by, searched
from cse_forms.scenarios import run_scenario
from cse_forms.schema.scenarios import Scenario
from tests.coverage import policies
from tests.forms import Document, choice, form, needed

LIMIT = 20.0


@pytest.mark.parametrize("document", policies.POLICIES.values(), ids=list(policies.POLICIES))
def test_what_is_suggested_shows_all_that_can_be_shown(document: Document) -> None:
    made = form(document)
    nothing = covered_by(made.definition, ())
    found = searched(nothing, time_limit=LIMIT)
    assert found.undecided == ()
    scenarios = [Scenario.model_validate(one.scenario) for one in found.suggestions]
    never = {id(aim) for aim in found.impossible}
    after = covered_by(made.definition, scenarios)
    assert {aim.text for aim in after.uncovered} <= {aim.text for aim in nothing.uncovered if id(aim) in never}
    assert [str(difference) for one in scenarios for difference in run_scenario(made, one)] == []


def test_each_suggestion_shows_what_it_is_named_after() -> None:
    made = form(policies.counting())
    found = searched(covered_by(made.definition, ()), time_limit=LIMIT)
    for one in found.suggestions:
        scenario = Scenario.model_validate(one.scenario)
        covered = {aim.text for aim in covered_by(made.definition, [scenario]).covered}
        assert {aim.text for aim in one.shows} <= covered
        assert one.shows[0].text.casefold() in scenario.name.casefold()


def test_a_suggestion_holds_no_answer_that_is_not_needed() -> None:
    found = searched(covered_by(form(policies.counting()).definition, ()), time_limit=LIMIT)
    first = next(one for one in found.suggestions if one.shows[0].text == "risk/two: gives high")
    seen = first.scenario["answers"]["signs"]
    assert [row["seen"] for row in seen.values()] == ["yes", "yes"]


def test_a_suggestion_is_a_complete_response_where_there_is_one() -> None:
    rule = {"id": "seen", "level": "high", "when": {"items": "/seen", "match": {"const": "yes"}}}
    document = policies.policy({"name": needed(), "seen": choice("yes", "no")}, rules=[rule], required=["name"])
    found = searched(covered_by(form(document).definition, ()), time_limit=LIMIT)
    assert {one.scenario["answers"]["name"] for one in found.suggestions} == {"Example"}
    assert all(one.scenario["expect"]["valid"] for one in found.suggestions)


def test_what_is_proved_to_be_impossible_is_not_missed() -> None:
    both = {"all": [{"items": "/seen", "match": {"const": "yes"}}, {"items": "/seen", "match": {"const": "no"}}]}
    document = policies.policy({"seen": choice("yes", "no")}, rules=[{"id": "both", "level": "high", "when": both}])
    found = searched(covered_by(form(document).definition, ()), time_limit=LIMIT)
    assert {aim.text for aim in found.impossible} == {"risk/both: gives high", "risk: high is suggested"}
    assert found.undecided == ()


def test_progress_is_told_from_the_first_to_the_last() -> None:
    told: list[tuple[int, int]] = []
    nothing = covered_by(form(policies.bands()).definition, ())
    searched(nothing, time_limit=LIMIT, progress=lambda done, of: told.append((done, of)))
    count = len(nothing.uncovered)
    assert told[0] == (0, count)
    assert told[-1] == (count, count)
    assert told == sorted(told)
