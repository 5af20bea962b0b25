"""What is awkward in a definition, and what is not: where it is warned of, by which code, in which words."""

from __future__ import annotations

import pytest

from cse_forms.forms import shipped_catalogue
from cse_forms.schema.checks.warnings import find_warnings
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

WHEN = "/x-form/checks/0/when"
M = "/x-form/measures/m"
RULE = "/x-form/assessments/0/rules/0/when"
YES: Document = {"const": "yes"}
ROWS = {"row": section({"present": choice("yes", "no"), "notes": text()})}


def questions() -> Document:
    return {
        "a": choice("yes", "no"),
        "b": choice("yes", "no"),
        "known": choice("yes", "no", "not-known"),
        "lone": choice("yes", "not-known"),
        "needed": choice("yes", "no", required=True),
        "several": choices("x", "y"),
        "tick": tick(),
        "text": text(),
        "count": integer() | {"minimum": 0, "maximum": 20},
        "size": number(),
        "born": date(),
        "today": date(),
        "at-times": date(showWhen={"items": "/tick", "match": {"const": True}}),
        "visits": table(
            section({"seen": choice("yes", "no"), "kind": choice("home"), "where": choice("home", "school")})
        ),
    }


AGE: Document = {
    "age": {"years": {"from": "/born", "to": "/today"}},
    "perhaps": {"years": {"from": "/at-times", "to": "/today"}},
    "limit": {"constant": 13},
    "n": {"count": {"items": ["/a", "/b"], "match": YES}},
}


READS = [{"id": f"reads-{key}", "when": {"items": f"/{key}", "match": YES}} for key in ("a", "b", "needed")]
"""So that none of the questions that are like one another seems forgotten."""


def asks(condition: Document, name: str = "check", words: str = "Something is so.") -> Document:
    check = {"id": name, "when": condition, "text": words}
    return definition(questions(), measures=AGE, checks=[check, *READS])


def summed(*terms: Document, **measures: Document) -> Document:
    return definition(questions(), measures={"m": {"sum": list(terms)}} | measures, checks=READS)


def aged(words: str, match: Document) -> Document:
    return asks({"measure": "age", "match": match}, words=words)


def counted(*items: str) -> Document:
    return {"count": {"items": list(items), "match": YES}}


def rows(*read: str) -> Document:
    made = matrix({key: shape("row") for key in ("one", "two", "three", "four")})
    return definition(
        {"rows": made}, defs=ROWS, measures={"m": counted(*(f"/rows/{key}/present" for key in read))} if read else {}
    )


def of_all(*conditions: Document) -> Document:
    return asks({"all": list(conditions)})


A_YES: Document = {"items": "/a", "match": YES}
B_YES: Document = {"items": "/b", "match": YES}
WEIGHED: Document = {"weights": {"yes": 1, "else": 0}}
TICKED: Document = {"when": {"items": "/tick", "match": {"const": True}}}
NOT_TICKED: Document = {"when": {"items": "/tick", "match": {"const": False}}}
VISITS: Document = {"items": "/visits/*/seen", "weights": {"yes": 1, "else": 0}}
SHOWN_IN_ROWS = definition(
    {"rows": matrix({"one": shape("row"), "two": shape("row"), "other": shape("other")})},
    defs={
        "row": section(
            {"x": choice("yes", "no"), "y": text(showWhen={"items": "./x", "match": {"enum": ["yes", "no"]}})}
        ),
        "other": section({"x": choice("yes", "no"), "y": text()}),
    },
)

