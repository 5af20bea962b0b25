"""What the models refuse in a definition, in words for the people who write definitions by hand."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.answers.envelope import ResponseFile
from cse_forms.schema.document import FormSchema
from cse_forms.schema.refusals import refusals
from tests.schema.documents import DROP, planted
from tests.schema.sample import sample

AGE = "/x-form/measures/age"
CHILD = "/properties/child"
NOTES = "/$defs/indicator/properties/notes"
WHEN = "/x-form/prompts/0/when"
RULE = "/x-form/assessments/0/rules/1/when/all"
CONDITION = (
    "this is no condition that the language knows; a condition begins with "
    "'items', 'measure', 'assessment', 'condition', 'unsettled', 'all', 'any'"
)
MEASURE = (
    "this is no measure that the language knows; a measure has 'sum', 'highest', 'lowest', 'count', 'product', "
    "'quotient', 'years', 'months', 'days' or 'constant'"
)
TERM = "a term begins with 'items' or 'measure'"
COUNT = "a count begins with 'items' or 'assessments'"


@pytest.mark.parametrize(
    ("pointer", "value", "message"),
    [
        ("/title", 7, "this must be a text"),
        ("/title", "", "this must not be empty"),
        ("/additionalProperties", True, "this must be false"),
        ("/x-form/status", "final", "this must be 'draft' or 'published'"),
        ("/x-form/sources", [], "this must not be empty"),
        ("/x-form/sources", {}, "this must be a list"),
        ("/x-form/version", "1.0", "this is not of the form that is needed here: three numbers, such as 1.0.0"),
        ("/x-form/id", "a" * 65, "this must have at most 64 characters"),
        (f"{CHILD}/x-form", [], "this must be an object"),
        (f"{CHILD}/properties/age/minimum", "0", "this must be a number"),
        (f"{CHILD}/properties/height/multipleOf", 0, "this must be more than 0"),
        (f"{CHILD}/properties/name/minLength", -1, "this must be 0 or more"),
        (f"{CHILD}/properties/name/minLength", 1.5, "this must be a whole number"),
        (f"{CHILD}/properties/name/x-form/hint", 7, "this must be a text or an object"),
        (f"{CHILD}/properties/told/default", DROP, None),
        (f"{CHILD}/titel", "A", "no word 'titel' is known here; did you mean 'title'?"),
        (f"{CHILD}/zzz", "A", "no word 'zzz' is known here"),
        (f"{NOTES}/x-form/lines", 61, "this must be 60 or less"),
        (f"{NOTES}/x-form/lines", True, "this must be a whole number"),
        (f"{NOTES}/x-form/required", 1, "this must be true or false or a condition"),
        (WHEN, {"itmes": "/child/told"}, f"{CONDITION} or 'not'; did you mean 'items'?"),
        (WHEN, {}, f"{CONDITION} or 'not'"),
        (WHEN, "yes", "this must be a condition"),
        (
            "/x-form/measures/age",
            {"weeks": {}},
            MEASURE,
        ),
    ],
)
def test_a_refusal_says_what_would_be_right(pointer: str, value: Any, message: str | None) -> None:
    found = refusals(FormSchema, planted(sample(), pointer, value))
    assert [(fault.pointer, fault.message) for fault in found] == ([(pointer, message)] if message else [])


@pytest.mark.parametrize(
    ("pointer", "value", "place", "message"),
    [
        (f"{WHEN}/match", {}, f"{WHEN}/match", "a match must say something, such as {'const': 'yes'}"),
        (f"{WHEN}/match", DROP, WHEN, "'match' is missing"),
        (f"{WHEN}/match/minimum", {"measure": 7}, f"{WHEN}/match/minimum/measure", "this must be a text"),
        (
            "/x-form/measures/age",
            {"sum": [{"itms": "/a"}]},
            "/x-form/measures/age/sum/0",
            f"{TERM}; did you mean 'items'?",
        ),
        ("/x-form/measures/age", {"sum": ["score"]}, "/x-form/measures/age/sum/0", "this must be a term"),
        ("/x-form/measures/age", {"count": {"assessment": "risk"}}, "/x-form/measures/age/count", COUNT),
        (
            "/x-form/measures/age",
            {"count": 3},
            "/x-form/measures/age/count",
            "this must be an object with 'items' or 'assessments'",
        ),
        (
            "/x-form/measures/age",
            {"quotient": [1]},
            "/x-form/measures/age/quotient",
            "this must have 2 members",
        ),
        (
            "/x-form/measures/age",
            {"quotient": [1, 2, 3]},
            "/x-form/measures/age/quotient",
            "this must have at most 2 members",
        ),
        (
            AGE,
            {"sum": [{"items": "/a", "share": 2}]},
            f"{AGE}/sum/0/share",
            "no word 'share' is known here; the words here are 'weights', 'steps', 'choose', 'times', 'when'",
        ),
        (
            AGE,
            {"sum": [{"items": "/a"}], "round": "up"},
            f"{AGE}/round",
            "no word 'round' is known here; the words here are 'title', 'sum' and 'missing'",
        ),
        (
            AGE,
            {"sum": [{"items": "/a", "choose": [{"times": 2}]}]},
            f"{AGE}/sum/0/choose/0/times",
            "no word 'times' is known here; 'times' stands in the term, beside 'choose'",
        ),
        (
            AGE,
            {"sum": [{"constant": 10}]},
            f"{AGE}/sum/0",
            f"{TERM}; what has 'constant' is a measure of its own: give it a name under 'measures', and say",
        ),
        (
            AGE,
            {"product": [{"items": "/a"}]},
            f"{AGE}/product/0",
            "this must be a number or {\"measure\": \"its-name\"}; to add up answers, write a 'sum' under 'measures'",
        ),
        (
            AGE,
            {"quotient": [{"count": {"items": "/a", "match": {"const": 1}}}, 2]},
            f"{AGE}/quotient/0",
            'this must be a number or {"measure": "its-name"}; what has \'count\' is a measure of its own',
        ),
        (
            AGE,
            {"product": [{"mean": 2}]},
            f"{AGE}/product/0",
            'this must be a number or {"measure": "its-name"}',
        ),
        (
            AGE,
            {"product": [{"mesure": "score"}]},
            f"{AGE}/product/0/mesure",
            "no word 'mesure' is known here; did you mean 'measure'?",
        ),
        (
            f"{WHEN}/match",
            {"within": {"days": {"mean": 2}}},
            f"{WHEN}/match/within/days",
            'this must be a number or {"measure": "its-name"}',
        ),
        (f"{WHEN}/match/mean", 1, f"{WHEN}/match/mean", "no word 'mean' is known here"),
        (f"{WHEN}/match/minimum", "3", f"{WHEN}/match/minimum", 'this must be a number or {"measure": "its-name"}'),
        (
            "/x-form/assessments/1/rules/1/items",
            "/a",
            "/x-form/assessments/1/rules/1/items",
            "no word 'items' is known here; a rule reads a number: sum or count the answers in a measure",
        ),
        (
            "/x-form/assessments/0/judgement/may",
            [{"atMost": "high", "titel": "A"}],
            "/x-form/assessments/0/judgement/may/0/titel",
            "no word 'titel' is known here; the words here are 'atLeast', 'atMost', 'when' and 'because'",
        ),
        (
            f"{CHILD}/properties/told/x-form/required",
            {"items": "/a", "match": {"const": 1}, "mach": 1},
            f"{CHILD}/properties/told/x-form/required/mach",
            "no word 'mach' is known here; did you mean 'match'?",
        ),
        (
            AGE,
            {"years": {"from": "today", "to": "/a"}},
            f"{AGE}/years/from",
            "there is no clock: let a question ask for the date, and give its pointer here",
        ),
        (f"{WHEN}/mach", {}, f"{WHEN}/mach", "no word 'mach' is known here; did you mean 'match'?"),
        ("/properties", {"Child": {}}, "/properties/Child", "this is not of the form that is needed here: lower-case"),
        (
            "/x-form/assessments/0/rules/1/when/all",
            [],
            "/x-form/assessments/0/rules/1/when/all",
            "this must not be empty",
        ),
        (
            f"{RULE}/4/any/0",
            {"not": {"all": [{"items": "child", "match": {"const": 1}}]}},
            f"{RULE}/4/any/0/not/all/0/items",
            "this is not of the form that is needed here: a JSON Pointer, such as /child/name, /indicators/*/present",
        ),
    ],
)
def test_a_refusal_within_a_condition_stands_where_the_document_has_the_fault(
    pointer: str, value: Any, place: str, message: str
) -> None:
    (found,) = refusals(FormSchema, planted(sample(), pointer, value))
    assert (found.pointer, found.message[: len(message)]) == (place, message)


def test_what_is_missing_is_told_beside_what_is_wrong_deeper_down() -> None:
    document = planted(sample(), "/x-form/guidance/1/provenance", DROP)
    found = refusals(FormSchema, planted(document, "/x-form/guidance/1/list/0", ""))
    assert [(fault.pointer, fault.message) for fault in found] == [
        ("/x-form/guidance/1/list/0", "this must not be empty"),
        ("/x-form/guidance/1", "'provenance' is missing"),
    ]


def test_what_a_model_accepts_has_no_refusals() -> None:
    assert refusals(FormSchema, sample()) == []
    assert refusals(ResponseFile, {"form": "a", "version": "1.0.0", "answers": {}}) == []
