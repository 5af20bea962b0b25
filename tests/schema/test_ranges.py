"""The numbers that measures can come to: never less than what comes out over all answers."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cse_forms.schema.ranges import reachable
from cse_forms.schema.reach import ANY_WHOLE, NOTHING, NOUGHT, Reach, exactly, listed, many, whole_between
from tests.forms import Document, choice, date, definition, form, integer, load, number, section, table, tick

HALF = Fraction(1, 2)


def reach_of(measure: Document, questions: Document | None = None, **measures: Document) -> Reach:
    """Return what a measure of these questions can come to."""
    asked = questions or {"a": choice("yes", "no"), "b": choice("yes", "no", "not-known"), "n": number(), "t": tick()}
    return reachable(load(definition(asked, measures={"m": measure} | measures)))["m"]


def summed(*items: str, missing: Any = "unknown", **words: Any) -> Document:
    return {"sum": [{"items": one, "weights": {"yes": 3, "else": 1}} | words for one in items], "missing": missing}


WORKED: dict[str, tuple[Reach, list[float | Fraction] | None, bool]] = {
    "a sum": (reach_of(summed("/a", "/b")), [2, 4, 6], False),
    "a sum that passes over gaps": (reach_of(summed("/a", "/b", missing="zero")), [0, 1, 2, 3, 4, 6], False),
    "a sum that leaves answers out": (
        reach_of(summed("/a", when={"items": "/t", "match": {"const": True}})),
        [0, 1, 3],
        False,
    ),
    "a sum of parts of one": (
        reach_of({"sum": [{"items": "/a", "weights": {"yes": 0.1, "no": 0.2}}]}),
        [Fraction(1, 10), Fraction(1, 5)],
        False,
    ),
    "a prorated sum": (reach_of(summed("/a", "/b", missing={"prorate": {"answered": 1}})), [2, 4, 6], True),
    "the highest": (
        reach_of({"highest": summed("/a", "/b")["sum"]}),
        [1, 3],
        False,
    ),
    "the lowest": (reach_of({"lowest": summed("/a", "/b")["sum"]}), [1, 3], False),
    "the lowest of what is certain and what may be higher": (
        reach_of(
            {"lowest": [{"measure": "two"}, {"items": "/n"}]},
            {"n": integer() | {"minimum": 0, "maximum": 5}},
            two={"constant": 2},
        ),
        [0, 1, 2],
        False,
    ),
    "the lowest of nothing that is certain": (
        reach_of({"lowest": summed("/a", when={"items": "/t", "match": {"const": True}})["sum"]}),
        [1, 3],
        True,
    ),
    "a product": (reach_of({"product": [{"measure": "s"}, 2]}, s=summed("/a")), [2, 6], False),
    "a quotient": (reach_of({"quotient": [1, {"measure": "s"}]}, s=summed("/a")), [Fraction(1, 3), 1], False),
    "a quotient that is rounded": (
        reach_of({"quotient": [1, {"measure": "s"}], "round": "half-up", "decimals": 1}, s=summed("/a")),
        [Fraction(3, 10), 1],
        False,
    ),
    "a half that stays open": (
        reach_of({"quotient": [{"measure": "s"}, 2], "round": "half-open"}, s=summed("/a")),
        [0, 1, 2],
        False,
    ),
    "a quotient over what may be nought": (
        reach_of({"quotient": [6, {"measure": "s"}]}, s={"count": {"items": ["/a", "/b"], "match": {"const": "yes"}}}),
        [3, 6],
        True,
    ),
    "steps": (
        reach_of({"sum": [{"items": "/n", "steps": [{"maximum": 3, "weight": 5}, {"weight": 7}]}]}),
        [5, 7],
        False,
    ),
    "steps of which one is out of reach": (
        reach_of(
            {"sum": [{"items": "/n", "steps": [{"maximum": 3, "weight": 5}, {"weight": 7}]}]},
            {"n": integer() | {"minimum": 4, "maximum": 9}},
        ),
        [7],
        False,
    ),
    "a count": (reach_of({"count": {"items": ["/a", "/b"], "match": {"const": "yes"}}}), [0, 1, 2], False),
    "a count of rows": (
        reach_of(
            {"count": {"items": "/rows/*/a", "match": {"const": "yes"}}},
            {"rows": table(section({"a": choice("yes", "no")}))},
        ),
        None,
        False,
    ),
    "a count of what is asked at times": (
        reach_of(
            {"count": {"items": "/b", "match": {"const": "yes"}}},
            {"a": tick(), "b": choice("yes", "no", showWhen={"items": "/a", "match": {"const": True}})},
        ),
        [0, 1],
        True,
    ),
    "a number": (reach_of({"sum": [{"items": "/n"}]}, {"n": number() | {"minimum": 0.5}}), None, False),
    "years": (reach_of({"years": {"from": "/d", "to": "/d"}}, {"d": date()}), None, False),
    "a constant": (reach_of({"constant": 1.5}), [Fraction(3, 2)], False),
}
"""What comes of it, one by one where it is so, and whether there may be no number."""


@pytest.mark.parametrize(("reach", "values", "may_be_absent"), WORKED.values(), ids=WORKED.keys())
def test_a_measure_comes_to_what_its_answers_make(
    reach: Reach, values: list[float | Fraction] | None, may_be_absent: bool
) -> None:
    assert (reach.values and list(reach.values), reach.may_be_absent) == (values, may_be_absent)


def test_more_numbers_than_are_listed_lie_on_a_lattice() -> None:
    reach = whole_between(0, 2000).times(exactly(HALF)).plus(whole_between(0, 9000))
    assert (reach.values, reach.lowest, reach.highest, reach.unit) == (None, 0, 10_000, HALF)
    assert reach.may_be(Fraction(3, 2))
    assert not reach.may_be(Fraction(1, 3))
    assert (reach.below(1), reach.above(1)) == (HALF, Fraction(3, 2))
    assert (reach.at_most(Fraction(7, 4)), reach.at_least(Fraction(7, 4))) == (Fraction(3, 2), 2)
    assert (reach.below(0), reach.above(10_000)) == (None, None)


def test_numbers_of_any_size_have_none_beside_them() -> None:
    anywhere = Reach(0, None)
    assert (anywhere.above(3), anywhere.below(3), anywhere.at_least(-1), anywhere.at_most(-1)) == (None, None, 0, None)
    assert anywhere.is_within(3, 4, above=True, below=True)
    assert not anywhere.is_within(-2, 0, below=True)


def test_numbers_one_by_one_know_what_stands_beside_a_bound() -> None:
    few = listed([1, 3, 3, 5])
    assert (few.below(3), few.above(3), few.at_least(4), few.at_most(4), few.at_most(0)) == (1, 5, 5, 3, None)
    assert not few.is_within(3, 5, above=True, below=True)
    assert few.is_within(None, 1)


def test_what_is_certainly_there_bounds_the_highest_from_below_and_the_lowest_from_above() -> None:
    beside = {"n": number()}
    terms = [{"measure": "two"}, {"items": "/n"}]
    highest = reach_of({"highest": terms}, beside, two={"constant": 2})
    lowest = reach_of({"lowest": terms}, beside, two={"constant": 2})
    assert (highest.lowest, highest.highest, highest.may_be_absent) == (2, None, False)
    assert (lowest.lowest, lowest.highest, lowest.may_be_absent) == (None, 2, False)


def test_any_number_of_rows_adds_up_without_end_on_one_side() -> None:
    assert many(listed([0, 2])) == Reach(0, None, 2)
    assert many(listed([-1, 0])) == Reach(None, 0, 1)
    assert many(NOUGHT) == NOUGHT
    assert ANY_WHOLE.is_within(None, -(10**9))


def test_no_number_stays_none() -> None:
    assert NOTHING.plus(NOUGHT) == NOTHING.times(ANY_WHOLE) == NOUGHT.divided_by(NOTHING) == NOTHING


WEIGHTS = st.sampled_from([-2, -1, 0, 0.5, 1, 3])
OPTIONS = ("yes", "no", "not-known")


@st.composite
def measures(draw: st.DrawFn) -> Document:
    """Draw measures over three questions."""
    terms = []
    for items in draw(st.lists(st.sampled_from(["/a", "/b", "/c", "/*"]), min_size=1, max_size=2)):
        weights = {"yes": draw(WEIGHTS), "else": draw(WEIGHTS)}
        term: Document = {"items": items if items != "/*" else ["/a", "/b"], "weights": weights}
        if draw(st.booleans()):
            term["weights"]["not-known"] = draw(WEIGHTS)
        if draw(st.booleans()):
            term["when"] = {"items": "/c", "match": {"const": "yes"}}
        if draw(st.booleans()):
            term["times"] = draw(WEIGHTS)
        terms.append(term)
    prorated = {"prorate": {"answered": 1, "round": draw(st.sampled_from(["half-up", "down", "half-even"]))}}
    scored: Document = {"sum": terms, "missing": draw(st.sampled_from(["unknown", "zero", prorated]))}
    return {
        "m": scored,
        "top": {"highest": terms, "missing": draw(st.sampled_from(["unknown", "zero"]))},
        "least": {"lowest": terms, "missing": draw(st.sampled_from(["unknown", "zero"]))},
        "both": {"product": [{"measure": "m"}, {"measure": "top"}]},
        "part": {"quotient": [{"measure": "top"}, {"measure": "m"}]},
        "scaled": {"sum": [{"measure": "m", "steps": [{"maximum": 1, "weight": 5}, {"weight": 7}]}]},
    }


@settings(max_examples=25, deadline=None, derandomize=True)
@given(drawn=measures(), hides=st.booleans())
def test_whatever_comes_out_over_all_answers_was_in_reach(drawn: Document, hides: bool) -> None:
    shown = {"showWhen": {"items": "/c", "match": {"const": "no"}}} if hides else {}
    asked = {"a": choice(*OPTIONS), "b": choice(*OPTIONS, **shown), "c": choice(*OPTIONS)}
    made = form(definition(asked, measures=drawn))
    reaches = reachable(made.definition)
    for given_answers in product((*OPTIONS, None), repeat=3):
        answers = {key: value for key, value in zip(asked, given_answers, strict=True) if value is not None}
        for name, found in made.evaluate(answers, draft=False).to_dict()["measures"].items():
            reach = reaches[name]
            if found["has_value"] is False:
                assert reach.may_be_absent
            elif found["lowest"] == found["highest"] is not None:
                value = Fraction(found["lowest"]).limit_denominator(1000)
                assert reach.may_be(value), (name, found, answers, reach)
