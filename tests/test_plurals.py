"""Phrases that depend on a number, in English and in a language that has six forms."""

from __future__ import annotations

from gettext import GNUTranslations
from itertools import pairwise
from typing import Any

import pytest
from pydantic import TypeAdapter

from cse_forms.answers.messages import Message
from cse_forms.document.languages import PSEUDO, interface, strings
from cse_forms.document.phrases import ENGLISH
from cse_forms.passages import runs_of
from cse_forms.plurals import Counted, counted
from cse_forms.schema.conditions import Condition
from cse_forms.thresholds.in_words.conditions import ConditionsInWords
from tests.document.test_languages import catalogue, places
from tests.forms import choices, date, definition, load, text

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
WELSH = interface("cy", "cy").phrases


def test_english_has_a_form_for_one_and_a_form_for_all_else() -> None:
    phrase = counted("number", "{number} year", "{number} years")
    told = [phrase.format(number=number) for number in (0, 1, 2, 1.5, "1", "1.0", -1, "the limit")]
    assert told == [
        "0 years", "1 year", "2 years", "1.5 years", "1 year", "1.0 year", "-1 year", "the limit years",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "years", "points"),
    [
        (0, "0 o flynyddoedd", "0 pwynt"),
        (1, "1 flwyddyn", "1 pwynt"),
        (2, "2 flynedd", "2 bwynt"),
        (3, "3 blynedd", "3 phwynt"),
        (4, "4 o flynyddoedd", "4 pwynt"),
        (6, "6 blynedd", "6 phwynt"),
        (12, "12 o flynyddoedd", "12 pwynt"),
        (2.5, "2.5 o flynyddoedd", "2.5 pwynt"),
    ],
)
def test_welsh_words_mutate_as_their_number_asks(number: float, years: str, points: str) -> None:
    assert WELSH.sayings.units["years"].format(number=number) == years
    assert WELSH.sayings.point_words.format(number=number) == points


def test_a_condition_is_said_in_welsh_with_the_form_that_its_number_takes() -> None:
    form = load(definition({"from": date(number="1"), "to": date(number="2")}, language="cy"))
    words = ConditionsInWords(form, WELSH.sayings)

    def said(years: int) -> str:
        match = {"within": {"years": years, "before": "/to"}}
        return words.condition(CONDITION.validate_python({"items": "/from", "match": match})).line()

    assert "o fewn y 2 flynedd hyd at y dyddiad hwn" in said(2)
    assert "o fewn y 6 blynedd hyd at y dyddiad hwn" in said(6)
    assert "o fewn y flwyddyn hyd at y dyddiad hwn" in said(1)


def test_a_finding_is_said_in_welsh_with_the_form_that_its_number_takes() -> None:
    assert Message("too_short", limit=1) == "Give at least 1 character."
    assert Message("too_short", limit=3) == "Give at least 3 characters."
    assert WELSH.message(Message("too_short", limit=3)) == "Rhowch o leiaf 3 nod."


def test_every_form_of_a_phrase_is_marked_with_the_language_that_it_is_in() -> None:
    for language, marked in (("cy", "cy"), (PSEUDO, PSEUDO)):
        phrase = interface(language, "en-GB").phrases.more_changes
        assert {run.lang for form in phrase.forms for run in runs_of(form)} == {marked}


def test_a_form_of_a_number_stands_in_the_catalogue_for_each_that_the_language_has() -> None:
    translations: GNUTranslations = catalogue("cy")
    phrases = [(name, phrase) for name, phrase in strings() if isinstance(phrase, Counted)]
    assert len(phrases) >= 10
    for name, phrase in phrases:
        one, several = phrase.forms
        for number in range(10):
            assert places(translations.npgettext(name, one, several, number)) - {"has"} == places(several) - {"has"}


MUTATING = ("a", "â", "am", "ar", "at", "dan", "dros", "drwy", "dwy", "dau", "ei", "gan", "gyda", "heb", "hyd", "i",
            "na", "neu", "o", "tua", "trwy", "wrth")  # fmt: skip
"""Words after which the first letter of the next one changes."""

FIGURES = {
    "count", "date", "day", "depth", "end", "high", "highest", "latest", "limit", "low", "lowest", "number", "page",
    "places", "second", "start", "unit", "when", "who",
}  # fmt: skip
"""Places that hold figures, names of people, or a word that is given as it is after such a one."""


def test_no_wording_is_put_in_welsh_where_its_first_letter_would_have_to_change() -> None:
    glued = []
    for name, phrase in strings(WELSH):
        for form in phrase.forms if isinstance(phrase, Counted) else (phrase,):
            words = str(form).replace("(", " ").split()
            glued += [
                f"{name}: {form}"
                for before, word in pairwise(words)
                if before.casefold() in MUTATING and word.startswith("{") and word.strip("{}.,;:)") not in FIGURES
            ]
    assert glued == []


def test_a_phrase_keeps_its_forms_when_it_stands_in_a_dictionary() -> None:
    assert set(WELSH.sayings.units) == set(ENGLISH.sayings.units) == {"years", "months", "days"}
    words: dict[str, Any] = {"kinds": choices("home", "street"), "what": text()}
    assert ConditionsInWords(load(definition(words)), WELSH.sayings).sayings.months[0] == "Ionawr"
