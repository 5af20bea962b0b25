"""Why a response comes to what it comes to: each rule with its condition, the answers behind it, and what is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cse_forms.answers.findings import Finding
from cse_forms.document import tree
from cse_forms.document.assessments import rules_in_order
from cse_forms.document.changes import change_sentences
from cse_forms.document.judged import judgement_panel
from cse_forms.document.numbers import interval_words
from cse_forms.document.outcome import (
    answers_behind,
    finding_panels,
    headline,
    prompt_panel,
    rule_facts,
    rule_level,
    suggestion,
)
from cse_forms.document.said import condition_words
from cse_forms.document.wording import Wording
from cse_forms.passages import strung
from cse_forms.thresholds.in_words.sentences import sentence
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.outcome import AdjustmentOutcome, AssessmentOutcome, RuleOutcome
from cse_forms.thresholds.policy import Evaluation
from cse_forms.thresholds.supposing.what_if import Possibility


def explained(
    record: tree.Document,
    evaluation: Evaluation,
    findings: tuple[Finding, ...],
    wording: Wording,
    possibilities: tuple[Possibility, ...],
) -> tree.Document:
    """Return the explanation of a response, with all that its record says of itself.

    Args:
        record: the document of the response.
        evaluation: the response's.
        findings: the response's.
        wording: what refers to its answers.
        possibilities: what single answers could change.
    """
    blocks = tuple(_blocks(evaluation, findings, wording, possibilities))
    title = wording.phrases.explanation.format(form=record.title)
    return replace(record, title=title, blocks=blocks)


def assessment_sentences(
    assessment: AssessmentOutcome, evaluation: Evaluation, wording: Wording, possibilities: tuple[Possibility, ...]
) -> tuple[str, ...]:
    """Return what an assessment comes to and why, a sentence for each thing said."""
    said = wording.phrases.found.format(question=assessment.assessment.title, message=headline(assessment, wording))
    panels = [suggestion(assessment, evaluation, wording, possibilities)]
    if assessment.judgement is not None:
        judged = judgement_panel(assessment, assessment.judgement, wording)
        panels.append(
            replace(
                judged,
                blocks=(tree.Paragraph(text=strung(": ", (judged.label or "", judged.title or ""))), *judged.blocks),
            )
        )
    texts = [text for panel in panels for words in panel.blocks for text in _texts(words)]
    return tuple(map(sentence, [said, *texts]))


def _texts(words: tree.Words) -> Iterator[str]:
    match words:
        case tree.Paragraph():
            yield words.text
        case tree.BulletList():
            yield from words.items
        case tree.TermList():
            for term, texts in words.terms:
                yield strung("", (term.rstrip("."), " (", strung("; ", texts), ")")) if texts else term
        case tree.LinkList():
            yield from (title for title, _ in words.links)


def _blocks(
    evaluation: Evaluation,
    findings: tuple[Finding, ...],
    wording: Wording,
    possibilities: tuple[Possibility, ...],
) -> Iterator[tree.Block]:
    phrases = wording.phrases
    yield tree.Heading(level=2, text=phrases.outcome, anchor=tree.OUTCOME)
    blocks: list[tree.Block] = []
    for assessment in evaluation.assessments.values():
        blocks += _assessment(assessment, evaluation, wording, possibilities)
    blocks += [prompt_panel(prompt, wording) for prompt in evaluation.shown_prompts]
    blocks += _numbers(evaluation, wording)
    blocks += finding_panels(findings, wording)
    yield from blocks or [tree.Panel(kind="text", blocks=(tree.Paragraph(text=phrases.nothing_to_say),))]


def _assessment(
    assessment: AssessmentOutcome,
    evaluation: Evaluation,
    wording: Wording,
    possibilities: tuple[Possibility, ...],
) -> Iterator[tree.Block]:
    phrases = wording.phrases
    yield tree.Heading(level=3, text=assessment.assessment.title)
    yield suggestion(assessment, evaluation, wording)
    sentences = change_sentences(assessment, possibilities, wording) if assessment.recorded else ()
    if sentences:
        changes = tree.BulletList(items=sentences)
        yield tree.Panel(kind="note", label=phrases.changes, blocks=(changes,))
    if assessment.judgement is not None:
        yield judgement_panel(assessment, assessment.judgement, wording)
    if assessment.applies is not False and (assessment.rules or assessment.adjustments):
        yield tree.Heading(level=4, text=phrases.rules)
        outcomes = {rule.id: rule for rule in assessment.rules}
        for number, rule in rules_in_order(assessment.assessment):
            yield _rule(assessment, number, outcomes[rule.id], evaluation, wording)
        for number, change in enumerate(assessment.adjustments, start=1):
            yield _change(assessment, number, change, wording)


def _rule(
    assessment: AssessmentOutcome, number: int, rule: RuleOutcome, evaluation: Evaluation, wording: Wording
) -> tree.Panel:
    phrases = wording.phrases
    phrase = _of_truth(rule.truth, phrases.rule_holds, phrases.rule_fails, phrases.rule_unknown)
    level = rule_level(assessment, rule, wording)
    # A rule that takes its level from elsewhere, and found none, has no level to be named by.
    title = phrase.format(number=number, level=level or phrases.no_level, because=rule.rule.because)
    facts = rule_facts(rule, evaluation, wording)
    listed = (tree.BulletList(items=facts),) if facts else ()
    return tree.Panel(kind="text", title=title, blocks=(*_asked(rule, wording), *listed))


def _asked(rule: RuleOutcome, wording: Wording) -> Iterator[tree.Words]:
    """Yield what a rule asks."""
    phrases, words = wording.phrases, wording.policy
    if rule.rule.measure is not None:
        number = words.naming.measure_with_meaning(rule.rule.measure)
        yield tree.Paragraph(text=phrases.takes_band.format(number=number))
    if rule.rule.level_of is not None:
        yield tree.Paragraph(text=phrases.takes_level.format(sources=words.sources(rule.rule)))
    if rule.rule.when is not None:
        yield from condition_words(words.condition(rule.rule.when), phrases.asks)


def _change(assessment: AssessmentOutcome, number: int, change: AdjustmentOutcome, wording: Wording) -> tree.Panel:
    phrases = wording.phrases
    phrase = _of_truth(change.truth, phrases.change_holds, phrases.change_fails, phrases.change_unknown)
    words = wording.policy
    what = tree.Paragraph(text=sentence(words.change(assessment.assessment, change.adjustment)))
    condition = condition_words(words.condition(change.adjustment.when), phrases.changes_where)
    facts = answers_behind(change, wording)
    listed = (tree.BulletList(items=facts),) if facts else ()
    title = phrase.format(number=number, because=change.adjustment.because)
    return tree.Panel(kind="text", title=title, blocks=(what, *condition, *listed))


def _of_truth(truth: Truth, holds: str, fails: str, unknown: str) -> str:
    return unknown if truth is None else holds if truth else fails


def _numbers(evaluation: Evaluation, wording: Wording) -> Iterator[tree.Block]:
    """Yield every number of the form, with its value or its bounds."""
    phrases = wording.phrases
    if not evaluation.measures:
        return
    rows = tuple(
        tree.Row(
            header=sentence(wording.policy.naming.measure(name)).rstrip("."),
            cells=((tree.Paragraph(text=interval_words(outcome.interval, wording)),),),
        )
        for name, outcome in evaluation.measures.items()
    )
    yield tree.Heading(level=3, text=phrases.numbers)
    yield tree.Table(
        caption=phrases.numbers, row_header=phrases.number, columns=(phrases.value,), widths=(7, 3), rows=rows
    )
