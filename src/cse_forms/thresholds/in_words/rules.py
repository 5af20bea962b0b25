"""Rules, bands, adjustments and limits said in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import assert_never

from cse_forms.passages import strung
from cse_forms.schema.conditions import Number
from cse_forms.schema.definition import Definition
from cse_forms.schema.ranges import reachable
from cse_forms.schema.reach import Reach
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
                words = self.band(rule, index)
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

    def band(self, rule: Rule, index: int) -> str:
        """Return the numbers of one of a rule's bands: "6 to 10", "11 or more"."""
        band = rule.bands[index]
        after = rule.bands[index + 1].from_ if index + 1 < len(rule.bands) and band.to is None else None
        before = rule.bands[index - 1].to if index > 0 and band.from_ is None else None
        words = self._whole_band(rule.measure, band, before, after)
        if words is not None:
            return words
        low = band.from_ if before is None else before
        high = band.to if after is None else after
        values = {
            word: self.naming.number(bound) for word, bound in (("low", low), ("high", high)) if bound is not None
        }
        return self._band_phrase(band, set(values)).format(**values)

    def _whole_band(self, measure: str | None, band: Band, before: Number | None, after: Number | None) -> str | None:
        """Return the band of a number that is always a whole one by its first and last number: "1", "2 to 4".

        None where the number may be a fraction, or a bound is not a whole number that is written.
        """
        bounds = (band.from_, before, band.to, after)
        if not all(bound is None or isinstance(bound, int) for bound in bounds):
            return None
        first, beyond, last, next_ = (bound if isinstance(bound, int) else None for bound in bounds)
        reach = self._reachable[measure or ""]
        if not reach.unit or reach.unit != int(reach.unit):
            return None
        low = first if first is not None else None if beyond is None else beyond + 1
        high = last if last is not None else None if next_ is None else next_ - 1
        if low is not None and high is not None and low > high:
            return None
        sayings = self.sayings
        if low == high or (low is None and high == reach.lowest):
            return None if high is None else str(high)
        if low is None:
            return sayings.band_to.format(high=high)
        return sayings.band_from.format(low=low) if high is None else sayings.band_from_to.format(low=low, high=high)

    @cached_property
    def _reachable(self) -> Mapping[str, Reach]:
        return reachable(self.definition)

    def _band_phrase(self, band: Band, bounds: set[str]) -> str:
        """Return the phrase for a band, of which some bounds are those of its neighbours."""
        sayings = self.sayings
        if "low" not in bounds:
            return sayings.band_below if band.to is None else sayings.band_to
        if "high" not in bounds:
            return sayings.band_above if band.from_ is None else sayings.band_from
        if band.from_ is None:
            return sayings.band_above_to
        return sayings.band_from_below if band.to is None else sayings.band_from_to

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
        if adjustment.lower is not None:
            text = sayings.lowered_one if adjustment.lower == 1 else sayings.lowered.format(number=adjustment.lower)
            if adjustment.not_below is not None:
                text = sayings.not_below.format(text=text, level=self._level(assessment, adjustment.not_below))
            said.append(text)
        if adjustment.at_least is not None:
            said.append(sayings.is_then_at_least.format(level=self._level(assessment, adjustment.at_least)))
        if adjustment.at_most is not None:
            said.append(sayings.is_then_at_most.format(level=self._level(assessment, adjustment.at_most)))
        return strung(sayings.semicolon, said)

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
