"""An evaluation as people read it: the level on what is recorded, its reasons, what to do, and what stays open."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from cse_forms.answers.findings import Finding
from cse_forms.document import tree
from cse_forms.document.wording import Wording
from cse_forms.pointers import keys_in, split, value_at
from cse_forms.schema.conditions import CountMeasure
from cse_forms.schema.items import Question, Section
from cse_forms.schema.vocabulary import Level
from cse_forms.thresholds.intervals import Interval
from cse_forms.thresholds.outcome import AssessmentOutcome, MeasureOutcome, PromptOutcome, Verdict
from cse_forms.thresholds.policy import Evaluation


def outcome_blocks(evaluation: Evaluation, findings: tuple[Finding, ...], wording: Wording) -> Iterator[tree.Block]:
    """Yield what a response comes to, under a heading of its own."""
    blocks: list[tree.Block] = []
    for assessment in evaluation.assessments.values():
        blocks.append(_suggestion(assessment, wording))
        if assessment.judgement is not None:
            blocks.append(_judgement(assessment, wording))
    blocks += [_prompt(prompt, wording) for prompt in evaluation.shown_prompts]
    blocks += _overview(evaluation.measures, wording)
    if findings:
        blocks.append(_findings(findings, wording))
    unknown = _unknown_answers(findings, wording)
    if unknown is not None:
        blocks.append(unknown)
    if not blocks:
        said = tree.Paragraph(text=wording.phrases.nothing_to_say)
        blocks.append(tree.Panel(kind="text", blocks=(said,)))
    yield tree.Heading(level=2, text=wording.phrases.outcome, anchor=tree.OUTCOME)
    yield from blocks


def headline(assessment: AssessmentOutcome, wording: Wording) -> str:
    """Return what is read first: the level on what is recorded, or that nothing is recorded yet."""
    phrases = wording.phrases
    if not assessment.recorded:
        return phrases.nothing_recorded
    level = assessment.level(assessment.lowest)
    if level is None:
        return phrases.no_level
    return level.title if assessment.determined else phrases.on_what_is_recorded.format(level=level.title)


def not_ruled_out(assessment: AssessmentOutcome, wording: Wording) -> str | None:
    """Return the one line that says which levels are still possible and by which answers; None where there is none."""
    if assessment.determined or not assessment.recorded:
        return None
    phrases = wording.phrases
    levels = [_title(assessment, level) for level in reversed(assessment.possible[1:])]
    not_known = [instance for instance in assessment.open if instance.is_not_known]
    blank = [instance for instance in assessment.open if not instance.is_not_known]
    reasons = []
    if not_known:
        reasons.append(phrases.not_known_answers.format(answers=wording.numbers(not_known)))
    if blank:
        reasons.append(phrases.blank_answers.format(answers=wording.numbers(blank)))
    line = phrases.not_ruled_out.format(levels=", ".join(levels), reasons="; ".join(reasons))
    if not_known and assessment.assessment.follow_up is not None:
        question = wording.definition.questions[assessment.assessment.follow_up]
        line += " " + phrases.follow_up.format(question=wording.question(question))
    return line


def _title(assessment: AssessmentOutcome, level: str | None) -> str:
    found = assessment.level(level)
    return found.title if found else ""


def _suggestion(assessment: AssessmentOutcome, wording: Wording) -> tree.Panel:
    phrases = wording.phrases
    line = not_ruled_out(assessment, wording)
    blocks: list[tree.Words] = [tree.Paragraph(text=line)] if line else []
    if assessment.recorded:
        blocks += _reasons(assessment, wording)
        interventions = _interventions(assessment)
        if interventions:
            blocks.append(tree.TermList(terms=((phrases.interventions, interventions),)))
    label = phrases.suggested.format(assessment=assessment.assessment.title)
    return tree.Panel(kind="outcome", label=label, title=headline(assessment, wording), blocks=tuple(blocks))


def _reasons(assessment: AssessmentOutcome, wording: Wording) -> Iterator[tree.Words]:
    """Yield every rule that holds, with the answers that made it hold; what is missing, where one fails for blanks."""
    phrases = wording.phrases
    holding = [rule for rule in assessment.rules if rule.truth]
    terms = [
        (
            phrases.because.format(level=_title(assessment, rule.rule.level), because=rule.rule.because),
            _answers(rule, wording),
        )
        for rule in reversed(holding)
    ]
    otherwise = assessment.assessment.otherwise
    if not holding and otherwise is not None:
        title = _title(assessment, otherwise.level)
        because = phrases.because.format(level=title, because=otherwise.because) if title else otherwise.because
        terms.append((because, ()))
    terms += [
        (phrases.adjusted.format(because=change.adjustment.because), _answers(change, wording))
        for change in assessment.adjustments
        if change.truth
    ]
    yield tree.TermList(terms=tuple(terms))
    for rule in assessment.rules:
        blank = [instance for instance in rule.deciding if instance.is_blank] if rule.truth is False else []
        if blank:
            titles = "; ".join(wording.question(instance.question) for instance in blank)
            yield tree.Paragraph(text=phrases.missing.format(level=_title(assessment, rule.rule.level), answers=titles))


def _answers(verdict: Verdict, wording: Wording) -> tuple[str, ...]:
    return tuple(wording.answer(instance) for instance in verdict.deciding)


def _interventions(assessment: AssessmentOutcome) -> tuple[str, ...]:
    """Return what the source suggests to do at the level, with those of the levels that it includes."""
    chain: list[Level] = []
    level = assessment.level(assessment.lowest)
    while level is not None:
        chain.append(level)
        level = assessment.level(level.includes.level) if level.includes else None
    return tuple(intervention for included in reversed(chain) for intervention in included.interventions)


def _judgement(assessment: AssessmentOutcome, wording: Wording) -> tree.Panel:
    phrases, judgement = wording.phrases, assessment.judgement
    assert judgement is not None
    title = _title(assessment, judgement.level) or phrases.not_judged
    texts = []
    if judgement.differs:
        suggested = _title(assessment, judgement.suggested)
        title = phrases.judged_differently.format(level=title, suggested=suggested)
        texts += [] if judgement.reason else [phrases.no_reason]
    if judgement.reason:
        texts.append(phrases.reason.format(reason=judgement.reason))
    return tree.Panel(
        kind="outcome",
        label=phrases.judgement.format(assessment=assessment.assessment.title),
        title=title,
        blocks=tuple(tree.Paragraph(text=text) for text in texts),
    )


def _prompt(prompt: PromptOutcome, wording: Wording) -> tree.Panel:
    phrases = wording.phrases
    labels = {"immediate": phrases.immediate, "soon": phrases.soon, "consider": phrases.consider}
    kinds: dict[str, tree.PanelKind] = {"immediate": "immediate", "soon": "soon", "consider": "consider"}
    blocks: list[tree.Words] = [tree.Paragraph(text=prompt.text)]
    given = [instance for instance in prompt.deciding if not instance.is_blank]
    if given:
        blocks.append(tree.Paragraph(text=phrases.prompted_by.format(answers=wording.numbers(given))))
    return tree.Panel(kind=kinds[prompt.urgency], label=labels[prompt.urgency], blocks=tuple(blocks))


def _overview(measures: Mapping[str, MeasureOutcome], wording: Wording) -> Iterator[tree.Block]:
    """Yield a table of the counts: a row for each section, a column for each title, and never a total."""
    cells: dict[str, dict[str, tuple[tree.Words, ...]]] = {}
    columns: dict[str, None] = {}
    for name, outcome in measures.items():
        measure = wording.definition.words.measures[name]
        if isinstance(measure, CountMeasure) and outcome.title:
            section = _section_of(measure.count.items[0], wording)
            columns[outcome.title] = None
            cells.setdefault(section, {})[outcome.title] = tuple(_number(outcome, measure, wording))
    if cells:
        yield tree.Table(
            caption=wording.phrases.overview,
            row_header=wording.phrases.section,
            columns=tuple(columns),
            widths=(4, *(3,) * len(columns)),
            rows=tuple(
                tree.Row(header=section, cells=tuple(row.get(column) for column in columns))
                for section, row in cells.items()
            ),
        )


def _section_of(selector: str, wording: Wording) -> str:
    """Return the title of the section that a selector looks into: the longest part of it without a `*`."""
    item: Section | None = wording.definition.root
    title = wording.definition.title
    for key in split(selector):
        child = item.children.get(key) if item is not None else None
        item = child if isinstance(child, Section) else None
        if item is not None:
            title = item.title
    return title


def _number(outcome: MeasureOutcome, measure: CountMeasure, wording: Wording) -> Iterator[tree.Words]:
    """Yield a count in words; a count of what is not answered lists it."""
    is_of_blanks = measure.count.match.answered is False
    text = interval_words(outcome.interval, wording)
    if wording.reader.is_draft and not is_of_blanks and not outcome.interval.is_exact:
        text = wording.phrases.so_far.format(number=outcome.interval.lowest)
    yield tree.Paragraph(text=text)
    if is_of_blanks:
        listed = {_row_title(instance.question): None for instance in (*outcome.counted, *outcome.open)}
        if listed:
            yield tree.BulletList(items=tuple(listed))


def _row_title(question: Question) -> str:
    holder = question.holder
    return holder.title if isinstance(holder, Section) and holder.is_row else question.title


def interval_words(interval: Interval, wording: Wording) -> str:
    """Return a number of which only the bounds are known, in words."""
    phrases, lowest, highest = wording.phrases, interval.lowest, interval.highest
    if interval.is_exact:
        return str(lowest)
    if lowest is None and highest is None:
        return phrases.unknown_number
    if highest is None:
        return phrases.at_least.format(number=lowest)
    if not lowest:
        return phrases.at_most.format(number=highest)
    return phrases.between.format(lowest=lowest, highest=highest)


def _findings(findings: tuple[Finding, ...], wording: Wording) -> tree.Panel:
    phrases = wording.phrases
    items = []
    for finding in findings:
        item = wording.definition.item_at(finding.pointer)
        question = wording.question(item) if isinstance(item, Question) else finding.question or finding.pointer
        items.append(phrases.found.format(question=question, message=finding.message))
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
