"""What depends on itself: a measure, a condition, a level, or whether an item is asked, in any mixture."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.errors import DefinitionError
from tests.forms import Document, choice, date, definition, load, section, table, text, tick

LEVELS = [{"id": "low"}, {"id": "high"}]
MEASURE = "/x-form/measures/m"
CONDITION = "/x-form/conditions/c"
RISK = "/x-form/assessments/0"
A_IS_ASKED = ("/properties/a/x-form/showWhen", "whether /a is asked depends on itself")
M_DEPENDS = (MEASURE, "the measure 'm' depends on itself")
C_DEPENDS = (CONDITION, "the condition 'c' depends on itself")
RISK_DEPENDS = (RISK, "the level of 'risk' depends on itself")

TICKED: Document = {"items": "/a", "match": {"const": True}}
HIGH: Document = {"assessment": "risk", "atLeast": "high"}
OVER: Document = {"measure": "m", "match": {"minimum": 1}}
NAMED: Document = {"condition": "c"}


def risk(**words: Any) -> Document:
    return {"id": "risk", "levels": LEVELS} | words


def rule(**words: Any) -> Document:
    return {"id": "rule"} | words


def count(when: Document) -> Document:
    return {"count": {"items": "/b", "match": {"const": True}, "when": when}}


A_SHOWN_BY_RISK = {"a": tick(showWhen=HIGH), "b": tick()}
QUESTIONS = {"a": tick(), "b": tick()}

CIRCLES: dict[str, tuple[Document, list[tuple[str, str]]]] = {
    "a condition by its own name": (definition(QUESTIONS, conditions={"c": {"not": NAMED}}), [C_DEPENDS]),
    "a measure and a condition": (
        definition(QUESTIONS, measures={"m": count(NAMED)}, conditions={"c": OVER}),
        [C_DEPENDS, M_DEPENDS],
    ),
    "a measure that weighs by itself": (
        definition({"a": choice("x")}, measures={"m": {"sum": [{"items": "/a", "weights": {"x": {"measure": "m"}}}]}}),
        [M_DEPENDS],
    ),
    "a measure that is multiplied by itself": (
        definition(QUESTIONS, measures={"m": {"product": [{"measure": "m"}]}}),
        [M_DEPENDS],
    ),
    "a level that its own rule asks for": (
        definition(QUESTIONS, assessments=[risk(rules=[rule(level="high", when=HIGH)])]),
        [RISK_DEPENDS],
    ),
    "a level that is its own": (
        definition(QUESTIONS, assessments=[risk(rules=[rule(levelOf="risk")])]),
        [RISK_DEPENDS],
    ),
    "an assessment that applies by its own level": (
        definition(QUESTIONS, assessments=[risk(showWhen=HIGH)]),
        [RISK_DEPENDS],
    ),
    "an adjustment by the level": (
        definition(QUESTIONS, assessments=[risk(adjustments=[{"id": "up", "when": HIGH, "raise": 1}])]),
        [RISK_DEPENDS],
    ),
    "a measure that counts the level it decides": (
        definition(
            QUESTIONS,
            measures={"m": {"count": {"assessments": ["risk"], "atLeast": "high"}}},
            assessments=[risk(rules=[rule(measure="m", bands=[{"from": 1, "level": "high"}])])],
        ),
        [RISK_DEPENDS, M_DEPENDS],
    ),
    "a question shown by the level that it decides": (
        definition(A_SHOWN_BY_RISK, assessments=[risk(rules=[rule(level="high", when=TICKED)])]),
        [A_IS_ASKED, RISK_DEPENDS],
    ),
    "a question shown by the level that is its answer": (
        definition({"a": choice("low", "high", showWhen=HIGH)}, assessments=[risk(rules=[rule(levelOf=["/a"])])]),
        [A_IS_ASKED, RISK_DEPENDS],
    ),
    "a section, a condition, a measure and a level": (
        definition(
            {"a": section({"x": tick()}, showWhen=NAMED)},
            conditions={"c": HIGH},
            measures={"m": {"count": {"items": "/a/x", "match": {"const": True}}}},
            assessments=[risk(rules=[rule(level="high", when=OVER)])],
        ),
        [A_IS_ASKED, C_DEPENDS, RISK_DEPENDS, M_DEPENDS],
    ),
    "a date that is asked by the time to itself": (
        definition({"a": date(showWhen=OVER), "b": date()}, measures={"m": {"years": {"from": "/a", "to": "/b"}}}),
        [A_IS_ASKED, M_DEPENDS],
    ),
    "a date before itself in its row": (
        definition(
            {
                "a": table(
                    section(
                        {
                            "from": date(
                                showWhen={"items": "./to", "match": {"within": {"days": 1, "before": "./from"}}}
                            ),
                            "to": date(),
                        }
                    )
                )
            }
        ),
        [("/properties/a/items/properties/from/x-form/showWhen", "whether /a/*/from is asked depends on itself")],
    ),
}


@pytest.mark.parametrize(("document", "told"), CIRCLES.values(), ids=CIRCLES.keys())
def test_what_depends_on_itself_is_refused_and_named(document: Document, told: list[tuple[str, str]]) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(document)
    assert sorted((problem.pointer, problem.message) for problem in refusal.value.problems) == sorted(told)


STRAIGHT: dict[str, Document] = {
    "a limit of the judgement that reads the level": definition(
        {"level": choice("low", "high"), "reason": text()},
        assessments=[
            risk(judgement={"level": "/level", "reason": "/reason", "may": [{"atLeast": "suggested", "when": HIGH}]})
        ],
    ),
    "a question shown by the level that others decide": definition(
        A_SHOWN_BY_RISK,
        assessments=[risk(rules=[rule(level="high", when={"items": "/b", "match": {"const": True}})])],
    ),
    "rows that each ask about the same row": definition(
        {"a": section({"x": tick(), "y": text(showWhen={"items": "./x", "match": {"const": True}})})}
    ),
    "questions called as what reads them": definition(
        {"measure": section({"m": tick(showWhen=OVER)}), "a": tick(), "b": tick()}, measures={"m": count(TICKED)}
    ),
}


@pytest.mark.parametrize("document", STRAIGHT.values(), ids=STRAIGHT.keys())
def test_what_reads_others_in_a_line_is_let_pass(document: Document) -> None:
    assert load(document).title == "An invented form"


def line(length: int) -> Document:
    """Return a definition in which so many measures read one another."""
    measures: Document = {f"m{index}": {"sum": [{"measure": f"m{index + 1}"}]} for index in range(length - 1)}
    return definition(QUESTIONS, measures=measures | {f"m{length - 1}": {"constant": 1}})


def test_a_line_of_a_hundred_is_let_pass_and_a_longer_one_refused() -> None:
    assert len(load(line(100)).words.measures) == 100
    with pytest.raises(DefinitionError) as refusal:
        load(line(4000))
    (problem,) = refusal.value.problems
    assert problem.message == "the measure 'm3899' reads others in a line of more than 100"
