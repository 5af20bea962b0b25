"""What a definition may not say in the condition language: where it is refused, and what would be right."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.errors import DefinitionError
from tests.forms import (
    Document,
    choice,
    choices,
    date,
    definition,
    integer,
    load,
    matrix,
    number,
    section,
    shape,
    table,
    text,
    tick,
)

LEVELS = [{"id": "low"}, {"id": "high"}]
M = "/x-form/measures/m"
WHEN = "/x-form/checks/0/when"
MATCH = f"{WHEN}/match"
RULE = "/x-form/assessments/0/rules/0"
BANDS = f"{RULE}/bands"
YES: Document = {"const": "yes"}
TICKED: Document = {"items": "/tick", "match": {"const": True}}


def weighted(*weights: float) -> Document:
    """Return a choice whose options carry their weights."""
    question = choice(*(f"w{index}" for index in range(len(weights))))
    for option, weight in zip(question["oneOf"], weights, strict=True):
        option["x-form"] = {"weight": weight}
    return question


def questions() -> Document:
    """Return questions of every kind, some of them tagged."""
    several = choices("a", "b")
    several["items"]["oneOf"][0]["x-form"] = {"weight": 2}
    return {
        "text": text(),
        "date": date(),
        "other-date": date(),
        "tick": tick(),
        "number": integer() | {"minimum": 0, "maximum": 10},
        "open-number": number(),
        "choice": choice("yes", "no", "not-known", tags=["asked"]),
        "digits": choice(1, 2, 3),
        "weighted": weighted(0, 1, 2),
        "several": several,
        "level": choice("low", "high"),
        "rows": matrix({"one": shape("row", tags=["starred"]), "two": shape("row")}),
        "visits": table(section({"when": date(), "seen": date(), "kind": choice("home", "school")})),
    }


def asks(**words: Any) -> Document:
    """Return a definition of these questions; `when` is a check's condition, `measure` the measure `m`."""
    x_form: Document = {}
    if "when" in words:
        x_form["checks"] = [{"id": "check", "when": words.pop("when")}]
    measures = words.pop("measures", {})
    if "measure" in words:
        measures = {"m": words.pop("measure")} | measures
    if "rules" in words:
        x_form["assessments"] = [{"id": "risk", "levels": LEVELS, "rules": words.pop("rules")}]
    rows = {"row": section({"present": choice("yes", "no", "not-known"), "notes": text(), "day": date()})}
    return definition(questions() | words.pop("items", {}), defs=rows, measures=measures, **x_form, **words)


def summed(items: Any = "/choice", **words: Any) -> Document:
    return asks(measure={"sum": [{"items": items} | words]})


def banded(*bands: Document, **measure: Any) -> Document:
    """Return a definition whose rule has these bands over the number, from nought to ten."""
    rule = {"id": "total", "measure": "m", "bands": list(bands)}
    return asks(measure=measure or {"sum": [{"items": "/number"}]}, measures={"five": {"constant": 5}}, rules=[rule])


def matches(items: str, match: Document) -> Document:
    return asks(when={"items": items, "match": match})


def levels_asked(condition: Document, *, is_ordered: bool = True) -> Document:
    risk = {"id": "risk", "levels": LEVELS, "ordered": is_ordered}
    return asks(when=condition, assessments=[risk])


def routes(**words: Any) -> Document:
    """Return a definition whose one assessment has levels without order."""
    return asks(assessments=[{"id": "route", "ordered": False, "levels": LEVELS} | words])


def level_of(source: Any) -> Document:
    other = {"id": "other", "levels": [{"id": "green"}]}
    risk = {"id": "risk", "levels": LEVELS, "rules": [{"id": "taken", "levelOf": source}]}
    return asks(assessments=[risk, other])


def product(*factors: Any) -> Document:
    return asks(measure={"product": list(factors)}, measures={"n": {"sum": [{"items": "/number"}]}})


def lowered(**change: Any) -> Document:
    """Return a definition with one adjustment."""
    adjustment = {"id": "change", "when": {"items": "/tick", "match": {"const": True}}} | change
    return asks(assessments=[{"id": "risk", "levels": LEVELS, "adjustments": [adjustment]}])


CHANGE = "/x-form/assessments/0/adjustments/0"
UNBOUNDED = "a band says 'from', 'to' or both; the first may do without where the next says 'from', and the last"
CLOSE: Document = {"items": "/visits/*/when", "match": {"within": {"days": 30}}}
N = {"measure": "n"}
TEN: Document = {"n": {"sum": [{"items": "/number"}]}}
TOO_LONG = {f"m{index}": {"sum": [{"measure": f"m{index + 1}"}]} for index in range(101)} | {"m101": {"constant": 1}}

