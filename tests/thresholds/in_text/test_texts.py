"""Conditions, measures and bands as short texts that are read back to the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cse_forms.errors import ConditionTextError
from cse_forms.schema.conditions import Condition, Measure
from cse_forms.schema.vocabulary import Band
from cse_forms.thresholds.in_text.reading import read_condition
from cse_forms.thresholds.in_text.reading_measures import read_bands, read_measure
from cse_forms.thresholds.in_text.said import condition_text
from cse_forms.thresholds.in_text.said_measures import bands_text, measure_text
from tests.thresholds.in_text import texts

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
MEASURE: TypeAdapter[Measure] = TypeAdapter(Measure)

quick = settings(max_examples=150, deadline=None, derandomize=True)


def same(one: Any, other: Any) -> bool:
    """Whether two values are written alike, with their words in one order."""
    return json.dumps(one) == json.dumps(other)


@quick
@given(texts.CONDITIONS)
def test_every_condition_is_read_back_from_its_text_to_the_letter(condition: Any) -> None:
    text = condition_text(CONDITION.validate_python(condition), condition)
    assert same(read_condition(text), condition), text


@quick
@given(texts.CONDITIONS)
def test_a_condition_keeps_its_meaning_where_the_order_of_its_words_is_not_known(condition: Any) -> None:
    model = CONDITION.validate_python(condition)
    assert CONDITION.validate_python(read_condition(condition_text(model))) == model


@quick
@given(texts.MEASURES)
def test_every_measure_is_read_back_from_its_text_to_the_letter(measure: Any) -> None:
    text = measure_text(MEASURE.validate_python(measure), measure)
    assert same(read_measure(text), measure), text


@quick
@given(texts.BANDS)
def test_bands_are_read_back_from_their_text_to_the_letter(bands: Any) -> None:
    assert same(read_bands(bands_text(tuple(map(Band.model_validate, bands)))), bands)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/signs/*/seen is yes, at least 2", {"items": "/signs/*/seen", "match": {"const": "yes"}, "atLeast": 2}),
        ("/a, ./b are “Yes, often”", {"items": ["/a", "./b"], "match": {"const": "Yes, often"}}),
        ("Measure score is 6 or more and is less than 9.5",
         {"measure": "score", "match": {"minimum": 6, "exclusiveMaximum": 9.5}}),
        ("assessment health is at least medium", {"assessment": "health", "atLeast": "medium"}),
        ("assessment health is not answered", {"assessment": "health", "match": {"answered": False}}),
        ("all of (condition under-13; not (/next/worse is no))",
         {"all": [{"condition": "under-13"}, {"not": {"items": "/next/worse", "match": {"const": "no"}}}]}),
        ("/habits includes often, where (./police is true)",
         {"items": "/habits", "match": {"contains": {"const": "often"}},
          "when": {"items": "./police", "match": {"const": True}}}),
        ("/episodes/*/date is within 12 months before /about/date, at least 3",
         {"items": "/episodes/*/date", "match": {"within": {"months": 12, "before": "/about/date"}}, "atLeast": 3}),
        ('tag starred at seen is one of (yes, "not", 3)',
         {"items": {"tag": "starred", "at": "seen"}, "match": {"enum": ["yes", "not", 3]}}),
        ("/a is not yes, every one", {"items": "/a", "match": {"not": {"const": "yes"}}, "every": True}),
        ('unsettled "The policy does not say."', {"unsettled": "The policy does not say."}),
    ],
)  # fmt: skip
def test_a_condition_is_written_as_a_person_would_write_it(text: str, said: Any) -> None:
    assert read_condition(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("count of /signs/*/seen is yes", {"count": {"items": "/signs/*/seen", "match": {"const": "yes"}}}),
        ("sum of (/a weighing (yes: 2, else: 0) times -1; measure m), a gap counts as zero",
         {"sum": [{"items": "/a", "weights": {"yes": 2, "else": 0}, "times": -1}, {"measure": "m"}],
          "missing": "zero"}),
        ("sum of (/a in steps (up to 8: 3, less than 20.5: 0, all others: 2)),\nscaled up from at least 3 answered",
         {"sum": [{"items": "/a", "steps": [{"maximum": 8, "weight": 3}, {"exclusiveMaximum": 20.5, "weight": 0},
                                            {"weight": 2}]}],
          "missing": {"prorate": {"answered": 3}}}),
        ("quotient of (measure a; 3), rounded down, to 1 decimal",
         {"quotient": [{"measure": "a"}, 3], "round": "down", "decimals": 1}),
        ("years from /child/born to /about/date", {"years": {"from": "/child/born", "to": "/about/date"}}),
        ("constant 14", {"constant": 14}),
    ],
)  # fmt: skip
def test_a_measure_is_written_as_a_person_would_write_it(text: str, said: Any) -> None:
    assert read_measure(text) == said


def test_bands_stand_on_lines() -> None:
    assert read_bands("0 to 5: low\nfrom 6: medium\n") == [
        {"from": 0, "to": 5, "level": "low"},
        {"from": 6, "level": "medium"},
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("", 1, 1, "a condition"),
        ("/a", 1, 3, "what is asked"),
        ("/a is", 1, 6, "an answer"),
        ("/a is yes or no", 1, 11, "is one of (this, that)"),
        ("measure a is 3 or mroe", 1, 19, "'more' or 'less' was expected here, and not 'mroe'"),
        ("/a is yes or more", 1, 7, "a number"),
        ("/a is yes, at leats 2", 1, 12, "'at least'"),
        ("/a is yes, at least 2, at least 3", 1, 24, "twice"),
        ("/a is yes and is no", 1, 15, "twice"),
        ("all of (/a is yes;\n  mesure b is 3)", 2, 3, "did you mean 'measure'"),
        ("all of (/a is yes", 1, 18, "';' or ')'"),
        ('/a is "yes', 1, 7, "never closed"),
        ("/a is “yes", 1, 7, "never closed"),
        ("/a is yes /b is no", 1, 11, "the end"),
        ("/a is of type date", 1, 15, "whole-number"),
        ("/a is within 3 weeks before /b", 1, 16, "'years', 'months' or 'days'"),
        ("/a is {broken", 1, 7, "no JSON"),
        ("/a is yes, at least 1.5", 1, 21, "whole number"),
        (f"{'not (' * 70}/a is yes{')' * 70}", 1, 306, "more than 60 times"),
    ],
)
def test_what_is_no_condition_is_told_with_its_place_and_what_was_expected(
    text: str, line: int, column: int, expected: str
) -> None:
    with pytest.raises(ConditionTextError) as raised:
        read_condition(text)
    assert (raised.value.line, raised.value.column) == (line, column)
    assert expected in raised.value.message


@quick
@given(st.lists(st.one_of(st.sampled_from(
    ["/a", "is", "yes", "(", ")", ";", ",", "all", "of", "not", "measure", "3", "or", "more", "where", '"', "“", "{"]
), st.text(max_size=3)), max_size=12).map(" ".join))  # fmt: skip
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for read in (read_condition, read_measure, read_bands):
        refused: ConditionTextError | None = None
        try:
            read(text)
        except ConditionTextError as error:
            refused = error
        assert refused is None or (refused.line >= 1 and refused.column >= 1)
