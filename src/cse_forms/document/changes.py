"""What answers that are not known could still change, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cse_forms.document.answer import words_of
from cse_forms.document.wording import Wording
from cse_forms.schema.items import Kind
from cse_forms.thresholds.in_words.naming import joined
from cse_forms.thresholds.outcome import AssessmentOutcome
from cse_forms.thresholds.policy import Evaluation, Policy
from cse_forms.thresholds.reading import Instance
from cse_forms.thresholds.supposing.what_if import Possibility, Supposed, single_changes

MOST = 8
"""Sentences for one assessment: a page of them says nothing."""


def what_could_change(policy: Policy, evaluation: Evaluation, answers: Any, *, draft: bool) -> tuple[Possibility, ...]:
    """Return what single answers could change, of all assessments that have something recorded and are still open.

    Args:
        policy: the form's.
        evaluation: the response's.
        answers: the response's.
        draft: whether it is one.
    """
    outcomes = evaluation.assessments.values()
    if not any(outcome.recorded and not outcome.determined for outcome in outcomes):
        return ()
    return single_changes(policy, answers, draft=draft)


def change_sentences(
    assessment: AssessmentOutcome, possibilities: Iterable[Possibility], wording: Wording
) -> tuple[str, ...]:
    """Return what single answers would change, a sentence for all those that would change the same."""
    groups: dict[tuple[str, str, tuple[str | None, ...]], list[Instance]] = {}
    for possibility in possibilities:
        if possibility.assessment == assessment.id and len(possibility.supposed) == 1:
            supposed = possibility.supposed[0]
            key = (_state(supposed, wording), _value(supposed, wording), possibility.possible)
            groups.setdefault(key, []).append(supposed.instance)
    # What settles more, and for the worse, is told first.
    place = {level.id: index for index, level in enumerate(assessment.assessment.levels)}
    ranked = sorted(
        groups.items(),
        key=lambda group: (
            len(group[0][2]),
            -max(place.get(level or "", -1) for level in group[0][2]),
            not group[0][0],
        ),
    )
    told = [_sentence(assessment, key, found, wording) for key, found in ranked[:MOST]]
    left = sum(len(found) for _, found in ranked[MOST:])
    return (*told, wording.phrases.more_changes.format(count=left)) if left else tuple(told)


def _state(supposed: Supposed, wording: Wording) -> str:
    """Return the option that says that it is not known; empty, where nothing is answered."""
    instance = supposed.instance
    return words_of(instance, wording.phrases) if instance.is_not_known else ""


def _value(supposed: Supposed, wording: Wording) -> str:
    phrases, question = wording.phrases, supposed.instance.question
    if question.kind is Kind.TICK:
        return (phrases.ticked if supposed.value else phrases.not_ticked).lower()
    return words_of(Instance(question, supposed.instance.keys, supposed.value), phrases)


def _sentence(
    assessment: AssessmentOutcome,
    key: tuple[str, str, tuple[str | None, ...]],
    found: list[Instance],
    wording: Wording,
) -> str:
    phrases, (state, value, possible) = wording.phrases, key
    is_one = len(found) == 1
    if state:
        phrase = phrases.if_not_known_one if is_one else phrases.if_not_known_any
    elif found[0].question.kind is Kind.TICK:
        phrase = phrases.if_ticked_one if is_one else phrases.if_ticked_any
    else:
        phrase = phrases.if_blank_one if is_one else phrases.if_blank_any
    answers = wording.numbers(found)
    return phrase.format(
        option=state, answers=answers, value=value, consequence=_consequence(assessment, possible, wording)
    )


def _consequence(assessment: AssessmentOutcome, possible: tuple[str | None, ...], wording: Wording) -> str:
    phrases = wording.phrases
    titles = list(level_titles(assessment, possible))
    if not titles:
        return phrases.would_not_be
    if None in possible:
        return phrases.would_not_apply.format(levels=joined(titles, phrases.or_, phrases.comma))
    if assessment.assessment.ordered and len(titles) > 1:
        others = joined(titles[1:], phrases.or_, phrases.comma)
        return phrases.would_be_at_least.format(level=titles[0], levels=others)
    return phrases.would_be.format(levels=joined(titles, phrases.or_, phrases.comma))


def level_titles(assessment: AssessmentOutcome, levels: Iterable[str | None]) -> Iterator[str]:
    """Yield the titles of levels; "no level" has none."""
    for level in levels:
        found = assessment.level(level)
        if found is not None:
            yield found.title