FAULTS: list[tuple[str, Document, str, str]] = [
    # selectors
    (
        "tag",
        asks(when={"items": {"tag": "stared"}, "match": YES}),
        f"{WHEN}/items",
        "no item has the tag 'stared'; did",
    ),
    (
        "tag",
        asks(when={"items": {"tag": "zz"}, "match": YES}),
        f"{WHEN}/items",
        "no item has the tag 'zz'; the tags are",
    ),
    (
        "tag of a row",
        asks(when={"items": {"tag": "starred"}, "match": YES}),
        f"{WHEN}/items",
        "no question has the tag 'starred', only what holds questions; say 'at', such as 'day'",
    ),
    (
        "tag with a wrong way",
        asks(when={"items": {"tag": "starred", "at": "presnt"}, "match": YES}),
        f"{WHEN}/items",
        "no question 'presnt' stands in what has the tag 'starred'; did you mean 'present'?",
    ),
    (
        "tag in a list",
        asks(when={"items": ["/choice", {"tag": "askd"}], "match": YES}),
        f"{WHEN}/items/1",
        "no item has the tag 'askd'; did you mean 'asked'?",
    ),
    ("term", summed("/choise"), f"{M}/sum/0/items", "no question '/choise'; did you mean '/choice'?"),
    # names
    (
        "condition",
        asks(when={"condition": "yung"}, conditions={"young": TICKED}),
        f"{WHEN}/condition",
        "no condition 'yu",
    ),
    (
        "condition of a row",
        asks(conditions={"c": {"items": "./present", "match": YES}}),
        "/x-form/conditions/c/items",
        "'./present' speaks of a row, and there is none here; begin with a slash",
    ),
    (
        "assessment",
        levels_asked({"assessment": "rsk", "atLeast": "high"}),
        f"{WHEN}/assessment",
        "no assessment 'rsk'; did",
    ),
    (
        "level",
        levels_asked({"assessment": "risk", "atLeast": "hgh"}),
        f"{WHEN}/atLeast",
        "no level 'hgh'; did you mean",
    ),
    (
        "level",
        levels_asked({"assessment": "risk", "atMost": "top"}),
        f"{WHEN}/atMost",
        "no level 'top'; the levels are low",
    ),
    ("level", levels_asked({"assessment": "risk", "match": {"const": "hgh"}}), f"{MATCH}/const", "no level 'hgh'"),
    ("level", levels_asked({"assessment": "risk", "match": {"enum": ["low", 1]}}), f"{MATCH}/enum/1", "no level '1'"),
    (
        "order",
        levels_asked({"assessment": "risk", "atLeast": "low"}, is_ordered=False),
        f"{WHEN}/atLeast",
        "the levels of 'r",
    ),
    (
        "counted assessments",
        asks(
            measure={"count": {"assessments": ["risk", "home"], "atLeast": "high"}},
            assessments=[{"id": "risk", "levels": LEVELS}],
        ),
        f"{M}/count/assessments/1",
        "no assessment 'home'",
    ),
    (
        "counted level",
        asks(
            measure={"count": {"assessments": ["risk"], "atLeast": "red"}},
            assessments=[{"id": "risk", "levels": LEVELS}],
        ),
        f"{M}/count/atLeast",
        "no level 'red'",
    ),
    ("measure", asks(measure={"sum": [{"measure": "x"}]}), f"{M}/sum/0/measure", "no measure 'x'"),
    ("measure", asks(measure={"product": [{"measure": "x"}]}), f"{M}/product/0/measure", "no measure 'x'"),
    ("measure", asks(measure={"quotient": [1, {"measure": "x"}]}), f"{M}/quotient/1/measure", "no measure 'x'"),
    ("measure", summed("/number", times={"measure": "x"}), f"{M}/sum/0/times/measure", "no measure 'x'"),
    (
        "measure",
        summed(weights={"yes": {"measure": "x"}, "no": 0}),
        f"{M}/sum/0/weights/yes/measure",
        "no measure 'x'",
    ),
    (
        "measure",
        summed("/number", steps=[{"maximum": {"measure": "x"}, "weight": 1}, {"weight": 2}]),
        f"{M}/sum/0/steps/0/maximum/measure",
        "no measure 'x'",
    ),
    (
        "measure",
        asks(measure={"sum": [{"items": "/number"}], "missing": {"prorate": {"answered": {"measure": "x"}}}}),
        f"{M}/missing/prorate/answered/measure",
        "no measure 'x'",
    ),
    ("measure", banded({"from": {"measure": "x"}, "level": "low"}), f"{BANDS}/0/from/measure", "no measure 'x'"),
    (
        "measure",
        asks(when={"items": "/rows/*/present", "match": YES, "atLeast": {"measure": "x"}}),
        f"{WHEN}/atLeast/measure",
        "no measure 'x'",
    ),
    (
        "measure",
        matches("/date", {"within": {"days": {"measure": "x"}, "before": "/other-date"}}),
        f"{MATCH}/within/days/measure",
        "no measure 'x'",
    ),
    (
        "measure",
        asks(rules=[{"id": "a", "measure": "x", "bands": [{"to": 1, "level": "low"}]}]),
        f"{RULE}/measure",
        "no m",
    ),
    # what a match asks
    (
        "text",
        matches("/number", {"minLength": 1}),
        f"{MATCH}/minLength",
        "'minLength' asks for a text, and no text is given",
    ),
    (
        "number",
        matches("/date", {"minimum": 1}),
        f"{MATCH}/minimum",
        "'minimum' asks for a number, and no number is given",
    ),
    ("number", matches("/choice", {"maximum": 1}), f"{MATCH}/maximum", "'maximum' asks for a number, and no number is"),
    (
        "type",
        matches("/tick", {"type": "string"}),
        f"{MATCH}/type",
        "this can never be of the type 'string'; it is boolean",
    ),
    (
        "type",
        matches("/several", {"type": "string"}),
        f"{MATCH}/type",
        "this can never be of the type 'string'; it is array",
    ),
    (
        "weight",
        matches("/choice", {"weight": {"minimum": 1}}),
        f"{MATCH}/weight",
        "no option here has a weight of its own; say",
    ),
    (
        "weight",
        matches("/several", {"weight": {"minimum": 1}}),
        f"{MATCH}/weight",
        "no option here has a weight of its own; put",
    ),
    (
        "weight",
        matches("/weighted", {"weight": {"minLength": 1}}),
        f"{MATCH}/weight/minLength",
        "'minLength' says nothing of",
    ),
    ("weight", matches("/weighted", {"weight": {"const": "1"}}), f"{MATCH}/weight/const", 'this can never be "1"'),
    (
        "within",
        matches("/text", {"within": {"days": 1, "before": "/date"}}),
        f"{MATCH}/within",
        "'within' asks for a date",
    ),
    (
        "before",
        matches("/date", {"within": {"days": 1, "before": "/dat"}}),
        f"{MATCH}/within/before",
        "no question '/dat'; did",
    ),
    (
        "before",
        matches("/date", {"within": {"days": 1, "before": "/text"}}),
        f"{MATCH}/within/before",
        "/text does not ask for",
    ),
    (
        "before in a table",
        matches("/visits/*/when", {"within": {"days": 1, "before": "/visits/*/seen"}}),
        f"{MATCH}/within/before",
        "/visits/*/seen may have several answers; name a question that has one",
    ),
    (
        "before in the same row",
        matches("/visits/*/when", {"within": {"days": 1, "before": "./sen"}}),
        f"{MATCH}/within/before",
        "no question './sen'; did you mean './seen'?",
    ),
    (
        "window",
        matches("/visits/*/when", {"not": {"within": {"days": 1}}}),
        f"{MATCH}/not/within",
        "dates are compared with one another at the top of a match alone; name the date 'before' which it lies",
    ),
    (
        "number",
        asks(when={"measure": "m", "match": {"minLength": 1}}, measure={"constant": 1}),
        f"{MATCH}/minLength",
        "'minLe",
    ),
    (
        "number",
        asks(when={"measure": "m", "match": {"not": {"contains": YES}}}, measure={"constant": 1}),
        f"{MATCH}/not/contains",
        "'contains' says nothing of a number; compare it with 'minimum' or 'maximum'",
    ),
    (
        "number",
        asks(when={"measure": "m", "match": {"type": "number"}}, measure={"constant": 1}),
        f"{MATCH}/type",
        "'type' says",
    ),
    (
        "level",
        levels_asked({"assessment": "risk", "match": {"minimum": 1}}),
        f"{MATCH}/minimum",
        "'minimum' says nothing of a",
    ),
    (
        "level",
        levels_asked({"assessment": "risk", "match": {"not": {"type": "string"}}}),
        f"{MATCH}/not/type",
        "'type' says",
    ),
    # weights and steps
    (
        "option",
        summed(weights={"yess": 1, "else": 0}),
        f"{M}/sum/0/weights/yess",
        "no option 'yess'; did you mean 'yes'?",
    ),
    (
        "option",
        summed("/tick", weights={"yes": 1, "else": 0}),
        f"{M}/sum/0/weights/yes",
        "no option 'yes'; the options are true",
    ),
    ("option", summed("/digits", weights={"1.0": 1, "else": 0}), f"{M}/sum/0/weights/1.0", "no option '1.0'"),
    (
        "option",
        summed(weights={"yes": 1}),
        f"{M}/sum/0/weights",
        "'no' of /choice has no weight; list it, or say 'else'",
    ),
    ("option", summed("/tick", weights={"true": 1}), f"{M}/sum/0/weights", "'false' of /tick has no weight"),
    ("own weight", summed("/several", weights={"b": 1}), f"{M}/sum/0/weights", "'a' of /several has no weight"),
    ("nothing said", summed("/tick"), f"{M}/sum/0", "'true' of /tick has no weight; say 'weights'"),
    ("nothing said", summed("/choice"), f"{M}/sum/0", "'yes' of /choice has no weight; say 'weights'"),
    ("nothing said", summed("/several"), f"{M}/sum/0", "'b' of /several has no weight; say 'weights'"),
    ("text", summed("/text"), f"{M}/sum/0", "/text asks for a text, which weighs nothing; select options or numbers"),
    ("date", summed("/date", steps=[{"weight": 1}]), f"{M}/sum/0", "/date asks for a date, which weighs nothing"),
    (
        "number",
        summed("/number", weights={"else": 1}),
        f"{M}/sum/0/weights",
        "'weights' are for options, and /number asks for",
    ),
    (
        "options",
        summed("/choice", steps=[{"weight": 1}]),
        f"{M}/sum/0/steps",
        "'steps' are for numbers, and /choice has options",
    ),
    (
        "weights of a measure",
        asks(measure={"sum": [{"measure": "n", "weights": {"else": 1}}]}, measures={"n": {"constant": 1}}),
        f"{M}/sum/0/weights",
        "'weights' are for options, and a measure is a number; say 'steps'",
    ),
    (
        "highest",
        asks(measure={"highest": [{"items": "/choice", "weights": {"yes": 1}}]}),
        f"{M}/highest/0/weights",
        "'no' of /choice has no weight",
    ),
    (
        "chosen scale",
        summed("/number", choose=[{"when": TICKED, "weights": {"else": 1}}, {}]),
        f"{M}/sum/0/choose/0/weights",
        "'weights' are for options, and /number asks for a number",
    ),
    (
        "choose",
        summed("/number", choose=[{}, {"when": TICKED}]),
        f"{M}/sum/0/choose/0",
        "this is taken in all cases, so that none of the following ever is; put it last",
    ),
    (
        "steps",
        summed("/number", steps=[{"weight": 1}, {"maximum": 5, "weight": 2}]),
        f"{M}/sum/0/steps/0",
        "this step takes all numbers, so that none of the following is reached; put it last",
    ),
    (
        "steps",
        summed("/number", steps=[{"maximum": 5, "weight": 1}, {"exclusiveMaximum": 5, "weight": 2}, {"weight": 3}]),
        f"{M}/sum/0/steps/1/exclusiveMaximum",
        "steps ascend; no number that comes to this one is left for it",
    ),
    (
        "steps by a constant",
        asks(
            measure={
                "sum": [
                    {
                        "items": "/number",
                        "steps": [
                            {"maximum": {"measure": "c"}, "weight": 1},
                            {"maximum": 5, "weight": 2},
                            {"weight": 3},
                        ],
                    }
                ]
            },
            measures={"c": {"constant": 6}},
        ),
        f"{M}/sum/0/steps/1/maximum",
        "steps ascend",
    ),
    (
        "last step",
        summed("/number", steps=[{"maximum": 9, "weight": 1}]),
        f"{M}/sum/0/steps",
        "/number may be more than the last step takes; let the last step have no bound, or say a 'maximum'",
    ),
    (
        "last step",
        summed("/open-number", steps=[{"maximum": 99, "weight": 1}]),
        f"{M}/sum/0/steps",
        "/open-number may be",
    ),
    (
        "last step",
        summed("/digits", steps=[{"exclusiveMaximum": 3, "weight": 1}]),
        f"{M}/sum/0/steps",
        "/digits may be",
    ),
    (
        "last step over a measure",
        asks(
            measure={"sum": [{"measure": "n", "steps": [{"maximum": 9, "weight": 1}]}]},
            measures={"n": {"sum": [{"items": "/number"}]}},
        ),
        f"{M}/sum/0/steps",
        "'n' may be more than the last step takes; let that one have no bound",
    ),
    (
        "prorating",
        asks(
            measure={"sum": [{"measure": "n"}], "missing": {"prorate": {"answered": 1}}},
            measures={"n": {"constant": 1}},
        ),
        f"{M}/missing",
        "answers are prorated, and no term here has 'items'",
    ),
    (
        "factors",
        product(*[N] * 13),
        M,
        "more than 12 numbers are multiplied with one another here, in what it reads too",
    ),
    (
        "factors",
        asks(
            measure={"product": [{"measure": "b"}] * 2},
            measures={
                "b": {"sum": [{"measure": "c", "times": {"measure": "c"}}]},
                "c": {"product": [{"measure": "d"}, {"measure": "d"}, {"measure": "d"}, {"measure": "d"}]},
                "d": {"constant": 10},
            },
        ),
        M,
        "more than 12 numbers are multiplied",
    ),
    (
        "within",
        asks(measure={"count": {"items": "/visits/*/kind", "match": {"const": "home"}, "when": CLOSE}}),
        f"{M}/count/when/match/within",
        "one row is looked at here by itself, and 'within' without 'before' counts the dates of many rows; name",
    ),
    (
        "within",
        summed("/visits/*/kind", weights={"else": 1}, when={"any": [{"not": CLOSE}]}),
        f"{M}/sum/0/when/any/0/not/match/within",
        "one row is looked at here by itself",
    ),
    (
        "within",
        asks(when={"items": "/visits/*/seen", "match": {"answered": True}, "when": CLOSE}),
        f"{WHEN}/when/match/within",
        "one row is looked at here by itself",
    ),
    (
        "within",
        asks(items={"log": table(section({"on": date(), "why": text(showWhen=CLOSE | {"items": "./on"})}))}),
        "/properties/log/items/properties/why/x-form/showWhen/match/within",
        "one row is looked at here by itself",
    ),
    (
        "tick",
        matches("/tick", YES),
        f"{MATCH}/const",
        'this can never be "yes"; a tick is true or false, without quotation marks',
    ),
    (
        "clock",
        asks(measure={"years": {"from": "/date", "to": "today"}}),
        f"{M}/years/to",
        "there is no clock: let a question ask for the date, and give its pointer here",
    ),
    (
        "clock",
        matches("/date", {"within": {"days": 1, "before": "now"}}),
        f"{MATCH}/within/before",
        "there is no clock: let a question ask for the date, and give its pointer here",
    ),
    ("lowest", asks(measure={"lowest": [{"items": "/text"}]}), f"{M}/lowest/0", "/text asks for a text"),
    (
        "lowest",
        asks(measure={"lowest": [{"measure": "n", "steps": [{"maximum": 2, "weight": 1}]}]}, measures=TEN),
        f"{M}/lowest/0/steps",
        "'n' may be more than the last step takes",
    ),
    (
        "lowest",
        asks(measure={"lowest": [{"measure": "m"}]}),
        M,
        "the measure 'm' depends on itself",
    ),
    ("rounding", asks(measure={"quotient": [1, 2], "decimals": 1}), M, "'decimals' goes with 'round'"),
    # levels and bands
    ("adjustment", lowered(lower=1, notBelow="hihg"), f"{CHANGE}/notBelow", "no level 'hihg'; did you mean 'high'?"),
    ("adjustment", lowered(atMost="low", notBelow="low"), CHANGE, "'notBelow' limits a 'lower'; here there is none"),
    ("adjustment", lowered(lower=1, **{"raise": 1}), CHANGE, "an adjustment says 'raise' or 'lower', and not both"),
    ("adjustment", lowered(lower=0), f"{CHANGE}/lower", "this must be 1 or more"),
    ("band", banded({"level": "low"}), RULE, UNBOUNDED),
    ("band", banded({"to": 2, "level": "low"}, {"level": "high"}, {"from": 5, "level": "high"}), RULE, UNBOUNDED),
    ("band", banded({"from": 2, "level": "low"}, {"level": "high"}), RULE, UNBOUNDED),
    ("band", banded({"level": "low"}, {"to": 2, "level": "high"}), RULE, UNBOUNDED),
    (
        "band",
        banded({"to": 2, "level": "low"}, {"level": "high"}, {"to": 5, "level": "high"}),
        f"{BANDS}/2",
        "say 'from' here, or 'to' in the band before: nothing parts the two",
    ),
    (
        "band",
        banded({"to": 10, "level": "low"}, {"level": "high"}),
        f"{BANDS}/1",
        "no number lies in this band: 'm' is 0 to 10",
    ),
    ("level", banded({"from": 0, "level": "lo"}), f"{BANDS}/0/level", "no level 'lo'; did you mean 'low'?"),
    (
        "limit",
        asks(
            assessments=[
                {
                    "id": "risk",
                    "levels": LEVELS,
                    "judgement": {"level": "/level", "reason": "/text", "may": [{"atLeast": "hgh"}]},
                }
            ]
        ),
        "/x-form/assessments/0/judgement/may/0/atLeast",
        "no level 'hgh'",
    ),
    ("source", level_of("/levl"), f"{RULE}/levelOf", "no question '/levl'; did you mean '/level'?"),
    (
        "source",
        level_of(["/level", "/choice"]),
        f"{RULE}/levelOf/1",
        "no option of /choice is a level here; the levels are low",
    ),
    ("source", level_of("/several"), f"{RULE}/levelOf", "no option of /several is a level here"),
    ("source", level_of("othr"), f"{RULE}/levelOf", "no assessment 'othr'; did you mean 'other'?"),
    ("source", level_of("other"), f"{RULE}/levelOf", "no level of 'other' is a level here; the levels are low, high"),
    (
        "order",
        routes(adjustments=[{"id": "up", "when": TICKED, "raise": 1}]),
        "/x-form/assessments/0/adjustments",
        "a level is",
    ),
    (
        "order",
        routes(judgement={"level": "/level", "reason": "/text", "may": [{"atLeast": "low"}]}),
        "/x-form/assessments/0/judgement/may",
        'say "differ": the levels are not ordered, so that none is higher than another',
    ),
    (
        "band",
        banded({"from": 5, "to": 4, "level": "low"}),
        f"{BANDS}/0",
        "no number lies in this band: it ends before it",
    ),
    ("band", banded({"from": 5, "level": "high"}, {"from": 0, "level": "low"}), f"{BANDS}/1/from", "bands ascend"),
    ("band", banded({"to": 5, "level": "low"}, {"to": 5, "level": "high"}), f"{BANDS}/1/to", "bands ascend"),
    (
        "band",
        banded({"from": 0, "level": "low"}, {"to": 5, "level": "high"}),
        f"{BANDS}/1",
        "say 'from' here, or 'to' in the",
    ),
    (
        "gap",
        banded({"from": 0, "to": 4, "level": "low"}, {"from": 6, "level": "high"}),
        f"{BANDS}/1/from",
        "no band holds 5, which",
    ),
    (
        "gap up to a constant",
        banded({"to": 3, "level": "low"}, {"from": {"measure": "five"}, "level": "high"}),
        f"{BANDS}/1/from",
        "no band holds 4, which 'm' can come to",
    ),
    (
        "gap between numbers of any size",
        banded({"to": 4, "level": "low"}, {"from": 5, "level": "high"}, sum=[{"items": "/open-number"}]),
        f"{BANDS}/1/from",
        "no band holds what lies between 4 and 5",
    ),
    (
        "overlap",
        banded({"to": 4, "level": "low"}, {"from": 4, "level": "high"}),
        f"{BANDS}/1/from",
        "4 lies in two bands",
    ),
    (
        "reach",
        banded({"to": 9, "level": "low"}, {"from": 11, "level": "high"}),
        f"{BANDS}/1",
        "no number lies in this band: 'm' is",
    ),
    (
        "reach",
        banded({"to": -1, "level": "low"}, {"from": 0, "level": "high"}),
        f"{BANDS}/0",
        "no number lies in this band: 'm' is 0",
    ),
]
"""What it is about, the definition, the place of the fault, and how the message begins."""


@pytest.mark.parametrize(("document", "place", "message"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_definition_is_refused_for_what_it_may_not_say(document: Document, place: str, message: str) -> None:
    with pytest.raises(DefinitionError) as refusal:
        load(document)
    told = [(problem.pointer, problem.message[: len(message)]) for problem in refusal.value.problems]
    assert (place, message) in told
    assert {pointer.rpartition("/")[0] for pointer, _ in told} <= {place, place.rpartition("/")[0]}
