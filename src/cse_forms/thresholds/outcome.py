"""What the form's own rules say of a response: suggested levels with their reasons, prompts, and what stays open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import lt
from typing import Any, Protocol

from cse_forms.once import once
from cse_forms.schema.vocabulary import Adjustment, Assessment, Check, Level, Limit, Prompt, Rule
from cse_forms.thresholds.assessing import CompiledAssessment
from cse_forms.thresholds.intervals import Interval, Truth
from cse_forms.thresholds.levels import NO_LEVEL, Gift
from cse_forms.thresholds.reading import Instance, Reading, Run, instances, is_asked
from cse_forms.thresholds.rules import truth_of_gift

_STATES = {True: "holds", False: "fails", None: "unknown"}


class Evidence(Protocol):
    """What tells by which answers something holds."""

    def deciding(self, run: Run) -> Iterator[Instance]:
        """Yield the answers that make it hold, make it fail, or leave it open."""


@dataclass(repr=False, eq=False)
class Verdict:
    """Whether one of the form's conditions holds for a response, and by which answers. Not to be changed.

    It is not frozen, because a dozen are made for each response, and a frozen one takes three times as long to make.
    """

    truth: Truth
    """True, False, or None for unknown."""
    reading: Evidence | None
    run: Run

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.state}>"

    @property
    def id(self) -> str:
        """The id that the definition gives it."""
        raise NotImplementedError

    @property
    def state(self) -> str:
        """Whether it "holds", "fails" or is "unknown"."""
        return _STATES[self.truth]

    @once
    def deciding(self) -> tuple[Instance, ...]:
        """The answers that make it hold, that make it fail, or that leave it open, in the order of the form."""
        return in_order(self.reading.deciding(self.run)) if self.reading else ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The pointers of the answers that make it hold, that make it fail, or that leave it open."""
        return tuple([instance.pointer for instance in self.deciding])

    def _with_answers(self, told: dict[str, Any]) -> dict[str, Any]:
        return {**told, "answers": list(self.answers)}


@dataclass(repr=False, eq=False)
class RuleOutcome(Verdict):
    """A rule, and whether it holds: whether it certainly gives a level."""

    rule: Rule
    gives: tuple[str | None, ...]
    """The ids of the levels that it may give, in order; None stands for nothing."""

    @property
    def level(self) -> str | None:
        """The level that it certainly gives; None where it gives none, or one of several."""
        return self.gives[0] if len(self.gives) == 1 else None

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.rule.id

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it, or without naming answers."""
        told = {
            "id": self.id,
            "level": self.level,
            "gives": list(self.gives),
            "state": self.state,
            "because": self.rule.because,
        }
        return self._with_answers(told) if answers else told


@dataclass(repr=False, eq=False)
class AdjustmentOutcome(Verdict):
    """A change to the level that the rules give, and whether it is made."""

    adjustment: Adjustment

    @property
    def id(self) -> str:
        """The adjustment's id."""
        return self.adjustment.id

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it, or without naming answers."""
        told = {"id": self.id, "state": self.state, "because": self.adjustment.because}
        return self._with_answers(told) if answers else told


@dataclass(repr=False, eq=False)
class PromptOutcome(Verdict):
    """What the source says to do, and whether its condition holds."""

    prompt: Prompt
    replaced_by: str | None
    """The stronger prompt that holds in its place."""

    @property
    def id(self) -> str:
        """The prompt's id."""
        return self.prompt.id

    @property
    def urgency(self) -> str:
        """One of "immediate", "soon" and "consider"."""
        return self.prompt.urgency

    @property
    def text(self) -> str:
        """What to do."""
        return self.prompt.text

    @property
    def is_shown(self) -> bool:
        """Whether people are to read it: it holds, and no stronger one takes its place."""
        return self.truth is True and self.replaced_by is None

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it, or without naming answers."""
        told = {"id": self.id, "urgency": self.urgency, "state": self.state, "text": self.text}
        if answers:
            told = self._with_answers(told)
        return {**told, "replaced_by": self.replaced_by}


@dataclass(repr=False, eq=False)
class CheckOutcome(Verdict):
    """A check, and whether answers that cannot stand together were given."""

    check: Check

    @property
    def id(self) -> str:
        """The check's id."""
        return self.check.id


