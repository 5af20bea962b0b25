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
