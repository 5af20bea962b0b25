"""What would come out with other answers, in words: before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cse_forms.document.numbers import interval_words
from cse_forms.document.outcome import headline, not_ruled_out
from cse_forms.document.phrases import ENGLISH
from cse_forms.document.wording import Wording
from cse_forms.thresholds.outcome import AssessmentOutcome
from cse_forms.thresholds.policy import Evaluation, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class SupposingPhrases:
    """What is said of answers that are supposed."""

    enough: str = "It would be settled by all of these together, and none of them can be left out:"
    settled: str = "It would be settled:"
    changed: str = "Another level would be suggested:"
    supposed: str = "If {answers}: {levels}."
    answered: str = "answered"
    one: str = "{answers} were {value}"
    all_of: str = "all of {answers} were {value}"
    several: str = "{count} of {answers} were {value}"
    others: str = "{count} of the others were {value}"
    together: str = "If these were so: {levels}."
    each: str = "{question}: {value}"
    counts: tuple[str, ...] = ("none", "one", "two", "three")
    and_: str = "{first} and {last}"
    or_: str = "{first} or {last}"
    comma: str = "{first}, {rest}"
    no_option: str = "answered with no option"
    no_level: str = "no level"
    still: str = "{level}, and {levels} not ruled out"
    never_settled: str = "No answers settle it as {levels}."
    not_settled_by: str = "No set of up to {count} answers settles it as {levels}."
    not_settled_by_one: str = "No single answer settles it as {levels}."
    given_up: str = "There are too many sets of {count} answers: not all of them were tried."
    untried: str = "No examples could be tried for {answers}."
    left_open: str = "No answer settles this; the policy leaves it open: {text}"
    in_force: str = "If {answers}: the limit is in force."
    or_more: str = "{first} or more"
    or_less: str = "{last} or less"
    from_day: str = "on or after {first}"
    to_day: str = "on or before {last}"
    between: str = "{first} to {last}"
    nothing_open: str = "Nothing is open: the answers settle every level."
    no_assessment: str = "This form suggests no level."
    before: str = "before: {text}"
    after: str = "after:  {text}"
    judged: str = "{text} Before: {before}. After: {after}."
    numbers: str = "Numbers"
    number: str = "{measure}. Before: {before}. After: {after}."
    prompts: str = "Prompts"
    prompted: str = "Shown now: {text}"
    not_prompted: str = "No longer shown: {text}"
    findings: str = "To look at again"
    found: str = "New: {text}"
    not_found: str = "No longer: {text}"
    nothing_changes: str = "Nothing would change."
    holds: str = "holds"
    fails: str = "does not hold"
    unknown: str = "not known"


SAID = SupposingPhrases()


def comparison(
    policy: Policy, before: Any, after: Any, findings: tuple[Sequence[str], Sequence[str]], *, draft: bool
) -> Iterator[str]:
    """Yield what changes between two sets of answers, line by line.

    Args:
        policy: the form's.
        before: the answers as they are.
        after: the answers as they are supposed.
        findings: what is found in each of them, in words.
        draft: whether they are read as a draft.
    """
    evaluations = [policy.evaluate(answers, draft=draft) for answers in (before, after)]
    wordings = [Wording(policy.definition, policy.reader(answers, draft=draft), ENGLISH) for answers in (before, after)]
    sections = [
        *(_assessment(name, evaluations, wordings) for name in evaluations[0].assessments),
        _under(SAID.numbers, _numbers(evaluations, wordings)),
        _under(SAID.prompts, _told(_shown(evaluations), SAID.prompted, SAID.not_prompted)),
        _under(SAID.findings, _told(findings, SAID.found, SAID.not_found)),
    ]
    lines = [line for section in sections for line in section]
    yield from lines or [SAID.nothing_changes]


def _assessment(name: str, evaluations: Sequence[Evaluation], wordings: Sequence[Wording]) -> list[str]:
    first, second = (evaluation.assessments[name] for evaluation in evaluations)
    said = [
        [line for line in (headline(found, wording), not_ruled_out(found, wording)) if line]
        for found, wording in zip((first, second), wordings, strict=True)
    ]
    reasons = [
        SAID.judged.format(text=text, before=was, after=now)
        for (text, was), (_, now) in zip(_judged(first), _judged(second), strict=True)
        if was != now
    ]
    if said[0] == said[1] and not reasons:
        return []
    lines = [first.assessment.title]
    for phrase, texts in zip((SAID.before, SAID.after), said, strict=True):
        lines += [f"  {phrase.format(text=texts[0])}", *(f"          {text}" for text in texts[1:])]
    return [*lines, *(f"  - {reason}" for reason in reasons)]


def _judged(assessment: AssessmentOutcome) -> Iterator[tuple[str, str]]:
    """Yield every rule and adjustment with whether it holds."""
    states = {True: SAID.holds, False: SAID.fails, None: SAID.unknown}
    for rule in assessment.rules:
        yield rule.rule.because, states[rule.truth]
    for change in assessment.adjustments:
        yield change.adjustment.because, states[change.truth]


def _numbers(evaluations: Sequence[Evaluation], wordings: Sequence[Wording]) -> Iterator[str]:
    first, second = (evaluation.measures for evaluation in evaluations)
    for name, measure in first.items():
        was, now = measure.interval, second[name].interval
        if was != now:
            yield SAID.number.format(
                measure=measure.title or name.replace("-", " "),
                before=interval_words(was, wordings[0]),
                after=interval_words(now, wordings[1]),
            )


def _shown(evaluations: Sequence[Evaluation]) -> tuple[list[str], list[str]]:
    first, second = ([prompt.text for prompt in evaluation.shown_prompts] for evaluation in evaluations)
    return first, second


def _told(texts: tuple[Sequence[str], Sequence[str]], new: str, gone: str) -> Iterator[str]:
    before, after = texts
    yield from (new.format(text=text) for text in after if text not in before)
    yield from (gone.format(text=text) for text in before if text not in after)


def _under(heading: str, lines: Iterable[str]) -> list[str]:
    listed = [f"  - {line}" for line in lines]
    return [heading, *listed] if listed else []
