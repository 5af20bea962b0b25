"""An evaluation as people read it: the level on what is recorded, its reasons, what to do, and what stays open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cse_forms.answers.findings import Finding
from cse_forms.document import tree
from cse_forms.document.changes import change_sentences, level_titles
from cse_forms.document.judged import judgement_panel
from cse_forms.document.numbers import interval_words, numbers, overview
from cse_forms.document.wording import Wording
from cse_forms.passages import strung
from cse_forms.pointers import keys_in, value_at
from cse_forms.schema.items import Question
from cse_forms.schema.vocabulary import Level
from cse_forms.thresholds.in_words.naming import joined
from cse_forms.thresholds.outcome import AssessmentOutcome, PromptOutcome, RuleOutcome, Verdict
from cse_forms.thresholds.policy import Evaluation
from cse_forms.thresholds.supposing.what_if import Possibility


def outcome_blocks(
    evaluation: Evaluation,
    findings: tuple[Finding, ...],
    wording: Wording,
    possibilities: tuple[Possibility, ...] = (),
) -> Iterator[tree.Block]:
    """Yield what a response comes to, under a heading of its own."""
    blocks: list[tree.Block] = []
    for assessment in evaluation.assessments.values():
        blocks.append(suggestion(assessment, evaluation, wording, possibilities))
        if assessment.judgement is not None:
            blocks.append(judgement_panel(assessment, assessment.judgement, wording))
    blocks += [prompt_panel(prompt, wording) for prompt in evaluation.shown_prompts]
    blocks += numbers(evaluation.measures, wording)
    blocks += overview(evaluation.measures, wording)
    blocks += finding_panels(findings, wording)
    if not blocks:
        said = tree.Paragraph(text=wording.phrases.nothing_to_say)
        blocks.append(tree.Panel(kind="text", blocks=(said,)))
    yield tree.Heading(level=2, text=wording.phrases.outcome, anchor=tree.OUTCOME)
    yield from blocks


def headline(assessment: AssessmentOutcome, wording: Wording) -> str:
    """Return what is read first: the level on what is recorded, or why there is none."""
    phrases = wording.phrases
    if assessment.applies is False:
        return phrases.does_not_apply
    if not assessment.recorded:
        return phrases.nothing_recorded
    if assessment.clash:
        return phrases.clash
    if not assessment.assessment.ordered and not assessment.determined:
        return phrases.not_settled
    level = assessment.level(assessment.lowest)
    if level is None:
        return phrases.no_level
    return level.title if assessment.determined else phrases.on_what_is_recorded.format(level=level.title)


def not_ruled_out(assessment: AssessmentOutcome, wording: Wording) -> str | None:
    """Return the one line that says which levels are still possible and by which answers; None where there is none."""
    if assessment.determined or not assessment.recorded:
        return None
    phrases = wording.phrases
    if assessment.clash:
        return phrases.clashing.format(levels=strung(", ", level_titles(assessment, assessment.possible)))
    phrase, possible = phrases.still_possible, assessment.possible
    if assessment.assessment.ordered:
        phrase, possible = phrases.not_ruled_out, tuple(reversed(assessment.possible[1:]))
    titles = [title(assessment, level) or phrases.no_level for level in possible]
    line = phrase.format(levels=strung(", ", titles), reasons=_what_is_open(assessment, wording))
    if any(instance.is_not_known for instance in assessment.open) and assessment.assessment.follow_up is not None:
        question = wording.definition.questions[assessment.assessment.follow_up]
        line = strung(" ", (line, phrases.follow_up.format(question=wording.question(question))))
    return line


def _what_is_open(assessment: AssessmentOutcome, wording: Wording) -> str:
    """Return the answers, and the gaps of the policy, on which it depends which level it is."""
    phrases = wording.phrases
    not_known = [instance for instance in assessment.open if instance.is_not_known]
    blank = [instance for instance in assessment.open if not instance.is_not_known]
    reasons = []
    if not_known:
        reasons.append(phrases.not_known_answers.format(answers=wording.numbers(not_known)))
    if blank:
        reasons.append(phrases.blank_answers.format(answers=wording.numbers(blank)))
    reasons += [phrases.left_open.format(text=text) for text in assessment.unsettled]
    return strung("; ", reasons or [phrases.no_reasons])


def title(assessment: AssessmentOutcome, level: str | None) -> str:
    """Return a level's title; an empty text for "no level"."""
    found = assessment.level(level)
    return found.title if found else ""


def rule_level(assessment: AssessmentOutcome, rule: RuleOutcome, wording: Wording) -> str:
    """Return the level, or the levels, that a rule gives or may give."""
    given: Iterable[str | None] = rule.gives
    if set(rule.gives) == {None}:
        bands = dict.fromkeys(band.level for band in rule.rule.bands)
        given = (rule.rule.level,) if rule.rule.level is not None else tuple(bands)
    return joined(list(level_titles(assessment, given)), wording.phrases.or_, wording.phrases.comma)


def rule_facts(rule: RuleOutcome, evaluation: Evaluation, wording: Wording) -> tuple[str, ...]:
    """Return what is behind a rule: the number with its band, where it has bands, and the answers."""
    answers = tuple(wording.answer(instance) for instance in rule.deciding)
    if rule.rule.measure is None:
        return answers
    phrases, words = wording.phrases, wording.policy
    measure = words.naming.measure(rule.rule.measure)
    number = evaluation.measures[rule.rule.measure].interval
    bands = [
        words.band(rule.rule, index)
        for index, band in enumerate(rule.rule.bands)
        if rule.level is not None and band.level == rule.level
    ]
    phrase = phrases.in_band if len(bands) == 1 else phrases.in_bands
    told = phrase.format(measure=measure, number=interval_words(number, wording), band=strung("", bands[:1]))
    return told, *answers


