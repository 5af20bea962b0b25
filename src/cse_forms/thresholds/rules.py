"""What a rule gives to one response: a level, nothing, or one of several while answers are unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from typing_extensions import override

from cse_forms.pointers import BLANK
from cse_forms.schema.conditions import MeasureReference, Number
from cse_forms.schema.items import NO_DEFAULT, Option, Question
from cse_forms.thresholds.intervals import Interval, Truth
from cse_forms.thresholds.levels import NO_LEVEL, NOTHING, Gift
from cse_forms.thresholds.matching import all_hold, bound_of, compare, is_answer, option_of
from cse_forms.thresholds.measures import Numbers
from cse_forms.thresholds.reading import Instance, Reading, Run
from cse_forms.thresholds.tally import Leaf


class RuleReading(Protocol):
    """A rule, compiled for one form."""

    def gift(self, run: Run) -> Gift:
        """Return the levels that it may give."""

    def deciding(self, run: Run) -> Iterator[Instance]:
        """Yield the answers by which it gives what it gives, or that leave open what it gives."""

    def unsettled(self, run: Run) -> Iterator[str]:
        """Yield what the policy itself leaves open."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


def truth_of_gift(gift: Gift) -> Truth:
    """Return whether a rule certainly gives a level, certainly gives none, or neither is known."""
    if gift == NOTHING:
        return False
    return None if NO_LEVEL in gift else True


@dataclass(frozen=True, slots=True)
class LevelRule(RuleReading):
    """One level, where a condition holds."""

    when: Reading
    gifts: Mapping[Truth, Gift]

    @override
    def gift(self, run: Run) -> Gift:
        return self.gifts[self.when.truth(run)]

    @override
    def deciding(self, run: Run) -> Iterator[Instance]:
        return self.when.deciding(run)

    @override
    def unsettled(self, run: Run) -> Iterator[str]:
        return self.when.unsettled(run)

    @override
    def read(self) -> Iterator[Question]:
        return self.when.read()


@dataclass(frozen=True, slots=True)
class BoundedBand:
    """A band with both its bounds filled in; None where there is no bound."""

    level: int
    least: Number | None
    most: Number | None
    below: Number | None
    """Where the next band begins, if the band does not say where it ends."""
    above: Number | None
    """Where the band before ends, if the band does not say where it begins."""


@dataclass(frozen=True, slots=True)
class BandRule(RuleReading):
    """The level of the band that a measure's number lies in."""

    measure: str
    bands: tuple[BoundedBand, ...]
    when: Reading | None
    numbers: Numbers

    @override
    def gift(self, run: Run) -> Gift:
        applies = True if self.when is None else self.when.truth(run)
        return self._given(run, self.numbers.number(run, self.measure), applies)

    def _given(self, run: Run, number: Interval, applies: Truth) -> Gift:
        if applies is False or number.has_value is False:
            return NOTHING
        lies = [self._lies_in(run, band, number.as_valued()) for band in self.bands]
        given = {band.level for band, truth in zip(self.bands, lies, strict=True) if truth is not False}
        is_inside = any(truth is True for truth in lies) or self._leaves_no_gap(run, number.as_valued())
        if not (given and applies and number.has_value and is_inside):
            given.add(NO_LEVEL)
        return tuple(sorted(given))

    def _lies_in(self, run: Run, band: BoundedBand, number: Interval) -> Truth:
        around = self.numbers.around(run, ())
        bounds = {
            "minimum": band.least,
            "maximum": band.most,
            "exclusive_maximum": band.below,
            "exclusive_minimum": band.above,
        }
        return all_hold(
            compare(word, number, bound_of(bound, around)) for word, bound in bounds.items() if bound is not None
        )

    def _leaves_no_gap(self, run: Run, number: Interval) -> bool:
        """Whether the number lies between the first and the last bound, whatever band it is in."""
        # Between two numbers that a definition prints, `check` has seen that there is none that can be reached.
        if any(isinstance(bound, MeasureReference) for band in self.bands for bound in (band.least, band.most)) and any(
            one.most is not None and other.least is not None for one, other in pairwise(self.bands)
        ):
            return False
        first, last = self.bands[0], self.bands[-1]
        reached = BoundedBand(NO_LEVEL, first.least, last.most, last.below, first.above)
        return self._lies_in(run, reached, number) is True

    @override
    def deciding(self, run: Run) -> Iterator[Instance]:
        gift = self.gift(run)
        applies = True if self.when is None else self.when.truth(run)
        if self.when is not None and (len(gift) == 1 or applies is None):
            yield from self.when.deciding(run)
        if applies is False:
            return
        number, truth = self.numbers.number(run, self.measure), True if len(gift) == 1 else None
        # In the highest band a number stays whatever else there is; in the lowest, whatever there is less.
        by_lowest = self._given(run, Interval(number.lowest, None, number.has_value), applies) == gift
        by_highest = self._given(run, Interval(None, number.highest, number.has_value), applies) == gift
        yield from self.numbers.deciding_number(run, self.measure, truth, lowest=by_lowest, highest=by_highest)
        for measure in self._bounds():
            yield from self.numbers.deciding_number(run, measure, truth)

    @override
    def unsettled(self, run: Run) -> Iterator[str]:
        return iter(()) if self.when is None else self.when.unsettled(run)

    @override
    def read(self) -> Iterator[Question]:
        if self.when is not None:
            yield from self.when.read()
        for measure in (self.measure, *self._bounds()):
            yield from self.numbers.questions(measure)

    def _bounds(self) -> Iterator[str]:
        for band in self.bands:
            for bound in (band.least, band.most):
                if isinstance(bound, MeasureReference):
                    yield bound.measure


