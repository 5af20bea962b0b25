"""What two versions say of one response, held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from cse_forms.comparing.meaning import Meaning
from cse_forms.comparing.phrases import SAID
from cse_forms.document.numbers import interval_words
from cse_forms.document.phrases import ENGLISH
from cse_forms.document.wording import Wording
from cse_forms.forms import Form
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Assessment, Check, Prompt
from cse_forms.thresholds.in_words.naming import joined
from cse_forms.thresholds.outcome import AssessmentOutcome
from cse_forms.thresholds.policy import Evaluation, Policy

Part: TypeAlias = tuple[str, str]
"""A part of what a form says of a response: ("assessment" | "judgement" | "measure" | "prompt" | "check", its id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A part of the outcome of which two versions do not say the same."""

    part: Part
    about: str
    """What it is, in words."""
    old: str
    """What the old version says, in words."""
    new: str
    is_plain: bool = True
    """Whether what is said first differs: the level on what is recorded, and not only what is not ruled out."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `diff --json` prints it."""
        return {"part": self.part[0], "id": self.part[1], "about": self.about, "old": self.old, "new": self.new}


class Outcomes:
    """The parts of the outcomes of two versions, and which of them mean the same by construction."""

    def __init__(self, old: Form, new: Form) -> None:
        self.old = old
        self.new = new
        self.policies = Policy(old.definition), Policy(new.definition)
        self.meanings = Meaning(old.definition), Meaning(new.definition)
        self._prompts = _counterparts(old.definition.words.prompts, new.definition.words.prompts)
        self._checks = _counterparts(old.definition.words.checks, new.definition.words.checks)

    @cached_property
    def differing(self) -> tuple[Part, ...]:
        """The parts that do not mean the same in both versions, as far as that can be told without answers."""
        first, second = self._meant(self.old.definition, 0), self._meant(self.new.definition, 1)
        return tuple(part for part in {**first, **second} if first.get(part) != second.get(part))

    def _meant(self, definition: Definition, side: int) -> Mapping[Part, Any]:
        meaning, words = self.meanings[side], definition.words
        found: dict[Part, Any] = {}
        for assessment in words.assessments:
            found["assessment", assessment.id] = meaning.assessment(assessment)
            if assessment.judgement is not None:
                # What may be decided is reckoned from what is suggested.
                found["judgement", assessment.id] = meaning.assessment(assessment), meaning.judgement(assessment)
        for name in words.measures:
            if self.is_told(name):
                found["measure", name] = meaning.measure(name)
        for prompt in words.prompts:
            when = None if prompt.when is None else meaning.condition(prompt.when)
            stronger = sorted(self.prompt_name(one, side) for one in words.prompts if prompt.id in one.replaces)
            found["prompt", self.prompt_name(prompt, side)] = prompt.urgency, when, stronger
        for check in words.checks:
            found["check", self.check_name(check, side)] = meaning.condition(check.when)
        return found

    def is_told(self, measure: str) -> bool:
        """Whether people read a measure's number: it has a title, in one version at least."""
        both = (self.old.definition.words.measures.get(measure), self.new.definition.words.measures.get(measure))
        return any(one is not None and one.title is not None for one in both)

    def prompt_name(self, prompt: Prompt, side: int) -> str:
        """Return what a prompt is called in both versions: one with other words or another id may be the same."""
        return self._prompts.get(prompt.id, prompt.id) if side else prompt.id

    def check_name(self, check: Check, side: int) -> str:
        """Return what a check is called in both versions."""
        return self._checks.get(check.id, check.id) if side else check.id

    def about(self, part: Part) -> str:
        """Return what a part is, in words."""
        before, after = (_Told(self, policy, {}, draft=True) for policy in self.policies)
        return after.about(part, before)

    def differences(self, answers: Any, *, draft: bool) -> Iterator[Difference]:
        """Yield what the two versions do not say alike of the same answers."""
        if not self.differing:
            return
        before, after = (_Told(self, policy, answers, draft=draft) for policy in self.policies)
        for part in self.differing:
            if before.value(part) != after.value(part):
                yield Difference(
                    part=part,
                    about=before.about(part, after),
                    old=before.said(part),
                    new=after.said(part),
                    is_plain=before.first(part) != after.first(part),
                )


def _counterparts(old: tuple[Any, ...], new: tuple[Any, ...]) -> Mapping[str, str]:
    """Return the old id of each new prompt or check that has another id and the very same words."""
    left = {one.text: one.id for one in old if one.id not in {other.id for other in new}}
    known = {one.id for one in old}
    return {one.id: left[one.text] for one in new if one.id not in known and one.text in left}


class _Told:
    """What one version says of one response."""

    def __init__(self, outcomes: Outcomes, policy: Policy, answers: Any, *, draft: bool) -> None:
        self._outcomes, self._policy, self._side = outcomes, policy, outcomes.policies.index(policy)
        self._answers, self._draft = answers, draft
        self._evaluation: Evaluation = policy.evaluate(answers, draft=draft)

    def value(self, part: Part) -> Any:
        """Return what it says of a part, to be compared with what the other one says."""
        kind, name = part
        if kind == "assessment":
            found = self._evaluation.assessments.get(name)
            return None if found is None else (found.suggested, found.possible, found.clash)
        if kind == "judgement":
            return self._permitted(name)
        if kind == "measure":
            measure = self._evaluation.measures.get(name)
            return None if measure is None else measure.interval
        if kind == "prompt":
            shown = self._prompt(name)
            return None if shown is None else shown.urgency
        return self._check(name) is not None

    def first(self, part: Part) -> Any:
        """Return what people read of a part first, to be compared with the other one's."""
        kind, name = part
        found = self._evaluation.assessments.get(name)
        return found.suggested if kind == "assessment" and found is not None else self.value(part)

    def _permitted(self, name: str) -> tuple[tuple[str, ...], str | None] | None:
        """Return the levels that may be decided on, and the one that was; None without such an assessment."""
        found = self._evaluation.assessments.get(name)
        if found is None:
            return None
        if found.judgement is None:
            return tuple(level.id for level in found.assessment.levels), None
        return found.judgement.permitted, found.judgement.level

    def _prompt(self, name: str) -> Prompt | None:
        shown = (one.prompt for one in self._evaluation.shown_prompts)
        return next((one for one in shown if self._outcomes.prompt_name(one, self._side) == name), None)

    def _check(self, name: str) -> Check | None:
        holding = (one.check for one in self._evaluation.checks if one.truth is True)
        return next((one for one in holding if self._outcomes.check_name(one, self._side) == name), None)

    # --- in words -------------------------------------------------------------------------------------------------

    def about(self, part: Part, other: _Told) -> str:
        """Return what a part is, in words."""
        kind, name = part
        phrase: str = getattr(SAID, kind)
        return phrase.format(title=self._title(part) or other._title(part) or name)

    def _title(self, part: Part) -> str | None:
        kind, name = part
        words = self._policy.definition.words
        if kind in {"assessment", "judgement"}:
            return next((one.title for one in words.assessments if one.id == name), None)
        if kind == "measure":
            return words.measures[name].title if name in words.measures else None
        if kind == "prompt":
            prompts = (one for one in words.prompts if self._outcomes.prompt_name(one, self._side) == name)
            return next((one.text for one in prompts), None)
        checks = (one for one in words.checks if self._outcomes.check_name(one, self._side) == name)
        return next((one.text for one in checks), None)

    def said(self, part: Part) -> str:
        """Return what it says of a part, in words."""
        kind, name = part
        if kind == "assessment":
            return self._level(self._evaluation.assessments.get(name))
        if kind == "judgement":
            return self._allowed(name)
        if kind == "measure":
            return self._number(name)
        shown = self._prompt(name) if kind == "prompt" else None
        if shown is not None:
            return SAID.shown.format(urgency=SAID.urgencies[shown.urgency])
        if kind == "prompt":
            return SAID.not_shown
        return SAID.holds if self._check(name) else SAID.fails

    def _level(self, found: AssessmentOutcome | None) -> str:
        if found is None:
            return SAID.no_such_assessment
        if found.clash:
            return SAID.clash
        titles = [level.title if (level := found.level(one)) else SAID.no_level for one in found.possible]
        if not found.recorded and not found.determined:
            return SAID.nothing_recorded.format(levels=self._or(titles))
        if found.assessment.ordered and len(titles) > 1:
            return SAID.not_ruled_out.format(level=titles[0], levels=self._or(titles[1:]))
        return self._or(titles)

    def _allowed(self, name: str) -> str:
        found = self._permitted(name)
        if found is None:
            return SAID.no_such_assessment
        permitted, decided = found
        outcome = self._evaluation.assessments[name]
        levels = self._or([level.title for level in outcome.assessment.levels if level.id in permitted])
        said = SAID.permitted.format(levels=levels) if levels else SAID.none_permitted
        level = outcome.level(decided)
        return said if level is None else SAID.decided.format(text=said, level=level.title)

    def _number(self, name: str) -> str:
        measure = self._evaluation.measures.get(name)
        if measure is None:
            return SAID.no_such_number
        reader = self._policy.reader(self._answers, draft=self._draft)
        return interval_words(measure.interval, Wording(self._policy.definition, reader, ENGLISH))

    @staticmethod
    def _or(titles: list[str]) -> str:
        return joined(titles, ENGLISH.or_, ENGLISH.comma)


def assessment_of(definition: Definition, name: str) -> Assessment | None:
    """Return one of a form's assessments by its id."""
    return next((one for one in definition.words.assessments if one.id == name), None)
