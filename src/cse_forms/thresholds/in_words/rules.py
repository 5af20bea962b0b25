"""Rules, bands, adjustments and limits said in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from cse_forms.schema.conditions import Number
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Adjustment, Assessment, Band, Bound, Limit, Rule, Suggested
from cse_forms.thresholds.in_words.conditions import ConditionsInWords
from cse_forms.thresholds.in_words.measures import NumbersInWords
from cse_forms.thresholds.in_words.naming import joined
from cse_forms.thresholds.in_words.phrases import ENGLISH, Sayings
from cse_forms.thresholds.in_words.sentences import Saying


class PolicyInWords:
    """Says all that a form's policy consists of."""

    def __init__(self, definition: Definition, sayings: Sayings = ENGLISH) -> None:
        self.definition = definition
        self.sayings = sayings
        self.conditions = ConditionsInWords(definition, sayings)
        self.numbers = NumbersInWords(self.conditions)
        self.naming = self.conditions.naming
        self.condition = self.conditions.condition
        self.measure = self.numbers.measure

    def reasons(self, assessment: Assessment, rule: Rule) -> Iterator[tuple[str, Saying]]:
        """Yield each level that a rule may give, by its id, with the condition on which it gives it.

        A rule of bands or one that takes its level from elsewhere is said once for each level.
        """
        if rule.level is not None and rule.when is not None:
            yield rule.level, self.condition(rule.when)
            return
        if rule.measure is not None:
            number = self.naming.measure(rule.measure)
            for index, band in enumerate(rule.bands):
                words = self.band(rule.bands, index)
                text = self.sayings.lies_in_band.format(number=number, band=words)
                yield band.level, self._where(Saying(text), rule)
            return
        for level in assessment.levels:
            text = self.sayings.level_is_among.format(sources=self.sources(rule), level=level.title)
            yield level.id, self._where(Saying(text), rule)

    def _where(self, saying: Saying, rule: Rule) -> Saying:
        if rule.when is None:
            return saying
        return Saying(self.sayings.all_hold, (saying, self.condition(rule.when)), self.sayings.both)

    def band(self, bands: tuple[Band, ...], index: int) -> str:
        """Return the numbers of one of a rule's bands: "6 to 10", "11 or more"."""
        sayings, band = self.sayings, bands[index]
        after = bands[index + 1].from_ if index + 1 < len(bands) else None
        before = bands[index - 1].to if index > 0 else None
        low, high = self._number(band.from_), self._number(band.to)
        if low and high:
            return sayings.band_from_to.format(low=low, high=high)
        if low:
            below = self._number(after)
            return sayings.band_from_below.format(low=low, high=below) if below else sayings.band_from.format(low=low)
        above = self._number(before)
        if above:
            return sayings.band_above_to.format(low=above, high=high)
        return sayings.band_to.format(high=high)

    def sources(self, rule: Rule) -> str:
        """Return the questions and assessments that a rule takes its level from."""
        names = []
        for source in rule.level_of or ():
            if source.startswith("/"):
                names.append(self.naming.selected((source,)).text)
            else:
                names.append(self.sayings.quoted.format(text=self.naming.assessment(source)))
        return joined(names, self.sayings.or_, self.sayings.comma)

    def change(self, assessment: Assessment, adjustment: Adjustment) -> str:
        """Return what an adjustment does to the level."""
        sayings = self.sayings
        said = []
        if adjustment.raise_ is not None:
            text = sayings.raised_one if adjustment.raise_ == 1 else sayings.raised.format(number=adjustment.raise_)
            if adjustment.not_above is not None:
                text = sayings.not_above.format(text=text, level=self._level(assessment, adjustment.not_above))
            said.append(text)
        if adjustment.at_least is not None:
            said.append(sayings.is_then_at_least.format(level=self._level(assessment, adjustment.at_least)))
        if adjustment.at_most is not None:
            said.append(sayings.is_then_at_most.format(level=self._level(assessment, adjustment.at_most)))
        return sayings.semicolon.join(said)

    def limit(self, assessment: Assessment, limit: Limit) -> str:
        """Return what a limit bars: "not lower than the suggested level"."""
        sayings = self.sayings
        said = []
        if limit.at_least is not None:
            said.append(sayings.not_lower.format(level=self._bound(assessment, limit.at_least)))
        if limit.at_most is not None:
            said.append(sayings.not_higher.format(level=self._bound(assessment, limit.at_most)))
        return joined(said, sayings.and_, sayings.comma)

    def _bound(self, assessment: Assessment, bound: Bound) -> str:
        sayings = self.sayings
        match bound:
            case Suggested(suggested=0):
                return sayings.suggested
            case Suggested(suggested=number):
                if abs(number) == 1:
                    return sayings.above_suggested_one if number > 0 else sayings.below_suggested_one
                phrase = sayings.above_suggested if number > 0 else sayings.below_suggested
                return phrase.format(number=abs(number))
            case str():
                return sayings.suggested if bound == "suggested" else self._level(assessment, bound)
            case _:
                assert_never(bound)

    def _level(self, assessment: Assessment, level: str) -> str:
        return self.naming.level(assessment.id, level)

    def _number(self, number: Number | None) -> str | None:
        return None if number is None else self.naming.number(number)
