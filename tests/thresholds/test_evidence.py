"""By which answers a rule holds, fails or stays open, and which answers could still change an outcome."""

from __future__ import annotations

from typing import Any

from cse_forms.forms import Form
from cse_forms.thresholds.outcome import AssessmentOutcome
from tests import forms

YES = {"const": "yes"}
TRUE = {"const": True}
LEVELS = [{"id": "low"}, {"id": "middle"}, {"id": "high"}]
SIGN = forms.section({"present": forms.choice("yes", "no", "not-known"), "old": forms.tick()})
EACH = "/signs/*/present"


def one_rule(condition: Any, **more: Any) -> list[Any]:
    rule = {"id": "rule", "level": "high", "when": condition}
    return [{"id": "risk", "levels": LEVELS, "rules": [rule], "otherwise": {"level": "low"}, **more}]


def signs(condition: Any, **x_form: Any) -> Form:
    """Return a form of three rows with one rule."""
    rows = {key: forms.shape("sign") for key in "abc"}
    assessments = one_rule(condition)
    return forms.form(
        forms.definition({"signs": forms.matrix(rows)}, defs={"sign": SIGN}, assessments=assessments, **x_form)
    )


def said(form: Form, answers: Any, *, draft: bool = False) -> AssessmentOutcome:
    return form.evaluate(answers, draft=draft).assessments["risk"]


def present(**rows: str) -> Any:
    return {"signs": {row: {"present": value} for row, value in rows.items()}}


def because(form: Form, answers: Any, *, draft: bool = False) -> tuple[str, tuple[str, ...]]:
    rule = said(form, answers, draft=draft).rules[0]
    return rule.state, rule.answers


def test_a_rule_that_holds_names_the_answers_that_match_and_no_others() -> None:
    form = signs({"items": EACH, "match": YES})
    assert because(form, present(a="no", b="yes", c="yes")) == ("holds", ("/signs/b/present", "/signs/c/present"))


def test_a_rule_that_fails_names_the_answers_that_do_not_match() -> None:
    form = signs({"items": EACH, "match": YES, "atLeast": 2})
    assert because(form, present(a="no", b="yes", c="no")) == ("fails", ("/signs/a/present", "/signs/c/present"))


def test_a_rule_that_is_open_names_the_answers_that_keep_it_open() -> None:
    form = signs({"items": EACH, "match": YES})
    assert because(form, present(a="no", b="not-known")) == ("unknown", ("/signs/b/present", "/signs/c/present"))


def test_every_fails_by_the_answers_that_do_not_match_and_holds_by_all() -> None:
    form = signs({"items": EACH, "match": YES, "every": True})
    assert because(form, present(a="no", b="yes")) == ("fails", ("/signs/a/present",))
    everything = tuple(f"/signs/{row}/present" for row in "abc")
    assert because(form, present(a="yes", b="yes", c="yes")) == ("holds", everything)


def test_at_most_fails_by_too_many_that_match_and_holds_by_those_that_do_not() -> None:
    form = signs({"items": EACH, "match": YES, "atMost": 1})
    assert because(form, present(a="yes", b="yes")) == ("fails", ("/signs/a/present", "/signs/b/present"))
    assert because(form, present(a="no", b="no")) == ("holds", ("/signs/a/present", "/signs/b/present"))


def test_a_number_between_two_bounds_is_so_by_those_that_match_and_by_those_that_do_not() -> None:
    form = signs({"items": EACH, "match": YES, "atLeast": 1, "atMost": 2})
    assert because(form, present(a="yes", b="no")) == ("holds", ("/signs/a/present", "/signs/b/present"))


def test_the_answers_by_which_a_row_is_looked_at_are_named_with_it() -> None:
    form = signs({"items": EACH, "match": YES, "when": {"items": "./old", "match": TRUE}})
    answers = {"signs": {"a": {"present": "yes"}, "b": {"present": "yes", "old": True}}}
    assert because(form, answers) == ("holds", ("/signs/b/present", "/signs/b/old"))


