"""Every single check of a definition: what it refuses, where, and what it says would be right."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.errors import DefinitionError
from tests.forms import (
    INVENTED,
    Document,
    choice,
    choices,
    date,
    definition,
    integer,
    load,
    matrix,
    needed,
    section,
    shape,
    text,
    tick,
)
from tests.schema.documents import DROP, planted
from tests.schema.sample import YES, sample

CHILD = "/properties/child"
TOLD = f"{CHILD}/properties/told"
LANGUAGES = f"{CHILD}/properties/languages"
MISSING = "/properties/indicators/properties/missing"
LEVEL = "/properties/summary/properties/level"
LEVELS = "/properties/summary/properties/levels"
REASON = "/properties/summary/properties/reason"
INDICATOR = "/$defs/indicator"
NOTES = f"{INDICATOR}/properties/notes/x-form/showWhen"
RISK = "/x-form/assessments/0"
RULE = f"{RISK}/rules/0/when"
CAP = f"{RISK}/adjustments/1"
WELSH = f"{RISK}/rules/1/when/all/4/any/0/match"
COUNT = "/x-form/measures/present/count"

SOURCE = {"id": "source", "title": "A", "file": "a"}
AGAIN = shape("indicator", provenance=INVENTED) | {"title": "Again"}

FAULTS: list[tuple[str, Any, str, str]] = [
    # JSON Schema itself
    (f"{CHILD}/properties/postcode/pattern", "(?=a)", "", "this is no regular expression that is read in bounded time"),
    (f"{CHILD}/properties/postcode/pattern", "(", "", "this is no regular expression that is read in bounded time"),
    ("/allOf/0", {"type": "txt"}, "/allOf/0/type", "this is no valid JSON Schema: "),
    (f"{CHILD}/allOf/0/if", {"required": "born"}, f"{CHILD}/allOf/0/if/required", "this is no valid JSON Schema: "),
    ("/if", {"$ref": "https://example.org/"}, "/if/$ref", "this leads to no shape under $defs, and nothing outside"),
    ("/if", {"$ref": "#/properties/child"}, "/if/$ref", "this leads to no shape under $defs"),
    ("/then", {"not": {"$ref": "#/$defs/other"}}, "/then/not/$ref", "this leads to no shape under $defs"),
    ("/else", {"$dynamicRef": "#x"}, "/else/$dynamicRef", "'$dynamicRef' has no place in a rule; '$ref' has"),
    (f"{TOLD}/description", None, "", "null says nothing; leave 'description' out"),
    # the form and its items
    ("/$id", "urn:cse-forms:invented:2.0.0", "", "this must be urn:cse-forms:invented:1.0.0, as id and version say"),
    (f"{TOLD}/title", DROP, TOLD, "'told' has no title: give it the wording that people read"),
    (f"{TOLD}/type", DROP, TOLD, "say what is asked: a 'type', or 'oneOf' with the options"),
    (f"{TOLD}/properties", {}, "", "'properties' goes with the type 'object'"),
    (f"{LEVEL}/items", {"oneOf": [{"const": 1, "title": "1"}]}, "", "'items' goes with the type 'array'"),
    (f"{LANGUAGES}/items", DROP, LANGUAGES, "an array has 'items': the shape of its rows, or the options"),
    (f"{LEVEL}/type", "string", LEVEL, "a question with options has 'oneOf' and no 'type'"),
    (f"{CHILD}/additionalProperties", DROP, CHILD, 'a section says "additionalProperties": false, so that no answer'),
    (f"{INDICATOR}/additionalProperties", DROP, INDICATOR, 'a section says "additionalProperties": false, so that no'),
    (f"{CHILD}/x-form/provenance", DROP, CHILD, "say where this comes from: 'provenance' is missing in its 'x-form'"),
    (f"{CHILD}/x-form/required", True, CHILD, "'required' in 'x-form' is said of a question"),
    (f"{CHILD}/required/0", "nme", "", "no question 'nme' stands here; did you mean 'name'?"),
    (f"{INDICATOR}/required/0", "presnt", "", "no question 'presnt' stands here; did you mean 'present'?"),
    (
        f"{CHILD}/properties/name/minLength",
        DROP,
        f"{CHILD}/properties/name",
        "'name' is required: say \"minLength\": 1",
    ),
    ("/properties/summary/required", ["reason"], "/properties/summary/required/0", "'reason' is asked only at times"),
    (f"{TOLD}/default", "no", "", "this default is no answer that the question accepts"),
    (f"{CHILD}/properties/age/default", 18, "", "this default is no answer that the question accepts"),
    (f"{CHILD}/properties/born/default", "yesterday", "", "this default is no answer that the question accepts"),
    (f"{LEVEL}/default", "no", "", "this default is no answer that the question accepts"),
    (f"{LANGUAGES}/items/oneOf/2/const", "english", f"{LANGUAGES}/items/oneOf/2", "two options have the same const"),
    (f"{LEVEL}/oneOf/1/title", "Low", f"{LEVEL}/oneOf/1", "two options have the same title"),
    # shapes and sources
    (f"{MISSING}/$ref", "#/$defs/indicater", "", "no shape 'indicater' stands under $defs; did you mean 'indicator'?"),
    (f"{MISSING}/type", "object", "", "'type' stands in the shape, and not beside the '$ref' to it"),
    (f"{INDICATOR}/properties/again", AGAIN, INDICATOR, "the shape 'indicator' refers to itself"),
    (f"{CHILD}/x-form/provenance", {"source": "sorce"}, f"{CHILD}/x-form/provenance/source", "no source 'sorce' is"),
    ("/x-form/withheld/0/source", "other", "", "no source 'other' is listed"),
    ("/x-form/sources", [SOURCE, SOURCE], "", "two sources have the id 'source'"),
    # what conditions select
    (f"{REASON}/x-form/showWhen/items", "./levl", "", "no question './levl'; did you mean './level'?"),
    (f"{REASON}/x-form/showWhen/items", ["./level", "/a"], f"{REASON}/x-form/showWhen/items/1", "no question '/a'"),
    (f"{RULE}/items", "/indicators/*/presnt", "", "no question '/indicators/*/presnt'; did you mean '/indicators/*/p"),
    (f"{RULE}/items", "/indicators/missing", "", "no question '/indicators/missing'"),
    (f"{RULE}/items", "./present", "", "'./present' speaks of a row, and there is none here; begin with a slash"),
    (f"{RULE}/when/not/items", "./presnt", "", "no question './presnt'; did you mean './present'?"),
    (f"{COUNT}/items/0", "/indicators/*/age", "", "no question '/indicators/*/age'"),
    (f"{COUNT}/when/items", "./note", "", "no question './note'; did you mean './notes'?"),
    ("/x-form/prompts/0/when/measure", "prsent", "", "no measure 'prsent'; did you mean 'present'?"),
    ("/x-form/checks/0/when/match/minimum/measure", "agee", "", "no measure 'agee'; did you mean 'age'?"),
    # what they ask of it
    (f"{RULE}/match/const", "Yes", "", "this can never be \"Yes\"; did you mean 'yes'?"),
    (f"{RULE}/match/const", True, "", "this can never be true; the options are yes, no, not-known"),
    (f"{RULE}/match/const", None, "", "this can never be null; the options are yes, no, not-known"),
    (f"{RULE}/match", {"enum": ["yes", "maybe"]}, f"{RULE}/match/enum/1", 'this can never be "maybe"; the options are'),
    (f"{RULE}/match", {"not": {"const": "nein"}}, f"{RULE}/match/not/const", 'this can never be "nein"'),
    (f"{RULE}/match", {"minimum": 1}, f"{RULE}/match/minimum", "'minimum' asks for a number, and no number is given"),
    (f"{RULE}/match", {"contains": YES}, f"{RULE}/match/contains", "'contains' asks for several options chosen"),
    (f"{RULE}/match/const", {"measure": "age"}, "", "a measure is a number, and no number is given here"),
    (f"{RULE}/match/const", {"mesure": "age"}, "", 'this can never be {"mesure": "age"}'),
    (f"{WELSH}/contains/const", "irish", "", 'this can never be "irish"'),
    (f"{WELSH}/contains", {"not": {"const": "irish"}}, f"{WELSH}/contains/not/const", 'this can never be "irish"'),
    (WELSH, {"const": "welsh"}, f"{WELSH}/const", 'this can never be "welsh"'),
    ("/x-form/checks/0/when/match", {"const": "7"}, "/x-form/checks/0/when/match/const", 'this can never be "7"'),
    ("/x-form/prompts/0/when/match", {"const": "7"}, "/x-form/prompts/0/when/match/const", 'this can never be "7"'),
    # circles
    (f"{NOTES}/items", "./notes", NOTES, "whether /indicators/missing/notes is asked depends on itself"),
    (f"{CHILD}/x-form/showWhen", {"items": "/child/told", "match": {"const": True}}, "", "whether /child is asked"),
    (
        f"{COUNT}/when",
        {"measure": "present", "match": {"minimum": 1}},
        "/x-form/measures/present",
        "the measure 'present'",
    ),
    # what is named must be there, and be one
    ("/x-form/measures/age/years/from", "/child/brn", "", "no question '/child/brn'; did you mean '/child/born'?"),
    ("/x-form/measures/age/years/from", "/child/name", "", "/child/name does not ask for a date"),
    ("/x-form/header/0", "/child/nam", "", "no question '/child/nam'; did you mean '/child/name'?"),
    ("/x-form/header/0", "/indicators/*/notes", "", "/indicators/*/notes may have several answers; name a question"),
    ("/x-form/header/0", "/indicators/added/*/notes", "", "/indicators/added/*/notes may have several answers"),
    (f"{RISK}/levels/1/includes/level", "high", "", "a level comes with those of a lower one, listed before it"),
    (f"{RISK}/levels/1/includes/level", "lw", "", "no level 'lw'; did you mean 'low'?"),
    (f"{RISK}/rules/0/level", "hgh", "", "no level 'hgh'; did you mean 'high'?"),
    (f"{RISK}/otherwise/level", "medium", "", "no level 'medium'; the levels are low, high"),
    (f"{CAP}/notAbove", "top", "", "no level 'top'; the levels are low, high"),
    (f"{CAP}/atLeast", "top", "", "no level 'top'; the levels are low, high"),
    (f"{CAP}/atMost", "top", "", "no level 'top'; the levels are low, high"),
    (f"{RISK}/followUp", "/summary/follow", "", "no question '/summary/follow'; did you mean '/summary/follow-up'?"),
    (f"{RISK}/judgement/level", "/summary/levl", "", "no question '/summary/levl'; did you mean '/summary/level'?"),
    (f"{RISK}/judgement/level", "/child/told", "", "the options of /child/told must be the levels: low, high"),
    (f"{RISK}/judgement/reason", "/summary/*/low", "", "/summary/*/low may have several answers; name a question that"),
    ("/x-form/prompts/2/id", "think", "", "the id 'think' stands twice"),
    (f"{RISK}/rules/1/id", "one", "", "the id 'one' stands twice"),
    (f"{CAP}/id", "young", "", "the id 'young' stands twice"),
    ("/x-form/prompts/0/replaces/0", "thnk", "", "no other prompt 'thnk'; did you mean 'think'?"),
    ("/x-form/prompts/0/replaces/0", "call", "", "no other prompt 'call'"),
    ("/x-form/prompts/1/replaces", ["call"], "/x-form/prompts/0/replaces", "prompts replace one another in a circle"),
    (
        f"{LEVELS}/x-form/assessment",
        "rsk",
        f"{LEVELS}/x-form",
        "the layout 'levels' names its 'assessment'; did you mean",
    ),
    (
        f"{LEVELS}/properties/low",
        DROP,
        f"{LEVELS}/properties",
        "there must be a question for each level, in order: low",
    ),
]
"""What is put into the sample, and where; the place of the fault, if it is another; and how the message begins."""


@pytest.mark.parametrize(("planted_at", "value", "place", "message"), FAULTS)
def test_a_check_refuses_what_it_is_there_for_and_nothing_else(
    planted_at: str, value: Any, place: str, message: str
) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(planted(sample(), planted_at, value))
    (problem,) = refusal.value.problems
    assert (problem.pointer, problem.message[: len(message)]) == (place or planted_at, message)


def check(match: Document, name: str = "check", *, items: str = "/a") -> Document:
    return {"id": name, "when": {"items": items, "match": match}}


TICKED = {"items": "/a", "match": {"const": True}}

RIGHT: dict[str, Document] = {
    "a required date has no least length": definition({"a": date()}, required=["a"]),
    "options of two kinds": definition({"a": choice(1, "a", 1.5, True)}),
    "a number among the options": definition({"a": choice(1, 2)}, checks=[check({"minimum": 2})]),
    "a limit taken from a measure": definition(
        {"a": integer()},
        measures={"count": {"count": {"items": "/a", "match": {"minimum": 1}}}},
        checks=[check({"maximum": {"measure": "count"}}), check({"const": {"measure": "count"}}, "equal")],
    ),
    "an option that one of the questions offers": definition(
        {"s": section({"a": choice("yes", "no"), "b": choice("no", "never")})},
        checks=[check({"const": "never"}, items="/s/*")],
    ),
    "no option of several": definition(
        {"a": choices("x", "y")}, checks=[check({"not": {"contains": {"enum": ["x", "y"]}}})]
    ),
    "questions that depend on one another in a line": definition(
        {"a": tick(), "b": text(showWhen=TICKED), "c": text(showWhen={"items": "/b", "match": {"answered": True}})}
    ),
    "a question that is required by its own answer": definition(
        {"a": text(required={"items": "/a", "match": {"answered": True}})}
    ),
    "a measure of questions that another measure shows": definition(
        {"a": tick(), "b": tick(showWhen={"measure": "first", "match": {"minimum": 1}})},
        measures={
            "first": {"count": {"items": "/a", "match": {"const": True}}},
            "second": {"count": {"items": "/b", "match": {"const": True}}},
        },
    ),
    "shapes of shapes": definition(
        {"a": shape("outer"), "b": shape("outer")},
        defs={"outer": section({"i": shape("inner"), "j": shape("inner")}), "inner": section({"t": text()})},
    ),
    "a rule of the author's own that refers to a shape": definition(
        {"a": shape("s"), "b": tick()}, defs={"s": section({"t": needed()}, required=["t"])}
    )
    | {"if": {"required": ["b"]}, "then": {"properties": {"a": {"$ref": "#/$defs/s"}}}},
    "questions that are called as words of the format": definition(
        {key: text() for key in ("if", "then", "pattern", "default", "const", "items", "properties", "required")}
    ),
}


@pytest.mark.parametrize("document", RIGHT.values(), ids=RIGHT.keys())
def test_the_checks_let_pass_what_is_right(document: Document) -> None:
    assert load(document).title == "An invented form"


def test_the_checks_let_pass_every_word_used_aright() -> None:
    assert load(sample()).questions.keys() >= {"/child/name", "/indicators/added/*/present", "/summary/levels/high"}


def test_one_number_written_in_two_ways_is_one_option() -> None:
    with pytest.raises(DefinitionError, match="two options have the same const"):
        load(definition({"a": choice(1, 1.0)}))


def test_a_fault_of_a_shape_is_told_once_however_many_rows_use_it() -> None:
    document = definition(
        {"rows": matrix({f"row-{number}": shape("row") for number in range(150)})},
        defs={
            "row": section({"a": text(lines=2) | {"default": 7}, "b": text(showWhen={"items": "./b", "match": YES})})
        },
    )
    with pytest.raises(DefinitionError) as refusal:
        load(document)
    assert [problem.pointer for problem in refusal.value.problems] == [
        "/$defs/row/properties/a/default",
        "/$defs/row/properties/b/x-form/showWhen",
    ]
