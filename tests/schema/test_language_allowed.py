"""What a definition may say in the condition language, and must not be refused for."""

from __future__ import annotations

import time
from typing import Any

import pytest

from cse_forms.errors import DefinitionError
from cse_forms.schema.checks.sizes import MAX_READ
from tests.forms import Document, choice, definition, integer, load, matrix, section, shape, table, tick
from tests.schema.test_language_faults import (
    LEVELS,
    TICKED,
    YES,
    asks,
    banded,
    level_of,
    levels_asked,
    matches,
    product,
    routes,
    summed,
)

ALLOWED: dict[str, Document] = {
    "a tag": asks(when={"items": {"tag": "asked"}, "match": YES}),
    "a tag and a way inside": asks(when={"items": {"tag": "starred", "at": "present"}, "match": YES}),
    "a list that mixes tags and pointers": asks(
        when={"items": [{"tag": "starred", "at": "present"}, "/choice"], "match": YES, "atLeast": 2}
    ),
    "a named condition of a row": asks(
        conditions={"c": TICKED}, when={"items": "/choice", "match": YES, "when": TICKED}
    ),
    "levels in their order": levels_asked({"assessment": "risk", "atLeast": "low", "atMost": "high"}),
    "no level": levels_asked({"assessment": "risk", "match": {"not": {"answered": True}}}),
    "a level without order": levels_asked({"assessment": "risk", "match": {"enum": ["low"]}}, is_ordered=False),
    "a span before another date": matches("/date", {"within": {"months": 12, "before": "/other-date"}}),
    "a span in the same row": matches("/visits/*/when", {"within": {"days": 3, "before": "./seen"}}),
    "a span before one date for all rows": matches(
        "/visits/*/when", {"not": {"within": {"days": 3, "before": "/date"}}}
    ),
    "any window": asks(when={"items": "/visits/*/when", "match": {"within": {"days": 90}}, "atLeast": 3}),
    "a type": matches("/digits", {"type": "number"}),
    "a weight": matches("/weighted", {"weight": {"minimum": 1}}),
    "a weight among several": matches("/several", {"contains": {"weight": {"const": 2}}}),
    "a length of an option": matches("/choice", {"minLength": 3}),
    "all weights": summed(weights={"yes": 1, "no": 0}),
    "the rest": summed(weights={"else": 1, "not-known": 0.5}),
    "weights on the options": summed("/weighted"),
    "weights of numbers by their digits": summed("/digits", weights={"1": 5, "2": 3, "3": 1}),
    "numbers that are options": summed("/digits", steps=[{"maximum": 2, "weight": 0}, {"weight": 1}]),
    "a last step as far as the question goes": summed("/number", steps=[{"maximum": 10, "weight": 1}]),
    "steps that touch": summed(
        "/number", steps=[{"exclusiveMaximum": 5, "weight": 0}, {"maximum": 5, "weight": 1}, {"weight": 2}]
    ),
    "steps over a measure as far as it goes": asks(
        measure={"sum": [{"measure": "n", "steps": [{"maximum": 10, "weight": 1}]}]},
        measures={"n": {"sum": [{"items": "/number"}]}},
    ),
    "a scale chosen by another answer": summed(
        "/number", choose=[{"when": TICKED, "steps": [{"weight": 1}]}, {"steps": [{"weight": 2}]}]
    ),
    "a scale chosen in the row": summed(
        "/rows/*/present",
        choose=[
            {"when": {"items": "./notes", "match": {"minLength": 1}}, "weights": {"else": 1}},
            {"weights": {"else": 0}},
        ],
    ),
    "a score of likelihood by impact": product({"measure": "n"}, {"measure": "n"}, 2),
    "bands without a gap": banded({"to": 3, "level": "low"}, {"from": 4, "to": 10, "level": "high"}),
    "bands that overlap where no number is": banded({"to": 3.7, "level": "low"}, {"from": 3.2, "level": "high"}),
    "bands that touch": banded(
        {"from": 0, "level": "low"}, {"from": 3.5, "level": "high"}, sum=[{"items": "/open-number"}]
    ),
    "a gap where no number is": banded(
        {"to": 4, "level": "low"}, {"from": 6, "level": "high"}, sum=[{"items": "/number", "times": 2}]
    ),
    "a cut-off that is a question": asks(
        measure={"sum": [{"items": "/number"}]},
        measures={"cut": {"sum": [{"items": "/open-number"}]}},
        rules=[
            {
                "id": "total",
                "measure": "m",
                "bands": [{"to": 1, "level": "low"}, {"from": {"measure": "cut"}, "level": "high"}],
            }
        ],
    ),
    "the level of an answer": level_of(["/level"]),
    "routes": routes(rules=[{"id": "one", "level": "low", "when": TICKED}]),
    "limits of a judgement": asks(
        assessments=[
            {
                "id": "risk",
                "levels": LEVELS,
                "judgement": {
                    "level": "/level",
                    "reason": "/text",
                    "may": [{"atLeast": "suggested"}, {"atMost": {"suggested": 1}}, {"atLeast": "low", "when": TICKED}],
                },
            }
        ]
    ),
    "measures called as words of the language": definition(
        {"items": tick(), "measure": integer()},
        measures={
            "items": {"count": {"items": "/items", "match": {"const": True}}},
            "measure": {"sum": [{"items": "/measure"}, {"measure": "items"}]},
        },
        conditions={"items": {"measure": "items", "match": {"minimum": 1}}, "measure": {"condition": "items"}},
    ),
}


