"""Small invented policies, one for each kind of thing that scenarios can show or miss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.forms import (
    Document,
    choice,
    choices,
    date,
    definition,
    integer,
    matrix,
    number,
    section,
    shape,
    table,
    text,
)

YES = {"const": "yes"}
SIGN = section({"seen": choice("yes", "no", "not-known"), "police": choice("yes", "no")})
SIGNS = matrix({"late": shape("sign"), "gifts": shape("sign"), "friends": shape("sign"), "absent": shape("sign")})


def levels(*ids: str) -> list[Document]:
    return [{"id": level} for level in ids]


def policy(
    properties: Mapping[str, Any], *, rules: list[Document], levels_: tuple[str, ...] = ("low", "high"), **words: Any
) -> Document:
    """Return a definition with one assessment; words that begin with a capital are the assessment's own."""
    own = {f"{name[0].lower()}{name[1:]}": words.pop(name) for name in [*words] if name[0].isupper()}
    assessment = {"id": "risk", "levels": levels(*levels_), "rules": rules, "otherwise": {"level": levels_[0]}} | own
    return definition(properties, defs={"sign": SIGN}, assessments=[assessment], **words)


def counting() -> Document:
    """At least two signs, and a prompt and a check on them."""
    two = {"items": "/signs/*/seen", "match": YES, "atLeast": 2}
    return policy(
        {"signs": SIGNS, "worse": choice("yes", "no")},
        rules=[{"id": "two", "level": "high", "when": two}],
        levels_=("low", "high", "highest"),
        Adjustments=[{"id": "worse", "when": {"items": "/worse", "match": YES}, "raise": 1}],
        prompts=[{"id": "tell", "urgency": "soon", "when": two}],
        checks=[{"id": "odd", "when": {"all": [{"items": "/worse", "match": {"const": "no"}}, two]}}],
    )


def every_and_most() -> Document:
    """All signs are No, or one at most is Yes."""
    none = {"items": "/signs/*/seen", "match": {"const": "no"}, "every": True}
    few = {"items": "/signs/*/seen", "match": YES, "atMost": 1}
    return policy(
        {"signs": SIGNS},
        rules=[{"id": "few", "level": "some", "when": few}, {"id": "none", "level": "clear", "when": none}],
        levels_=("graver", "some", "clear"),
    )


def same_row() -> Document:
    """A sign that the police know of."""
    known = {"items": "./police", "match": YES}
    return policy(
        {"signs": SIGNS},
        rules=[{"id": "known", "level": "high", "when": {"items": "/signs/*/seen", "match": YES, "when": known}}],
    )


def bands() -> Document:
    """A weighted sum in bands."""
    return policy(
        {"signs": SIGNS},
        measures={"score": {"sum": [{"items": "/signs/*/seen", "weights": {"yes": 3, "no": 0}}]}},
        rules=[
            {
                "id": "total",
                "measure": "score",
                "bands": [
                    {"from": 0, "level": "low"},
                    {"from": 6, "level": "medium"},
                    {"from": 9, "level": "high"},
                ],
            }
        ],
        levels_=("low", "medium", "high"),
    )


def steps() -> Document:
    """Steps of a number, with a scale that another answer chooses."""
    scales = [
        {
            "when": {"items": "/adult", "match": YES},
            "steps": [{"maximum": 8, "weight": 2}, {"exclusiveMaximum": 20, "weight": 0}, {"weight": 3}],
        },
        {"steps": [{"maximum": 14, "weight": 1}, {"weight": 4}]},
    ]
    return policy(
        {"adult": choice("yes", "no"), "rate": integer() | {"minimum": 0, "maximum": 60}},
        measures={"score": {"sum": [{"items": "/rate", "choose": scales}]}},
        rules=[{"id": "fast", "level": "high", "when": {"measure": "score", "match": {"minimum": 3}}}],
    )


def decimals() -> Document:
    """A number with decimal places, and its mean."""
    return policy(
        {"first": number() | {"minimum": 0, "maximum": 10}, "second": number() | {"minimum": 0, "maximum": 10}},
        measures={
            "total": {"sum": [{"items": ["/first", "/second"]}]},
            "mean": {"quotient": [{"measure": "total"}, 2], "round": "half-up", "decimals": 1},
        },
        rules=[
            {"id": "mean", "level": "high", "when": {"measure": "mean", "match": {"minimum": 2.5}}},
            {"id": "first", "level": "high", "when": {"items": "/first", "match": {"exclusiveMinimum": 7.5}}},
        ],
    )