@dataclass(repr=False, eq=False)
class LimitOutcome(Verdict):
    """A limit to the judgement, and whether it is in force."""

    limit: Limit
    permitted: frozenset[str]
    """The ids of the levels that keep within it."""

    @property
    def id(self) -> str:
        """Its own words, since a limit has no id."""
        return self.limit.because or "limit"

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it, or without naming answers."""
        told: dict[str, Any] = {"because": self.limit.because}
        return self._with_answers(told) if answers else told


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementOutcome:
    """The practitioner's own decision, beside the suggestion."""

    level: str | None
    """The level decided on; None while it is blank."""
    reason: str | None
    suggested: str | None
    """The lowest level that the rules give; None where nothing is recorded yet or no level is suggested."""
    permitted: tuple[str, ...]
    """The ids of all levels that the policy allows, in order."""
    limits: tuple[LimitOutcome, ...] = field(repr=False, compare=False)
    """Every limit of the policy; one that is unknown bars nothing yet, and waits for its answers."""
    level_pointer: str
    reason_pointer: str

    @property
    def differs(self) -> bool | None:
        """Whether the decision is another than the suggestion; None while there is not both."""
        if self.level is None or self.suggested is None:
            return None
        return self.level != self.suggested

    @property
    def is_permitted(self) -> bool | None:
        """Whether the policy allows the decision; None while there is none."""
        return None if self.level is None else self.level in self.permitted

    @property
    def waiting(self) -> tuple[LimitOutcome, ...]:
        """The limits of which nobody knows yet whether they are in force."""
        return tuple(limit for limit in self.limits if limit.truth is None)

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it, or without naming answers."""
        return {
            "level": self.level,
            "reason": self.reason,
            "suggested": self.suggested,
            "differs": self.differs,
            "permitted": list(self.permitted),
            "waiting": [limit.to_dict(answers=answers) for limit in self.waiting],
        }


class AssessmentOutcome:
    """The levels that a response's answers allow, and why. Reasons are worked out when they are asked for."""

    def __init__(
        self, compiled: CompiledAssessment, run: Run, judgement: Callable[[AssessmentOutcome], JudgementOutcome | None]
    ) -> None:
        self._compiled = compiled
        self._run = run
        self._judgement = judgement
        self._found = compiled.found(run)

    @property
    def possible(self) -> tuple[str | None, ...]:
        """The ids of all levels that may come out, in order; None stands for "no level"."""
        return self._found.possible

    @property
    def applies(self) -> bool | None:
        """Whether the assessment is made at all; None while that is unknown."""
        return self._found.applies

    @property
    def clash(self) -> bool:
        """Whether rules hold that give different levels, of which none is higher: nothing is suggested."""
        return self._found.clash

    @property
    def assessment(self) -> Assessment:
        """The assessment as the definition has it."""
        return self._compiled.assessment

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.assessment.id

    @property
    def lowest(self) -> str | None:
        """The level on what is recorded: the suggestion. What is not known can only lift it.

        Of levels without an order there is a lowest only where one alone is possible.
        """
        return self.possible[0] if self.assessment.ordered or self.determined else None

    @property
    def highest(self) -> str | None:
        """The highest level that is not ruled out."""
        return self.possible[-1] if self.assessment.ordered or self.determined else None

    @property
    def determined(self) -> bool:
        """Whether one level alone is possible."""
        return len(self.possible) == 1

    @once
    def recorded(self) -> bool:
        """Whether any answer that the assessment reads is given. If not, nothing is suggested yet.

        One that reads none depends on none: what it says is said from the beginning.
        """
        run = self._run
        for question, asked in self._compiled.read:
            for instance in instances(run, question):
                if instance.is_given and is_asked(asked, run, instance.keys) is not False:
                    return True
        return not self._compiled.read

    @property
    def suggested(self) -> str | None:
        """The lowest level, or None while nothing is recorded that the assessment reads."""
        return self.lowest if self.recorded else None

    @once
    def rules(self) -> tuple[RuleOutcome, ...]:
        """Every rule of the form, whether it holds or not."""
        judged = zip(self.assessment.rules, self._compiled.rules, self._found.gifts, strict=True)
        return tuple(
            RuleOutcome(truth_of_gift(gift), reading, self._run, rule, self._ids(gift))
            for rule, reading, gift in judged
        )

    def _ids(self, gift: Gift) -> tuple[str | None, ...]:
        levels = self.assessment.levels
        return tuple(None if level == NO_LEVEL else levels[level].id for level in gift)

    @once
    def adjustments(self) -> tuple[AdjustmentOutcome, ...]:
        """Every adjustment of the form, whether it holds or not."""
        judged = zip(self.assessment.adjustments, self._compiled.adjustments, self._found.adjustments, strict=True)
        return tuple(AdjustmentOutcome(truth, reading, self._run, change) for change, reading, truth in judged)

    @once
    def judgement(self) -> JudgementOutcome | None:
        """The practitioner's own decision; None where the form does not ask for one."""
        return self._judgement(self)

    def level(self, level: str | None) -> Level | None:
        """Return a level of the definition by its id."""
        return next((found for found in self.assessment.levels if found.id == level), None)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The pointers of the blank answers that could still change the outcome."""
        return self._open_pointers[False]

    @property
    def not_known(self) -> tuple[str, ...]:
        """The pointers of the Not Known answers that could still change the outcome."""
        return self._open_pointers[True]

    @once
    def _open_pointers(self) -> Mapping[bool, tuple[str, ...]]:
        """The pointers of the answers that could still change the outcome, by whether they are Not Known."""
        told = [(instance.is_not_known, instance.pointer) for instance in self.open]
        return {wanted: tuple([pointer for is_so, pointer in told if is_so is wanted]) for wanted in (False, True)}

    @once
    def open(self) -> tuple[Instance, ...]:
        """The blank and Not Known answers that could still change the outcome, in the order of the form."""
        return in_order(self._compiled.open(self._run))

    @property
    def unsettled(self) -> tuple[str, ...]:
        """What the policy itself leaves open, of the rules and adjustments that the outcome may depend on."""
        return () if self.determined else tuple(dict.fromkeys(self._compiled.unsettled(self._run)))

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it, or without naming answers."""
        told: dict[str, Any] = {
            "id": self.id,
            "lowest": self.lowest,
            "highest": self.highest,
            "possible": list(self.possible),
            "determined": self.determined,
            "applies": self.applies,
            "clash": self.clash,
            "recorded": self.recorded,
            "rules": [rule.to_dict(answers=answers) for rule in self.rules],
            "adjustments": [adjustment.to_dict(answers=answers) for adjustment in self.adjustments],
            "judgement": self.judgement.to_dict(answers=answers) if self.judgement else None,
        }
        if answers:
            told |= {"unanswered": list(self.unanswered), "not_known": list(self.not_known)}
        return told | {"unsettled": list(self.unsettled)}


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


