"""What is said of an unknown: the bounds are never narrower than the truth, and what could change them is listed."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import cse_forms
from cse_forms.forms import Form
from cse_forms.schema.items import NO_DEFAULT, Item, Kind, Question, Section, Table
from cse_forms.thresholds.intervals import Interval
from tests import forms
from tests.property.answers import BLANK, answers, known_answer
from tests.property.definitions import Words, definitions

SHIPPED = [cse_forms.get_form(name) for name in cse_forms.Catalogue.shipped().versions()]
TOOLBOX = cse_forms.get_form("cse-toolbox")

COMPLETE = Words(asks_not_known=False, asks_answered=False, fills_gaps=False)
"""Whether an answer is blank or Not Known is itself what such a form asks: no known answer stands in its place."""
DRAFT = Words(asks_not_known=False)
FEW = Words(asks_not_known=False, tables=False, only_options=True)

Fill = Callable[[Question, str], Any]
"""What to give in place of a blank or a Not Known: by the question, and the pointer at which its answer stands."""
Rows = Callable[[str], int | None]
"""How many rows to add to a blank table, by its pointer; None leaves it as it is."""


def no_rows(_: str) -> None:
    return None


def filled(form: Form, response: Any, fill: Fill, *, draft: bool, rows: Rows) -> Any:
    """Return the answers with their gaps filled; `BLANK` leaves one as it is."""
    made = _filled(form.definition.root, response, "", fill, draft=draft, rows=rows)
    return {} if made is BLANK else made


def _filled(item: Item, value: Any, at: str, fill: Fill, *, draft: bool, rows: Rows) -> Any:
    if isinstance(item, Question):
        if not is_open(item, value, draft=draft):
            return value
        answer = fill(item, at)
        if answer is BLANK:
            return value
        # Of several options, those that are known to be chosen stay; the Not Known among them may stand for others.
        known = [option.value for option in item.options if not option.unknown]
        kept = [one for one in value if one in known] if isinstance(value, list) else []
        return [*kept, *(one for one in answer if one not in kept)] if isinstance(answer, list) else answer
    if isinstance(item, Table):
        if value is BLANK and (draft or item.default != []) and (count := rows(at)) is not None:
            value = [{} for _ in range(count)]
        if value is BLANK:
            return BLANK
        return [
            _filled(item.row, row, f"{at}/{number}", fill, draft=draft, rows=rows) for number, row in enumerate(value)
        ]
    members = {} if value is BLANK else value
    made = {
        key: _filled(child, members.get(key, BLANK), f"{at}/{key}", fill, draft=draft, rows=rows)
        for key, child in item.children.items()
    }
    return {key: member for key, member in made.items() if member is not BLANK}


def is_open(question: Question, value: Any, *, draft: bool) -> bool:
    """Whether an answer is blank, with no default in its place, or Not Known."""
    if value is BLANK:
        return draft or question.default is NO_DEFAULT
    unknown = [option.value for option in question.options if option.unknown]
    return any(one in unknown for one in (value if isinstance(value, list) else [value]))


@dataclass(frozen=True)
class Bounds:
    """What is not ruled out: the levels of each assessment, and the numbers of each measure."""

    levels: dict[str, set[str | None]]
    numbers: dict[str, Interval]

    def holds(self, other: Bounds) -> bool:
        """Whether the other leads nowhere outside."""
        return all(levels <= self.levels[name] for name, levels in other.levels.items()) and all(
            encloses(self.numbers[name], number) for name, number in other.numbers.items()
        )


def encloses(before: Interval, after: Interval) -> bool:
    """Whether a number that was one of these may be one of those."""
    if before.has_value not in {after.has_value, None}:
        return False
    if after.has_value is False:
        return True
    return (before.lowest is None or (after.lowest is not None and before.lowest <= after.lowest)) and (
        before.highest is None or (after.highest is not None and before.highest >= after.highest)
    )


def bounds(form: Form, response: Any, *, draft: bool) -> Bounds:
    outcome = form.evaluate(response, draft=draft)
    return Bounds(
        {name: set(found.possible) for name, found in outcome.assessments.items()},
        {name: found.interval for name, found in outcome.measures.items()},
    )


LEFT_OPEN = re.compile('"(unsettled|half-open|within|ordered)"')
"""What may stay open when every answer is given: what the policy leaves open, and spans of which no end is asked."""


def check_within(form: Form, completed: Any, before: Bounds) -> None:
    after = bounds(form, completed, draft=False)
    assert before.holds(after)
    if not LEFT_OPEN.search(json.dumps(form.schema)):
        assert all(len(levels) == 1 for levels in after.levels.values())


def draw_completion(data: st.DataObject, form: Form, response: Any, *, draft: bool) -> Any:
    def fill(question: Question, at: str) -> Any:
        return data.draw(known_answer(question), label=at)

    def rows(at: str) -> int:
        return data.draw(st.integers(0, 2), label=at)

    return filled(form, response, fill, draft=draft, rows=rows)


@given(definitions(DRAFT), st.data())
def test_however_a_draft_is_completed_the_level_is_one_that_was_possible(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    response = data.draw(answers(form, gaps=1))
    before = bounds(form, response, draft=True)
    check_within(form, draw_completion(data, form, response, draft=True), before)


@given(definitions(COMPLETE), st.data())
def test_whatever_the_unknown_answers_are_the_level_is_one_that_was_possible(
    document: Any, data: st.DataObject
) -> None:
    form = Form(forms.load(document))
    response = data.draw(answers(form, gaps=1))
    before = bounds(form, response, draft=False)
    check_within(form, draw_completion(data, form, response, draft=False), before)


@given(definitions(FEW), st.data())
def test_no_completion_at_all_leaves_the_bounds(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    response = data.draw(answers(form, gaps=4))
    before = bounds(form, response, draft=True)
    for response_completed in islice(completions(form, response), 300):
        check_within(form, response_completed, before)


def completions(form: Form, response: Any) -> Iterator[Any]:
    """Yield the answers completed in every way that there is."""
    gaps: dict[str, list[Any]] = {}

    def note(question: Question, at: str) -> Any:
        gaps[at] = [option.value for option in question.options if not option.unknown] or [True, False]
        if question.kind is Kind.CHOICES:
            gaps[at] = [[], *([value] for value in gaps[at]), gaps[at]]
        return BLANK

    filled(form, response, note, draft=True, rows=no_rows)
    for chosen in product(*gaps.values()):
        yield completed(form, response, dict(zip(gaps, chosen, strict=True)))


def completed(form: Form, response: Any, given: dict[str, Any]) -> Any:
    return filled(form, response, lambda _, at: given[at], draft=True, rows=no_rows)


@given(definitions(DRAFT), st.data())
def test_an_answer_to_a_draft_that_is_not_listed_changes_no_level(document: Any, data: st.DataObject) -> None:
    check_unlisted(Form(forms.load(document)), data, draft=True)


@given(definitions(COMPLETE), st.data())
def test_an_answer_to_a_complete_response_that_is_not_listed_changes_no_level(
    document: Any, data: st.DataObject
) -> None:
    check_unlisted(Form(forms.load(document)), data, draft=False)


@given(st.sampled_from(SHIPPED), st.data())
def test_an_answer_to_a_shipped_form_that_is_not_listed_changes_no_level(form: Form, data: st.DataObject) -> None:
    check_unlisted(form, data, draft=True)


def check_unlisted(form: Form, data: st.DataObject, *, draft: bool) -> None:
    """Answer what keeps no assessment open, and see that none moves."""
    response = data.draw(answers(form, gaps=2))
    before = form.evaluate(response, draft=draft).assessments
    listed = {pointer for found in before.values() for pointer in (*found.unanswered, *found.not_known)}

    def fill(question: Question, at: str) -> Any:
        return BLANK if at in listed else data.draw(known_answer(question) | st.just(BLANK), label=at)

    def rows(at: str) -> int | None:
        return None if at in listed else data.draw(st.integers(0, 2), label=at)

    after = form.evaluate(filled(form, response, fill, draft=draft, rows=rows), draft=draft).assessments
    assert {name: found.possible for name, found in after.items()} == {
        name: found.possible for name, found in before.items()
    }


@given(definitions(), st.booleans(), st.data())
def test_only_answers_that_are_open_are_listed(document: Any, draft: bool, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    response = data.draw(answers(form, gaps=2))
    unanswered: set[str] = set()
    not_known: set[str] = set()

    def note(question: Question, at: str) -> Any:
        (not_known if value_at(response, at) is not BLANK else unanswered).add(at)
        return BLANK

    def rows(at: str) -> None:
        unanswered.add(at)

    filled(form, response, note, draft=draft, rows=rows)
    for found in form.evaluate(response, draft=draft).assessments.values():
        assert set(found.unanswered) <= unanswered
        assert set(found.not_known) <= not_known
        assert not (found.determined and (found.unanswered or found.not_known))


def value_at(response: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        response = response[int(part)] if isinstance(response, list) else response.get(part, BLANK)
        if response is BLANK:
            break
    return response


@given(definitions(), st.data())
def test_handing_in_a_draft_only_narrows_what_is_possible(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    response = data.draw(answers(form, gaps=1))
    assert bounds(form, response, draft=True).holds(bounds(form, response, draft=False))


@given(definitions(Words(hides=False)), st.data())
def test_the_answers_that_are_named_for_it_make_a_rule_hold_or_fail(document: Any, data: st.DataObject) -> None:
    form = Form(forms.load(document))
    response = data.draw(answers(form, gaps=1))
    for name, assessment in form.evaluate(response, draft=True).assessments.items():
        for index, rule in enumerate(assessment.rules):
            if rule.truth is not None:
                alone = kept(form.definition.root, response, "", set(rule.answers))
                again = form.evaluate(alone, draft=True).assessments[name].rules[index]
                assert again.truth is rule.truth


def kept(item: Item, value: Any, at: str, pointers: set[str]) -> Any:
    """Return the answers without those that are not named; the rows of tables stay."""
    if isinstance(item, Question):
        return value if at in pointers else BLANK
    if isinstance(item, Table):
        return [kept(item.row, row, f"{at}/{number}", pointers) for number, row in enumerate(value)]
    assert isinstance(item, Section)
    made = {
        key: kept(child, value[key], f"{at}/{key}", pointers) for key, child in item.children.items() if key in value
    }
    return {key: member for key, member in made.items() if member is not BLANK}


ACTUAL = [question for question in TOOLBOX.definition.questions.values() if question.keys[0] == "actual"]


@given(answers(TOOLBOX), st.booleans(), st.sampled_from([q for q in ACTUAL if q.keys[-1] == "taking-place"]))
def test_saying_yes_to_an_indicator_of_actual_abuse_never_lowers_the_level(
    response: Any, draft: bool, indicator: Question
) -> None:
    order = [None, "standard", "medium", "high", "actual"]
    before = TOOLBOX.evaluate(response, draft=draft).assessments["risk"]
    said = copy.deepcopy(response)
    said.setdefault("actual", {}).setdefault(indicator.keys[1], {})["taking-place"] = "yes"
    after = TOOLBOX.evaluate(said, draft=draft).assessments["risk"]
    assert order.index(after.lowest) >= order.index(before.lowest)
    assert order.index(after.highest) >= order.index(before.highest)
    assert after.possible == ("actual",)
