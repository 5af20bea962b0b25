"""What is claimed of forms with tables and with many questions: nothing is said that more rows or answers undo."""

from __future__ import annotations

from typing import Any

import pytest

from cse_forms.thresholds.proving.prove import Result, claims_of, prove
from tests import forms
from tests.forms import Document, choice, date, definition, integer, section, table, tick
from tests.thresholds.given_answers import disagreements

LOW: Document = {"level": "low"}
YES_WEIGHS = {"yes": 2, "no": 0}


def risk(rules: list[Document], **words: Any) -> Document:
    return {"id": "risk", "levels": [{"id": "low"}, {"id": "middle"}, {"id": "high"}], "rules": rules} | words


def results(document: Document, *kinds: str, limit: float = 30) -> dict[str, Result]:
    """Return what comes of the claims of some kinds, by what they are about."""
    claims = [claim for claim in claims_of(forms.load(document)) if claim.kind in kinds]
    return {result.claim.about: result for result in prove(claims, limit)}


def episodes(least: int, *, rows: int | None = None) -> Document:
    """Return a form whose level is high where so many episodes lie within a year."""
    log = table(section({"when": date()}))
    log |= {} if rows is None else {"maxItems": rows}
    measure = {"count": {"items": "/log/*/when", "match": {"within": {"months": 12, "before": "/today"}}}}
    rule = {"id": "often", "level": "high", "when": {"measure": "recent", "match": {"minimum": least}}}
    return definition(
        {"log": log, "today": date()}, measures={"recent": measure}, assessments=[risk([rule], otherwise=LOW)]
    )


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("least", [3, 5, 9])
def test_a_rule_that_needs_several_rows_can_hold(least: int) -> None:
    assert results(episodes(least), "rule-holds")["risk/often"].decision.verdict == "proved"


def test_a_rule_that_needs_more_rows_than_are_looked_at_is_not_called_dead() -> None:
    found = results(episodes(60), "rule-holds", "level-reached", "rule-matters")
    for about in ("risk/often", "risk/high"):
        assert found[about].decision.verdict == "not decided"
        assert "Tables with up to" in (found[about].decision.note or "")


def test_a_rule_that_needs_more_rows_than_a_table_may_have_is_dead() -> None:
    assert results(episodes(3, rows=2), "rule-holds")["risk/often"].decision.verdict == "refuted"


def test_what_is_proved_of_tables_says_how_many_rows_were_looked_at() -> None:
    decision = results(episodes(3), "one-level")["risk"].decision
    assert decision.verdict == "proved"
    assert (decision.note or "").startswith("For tables with up to ")


def test_numbers_in_rows_that_a_sum_takes_are_looked_at() -> None:
    log = table(section({"days": integer() | {"minimum": 0, "maximum": 30}}))
    total: Document = {
        "id": "total",
        "measure": "days",
        "bands": [{"from": 0, "level": "low"}, {"from": 40, "level": "high"}],
    }
    document = definition(
        {"log": log}, measures={"days": {"sum": [{"items": "/log/*/days"}]}}, assessments=[risk([total])]
    )
    found = results(document, "weight-never-lowers", "band-reached")
    assert {one.decision.verdict for one in found.values()} == {"proved"}


# --- many questions -------------------------------------------------------------------------------------------------


def many(count: int, *bands: Document) -> Document:
    """Return a form with so many boxes to tick, each of which counts one."""
    ticks = section({f"t{number}": tick() for number in range(count)})
    total: Document = {"id": "total", "measure": "ticks", "bands": list(bands)}
    measure = {"sum": [{"items": "/signs/*", "weights": {"true": 1, "false": 0}}]}
    return definition({"signs": ticks}, measures={"ticks": measure}, assessments=[risk([total])])


def test_a_sum_of_many_answers_is_decided_part_by_part() -> None:
    document = many(
        30,
        {"from": 0, "to": 7, "level": "low"},
        {"from": 8, "to": 15, "level": "middle"},
        {"from": 16, "level": "high"},
    )
    kinds = ("level-reached", "band-reached", "band-matters", "one-level", "weight-never-lowers")
    found = results(document, *kinds)
    assert {one.decision.verdict for one in found.values()} == {"proved"}
    assert "30 questions" in found["risk/signs/t0"].claim.statement
    learned = results(document, "learning-stays-inside")
    assert {about: one.decision.verdict for about, one in learned.items()} == {"risk": "proved", "ticks": "proved"}


def test_that_a_number_lies_below_all_bands_is_found_among_many_answers() -> None:
    document = many(20, {"from": 1, "to": 2, "level": "low"}, {"from": 3, "level": "high"})
    assert results(document, "one-level")["risk"].decision.verdict == "refuted"