def ages() -> Document:
    """A floor for those under 13."""
    return policy(
        {"born": date(), "on": date()},
        measures={"age": {"years": {"from": "/born", "to": "/on"}}},
        rules=[{"id": "young", "level": "high", "when": {"condition": "under-13"}}],
        conditions={"under-13": {"measure": "age", "match": {"exclusiveMaximum": 13, "minimum": 0}}},
    )


def rolling() -> Document:
    """A date within twelve months before another, in a table."""
    lately = {"items": "/visits/*/on", "match": {"within": {"months": 12, "before": "/on"}}}
    return policy(
        {"visits": table(section({"on": date()})), "on": date()},
        rules=[{"id": "lately", "level": "high", "when": lately}],
    )


def windows() -> Document:
    """Three dates within ten days of one another."""
    near = {"items": "/visits/*/on", "match": {"within": {"days": 10}}, "atLeast": 3}
    return policy({"visits": table(section({"on": date()}))}, rules=[{"id": "near", "level": "high", "when": near}])


def prorated() -> Document:
    """A subscale that is scaled up where an item is missing."""
    sums = [{"items": "/signs/*/seen", "weights": {"yes": 2, "no": 1}}]
    return policy(
        {"signs": SIGNS},
        measures={"score": {"sum": sums, "missing": {"prorate": {"answered": 3, "round": "half-up"}}}},
        rules=[{"id": "total", "measure": "score", "bands": [{"from": 6, "level": "high"}]}],
    )


def routes() -> Document:
    """Routes without an order, which may clash."""
    return policy(
        {"signs": SIGNS},
        rules=[
            {"id": "first", "level": "police", "when": {"items": "/signs/late/seen", "match": YES}},
            {"id": "second", "level": "school", "when": {"items": "/signs/gifts/seen", "match": YES}},
        ],
        levels_=("none", "police", "school"),
        Ordered=False,
    )


def answers_as_levels() -> Document:
    """The highest level among answers, where the assessment applies."""
    rating = choice("low", "medium", "high")
    return policy(
        {"home": rating, "school": rating, "asked": choice("yes", "no")},
        rules=[{"id": "highest", "levelOf": ["/home", "/school"]}],
        levels_=("low", "medium", "high"),
        ShowWhen={"items": "/asked", "match": YES},
    )


def limits() -> Document:
    """A judgement that may only raise, and not at all where a box says so."""
    return policy(
        {"seen": choice("yes", "no"), "fixed": choice("yes", "no"), "level": choice("low", "high"), "why": text()},
        rules=[{"id": "seen", "level": "high", "when": {"items": "/seen", "match": YES}}],
        Judgement={
            "level": "/level",
            "reason": "/why",
            "may": [
                {"atLeast": "suggested"},
                {"atMost": "suggested", "when": {"items": "/fixed", "match": YES}},
            ],
        },
    )


def written() -> Document:
    """A text of some length, several options, and a number that a measure gives."""
    return policy(
        {"plan": text(), "drugs": choices("alcohol", "glue", "other"), "cut": integer() | {"minimum": 1, "maximum": 5},
         "count": integer() | {"minimum": 0, "maximum": 9}},
        measures={"cut": {"sum": [{"items": "/cut"}]}},
        rules=[
            {"id": "long", "level": "high", "when": {"items": "/plan", "match": {"minLength": 5}}},
            {"id": "glue", "level": "high", "when": {"items": "/drugs", "match": {"contains": {"const": "glue"}}}},
            {"id": "many", "level": "high", "when": {"items": "/count", "match": {"minimum": {"measure": "cut"}}}},
        ],
    )  # fmt: skip


POLICIES = {
    made.__name__.replace("_", " "): made()
    for made in (
        counting,
        every_and_most,
        same_row,
        bands,
        steps,
        decimals,
        ages,
        rolling,
        windows,
        prorated,
        routes,
        answers_as_levels,
        limits,
        written,
    )
}
