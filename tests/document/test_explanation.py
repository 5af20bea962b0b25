"""Why a response comes to what it comes to: what is new to an outcome's words, and what could still change it."""

from __future__ import annotations

from typing import Any

from cse_forms.answers.response import Response
from cse_forms.document import tree
from cse_forms.forms import Form
from tests.document.test_policy import texts
from tests.forms import choice, choices, definition, form, integer, section, table, tick

YES = {"const": "yes"}
SIGN = {"items": "/sign", "match": YES}
QUESTIONS = {
    "sign": choice("yes", "no", "not-known", number="1"),
    "other": choice("yes", "no", "not-known", number="2"),
    "gate": tick(number="3"),
    "rate": integer(number="4"),
    "level": choice("low", "middle", "high", number="5"),
    "reason": {"type": "string"},
    "kinds": choices("home", "street", number="6"),
    "log": table(section({"seen": choice("yes", "no")})) | {"title": "Log"},
}
LEVELS: list[dict[str, Any]] = [{"id": "low"}, {"id": "middle"}, {"id": "high"}]
BANDS = [{"from": 0, "to": 10, "level": "low"}, {"from": 11, "to": 15, "level": "high"}]
SCORE = {"score": {"title": "Score", "sum": [{"items": "/rate"}]}}


def made(*rules: dict[str, Any], measures: dict[str, Any] | None = None, **words: Any) -> Form:
    assessment = {"id": "risk", "title": "Risk", "levels": LEVELS, "rules": list(rules), **words}
    return form(definition(QUESTIONS, measures=measures or SCORE, assessments=[assessment]))


def panels(whole: Form, answers: Any, *, draft: bool = False) -> list[tree.Panel]:
    blocks = whole.document(answers, draft=draft).outcome_blocks
    return [block for block in blocks if isinstance(block, tree.Panel)]


def explanation(whole: Form, answers: Any, *, draft: bool = False) -> list[str]:
    return list(texts(whole.explanation(answers, draft=draft).blocks))


def test_a_rule_of_bands_is_told_with_its_number_and_band() -> None:
    whole = made({"id": "of", "measure": "score", "bands": BANDS, "because": "By the score."})
    [terms] = [words for words in panels(whole, {"rate": 12})[0].blocks if isinstance(words, tree.TermList)]
    assert terms.terms == (("High: By the score.", ("'Score': 12, in the band 11 to 15", "4 Rate: 12")),)


def test_a_rule_that_may_give_one_of_two_levels_names_both() -> None:
    bands = [{"from": 0, "level": "low"}, {"from": 2, "level": "high"}]
    counted = {"score": {"count": {"items": ["/sign", "/other"], "match": YES}}}
    whole = made({"id": "of", "measure": "score", "bands": bands, "because": "By the score."}, measures=counted)
    told = list(texts(panels(whole, {"sign": "yes", "other": "not-known"})[0]))
    assert "Low or High: By the score." in told
    assert "the score: 1 to 2" in told


def test_an_assessment_that_does_not_apply_says_nothing_else() -> None:
    whole = made({"id": "sign", "level": "high", "when": SIGN}, showWhen={"items": "/gate", "match": {"const": True}})
    [panel] = panels(whole, {"sign": "yes"})[:1]
    assert (panel.title, panel.blocks) == ("Does not apply here", ())


def test_where_it_is_not_known_whether_it_applies_the_answers_that_tell_are_named() -> None:
    whole = made(
        {"id": "sign", "level": "high", "when": SIGN},
        showWhen={"items": "/other", "match": YES},
        otherwise={"level": "low"},
    )
    told = list(texts(panels(whole, {"sign": "yes", "other": "not-known"})[0]))
    assert "Whether this is to be assessed here is not known: Not Known: 2." in told
    assert "If 'Not known' at 2 became Yes, the level would be High." in told
    assert "If 'Not known' at 2 became No, there would be no level." in told


def test_a_clash_names_the_outcomes_that_clash() -> None:
    rules = [
        {"id": "one", "level": "low", "when": SIGN},
        {"id": "two", "level": "high", "when": {"items": "/other", "match": YES}},
    ]
    whole = made(*rules, ordered=False)
    [panel] = panels(whole, {"sign": "yes", "other": "yes"})[:1]
    assert panel.title == "Nothing is suggested: rules give different outcomes"
    assert "These outcomes are given, and none of them is higher than another: Low, High." in list(texts(panel))