def test_questions_of_which_a_rule_names_one_are_argued_apart() -> None:
    asked = section({"a": choice("yes", "no"), "b": choice("yes", "no")})
    calm = {"id": "calm", "when": {"items": "/signs/a", "match": {"const": "yes"}}, "atMost": "low"}
    total: Document = {
        "id": "total",
        "measure": "n",
        "bands": [{"from": 0, "level": "low"}, {"from": 2, "level": "high"}],
    }
    document = definition(
        {"signs": asked},
        measures={"n": {"sum": [{"items": "/signs/*", "weights": YES_WEIGHS}]}},
        assessments=[risk([total], adjustments=[calm])],
    )
    found = results(document, "weight-never-lowers")
    verdicts = {about: one.decision.verdict for about, one in found.items()}
    assert verdicts == {"risk/signs/a": "refuted", "risk/signs/b": "proved"}


# --- what a higher weight does --------------------------------------------------------------------------------------


def test_an_answer_that_is_taken_away_is_to_lower_the_number_and_so_to_raise_the_level() -> None:
    asked = {
        "strengths": section({"s": choice("yes", "no"), "t": choice("yes", "no")}),
        "risks": section({"r": choice("yes", "no")}),
    }
    weighed = {name: {"sum": [{"items": f"/{name}/*", "weights": YES_WEIGHS}]} for name in ("strengths", "risks")}
    net = {"sum": [{"measure": "strengths"}, {"measure": "risks", "times": -1}]}
    bands = [{"to": -2, "level": "high"}, {"to": 0, "level": "middle"}, {"from": 1, "level": "low"}]
    rule: Document = {"id": "net", "measure": "net", "bands": bands}
    document = definition(asked, measures=weighed | {"net": net}, assessments=[risk([rule])])
    found = results(document, "weight-never-lowers")
    assert {one.decision.verdict for one in found.values()} == {"proved"}
    assert "never lowers" in found["risk/risks/r"].claim.statement
    assert "never raises" in found["risk/strengths/s"].claim.statement


def test_an_answer_that_leaves_less_open_does_not_lower_the_suggestion() -> None:
    domains = section({name: choice("red", "amber", "green") for name in ("home", "school")})
    counts = {name: {"count": {"items": "/domains/*", "match": {"const": name}}} for name in ("red", "amber")}
    bands = [{"from": 0, "level": "low"}, {"from": 1, "level": "middle"}, {"from": 2, "level": "high"}]
    rules: list[Document] = [
        {"id": "reds", "measure": "red", "bands": bands},
        {"id": "ambers", "level": "middle", "when": {"measure": "amber", "match": {"minimum": 2}}},
    ]
    document = definition({"domains": domains}, measures=counts, assessments=[risk(rules)])
    found = results(document, "indicator-never-lowers")
    assert found
    assert {one.decision.verdict for one in found.values()} == {"proved"}


def test_of_options_with_one_weight_neither_is_claimed_to_be_the_graver() -> None:
    asked = {"sex": choice("a", "b", "c")}
    rule: Document = {"id": "n", "measure": "n", "bands": [{"from": 0, "level": "low"}, {"from": 1, "level": "middle"}]}
    high = {"id": "b", "level": "high", "when": {"items": "/sex", "match": {"const": "b"}}}
    measure = {"sum": [{"items": "/sex", "weights": {"a": 1, "b": 1, "c": 0}}]}
    document = definition(asked, measures={"n": measure}, assessments=[risk([rule, high])])
    assert results(document, "weight-never-lowers")["risk/sex"].decision.verdict == "proved"


# --- other words ----------------------------------------------------------------------------------------------------


def test_of_a_level_that_no_rule_gives_nothing_is_claimed() -> None:
    own = risk([], otherwise={"because": "The level is the practitioner's own choice."})
    document = definition({"seen": choice("yes", "no")}, assessments=[own])
    assert claims_of(forms.load(document)) == []


def test_what_lowers_a_level_and_the_lowest_of_several_numbers_are_read_as_evaluate_reads_them() -> None:
    asked = {
        "a": choice("yes", "no", "not-known"),
        "b": integer() | {"minimum": 0, "maximum": 5},
        "calm": tick(),
    }
    measure = {"lowest": [{"items": "/a", "weights": {"yes": 3, "no": 1}}, {"items": "/b", "times": 2}]}
    bands = [{"to": 0, "level": "low"}, {"to": 2, "level": "middle"}, {"level": "high"}]
    rule: Document = {"id": "n", "measure": "n", "bands": bands}
    lower = {"id": "calm", "when": {"items": "/calm", "match": {"const": True}}, "lower": 2, "notBelow": "middle"}
    document = definition(asked, measures={"n": measure}, assessments=[risk([rule], adjustments=[lower])])
    form = forms.form(document)
    for a in ("yes", "no", "not-known", None):
        for b in (0, 1, 2, None):
            for calm in (True, None):
                given = {key: value for key, value in (("a", a), ("b", b), ("calm", calm)) if value is not None}
                for draft in (False, True):
                    assert disagreements(form, given, draft=draft) == []
    found = results(document, "level-reached", "adjustment-matters")
    assert {one.decision.verdict for one in found.values()} == {"proved"}