AWKWARD: list[tuple[str, Document, str, str, str]] = [
    (
        "one question in two terms",
        summed({"items": "/a"} | WEIGHED, {"items": ["/b", "/a"]} | WEIGHED),
        f"{M}/sum/1",
        "counted-twice",
        "/a counts here and in term 1 too",
    ),
    (
        "one question in three terms, of which two exclude one another",
        summed(*({"items": "/a"} | WEIGHED | when for when in (TICKED, NOT_TICKED, {}))),
        f"{M}/sum/2",
        "counted-twice",
        "/a counts here and in term 1 too",
    ),
    (
        "one question in two terms whose conditions may both hold",
        summed({"items": "/a"} | WEIGHED | TICKED, {"items": "/a"} | WEIGHED | {"when": B_YES}),
        f"{M}/sum/1",
        "counted-twice",
        "/a counts here and in term 1 too",
    ),
    (
        "any row in place of the row",
        summed(VISITS | {"when": {"items": "/visits/*/where", "match": {"const": "home"}}}),
        f"{M}/sum/0/when",
        "any-row",
        "this asks whether any row is so, and not this row; for the row itself say './where'",
    ),
    (
        "any row of a matrix, in a part of the condition",
        definition(
            {"rows": matrix({"one": shape("row"), "two": shape("row")})},
            defs=ROWS,
            measures={
                "m": {
                    "count": {
                        "items": "/rows/*/notes",
                        "match": {"answered": True},
                        "when": {"not": {"items": "/rows/*/present", "match": YES}},
                    }
                }
            },
        ),
        f"{M}/count/when/not",
        "any-row",
        "this asks whether any row is so, and not this row; for the row itself say './present'",
    ),
    (
        "any row, in what a row's question is shown by",
        definition(
            {
                "visits": table(
                    section(
                        {
                            "kind": choice("home", "school"),
                            "why": text(showWhen={"items": "/visits/*/kind", "match": {"const": "home"}}),
                        }
                    )
                )
            }
        ),
        "/properties/visits/items/properties/why/x-form/showWhen",
        "any-row",
        "this asks whether any row is so, and not this row; for the row itself say './kind'",
    ),
    (
        "two questions of one title",
        definition({"q": section({"first": text() | {"title": "Last"}, "last": text()})}),
        "/properties/q/properties/last",
        "same-title",
        "/q/first has the same title, 'Last'; give one of them another",
    ),
    (
        "one question through two measures",
        summed({"measure": "one"}, {"measure": "two"}, one=counted("/a", "/b"), two=counted("/b", "/a")),
        f"{M}/sum/1",
        "counted-twice",
        "/a and 1 more counts here and in term 1 too",
    ),
    (
        "a row",
        rows("one", "two", "three"),
        "/properties/rows/properties/four",
        "not-read",
        "no rule reads this, while what",
    ),
    (
        "a tick beside others",
        definition(
            {key: tick() for key in "abc"}, measures={"m": {"count": {"items": ["/a", "/b"], "match": {"const": True}}}}
        ),
        "/properties/c",
        "not-read",
        "no rule reads this, while what stands beside it is read: C",
    ),
    (
        "more than there are",
        asks({"items": ["/a", "/b"], "match": YES, "atLeast": 3}),
        WHEN,
        "never-holds",
        "no answer can make this hold: at most 2 of the selected answers can match, and 3 must",
    ),
    (
        "beyond a measure",
        asks({"measure": "n", "match": {"minimum": 3}}),
        WHEN,
        "never-holds",
        "no answer can make this hold",
    ),
    (
        "beyond a question",
        asks({"items": "/count", "match": {"maximum": -1}}),
        WHEN,
        "never-holds",
        "no answer can make",
    ),
    (
        "bounds that cross",
        asks({"items": "/size", "match": {"minimum": 5, "maximum": 3}}),
        WHEN,
        "never-holds",
        "no answer",
    ),
    (
        "both of two options",
        asks({"items": "/a", "match": {"enum": ["yes"], "const": "no"}}),
        WHEN,
        "never-holds",
        "no answ",
    ),
    (
        "inside",
        of_all(A_YES, {"measure": "n", "match": {"minimum": 3}}),
        f"{WHEN}/all/1",
        "never-holds",
        "no answer can",
    ),
    (
        "a row's condition",
        asks(
            {"items": "/visits/*/seen", "match": YES, "when": {"items": "./kind", "match": {"not": {"const": "home"}}}}
        ),
        f"{WHEN}/when",
        "never-holds",
        "no answer can make this hold",
    ),
    (
        "all options",
        asks({"items": "/needed", "match": {"enum": ["yes", "no"]}}),
        WHEN,
        "always-holds",
        "no answer can make",
    ),
    (
        "all known options",
        asks({"items": "/known", "match": {"enum": ["yes", "no"]}}),
        WHEN,
        "always-holds",
        "no answer can",
    ),
    (
        "nought of a count",
        asks({"measure": "n", "match": {"minimum": 0}}),
        WHEN,
        "always-holds",
        "no answer can make this fail",
    ),
    (
        "at most all",
        asks({"items": ["/a", "/b"], "match": YES, "atMost": 2}),
        WHEN,
        "always-holds",
        "no answer can make this",
    ),
    (
        "no text at all",
        asks({"items": "/text", "match": {"minLength": 0}}),
        WHEN,
        "always-holds",
        "no answer can make this fai",
    ),
    (
        "a level that no rule gives",
        definition(
            questions(),
            checks=[{"id": "check", "when": {"assessment": "risk", "match": {"const": "high"}}}],
            assessments=[{"id": "risk", "levels": [{"id": "low"}, {"id": "high"}], "otherwise": {"level": "low"}}],
        ),
        WHEN,
        "never-holds",
        "no answer can make this hold",
    ),
    (
        "a condition of a shape",
        SHOWN_IN_ROWS,
        "/$defs/row/properties/y/x-form/showWhen",
        "always-holds",
        "no answer can make this fail",
    ),
    (
        "thirteen taken in",
        aged("The child is under 13.", {"maximum": 13}),
        WHEN,
        "age-limit",
        "the words say 'under 13', that is 12 or less; the condition takes 13 or less",
    ),
    (
        "the other way",
        aged("The child is under 13.", {"minimum": 13}),
        WHEN,
        "age-limit",
        "the words say 'under 13', that is 12 or less; the condition takes 13 or more",
    ),
    (
        "over",
        aged("Somebody over 18.", {"minimum": 18}),
        WHEN,
        "age-limit",
        "the words say 'over 18', that is 19 or more; the",
    ),
    (
        "and older",
        aged("Those 16 and older.", {"exclusiveMinimum": 16}),
        WHEN,
        "age-limit",
        "the words say '16 and older', th",
    ),
    (
        "up to",
        aged("Up to 12.", {"exclusiveMaximum": 12}),
        WHEN,
        "age-limit",
        "the words say 'Up to 12', that is 12 or less",
    ),
    (
        "by a constant",
        aged("Younger than 13.", {"maximum": {"measure": "limit"}}),
        WHEN,
        "age-limit",
        "the words say 'Younger than 13', that is 12 or less; the condition takes 13 or less",
    ),
    (
        "by its name alone",
        asks({"measure": "age", "match": {"maximum": 13}}, name="under-13"),
        WHEN,
        "age-limit",
        "the words say 'under-13'",
    ),
    (
        "no value",
        asks({"not": {"measure": "perhaps", "match": {"minimum": 16}}}),
        WHEN,
        "not-over-no-value",
        "this holds too where 'perhaps' has no value; ask for 'answered' beside it",
    ),
]
"""What it is about, the definition, and the place, the code and the beginning of its one warning."""


