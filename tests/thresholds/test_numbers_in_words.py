"""Measures in plain words: tables of points, what a gap does, and what every other number is."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from cse_forms.schema.conditions import ItemsTerm, Measure, MeasureTerm, Prorating, Scale, Step
from cse_forms.thresholds.in_words.rules import PolicyInWords
from tests.forms import load
from tests.thresholds.spoken import AGREED, MEASURES, RISK, SEEN, document
from tests.thresholds.test_in_words import models_in

LIMIT = {"measure": "limit"}
RATE = "/about/rate"
SPAN = {"from": "/about/born", "to": "/about/today"}
WEIGHTS = {"yes": 2, "possible": 2, "no": 0}
BANDS = [{"maximum": 8, "weight": 3}, {"exclusiveMaximum": 20, "weight": 0}, {"weight": 1}]

OPEN = (
    "If an answer is missing or not known, this number is known only between the least and the most that the missing "
    "answers allow."
)
NO_DATE = "If one of the dates is missing, this number is not known."
NOUGHT = "If an answer is missing or not known in a complete form, it counts 0; in a draft it stays open."
SCALED = (
    "If answers are missing or not known, the sum of those given is scaled up to all the questions that apply, rounded "
    "to the nearest whole number, a half upwards. At least 2 must be answered; with fewer there is no value. "
    "In a draft every gap stays open."
)


def of(*terms: dict[str, Any], **words: Any) -> dict[str, Any]:
    return {"sum": list(terms), **words}


SAID: list[tuple[dict[str, Any], list[str], str | None]] = [
    (
        of({"items": SEEN, "weights": WEIGHTS}),
        [
            "the points for the answers to 'Seen?' in section 2 Signs, added up:",
            "Yes or Possible: 2 points",
            "No: 0 points",
        ],
        OPEN,
    ),
    (
        of({"items": SEEN, "weights": {"yes": 1, "else": 0}}, missing="zero"),
        [
            "the points for the answers to 'Seen?' in section 2 Signs, added up:",
            "Yes: 1 point",
            "any other answer that is known: 0 points",
        ],
        NOUGHT,
    ),
    (
        of(
            {"items": RATE, "steps": BANDS},
            {"items": RATE, "times": 2},
            missing={"prorate": {"answered": 2, "round": "half-up"}},
        ),
        [
            "the sum of these:",
            "the points for the answer to 1.5 Rate:",
            "up to 8: 3 points",
            "more than 8 and less than 20: 0 points",
            "20 or more: 1 point",
            "the number given as the answer to 1.5 Rate, multiplied by 2",
        ],
        SCALED,
    ),
    (
        of({"items": "/weighed"}, {"measure": "age", "times": -1}),
        [
            "the sum of these:",
            "the points for the answer to 6 Weighed:",
            "Often: 2 points",
            "Seldom: 1 point",
            "Never: 0 points",
            "the age (completed years from 1.2 Date of birth to 1.3 Date), taken away",
        ],
        OPEN,
    ),
    (
        of({"items": "/boxes/*", "weights": {"true": 1, "false": 0}, "when": AGREED}),
        [
            "the points for the boxes in section 3 Boxes, only where the box 1.4 Agreed is ticked, added up:",
            "ticked: 1 point",
            "not ticked: 0 points",
        ],
        OPEN,
    ),
    (
        of(
            {"items": RATE, "choose": [{"when": AGREED, "steps": [BANDS[0], {"weight": 0}]}, {}]},
            {"measure": "limit", "when": AGREED},
        ),
        [
            "the sum of these:",
            "the points for the answer to 1.5 Rate:",
            "where the box 1.4 Agreed is ticked:",
            "up to 8: 3 points",
            "more than 8: 0 points",
            "otherwise:",
            "the number itself",
            "the limit (14), only where the box 1.4 Agreed is ticked",
        ],
        OPEN,
    ),
    (
        of(
            {
                "measure": "age",
                "choose": [{"when": AGREED, "steps": [{"maximum": LIMIT, "weight": LIMIT}, {"weight": 0}]}],
            }
        ),
        [
            "the points for the age (completed years from 1.2 Date of birth to 1.3 Date):",
            "where the box 1.4 Agreed is ticked:",
            "up to the limit (14): as many points as the limit (14)",
            "more than the limit (14): 0 points",
            "where none of these holds, it counts 0",
        ],
        None,
    ),
    (
        {"highest": [{"items": SEEN, "weights": WEIGHTS}, {"measure": "score"}]},
        [
            "the highest of these:",
            "the points for the answers to 'Seen?' in section 2 Signs:",
            "Yes or Possible: 2 points",
            "No: 0 points",
            "'Score'",
        ],
        OPEN,
    ),
    (
        {"count": {"items": SEEN, "match": {"const": "yes"}}},
        ["how many of the answers to 'Seen?' in section 2 Signs are Yes"],
        OPEN,
    ),
    (
        {"count": {"items": "/incidents/*/day", "match": {"within": {"months": 12}}}, "missing": "zero"},
        ["the greatest number of the dates at 'Day' in the table 4 Incidents that lie within 12 months of one another"],
        "If an answer is missing or not known in a complete form, it is not counted; in a draft it stays open.",
    ),
    ({"count": {"assessments": ["risk"], "atLeast": "high"}}, ["how many of 'Risk' are High or higher"], OPEN),
    ({"product": [LIMIT, 3]}, ["the limit (14) and 3 multiplied together"], None),
    (
        {"quotient": [{"measure": "score"}, {"measure": "age"}], "round": "half-up", "decimals": 1},
        [
            (
                "'Score' divided by the age; where the age is 0 there is no value; "
                "rounded to 1 decimal place, a half upwards"
            )
        ],
        None,
    ),
    ({"quotient": [{"measure": "score"}, LIMIT]}, ["'Score' divided by the limit (14)"], None),
    (
        {"lowest": [{"items": SEEN, "weights": WEIGHTS}], "missing": "zero"},
        [
            "the points for the answers to 'Seen?' in section 2 Signs, of which the lowest counts:",
            "Yes or Possible: 2 points",
            "No: 0 points",
        ],
        NOUGHT,
    ),
    (
        {"lowest": [{"measure": "score"}, {"measure": "age"}]},
        ["the lowest of these:", "'Score'", "the age (completed years from 1.2 Date of birth to 1.3 Date)"],
        None,
    ),
    ({"quotient": [LIMIT, 3]}, ["the limit (14) divided by 3"], None),
    ({"years": SPAN}, ["completed years from 1.2 Date of birth to 1.3 Date"], NO_DATE),
    ({"months": SPAN}, ["completed months from 1.2 Date of birth to 1.3 Date"], NO_DATE),
    ({"days": SPAN}, ["days from 1.2 Date of birth to 1.3 Date"], NO_DATE),
    ({"constant": 14.0}, ["always 14"], None),
]


def policy(measure: dict[str, Any]) -> PolicyInWords:
    return PolicyInWords(load(document(measures=MEASURES | {"told": measure}, assessments=[RISK])))


@pytest.mark.parametrize(("measure", "lines", "gap"), SAID, ids=[json.dumps(measure) for measure, _, _ in SAID])
def test_a_measure_is_said_in_these_words(measure: dict[str, Any], lines: list[str], gap: str | None) -> None:
    words = policy(measure)
    assert [line for _, line in words.measure("told").points()] == lines
    assert words.numbers.gaps("told") == gap


def test_every_kind_of_measure_and_every_word_of_a_term_is_among_them() -> None:
    told = [policy(measure).definition.words.measures["told"] for measure, _, _ in SAID]
    found = [model for measure in told for model in models_in(measure)]
    union = get_args(get_args(Measure.__value__)[0])
    assert {type(model) for model in found} >= {get_args(member)[0] for member in union}
    words: dict[type[BaseModel], set[str]] = {}
    for model in found:
        words.setdefault(type(model), set()).update(model.model_fields_set)
    for kind in (Scale, Step, Prorating):
        assert words[kind] >= {name for name in kind.model_fields if name != "weights"}
    assert words[ItemsTerm] | words[MeasureTerm] >= {"items", "measure", "weights", "steps", "choose", "times", "when"}


def test_options_that_weigh_differently_by_question_are_told_by_question() -> None:
    weighed = {"title": "Other", "x-form": {"number": "8"}, "oneOf": [
        {"const": "often", "title": "Often", "x-form": {"weight": 0}},
        {"const": "never", "title": "Never", "x-form": {"weight": 2}},
    ]}  # fmt: skip
    form = document(measures={"told": of({"items": ["/weighed", "/other"]})}, assessments=[], conditions={})
    form["properties"]["other"] = weighed | {"x-form": {"number": "8", "provenance": {"derived": "Invented."}}}
    words = PolicyInWords(load(form))
    assert [line for _, line in words.measure("told").points()] == [
        "the points for the answers to 6 Weighed and 8 Other, added up:",
        "6 Weighed:",
        "Often: 2 points",
        "Seldom: 1 point",
        "Never: 0 points",
        "8 Other:",
        "Often: 0 points",
        "Never: 2 points",
    ]


def test_measures_of_one_title_are_told_apart_by_their_ids() -> None:
    words = PolicyInWords(load(document(measures=MEASURES | {"other-score": {"title": "Score", "constant": 1}})))
    assert words.naming.measure("score") == "'Score' (score)"
    assert words.naming.measure("other-score") == "'Score' (other score)"
