"""Conditions in plain words: what is said is what is evaluated, in the form's own wording."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from cse_forms.schema.conditions import Condition, ItemsCondition, Match, MeasureReference, TagSelector, Within
from cse_forms.thresholds.in_words.conditions import ConditionsInWords
from cse_forms.thresholds.in_words.sentences import SHORT, Saying, sentence
from tests.forms import choice, definition, load, section
from tests.thresholds.spoken import AGREED, SEEN, YES, spoken

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
LIMIT = {"measure": "limit"}
SIGNS = "'Seen?' in section 2 Signs"
DAYS = "/incidents/*/day"


def about(name: str, **match: Any) -> dict[str, Any]:
    return {"items": f"/about/{name}", "match": match}


def of_days(within: dict[str, Any], **words: Any) -> dict[str, Any]:
    return {"items": DAYS, "match": {"within": within}, **words}


def risk(**words: Any) -> dict[str, Any]:
    return {"assessment": "risk", **words}


def score(**match: Any) -> dict[str, Any]:
    return {"measure": "score", "match": match}


SAID: list[tuple[dict[str, Any], str]] = [
    # How many.
    (YES, f"at least one of the answers to {SIGNS} is Yes"),
    (YES | {"atLeast": 2}, f"at least 2 of the answers to {SIGNS} are Yes"),
    (YES | {"atMost": 2}, f"at most 2 of the answers to {SIGNS} are Yes"),
    (YES | {"atMost": 0}, f"none of the answers to {SIGNS} is Yes"),
    (YES | {"atLeast": 2, "atMost": 3}, f"2 to 3 of the answers to {SIGNS} are Yes"),
    (YES | {"atLeast": 2, "atMost": 2}, f"exactly 2 of the answers to {SIGNS} are Yes"),
    (YES | {"every": True}, f"all of the answers to {SIGNS} are Yes"),
    (YES | {"atLeast": LIMIT}, f"of the answers to {SIGNS}, at least as many as the limit (14) are Yes"),
    (
        YES | {"when": {"items": "./what", "match": {"answered": True}}},
        (
            f"at least one of the answers to {SIGNS} is Yes, "
            "counting only those where the question 'What' in the same row is answered"
        ),
    ),
    (
        YES | {"every": True, "when": {"items": "./what", "match": {"answered": True}}},
        (
            f"all of the answers to {SIGNS} are Yes, "
            "looking only at those where the question 'What' in the same row is answered"
        ),
    ),
    (
        about("agreed", const=True) | {"when": about("rate", minimum=3)},
        "the box 1.4 Agreed is ticked, and the answer to 1.5 Rate is 3 or more",
    ),
    # Their contraries.
    ({"not": YES}, f"none of the answers to {SIGNS} is Yes"),
    ({"not": YES | {"atLeast": 2}}, f"fewer than 2 of the answers to {SIGNS} are Yes"),
    ({"not": YES | {"atMost": 0}}, f"at least one of the answers to {SIGNS} is Yes"),
    ({"not": YES | {"atMost": 2}}, f"more than 2 of the answers to {SIGNS} are Yes"),
    ({"not": YES | {"atLeast": 2, "atMost": 3}}, f"fewer than 2 or more than 3 of the answers to {SIGNS} are Yes"),
    ({"not": YES | {"every": True}}, f"not all of the answers to {SIGNS} are Yes"),
    (
        {"not": YES | {"atLeast": LIMIT}},
        f"it does not hold that of the answers to {SIGNS}, at least as many as the limit (14) are Yes",
    ),
    ({"not": AGREED}, "the box 1.4 Agreed is not ticked"),
    ({"not": AGREED | {"atMost": 0}}, "the box 1.4 Agreed is ticked"),
    # What is asked of an answer.
    (about("school", const="not-known"), "the answer to 1.6 'Which school?' is Not known"),
    (about("school", enum=["hill", "lane"]), "the answer to 1.6 'Which school?' is Hill or Lane"),
    (
        about("school", **{"not": {"enum": ["hill", "lane"]}}),
        "the answer to 1.6 'Which school?' is neither Hill nor Lane",
    ),
    (about("agreed", const=False), "the box 1.4 Agreed is not ticked"),
    (about("rate", minimum=6, maximum=10), "the answer to 1.5 Rate is 6 to 10"),
    (
        about("rate", **{"not": {"minimum": 6, "maximum": 10}}),
        "the answer to 1.5 Rate is less than 6 or is more than 10",
    ),
    (about("rate", exclusiveMinimum=2), "the answer to 1.5 Rate is more than 2"),
    (about("rate", maximum=2.5), "the answer to 1.5 Rate is 2.5 or less"),
    (about("rate", minimum=6, exclusiveMaximum=10.0), "the answer to 1.5 Rate is 6 or more and is less than 10"),
    (about("rate", minimum=LIMIT), "the answer to 1.5 Rate is at least the limit (14)"),
    (about("rate", **{"not": {"minimum": LIMIT}}), "the answer to 1.5 Rate is not at least the limit (14)"),
    (about("rate", const=LIMIT), "the answer to 1.5 Rate is the limit (14)"),
    (about("name", minLength=5), "the answer to 1.1 Name has at least 5 characters"),
    (about("name", **{"not": {"minLength": 5}}), "the answer to 1.1 Name has fewer than 5 characters"),
    (about("name", const="abc"), "the answer to 1.1 Name is 'abc'"),
    (about("name", type="string"), "the answer to 1.1 Name is a text"),
    (about("name", answered=False), "the question 1.1 Name is not answered"),
    (about("born", const="2020-03-01"), "the date at 1.2 Date of birth is 1 March 2020"),
    ({"items": "/kinds", "match": {"contains": {"const": "home"}}}, "the answer to 5 Kinds includes Home"),
    (
        {"items": "/kinds", "match": {"not": {"contains": {"enum": ["home", "net"]}}}},
        "the answer to 5 Kinds does not include Home or Net",
    ),
    (
        {"items": "/kinds", "match": {"contains": {"weight": {"minimum": 1}}}},
        "the answer to 5 Kinds includes an option that has a weight that is 1 or more",
    ),
    (
        {"items": "/weighed", "match": {"weight": {"minimum": 1}}},
        "the answer to 6 Weighed has a weight that is 1 or more",
    ),
    # Spans of time.
    (
        about("born", within={"months": 12, "before": "/about/today"}),
        "the date at 1.2 Date of birth lies within the 12 months up to and including 1.3 Date",
    ),
    (
        about("born", within={"years": 1, "before": "/about/today"}),
        "the date at 1.2 Date of birth lies within the year up to and including 1.3 Date",
    ),
    (
        about("born", within={"days": LIMIT, "before": "/about/today"}),
        "the date at 1.2 Date of birth lies within as many days up to and including 1.3 Date as the limit (14)",
    ),
    (
        of_days({"months": 12}, atLeast=3),
        "at least 3 of the dates at 'Day' in the table 4 Incidents lie within 12 months of one another",
    ),
    (
        of_days({"days": LIMIT}, every=True),
        "all of the dates at 'Day' in the table 4 Incidents lie within as many days of one another as the limit (14)",
    ),
    (
        of_days({"months": 6, "before": "/about/today"}, when={"items": "./police", "match": {"const": True}}),
        (
            "at least one of the dates at 'Day' in the table 4 Incidents lies within the 6 months up to and including "
            "1.3 Date, counting only those where the box 'Police' in the same row is ticked"
        ),
    ),
    # Which answers.
    (
        {"items": "/boxes/*", "match": {"const": True}, "atLeast": 2},
        "at least 2 of the boxes in section 3 Boxes are ticked",
    ),
    (
        {"items": ["/boxes/cold", "/boxes/wet"], "match": {"const": True}},
        "at least one of the boxes 3.1 Cold and 3.2 Wet is ticked",
    ),
    (
        {"items": {"tag": "marked", "at": "seen"}, "match": {"const": "yes"}},
        "at least one of the answers to 'Seen?' of the items marked 'marked' is Yes",
    ),
    (
        {"items": {"tag": "cold"}, "match": {"const": True}},
        "at least one of the boxes marked 'cold' is ticked",
    ),
    (
        {"items": "/about/*", "match": {"answered": True}, "every": True},
        "all of the questions in section 1 About are answered",
    ),
    ({"items": "/*/*/seen", "match": {"const": "yes"}}, "at least one of the answers to 'Seen?' in this form is Yes"),
    # Numbers.
    (score(minimum=6, maximum=10), "'Score' is 6 to 10"),
    (score(answered=False), "'Score' has no value"),
    ({"not": score(answered=False)}, "'Score' has a value"),
    ({"not": score(minimum=6)}, "'Score' is less than 6, or has no value"),
    (score(**{"not": {"minimum": 6}}), "'Score' is less than 6"),
    (
        {"measure": "age", "match": {"exclusiveMaximum": 13}},
        "the age (completed years from 1.2 Date of birth to 1.3 Date) is less than 13",
    ),
    # Levels.
    (risk(atLeast="middle"), "'Risk' is Middle or higher"),
    (risk(atMost="middle"), "'Risk' is Middle or lower"),
    (risk(atLeast="low", atMost="middle"), "'Risk' is Low to Middle"),
    (risk(atLeast="middle", atMost="middle"), "'Risk' is Middle"),
    (risk(match={"const": "high"}), "'Risk' is High"),
    (risk(match={"not": {"const": "high"}}), "'Risk' has another level than High"),
    (risk(match={"answered": False}), "'Risk' has no level"),
    ({"not": risk(atLeast="high")}, "'Risk' is lower than High, or has no level"),
    ({"not": risk(match={"const": "high"})}, "'Risk' is not High, or has no level"),
    ({"not": risk(match={"answered": False})}, "'Risk' has a level"),
    # What joins conditions.
    ({"condition": "too-young"}, "the condition 'too young' holds"),
    ({"not": {"condition": "too-young"}}, "the condition 'too young' does not hold"),
    ({"unsettled": "what counts as late"}, "the policy leaves this open: what counts as late"),
    ({"not": {"unsettled": "What is late is not said."}}, "the policy leaves this open: What is late is not said"),
    ({"not": {"unsettled": "what counts as late"}}, "the policy leaves this open: what counts as late"),
    ({"all": [YES, AGREED]}, f"at least one of the answers to {SIGNS} is Yes, and the box 1.4 Agreed is ticked"),
    ({"any": [YES, AGREED]}, f"at least one of the answers to {SIGNS} is Yes, or the box 1.4 Agreed is ticked"),
    (
        {"not": {"any": [YES, AGREED]}},
        f"none of these holds: at least one of the answers to {SIGNS} is Yes; the box 1.4 Agreed is ticked",
    ),
    (
        {"not": {"all": [YES, AGREED]}},
        f"not all of these hold: at least one of the answers to {SIGNS} is Yes; the box 1.4 Agreed is ticked",
    ),
    ({"not": {"not": YES}}, f"at least one of the answers to {SIGNS} is Yes"),
    ({"all": [YES]}, f"at least one of the answers to {SIGNS} is Yes"),
]


@pytest.mark.parametrize(("condition", "said"), SAID, ids=[json.dumps(condition) for condition, _ in SAID])
def test_a_condition_is_said_in_these_words(condition: dict[str, Any], said: str) -> None:
    assert ConditionsInWords(spoken()).condition(CONDITION.validate_python(condition)).line() == said


def models_in(node: object) -> Iterator[BaseModel]:
    if isinstance(node, BaseModel):
        yield node
        for name in node.model_fields_set:
            yield from models_in(getattr(node, name))
    elif isinstance(node, tuple):
        for member in node:
            yield from models_in(member)


def test_every_kind_of_condition_and_every_word_of_it_is_among_them() -> None:
    found = [model for condition, _ in SAID for model in models_in(CONDITION.validate_python(condition))]
    # Each member of the union is an Annotated model.
    union = get_args(get_args(Condition.__value__)[0])
    assert {type(model) for model in found} >= {get_args(member)[0] for member in union}
    for model in (Match, ItemsCondition, Within, TagSelector, MeasureReference):
        said = {name for one in found if isinstance(one, model) for name in one.model_fields_set}
        assert said == set(model.model_fields)


def test_what_is_the_same_is_named_for_both_of_its_questions_where_their_titles_differ() -> None:
    words = ConditionsInWords(spoken())
    condition = CONDITION.validate_python({"items": [SEEN, "/about/school"], "match": {"const": "not-known"}})
    assert words.condition(condition).line() == (
        f"at least one of the answers to 1.6 'Which school?' and {SIGNS} is Not known"
    )


def test_a_pointer_that_stays_in_each_of_several_sections_says_so() -> None:
    answers = {"gate": choice("yes", "no"), "sign": choice("yes", "no")}
    form = load(definition({"home": section(answers), "school": section(answers)}))
    when = {"items": "./gate", "match": {"const": "yes"}}
    condition = {"items": ["/home/sign", "/school/sign"], "match": {"const": "yes"}, "when": when}
    assert ConditionsInWords(form).condition(CONDITION.validate_python(condition)).line() == (
        "at least one of the answers to 'Sign' in section 'Home' and 'Sign' in section 'School' is Yes, "
        "counting only those where the answer to 'Gate' in the same section is Yes"
    )


def test_parts_are_points_below_the_sentence_and_two_short_ones_are_one_sentence() -> None:
    inner = {"any": [YES, AGREED]}
    saying = ConditionsInWords(spoken()).condition(CONDITION.validate_python({"all": [YES, inner]}))
    assert [depth for depth, _ in saying.points()] == [0, 1, 1]
    outer = ConditionsInWords(spoken()).condition(CONDITION.validate_python({"all": [YES, AGREED, {"any": [YES] * 3}]}))
    assert next(outer.points()) == (0, "all of these hold:")
    assert [depth for depth, _ in outer.points()] == [0, 1, 1, 1, 2, 2, 2]


def test_long_parts_are_points_even_if_they_are_two() -> None:
    long = Saying("x" * SHORT)
    assert len(list(Saying("both hold", (long, long), "{first}, and {last}").points())) == 3


@pytest.mark.parametrize(
    ("clause", "said"),
    [("it holds", "It holds."), ("'Score' is 6", "'Score' is 6."), ("is it so?", "Is it so?"), ("a list:", "A list:")],
)
def test_a_clause_becomes_a_sentence(clause: str, said: str) -> None:
    assert sentence(clause) == said