_URGENCIES = ("immediate", "soon", "consider")


def by_urgency(prompts: Iterable[Prompt]) -> list[Prompt]:
    """Return prompts, the most urgent first, and then in the order of the form."""
    return sorted(prompts, key=lambda prompt: _URGENCIES.index(prompt.urgency))


def prompt_outcomes(prompts: Iterable[tuple[Prompt, Reading | None]], run: Run) -> tuple[PromptOutcome, ...]:
    """Return the outcome of every prompt, in the order given."""
    judged = [(prompt, reading, True if reading is None else reading.truth(run)) for prompt, reading in prompts]
    replaced = {weaker: prompt.id for prompt, _, truth in reversed(judged) if truth for weaker in prompt.replaces}
    return tuple(
        [
            PromptOutcome(truth, reading, run, prompt, replaced.get(prompt.id) if truth else None)
            for prompt, reading, truth in judged
        ]
    )


def check_outcomes(checks: Iterable[tuple[Check, Reading]], run: Run) -> tuple[CheckOutcome, ...]:
    """Return the outcome of every check."""
    return tuple(CheckOutcome(reading.truth(run), reading, run, check) for check, reading in checks)


def in_order(found: Iterable[Instance]) -> tuple[Instance, ...]:
    """Return answers, each once, in the order of the form."""
    listed = list(found)
    places = [instance.question.position for instance in listed]
    # Nearly always they come in order, or at least each stands where its question does and in no row of a table.
    if all(map(lt, places, places[1:])):
        return tuple(listed)
    if all(instance.keys is instance.question.keys for instance in listed):
        by_place = dict(zip(places, listed, strict=True))
        return tuple([by_place[place] for place in sorted(by_place)])
    unique = {instance.keys: instance for instance in listed}
    return tuple(sorted(unique.values(), key=lambda instance: (instance.question.position, instance.keys)))
