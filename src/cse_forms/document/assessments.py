"""One assessment of a form's policy, in words: its levels, its rules, what changes them, and who decides."""

from __future__ import annotations

from collections.abc import Iterator

from cse_forms.document import tree
from cse_forms.document.phrases import Phrases
from cse_forms.document.said import condition_words, provenance_lines, told
from cse_forms.passages import strung
from cse_forms.plurals import Counted
from cse_forms.schema.conditions import UnsettledCondition
from cse_forms.schema.vocabulary import Adjustment, Assessment, Judgement, Level, Limit, Rule
from cse_forms.thresholds.in_words.rules import PolicyInWords
from cse_forms.thresholds.in_words.sentences import sentence


def assessment_blocks(words: PolicyInWords, assessment: Assessment, phrases: Phrases) -> Iterator[tree.Block]:
    """Yield all that a form's policy says of one assessment, under a heading of its own."""
    return _AssessmentBuilder(words, assessment, phrases).blocks()


def is_worked_out(assessment: Assessment) -> bool:
    """Whether answers decide which level is suggested; without rules and adjustments they do not."""
    return bool(assessment.rules or assessment.adjustments)


def rules_in_order(assessment: Assessment) -> tuple[tuple[int, Rule], ...]:
    """Return the rules with their numbers as they are told: the gravest first, where the levels are ordered."""
    rules = list(assessment.rules)
    if assessment.ordered:
        place = {level.id: index for index, level in enumerate(assessment.levels)}
        top = len(place)

        def gravity(rule: Rule) -> int:
            if rule.level is not None:
                return place[rule.level]
            return max((place[band.level] for band in rule.bands), default=top)

        rules.sort(key=gravity, reverse=True)
    return tuple(enumerate(rules, start=1))