class LevelSource(Protocol):
    """What a rule takes a level from."""

    def levels(self, run: Run) -> Iterator[Gift]:
        """Yield the levels that each of its answers may be."""

    def deciding(self, run: Run, level: int, *, truth: Truth) -> Iterator[Instance]:
        """Yield the answers that give a level, or that leave open whether they give a higher one.

        Args:
            run: the response.
            level: the level; `NO_LEVEL` where none is given.
            truth: True for those that give it, None for those that leave open what is given.
        """

    def unsettled(self, run: Run) -> Iterator[str]:
        """Yield what the policy itself leaves open."""

    def read(self) -> Iterator[Question]:
        """Yield the questions that it reads."""


@dataclass(frozen=True, slots=True)
class AnswerSource(LevelSource):
    """The level that an answer names."""

    leaf: Leaf
    level_by_id: Mapping[str, int]

    @override
    def levels(self, run: Run) -> Iterator[Gift]:
        return (gift for _, gift in self._gifts(run))

    def _gifts(self, run: Run) -> Iterator[tuple[Instance, Gift]]:
        for instance in self.leaf.instances(run, ()):
            asked = self.leaf.is_counted(run, instance.keys)
            if asked is not False:
                gift = self._named(run, instance)
                is_certain = asked and not instance.rows_unknown
                yield instance, gift if is_certain else tuple(sorted({*gift, NO_LEVEL}))

    def _named(self, run: Run, instance: Instance) -> Gift:
        value = instance.value
        if instance.is_missing and not run.draft and self.leaf.question.default is not NO_DEFAULT:
            value = self.leaf.question.default
        option = None if value is BLANK or not is_answer(self.leaf.question, value) else self._option(value)
        if option is not None and not option.unknown:
            return (self._level(option.value),)
        known = [self._level(option.value) for option in self.leaf.question.options if not option.unknown]
        # Of one option alone the contrary is an answer too; a blank may also stay one, or turn out Not Known.
        return tuple(sorted({*known, NO_LEVEL}))

    def _option(self, value: object) -> Option | None:
        return option_of(self.leaf.question, value)

    def _level(self, value: object) -> int:
        return self.level_by_id.get(value, NO_LEVEL) if isinstance(value, str) else NO_LEVEL

    @override
    def deciding(self, run: Run, level: int, *, truth: Truth) -> Iterator[Instance]:
        for instance, gift in self._gifts(run):
            is_given = instance.as_read(draft=run.draft).is_given
            if truth is not None:
                if is_given and gift == (level,):
                    yield instance
            elif gift[-1] > level:
                yield from self.leaf.undecided(run, instance.keys)
                if not is_given:
                    yield instance

    @override
    def unsettled(self, run: Run) -> Iterator[str]:
        return iter(())

    @override
    def read(self) -> Iterator[Question]:
        yield self.leaf.question


