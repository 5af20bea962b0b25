"""How items and answers are referred to: by their numbers and in the form's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from cse_forms.document.answer import answer_of
from cse_forms.document.phrases import Phrases
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question
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
        return PolicyInWords(self.definition)

    def question(self, question: Question) -> str:
        """Return a question with its number: 7.4 What further investigation is needed?"""
        number = number_of(question)
        return f"{number} {question.full_title}" if number else question.full_title

    def answer(self, instance: Instance) -> str:
        """Return a question and what was answered: 3.7 School: Hill School."""
        asked = self.reader.is_asked(instance.question, instance.keys)
        question = self.question(instance.question)
        rows = [key + 1 for key in instance.keys if isinstance(key, int)]
        if rows:
            question = self.phrases.in_row.format(question=question, row=rows[-1])
        joint = " " if question.endswith(("?", ":", ".")) else ": "
        return f"{question}{joint}{answer_of(instance, asked, self.phrases).text}"

    def numbers(self, found: Iterable[Instance]) -> str:
        """Return the numbers of the questions answered, runs joined: 4.1-4.6, 7.5; titles, where there is no number."""
        numbers: list[str] = []
        titles: list[str] = []
        for instance in found:
            number = number_of(instance.question)
            if number is None:
                titles.append(instance.question.full_title)
            elif number not in numbers:
                numbers.append(number)
        return ", ".join([*runs(numbers), *titles])