@pytest.mark.parametrize("document", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_the_language_knows_is_let_pass(document: Document) -> None:
    assert load(document).title == "An invented form"


def wide(rows: int, **words: Any) -> Document:
    return definition(
        {"rows": matrix({f"r{index}": shape("row", tags=["t"]) for index in range(rows)})},
        defs={"row": section({"a": choice("yes", "no"), "b": choice("yes", "no")})},
        **words,
    )


def nested(depth: int) -> Document:
    """Return a condition on rows, on rows, and so on."""
    inner: Document = {"items": "./b", "match": YES}
    for _ in range(depth):
        inner = {"items": ["/rows/*/a", "./a"], "match": YES, "when": inner}
    return inner


HOSTILE = {
    "many long sums": wide(
        1000,
        measures={
            f"m{index}": {"sum": [{"items": {"tag": "t", "at": "a"}, "weights": {"yes": 1, "no": 0.1}}]}
            for index in range(500)
        },
    ),
    "rows of rows of rows": wide(300, checks=[{"id": "c", "when": nested(20)}]),
    "a long condition in every row": definition(
        {"rows": matrix({f"r{index}": shape("row") for index in range(1500)})},
        defs={
            "row": section(
                {
                    "a": choice("yes", "no"),
                    "b": choice("yes", "no", showWhen={"any": [{"items": "./a", "match": YES} for _ in range(1500)]}),
                }
            )
        },
    ),
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE.keys())
def test_more_than_any_form_needs_is_refused_in_bounded_time(document: Document) -> None:
    began = time.perf_counter()
    with pytest.raises(DefinitionError, match=f"select more than {MAX_READ:,} answers; no form needs so many"):
        load(document)
    assert time.perf_counter() - began < 30


def test_a_table_of_any_length_is_bounded_by_its_weights_alone() -> None:
    rows = table(section({"kind": choice("home", "school")}))
    weighed = {"sum": [{"items": "/visits/*/kind", "weights": {"home": 1, "school": 2}}]}
    bands = [{"from": 0, "to": 9, "level": "low"}, {"from": 10, "level": "high"}]
    risk = {"id": "risk", "levels": LEVELS, "rules": [{"id": "total", "measure": "m", "bands": bands}]}
    assert load(definition({"visits": rows}, measures={"m": weighed}, assessments=[risk])).words.measures
