"""What would come out if answers were other than they are: single answers, and the smallest sets of them."""

from __future__ import annotations

import copy
import itertools
import json
from typing import Any

import pytest

import cse_forms
from cse_forms.thresholds.policy import Policy
from cse_forms.thresholds.supposing.smallest_sets import SmallestSets, smallest_sets
from cse_forms.thresholds.supposing.what_if import Possibility, single_changes, supposing, without
from tests.coverage import policies
from tests.forms import Document, choice, date, integer, load, section, table, text

YES = {"const": "yes"}


def policy_of(document: Document) -> Policy:
    return Policy(load(document))


def found(document: Document, answers: Any, **words: Any) -> SmallestSets:
    (one,) = smallest_sets(policy_of(document), answers, draft=False, **words)
    return one


def told(possibilities: tuple[Possibility, ...]) -> list[tuple[list[tuple[str, Any]], tuple[str | None, ...]]]:
    return [([(one.instance.pointer, one.value) for one in each.supposed], each.possible) for each in possibilities]


def test_an_answer_is_supposed_without_touching_those_that_are_there() -> None:
    answers = {"a": {"b": 1}, "rows": [{"x": 1}]}
    before = copy.deepcopy(answers)
    assert supposing(answers, ("a", "c"), 2) == {"a": {"b": 1, "c": 2}, "rows": [{"x": 1}]}
    assert supposing(answers, ("rows", 0, "x"), 2)["rows"] == [{"x": 2}]
    assert supposing(answers, ("rows", 1, "x"), 2)["rows"] == [{"x": 1}, {"x": 2}]
    assert supposing(answers, ("new", 0, "x"), 2)["new"] == [{"x": 2}]
    assert without(answers, ("a", "b")) == {"a": {}, "rows": [{"x": 1}]}
    assert without(answers, ("a", "c")) == answers
    assert answers == before


def test_single_changes_are_those_after_which_other_levels_are_possible() -> None:
    answers = {"signs": {row: {"seen": "no"} for row in ("late", "gifts")} | {"friends": {"seen": "yes"}}}
    changes = single_changes(policy_of(policies.counting()), answers | {"worse": "no"}, draft=False)
    assert told(changes) == [
        ([("/signs/absent/seen", "yes")], ("high",)),
        ([("/signs/absent/seen", "no")], ("low",)),
    ]


def test_a_limit_to_single_changes_is_kept() -> None:
    assert len(single_changes(policy_of(policies.counting()), {}, draft=False, limit=1)) == 1


def test_of_signs_that_are_alike_one_stands_for_all() -> None:
    sets = found(policies.counting(), {"worse": "no"})
    settling = {each.possible: each for each in sets.settling}
    high = settling["high",]
    assert [(one.instance.pointer, one.value, len(one.alike)) for one in high.supposed] == [
        ("/signs/late/seen", "yes", 3),
        ("/signs/gifts/seen", "yes", 2),
    ]
    assert [one.value for one in settling["low",].supposed] == ["no", "no", "no"]
    assert set(settling) == {("high",), ("low",)}


def test_signs_that_are_not_answered_alike_do_not_stand_for_each_other() -> None:
    known = {"items": "./police", "match": YES}
    rule = {"id": "known", "level": "high", "when": {"items": "/signs/*/seen", "match": YES, "when": known}}
    document = policies.policy({"signs": policies.SIGNS}, rules=[rule])
    answers = {"signs": {"late": {"police": "yes"}, "gifts": {"police": "no"}, "friends": {"police": "yes"}}}
    sets = found(document, answers)
    first = next(each for each in sets.settling if each.possible == ("high",)).supposed[0]
    assert first.instance.pointer == "/signs/late/seen"
    assert [other.pointer for other in first.alike] == ["/signs/friends/seen"]


def test_the_smallest_sets_that_change_what_is_suggested_are_told_apart_from_those_that_settle() -> None:
    sets = found(policies.counting(), {"signs": {"late": {"seen": "yes"}}})
    assert ([("/signs/gifts/seen", "yes")], ("high", "highest")) in told(sets.changing)
    assert all(each.possible[0] != "low" for each in sets.changing)


def test_no_set_settles_what_the_form_offers_no_no_for() -> None:
    rule = {"id": "any", "level": "high", "when": {"items": ["/one", "/two"], "match": YES}}
    document = policies.policy({"one": choice("yes", "not-known"), "two": choice("yes", "not-known")}, rules=[rule])
    sets = found(document, {})
    assert {each.possible for each in sets.settling} == {("high",)}
    assert sets.is_exhaustive


def test_the_search_says_that_it_was_given_up() -> None:
    sets = found(policies.counting(), {}, budget=10)
    assert sets.largest < sets.wanted
    assert not sets.is_exhaustive


def test_numbers_are_tried_beside_the_boundaries() -> None:
    rule = {"id": "fast", "level": "high", "when": {"items": "/rate", "match": {"minimum": 20}}}
    sets = found(policies.policy({"rate": integer()}, rules=[rule]), {})
    assert ([("/rate", 19)], ("low",)) in told(sets.settling)
    assert ([("/rate", 20)], ("high",)) in told(sets.settling)


def test_dates_are_tried_at_both_sides_of_a_birthday() -> None:
    sets = found(policies.ages(), {"on": "2026-03-31"})
    settled = {each[0][0][1]: each[1] for each in told(sets.settling)}
    assert settled["2013-03-31"] == ("low",)
    assert settled["2013-04-01"] == ("high",)