def test_the_answers_by_which_rows_are_left_out_make_a_rule_fail() -> None:
    form = signs({"items": EACH, "match": YES, "when": {"items": "./old", "match": TRUE}})
    answers = {"signs": {"a": {"old": False}, "b": {"present": "no", "old": True}, "c": {"old": False}}}
    expected = ("/signs/a/old", "/signs/b/present", "/signs/c/old")
    assert because(form, answers) == ("fails", expected)


def test_answers_in_added_rows_are_named_by_the_numbers_of_their_rows() -> None:
    document = forms.definition(
        {"rows": forms.table(SIGN)}, assessments=one_rule({"items": "/rows/*/present", "match": YES})
    )
    answers = {"rows": [{"present": "yes"}, {}, {"present": "yes"}]}
    assert because(forms.form(document), answers) == ("holds", ("/rows/0/present", "/rows/2/present"))


def test_rows_that_nobody_counted_are_named_by_their_table() -> None:
    document = forms.definition(
        {"rows": forms.table(SIGN)}, assessments=one_rule({"items": "/rows/*/present", "match": YES})
    )
    found = said(forms.form(document), {}, draft=True)
    assert (found.unanswered, found.not_known) == (("/rows",), ())


def test_of_several_conditions_those_that_decide_are_named() -> None:
    a, b = ({"items": f"/signs/{row}/present", "match": YES} for row in "ab")
    both, either = signs({"all": [a, b]}), signs({"any": [a, b]})
    assert because(both, present(a="yes", b="no")) == ("fails", ("/signs/b/present",))
    assert because(both, present(a="yes", b="yes")) == ("holds", ("/signs/a/present", "/signs/b/present"))
    assert because(either, present(a="yes", b="no")) == ("holds", ("/signs/a/present",))
    assert because(either, present(a="no")) == ("unknown", ("/signs/b/present",))


def test_the_contrary_holds_by_the_same_answers() -> None:
    form = signs({"not": {"items": EACH, "match": YES}})
    assert because(form, present(b="yes")) == ("fails", ("/signs/b/present",))


def counting(match: Any) -> Form:
    return signs({"measure": "count", "match": match}, measures={"count": {"count": {"items": EACH, "match": YES}}})


def test_a_count_that_is_high_enough_is_so_by_what_it_counts() -> None:
    assert because(counting({"minimum": 1}), present(a="yes", b="no")) == ("holds", ("/signs/a/present",))
    assert because(counting({"maximum": 1}), present(a="yes", b="yes", c="no")) == (
        "fails",
        ("/signs/a/present", "/signs/b/present"),
    )


def test_a_count_that_cannot_be_higher_is_so_by_what_it_does_not_count() -> None:
    assert because(counting({"maximum": 1}), present(a="no", b="no")) == (
        "holds",
        ("/signs/a/present", "/signs/b/present"),
    )
    assert because(counting({"minimum": 2}), present(a="no", b="no", c="yes")) == (
        "fails",
        ("/signs/a/present", "/signs/b/present"),
    )


def test_an_exact_count_is_what_it_is_by_all_answers() -> None:
    everything = tuple(f"/signs/{row}/present" for row in "abc")
    assert because(counting({"const": 1}), present(a="no", b="yes", c="no")) == ("holds", everything)


def test_a_count_that_is_open_names_what_may_yet_count_and_no_box_that_is_left_blank() -> None:
    form = signs(
        {"measure": "count", "match": {"minimum": 2}},
        measures={"count": {"count": {"items": ["/signs/*/old", EACH], "match": {"enum": ["yes", True]}}}},
    )
    found = said(form, present(a="yes", b="not-known"))
    assert (found.unanswered, found.not_known) == (("/signs/c/present",), ("/signs/b/present",))


def ages() -> Form:
    questions = {"age": forms.integer(), "born": forms.date(), "today": forms.date()}
    condition = {"items": "/age", "match": {"minimum": {"measure": "years"}}}
    years = {"years": {"years": {"from": "/born", "to": "/today"}}}
    return forms.form(forms.definition(questions, measures=years, assessments=one_rule(condition)))


def test_a_comparison_rests_on_the_answer_and_on_what_the_number_rests_on() -> None:
    answers = {"age": 13, "born": "2013-01-01", "today": "2026-01-01"}
    assert because(ages(), answers) == ("holds", ("/age", "/born", "/today"))


