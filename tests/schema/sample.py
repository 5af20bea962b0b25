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
                    "gifts": shape("indicator"),
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
                ],
                "judgement": {"level": "/summary/level", "reason": "/summary/reason", "may": "differ"},
                "followUp": "/summary/follow-up",
            }
        ],
        prompts=[
            {"id": "call", "urgency": "immediate", "when": {"measure": "present", "match": {"minimum": 1}}},
            {"id": "think", "urgency": "consider"},
            {"id": "write", "urgency": "soon"},
        ],
        checks=[{"id": "ages", "when": {"items": "/child/age", "match": {"minimum": {"measure": "age"}}}}],
    )
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
