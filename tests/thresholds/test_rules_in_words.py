"""Rules, bands, adjustments and limits in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.schema.vocabulary import Assessment, Rule
from cse_forms.thresholds.in_words.rules import PolicyInWords
from tests.forms import load
from tests.thresholds.spoken import AGREED, MEASURES, RISK, document

LIMIT = {"measure": "limit"}


def words_of(**words: Any) -> tuple[PolicyInWords, Assessment]:
    form = load(document(assessments=[RISK, {**RISK, "id": "told", "title": "Told", **words}]))
    return PolicyInWords(form), form.words.assessments[1]


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([{"from": 0, "level": "low"}, {"from": 3, "level": "high"}], ["0 to 2", "3 or more"]),
        ([{"to": 2, "level": "low"}, {"to": 6, "level": "high"}], ["up to 2", "3 to 6"]),
        (
            [{"from": 0, "to": 2, "level": "low"}, {"from": 3, "to": 6, "level": "high"}],
            ["0 to 2", "3 to 6"],
        ),
        ([{"to": 2, "level": "low"}, {"from": LIMIT, "level": "high"}], ["up to 2", "the limit (14) or more"]),
        (
            [{"from": 0, "level": "low"}, {"from": 1, "level": "middle"}, {"from": 2, "level": "high"}],
            ["0", "1", "2 or more"],
        ),
        ([{"to": 2, "level": "low"}, {"level": "high"}], ["up to 2", "3 or more"]),
        ([{"level": "low"}, {"from": 3, "level": "high"}], ["up to 2", "3 or more"]),
        ([{"to": 0, "level": "low"}, {"to": 2, "level": "high"}], ["0", "1 to 2"]),
        ([{"from": 0.5, "level": "low"}, {"from": 3, "level": "high"}], ["0.5 or more, but less than 3", "3 or more"]),
    ],
    ids=["from", "to", "both", "of a measure", "one number", "the rest above", "the rest below", "nought", "decimals"],
)
def test_a_band_is_said_with_the_bounds_that_its_neighbours_give_it(bands: list[Any], said: list[str]) -> None:
    # A band is told before it is checked whether it leaves a gap, so no whole definition is loaded here.
    words, told = words_of()
    rule = {"id": "of", "measure": "score", "bands": bands, "because": "It is so.", "provenance": {"derived": "Ours."}}
    read = Assessment.model_validate({**told.model_dump(by_alias=True, exclude_unset=True), "rules": [rule]}).rules[0]
    assert [words.band(read, index) for index in range(len(bands))] == said


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ([{"from": 0, "level": "low"}, {"from": 3, "level": "high"}], ["0 or more, but less than 3", "3 or more"]),
        ([{"to": 2, "level": "low"}, {"to": 6, "level": "high"}], ["up to 2", "more than 2, up to 6"]),
        ([{"to": 2, "level": "low"}, {"level": "high"}], ["up to 2", "more than 2"]),
        ([{"level": "low"}, {"from": 3, "level": "high"}], ["less than 3", "3 or more"]),
    ],
    ids=["from", "to", "the rest above", "the rest below"],
)
def test_a_band_of_a_number_that_may_be_a_fraction_is_said_with_its_open_ends(
    bands: list[Any], said: list[str]
) -> None:
    half = {"half": {"title": "Half", "quotient": [{"measure": "score"}, 4]}}
    words = PolicyInWords(load(document(measures=MEASURES | half)))
    rule = Rule.model_validate(
        {"id": "of", "measure": "half", "bands": bands, "because": "It is so.", "provenance": {"derived": "Ours."}}
    )
    assert [words.band(rule, index) for index in range(len(bands))] == said


def test_a_rule_of_bands_is_a_reason_for_each_of_its_levels() -> None:
    bands = [{"from": 0, "level": "low"}, {"from": 3, "level": "high"}]
    words, told = words_of(rules=[{"id": "of", "measure": "score", "bands": bands, "when": AGREED}])
    assert [(level, saying.line()) for level, saying in words.reasons(told, told.rules[0])] == [
        ("low", "'Score' is 0 to 2, and the box 1.4 Agreed is ticked"),
        ("high", "'Score' is 3 or more, and the box 1.4 Agreed is ticked"),
    ]


def test_a_rule_that_takes_its_level_from_elsewhere_names_what_it_takes_it_from() -> None:
    words, told = words_of(rules=[{"id": "of", "levelOf": ["risk", "/decision/level"]}])
    rule = told.rules[0]
    assert words.sources(rule) == "'Risk' or 7.1 Level"
    assert [(level, saying.line()) for level, saying in words.reasons(told, rule)][-1] == (
        "high",
        "'Risk' or 7.1 Level is High",
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"raise": 1}, "the level is raised by one"),
        ({"raise": 2, "notAbove": "high"}, "the level is raised by 2, but not above High"),
        ({"lower": 1}, "the level is lowered by one"),
        ({"lower": 1, "notBelow": "middle"}, "the level is lowered by one, but not below Middle"),
        ({"lower": 2, "atLeast": "low"}, "the level is lowered by 2; the level is then Low at the least"),
        ({"atLeast": "middle"}, "the level is then Middle at the least"),
        ({"atMost": "middle"}, "the level is then Middle at the most"),
        ({"raise": 1, "atMost": "high"}, "the level is raised by one; the level is then High at the most"),
    ],
    ids=str,
)
def test_an_adjustment_says_what_it_does(change: dict[str, Any], said: str) -> None:
    words, told = words_of(adjustments=[{"id": "change", "when": AGREED, **change}])
    assert words.change(told, told.adjustments[0]) == said


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({"atLeast": "suggested"}, "not lower than the suggested level"),
        ({"atLeast": {"suggested": 0}}, "not lower than the suggested level"),
        ({"atMost": {"suggested": 1}}, "not higher than one level above the suggested one"),
        ({"atMost": {"suggested": 2}}, "not higher than 2 levels above the suggested one"),
        ({"atLeast": {"suggested": -1}}, "not lower than one level below the suggested one"),
        ({"atLeast": {"suggested": -2}}, "not lower than 2 levels below the suggested one"),
        ({"atLeast": "low", "atMost": "middle"}, "not lower than Low and not higher than Middle"),
    ],
    ids=str,
)
def test_a_limit_says_what_it_bars(limit: dict[str, Any], said: str) -> None:
    judgement = {"level": "/decision/level", "reason": "/decision/reason", "may": [limit]}
    words, told = words_of(judgement=judgement)
    assert told.judgement is not None
    assert isinstance(told.judgement.may, tuple)
    assert words.limit(told, told.judgement.may[0]) == said


def test_the_measures_of_the_sample_are_those_that_it_says() -> None:
    words, _ = words_of()
    assert [words.naming.measure_with_meaning(name) for name in MEASURES] == [
        "'Score'",
        "the age (completed years from 1.2 Date of birth to 1.3 Date)",
        "the limit (14)",
    ]