def test_an_answer_that_was_given_is_never_listed_as_unanswered() -> None:
    found = said(ages(), {"age": 13, "born": "2013-01-01"})
    assert (found.unanswered, found.not_known) == (("/today",), ())


def test_two_counts_held_against_one_another_are_open_by_what_either_lacks() -> None:
    counts = {
        "first": {"count": {"items": "/signs/a/present", "match": YES}},
        "second": {"count": {"items": "/signs/b/present", "match": YES}},
    }
    form = signs({"measure": "first", "match": {"minimum": {"measure": "second"}}}, measures=counts)
    assert said(form, present(a="no")).unanswered == ("/signs/b/present",)
    assert said(form, present(b="not-known")).not_known == ("/signs/b/present",)


def test_blank_and_not_known_answers_are_listed_apart_and_in_the_order_of_the_form() -> None:
    found = said(signs({"items": EACH, "match": YES}), present(b="not-known"))
    assert found.unanswered == ("/signs/a/present", "/signs/c/present")
    assert found.not_known == ("/signs/b/present",)


def test_an_answer_that_cannot_be_read_is_listed_as_unanswered() -> None:
    found = said(
        signs({"items": EACH, "match": YES}), {"signs": {"a": {"present": True}, "b": [], "c": {"present": "no"}}}
    )
    assert (found.unanswered, found.not_known) == (("/signs/a/present", "/signs/b/present"), ())


def test_nothing_is_listed_once_the_level_is_determined() -> None:
    found = said(signs({"items": EACH, "match": YES}), present(a="yes", b="not-known"))
    assert (found.determined, found.unanswered, found.not_known) == (True, (), ())


def test_whether_a_row_is_looked_at_is_no_matter_where_its_answer_changes_nothing() -> None:
    condition = {"items": EACH, "match": YES, "when": {"items": "./present", "match": {"answered": True}}}
    found = said(signs(condition), present(a="no", b="no"), draft=True)
    assert found.unanswered == ("/signs/c/present",)


def test_the_rows_that_matter_to_every_are_those_that_do_not_match() -> None:
    condition = {"items": EACH, "match": YES, "every": True, "when": {"items": "./old", "match": TRUE}}
    answers = {"signs": {"a": {"present": "yes"}, "b": {"present": "no"}, "c": {"old": False}}}
    assert said(signs(condition), answers, draft=True).unanswered == ("/signs/b/old",)


def test_a_question_that_is_not_asked_is_not_listed_and_one_that_may_be_brings_what_decides_it() -> None:
    questions = {
        "gate": forms.choice("yes", "no", "not-known"),
        "inner": forms.choice("yes", "no", showWhen={"items": "/gate", "match": YES}),
    }
    condition = {"items": "/inner", "match": YES}
    form = forms.form(forms.definition(questions, assessments=one_rule(condition)))
    assert said(form, {"gate": "no"}).unanswered == ()
    assert said(form, {"gate": "yes"}).unanswered == ("/inner",)
    found = said(form, {"gate": "not-known"})
    assert (found.unanswered, found.not_known) == (("/inner",), ("/gate",))
    assert said(form, {"gate": "not-known", "inner": "yes"}).unanswered == ()
    assert said(form, {"gate": "not-known", "inner": "no"}).determined


def test_a_rule_below_one_that_holds_is_not_listed_and_one_above_is() -> None:
    rules = [
        {"id": level, "level": level, "when": {"items": f"/{level}", "match": YES}}
        for level in ("low", "middle", "high")
    ]
    questions = {level: forms.choice("yes", "no") for level in ("low", "middle", "high")}
    form = forms.form(forms.definition(questions, assessments=[{"id": "risk", "levels": LEVELS, "rules": rules}]))
    assert said(form, {"middle": "yes"}).unanswered == ("/high",)
    assert said(form, {}).unanswered == ("/low", "/middle", "/high")


def test_an_adjustment_says_by_which_answers_it_is_made() -> None:
    change = {"id": "change", "when": {"items": "/signs/b/present", "match": YES}, "raise": 1}
    document = forms.definition(
        {"signs": forms.matrix({key: forms.shape("sign") for key in "abc"})},
        defs={"sign": SIGN},
        assessments=one_rule({"items": "/signs/a/present", "match": YES}, adjustments=[change]),
    )
    found = said(forms.form(document), present(a="no", b="yes"))
    assert [(one.id, one.state, one.answers) for one in found.adjustments] == [
        ("change", "holds", ("/signs/b/present",))
    ]


