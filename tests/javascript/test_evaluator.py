"""The evaluator in JavaScript, against the corpus and against the library, to the last digit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cse_forms
from cse_forms.forms import Form
from cse_forms.thresholds.evaluate import Evaluator
from cse_forms.thresholds.policy import Policy
from cse_forms.thresholds.reading import Run
from tests import forms
from tests.javascript.corpus import INVENTED, SHIPPED, definition, read
from tests.javascript.node import Lines
from tests.property.answers import answers, damaged
from tests.property.definitions import Words, definitions

FORMS = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]

KEPT = (
    "id",
    "lowest",
    "highest",
    "possible",
    "determined",
    "applies",
    "clash",
    "recorded",
    "unanswered",
    "not_known",
)
"""What is said of an assessment in the same words."""


def exact(number: Any) -> str | None:
    return None if number is None else str(Fraction(number))


def said_by_the_library(form: Form, response: Any, *, draft: bool) -> Any:
    """Return what the library says, as the evaluator says it."""
    outcome = form.evaluate(response, draft=draft)
    said = outcome.to_dict()
    run = Run(response, draft)
    evaluator = Evaluator(form.definition)
    return {
        "conditions": {
            name: evaluator.condition(condition).truth(run)
            for name, condition in form.definition.words.conditions.items()
        },
        "measures": {
            name: {
                "lowest": exact(found.interval.lowest),
                "highest": exact(found.interval.highest),
                "has_value": found.interval.has_value,
            }
            for name, found in outcome.measures.items()
        },
        "assessments": [_assessment(assessment) for assessment in said["assessments"]],
        "prompts": [
            {word: prompt[word] for word in ("id", "urgency", "state", "text", "replaced_by")}
            for prompt in said["prompts"]
        ],
        "shown": [prompt.id for prompt in outcome.evaluation.shown_prompts],
        "checks": [
            {"id": check.id, "state": check.state, "text": check.check.text} for check in outcome.evaluation.checks
        ],
    }


def _assessment(said: Any) -> Any:
    judgement = said["judgement"]
    return {word: said[word] for word in KEPT} | {
        "rules": [{word: rule[word] for word in ("id", "state", "level", "gives")} for rule in said["rules"]],
        "adjustments": [{"id": change["id"], "state": change["state"]} for change in said["adjustments"]],
        "judgement": judgement and judgement | {"waiting": len(judgement["waiting"])},
    }


def asked_by_the_library(form: Form, response: Any, *, draft: bool) -> dict[str, bool | None]:
    """Return of each question that stands in a response whether it is asked."""
    reader = Policy(form.definition).reader(response, draft=draft)
    return {
        instance.pointer: reader.is_asked(question, instance.keys)
        for question in form.definition.questions.values()
        for instance in reader.instances(question)
        if not instance.rows_unknown
    }


def check(evaluator: Lines, form: Form, response: Any, *, draft: bool) -> None:
    assert evaluator.ask(form="form", definition=dict(form.schema)) == {}
    found = evaluator.ask(form="form", answers=response, draft=draft)
    assert "error" not in found, found
    assert found["outcome"] == said_by_the_library(form, response, draft=draft)
    asked = {item["pointer"]: item["asked"] for item in found["items"] if item["kind"] == "question"}
    assert asked == asked_by_the_library(form, response, draft=draft)


# --- the corpus ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_every_case_of_the_language_comes_out_as_it_is_expected(path: Path, evaluator: Lines) -> None:
    assert evaluator.ask(form=path.stem, definition=definition(path)) == {}
    for case in read(path)["cases"]:
        found = evaluator.ask(form=path.stem, answers=case["answers"], draft=case.get("draft", False))["outcome"]
        assert unexpected(case["expect"], found) == {}, case["name"]


def unexpected(expect: Any, found: Any) -> dict[str, Any]:
    """Return what came out otherwise than a case expects. Of validity, JSON Schema validators tell."""
    assessments = {assessment["id"]: assessment for assessment in found["assessments"]}
    wrong: dict[str, Any] = {}
    for name, expected in expect.get("measures", {}).items():
        came = found["measures"][name]
        if came != bounds(expected):
            wrong[name] = came
    for name, expected in expect.get("assessments", {}).items():
        assessment = assessments[name]
        held = {
            word: [part["id"] for part in assessment[word] if part["state"] == "holds"]
            for word in ("rules", "adjustments")
        }
        came = assessment | held | {"permitted": (assessment["judgement"] or {}).get("permitted")}
        wrong |= {f"{name} {word}": came[word] for word in expected if came[word] != expected[word]}
    if expect.get("prompts", found["shown"]) != found["shown"]:
        wrong["prompts"] = found["shown"]
    return wrong


def bounds(expected: Any) -> Any:
    if expected == "no value":
        return {"lowest": None, "highest": None, "has_value": False}
    if not isinstance(expected, dict):
        expected = {"lowest": expected, "highest": expected}
    ends = {word: None if expected[word] is None else exact(str(expected[word])) for word in ("lowest", "highest")}
    return ends | {"has_value": expected.get("has_value", True)}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_case_of_a_shipped_form_comes_out_as_it_is_expected(path: Path, evaluator: Lines) -> None:
    assert evaluator.ask(form=path.stem, definition=definition(path)) == {}
    for case in read(path)["cases"]:
        found = evaluator.ask(form=path.stem, answers=case["answers"], draft=case.get("draft", False))
        outcome, expect = found["outcome"], case["expect"]
        assert outcome["measures"] == expect["measures"], case["name"]
        assert outcome["shown"] == expect["prompts"], case["name"]
        for assessment in outcome["assessments"]:
            came = {word: assessment[word] for word in KEPT if word != "id"} | {
                "rules": {rule["id"]: rule["gives"] for rule in assessment["rules"]},
                "adjustments": {change["id"]: change["state"] for change in assessment["adjustments"]},
                "permitted": assessment["judgement"] and assessment["judgement"]["permitted"],
            }
            assert came == expect["assessments"][assessment["id"]], case["name"]
        asked = {item["pointer"]: item["asked"] for item in found["items"] if item["kind"] == "question"}
        assert [pointer for pointer, truth in asked.items() if truth is False] == expect["asked"]["no"]
        assert [pointer for pointer, truth in asked.items() if truth is None] == expect["asked"]["unknown"]


# --- made-up definitions ---------------------------------------------------------------------------------------------


def test_it_says_of_any_answers_to_any_form_what_the_library_says(evaluator: Lines) -> None:
    @given(definitions(), st.booleans(), st.booleans(), st.data())
    def agrees(document: Any, draft: bool, is_damaged: bool, data: st.DataObject) -> None:
        form = Form(forms.load(document))
        response = data.draw(answers(form))
        check(evaluator, form, data.draw(damaged(response)) if is_damaged else response, draft=draft)

    agrees()


def test_it_says_of_any_answers_to_a_shipped_form_what_the_library_says(evaluator: Lines) -> None:
    @given(st.sampled_from(FORMS), st.booleans(), st.booleans(), st.data())
    def agrees(form: Form, draft: bool, is_damaged: bool, data: st.DataObject) -> None:
        response = data.draw(answers(form, gaps=data.draw(st.integers(1, 9))))
        check(evaluator, form, data.draw(damaged(response)) if is_damaged else response, draft=draft)

    agrees()


def missing(found: Any) -> set[str]:
    """Return what is missing; a missing section is told by the questions in it that must be answered."""
    pointers = {item["pointer"] for item in found["items"] if item["required"] is True and item["blank"]}
    return {pointer for pointer in pointers if not any(other.startswith(f"{pointer}/") for other in pointers)}


def test_what_it_calls_missing_is_what_the_library_asks_for(evaluator: Lines) -> None:
    @given(definitions(Words(required=True)), st.data())
    def agrees(document: Any, data: st.DataObject) -> None:
        form = forms.form(document)
        response = data.draw(answers(form, gaps=1))
        assert evaluator.ask(form="form", definition=dict(form.schema)) == {}
        asked = {finding.pointer for finding in form.validate(response).findings if finding.code == "missing-answer"}
        assert missing(evaluator.ask(form="form", answers=response)) == asked

    agrees()


def test_what_it_calls_missing_of_a_shipped_form_is_what_the_library_asks_for(evaluator: Lines) -> None:
    for path in SHIPPED:
        assert evaluator.ask(form=path.stem, definition=definition(path)) == {}
        for case in read(path)["cases"]:
            codes = {finding["code"] for finding in case["expect"]["findings"]}
            if not case.get("draft", False) and codes <= {"missing-answer", "contradiction"}:
                found = evaluator.ask(form=path.stem, answers=case["answers"])
                findings = case["expect"]["findings"]
                expected = {finding["pointer"] for finding in findings if finding["code"] == "missing-answer"}
                assert missing(found) == expected, case["name"]


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [0.1, 1e-7, 1.5e300, 5e-324, -0.0, 2**53 + 1, 10**40, -(10**25) - 1, 123456789.123456789, 1e21],
)
def test_numbers_are_those_that_are_written_to_the_last_digit(number: float, evaluator: Lines) -> None:
    measures = {
        "itself": {"sum": [{"items": "/n"}]},
        "third": {"quotient": [{"measure": "itself"}, 3]},
        "square": {"product": [{"measure": "itself"}, {"measure": "itself"}]},
        "rounded": {"quotient": [{"measure": "itself"}, 7], "round": "half-even", "decimals": 2},
    }
    form = forms.form(forms.definition({"n": forms.number()}, measures=measures))
    check(evaluator, form, {"n": number}, draft=False)


def test_every_way_of_rounding_rounds_alike(evaluator: Lines) -> None:
    ways = ["half-up", "down", "up", "half-even", "half-open"]
    numbers = st.floats(-1e6, 1e6) | st.integers(-(10**20), 10**20)

    @given(number=numbers, decimals=st.integers(0, 9))
    def agrees(number: float, decimals: int) -> None:
        measures: dict[str, Any] = {"itself": {"sum": [{"items": "/n"}]}}
        for how in ways:
            measures[how] = {"quotient": [{"measure": "itself"}, 8], "round": how, "decimals": decimals}
        form = forms.form(forms.definition({"n": forms.number()}, measures=measures))
        check(evaluator, form, {"n": number}, draft=False)

    agrees()


def test_of_numbers_that_are_the_same_one_matches_where_the_other_does(evaluator: Lines) -> None:
    document = forms.definition(
        {"n": forms.number()},
        conditions={"is-ten": {"items": "/n", "match": {"enum": [10, 1e40]}}},
    )
    assert evaluator.ask(form="form", definition=document) == {}
    holding = {"10": True, "10.0": True, "1e1": True, f"1{'0' * 40}": True, f"1{'0' * 39}1": False}
    for written, holds in holding.items():
        found = evaluator.ask_text(f'{{"form": "form", "answers": {{"n": {written}}}}}')
        assert found["outcome"]["conditions"] == {"is-ten": holds}, written


# --- what is no definition, and hostile answers ----------------------------------------------------------------------

YES = {"const": "yes"}


def faulty(**words: Any) -> Any:
    return forms.definition({"a": forms.choice("yes", "no"), "n": forms.number()}, **words)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (faulty(conditions={"c": {"items": "/a", "match": YES, "exactly": 2}}), "exactly"),
        (faulty(conditions={"c": {"items": "/a", "match": {"matches": "y.*"}}}), "matches"),
        (faulty(conditions={"c": {"items": "/a", "match": {"not": {"startsWith": "y"}}}}), "startsWith"),
        (faulty(conditions={"c": {"items": "/a", "match": {"type": "null"}}}), "null"),
        (faulty(conditions={"c": {"items": "/b", "match": YES}}), "names no question"),
        (faulty(conditions={"c": {"some": []}}), "a condition begins with none of"),
        (faulty(conditions={"c": {"condition": "c"}}), "depends on itself"),
        (faulty(conditions={"c": {"condition": "constructor"}}), "constructor"),
        (faulty(conditions={"c": {"measure": "toString", "match": {"minimum": 1}}}), "toString"),
        (faulty(measures={"m": {"mean": ["/n"]}}), "a measure begins with none of"),
        (faulty(measures={"m": {"sum": [{"items": "/n", "power": 2}]}}), "power"),
        (faulty(measures={"m": {"sum": [{"items": "/n"}], "missing": "average"}}), "average"),
        (faulty(measures={"m": {"sum": [{"items": "/n"}], "missing": {"prorate": {"answered": 1, "to": 5}}}}), "to"),
        (faulty(measures={"m": {"quotient": [1, 2], "round": "nearest"}}), "nearest"),
        (faulty(measures={"m": {"sum": [{"measure": "m"}]}}), "depends on itself"),
        (faulty(assessments=[{"id": "x", "levels": [{"id": "low"}], "rules": [{"id": "r", "level": "top"}]}]), "top"),
        (faulty(prompts=[{"id": "p", "urgency": "whenever"}]), "whenever"),
        (faulty() | {"patternProperties": {}}, "patternProperties"),
        (forms.definition({"a": {"type": "null", "x-form": {}}}), "null"),
        (forms.definition({"a": {"$ref": "#/$defs/gone", "x-form": {}}}), "gone"),
        (forms.definition({"a": {"$ref": "#/$defs/a"}}, defs={"a": {"$ref": "#/$defs/a"}}), "holds itself"),
        ([], "is no object"),
        (None, "is no object"),
    ],
)
def test_what_the_language_does_not_know_is_refused_by_name(document: Any, told: str, evaluator: Lines) -> None:
    error = evaluator.ask(form="form", definition=document)["error"]
    assert error.startswith("DefinitionError: ")
    assert told in error


def test_a_definition_nested_without_end_is_refused(evaluator: Lines) -> None:
    condition: Any = {"items": "/a", "match": YES}
    for _ in range(900):
        condition = {"not": condition}
    assert "nested" in evaluator.ask(form="form", definition=faulty(conditions={"c": condition}))["error"]


@pytest.mark.parametrize(
    "answers",
    [
        '{"__proto__": {"a": "yes", "n": 5}}',
        '{"constructor": {"prototype": {"a": "yes"}}, "toString": 1}',
        '[{"a": "yes"}]',
        '"yes"',
        "null",
        '{"a": {"__proto__": "yes"}, "n": [5]}',
    ],
)
def test_nothing_is_read_that_is_not_an_answer_of_its_own(answers: str, evaluator: Lines) -> None:
    document = faulty(
        conditions={"c": {"items": "/a", "match": YES}},
        measures={"m": {"sum": [{"items": "/n"}]}},
    )
    assert evaluator.ask(form="form", definition=document) == {}
    outcome = evaluator.ask_text(f'{{"form": "form", "answers": {answers}}}')["outcome"]
    assert outcome["conditions"] == {"c": None}
    assert outcome["measures"]["m"] == {"lowest": None, "highest": None, "has_value": True}
    # And no other object has got anything of it.
    assert evaluator.ask(form="form", answers={})["outcome"]["conditions"] == {"c": None}


def test_names_that_every_object_of_javascript_has_are_names_like_any_other(evaluator: Lines) -> None:
    names = ("constructor", "valueof", "tostring", "hasownproperty")
    form = forms.form(
        forms.definition(
            {name: forms.choice("yes", "no") for name in names},
            conditions={name: {"items": f"/{name}", "match": YES} for name in names},
            measures={name: {"count": {"items": f"/{name}", "match": YES}} for name in names},
        )
    )
    for response in ({}, {"constructor": "yes"}, {"constructor": "no", "valueof": "yes"}):
        check(evaluator, form, response, draft=False)


def test_answers_larger_or_deeper_than_any_form_asks_for_are_refused(evaluator: Lines) -> None:
    assert evaluator.ask(form="form", definition=faulty()) == {}
    for depth, told in ((300, "nested deeper than 200 levels"), (100_000, "RangeError")):
        assert told in evaluator.ask_text(f'{{"form": "form", "answers": {"[" * depth}{"]" * depth}}}')["error"]
    assert "values" in evaluator.ask(form="form", answers={"rows": [0] * 10_000})["error"]
    assert "too long" in evaluator.ask_text(f'{{"form": "form", "answers": {{"n": {"9" * 5000}}}}}')["error"]


def test_conditions_that_speak_of_one_another_many_times_are_read_once(evaluator: Lines) -> None:
    conditions: dict[str, Any] = {"c0": {"items": "/a", "match": YES}}
    for number in range(1, 100):
        conditions[f"c{number}"] = {"all": [{"condition": f"c{number - 1}"}] * 3}
    assert evaluator.ask(form="form", definition=faulty(conditions=conditions)) == {}
    assert evaluator.ask(form="form", answers={})["outcome"]["conditions"]["c99"] is None


def test_questions_that_are_shown_by_one_another_many_times_are_looked_at_once(evaluator: Lines) -> None:
    questions: dict[str, Any] = {"q0": forms.choice("yes", "no")}
    for number in range(1, 100):
        shown = {"items": f"./q{number - 1}", "match": YES}
        questions[f"q{number}"] = forms.choice("yes", "no", showWhen={"all": [shown, {"any": [shown, shown]}]})
    rule = {"id": "last", "level": "high", "when": {"items": "/rows/*/q99", "match": YES}}
    document = forms.definition(
        {"rows": forms.table(forms.section(questions))},
        assessments=[{"id": "it", "levels": [{"id": "low"}, {"id": "high"}], "rules": [rule]}],
    )
    assert evaluator.ask(form="form", definition=document) == {}
    (found,) = evaluator.ask(form="form", answers={"rows": [{}]})["outcome"]["assessments"]
    assert found["unanswered"] == [f"/rows/0/q{number}" for number in range(100)]


def test_a_number_that_grows_beyond_all_measure_is_refused(evaluator: Lines) -> None:
    measures: dict[str, Any] = {"m0": {"constant": 1e300}}
    for number in range(1, 60):
        measures[f"m{number}"] = {"product": [{"measure": f"m{number - 1}"}] * 2}
    assert evaluator.ask(form="form", definition=faulty(measures=measures)) == {}
    assert "longer than any form needs" in evaluator.ask(form="form", answers={})["error"]