def test_outcomes_without_an_order_that_are_still_possible_are_listed_with_no_level_among_them() -> None:
    whole = made({"id": "one", "level": "low", "when": SIGN}, ordered=False)
    [panel] = panels(whole, {"sign": "not-known", "other": "yes"}, draft=True)[:1]
    assert panel.title == "Nothing is recorded yet that this depends on"
    rules = [
        {"id": "one", "level": "low", "when": SIGN},
        {"id": "two", "level": "low", "when": {"items": "/other", "match": YES}},
    ]
    [panel] = panels(made(*rules, ordered=False), {"sign": "not-known", "other": "no"})[:1]
    assert panel.title == "Not settled yet"
    assert "Still possible: No level is suggested, Low (Not Known: 1)." in list(texts(panel))


def test_what_the_policy_leaves_open_is_told_with_its_reason() -> None:
    rules = [
        {"id": "open", "level": "high", "when": {"all": [SIGN, {"unsettled": "what 'often' means"}]}},
        {"id": "sign", "level": "middle", "when": SIGN},
    ]
    told = explanation(made(*rules), {"sign": "yes"})
    assert "Not ruled out: High (the policy leaves open: what 'often' means)." in told
    assert any(text.startswith("Not known whether rule 1 holds. High:") for text in told)


def test_a_level_that_is_taken_from_an_answer_is_told_with_the_answer() -> None:
    told = explanation(made({"id": "of", "levelOf": "/level", "because": "As decided."}), {"level": "middle"})
    assert "Rule 1 holds. Middle: As decided." in told
    assert "It gives the highest level among 5 Level." in told
    assert "5 Level: Middle" in told


def test_a_rule_that_finds_no_level_elsewhere_says_so() -> None:
    rules = ({"id": "of", "levelOf": "/level", "because": "As decided."}, {"id": "sign", "level": "low", "when": SIGN})
    whole = made(*rules, showWhen=SIGN)
    asked = QUESTIONS | {
        "level": QUESTIONS["level"]
        | {"x-form": {"number": "5", "showWhen": {"items": "/gate", "match": {"const": True}}}}
    }
    words = whole.definition.words.assessments[0].model_dump(by_alias=True, exclude_unset=True)
    hidden = form(definition(asked, measures=SCORE, assessments=[words]))
    assert "Rule 1 does not hold. No level is suggested: As decided." in explanation(hidden, {"sign": "yes"})


def test_what_could_change_is_told_once_for_all_answers_that_would_change_the_same() -> None:
    either = {"items": ["/sign", "/other"], "match": YES}
    rules = [
        {"id": "either", "level": "high", "when": either},
        {"id": "kinds", "level": "middle", "when": {"items": "/kinds", "match": {"contains": {"const": "home"}}}},
    ]
    told = explanation(
        made(*rules, otherwise={"level": "low"}), {"sign": "not-known", "other": "not-known", "kinds": ["home"]}
    )
    assert "If 'Not known' at any of 1-2 became Yes, the level would be High." in told


def test_blank_answers_and_boxes_are_told_as_what_they_would_be() -> None:
    gated = {"items": "/gate", "match": {"const": True}}
    rules = [{"id": "sign", "level": "high", "when": SIGN}, {"id": "gate", "level": "middle", "when": gated}]
    told = explanation(made(*rules, otherwise={"level": "low"}), {"sign": "no"}, draft=True)
    assert "If 3 were ticked, the level would be Middle." in told
    told = explanation(made(*rules, otherwise={"level": "low"}), {"gate": True}, draft=True)
    assert "If 1 were answered Yes, the level would be High." in told


def test_numbers_are_told_with_their_bounds_and_whether_they_have_a_value() -> None:
    measures = {
        "score": {"title": "Score", "sum": [{"items": "/rate"}]},
        "share": {"title": "Share", "quotient": [{"measure": "score"}, 3]},
        "half": {"title": "Half", "quotient": [{"measure": "score"}, 2]},
        "none": {"title": "None", "quotient": [{"measure": "score"}, {"measure": "nought"}]},
        "nought": {"constant": 0},
        "signs": {"title": "Signs", "count": {"items": ["/sign", "/other"], "match": YES}},
    }
    whole = made(measures=measures)
    [numbers] = [block for block in whole.explanation({"rate": 5}).blocks if isinstance(block, tree.Table)]
    assert {row.header: list(texts(row.cells)) for row in numbers.rows} == {
        "'Score'": ["5"],
        "'Share'": ["about 1.667"],
        "'Half'": ["2.5"],
        "'None'": ["no value"],
        "The nought": ["0"],
        "'Signs'": ["up to 2"],
    }


MAY = [
    {"atLeast": "suggested", "because": "It is never lowered."},
    {"atMost": "middle", "when": {"items": "/other", "match": YES}},
]


def judged(answers: dict[str, Any]) -> tree.Panel:
    judgement = {"level": "/level", "reason": "/reason", "may": MAY}
    whole = made({"id": "sign", "level": "middle", "when": SIGN}, otherwise={"level": "low"}, judgement=judgement)
    response = Response(
        form="invented", version="1.0.0", answers=answers, meta={"who": "Jo Sample", "when": "2026-03-31"}
    )
    return panels(whole, response)[1]


