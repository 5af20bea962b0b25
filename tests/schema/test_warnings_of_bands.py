"""What a policy leaves out, or never does: it is warned of where it may be a slip, and not where it is usual."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.schema.checks.warnings import find_warnings
from tests.forms import Document, choice, choices, date, definition, integer, load, number, section, table, text, tick

YES: Document = {"const": "yes"}
ASSESSMENT = "/x-form/assessments/0"
BANDS = f"{ASSESSMENT}/rules/0/bands"
COUNT = "/x-form/measures/counted/count"
WHEN = "/x-form/checks/0/when"


def questions() -> Document:
    return {
        "one": integer() | {"minimum": 0, "maximum": 6},
        "two": integer() | {"minimum": 0, "maximum": 6},
        "size": number() | {"minimum": 0.5, "maximum": 2.5},
        "free": integer(),
        "born": date(),
        "today": date(),
        "points": choice(1, 2, 3),
        "sign": choice("yes", "no"),
        "other": choice("yes", "no", "not-known"),
        "scale": choice("low", "high"),
        "tick": tick(),
        "several": choices("x", "y"),
        "notes": text(),
        "visits": table(section({"hours": number() | {"minimum": 0, "maximum": 24}})),
    }


MEASURES: Document = {
    "total": {"sum": [{"items": ["/one", "/two"]}]},
    "size": {"sum": [{"items": "/size"}]},
    "free": {"sum": [{"items": "/free"}]},
    "hours": {"sum": [{"items": "/visits/*/hours"}]},
    "age": {"years": {"from": "/born", "to": "/today"}},
    "cut": {"constant": 10},
}


def band(level: str, **ends: Any) -> Document:
    return {{"first": "from", "last": "to"}[word]: end for word, end in ends.items()} | {"level": level}


def banded(measure: str, *bands: Document, more: Any = (), otherwise: str | None = None, **words: Any) -> Document:
    risk: Document = {
        "id": "risk",
        "levels": [{"id": "low"}, {"id": "medium"}, {"id": "high"}],
        "rules": [{"id": "bands", "measure": measure, "bands": list(bands)}, *more],
    }
    if otherwise is not None:
        risk["otherwise"] = {"level": otherwise}
    return definition(questions(), measures=MEASURES, assessments=[risk | words])


def adjusted(*adjustments: Document, levels: tuple[str, ...] = ("low", "medium", "high")) -> Document:
    when = {"items": "/sign", "match": YES}
    made = [{"id": f"a{index}", "when": when} | one for index, one in enumerate(adjustments)]
    return banded(
        "total",
        band("low", last=5),
        band("high", first=6),
        levels=[{"id": level} for level in levels],
        adjustments=made,
    )


def counted(match: Document, *items: str) -> Document:
    return definition(questions(), measures={"counted": {"count": {"items": list(items), "match": match}}})


def asked(match: Document, *items: str, **words: Any) -> Document:
    when = {"items": list(items), "match": match} | words
    return definition(questions(), checks=[{"id": "check", "when": when, "text": "Something is so."}])


AWKWARD: list[tuple[str, Document, str, str, str]] = [
    (
        "numbers above the last band",
        banded("total", band("low", first=0, last=5), band("high", first=6, last=10)),
        BANDS,
        "outside-bands",
        "no band holds 11 to 12, which 'total' may come to; if it has that level too, leave 'to' out of the last band",
    ),
    (
        "one number below the first band",
        banded("total", band("low", first=1, last=5), band("high", first=6)),
        BANDS,
        "outside-bands",
        "no band holds 0, which 'total' may come to; if it has that level too, leave 'from' out of the first band",
    ),
    (
        "fractions",
        banded("size", band("low", first=1), band("high", first=2)),
        BANDS,
        "outside-bands",
        "no band holds numbers from 0.5 to less than 1,",
    ),
    (
        "fractions above",
        banded("size", band("low", last=1), band("high", last=2)),
        BANDS,
        "outside-bands",
        "no band holds numbers more than 2, up to 2.5,",
    ),
    (
        "a question without a minimum",
        banded("free", band("low", first=0), band("high", first=6)),
        BANDS,
        "outside-bands",
        "no band holds numbers less than 0,",
    ),
    (
        "rows without end",
        banded("hours", band("low", last=20), band("high", last=40)),
        BANDS,
        "outside-bands",
        "no band holds numbers more than 40,",
    ),
    (
        "a bound that is a constant",
        banded("total", band("low", first=0), band("high", first=6, last={"measure": "cut"})),
        BANDS,
        "outside-bands",
        "no band holds 11 to 12,",
    ),
    (
        "the graver end where otherwise gives the least grave level",
        banded("total", band("medium", first=4, last=6), band("high", first=7, last=10), otherwise="low"),
        BANDS,
        "outside-bands",
        "no band holds 11 to 12,",
    ),
    (
        "the graver end where a low number is the graver one",
        banded("total", band("high", first=1, last=3), band("medium", first=4, last=6), otherwise="low"),
        BANDS,
        "outside-bands",
        "no band holds 0,",
    ),
    (
        "an age that begins late",
        banded("age", band("low", first=1), band("high", first=60)),
        BANDS,
        "outside-bands",
        "no band holds -",
    ),
    (
        "a floor where the gravest level stands first",
        adjusted({"atLeast": "high"}, levels=("high", "medium", "low")),
        f"{ASSESSMENT}/adjustments/0",
        "changes-nothing",
        "this changes nothing: every level that can stand before it stays; levels go from the lowest up",
    ),
    ("a floor at the lowest level", adjusted({"atLeast": "low"}), f"{ASSESSMENT}/adjustments/0", "changes-nothing", ""),
    (
        "a step up that stops too early",
        adjusted({"raise": 1, "notAbove": "low"}),
        f"{ASSESSMENT}/adjustments/0",
        "changes-nothing",
        "",
    ),
    (
        "a step down that stops too early",
        adjusted({"lower": 1, "notBelow": "high"}),
        f"{ASSESSMENT}/adjustments/0",
        "changes-nothing",
        "",
    ),
    (
        "a bound of numbers over a text",
        counted({"minimum": 1}, "/one", "/notes"),
        COUNT,
        "cannot-match",
        "/notes can never match this, while the rest of what is selected can",
    ),
    (
        "a bound of numbers over options that are texts",
        counted({"minimum": 2}, "/points", "/sign", "/tick"),
        COUNT,
        "cannot-match",
        "/sign and 1 more can never match this",
    ),
    ("a number that is too high", counted({"minimum": 4}, "/one", "/points"), COUNT, "cannot-match", "/points can"),
    ("an option that one of them lacks", counted(YES, "/sign", "/scale"), COUNT, "cannot-match", "/scale can"),
    ("a number asked of a text", counted({"const": 2}, "/points", "/notes"), COUNT, "cannot-match", "/notes can"),
    ("one option asked of several", counted({"const": "x"}, "/notes", "/several"), COUNT, "cannot-match", "/several"),
    (
        "several options asked of one",
        asked({"contains": {"const": "x"}}, "/several", "/sign"),
        WHEN,
        "cannot-match",
        "/sign can",
    ),
    (
        "a date asked of a text",
        asked({"within": {"days": 9, "before": "/today"}}, "/born", "/notes"),
        WHEN,
        "cannot-match",
        "/notes can",
    ),
    ("a length asked of a number", asked({"minLength": 3}, "/notes", "/one"), WHEN, "cannot-match", "/one can"),
]
"""What it is about, the definition, and the place, the code and the beginning of its one warning."""


@pytest.mark.parametrize(
    ("document", "place", "code", "message"), [one[1:] for one in AWKWARD], ids=[one[0] for one in AWKWARD]
)
def test_what_is_left_out_or_does_nothing_is_warned_of(document: Document, place: str, code: str, message: str) -> None:
    (found,) = (one for one in find_warnings(load(document)) if one.code not in {"not-read", "no-scenarios"})
    assert (found.pointer, found.code, found.message[: len(message)]) == (place, code, message)


OTHER_BANDS = {"id": "more", "measure": "total", "bands": [band("high", first=11)]}
ABOVE = {"id": "more", "level": "high", "when": {"measure": "total", "match": {"minimum": 11}}}

USUAL: dict[str, Document] = {
    "bands that hold every number": banded("total", band("low", first=0, last=5), band("high", first=6, last=12)),
    "bands without ends": banded("total", band("low", last=5), band("high", first=6)),
    "what lies below a cut-off": banded("total", band("high", first=6), otherwise="low"),
    "what lies above a cut-off": banded("total", band("high", last=6), otherwise="low"),
    "what lies below where a low number is the graver one": banded(
        "total", band("high", last=3), band("medium", last=6), otherwise="low"
    ),
    "what another rule's bands hold": banded("total", band("low", first=0, last=10), more=[OTHER_BANDS]),
    "what another rule asks for": banded("total", band("low", first=0, last=10), more=[ABOVE]),
    "a birthday that is still to come": banded("age", band("low", first=0), band("high", first=60)),
    "a bound that depends on answers": banded("size", band("low", last={"measure": "total"})),
    "adjustments that do something": adjusted(
        {"raise": 1, "notAbove": "medium"}, {"lower": 1}, {"atLeast": "medium"}, {"atMost": "medium"}
    ),
    "a change of what an adjustment made": adjusted({"atMost": "medium"}, {"raise": 1, "notAbove": "high"}),
    "questions that can all match": counted({"minimum": 1}, "/one", "/points"),
    "a Not Known that one of them lacks": counted({"const": "not-known"}, "/other", "/sign"),
    "a blank": asked({"answered": False}, "/one", "/notes", "/several", "/sign"),
}


@pytest.mark.parametrize("document", USUAL.values(), ids=USUAL.keys())
def test_what_leaves_nothing_out_is_not_warned_of(document: Document) -> None:
    assert [one for one in find_warnings(load(document)) if one.code != "not-read"] == []


def twice(number: Document) -> Document:
    measures = {
        "half": {"sum": [{"items": "/one"}]},
        "n": number,
        "all": {"sum": [{"items": "/one"}, {"measure": "n"}]},
    }
    return definition(questions(), measures=measures)


@pytest.mark.parametrize("number", [{"quotient": [{"measure": "half"}, 2]}, {"product": [2, {"measure": "half"}]}])
def test_what_counts_again_multiplied_or_divided_is_warned_of(number: Document) -> None:
    (found,) = find_warnings(load(twice(number)))
    assert (found.pointer, found.code) == ("/x-form/measures/all/sum/1", "counted-twice")


def test_what_a_number_is_divided_by_does_not_count_with_it() -> None:
    assert find_warnings(load(twice({"quotient": [2, {"measure": "half"}]}))) == []