def test_dates_are_tried_at_the_ends_of_a_span_in_the_same_row() -> None:
    lately = {"items": "/visits/*/on", "match": {"within": {"months": 12, "before": "./until"}}}
    visits = table(section({"on": date(), "until": date()}))
    document = policies.policy({"visits": visits}, rules=[{"id": "lately", "level": "high", "when": lately}])
    sets = found(document, {"visits": [{"until": "2026-03-31"}]})
    settled = {each[0][0][1]: each[1] for each in told(sets.settling)}
    assert settled["2025-03-31"] == ("high",)
    assert settled["2025-03-30"] == ("low",)


def test_where_many_answers_are_needed_a_set_is_told_of_which_none_can_be_left_out() -> None:
    names = [f"part-{number}" for number in range(9)]
    every = {"items": [f"/{name}" for name in names], "match": {"minLength": 3}, "every": True}
    document = policies.policy({name: text() for name in names}, rules=[{"id": "all", "level": "high", "when": every}])
    sets = found(document, {})
    (enough,) = sets.enough
    assert [one.instance.pointer for one in enough.supposed] == [f"/{name}" for name in names]
    assert enough.possible == ("high",)


def test_rows_that_nobody_knows_are_not_tried() -> None:
    rule = {"id": "any", "level": "high", "when": {"items": "/visits/*/kind", "match": YES}}
    document = policies.policy({"visits": table(section({"kind": choice("yes", "no")}))}, rules=[rule])
    (sets,) = smallest_sets(policy_of(document), {}, draft=True)
    assert sets.settling == ()
    assert [instance.pointer for instance in sets.untried] == ["/visits"]


def test_of_levels_without_an_order_those_that_settle_are_told() -> None:
    sets = found(policies.routes(), {"signs": {"late": {"seen": "no"}}})
    assert {each.possible for each in sets.settling} == {("none",), ("school",)}


@pytest.mark.parametrize("name", ["counting", "same row", "every and most", "bands", "answers as levels"])
def test_the_sets_are_the_smallest_that_there_are(name: str) -> None:
    document = policies.POLICIES[name]
    policy = policy_of(document)
    sets = found(document, {})
    settled = {each.possible[0]: len(each.supposed) for each in reversed(sets.settling)}
    outcome = policy.evaluate({}, draft=False).assessments["risk"]
    values = {
        instance.keys: [option.value for option in instance.question.options if not option.unknown]
        for instance in outcome.open
    }
    for size in range(1, 3):
        for places in itertools.combinations(values, size):
            for chosen in itertools.product(*(values[place] for place in places)):
                answers: Any = {}
                for place, value in zip(places, chosen, strict=True):
                    answers = supposing(answers, place, value)
                possible = policy.evaluate(answers, draft=False).assessments["risk"].possible
                if len(possible) == 1:
                    assert settled[possible[0]] <= size, json.dumps(answers)


def test_what_is_told_comes_out_so() -> None:
    for document in policies.POLICIES.values():
        policy = policy_of(document)
        for sets in smallest_sets(policy, {}, draft=True):
            for each in (*sets.settling, *sets.changing, *sets.enough):
                answers: Any = {}
                for one in each.supposed:
                    answers = supposing(answers, one.instance.keys, one.value)
                assert policy.evaluate(answers, draft=True).assessments["risk"].possible == each.possible


def test_a_yes_to_any_of_the_alike_does_as_well() -> None:
    definition = cse_forms.get_form("cse-toolbox").definition
    policy = Policy(definition)
    answers = {"actual": {"under-13": {"taking-place": "not-known", "notes": "To be asked."}}}
    (sets,) = smallest_sets(policy, answers, draft=False)
    for each in sets.settling:
        (one,) = each.supposed
        for instance in (one.instance, *one.alike):
            changed = supposing(answers, instance.keys, one.value)
            assert policy.evaluate(changed, draft=False).assessments["risk"].possible == each.possible


def test_the_ends_of_the_steps_of_a_lowest_number_are_tried() -> None:
    steps = [{"maximum": 8, "weight": 1}, {"weight": 5}]
    document = policies.policy(
        {"rate": integer()},
        measures={"least": {"lowest": [{"items": "/rate", "steps": steps}]}},
        rules=[{"id": "of", "measure": "least", "bands": [{"to": 2, "level": "low"}, {"level": "high"}]}],
    )
    settled = told(found(document, {}).settling)
    assert ([("/rate", 8)], ("low",)) in settled
    assert ([("/rate", 9)], ("high",)) in settled


def test_the_days_after_which_so_many_completed_years_end_are_tried() -> None:
    young = {"measure": "age", "match": {"maximum": 17}}
    document = policies.policy(
        {"born": date(), "on": date()},
        measures={"age": {"years": {"from": "/born", "to": "/on"}}},
        rules=[{"id": "young", "level": "high", "when": young}],
    )
    settled = {each[0][0][1]: each[1] for each in told(found(document, {"on": "2026-03-31"}).settling)}
    assert settled["2008-03-31"] == ("low",)
    assert settled["2008-04-01"] == ("high",)


def test_without_a_row_those_after_it_take_its_place() -> None:
    answers = {"rows": [{"x": 1}, {"x": 2}, {"x": 3}]}
    assert without(answers, ("rows", 1)) == {"rows": [{"x": 1}, {"x": 3}]}
    assert without(answers, ("rows",)) == {}
    assert answers == {"rows": [{"x": 1}, {"x": 2}, {"x": 3}]}
