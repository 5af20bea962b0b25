"""An assessment, its conditions compiled and its levels numbered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Protocol

from cse_forms.schema.conditions import Condition
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question
from cse_forms.schema.vocabulary import Adjustment, Assessment, Rule
from cse_forms.thresholds.intervals import Truth
from cse_forms.thresholds.levels import NO_LEVEL, NOTHING, Change, Gift, Ladder, Levels, Routes
from cse_forms.thresholds.measures import Numbers
from cse_forms.thresholds.reading import Asked, Instance, Reading, Run
from cse_forms.thresholds.rules import (
    AnswerSource,
    AssessmentSource,
    BandRule,
    LevelOfRule,
    LevelRule,
    LevelsOf,
    LevelSource,
    RuleReading,
    bounded,
)
from cse_forms.thresholds.tally import Leaf


class Compiler(Numbers, LevelsOf, Protocol):
    """What compiles the conditions of a form."""

    @property
    def definition(self) -> Definition:
        """The form."""

    def condition(self, condition: Condition) -> Reading:
        """Return the reading of a condition."""

    def asked(self, question: Question) -> Asked:
        """Return the conditions on which a question is asked."""


class Found(NamedTuple):
    """What an assessment comes to in one response."""

    applies: Truth
    gifts: tuple[Gift, ...]
    adjustments: tuple[Truth, ...]
    possible: tuple[str | None, ...]
    """The ids of all levels that may come out, in order; None stands for "no level"."""
    clash: bool
    """Whether rules hold that give different levels, of which none is higher."""


class CompiledAssessment:
    """An assessment, ready to be read over any number of responses."""

    def __init__(self, assessment: Assessment, form: Compiler) -> None:
        self.assessment = assessment
        self._place = {level.id: index for index, level in enumerate(assessment.levels)}
        self.show_when = None if assessment.show_when is None else form.condition(assessment.show_when)
        self.rules = tuple(self._rule(rule, form) for rule in assessment.rules)
        self.adjustments = tuple(form.condition(adjustment.when) for adjustment in assessment.adjustments)
        otherwise = assessment.otherwise.level if assessment.otherwise else None
        without_rule = NO_LEVEL if otherwise is None else self._place[otherwise]
        self.levels: Levels = Routes(without_rule)
        if assessment.ordered:
            self.levels = Ladder(without_rule, tuple(self._change(change) for change in assessment.adjustments))
        # Few combinations of truths ever come up, however many responses are read.
        self._possible = lru_cache(maxsize=4_096)(self._worked_out)
        self._open = lru_cache(maxsize=4_096)(self._open_parts)
        read = {question.keys: question for question in self.questions()}
        self.read = tuple((question, form.asked(question)) for question in read.values())
        """The questions that it reads, each with the conditions on which it is asked."""

    def found(self, run: Run) -> Found:
        """Return what it comes to, worked out once for each response."""
        found: Found | None = run.levels.get(self.assessment.id)
        if found is None:
            applies = True if self.show_when is None else self.show_when.truth(run)
            gifts = tuple([rule.gift(run) for rule in self.rules])
            adjustments = tuple([reading.truth(run) for reading in self.adjustments])
            found = self._possible(applies, gifts, adjustments)
            run.levels[self.assessment.id] = found
        return found

    def _worked_out(self, applies: Truth, gifts: tuple[Gift, ...], adjustments: tuple[Truth, ...]) -> Found:
        levels = [] if applies is False else self.levels.possible(gifts, adjustments)
        if applies is not True:
            levels = sorted({NO_LEVEL, *levels})
        ids = tuple(None if level == NO_LEVEL else self.assessment.levels[level].id for level in levels)
        clash = applies is True and self.levels.is_clash(gifts)
        return Found(applies, gifts, adjustments, ids, clash)

    def _open_parts(self, gifts: tuple[Gift, ...], adjustments: tuple[Truth, ...]) -> tuple[RuleReading | Reading, ...]:
        """Return the rules and adjustments that could still change the level."""
        rules = [self.rules[index] for index in self.levels.open_rules(gifts, adjustments)]
        return (*rules, *(self.adjustments[index] for index in self.levels.open_changes(gifts, adjustments)))

    def open(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that could still change what it comes to."""
        found = self.found(run)
        if len(found.possible) == 1:
            return
        if found.applies is None and self.show_when is not None:
            yield from self.show_when.deciding(run)
        for part in self._open(found.gifts, found.adjustments):
            yield from part.deciding(run)

    def unsettled(self, run: Run) -> Iterator[str]:
        """Yield what the policy itself leaves open, of all that the level may depend on."""
        found = self.found(run)
        if found.applies is None and self.show_when is not None:
            yield from self.show_when.unsettled(run)
        for part in self._open(found.gifts, found.adjustments):
            yield from part.unsettled(run)

    def deciding(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that make its level what it is, as far as it is settled."""
        found = self.found(run)
        if self.show_when is not None:
            yield from self.show_when.deciding(run)
        if found.applies is False:
            return
        held = [gift != NOTHING for gift in found.gifts]
        for rule, holds in zip(self.rules, held, strict=True):
            if holds or not any(held):
                yield from rule.deciding(run)
        for adjustment in self.adjustments:
            yield from adjustment.deciding(run)

    def questions(self) -> Iterator[Question]:
        """Yield the questions that it reads, some of them several times."""
        if self.show_when is not None:
            yield from self.show_when.read()
        for rule in self.rules:
            yield from rule.read()
        for adjustment in self.adjustments:
            yield from adjustment.read()

    def _rule(self, rule: Rule, form: Compiler) -> RuleReading:
        when = None if rule.when is None else form.condition(rule.when)
        if rule.measure is not None:
            bands = bounded([(self._place[band.level], band.from_, band.to) for band in rule.bands])
            return BandRule(rule.measure, bands, when, form)
        if rule.level_of is not None:
            sources = tuple(source for name in rule.level_of for source in self._sources(name, form))
            return LevelOfRule(sources, when)
        assert rule.level is not None
        assert when is not None
        level = self._place[rule.level]
        return LevelRule(when, {True: (level,), False: NOTHING, None: (NO_LEVEL, level)})

    def _sources(self, name: str, form: Compiler) -> Iterator[LevelSource]:
        if not name.startswith("/"):
            yield AssessmentSource(name, self._place, form)
            return
        for question in form.definition.select((name,)):
            yield AnswerSource(Leaf(question, form.asked(question), None), self._place)

    def _change(self, adjustment: Adjustment) -> Change:
        top = len(self.assessment.levels) - 1
        return Change(
            raise_by=adjustment.raise_ or 0,
            not_above=self._place.get(adjustment.not_above or "", top),
            lower_by=adjustment.lower or 0,
            not_below=self._place.get(adjustment.not_below or "", 0),
            at_least=self._place.get(adjustment.at_least or "", 0),
            at_most=self._place.get(adjustment.at_most or "", top),
        )
