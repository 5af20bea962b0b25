"""The parts of a policy in one line each, so that two versions of one can be held side by side."""

from __future__ import annotations

from cse_forms.comparing.phrases import CHANGES
from cse_forms.schema.conditions import Condition
from cse_forms.schema.vocabulary import Adjustment, Assessment, Judgement, Limit, Rule
from cse_forms.thresholds.in_words.rules import PolicyInWords
from cse_forms.thresholds.in_words.sentences import sentence


class PartsInWords:
    """Says the parts of one version's policy."""

    def __init__(self, words: PolicyInWords) -> None:
        self.words = words

    def condition(self, condition: Condition) -> str:
        """Return when a condition holds."""
        return self.words.condition(condition).line()

    def measure(self, name: str) -> str:
        """Return how a measure comes to its number, and what a gap does to it."""
        gaps = self.words.numbers.gaps(name)
        said = sentence(self.words.measure(name).line())
        return said if gaps is None else f"{said} {gaps}"

    def applies(self, condition: Condition | None) -> str:
        """Return when an assessment applies."""
        if condition is None:
            return CHANGES.applies_always
        return CHANGES.applies_where.format(condition=self.condition(condition))

    def shown(self, condition: Condition | None) -> str:
        """Return when a prompt is shown."""
        if condition is None:
            return CHANGES.shown_always
        return CHANGES.shown_where.format(condition=self.condition(condition))

    def rule(self, assessment: Assessment, rule: Rule) -> str:
        """Return which level a rule gives, and when."""
        words = self.words
        if rule.level is not None and rule.when is not None:
            level = words.naming.level(assessment.id, rule.level)
            return CHANGES.rule_level.format(level=level, condition=self.condition(rule.when))
        if rule.measure is not None:
            bands = (
                CHANGES.rule_band.format(
                    band=words.band(rule, index), level=words.naming.level(assessment.id, one.level)
                )
                for index, one in enumerate(rule.bands)
            )
            number = words.naming.measure_with_meaning(rule.measure)
            text = CHANGES.rule_bands.format(number=number, bands="; ".join(bands))
        else:
            text = CHANGES.rule_source.format(sources=words.sources(rule))
        if rule.when is None:
            return text
        return CHANGES.only_where.format(text=text, condition=self.condition(rule.when))

    def adjustment(self, assessment: Assessment, change: Adjustment) -> str:
        """Return what an adjustment does to the level, and when."""
        does = self.words.change(assessment, change)
        return CHANGES.only_where.format(text=does, condition=self.condition(change.when))

    def otherwise(self, assessment: Assessment) -> str:
        """Return the level where no rule holds."""
        otherwise = assessment.otherwise
        if otherwise is None or otherwise.level is None:
            return CHANGES.no_level
        return self.words.naming.level(assessment.id, otherwise.level)

    def judgement(self, assessment: Assessment, judgement: Judgement) -> str:
        """Return where a judgement is recorded, and what it may be."""
        level = self.words.naming.pointer(judgement.level)
        if judgement.may == "differ":
            return CHANGES.may_differ.format(level=level)
        limits = "; ".join(self._limit(assessment, limit) for limit in judgement.may)
        return CHANGES.limited.format(level=level, limits=limits)

    def _limit(self, assessment: Assessment, limit: Limit) -> str:
        text = self.words.limit(assessment, limit)
        if limit.when is not None:
            text = CHANGES.limit_where.format(limit=text, condition=self.condition(limit.when))
        return text