def test_a_judgement_says_by_whom_it_was_recorded_and_that_the_policy_permits_it() -> None:
    panel = judged({"sign": "yes", "other": "no", "level": "high", "reason": "What was said."})
    assert panel.title == "High (the form suggests Middle)"
    assert list(texts(panel.blocks)) == [
        "Reason: What was said.",
        "Recorded by Jo Sample on 2026-03-31",
        "The policy permits this.",
    ]


def test_a_judgement_outside_the_limits_says_what_is_permitted_and_why() -> None:
    told = list(texts(judged({"sign": "yes", "other": "no", "level": "low", "reason": "What was said."}).blocks))
    assert told[-2:] == [
        "The policy does not permit this here; it permits Middle or High.",
        "It may be not lower than the suggested level: It is never lowered.",
    ]


def test_a_limit_that_still_waits_is_told_with_what_it_waits_for() -> None:
    told = list(texts(judged({"sign": "yes", "other": "not-known"}).blocks))
    assert "The policy permits Middle or High." in told
    assert "Not in force yet: it may be not higher than Middle. That waits for 2 Other." in told


def test_an_answer_in_a_table_is_named_with_its_row() -> None:
    whole = made({"id": "log", "level": "high", "when": {"items": "/log/*/seen", "match": YES}})
    told = explanation(whole, {"log": [{"seen": "no"}, {"seen": "yes"}]})
    assert any(text.endswith("Seen (row 2): Yes") for text in told)


def test_the_sentences_of_an_assessment_say_level_reasons_and_judgement() -> None:
    whole = made(
        {"id": "sign", "level": "high", "when": SIGN, "because": "A sign."},
        judgement={"level": "/level", "reason": "/reason"},
    )
    document = whole.explanation({"sign": "yes", "level": "high"})
    assert document.outcome is not None
    assert document.outcome["assessments"][0]["explanation"] == [
        "Risk: High.",
        "High: A sign (1 Sign: Yes).",
        "Practitioner's judgement: Risk: High.",
    ]


def test_where_no_rules_are_the_reason_why_nothing_is_suggested_is_told_from_the_beginning() -> None:
    whole = made(otherwise={"because": "The practitioner chooses."}, judgement={"level": "/level", "reason": "/reason"})
    suggested = panels(whole, {})[0]
    assert suggested.title == "No level is suggested"
    assert [words.terms for words in suggested.blocks if isinstance(words, tree.TermList)] == [
        (("The practitioner chooses.", ()),)
    ]
    assert "The practitioner chooses." in explanation(whole, {})


def test_questions_of_one_title_without_numbers_are_told_apart_by_their_sections() -> None:
    last = choice("yes", "no")
    questions = {
        "home": section({"last": last}),
        "school": section({"last": last}),
        "log": table({"type": "object", "properties": {"last": last}}),
        "alone": choice("yes", "no"),
    }
    rule = {
        "id": "any",
        "level": "high",
        "when": {"items": ["/home/last", "/school/last", "/log/*/last"], "match": YES},
    }
    assessment = {"id": "risk", "levels": LEVELS, "rules": [rule], "otherwise": {"level": "low"}}
    whole = form(definition(questions, assessments=[assessment]))
    suggested = panels(whole, {"log": [{"last": "no"}, {}, {}]})[0]
    assert next(words.text for words in suggested.blocks if isinstance(words, tree.Paragraph)) == (
        "Not ruled out: High (not answered: Home - Last, School - Last, Row - Last (row 2), Row - Last (row 3))."
    )


def test_an_adjustment_is_told_with_what_it_does() -> None:
    lower = {"id": "down", "when": SIGN, "lower": 1, "notBelow": "low", "because": "The sign lowers it."}
    always = {"id": "any", "level": "high", "when": {"items": "/other", "match": YES}}
    lines = explanation(made(always, adjustments=[lower]), {"sign": "yes", "other": "yes"})
    title = lines.index("Adjustment 1 is made. The sign lowers it.")
    assert lines[title + 1 : title + 3] == [
        "The level is lowered by one, but not below Low.",
        "It is made where the answer to 1 Sign is Yes.",
    ]


def test_adjustments_are_told_where_there_are_no_rules() -> None:
    low = {"level": "low", "because": "It is so."}
    raised = {"id": "up", "when": SIGN, "raise": 1, "because": "The sign raises it."}
    told = explanation(made(otherwise=low, adjustments=[raised]), {"sign": "yes"})
    assert "Adjustment 1 is made. The sign raises it." in told
    assert "The level is raised by one." in told
