"""How items and answers are referred to: by their numbers and in the form's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from cse_forms.document.answer import answer_of
from cse_forms.document.phrases import Phrases
from cse_forms.passages import strung
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Section
from cse_forms.thresholds.in_words.naming import number_of, runs
from cse_forms.thresholds.in_words.rules import PolicyInWords
from cse_forms.thresholds.policy import ResponseReader
from cse_forms.thresholds.reading import Instance


class Wording:
    """Refers to the items of one form, and to the answers of one response."""

    def __init__(
        self, definition: Definition, reader: ResponseReader, phrases: Phrases, meta: Mapping[str, Any] | None = None
    ) -> None:
        self.definition = definition
        self.reader = reader
        self.phrases = phrases
        self.meta = meta or {}
        """What the response says of itself: who recorded it, and when."""

    @cached_property
    def policy(self) -> PolicyInWords:
        """What says the form's conditions in words."""
        return PolicyInWords(self.definition, self.phrases.sayings)

    @property
    def language(self) -> str:
        """The language of the form's own words."""
        return self.definition.words.language

    def question(self, question: Question) -> str:
        """Return a question with its number: 7.4 What further investigation is needed?"""
        number = number_of(question)
        return strung(" ", (number, question.full_title)) if number else self._title(question)

    def _title(self, question: Question) -> str:
        return distinct_title(question, self._titles)

    @cached_property
    def _titles(self) -> Counter[str]:
        return titles_in(self.definition)

    def answer(self, instance: Instance) -> str:
        """Return a question and what was answered: 3.7 School: Hill School."""
        asked = self.reader.is_asked(instance.question, instance.keys)
        question = self.in_row(self.question(instance.question), instance)
        joint = " " if question.endswith(("?", ":", ".")) else ": "
        return strung("", (question, joint, answer_of(instance, asked, self.phrases).text))

    def numbers(self, found: Iterable[Instance]) -> str:
        """Return the numbers of the questions answered, runs joined: 4.1-4.6, 7.5.

        Where there is no number, it is the title, with the row.
        """
        numbers: list[str] = []
        titles: list[str] = []
        for instance in found:
            number = number_of(instance.question)
            if number is None:
                titles.append(self.in_row(self._title(instance.question), instance))
            elif number not in numbers:
                numbers.append(number)
        return strung(", ", [*runs(numbers), *dict.fromkeys(titles)])

    def in_row(self, question: str, instance: Instance) -> str:
        """Return what a question is called, with the row of a table in which it is answered."""
        rows = [key + 1 for key in instance.keys if isinstance(key, int)]
        return self.phrases.in_row.format(question=question, row=rows[-1]) if rows else question


def titles_in(definition: Definition) -> Counter[str]:
    """Return how many questions have each title."""
    return Counter(question.full_title for question in definition.questions.values())


def distinct_title(question: Question, titles: Counter[str]) -> str:
    """Return a question's title; with that of its section before it, where another question has the same.

    Args:
        question: the question.
        titles: how many questions of its form have each title.
    """
    title = question.full_title
    place = question.holder
    if titles[title] > 1:
        # A row's title is among the words already; the shape of a table's rows mostly has none.
        while place is not None and (not place.title or (isinstance(place, Section) and place.is_row)):
            place = place.holder
        if place is not None and place.keys:
            return strung(" - ", (place.title, title))
    return title
