"""What scenarios show of a policy: what is covered, what is not, and what never can be."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import cse_forms
from cse_forms.checking import definition_files
from cse_forms.coverage.testing import Coverage, covered_by, run_scenarios
from cse_forms.schema.scenarios import Scenario
from tests.coverage import policies
from tests.forms import Document, choice, definition, integer, load, tick, to_bytes

SHIPPED = definition_files(cse_forms.Catalogue.shipped().directory)
YES = {"const": "yes"}
RISK = {"assessments": {"risk": {"lowest": "low"}}}


def scenario(answers: Any, expect: Any = None, **words: Any) -> Scenario:
    return Scenario.model_validate({"name": "A scenario.", "answers": answers, "expect": expect or RISK, **words})


def shown(document: Document, *scenarios: Scenario) -> list[str]:
    return [aim.text for aim in covered_by(load(document), scenarios).covered]


def missed(found: Coverage) -> list[str]:
    return [aim.text for aim in found.uncovered]


def signs(*seen: str) -> dict[str, Any]:
    rows = ("late", "gifts", "friends", "absent")
    return {"signs": {row: {"seen": answer} for row, answer in zip(rows, seen, strict=True)}}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.parent.name)
def test_the_scenarios_of_a_shipped_form_show_all_that_can_be_shown(path: Path) -> None:
    found = run_scenarios(path)
    assert missed(found) == []
    assert found.is_sound


def test_without_scenarios_nothing_is_shown() -> None:
    found = covered_by(load(policies.counting()), ())
    assert found.covered == ()
    assert len(found.uncovered) == 18
    assert not found.is_covered


def test_a_rule_is_seen_giving_its_level_and_giving_nothing() -> None:
    document = policies.counting()
    assert "risk/two: gives high" in shown(document, scenario(signs("yes", "yes", "no", "no")))
    assert "risk/two: gives nothing" in shown(document, scenario(signs("yes", "no", "no", "no")))


def test_what_is_unknown_is_not_seen() -> None:
    assert shown(policies.counting(), scenario(signs("yes", "not-known", "no", "no"))) == ["risk: low is suggested"]


def test_a_count_is_seen_at_its_exact_number_only() -> None:
    text = "at least 2 of the answers to 'Seen' in section 'Signs' are Yes: "
    counts = {1: "1, just below 2", 2: "2, at the boundary", 3: "3, just above 2"}
    for count, words in counts.items():
        found = shown(policies.counting(), scenario(signs(*["yes"] * count, *["no"] * (4 - count))))
        assert [told.removeprefix(text) for told in found if told.startswith(text)] == [words]


def test_a_boundary_of_a_score_is_seen_at_the_numbers_that_can_be_reached() -> None:
    document = policies.bands()
    every = {aim.text for aim in covered_by(load(document), ()).uncovered if aim.kind == "boundary"}
    assert every == {
        "the score: 0, at the boundary",
        "the score: 3, just above 0 and just below 6",
        "the score: 6, at the boundary and just below 9",
        "the score: 9, just above 6 and at the boundary",
        "the score: 12, just above 9",
    }


def test_the_ends_of_a_span_are_seen_to_the_day() -> None:
    document = policies.rolling()
    days = {
        "2025-03-30": "the day before its first day",
        "2025-03-31": "its first day",
        "2026-03-31": "its last day",
        "2026-04-01": "the day after its last day",
    }
    for day, words in days.items():
        found = shown(document, scenario({"on": "2026-03-31", "visits": [{"on": day}]}))
        assert [text for text in found if text.endswith("day")] == [next(t for t in found if t.endswith(f": {words}"))]
    assert not any(text.endswith("day") for text in shown(document, scenario({"visits": [{"on": "2026-03-31"}]})))


def test_a_condition_on_the_same_row_is_seen_in_some_row() -> None:
    document = policies.same_row()
    answers = {"signs": {"late": {"seen": "yes", "police": "no"}, "gifts": {"police": "yes"}}}
    found = [text for text in shown(document, scenario(answers)) if "police" in text.casefold()]
    assert sorted(text.rpartition(": ")[2] for text in found if "same row" in text) == [
        "an answer that would count is left out",
        "not so",
        "so",
    ]


def test_an_answer_that_would_count_is_seen_left_out_with_its_row() -> None:
    document, words = policies.same_row(), "an answer that would count is left out"
    left_out = {"signs": {"late": {"seen": "yes", "police": "no"}}}
    counted = {"signs": {"late": {"seen": "yes", "police": "yes"}}}
    assert [words in text for text in shown(document, scenario(left_out))].count(True) == 1
    assert not any(words in text for text in shown(document, scenario(counted)))


def test_rules_that_clash_are_to_be_seen_where_levels_have_no_order() -> None:
    clash = scenario({"signs": {"late": {"seen": "yes"}, "gifts": {"seen": "yes"}}})
    assert "risk: rules that clash are reported" in shown(policies.routes(), clash)


def test_a_scenario_that_expects_nothing_of_it_shows_nothing_of_it() -> None:
    document = policies.counting()
    answers = signs("yes", "yes", "no", "no")
    assert shown(document, scenario(answers, {"valid": True})) == [
        "at least 2 of the answers to 'Seen' in section 'Signs' are Yes: 2, at the boundary"
    ]
    assert "tell: holds" in shown(document, scenario(answers, {"prompts": ["tell"]}))
    assert "odd: holds" in shown(document, scenario({**answers, "worse": "no"}, {"findings": ["contradiction"]}))


def test_a_silent_no_can_never_be_seen_and_is_not_missed() -> None:
    rule = {"id": "any", "level": "high", "when": {"items": ["/one", "/two"], "match": YES}}
    document = policies.policy({"one": choice("yes", "not-known"), "two": choice("yes", "not-known")}, rules=[rule])
    found = covered_by(load(document), ())
    assert [aim.text.rpartition(": ")[2] for aim in found.impossible] == ["gives nothing", "0, just below 1"]
    one, two = scenario({"one": "yes"}), scenario({"one": "yes", "two": "yes"})
    assert missed(covered_by(load(document), (one, two))) == ["risk: low is suggested"]


def test_a_condition_left_open_by_the_policy_is_not_missed() -> None:
    rule = {"id": "open", "level": "high", "when": {"unsettled": "Nobody says."}}
    found = covered_by(load(policies.policy({"one": tick()}, rules=[rule])), ())
    assert {aim.text for aim in found.impossible} == {"risk/open: gives high", "risk/open: gives nothing"}


def test_a_form_without_a_policy_has_nothing_to_be_shown() -> None:
    found = covered_by(load(definition({"one": tick()})), ())
    assert found.is_covered
    assert found.counts() == {}


def write(folder: Path, document: Document, scenarios: Sequence[Any] | None = None) -> Path:
    path = folder / "invented" / "1.0.0" / "form.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(to_bytes(document))
    if scenarios is not None:
        path.with_name("scenarios.json").write_text(json.dumps({"scenarios": scenarios}), encoding="utf-8")
    return path


def test_a_file_of_scenarios_that_is_missing_is_said(tmp_path: Path) -> None:
    found = run_scenarios(write(tmp_path, policies.counting()))
    assert not found.has_scenarios
    assert len(found.uncovered) == 18


def test_a_scenario_that_differs_is_told_and_shows_what_it_shows(tmp_path: Path) -> None:
    answers = signs("yes", "yes", "no", "no")
    wrong = {"name": "Wrong.", "answers": answers, "expect": {"assessments": {"risk": {"lowest": "low"}}}}
    found = run_scenarios(write(tmp_path, policies.counting(), [wrong]))
    assert [str(difference) for difference in found.differences] == [
        "scenario 'Wrong.': assessments/risk/lowest is high, not low"
    ]
    assert not found.is_sound
    assert any(aim.text == "risk/two: gives high" for aim in found.covered)


def test_a_broken_file_of_scenarios_is_a_problem_with_its_place(tmp_path: Path) -> None:
    found = run_scenarios(write(tmp_path, policies.counting(), [{"name": "No answers.", "expect": {}}]))
    assert [problem.pointer for problem in found.problems] == ["/scenarios/0"]
    assert not found.is_sound


def test_of_levels_that_no_rule_leads_to_nothing_is_to_be_seen() -> None:
    document = policies.limits()
    own = {"because": "The practitioner chooses.", "provenance": {"derived": "Ours."}}
    document["x-form"]["assessments"][0] |= {"rules": [], "otherwise": own}
    found = covered_by(load(document), ())
    assert {aim.kind for aim in (*found.uncovered, *found.impossible)} == {"limit", "boundary"}


def test_what_depends_on_no_answers_is_seen_from_the_beginning() -> None:
    adjusted = {"id": "worse", "when": {"items": "/seen", "match": YES, "atMost": 0}, "lower": 1}
    document = policies.policy({"seen": choice("yes", "no")}, rules=[], Adjustments=[adjusted])
    texts = shown(document, scenario({"seen": "no"}))
    assert "risk/worse: is made" in texts
    assert "risk: low is suggested" in texts


def test_the_steps_of_a_lowest_number_are_boundaries() -> None:
    steps = [{"maximum": 8, "weight": 2}, {"weight": 5}]
    document = policies.policy(
        {"rate": integer() | {"minimum": 0, "maximum": 60}},
        measures={"least": {"lowest": [{"items": "/rate", "steps": steps}]}},
        rules=[{"id": "of", "measure": "least", "bands": [{"to": 2, "level": "low"}, {"level": "high"}]}],
    )
    texts = shown(document, scenario({"rate": 8}), scenario({"rate": 9}))
    assert "the answer to 'Rate': 8, at the boundary" in texts
    assert "the answer to 'Rate': 9, just above 8" in texts
    assert "risk/of: gives high, band 2" in texts
    assert missed(covered_by(load(document), (scenario({"rate": 8}), scenario({"rate": 9})))) == [
        "the answer to 'Rate': 7, just below 8"
    ]
