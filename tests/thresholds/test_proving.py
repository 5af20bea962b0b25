"""What is claimed of a form: proved where it is so; where not, refuted by an example that `evaluate` reproduces."""

from __future__ import annotations

from typing import Any

import pytest

import cse_forms
from cse_forms.forms import Form
from cse_forms.thresholds.proving.prove import Result, claims_of, prove
from tests import forms
from tests.forms import Document, choice, choices, date, definition, integer, matrix, section, shape, table, text, tick

YES: Document = {"const": "yes"}


def risk(rules: list[Document], **words: Any) -> Document:
    """Return an assessment with three levels."""
    return {"id": "risk", "levels": [{"id": "low"}, {"id": "middle"}, {"id": "high"}], "rules": rules} | words


def rule(name: str, level: str, items: Any, match: Document = YES, **words: Any) -> Document:
    return {"id": name, "level": level, "when": {"items": items, "match": match} | words}


LOW: Document = {"level": "low"}


def found(document: Document, kind: str, about: str | None = None, *, limit: float = 20) -> Result:
    """Return what comes of one claim."""
    claims = [claim for claim in claims_of(forms.load(document)) if claim.kind == kind and about in {None, claim.about}]
    assert len(claims) == 1, [claim.about for claim in claims]
    return next(prove(claims, limit))


def verdict(document: Document, kind: str, about: str | None = None) -> str:
    return found(document, kind, about).decision.verdict


def outcome(document: Document, result: Result, number: int = 0) -> Any:
    """Return what the library says of one of a claim's examples, and hand it over as its file would have it."""
    example = result.decision.examples[number]
    response = example.response(forms.load(document))
    draft = response.get("meta", {}).get("status") == "draft"
    return Form(forms.load(document)).evaluate(response["answers"], draft=draft).assessments["risk"]


ASKED = {"seen": choice("yes", "no", "not-known"), "heard": choice("yes", "no", "not-known")}


# --- what can come out ----------------------------------------------------------------------------------------------


def test_a_level_that_answers_lead_to_is_reached_by_a_response_that_is_kept() -> None:
    document = definition(ASKED, assessments=[risk([rule("a", "high", "/seen")], otherwise=LOW)])
    result = found(document, "level-reached", "risk/high")
    assert result.decision.verdict == "proved"
    assert outcome(document, result).possible == ("high",)


def test_a_level_that_no_rule_gives_cannot_be_reached() -> None:
    document = definition(ASKED, assessments=[risk([rule("a", "high", "/seen")], otherwise=LOW)])
    assert verdict(document, "level-reached", "risk/middle") == "refuted"


def test_a_level_below_one_that_is_never_ruled_out_is_reached_as_the_suggestion() -> None:
    asked = {"seen": choice("yes", "not-known")}
    document = definition(asked, assessments=[risk([rule("a", "high", "/seen")], otherwise=LOW)])
    result = found(document, "level-reached", "risk/low")
    assert result.decision.verdict == "proved"
    assert "never ruled out" in (result.decision.note or "")
    assert outcome(document, result).lowest == "low"


def test_a_rule_that_no_answers_make_hold_is_dead() -> None:
    rules = [rule("a", "high", ["/seen", "/heard"], atLeast=3), rule("b", "middle", "/seen")]
    document = definition(ASKED, assessments=[risk(rules, otherwise=LOW)])
    assert verdict(document, "rule-holds", "risk/a") == "refuted"
    assert verdict(document, "rule-holds", "risk/b") == "proved"


def test_a_rule_that_holds_whatever_is_answered_cannot_fail() -> None:
    rules = [rule("a", "middle", "/seen", {"enum": ["yes", "no"]}), rule("b", "high", "/heard")]
    document = definition(ASKED, assessments=[risk(rules, otherwise=LOW)])
    assert verdict(document, "rule-fails", "risk/a") == "refuted"
    assert verdict(document, "rule-fails", "risk/b") == "proved"


def test_a_rule_is_shadowed_where_a_graver_one_holds_whenever_it_does() -> None:
    rules = [rule("a", "middle", "/seen"), rule("b", "high", ["/seen", "/heard"])]
    document = definition(ASKED, assessments=[risk(rules, otherwise=LOW)])
    assert verdict(document, "rule-matters", "risk/a") == "refuted"
    assert verdict(document, "rule-matters", "risk/b") == "proved"


def test_an_adjustment_that_never_changes_anything_is_found() -> None:
    raised = {"id": "more", "when": {"items": "/heard", "match": YES}, "raise": 1}
    rules = [rule("a", "high", "/seen")]
    kept = definition(ASKED, assessments=[risk(rules, otherwise=LOW, adjustments=[raised])])
    idle = definition(ASKED, assessments=[risk(rules, otherwise=LOW, adjustments=[raised | {"notAbove": "low"}])])
    assert verdict(kept, "adjustment-matters") == "proved"
    assert verdict(idle, "adjustment-matters") == "refuted"
    assert verdict(idle, "adjustment-holds") == "proved"
    assert verdict(idle, "adjustment-fails") == "proved"


