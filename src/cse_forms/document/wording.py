"""How items and answers are referred to: by their numbers and in the form's own words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from cse_forms.document.answer import answer_of
from cse_forms.document.phrases import Phrases
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Section
from cse_forms.thresholds.policy import ResponseReader
from cse_forms.thresholds.reading import Instance


class Wording:
    """Refers to the items of one form, and to the answers of one response."""

    def __init__(self, definition: Definition, reader: ResponseReader, phrases: Phrases) -> None:
        self.definition = definition
        self.reader = reader
        self.phrases = phrases

    def question(self, question: Question) -> str:
        """Return a question with its number: 7.4 What further investigation is needed?"""
        number = number_of(question)
        return f"{number} {question.full_title}" if number else question.full_title

    def answer(self, instance: Instance) -> str:
        """Return a question and what was answered: 3.7 School: Hill School."""
        asked = self.reader.is_asked(instance.question, instance.keys)
        question = self.question(instance.question)
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
        return ", ".join([*_runs(numbers), *titles])


def number_of(question: Question) -> str | None:
    """Return a question's number, which is its row's where it stands in one."""
    holder = question.holder
    if isinstance(holder, Section) and holder.is_row:
        return holder.number
    return question.number


def _runs(numbers: list[str]) -> list[str]:
    """Join numbers that follow one another: 4.1, 4.2, 4.3 are 4.1-4.3."""
    split = [number.rpartition(".") for number in numbers]
    parted = [(prefix, int(last)) for prefix, _, last in split if last.isdecimal()]
    if len(parted) != len(numbers):
        return numbers
    runs = []
    for (prefix, _), members in groupby(enumerate(parted), key=lambda pair: (pair[1][0], pair[1][1] - pair[0])):
        lasts = [last for _, (_, last) in members]
        first, last = (f"{prefix}.{number}" if prefix else str(number) for number in (lasts[0], lasts[-1]))
        runs.append(first if first == last else f"{first}-{last}")
    return runs
