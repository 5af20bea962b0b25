"""An invented form that has every kind of question, and what its policy says."""

from __future__ import annotations

from functools import cache
from typing import Any

from cse_forms.schema.definition import Definition
from tests.forms import choice, choices, date, definition, integer, load, matrix, section, shape, table, text, tick

QUESTIONS = {
    "about": section(
        {
            "name": text() | {"title": "Name"},
            "born": date() | {"title": "Date of birth"},
            "today": date() | {"title": "Date"},
            "agreed": tick() | {"title": "Agreed"},
            "rate": integer() | {"title": "Rate"},
            "school": choice("hill", "lane", "not-known") | {"title": "Which school?"},
        },
        number="1",
    ),
    "signs": matrix(
        {
            name: shape("sign", tags=tags)
            for name, tags in {"late": ["marked"], "gifts": ["marked"], "friends": []}.items()
        },
        number="2",
    ),
    "boxes": section({"cold": tick(tags=["cold"]), "wet": tick(tags=["cold"]), "tired": tick()}, number="3"),
    "incidents": table(
        {"type": "object", "properties": {"day": date() | {"title": "Day"}, "police": tick()}}, number="4"
    ),
    "kinds": choices("home", "street", "net", number="5") | {"title": "Kinds"},
    "weighed": {
        "title": "Weighed",
        "x-form": {"number": "6"},
        "oneOf": [
            {"const": "often", "title": "Often", "x-form": {"weight": 2}},
            {"const": "seldom", "title": "Seldom", "x-form": {"weight": 1}},
            {"const": "never", "title": "Never", "x-form": {"weight": 0}},
        ],
    },
    "decision": section({"level": choice("low", "middle", "high"), "reason": text()}, number="7"),
}

DEFS = {
    "sign": section(
        {
            "seen": choice("yes", "possible", "no", "not-known") | {"title": "Seen?"},
            "what": text(showWhen={"items": "./seen", "match": {"const": "yes"}}),
        }
    )
}

SEEN = "/signs/*/seen"
YES = {"items": SEEN, "match": {"const": "yes"}}
AGREED = {"items": "/about/agreed", "match": {"const": True}}

MEASURES = {
    "score": {"title": "Score", "sum": [{"items": SEEN, "weights": {"yes": 2, "possible": 2, "else": 0}}]},
    "age": {"years": {"from": "/about/born", "to": "/about/today"}},
    "limit": {"constant": 14},
}

LEVELS: list[dict[str, Any]] = [{"id": "low"}, {"id": "middle"}, {"id": "high"}]
RISK = {"id": "risk", "title": "Risk", "levels": LEVELS, "otherwise": {"level": "low"}}


@cache
def spoken() -> Definition:
    """Return the form."""
    return load(document())


def document(**x_form: Any) -> dict[str, Any]:
    """Return its document, with other words in its `x-form`."""
    words = {"measures": MEASURES, "assessments": [RISK], "conditions": {"too-young": AGREED}} | x_form
    return definition(QUESTIONS, defs=DEFS, **words)