def test_a_prompt_that_a_stronger_one_always_replaces_is_never_shown() -> None:
    when = {"items": "/seen", "match": YES}
    weak: Document = {"id": "weak", "when": when, "urgency": "soon"}
    strong: Document = {"id": "strong", "when": when, "urgency": "immediate", "replaces": ["weak"]}
    document = definition(ASKED, prompts=[strong, weak])
    assert verdict(document, "prompt-shown", "strong") == "proved"
    assert verdict(document, "prompt-shown", "weak") == "refuted"


def test_a_check_that_can_find_nothing_is_dead() -> None:
    both = {"all": [{"items": "/seen", "match": YES}, {"items": "/seen", "match": {"const": "no"}}]}
    document = definition(
        ASKED, checks=[{"id": "never", "when": both}, {"id": "once", "when": {"items": "/seen", "match": YES}}]
    )
    assert verdict(document, "check-holds", "never") == "refuted"
    assert verdict(document, "check-holds", "once") == "proved"


# --- bands ----------------------------------------------------------------------------------------------------------

SIGNS = {"signs": matrix({key: shape("sign") for key in ("late", "gifts", "afraid")})}
SIGN = {"sign": section({"seen": choice("yes", "no", "not-known")})}
SCORE: Document = {"sum": [{"items": "/signs/*/seen", "weights": {"yes": 2, "no": 0}}]}


def banded(*bands: Document, score: Document = SCORE, **words: Any) -> Document:
    """Return a form whose level is that of the band that a score of nought to six lies in."""
    total: Document = {"id": "total", "measure": "score", "bands": list(bands)}
    return definition(SIGNS, defs=SIGN, measures={"score": score}, assessments=[risk([total], **words)])


def test_bands_are_reached_and_matter() -> None:
    document = banded({"from": 0, "level": "low"}, {"from": 2, "level": "middle"}, {"from": 5, "level": "high"})
    for number in (1, 2, 3):
        assert verdict(document, "band-reached", f"risk/total/{number}") == "proved"
    assert verdict(document, "one-level") == "proved"


def test_a_number_that_lies_in_no_band_is_a_gap() -> None:
    document = banded({"from": 0, "level": "low"}, {"from": 4, "level": "high"})
    document["x-form"]["assessments"][0]["rules"][0]["bands"][0]["from"] = 2
    result = found(document, "one-level")
    assert result.decision.verdict == "refuted"
    assert outcome(document, result).possible == (None,)


def test_a_higher_weight_never_lowers_the_level_where_bands_rise() -> None:
    rising = banded({"from": 0, "level": "low"}, {"from": 2, "level": "middle"}, {"from": 5, "level": "high"})
    falling = banded({"from": 0, "level": "low"}, {"from": 2, "level": "high"}, {"from": 5, "level": "middle"})
    assert verdict(rising, "weight-never-lowers") == "proved"
    result = found(falling, "weight-never-lowers")
    assert result.decision.verdict == "refuted"
    places = {"low": 0, "middle": 1, "high": 2}
    before, after = outcome(falling, result), outcome(falling, result, 1)
    assert (places[after.lowest], places[after.highest]) < (places[before.lowest], places[before.highest])


def test_where_low_numbers_are_grave_a_higher_weight_never_raises_the_level() -> None:
    document = banded({"from": 0, "level": "high"}, {"from": 2, "level": "middle"}, {"from": 5, "level": "low"})
    result = found(document, "weight-never-lowers")
    assert result.decision.verdict == "proved"
    assert "never raises" in result.claim.statement


# --- one level ------------------------------------------------------------------------------------------------------


def test_a_response_without_a_rule_that_holds_and_without_otherwise_has_no_level() -> None:
    with_it = definition(ASKED, assessments=[risk([rule("a", "high", "/seen")], otherwise=LOW)])
    without = definition(ASKED, assessments=[risk([rule("a", "high", "/seen")])])
    assert verdict(with_it, "one-level") == "proved"
    result = found(without, "one-level")
    assert result.decision.verdict == "refuted"
    assert outcome(without, result).possible == (None,)


def test_routes_that_clash_are_found() -> None:
    rules = [rule("a", "high", "/seen"), rule("b", "middle", "/heard")]
    document = definition(ASKED, assessments=[risk(rules, ordered=False, otherwise=LOW)])
    result = found(document, "one-level")
    assert result.decision.verdict == "refuted"
    assert outcome(document, result).clash


def test_what_the_policy_leaves_unsettled_leaves_the_level_open() -> None:
    unsettled = {"any": [{"items": "/seen", "match": YES}, {"unsettled": "The policy does not say."}]}
    document = definition(ASKED, assessments=[risk([{"id": "a", "level": "high", "when": unsettled}], otherwise=LOW)])
    result = found(document, "one-level")
    assert result.decision.verdict == "refuted"
    assert not outcome(document, result).determined


# --- two responses --------------------------------------------------------------------------------------------------


def test_an_indicator_answered_yes_never_lowers_the_level() -> None:
    rules = [rule("a", "high", "/signs/*/seen", atLeast=2), rule("b", "middle", "/signs/*/seen")]
    document = definition(SIGNS, defs=SIGN, assessments=[risk(rules, otherwise=LOW)])
    result = found(document, "indicator-never-lowers")
    assert result.decision.verdict == "proved"
    assert "3 questions" in result.claim.statement


