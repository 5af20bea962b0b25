"""What the form's own rules say of a response: suggested levels with their reasons, prompts, and what stays open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from cse_forms.schema.vocabulary import Assessment, Check, Level, Prompt
from cse_forms.thresholds.intervals import Interval, Truth
from cse_forms.thresholds.levels import (
    NO_LEVEL,
    Change,
    ChangeState,
    RuleState,
    open_changes,
    open_rules,
    possible_levels,
)
from cse_forms.thresholds.reading import Instance, Reading, Run, instances

_STATES = {True: "holds", False: "fails", None: "unknown"}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether one of the form's conditions holds for a response, and by which answers."""

    id: str
    truth: Truth
    """True, False, or None for unknown."""
    text: str
    """The form's own words for it: why a rule gives its level, what a prompt asks to do."""
    reading: Reading | None = field(repr=False, compare=False)
    run: Run = field(repr=False, compare=False)

    @property
    def state(self) -> str:
        """ "holds", "fails" or "unknown"."""
        return _STATES[self.truth]

    @cached_property
    def deciding(self) -> tuple[Instance, ...]:
        """The answers that make it hold, that make it fail, or that leave it open, in the order of the form."""
        return in_order(self.reading.deciding(self.run)) if self.reading else ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The pointers of the answers that make it hold, that make it fail, or that leave it open."""
        return tuple(instance.pointer for instance in self.deciding)


@dataclass(frozen=True, kw_only=True)
class RuleOutcome(Verdict):
    """A rule, and the level that it gives where it holds."""

    level: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it."""
        return {"id": self.id, "level": self.level, "state": self.state, "because": self.text, "answers": list(self.answers)}


@dataclass(frozen=True, kw_only=True)
class AdjustmentOutcome(Verdict):
    """A change to the level that the rules give."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it."""
        return {"id": self.id, "state": self.state, "because": self.text, "answers": list(self.answers)}


@dataclass(frozen=True, kw_only=True)
class PromptOutcome(Verdict):
    """What the source says to do."""

    urgency: str
    """ "immediate", "soon" or "consider"."""
    replaced_by: str | None
    """The stronger prompt that holds in its place."""

    @property
    def is_shown(self) -> bool:
        """Whether people are to read it: it holds, and no stronger one takes its place."""
        return self.truth is True and self.replaced_by is None

    def to_dict(self) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it."""
        return {
            "id": self.id,
            "urgency": self.urgency,
            "state": self.state,
            "text": self.text,
            "answers": list(self.answers),
            "replaced_by": self.replaced_by,
        }


@dataclass(frozen=True, kw_only=True)
class CheckOutcome(Verdict):
    """Whether answers that cannot stand together were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementOutcome:
    """The practitioner's own decision, beside the suggestion."""

    level: str | None
    """The level decided on; None while it is blank."""
    reason: str | None
    suggested: str | None
    """The lowest level that the rules give; None where nothing is recorded yet or no level is suggested."""
    level_pointer: str
    reason_pointer: str

    @property
    def differs(self) -> bool | None:
        """Whether the decision is another than the suggestion; None while there is not both."""
        if self.level is None or self.suggested is None:
            return None
        return self.level != self.suggested

    def to_dict(self) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it."""
        return {"level": self.level, "reason": self.reason, "suggested": self.suggested, "differs": self.differs}


@dataclass(frozen=True, kw_only=True)
class AssessmentOutcome:
    """The levels that an assessment's answers allow, and why."""

    assessment: Assessment = field(repr=False)
    rules: tuple[RuleOutcome, ...]
    """Every rule of the form, whether it holds or not."""
    adjustments: tuple[AdjustmentOutcome, ...]
    judgement: JudgementOutcome | None = None
    possible: tuple[str | None, ...]
    """The ids of all levels that may come out, from the lowest; None stands for "no level"."""
    recorded: bool
    """Whether any answer that the assessment reads is given. If not, nothing is suggested yet."""
    states: tuple[tuple[RuleState, ...], int, tuple[ChangeState, ...]] = field(repr=False)
    run: Run = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.assessment.id

    @property
    def lowest(self) -> str | None:
        """The level on what is recorded: the suggestion. What is not known can only lift it."""
        return self.possible[0]

    @property
    def highest(self) -> str | None:
        """The highest level that is not ruled out."""
        return self.possible[-1]

    @property
    def determined(self) -> bool:
        """Whether one level alone is possible."""
        return len(self.possible) == 1

    @property
    def suggested(self) -> str | None:
        """The lowest level, or None while nothing is recorded that the assessment reads."""
        return self.lowest if self.recorded else None

    def judged(self, judgement: JudgementOutcome) -> AssessmentOutcome:
        """Return it with the practitioner's own decision beside it."""
        return replace(self, judgement=judgement)

    def level(self, level: str | None) -> Level | None:
        """Return a level of the definition by its id."""
        return next((found for found in self.assessment.levels if found.id == level), None)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The pointers of the blank answers that could still change the outcome."""
        return tuple(instance.pointer for instance in self.open if not instance.is_not_known)

    @property
    def not_known(self) -> tuple[str, ...]:
        """The pointers of the Not Known answers that could still change the outcome."""
        return tuple(instance.pointer for instance in self.open if instance.is_not_known)

    @cached_property
    def open(self) -> tuple[Instance, ...]:
        """The blank and Not Known answers that could still change the outcome, in the order of the form."""
        if self.determined:
            return ()
        verdicts: list[Verdict] = [self.rules[index] for index in open_rules(*self.states)]
        verdicts += [self.adjustments[index] for index in open_changes(*self.states)]
        return in_order(instance for verdict in verdicts for instance in verdict.deciding)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it."""
        return {
            "id": self.id,
            "lowest": self.lowest,
            "highest": self.highest,
            "possible": list(self.possible),
            "determined": self.determined,
            "recorded": self.recorded,
            "rules": [rule.to_dict() for rule in self.rules],
            "adjustments": [adjustment.to_dict() for adjustment in self.adjustments],
            "judgement": self.judgement.to_dict() if self.judgement else None,
            "unanswered": list(self.unanswered),
            "not_known": list(self.not_known),
        }


