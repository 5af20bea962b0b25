"""An invented definition that uses every word of the format, and every kind of question."""

from __future__ import annotations

from tests.forms import (
    INVENTED,
    Document,
    choice,
    choices,
    date,
    definition,
    integer,
    matrix,
    needed,
    number,
    section,
    shape,
    table,
    text,
    tick,
)

YES = {"const": "yes"}


def sample() -> Document:
    """Return the definition; a test may plant a fault in it."""
    document = definition(
        {
            "child": section(
                {
                    "name": needed(hint="As the child is called."),
                    "born": date(),
                    "age": integer() | {"minimum": 0, "maximum": 17},
                    "height": number()
                    | {"exclusiveMinimum": 0, "exclusiveMaximum": 3, "multipleOf": 0.01, "description": "In metres."},
                    "postcode": text() | {"pattern": "^[A-Z0-9 ]+$", "minLength": 3, "maxLength": 8},
                    "told": tick(),
                    "languages": choices("english", "welsh", "other") | {"minItems": 1, "maxItems": 2},
                },
                required=["name"],
                number="1",
                guidance=[{"kind": "note", "title": "A title", "place": "after"}],
            ),
            "indicators": matrix(
                {
                    "missing": shape("indicator", tags=["starred"], hint={"notes": "When, and from where?"}),
                    "gifts": shape("indicator", tags=["starred", "gift"]),
                    "added": table({"$ref": "#/$defs/indicator"}, rows=2),
                },
                number="2",
            ),
            "summary": section(
                {
                    "levels": section(
                        {"low": tick(), "high": tick()},
                        layout="levels",
                        assessment="risk",
                        columns={"description": "Description", "interventions": "What to do"},
                    ),
                    "level": choice("low", "high"),
                    "visits": table(section({"on": date(), "route": choice("a", "b")})),
                    "reason": text(
                        required={"items": "./level", "match": {"answered": True}},
                        showWhen={"items": "./level", "match": {"enum": ["low", "high"]}},
                    ),
                    "follow-up": text(),
                },
                number="3",
            ),
        },
        required=["child"],
        defs={
            "indicator": section(
                {
                    "present": choice("yes", "no", "not-known"),
                    "notes": text(lines=4, showWhen={"items": "./present", "match": YES}),
                },
                required=["present"],
            )
        },
        base={"form": "below", "version": "1.0.0", "digest": f"sha256:{'0' * 64}"},
        provenance=INVENTED,
        withheld=[{"source": "source", "section": "Top", "text": "Page 1", "reason": "Page furniture.", "after": "A"}],
        guidance=[
            {"kind": "text", "text": "Words."},
            {"kind": "warning", "list": ["First."]},
            {"kind": "definition", "terms": [{"term": "A term", "texts": ["What is said of it."]}]},
            {"links": [{"title": "An address", "href": "https://example.org/"}]},
        ],
        header=["/child/name"],
        measures={
            "age": {"title": "Age", "years": {"from": "/child/born", "to": "/child/born"}},
            "months": {"months": {"from": "/child/born", "to": "/child/born"}},
            "days": {"days": {"from": "/child/born", "to": "/child/born"}},
            "present": {
                "count": {
                    "items": ["/indicators/*/present", "/indicators/added/*/present"],
                    "match": YES,
                    "when": {"items": "./notes", "match": {"minLength": 1}},
                }
            },
            "starred": {
                "count": {"items": {"tag": "starred", "at": "present"}, "match": {"type": "string"}},
                "missing": "zero",
            },
            "risks": {"count": {"assessments": ["risk"], "match": {"enum": ["high"]}}},
            "limit": {"constant": 2},
            "score": {
                "sum": [
                    {"items": ["/indicators/added/*/present", {"tag": "gift", "at": "present"}]},
                    {"items": "/summary/level", "weights": {"low": 0, "else": {"measure": "limit"}}, "times": 2},
                    {
                        "items": "/child/age",
                        "choose": [
                            {"when": {"condition": "told"}, "steps": [{"maximum": 11, "weight": 2}, {"weight": 1}]},
                            {"steps": [{"exclusiveMaximum": 12, "weight": 1}, {"weight": 0}]},
                        ],
                        "when": {"items": "./born", "match": {"answered": True}},
                    },
                    {"measure": "present", "times": -1, "when": {"condition": "told"}},
                ],
                "missing": {"prorate": {"answered": 2, "round": "half-up"}},
            },
            "worst": {"highest": [{"measure": "score"}, {"measure": "limit"}], "missing": "unknown"},
            "best": {"lowest": [{"measure": "score"}, {"measure": "limit"}], "missing": "zero"},
            "rating": {"product": [{"measure": "present"}, 3]},
            "mean": {"quotient": [{"measure": "present"}, {"measure": "limit"}], "round": "down", "decimals": 1},
        },
        conditions={
            "told": {"items": "/child/told", "match": {"const": True}},
            "visited": {
                "items": "/summary/visits/*/on",
                "match": {"within": {"months": 12, "before": "/child/born"}},
                "atLeast": {"measure": "limit"},
            },
            "often": {"items": "/summary/visits/*/on", "match": {"within": {"days": 90}}, "atLeast": 3},
            "of-age": {"items": "/summary/visits/*/on", "match": {"within": {"years": 1, "before": "/child/born"}}},
            "weighty": {"items": "/indicators/*/present", "match": {"weight": {"minimum": 2}}},
            "open": {"unsettled": "The policy does not say."},
        },
        assessments=[
            {
                "id": "risk",
                "levels": [
                    {"id": "low", "description": "Little.", "interventions": ["Talk."]},
                    {"id": "high", "includes": {"level": "low", "text": "As above."}},
                ],
                "rules": [
                    {
                        "id": "one",
                        "level": "high",
                        "when": {
                            "items": "/indicators/*/present",
                            "match": YES,
                            "atLeast": 1,
                            "atMost": 2,
                            "when": {"not": {"items": "./present", "match": {"not": YES}}},
                        },
                    },
                    {
                        "id": "all",
                        "level": "high",
                        "when": {
                            "all": [
                                {"items": "/indicators/*/present", "match": YES, "every": True},
                                {"measure": "age", "match": {"minimum": 1, "maximum": 17}},
                                {"measure": "days", "match": {"exclusiveMinimum": {"measure": "months"}}},
                                {"measure": "age", "match": {"exclusiveMaximum": 20.5}},
                                {"any": [{"items": "/child/languages", "match": {"contains": {"const": "welsh"}}}]},
                            ]
                        },
                    },
                ],
                "otherwise": {"level": "low"},
                "adjustments": [
                    {"id": "young", "when": {"items": "/child/told", "match": {"const": True}}, "raise": 1},
                    {
                        "id": "cap",
                        "when": {"items": "/child/told", "match": {"const": True}},
                        "raise": 1,
                        "notAbove": "high",
                        "atLeast": "low",
                        "atMost": "high",
                    },
                    {
                        "id": "settled",
                        "when": {"measure": "best", "match": {"maximum": 1}},
                        "lower": 1,
                        "notBelow": "low",
                    },
                ],
                "judgement": {"level": "/summary/level", "reason": "/summary/reason", "may": "differ"},
                "followUp": "/summary/follow-up",
            },
            {
                "id": "overall",
                "levels": [{"id": "low"}, {"id": "high"}],
                "showWhen": {"assessment": "risk", "match": {"answered": True}},
                "rules": [
                    {"id": "same", "levelOf": ["risk", "/summary/level"]},
                    {
                        "id": "total",
                        "measure": "worst",
                        "bands": [{"from": 0, "to": 3, "level": "low"}, {"from": 4, "level": "high"}],
                        "when": {"assessment": "risk", "atLeast": "low", "atMost": "high"},
                    },
                ],
                "judgement": {
                    "level": "/summary/level",
                    "reason": "/summary/reason",
                    "may": [
                        {"atLeast": "suggested", "because": "It may only be raised."},
                        {"atMost": {"suggested": 1}, "when": {"condition": "told"}},
                    ],
                },
            },
            {
                "id": "route",
                "ordered": False,
                "levels": [{"id": "a"}, {"id": "b"}],
                "rules": [{"id": "to-a", "level": "a", "when": {"condition": "told"}}],
            },
        ],
        prompts=[
            {"id": "call", "urgency": "immediate", "when": {"measure": "present", "match": {"minimum": 1}}},
            {"id": "think", "urgency": "consider"},
            {"id": "write", "urgency": "soon"},
        ],
        checks=[{"id": "ages", "when": {"items": "/child/age", "match": {"minimum": {"measure": "age"}}}}],
    )
    for option, weight in zip(document["$defs"]["indicator"]["properties"]["present"]["oneOf"], (2, 0, 1), strict=True):
        option.setdefault("x-form", {})["weight"] = weight
    document["$comment"] = "Invented."
    document["description"] = "For tests."
    words = document["x-form"]
    words["sources"][0] |= {"note": "Invented.", "url": "https://example.org/source"}
    words["prompts"][0]["replaces"] = ["think"]
    words["prompts"][0]["provenance"] = {
        "source": "source",
        "section": "Top",
        "shows": "Cal",
        "mended": "A letter was lost.",
        "doubt": "It may be 'Cull'.",
        "derived": "The full stop is ours.",
    }
    document["properties"]["child"]["$comment"] = "Invented."
    document["properties"]["child"]["allOf"] = [
        {"if": {"required": ["age"]}, "then": {"required": ["born"]}, "else": True}
    ]
    document["properties"]["summary"] |= {"if": {"required": ["level"]}, "then": {"required": ["reason"]}, "else": True}
    document |= {"if": True, "then": True, "else": False, "allOf": [True]}
    return document
