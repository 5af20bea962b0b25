"""An answer in the form's words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from cse_forms.answers.page_fields import sent_values
from cse_forms.document.phrases import Phrases
from cse_forms.document.tree import Answer, Option, QuestionKind
from cse_forms.passages import strung
from cse_forms.pointers import BLANK
from cse_forms.schema.items import Kind, Question
from cse_forms.thresholds.intervals import day_of
from cse_forms.thresholds.matching import is_answer
from cse_forms.thresholds.reading import Instance

_KINDS: dict[Kind, QuestionKind] = {
    Kind.DATE: "date",
    Kind.INTEGER: "number",
    Kind.NUMBER: "number",
    Kind.TICK: "tick",
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choices",
}


def kind_of(question: Question) -> QuestionKind:
    """Return how a question is to be answered on paper or screen."""
    if question.kind is Kind.TEXT:
        return "long-text" if (question.words.lines or 1) > 1 else "text"
    return _KINDS[question.kind]


def options_of(question: Question, instance: Instance | None, phrases: Phrases) -> tuple[Option, ...]:
    """Return a question's options, and which of them an answer chooses."""
    value = instance.value if instance else None
    if question.kind is Kind.TICK:
        return (Option(title=phrases.tick, chosen=value is True, value="true", sent="true"),)
    chosen = value if isinstance(value, list) else [value]
    return tuple(
        Option(
            title=option.title,
            chosen=any(_same(option.value, one) for one in chosen),
            value=option.value if isinstance(option.value, str) else json.dumps(option.value),
            sent=sent,
        )
        for option, sent in zip(question.options, sent_values(question), strict=True)
    )


def value_of(instance: Instance | None) -> str | None:
    """Return what was written, for a control that is to be filled in; None where nothing was, or options are chosen."""
    if instance is None or instance.question.options or instance.question.kind is Kind.TICK or is_missing(instance):
        return None
    return _as_written(instance.value)


def unshown_of(instance: Instance | None) -> str | None:
    """Return what of an answer is none of its question's options, so that no box and no list can show it."""
    if instance is None or instance.value is BLANK:
        return None
    question, value = instance.question, instance.value
    if question.kind is Kind.TICK:
        strange = [] if isinstance(value, bool) else [value]
    elif question.options:
        given = value if question.kind is Kind.CHOICES and isinstance(value, list) else [value]
        strange = [one for one in given if not any(_same(option.value, one) for option in question.options)]
    else:
        return None
    return "; ".join(map(_as_written, strange)) or None


def _as_written(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def answer_of(instance: Instance, asked: bool | None, phrases: Phrases) -> Answer:
    """Return what a response says to a question; what is not asked counts for nothing, and is shown all the same.

    Args:
        instance: the answer.
        asked: whether the question is asked; None while that is unknown.
        phrases: the interface's words.
    """
    text = words_of(instance, phrases)
    if asked is False and is_missing(instance):
        return Answer(status="not-asked", text=phrases.not_asked)
    if asked is False:
        return Answer(status="not-asked", text=phrases.not_asked_but_answered.format(answer=text))
    if instance.is_not_known:
        return Answer(status="not-known", text=text)
    return Answer(status="unanswered" if is_missing(instance) else "given", text=text)


def is_missing(instance: Instance) -> bool:
    """Whether nothing was written. What is no answer to the form's rules may still be something that people read."""
    return instance.value is BLANK or (instance.question.kind is Kind.TEXT and instance.value == "")


def words_of(instance: Instance, phrases: Phrases) -> str:
    """Return an answer's words: the options' titles, a date in words, or what was written, be it wrong."""
    question, value = instance.question, instance.value
    if is_missing(instance):
        return phrases.not_ticked if question.kind is Kind.TICK else phrases.not_answered
    if not is_answer(question, value):
        return _as_written(value)
    match question.kind:
        case Kind.TICK:
            return phrases.ticked if value else phrases.not_ticked
        case Kind.CHOICE:
            return _title(question, value)
        case Kind.CHOICES:
            return strung("; ", (_title(question, one) for one in value)) or phrases.not_answered
        case Kind.DATE:
            day = day_of(value)
            assert day is not None
            return in_words(day, phrases)
        case Kind.TEXT | Kind.INTEGER | Kind.NUMBER:
            return str(value)


def in_words(day: date, phrases: Phrases) -> str:
    """Return a day as people write it."""
    return phrases.day_month_year.format(day=day.day, month=phrases.months[day.month - 1], year=day.year)


def _title(question: Question, value: Any) -> str:
    return next((option.title for option in question.options if _same(option.value, value)), str(value))


def _same(option: Any, value: Any) -> bool:
    return type(option) is type(value) and bool(option == value)