class LevelsOf(Protocol):
    """The levels of a form's assessments."""

    def levels(self, run: Run, assessment: str) -> tuple[str | None, ...]:
        """Return the ids of the levels that are possible; None stands for "no level"."""

    def deciding_level(self, run: Run, assessment: str, *, is_open: bool) -> Iterator[Instance]:
        """Yield the answers that make the level what it is, or that leave it open."""

    def unsettled_of_level(self, run: Run, assessment: str) -> Iterator[str]:
        """Yield what the policy leaves open, of all that a level may depend on."""

    def questions_of_level(self, assessment: str) -> Iterator[Question]:
        """Yield the questions that the assessment reads."""


@dataclass(frozen=True, slots=True)
class AssessmentSource(LevelSource):
    """The level of another assessment."""

    assessment: str
    level_by_id: Mapping[str, int]
    form: LevelsOf

    @override
    def levels(self, run: Run) -> Iterator[Gift]:
        possible = self.form.levels(run, self.assessment)
        yield tuple(sorted({self.level_by_id.get(level or "", NO_LEVEL) for level in possible}))

    @override
    def deciding(self, run: Run, level: int, *, truth: Truth) -> Iterator[Instance]:
        for gift in self.levels(run):
            if gift == (level,) if truth is not None else gift[-1] > level:
                yield from self.form.deciding_level(run, self.assessment, is_open=truth is None)

    @override
    def unsettled(self, run: Run) -> Iterator[str]:
        return self.form.unsettled_of_level(run, self.assessment)

    @override
    def read(self) -> Iterator[Question]:
        return self.form.questions_of_level(self.assessment)


@dataclass(frozen=True, slots=True)
class LevelOfRule(RuleReading):
    """The highest level among answers and other assessments."""

    sources: tuple[LevelSource, ...]
    when: Reading | None

    @override
    def gift(self, run: Run) -> Gift:
        applies = True if self.when is None else self.when.truth(run)
        if applies is False:
            return NOTHING
        levels = {NO_LEVEL}
        for gift in (gift for source in self.sources for gift in source.levels(run)):
            levels = {max(level, given) for level in levels for given in gift}
        return tuple(sorted(levels if applies else {*levels, NO_LEVEL}))

    @override
    def deciding(self, run: Run) -> Iterator[Instance]:
        truth: Truth = True if len(self.gift(run)) == 1 else None
        if self.when is not None and (truth or self.when.truth(run) is None):
            yield from self.when.deciding(run)
        if self.when is None or self.when.truth(run) is not False:
            # Of the highest level, only what lies above all that is certain can change it.
            certain = max((gift[0] for source in self.sources for gift in source.levels(run)), default=NO_LEVEL)
            for source in self.sources:
                yield from source.deciding(run, certain, truth=truth)

    @override
    def unsettled(self, run: Run) -> Iterator[str]:
        if self.when is not None:
            yield from self.when.unsettled(run)
        for source in self.sources:
            yield from source.unsettled(run)

    @override
    def read(self) -> Iterator[Question]:
        if self.when is not None:
            yield from self.when.read()
        for source in self.sources:
            yield from source.read()


def bounded(bands: Sequence[tuple[int, Number | None, Number | None]]) -> tuple[BoundedBand, ...]:
    """Return bands with their bounds filled in from their neighbours.

    Args:
        bands: (level, from, to), in ascending order.
    """
    found = []
    for index, (level, least, most) in enumerate(bands):
        below = bands[index + 1][1] if most is None and index + 1 < len(bands) else None
        above = bands[index - 1][2] if least is None and index > 0 else None
        found.append(BoundedBand(level, least, most, below, above))
    return tuple(found)