class _AssessmentBuilder:
    def __init__(self, words: PolicyInWords, assessment: Assessment, phrases: Phrases) -> None:
        self._words = words
        self._assessment = assessment
        self._phrases = phrases.policy
        self._definition = words.definition

    def blocks(self) -> Iterator[tree.Block]:
        assessment, phrases = self._assessment, self._phrases
        text = phrases.assessment.format(assessment=assessment.title)
        yield tree.Heading(level=2, text=text, anchor=f"assessment-{assessment.id}")
        yield tree.Panel(kind="text", blocks=tuple(self._introduction()))
        yield tree.Heading(level=3, text=phrases.levels_ordered if assessment.ordered else phrases.levels_unordered)
        yield tree.Panel(kind="text", blocks=(self._levels(),))
        yield tree.Heading(level=3, text=phrases.rules_ordered if assessment.ordered else phrases.rules_unordered)
        if not assessment.rules:
            yield told(phrases.no_rules)
        for number, rule in rules_in_order(assessment):
            yield self._rule(number, rule)
        yield tree.Heading(level=3, text=phrases.otherwise if assessment.rules else phrases.always)
        yield self._otherwise()
        if assessment.adjustments:
            yield tree.Heading(level=3, text=phrases.adjustments)
            yield told(phrases.adjusting)
        for number, adjustment in enumerate(assessment.adjustments, start=1):
            yield self._adjustment(number, adjustment)
        unknown = tuple(map(_paragraph, self._unknown()))
        if unknown:
            yield tree.Heading(level=3, text=phrases.unknown)
            yield tree.Panel(kind="text", blocks=unknown)
        yield tree.Heading(level=3, text=phrases.judgement)
        yield self._judgement(assessment.judgement)

    def _introduction(self) -> Iterator[tree.Words]:
        assessment, phrases = self._assessment, self._phrases
        phrase: str | Counted = phrases.ordered if assessment.ordered else phrases.unordered
        otherwise = assessment.otherwise
        if not assessment.rules and (otherwise is None or otherwise.level is None):
            phrase = phrases.no_suggestion
        elif not assessment.rules:
            phrase = phrases.only_adjusted if assessment.adjustments else phrases.one_suggestion
        elif len(assessment.levels) == 1:
            phrase = phrases.one_level
        text = phrase.format(count=len(assessment.levels))
        if assessment.judgement is not None:
            alone = phrase is phrases.no_suggestion
            text = strung(" ", (text, phrases.practitioner_alone if alone else phrases.practitioner_decides))
        yield tree.Paragraph(text=text)
        if assessment.show_when is not None:
            yield from condition_words(self._words.condition(assessment.show_when), phrases.applies_where)
            yield tree.Paragraph(text=phrases.elsewhere)
        yield from provenance_lines(self._definition, assessment.provenance, phrases)

    def _levels(self) -> tree.TermList | tree.BulletList:
        levels = self._assessment.levels
        terms = tuple((level.title, tuple(self._level(level))) for level in levels)
        if any(texts for _, texts in terms):
            return tree.TermList(
                terms=tuple((title, texts or (self._phrases.no_description,)) for title, texts in terms)
            )
        return tree.BulletList(items=tuple(level.title for level in levels))

    def _level(self, level: Level) -> Iterator[str]:
        if level.description:
            yield level.description
        included = (level.includes.text,) if level.includes else ()
        listed = (*included, *level.interventions)
        if listed:
            yield self._phrases.interventions.format(interventions=strung(" ", listed))

    def _rule(self, number: int, rule: Rule) -> tree.Panel:
        phrases, words, assessment = self._phrases, self._words, self._assessment
        blocks: list[tree.Words] = []
        if rule.level is not None and rule.when is not None:
            title = phrases.rule.format(number=number, level=words.naming.level(assessment.id, rule.level))
            blocks += condition_words(words.condition(rule.when), phrases.holds_where)
        else:
            if rule.measure is not None:
                title = phrases.rule_by_bands.format(number=number)
                blocks += self._bands(rule, rule.measure)
            else:
                title = phrases.rule_by_source.format(number=number)
                blocks.append(tree.Paragraph(text=phrases.source_lead.format(sources=words.sources(rule))))
            if rule.when is not None:
                blocks += condition_words(words.condition(rule.when), phrases.asked_only_where)
        blocks += self._reasons(rule.because, rule)
        return tree.Panel(kind="text", title=title, blocks=tuple(blocks))

    def _bands(self, rule: Rule, measure: str) -> Iterator[tree.Words]:
        phrases, words = self._phrases, self._words
        yield tree.Paragraph(text=phrases.band_lead.format(number=words.naming.measure_with_meaning(measure)))
        bands = (
            phrases.band.format(
                band=sentence(words.band(rule, index)).rstrip("."),
                level=words.naming.level(self._assessment.id, band.level),
            )
            for index, band in enumerate(rule.bands)
        )
        yield tree.BulletList(items=tuple(bands))
        yield tree.Paragraph(text=phrases.bands_else)

    def _reasons(self, because: str, said: Rule | Adjustment) -> Iterator[tree.Words]:
        yield tree.Paragraph(text=self._phrases.because.format(because=because))
        yield from provenance_lines(self._definition, said.provenance, self._phrases)

    def _otherwise(self) -> tree.Panel:
        phrases, otherwise = self._phrases, self._assessment.otherwise
        none, one = phrases.otherwise_none, phrases.otherwise_level
        if not self._assessment.rules:
            none, one = phrases.always_none, phrases.always_level
        if otherwise is None:
            return told(none)
        text = none
        if otherwise.level is not None:
            text = one.format(level=self._words.naming.level(self._assessment.id, otherwise.level))
        said = (_paragraph(text), _paragraph(phrases.because.format(because=otherwise.because)))
        sources = provenance_lines(self._definition, otherwise.provenance, phrases)
        return tree.Panel(kind="text", blocks=(*said, *sources))

    def _adjustment(self, number: int, adjustment: Adjustment) -> tree.Panel:
        phrases, words = self._phrases, self._words
        title = phrases.adjustment.format(number=number, change=words.change(self._assessment, adjustment))
        condition = condition_words(words.condition(adjustment.when), phrases.adjusted_where)
        return tree.Panel(kind="text", title=title, blocks=(*condition, *self._reasons(adjustment.because, adjustment)))

    def _unknown(self) -> Iterator[str]:
        assessment, phrases = self._assessment, self._phrases
        if assessment.follow_up is not None:
            yield sentence(phrases.follow_up.format(question=self._words.naming.pointer(assessment.follow_up)))
        conditions = (*(rule.when for rule in assessment.rules), *(change.when for change in assessment.adjustments))
        for condition in conditions:
            if isinstance(condition, UnsettledCondition):
                yield phrases.unsettled.format(text=condition.unsettled)

    def _judgement(self, judgement: Judgement | None) -> tree.Panel:
        phrases, naming = self._phrases, self._words.naming
        if judgement is None:
            return told(phrases.no_judgement)
        places = phrases.judged_at.format(
            level=naming.pointer(judgement.level), reason=naming.pointer(judgement.reason)
        )
        if judgement.may == "differ":
            return tree.Panel(kind="text", blocks=(_paragraph(places), _paragraph(phrases.may_differ)))
        limits = tree.BulletList(items=tuple(map(self._limit, judgement.may)))
        blocks: list[tree.Words] = [_paragraph(places), _paragraph(phrases.limits), limits]
        if any(limit.when is not None for limit in judgement.may):
            blocks.append(_paragraph(phrases.limit_waiting))
        return tree.Panel(kind="text", blocks=tuple(blocks))

    def _limit(self, limit: Limit) -> str:
        phrases = self._phrases
        text = phrases.limit.format(limit=self._words.limit(self._assessment, limit))
        if limit.when is not None:
            text = phrases.limit_where.format(limit=text, condition=self._words.condition(limit.when).line())
        if limit.because is not None:
            text = phrases.limit_because.format(limit=text, because=limit.because)
        return text


def _paragraph(text: str) -> tree.Paragraph:
    return tree.Paragraph(text=text)
