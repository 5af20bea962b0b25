"""Both readings on examples that can be reckoned by hand: what they say is what the format's text says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from cse_forms.forms import Form, Outcome
from tests import forms
from tests.property.plain_reading import PlainReading

CHOICE = forms.choice("low", "high", "not-known")
WEIGHTS = {"low": 1, "high": 3}
QUESTIONS = {
    "a": CHOICE,
    "b": CHOICE,
    "n": forms.number() | {"minimum": 0, "maximum": 20},
    "free": forms.number(),
    "several": forms.choices("p", "q", "not-known"),
    "born": forms.date(),
    "hidden": forms.choice("low", "high", showWhen={"items": "/s/a", "match": {"const": "low"}}),
}
ROW = {"when": forms.date(), "until": forms.date(), "seen": forms.choice("yes", "no", "not-known")}
Bounds = tuple[Any, Any, Any]
NO_VALUE = (None, None, False)


def readings(answers: Any, *, draft: bool = False, **words: Any) -> tuple[PlainReading, Outcome]:
    """Return what the plain reading and the library say of the same answers."""
    properties = {"s": forms.section(QUESTIONS), "rows": forms.table(forms.shape("row"))}
    document = forms.definition(properties, defs={"row": forms.section(ROW, tags=["event"])}, **words)
    form = Form(forms.load(document))
    return PlainReading(document, answers, draft=draft), form.evaluate(answers, draft=draft)


def measured(answers: Any, *, draft: bool = False, **measures: Any) -> list[Bounds]:
    plain, outcome = readings(answers, draft=draft, measures=measures)
    found = outcome.measures["it"].interval
    low, high, has = plain.measure("it")
    return [(low, high, has), (found.lowest, found.highest, found.has_value)]


def total(*items: str, **words: Any) -> Any:
    return {"sum": [{"items": [f"/s/{key}" for key in items], "weights": WEIGHTS}]} | words


STEPS = {"steps": [{"maximum": 8, "weight": 3}, {"exclusiveMaximum": 10.5, "weight": 0}, {"weight": 0.1}]}
IF_LOW = {"items": "/s/a", "match": {"const": "low"}}
N_TERM = {"items": "/s/n"}
SEVERAL = {"items": "/s/several", "weights": {"p": 2, "q": -1}}


@pytest.mark.parametrize(
    ("measure", "answers", "expected"),
    [
        (total("a", "b"), {"a": "low", "b": "high"}, (4, 4, True)),
        (total("a", "b"), {"a": "low", "b": "not-known"}, (2, 4, True)),
        (total("a", "b"), {"a": "low"}, (2, 4, True)),
        (total("a", "b", missing="zero"), {"a": "low"}, (1, 1, True)),
        (total("hidden"), {"a": "high", "hidden": "low"}, NO_VALUE),
        (total("hidden"), {}, (0, 3, None)),
        (total("a", "hidden"), {"a": "high"}, (3, 3, True)),
        ({"sum": [N_TERM]}, {"n": 0.1}, (Fraction(1, 10), Fraction(1, 10), True)),
        ({"sum": [N_TERM]}, {}, (0, 20, True)),
        ({"sum": [{"items": "/s/free"}]}, {}, (None, None, True)),
        ({"sum": [N_TERM | STEPS]}, {"n": 8}, (3, 3, True)),
        ({"sum": [N_TERM | STEPS]}, {"n": 8.5}, (0, 0, True)),
        ({"sum": [N_TERM | STEPS]}, {"n": 10.5}, (Fraction(1, 10), Fraction(1, 10), True)),
        ({"sum": [N_TERM | STEPS]}, {}, (0, 3, True)),
        ({"sum": [N_TERM | {"when": IF_LOW}]}, {"a": "high", "n": 4}, (0, 0, True)),
        ({"sum": [N_TERM | {"when": IF_LOW}]}, {"n": 4}, (0, 4, True)),
        ({"sum": [N_TERM | {"times": -1}]}, {}, (-20, 0, True)),
        ({"sum": [N_TERM | {"choose": [STEPS | {"when": IF_LOW}, {}]}]}, {"a": "high", "n": 9}, (9, 9, True)),
        ({"sum": [N_TERM | {"choose": [STEPS | {"when": IF_LOW}]}]}, {"a": "high", "n": 9}, (0, 0, True)),
        ({"sum": [N_TERM | {"choose": [STEPS | {"when": IF_LOW}, {}]}]}, {"n": 9}, (0, 9, True)),
        ({"sum": [SEVERAL]}, {"several": ["p", "q"]}, (1, 1, True)),
        ({"sum": [SEVERAL]}, {}, (-1, 2, True)),
        (
            {"sum": [SEVERAL]},
            {"several": ["p", "not-known"]},
            (1, 2, True),
        ),
        ({"highest": [{"items": ["/s/a", "/s/b"], "weights": WEIGHTS}]}, {"a": "high"}, (3, 3, True)),
        ({"highest": [{"items": "/s/hidden", "weights": WEIGHTS}]}, {}, (1, 3, None)),
        ({"sum": [SEVERAL], "missing": "zero"}, {"several": ["p", "not-known"]}, (2, 2, True)),
        ({"highest": [SEVERAL]}, {"several": []}, NO_VALUE),
        ({"highest": [SEVERAL]}, {}, (-1, 2, None)),
        ({"highest": [SEVERAL | {"times": -1}]}, {"several": ["p", "q"]}, (1, 1, True)),
        ({"highest": [SEVERAL], "missing": "zero"}, {"several": ["q", "not-known"]}, (0, 0, True)),
        ({"lowest": [{"items": ["/s/a", "/s/b"], "weights": WEIGHTS}]}, {"a": "low"}, (1, 1, True)),
        ({"lowest": [{"items": ["/s/a", "/s/b"], "weights": WEIGHTS}]}, {"a": "high"}, (1, 3, True)),
        ({"lowest": [{"items": "/s/hidden", "weights": WEIGHTS}]}, {}, (1, 3, None)),
        ({"lowest": [SEVERAL]}, {"several": []}, NO_VALUE),
        ({"lowest": [SEVERAL]}, {"several": ["p", "q"]}, (-1, -1, True)),
        ({"lowest": [SEVERAL], "missing": "zero"}, {"several": ["p", "not-known"]}, (0, 0, True)),
        ({"lowest": [{"measure": "gone"}, {"measure": "n"}]}, {"a": "high", "n": 5}, (5, 5, True)),
        (
            {"count": {"items": ["/s/a", "/s/b"], "match": {"const": "low"}}},
            {"a": "low", "b": "not-known"},
            (1, 2, True),
        ),
        ({"count": {"items": "/s/hidden", "match": {"const": "low"}}}, {"a": "high"}, NO_VALUE),
        ({"count": {"items": "/s/a", "match": {"const": "low"}}, "missing": "zero"}, {}, (0, 0, True)),
        ({"product": [3, {"measure": "n"}]}, {}, (0, 60, True)),
        ({"quotient": [7, {"measure": "n"}], "round": "half-up", "decimals": 1}, {"n": 3}, (2.3, 2.3, True)),
        ({"quotient": [7, {"measure": "n"}]}, {"n": 0}, NO_VALUE),
        ({"quotient": [7, {"measure": "n"}]}, {}, (None, None, None)),
        ({"sum": [{"measure": "gone"}]}, {"a": "high"}, NO_VALUE),
        ({"sum": [{"measure": "gone", "when": IF_LOW}]}, {"a": "high"}, (0, 0, True)),
        ({"highest": [{"measure": "gone"}, {"measure": "n"}]}, {"a": "high", "n": 5}, (5, 5, True)),
        ({"years": {"from": "/s/born", "to": "/s/born"}}, {}, (None, None, True)),
    ],
)
def test_a_measure_is_what_the_text_says(measure: Any, answers: Any, expected: Bounds) -> None:
    measures = {"n": {"sum": [N_TERM]}, "gone": total("hidden"), "it": measure}
    wanted = tuple(None if end is None else Fraction(str(end)) for end in expected[:2])
    assert measured({"s": answers}, **measures) == [(*wanted, expected[2])] * 2


@pytest.mark.parametrize(
    ("way", "answers", "expected"),
    [
        (None, {"a": "low", "b": "high", "hidden": "low"}, (5, 5, True)),
        (None, {"a": "low", "b": "high"}, (6, 6, True)),
        (None, {"a": "high", "b": "low"}, (4, 4, True)),
        (None, {"a": "low"}, NO_VALUE),
        ("half-up", {"a": "low", "hidden": "low"}, (3, 3, True)),
    ],
)
def test_a_sum_is_prorated_by_the_answers_that_apply(way: str | None, answers: Any, expected: Bounds) -> None:
    prorate = {"answered": 2} | ({"round": way} if way else {})
    measure = total("a", "b", "hidden", missing={"prorate": prorate})
    assert measured({"s": answers}, it=measure) == [expected] * 2


@pytest.mark.parametrize(
    ("way", "expected"),
    [("half-up", (8, 8)), ("down", (7, 7)), ("up", (8, 8)), ("half-even", (8, 8)), ("half-open", (7, 8))],
)
def test_a_half_is_rounded_as_it_is_said(way: str, expected: tuple[int, int]) -> None:
    measure = {
        "sum": [{"items": ["/s/n", "/s/free", "/s/other"]}],
        "missing": {"prorate": {"answered": 2, "round": way}},
    }
    document = forms.definition(
        {"s": forms.section({"n": forms.number(), "free": forms.number(), "other": forms.number()})},
        measures={"it": measure},
    )
    found = PlainReading(document, {"s": {"n": 2, "free": 3}}, draft=False)
    assert found.is_exact
    assert tuple(found.measure("it")) == (*expected, True)


def test_in_a_draft_a_gap_may_be_answered_or_stay_one() -> None:
    measure = total("a", "b", missing={"prorate": {"answered": 1}})
    assert measured({"s": {"a": "low"}}, draft=True, it=measure) == [(2, 4, True)] * 2
    assert measured({}, draft=True, it=measure) == [(2, 6, None)] * 2


ROWS = [
    {"when": "2021-01-31", "until": "2021-02-28", "seen": "yes"},
    {"when": "2021-02-28", "until": "2021-03-29", "seen": "not-known"},
    {"when": "2021-06-01", "seen": "yes"},
]


def dates(**words: Any) -> Any:
    return {"items": {"tag": "event", "at": "when"}, "match": {"within": words}}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (dates(months=1), True),
        (dates(months=1) | {"atLeast": 2}, True),
        (dates(days=27) | {"atLeast": 2}, False),
        (dates(days=28) | {"atLeast": 2}, True),
        (dates(months=4) | {"every": True}, False),
        (dates(months=5) | {"every": True}, True),
        (dates(months=1) | {"atLeast": 2, "when": {"items": "./seen", "match": {"const": "yes"}}}, None),
        (dates(months=1, before="./until") | {"atLeast": 2}, True),
        (dates(days=28, before="./until") | {"atLeast": 2}, None),
        (dates(days=28, before="./until"), True),
        (dates(days=-1, before="./until"), None),
        (dates(days=10_000_000, before="./until"), True),
        ({"items": "/rows/*/seen", "match": {"type": "string"}, "every": True}, True),
        ({"unsettled": "The policy does not say."}, None),
        ({"measure": "gone", "match": {"answered": False}}, True),
        ({"measure": "gone", "match": {"not": {"minimum": 3}}}, False),
        ({"measure": "gone", "match": {"not": {"answered": True}}}, True),
        ({"condition": "named"}, True),
    ],
)
def test_a_condition_is_what_the_text_says(condition: Any, expected: bool | None) -> None:
    named = {"items": "/s/a", "match": {"const": "high"}}
    measures = {"gone": total("hidden")}
    checks = [{"id": "it", "when": condition}]
    answers = {"s": {"a": "high"}, "rows": ROWS}
    plain, outcome = readings(answers, conditions={"named": named}, measures=measures, checks=checks)
    assert [plain.condition(condition), outcome.evaluation.checks[0].truth] == [expected] * 2


LEVELS = [{"id": "low"}, {"id": "middle"}, {"id": "high"}]
BANDS = [{"from": 0, "level": "low"}, {"from": 2, "level": "middle"}, {"from": 3.5, "level": "high"}]


def assessed(rules: list[Any], answers: Any, **words: Any) -> list[list[str | None]]:
    assessment = {"id": "it", "levels": LEVELS, "rules": [{"id": f"r{i}"} | rule for i, rule in enumerate(rules)]}
    measures = {"n": {"sum": [N_TERM]}, "gone": total("hidden")}
    plain, outcome = readings({"s": answers}, measures=measures, assessments=[assessment | words])
    return [plain.possible(plain.words["assessments"][0]), list(outcome.assessments["it"].possible)]


@pytest.mark.parametrize(
    ("rules", "answers", "words", "expected"),
    [
        ([{"measure": "n", "bands": BANDS}], {"n": 2}, {}, ["middle"]),
        ([{"measure": "n", "bands": BANDS}], {}, {}, ["low", "middle", "high"]),
        ([{"measure": "n", "bands": BANDS[1:]}], {"n": 1.9}, {}, [None]),
        ([{"measure": "gone", "bands": BANDS[:2]}], {"a": "high"}, {}, [None]),
        ([{"levelOf": "/s/a"}], {"a": "low"}, {}, ["low"]),
        ([{"levelOf": "/s/a"}], {"a": "not-known"}, {}, [None, "low", "high"]),
        ([{"levelOf": ["/s/a", "/s/b"]}], {"a": "low", "b": "high"}, {}, ["high"]),
        ([{"level": "low", "when": IF_LOW}], {"a": "low"}, {"showWhen": {"not": IF_LOW}}, [None]),
        ([{"level": "low", "when": IF_LOW}], {"a": "low"}, {"showWhen": {"unsettled": "Open."}}, [None, "low"]),
        ([{"levelOf": "/s/a"}, {"levelOf": "/s/b"}], {"a": "low", "b": "high"}, {"ordered": False}, ["low", "high"]),
        ([{"levelOf": "/s/a"}, {"levelOf": "/s/b"}], {"a": "low", "b": "low"}, {"ordered": False}, ["low"]),
    ],
)
def test_the_possible_levels_are_what_the_text_says(
    rules: list[Any], answers: Any, words: Any, expected: list[str | None]
) -> None:
    assert assessed(rules, answers, **words) == [expected] * 2


@pytest.mark.parametrize(
    ("limit", "suggested", "expected"),
    [
        ({"atLeast": "suggested"}, "middle", ["middle", "high"]),
        ({"atMost": {"suggested": 1}}, "low", ["low", "middle"]),
        ({"atMost": {"suggested": 9}}, "low", ["low", "middle", "high"]),
        ({"atLeast": "suggested"}, None, ["low", "middle", "high"]),
        ({"atLeast": "high"}, None, ["high"]),
        ({"atLeast": "high", "when": {"unsettled": "Open."}}, None, ["low", "middle", "high"]),
    ],
)
def test_a_judgement_is_permitted_within_the_limits(limit: Any, suggested: str | None, expected: list[str]) -> None:
    assessment = {"id": "it", "levels": LEVELS, "judgement": {"level": "/s/a", "reason": "/s/b", "may": [limit]}}
    assert PlainReading(forms.definition({}), {}, draft=False).permitted(assessment, suggested) == expected