def test_an_indicator_that_lowers_the_level_is_shown_by_two_responses() -> None:
    lowered = {"id": "calm", "when": {"items": "/heard", "match": YES}, "atMost": "low"}
    document = definition(ASKED, assessments=[risk([rule("a", "high", "/seen")], otherwise=LOW, adjustments=[lowered])])
    assert verdict(document, "indicator-never-lowers", "risk/seen") == "proved"
    result = found(document, "indicator-never-lowers", "risk/heard")
    assert result.decision.verdict == "refuted"
    before, after = result.decision.examples
    assert (before.part, after.part) == ("before", "after")
    assert after.answers["heard"] == "yes" != before.answers.get("heard")
    assert outcome(document, result).highest == "high"
    assert outcome(document, result, 1).highest == "low"


def test_learning_what_is_not_known_stays_within_what_was_shown() -> None:
    document = definition(
        ASKED, assessments=[risk([rule("a", "high", ["/seen", "/heard"], every=True)], otherwise=LOW)]
    )
    assert verdict(document, "learning-stays-inside") == "proved"


def test_a_measure_that_takes_gaps_for_nought_may_grow_when_more_is_learned() -> None:
    document = banded({"from": 0, "level": "low"}, {"from": 4, "level": "high"}, score=SCORE | {"missing": "zero"})
    result = found(document, "learning-stays-inside", "score")
    assert result.decision.verdict == "refuted"
    form = Form(forms.load(document))
    before, after = (
        form.evaluate(example.answers, draft=example.draft).measures["score"].interval
        for example in result.decision.examples
    )
    assert before.highest is not None
    assert after.highest is not None
    assert after.highest > before.highest


def test_what_is_not_asked_never_decides() -> None:
    asked = {"seen": choice("yes", "no"), "often": tick(showWhen={"items": "/seen", "match": YES})}
    document = definition(asked, assessments=[risk([rule("a", "high", "/often", {"const": True})], otherwise=LOW)])
    assert verdict(document, "hidden-never-decides") == "proved"


def test_bounds_that_every_draft_can_reach_are_exact() -> None:
    document = banded({"from": 0, "level": "low"}, {"from": 4, "level": "high"})
    assert verdict(document, "bounds-attained", "score") == "exact"
    assert verdict(document, "bounds-attained", "risk") == "exact"


def test_rules_that_exclude_one_another_make_a_bound_wider_than_the_truth() -> None:
    rules = [rule("a", "middle", "/seen"), rule("b", "high", "/seen", {"const": "no"})]
    document = definition({"seen": choice("yes", "no")}, assessments=[risk(rules, otherwise=LOW)])
    result = found(document, "bounds-attained")
    assert result.decision.verdict == "wider"
    assert result.holds
    assert result.decision.examples[0].draft
    assert outcome(document, result).lowest == "low"


# --- kinds of questions ---------------------------------------------------------------------------------------------


def test_rows_dates_numbers_and_several_options_are_looked_at() -> None:
    row = {"when": date(), "police": tick()}
    asked = {
        "episodes": table(section(row)),
        "today": date(),
        "age": integer() | {"minimum": 0, "maximum": 17},
        "places": choices("park", "flat", "not-known"),
        "said": text(),
    }
    rules = [
        rule("often", "high", "/episodes/*/when", {"within": {"days": 90, "before": "/today"}}, atLeast=2),
        rule("near", "high", "/episodes/*/when", {"within": {"months": 1}}, atLeast=2),
        rule("young", "middle", "/age", {"maximum": 12}),
        rule("place", "middle", "/places", {"contains": {"const": "flat"}}),
        rule("told", "middle", "/said", {"minLength": 10}),
    ]
    document = definition(asked, assessments=[risk(rules, otherwise=LOW)])
    for name in ("often", "near", "young", "place", "told"):
        assert verdict(document, "rule-holds", f"risk/{name}") == "proved"
        assert verdict(document, "rule-matters", f"risk/{name}") == "proved"


def test_a_claim_for_which_there_is_no_time_is_not_decided() -> None:
    document = definition(ASKED, assessments=[risk([rule("a", "high", "/seen")], otherwise=LOW)])
    claims = claims_of(forms.load(document))
    results = list(prove(claims, 0))
    assert len(results) == len(claims)
    undecided = [result for result in results if result.decision.verdict == "not decided"]
    assert len(undecided) > len(claims) / 2
    # What needs no solver is still said: no rule gives this level.
    assert [one.claim.about for one in results if one.decision.verdict == "refuted"] == ["risk/middle"]
    assert not any(result.holds for result in undecided)


@pytest.mark.parametrize("form", cse_forms.Catalogue.shipped().versions())
def test_a_shipped_form_is_proved(form: str) -> None:
    results = list(prove(claims_of(cse_forms.get_form(form).definition), 30))
    assert results
    assert [result.claim.statement for result in results if result.decision.verdict not in {"proved", "exact"}] == []