@pytest.mark.parametrize(
    ("document", "place", "code", "message"), [one[1:] for one in AWKWARD], ids=[a[0] for a in AWKWARD]
)
def test_what_is_awkward_is_warned_of_in_its_place(document: Document, place: str, code: str, message: str) -> None:
    (found,) = find_warnings(load(document))
    assert (found.pointer, found.code, found.message[: len(message)]) == (place, code, message)


UNREMARKABLE: dict[str, Document] = {
    "terms that ask for different answers": summed(
        {"items": "/a"} | WEIGHED | {"when": {"items": "/known", "match": {"enum": ["yes"]}}},
        {"items": "/a"} | WEIGHED | {"when": {"all": [{"items": "/known", "match": {"const": "no"}}, A_YES]}},
    ),
    "terms of a row that ask for different answers": summed(
        VISITS | {"when": {"items": "./where", "match": {"const": "home"}}},
        VISITS | {"when": {"items": "./where", "match": {"not": {"const": "home"}}}},
    ),
    "terms of which one asks for the contrary": summed(
        {"items": "/a"} | WEIGHED | TICKED, {"items": "/a"} | WEIGHED | {"when": {"not": TICKED["when"]}}
    ),
    "terms that ask for different numbers": summed(
        {"items": "/a"} | WEIGHED | {"when": {"measure": "n", "match": {"minimum": 1}}},
        {"items": "/a"} | WEIGHED | {"when": {"measure": "n", "match": {"not": {"minimum": 1}}}},
        n=counted("/b"),
    ),
    "how many rows there are": summed(
        VISITS | {"when": {"items": "/visits/*/where", "match": {"const": "home"}, "atLeast": 2}}
    ),
    "the row itself": summed(VISITS | {"when": {"items": "./where", "match": {"const": "home"}}}),
    "another question, for every row": summed(VISITS | TICKED),
    "one title in two sections": definition({"one": section({"last": text()}), "two": section({"last": text()})}),
    "terms over different questions": summed({"items": "/a"} | WEIGHED, {"items": "/b"} | WEIGHED),
    "no row is read": rows(),
    "half the rows are read": rows("one", "two"),
    "a blank that is asked for": asks({"items": "/a", "match": {"answered": True}}),
    "an option of one": asks({"items": "/lone", "match": YES}),
    "any of the rows": asks({"items": "/visits/*/seen", "match": YES, "atLeast": 30}),
    "an option of several": asks({"items": "/several", "match": {"contains": {"const": "x"}}}),
    "a measure to compare with": asks({"items": "/count", "match": {"minimum": {"measure": "age"}}}),
    "what the policy leaves open": asks({"any": [{"unsettled": "Who decides is not said."}, A_YES]}),
    "under thirteen": aged("The child is under 13.", {"maximum": 12}),
    "under thirteen by the bound": aged("The child is under 13.", {"exclusiveMaximum": 13}),
    "between two ages": aged("Over 12 and under 16.", {"minimum": 13, "maximum": 15}),
    "two limits on one age": asks(
        {"all": [{"measure": "age", "match": {"minimum": 13}}, {"measure": "age", "match": {"maximum": 15}}]},
        words="Over 12 and under 16.",
    ),
    "another age": aged("Under 18, and at primary school.", {"maximum": 11}),
    "a measure that always has a value": asks({"not": {"measure": "n", "match": {"minimum": 1}}}),
    "no value that is asked for": asks({"not": {"measure": "perhaps", "match": {"answered": True}}}),
}


@pytest.mark.parametrize("document", UNREMARKABLE.values(), ids=UNREMARKABLE.keys())
def test_what_is_usual_is_not_warned_of(document: Document) -> None:
    assert find_warnings(load(document)) == []


def test_of_the_shipped_forms_nothing_is_awkward() -> None:
    catalogue = shipped_catalogue()
    forms = [(form, version) for form, versions in catalogue.versions().items() for version in versions]
    assert len(forms) >= 4
    assert {form: find_warnings(catalogue.get_form(form, version).definition) for form, version in forms} == {
        form: [] for form, _ in forms
    }


def test_of_very_many_warnings_the_first_hundred_are_told() -> None:
    checks = [{"id": f"c{index}", "when": {"measure": "n", "match": {"minimum": 3}}} for index in range(150)]
    document = definition(questions(), measures=AGE, checks=checks)
    assert len(find_warnings(load(document))) == 100