def suggestion(
    assessment: AssessmentOutcome,
    evaluation: Evaluation,
    wording: Wording,
    possibilities: tuple[Possibility, ...] = (),
) -> tree.Panel:
    """Return the level on what is recorded, why, and what is not ruled out."""
    phrases = wording.phrases
    line = not_ruled_out(assessment, wording)
    blocks: list[tree.Words] = [tree.Paragraph(text=line)] if line else []
    if assessment.applies is None and assessment.recorded:
        reasons = _what_is_open(assessment, wording)
        blocks.append(tree.Paragraph(text=phrases.may_not_apply.format(reasons=reasons)))
    if assessment.applies is not False and assessment.recorded:
        sentences = change_sentences(assessment, possibilities, wording)
        blocks += [tree.BulletList(items=sentences)] if sentences else []
        blocks += _reasons(assessment, evaluation, wording)
        interventions = _interventions(assessment)
        if interventions:
            blocks.append(tree.TermList(terms=((phrases.interventions, interventions),)))
    label = phrases.suggested.format(assessment=assessment.assessment.title)
    return tree.Panel(kind="outcome", label=label, title=headline(assessment, wording), blocks=tuple(blocks))


def _reasons(assessment: AssessmentOutcome, evaluation: Evaluation, wording: Wording) -> Iterator[tree.Words]:
    """Yield every rule that holds, with the answers that made it hold; what is missing, where one fails for blanks."""
    phrases = wording.phrases
    holding = [rule for rule in assessment.rules if rule.truth]
    terms = [
        (
            phrases.because.format(level=rule_level(assessment, rule, wording), because=rule.rule.because),
            rule_facts(rule, evaluation, wording),
        )
        for rule in reversed(holding)
    ]
    otherwise = assessment.assessment.otherwise
    if not holding and otherwise is not None:
        level = title(assessment, otherwise.level)
        because = phrases.because.format(level=level, because=otherwise.because) if level else otherwise.because
        terms.append((because, ()))
    terms += [
        (phrases.adjusted.format(because=change.adjustment.because), answers_behind(change, wording))
        for change in assessment.adjustments
        if change.truth
    ]
    yield tree.TermList(terms=tuple(terms))
    for rule in assessment.rules:
        blank = [instance for instance in rule.deciding if instance.is_blank] if rule.truth is False else []
        if blank:
            titles = strung("; ", (wording.question(instance.question) for instance in blank))
            level = rule_level(assessment, rule, wording)
            yield tree.Paragraph(text=phrases.missing.format(level=level, answers=titles))


def answers_behind(verdict: Verdict, wording: Wording) -> tuple[str, ...]:
    """Return the answers that make something hold, fail or stay open, each with its question."""
    return tuple(wording.answer(instance) for instance in verdict.deciding)


def _interventions(assessment: AssessmentOutcome) -> tuple[str, ...]:
    """Return what the source suggests to do at the level, with those of the levels that it includes."""
    chain: list[Level] = []
    level = assessment.level(assessment.lowest)
    while level is not None:
        chain.append(level)
        level = assessment.level(level.includes.level) if level.includes else None
    return tuple(intervention for included in reversed(chain) for intervention in included.interventions)


def prompt_panel(prompt: PromptOutcome, wording: Wording) -> tree.Panel:
    """Return what the source says to do, and the answers that prompted it."""
    phrases = wording.phrases
    labels = {"immediate": phrases.immediate, "soon": phrases.soon, "consider": phrases.consider}
    kinds: dict[str, tree.PanelKind] = {"immediate": "immediate", "soon": "soon", "consider": "consider"}
    blocks: list[tree.Words] = [tree.Paragraph(text=prompt.text)]
    given = [instance for instance in prompt.deciding if not instance.is_blank]
    if given:
        blocks.append(tree.Paragraph(text=phrases.prompted_by.format(answers=wording.numbers(given))))
    return tree.Panel(kind=kinds[prompt.urgency], label=labels[prompt.urgency], blocks=tuple(blocks))


def finding_panels(findings: tuple[Finding, ...], wording: Wording) -> Iterator[tree.Panel]:
    """Yield what is to be looked at again, and what was answered where the form has no question."""
    if findings:
        yield _findings(findings, wording)
    unknown = _unknown_answers(findings, wording)
    if unknown is not None:
        yield unknown


def _findings(findings: tuple[Finding, ...], wording: Wording) -> tree.Panel:
    phrases = wording.phrases
    items = []
    for finding in findings:
        item = wording.definition.item_at(finding.pointer)
        question = wording.question(item) if isinstance(item, Question) else finding.question or finding.pointer
        items.append(phrases.found.format(question=question, message=phrases.message(finding.message)))
    return tree.Panel(kind="findings", label=phrases.findings, blocks=(tree.BulletList(items=tuple(items)),))


def _unknown_answers(findings: tuple[Finding, ...], wording: Wording) -> tree.Panel | None:
    """Show what was answered where the form has no question, so that nothing that was recorded is lost."""
    answers = wording.reader.answers
    terms = []
    for finding in findings:
        if not isinstance(wording.definition.item_at(finding.pointer), Question):
            value = value_at(answers, keys_in(answers, finding.pointer))
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
            terms.append((finding.pointer, (text,)))
    if not terms:
        return None
    return tree.Panel(
        kind="findings", label=wording.phrases.without_question, blocks=(tree.TermList(terms=tuple(terms)),)
    )