@dataclass(frozen=True, kw_only=True)
class MeasureOutcome:
    """A measure's number, and the answers that it certainly rests on."""

    id: str
    title: str | None
    interval: Interval
    counted: tuple[Instance, ...] = field(repr=False, compare=False)
    """The answers that a count certainly counts, or the dates that a span lies between."""
    open: tuple[Instance, ...] = field(repr=False, compare=False)
    """The answers that a count may yet count."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """All that a form's rules say of one response."""

    measures: Mapping[str, MeasureOutcome]
    assessments: Mapping[str, AssessmentOutcome]
    prompts: tuple[PromptOutcome, ...]
    """By urgency - immediate, soon, consider - and then in the order of the form."""
    checks: tuple[CheckOutcome, ...]

    @property
    def shown_prompts(self) -> tuple[PromptOutcome, ...]:
        """The prompts that people are to read."""
        return tuple(prompt for prompt in self.prompts if prompt.is_shown)


def assess(assessment: Assessment, readings: tuple[tuple[Reading, ...], tuple[Reading, ...]], run: Run) -> AssessmentOutcome:
    """Return the outcome of one assessment.

    Args:
        assessment: of the definition.
        readings: its rules' conditions, and its adjustments', in order.
        run: the response.
    """
    place = {level.id: index for index, level in enumerate(assessment.levels)}
    rules, adjustments = readings
    rule_outcomes = tuple(
        RuleOutcome(id=rule.id, truth=reading.truth(run), text=rule.because, level=rule.level, reading=reading, run=run)
        for rule, reading in zip(assessment.rules, rules, strict=True)
    )
    adjustment_outcomes = tuple(
        AdjustmentOutcome(id=adjustment.id, truth=reading.truth(run), text=adjustment.because, reading=reading, run=run)
        for adjustment, reading in zip(assessment.adjustments, adjustments, strict=True)
    )
    top = len(assessment.levels) - 1
    changes = tuple(
        ChangeState(
            Change(
                raise_by=adjustment.raise_ or 0,
                not_above=place.get(adjustment.not_above or "", top),
                at_least=place.get(adjustment.at_least or "", 0),
                at_most=place.get(adjustment.at_most or "", top),
            ),
            outcome.truth,
        )
        for adjustment, outcome in zip(assessment.adjustments, adjustment_outcomes, strict=True)
    )
    states = tuple(RuleState(place[outcome.level], outcome.truth) for outcome in rule_outcomes)
    otherwise = assessment.otherwise.level if assessment.otherwise else None
    floor = NO_LEVEL if otherwise is None else place[otherwise]
    possible = tuple(
        None if level == NO_LEVEL else assessment.levels[level].id for level in possible_levels(states, floor, changes)
    )
    recorded = any(
        instance.is_given
        for reading in (*rules, *adjustments)
        for question in reading.read()
        for instance in instances(run, question)
    )
    return AssessmentOutcome(
        assessment=assessment,
        rules=rule_outcomes,
        adjustments=adjustment_outcomes,
        possible=possible,
        recorded=recorded,
        states=(states, floor, changes),
        run=run,
    )


_URGENCIES = ("immediate", "soon", "consider")


def prompt_outcomes(prompts: Iterable[tuple[Prompt, Reading | None]], run: Run) -> tuple[PromptOutcome, ...]:
    """Return the outcome of every prompt, the most urgent first."""
    judged = [(prompt, reading, True if reading is None else reading.truth(run)) for prompt, reading in prompts]
    replaced: dict[str, str] = {}
    for prompt, _, truth in judged:
        if truth is True:
            for weaker in prompt.replaces:
                replaced.setdefault(weaker, prompt.id)
    outcomes = [
        PromptOutcome(
            id=prompt.id,
            truth=truth,
            text=prompt.text,
            urgency=prompt.urgency,
            replaced_by=replaced.get(prompt.id) if truth is True else None,
            reading=reading,
            run=run,
        )
        for prompt, reading, truth in judged
    ]
    return tuple(sorted(outcomes, key=lambda outcome: _URGENCIES.index(outcome.urgency)))


def check_outcomes(checks: Iterable[tuple[Check, Reading]], run: Run) -> tuple[CheckOutcome, ...]:
    """Return the outcome of every check."""
    return tuple(
        CheckOutcome(id=check.id, truth=reading.truth(run), text=check.text, reading=reading, run=run)
        for check, reading in checks
    )


def in_order(found: Iterable[Instance]) -> tuple[Instance, ...]:
    """Return answers, each once, in the order of the form."""
    unique = {instance.keys: instance for instance in found}
    return tuple(sorted(unique.values(), key=lambda instance: (instance.question.position, instance.keys)))