def test_prompts_and_checks_say_by_which_answers_they_hold() -> None:
    condition = {"items": EACH, "match": YES}
    form = signs(
        condition,
        prompts=[{"id": "prompt", "when": condition, "urgency": "soon"}, {"id": "always", "urgency": "soon"}],
        checks=[{"id": "check", "when": condition}],
    )
    outcome = form.evaluate(present(b="yes", c="yes"))
    pointers = ("/signs/b/present", "/signs/c/present")
    assert [(prompt.id, prompt.answers) for prompt in outcome.prompts] == [("prompt", pointers), ("always", ())]
    assert [check.answers for check in outcome.evaluation.checks] == [pointers]
    assert [finding.pointer for finding in outcome.findings] == ["/signs/b/present"]


# --- numbers that weigh answers ---------------------------------------------------------------------------------

WEIGHTS = {"none": 0, "some": 1, "much": 3}
ANSWERS = ("none", "some", "much", "not-known")
SCORES = {"items": "/scores/*", "weights": WEIGHTS}
SUM = {"sum": [SCORES]}
HIGHEST = {"highest": [SCORES]}
BANDS = [{"from": 0, "level": "low"}, {"from": 2, "level": "middle"}, {"from": 5, "level": "high"}]


def scored(rule: Any, measures: Any, **questions: Any) -> Form:
    """Return a form of four questions that weigh something, with one rule."""
    scores = forms.section({key: forms.choice(*ANSWERS) for key in "abcd"})
    assessments = [{"id": "risk", "levels": LEVELS, "rules": [{"id": "rule"} | rule]}]
    document = forms.definition({"scores": scores, **questions}, measures=measures, assessments=assessments)
    return forms.form(document)


def holding(measure: str, **match: Any) -> Any:
    return {"level": "high", "when": {"measure": measure, "match": match}}


def scores(**answers: str) -> Any:
    return {"scores": answers}


def at(*keys: str) -> tuple[str, ...]:
    return tuple(f"/scores/{key}" for key in keys)


