"""What the JSON Schema documents of the formats refuse: what the library refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms import InputError, get_form, pointers, read_response
from cse_forms.errors import DefinitionError
from cse_forms.forms import Form
from cse_forms.schema.document import FormSchema
from cse_forms.schema.loading import load_definition
from cse_forms.schema.refusals import refusals
from cse_forms.schema.scenarios import load_scenarios
from tests.forms import to_bytes
from tests.schema.documents import DROP, VALIDATORS, planted, refused
from tests.schema.sample import sample

steady = settings(deadline=None, derandomize=True)
"""The same examples each time, however slow the machine is."""

DIGEST = f"sha256:{64 * '0'}"

FAULTS: list[tuple[str, Any]] = [
    ("/$schema", "http://json-schema.org/draft-07/schema#"),
    ("/$id", "https://example.org/form"),
    ("/title", ""),
    ("/type", DROP),
    ("/additionalProperties", True),
    ("/properties", {}),
    ("/properties/Child", {}),
    ("/properties/child/titel", "A misspelt word"),
    ("/properties/child/title", None),
    ("/properties/child/type", "null"),
    ("/properties/child/required/0", 7),
    ("/properties/child/properties/born/format", "time"),
    ("/properties/child/properties/height/multipleOf", 0),
    ("/properties/child/properties/postcode/minLength", -1),
    ("/properties/child/if", 7),
    ("/properties/child/allOf/0/if/required", "age"),
    ("/properties/summary/properties/level/oneOf", []),
    ("/properties/summary/properties/level/oneOf/0/const", DROP),
    ("/properties/summary/properties/reason/x-form/showWhen/match", {}),
    ("/properties/summary/properties/reason/x-form/required", "yes"),
    ("/properties/summary/properties/levels/x-form/columns/extra", "Another"),
    ("/properties/indicators/properties/missing/$ref", "https://example.org/shape"),
    ("/properties/indicators/x-form/layout", "grid"),
    ("/$defs/indicator/properties/notes/x-form/lines", 0),
    ("/x-form/version", "1.0"),
    ("/x-form/status", "final"),
    ("/x-form/language", "English"),
    ("/x-form/sources", []),
    ("/x-form/withheld/0/reason", DROP),
    ("/x-form/header/0", "child/name"),
    ("/x-form/guidance/0/provenance", {}),
    ("/x-form/guidance/0/text", DROP),
    ("/x-form/guidance/3/links/0/href", "javascript:alert(1)"),
    ("/x-form/measures/age", {"weeks": {"from": "/child/born", "to": "/child/born"}}),
    ("/x-form/measures/age/years/to", DROP),
    ("/x-form/measures/present/count/items", []),
    ("/x-form/measures/present/count/items/0", {"tag": "starred", "at": "/present"}),
    ("/x-form/measures/present/count", {"assessments": ["risk"]}),
    ("/x-form/measures/score/sum", []),
    ("/x-form/measures/score/sum/0", {"itms": "/child/age"}),
    ("/x-form/measures/score/sum/1/steps", [{"weight": 1}]),
    ("/x-form/measures/score/sum/2/weights", {"else": 1}),
    ("/x-form/measures/score/sum/2/choose/0/steps/0/exclusiveMaximum", 12),
    ("/x-form/measures/score/missing", "null"),
    ("/x-form/measures/score/missing/prorate/answered", 0),
    ("/x-form/measures/score/missing/prorate/round", "nearest"),
    ("/x-form/measures/mean/quotient/1", DROP),
    ("/x-form/measures/mean/quotient", [1, 2, 3]),
    ("/x-form/measures/limit/constant", "2"),
    ("/x-form/conditions/open/unsettled", ""),
    ("/x-form/conditions/often/match/within/months", 3),
    ("/x-form/conditions/often/match/within/days", DROP),
    ("/x-form/conditions/visited/atLeast", {"measures": "limit"}),
    ("/x-form/measures/present/count/items/0", "indicators"),
    ("/x-form/assessments/0/rules/0/when", {"expression": "1 + 1"}),
    ("/x-form/assessments/0/rules/0/when/every", True),
    ("/x-form/assessments/0/rules/1/when/all", []),
    ("/x-form/assessments/0/rules/1/when/all/1/match/minimum", "1"),
    ("/x-form/assessments/0/adjustments/0/raise", DROP),
    ("/x-form/assessments/0/adjustments/1/raise", DROP),
    ("/x-form/assessments/0/judgement/may", "agree"),
    ("/x-form/assessments/0/rules/0/levelOf", ["risk"]),
    ("/x-form/assessments/0/rules/0/when", DROP),
    ("/x-form/assessments/1/showWhen/match", DROP),
    ("/x-form/assessments/1/rules/0/levelOf", []),
    ("/x-form/assessments/1/rules/1/bands", DROP),
    ("/x-form/assessments/1/rules/1/bands/1/level", DROP),
    ("/x-form/assessments/1/rules/1/bands", [{"to": 1, "level": "low"}, {"levels": "low"}]),
    ("/x-form/assessments/0/adjustments/0/raise", DROP),
    ("/x-form/assessments/0/adjustments/0/lower", 1),
    ("/x-form/assessments/0/adjustments/0/notBelow", "low"),
    ("/x-form/measures/age", {"quotient": [1, 2], "decimals": 1}),
    ("/x-form/measures/age", {"lowest": []}),
    ("/x-form/assessments/1/judgement/may", []),
    ("/x-form/assessments/1/judgement/may/0/atLeast", DROP),
    ("/x-form/assessments/1/judgement/may/1/atMost", {"suggested": "one"}),
    ("/x-form/assessments/2/ordered", "no"),
    ("/x-form/prompts/0/provenance/shows", DROP),
    ("/x-form/prompts/0/urgency", "now"),
]
"""Where something is put into the sample, or dropped from it, and what."""


@pytest.mark.parametrize(("pointer", "value"), FAULTS)
def test_a_fault_in_a_definition_is_refused_by_the_document_and_by_the_library(pointer: str, value: Any) -> None:
    document = planted(sample(), pointer, value)
    assert refused("definition", document)
    with pytest.raises(DefinitionError):
        load_definition(to_bytes(document), "form.json")


RESPONSE = {
    "form": "a",
    "version": "1.0.0",
    "answers": {"b": [1]},
    "digest": DIGEST,
    "meta": {"who": "A", "when": "2026-03-31", "status": "draft", "case": 7},
}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/form", ""),
        ("/form", 7),
        ("/form", "a" * 65),
        ("/version", DROP),
        ("/answers", []),
        ("/answers", DROP),
        ("/digest", "sha256:0"),
        ("/meta", []),
        ("/meta/who", ""),
        ("/meta/status", "final"),
        ("/anwsers", {}),
    ],
)
def test_a_fault_in_a_response_is_refused_by_the_document_and_by_the_library(pointer: str, value: Any) -> None:
    assert not refused("response", RESPONSE)
    assert read_response(to_bytes(RESPONSE)).digest == DIGEST
    document = planted(json.loads(json.dumps(RESPONSE)), pointer, value)
    assert refused("response", document)
    with pytest.raises(InputError):
        read_response(to_bytes(document))


SCENARIOS = {
    "scenarios": [
        {
            "name": "A sentence",
            "draft": True,
            "answers": {},
            "expect": {
                "valid": True,
                "findings": [],
                "measures": {"age": 3, "count": {"lowest": 2, "highest": None}, "days": None},
                "assessments": {"risk": {"lowest": None, "possible": [None, "high"], "not_known": ["/a"]}},
                "prompts": ["call"],
            },
        }
    ]
}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/scenarios", []),
        ("/scenarios/0/name", ""),
        ("/scenarios/0/answers", DROP),
        ("/scenarios/0/expect", DROP),
        ("/scenarios/0/expects", {}),
        ("/scenarios/0/draft", "yes"),
        ("/scenarios/0/expect/valid", "yes"),
        ("/scenarios/0/expect/prompts", "call"),
        ("/scenarios/0/expect/measures/age", "3"),
        ("/scenarios/0/expect/measures/count/highest", DROP),
        ("/scenarios/0/expect/assessments/risk/notKnown", []),
    ],
)
def test_a_fault_in_scenarios_is_refused_by_the_document_and_by_the_library(pointer: str, value: Any) -> None:
    assert not refused("scenarios", SCENARIOS)
    assert load_scenarios(to_bytes(SCENARIOS), "scenarios.json")[0].draft
    document = planted(json.loads(json.dumps(SCENARIOS)), pointer, value)
    assert refused("scenarios", document)
    with pytest.raises(DefinitionError):
        load_scenarios(to_bytes(document), "scenarios.json")


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/extra", 1),
        ("/digest", "0"),
        ("/measures/age", 7),
        ("/assessments/0/possible", []),
        ("/assessments/0/determined", True),
        ("/assessments/0/rules/0/state", True),
        ("/assessments/0/rules/0/answers/0", "present"),
        ("/assessments/0/judgement/level", DROP),
        ("/assessments/0/unanswered", DROP),
        ("/prompts/0/urgency", "now"),
        ("/findings/0/code", "wrong"),
        ("/findings/0/severity", "grave"),
    ],
)
def test_an_outcome_with_a_fault_is_refused(pointer: str, value: Any) -> None:
    outcome = Form(load_definition(to_bytes(sample()), "form.json")).evaluate({}).to_dict()
    assert not refused("outcome", outcome)
    assert refused("outcome", planted(outcome, pointer, value))


def test_a_report_that_is_valid_in_spite_of_an_error_is_refused() -> None:
    report = get_form("cse-toolbox").validate({}).to_dict()
    assert not refused("report", report)
    assert refused("report", report | {"valid": True})
    assert refused("report", {"valid": False, "findings": []})


# --- the documents and the models agree ----------------------------------------------------------------------


def paths_in(value: Any, path: tuple[pointers.Key, ...] = ()) -> Iterator[tuple[pointers.Key, ...]]:
    if path:
        yield path
    members: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from paths_in(member, (*path, key))


PATHS = [path for path in paths_in(sample()) if not {"if", "then", "else", "allOf"} & set(path)]
"""Rules are left out: whether they are JSON Schema is for the standard to say, and not for the models."""

VALUES = st.one_of(
    st.just(DROP),
    st.sampled_from([True, False, -1, 1, 1.5, "", "x", "X", "/a", "./a", "1.0.0", "date", [], {}, ["x"], {"a": 1}]),
    st.sampled_from(PATHS).map(lambda path: pointers.value_at(sample(), path)),
)


@steady
@given(path=st.sampled_from(PATHS), value=VALUES)
def test_the_document_and_the_models_refuse_the_same_definitions(path: tuple[pointers.Key, ...], value: Any) -> None:
    document = planted(sample(), pointers.join(path), value)
    found = refusals(FormSchema, document)
    errors = [error.message for error in VALIDATORS["definition"].iter_errors(document)]
    assert bool(errors) == bool(found), (errors, found)