def open_answers(form: Form, answers: Any, *, draft: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = said(form, answers, draft=draft)
    return found.unanswered, found.not_known


def test_a_sum_that_is_high_enough_is_so_by_the_answers_that_weigh_something() -> None:
    form = scored(holding("total", minimum=3), {"total": SUM})
    assert because(form, scores(a="much", b="none", c="some", d="none")) == ("holds", at("a", "c"))
    assert because(form, scores(a="much", b="not-known", c="none")) == ("holds", at("a"))


def test_a_sum_that_is_too_low_is_so_by_all_answers() -> None:
    form = scored(holding("total", minimum=3), {"total": SUM})
    assert because(form, scores(a="some", b="none", c="some", d="none")) == ("fails", at(*"abcd"))


def test_a_sum_is_left_open_by_the_gaps_in_it() -> None:
    form = scored(holding("total", minimum=3), {"total": SUM})
    assert because(form, scores(a="some", b="none", c="not-known")) == ("unknown", at("c", "d"))
    assert open_answers(form, scores(a="some", b="none", c="not-known")) == (at("d"), at("c"))


def test_gaps_that_cannot_lift_a_sum_far_enough_are_not_listed() -> None:
    form = scored(holding("total", minimum=7), {"total": SUM})
    assert open_answers(form, scores(a="none", b="none", c="not-known")) == ((), ())


def test_the_highest_number_is_so_by_the_answers_that_reach_it() -> None:
    form = scored(holding("worst", minimum=1), {"worst": HIGHEST})
    assert because(form, scores(a="some", b="much", c="none", d="much")) == ("holds", at("b", "d"))
    assert because(form, scores(a="some", b="not-known", c="none")) == ("holds", at("a"))


def test_the_highest_number_is_left_open_by_the_gaps() -> None:
    form = scored(holding("worst", minimum=3), {"worst": HIGHEST})
    assert open_answers(form, scores(a="some", b="not-known", c="none")) == (at("d"), at("b"))
    assert open_answers(form, scores(a="much", b="not-known")) == ((), ())


def test_the_highest_of_other_measures_is_so_by_the_answers_of_the_one_that_reaches_it() -> None:
    first, second = ({"sum": [{"items": f"/scores/{key}", "weights": WEIGHTS}]} for key in "ab")
    measures = {"first": first, "second": second, "worst": {"highest": [{"measure": "first"}, {"measure": "second"}]}}
    form = scored(holding("worst", minimum=3), measures)
    assert because(form, scores(a="some", b="much")) == ("holds", at("b"))
    assert because(form, scores(a="some", b="none")) == ("fails", at("a", "b"))


def test_a_sum_of_measures_is_high_by_the_answers_of_each_that_weigh_something() -> None:
    parts = {key: {"sum": [{"items": f"/scores/{key}", "weights": WEIGHTS}]} for key in "abc"}
    measures = {**parts, "total": {"sum": [{"measure": key} for key in "abc"]}}
    form = scored(holding("total", minimum=3), measures)
    assert because(form, scores(a="some", b="none", c="much")) == ("holds", at("a", "c"))
    assert open_answers(form, scores(a="some", b="not-known", c="none")) == ((), at("b"))


def test_what_decides_on_which_scale_an_answer_is_weighed_is_named_with_it() -> None:
    scale = {"when": {"items": "/kind", "match": {"const": "old"}}, "weights": WEIGHTS}
    other = {"weights": {"none": 0, "else": 9}}
    measures = {"total": {"sum": [{"items": "/scores/a", "choose": [scale, other]}]}}
    form = scored(holding("total", minimum=3), measures, kind=forms.choice("old", "new", "not-known"))
    assert because(form, scores(a="some") | {"kind": "new"}) == ("holds", (*at("a"), "/kind"))
    assert open_answers(form, scores(a="some") | {"kind": "not-known"}) == ((), ("/kind",))
    assert open_answers(form, scores(a="much") | {"kind": "not-known"}) == ((), ())


def test_what_when_leaves_out_is_no_reason_and_leaves_nothing_open() -> None:
    term = SCORES | {"when": {"items": "/counts", "match": YES}}
    form = scored(
        holding("total", minimum=3), {"total": {"sum": [term]}}, counts=forms.choice("yes", "no", "not-known")
    )
    assert because(form, scores(a="much") | {"counts": "yes"}) == ("holds", (*at("a"), "/counts"))
    assert open_answers(form, scores(a="not-known") | {"counts": "no"}) == ((), ())
    everything = scores(a="much", b="none", c="none", d="none")
    assert open_answers(form, everything | {"counts": "not-known"}) == ((), ("/counts",))


def test_a_gap_that_weighs_nothing_is_listed_in_a_draft_alone() -> None:
    form = scored(holding("total", minimum=3), {"total": SUM | {"missing": "zero"}})
    answers = scores(a="some", b="none", c="none", d="not-known")
    assert open_answers(form, answers) == ((), ())
    assert open_answers(form, answers, draft=True) == ((), at("d"))


def test_a_count_that_skips_what_is_not_known_is_not_held_open_by_it() -> None:
    count = {"count": {"items": "/scores/*", "match": {"const": "much"}}, "missing": "zero"}
    measures = {"count": count, "cut": {"sum": [{"items": "/cut"}]}}
    form = scored(holding("count", minimum={"measure": "cut"}), measures, cut=forms.integer())
    answers = scores(a="much", b="not-known", c="none")
    assert open_answers(form, answers) == (("/cut",), ())
    assert open_answers(form, answers, draft=True) == ((*at("d"), "/cut"), at("b"))


def test_what_decides_whether_a_count_has_a_value_is_named_where_that_is_asked() -> None:
    inner = forms.choice("yes", "no", showWhen={"items": "/gate", "match": YES})
    measures = {"count": {"count": {"items": "/inner", "match": YES}}}
    gate = forms.choice("yes", "no", "not-known")
    form = scored(holding("count", answered=True), measures, gate=gate, inner=inner)
    assert open_answers(form, {"gate": "not-known", "inner": "no"}) == ((), ("/gate",))
    assert open_answers(form, {"gate": "no"}) == ((), ())
    assert open_answers(form, {"gate": "yes"}) == ((), ())


def test_a_sum_that_is_scaled_rests_on_every_answer_that_is_given() -> None:
    scaled = SUM | {"missing": {"prorate": {"answered": 2}}}
    form = scored(holding("total", minimum=3), {"total": scaled})
    assert because(form, scores(a="much", b="none", c="not-known")) == ("holds", at("a", "b"))
    assert open_answers(form, scores(a="some", b="none", c="not-known")) == ((), ())


def test_how_many_must_be_answered_is_named_where_it_keeps_the_sum_open() -> None:
    scaled = SUM | {"missing": {"prorate": {"answered": {"measure": "least"}}}}
    measures = {"total": scaled, "least": {"sum": [{"items": "/least"}]}}
    least = forms.integer() | {"minimum": 1, "maximum": 4}
    form = scored(holding("total", minimum=3), measures, least=least)
    assert open_answers(form, scores(a="much", b="none", c="not-known")) == (("/least",), ())
    assert because(form, scores(a="much", b="none") | {"least": 2}) == ("holds", (*at("a", "b"), "/least"))


# --- bands and levels -------------------------------------------------------------------------------------------


def test_the_highest_band_is_reached_by_the_answers_that_weigh_something() -> None:
    form = scored({"measure": "total", "bands": BANDS}, {"total": SUM})
    assert because(form, scores(a="much", b="none", c="much", d="not-known")) == ("holds", at("a", "c"))


def test_any_other_band_is_kept_to_by_all_answers() -> None:
    form = scored({"measure": "total", "bands": BANDS}, {"total": SUM})
    assert because(form, scores(a="much", b="none", c="none", d="none")) == ("holds", at(*"abcd"))
    assert because(form, scores(a="none", b="none", c="none", d="none")) == ("holds", at(*"abcd"))


def test_between_bands_the_gaps_are_named_and_none_that_cannot_reach_another() -> None:
    form = scored({"measure": "total", "bands": BANDS}, {"total": SUM})
    assert open_answers(form, scores(a="some", b="none", c="not-known")) == (at("d"), at("c"))
    assert open_answers(form, scores(a="much", b="much", c="not-known")) == ((), ())


def test_a_bound_that_is_a_number_of_its_own_is_named_where_it_keeps_the_band_open() -> None:
    bands = [{"from": 0, "level": "low"}, {"from": {"measure": "cut"}, "level": "high"}]
    measures = {"total": SUM, "cut": {"sum": [{"items": "/cut"}]}}
    form = scored({"measure": "total", "bands": bands}, measures, cut=forms.integer() | {"minimum": 2, "maximum": 9})
    answers = scores(a="much", b="none", c="none", d="none")
    assert open_answers(form, answers) == (("/cut",), ())
    assert "/cut" in because(form, answers | {"cut": 3})[1]
    assert open_answers(form, scores(a="some", b="none", c="none", d="none")) == ((), ())


def leveled(**more: Any) -> Form:
    """Return a form whose level is the highest of three answers."""
    level = forms.choice("low", "middle", "high", "not-known")
    rule = {"id": "rule", "levelOf": "/levels/*"}
    assessments = [{"id": "risk", "levels": LEVELS, "rules": [rule | more]}]
    questions = {"levels": forms.section(dict.fromkeys("abc", level))}
    return forms.form(forms.definition(questions, assessments=assessments))


def test_the_level_of_answers_is_given_by_those_that_have_it() -> None:
    answers = {"levels": {"a": "low", "b": "middle", "c": "middle"}}
    assert because(leveled(), answers) == ("holds", ("/levels/b", "/levels/c"))


def test_a_level_that_cannot_be_exceeded_is_given_by_the_one_answer() -> None:
    answers = {"levels": {"a": "high", "b": "not-known"}}
    assert because(leveled(), answers) == ("holds", ("/levels/a",))
    assert open_answers(leveled(), answers) == ((), ())


def test_the_level_of_answers_is_left_open_by_those_that_are_not_known() -> None:
    assert open_answers(leveled(), {"levels": {"a": "middle", "b": "not-known"}}) == (("/levels/c",), ("/levels/b",))


def domains(*rules: Any, measures: Any = None, **more: Any) -> Form:
    """Return a form in which one assessment reads two others."""
    questions = {key: forms.choice("yes", "no", "not-known") for key in ("ill", "grave", "poor", "gate")}
    marks = {key: {"items": f"/{key}", "match": YES} for key in ("ill", "grave", "poor")}
    health = [{"id": "ill", "level": "middle", "when": marks["ill"]}]
    health.append({"id": "grave", "level": "high", "when": marks["grave"]})
    home = [{"id": "poor", "level": "middle", "when": marks["poor"]}]
    assessments = [
        {"id": "health", "levels": LEVELS, "rules": health, "otherwise": {"level": "low"}},
        {"id": "home", "levels": LEVELS, "rules": home, "otherwise": {"level": "low"}},
        {"id": "risk", "levels": LEVELS, "rules": list(rules), **more},
    ]
    return forms.form(forms.definition(questions, measures=measures or {}, assessments=assessments))


def test_the_level_of_assessments_is_given_by_the_answers_of_those_that_have_it() -> None:
    form = domains({"id": "rule", "levelOf": ["health", "home"]})
    assert because(form, {"ill": "no", "grave": "yes", "poor": "yes"}) == ("holds", ("/grave",))


def test_the_level_of_assessments_is_left_open_by_the_answers_that_could_lift_it() -> None:
    form = domains({"id": "rule", "levelOf": ["health", "home"]})
    assert open_answers(form, {"ill": "yes", "grave": "not-known", "poor": "not-known"}) == ((), ("/grave",))


def test_a_condition_on_an_assessment_holds_by_the_answers_that_gave_it_its_level() -> None:
    form = domains({"id": "rule", "level": "high", "when": {"assessment": "health", "atLeast": "middle"}})
    assert because(form, {"ill": "yes", "grave": "no", "poor": "yes"}) == ("holds", ("/ill",))
    assert because(form, {"ill": "no", "grave": "no", "poor": "yes"}) == ("fails", ("/ill", "/grave"))


def test_a_condition_on_an_assessment_is_left_open_by_what_could_change_its_level() -> None:
    form = domains({"id": "rule", "level": "high", "when": {"assessment": "health", "atLeast": "middle"}})
    assert open_answers(form, {"ill": "not-known", "poor": "not-known"}) == (("/grave",), ("/ill",))
    assert open_answers(form, {"ill": "yes", "grave": "not-known"}) == ((), ())


def test_a_count_of_assessments_rests_on_the_answers_of_those_that_are_counted() -> None:
    measures = {"raised": {"count": {"assessments": ["health", "home"], "atLeast": "middle"}}}
    form = domains({"id": "rule"} | holding("raised", minimum=1), measures=measures)
    assert because(form, {"ill": "no", "grave": "no", "poor": "yes"}) == ("holds", ("/poor",))
    assert open_answers(form, {"ill": "no", "grave": "no", "poor": "not-known"}) == ((), ("/poor",))


def test_an_assessment_that_may_not_apply_is_left_open_by_what_decides_that() -> None:
    rule = {"id": "rule", "level": "high", "when": {"items": "/ill", "match": YES}}
    form = domains(rule, showWhen={"items": "/gate", "match": YES})
    assert open_answers(form, {"ill": "yes", "gate": "not-known"}) == ((), ("/gate",))
    assert open_answers(form, {"gate": "not-known"}) == (("/ill",), ("/gate",))
    assert open_answers(form, {"ill": "not-known", "gate": "no"}) == ((), ())


def test_rules_of_levels_without_an_order_are_listed_where_they_may_bring_another() -> None:
    rules = [{"id": key, "level": key, "when": {"items": f"/{key}", "match": YES}} for key in ("low", "middle")]
    questions = {key: forms.choice("yes", "no", "not-known") for key in ("low", "middle")}
    assessments = [{"id": "risk", "ordered": False, "levels": LEVELS, "rules": rules}]
    form = forms.form(forms.definition(questions, assessments=assessments))
    assert open_answers(form, {"low": "yes", "middle": "not-known"}) == ((), ("/middle",))
    assert open_answers(form, {"low": "yes", "middle": "yes"}) == ((), ())
    assert open_answers(form, {"low": "yes", "middle": "no"}) == ((), ())


# --- spans of time, and what is not answered at all -------------------------------------------------------------

EVENTS = forms.table(forms.section({"day": forms.date(), "seen": forms.date()}))


def dated(condition: Any) -> Form:
    questions = {"today": forms.date(), "events": EVENTS}
    return forms.form(forms.definition(questions, assessments=one_rule(condition)))


def events(*days: str | None, **more: Any) -> Any:
    return {"events": [{} if day is None else {"day": day} for day in days], **more}


RECENT = {"items": "/events/*/day", "match": {"within": {"months": 1, "before": "/today"}}}
NEAR = {"items": "/events/*/day", "match": {"within": {"months": 1}}, "atLeast": 2}


def test_a_date_lies_in_a_span_by_itself_and_by_the_later_date() -> None:
    answers = events("2024-01-01", "2024-05-01", today="2024-05-10")
    assert because(dated(RECENT), answers) == ("holds", ("/today", "/events/1/day"))


def test_dates_outside_a_span_are_so_by_the_later_date_as_well() -> None:
    answers = events("2024-01-01", today="2024-05-10")
    assert because(dated(RECENT), answers) == ("fails", ("/today", "/events/0/day"))


def test_a_span_is_left_open_by_the_later_date_and_by_the_dates_that_are_blank() -> None:
    form = dated(RECENT)
    assert open_answers(form, events("2024-05-01")) == (("/today",), ())
    assert open_answers(form, events("2024-01-01", None, today="2024-05-10")) == (("/events/1/day",), ())
    assert open_answers(form, events("2024-05-01", None, today="2024-05-10")) == ((), ())


def test_a_date_in_the_same_row_is_the_one_that_is_named() -> None:
    form = dated({"items": "/events/*/day", "match": {"within": {"days": 7, "before": "./seen"}}})
    rows = [{"day": "2024-05-01", "seen": "2024-05-02"}, {"day": "2024-01-01", "seen": "2024-05-02"}]
    assert because(form, {"events": rows}) == ("holds", ("/events/0/day", "/events/0/seen"))
    assert open_answers(form, {"events": [{"day": "2024-05-01"}]}) == (("/events/0/seen",), ())


def test_dates_near_one_another_are_named_and_those_apart_are_not() -> None:
    answers = events("2020-01-01", "2024-05-01", None, "2024-05-10")
    assert because(dated(NEAR), answers) == ("holds", ("/events/1/day", "/events/3/day"))
    assert open_answers(dated(NEAR), answers) == ((), ())


def test_dates_that_lie_apart_are_all_named() -> None:
    assert because(dated(NEAR), events("2020-01-01", "2024-05-01")) == ("fails", ("/events/0/day", "/events/1/day"))


def test_dates_near_one_another_are_left_open_by_those_that_are_blank() -> None:
    assert open_answers(dated(NEAR), events("2020-01-01", None)) == (("/events/1/day",), ())


def test_an_answer_is_no_reason_for_what_the_policy_leaves_open() -> None:
    form = signs({"all": [{"unsettled": "How often is not said."}, {"items": EACH, "match": YES}]})
    assert because(form, present(a="yes")) == ("unknown", ())
    assert open_answers(form, present(a="yes")) == ((), ())
    assert said(form, present(a="yes")).unsettled == ("How often is not said.",)
    assert because(form, present(a="no", b="no", c="no"))[0] == "fails"


def test_the_weight_of_an_option_is_a_reason_by_the_answer_that_chose_it() -> None:
    options = [{"const": key, "title": key, "x-form": {"weight": weight}} for key, weight in (("a", 1), ("b", 3))]
    unknown = {"const": "not-known", "title": "Not known", "x-form": {"unknown": True}}
    questions = {"first": {"oneOf": [*options, unknown]}, "second": {"oneOf": [*options, unknown]}}
    condition = {"items": ["/first", "/second"], "match": {"weight": {"minimum": 2}}}
    form = forms.form(forms.definition(questions, assessments=one_rule(condition)))
    assert because(form, {"first": "a", "second": "b"}) == ("holds", ("/second",))
    assert open_answers(form, {"first": "not-known", "second": "a"}) == ((), ("/first",))
