"""What changed of the policy: assessments with their levels and rules, numbers, conditions, prompts and checks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cse_forms.comparing.assessments import AssessmentChanges
from cse_forms.comparing.change import Change, added, removed
from cse_forms.comparing.meaning import Meaning
from cse_forms.comparing.parts import Part, about_part, compared, counterparts, said_otherwise, worded, written
from cse_forms.comparing.phrases import CHANGES, SAID
from cse_forms.comparing.saying import PartsInWords
from cse_forms.schema.definition import Definition
from cse_forms.schema.vocabulary import Check, Prompt
from cse_forms.thresholds.in_words.rules import PolicyInWords


class PolicyChanges:
    """Tells what changed of the policies of two versions."""

    def __init__(
        self,
        definitions: tuple[Definition, Definition],
        words: tuple[PolicyInWords, PolicyInWords],
        meanings: tuple[Meaning, Meaning],
    ) -> None:
        self._definitions = definitions
        self._old, self._new = (definition.words for definition in definitions)
        self._meanings = meanings
        self._said = PartsInWords(words[0]), PartsInWords(words[1])

    def changes(self) -> Iterator[Change]:
        """Yield every change."""
        both = {one.id: one for one in self._old.assessments}
        for index, assessment in enumerate(self._new.assessments):
            before = both.get(assessment.id)
            if before is None:
                name = CHANGES.assessment.format(title=assessment.title)
                yield added(name, "policy", "assessment-added", f"/x-form/assessments/{index}", assessment.title)
                continue
            places = self._old.assessments.index(before), index
            yield from AssessmentChanges(before, assessment, places, self._said, self._meanings).changes()
        kept = {one.id for one in self._new.assessments}
        for index, assessment in enumerate(self._old.assessments):
            if assessment.id not in kept:
                name = CHANGES.assessment.format(title=assessment.title)
                yield removed(name, "policy", "assessment-removed", f"/x-form/assessments/{index}", assessment.title)
        yield from self._measures()
        yield from self._conditions()
        yield from self._prompts()
        yield from self._checks()

    # --- numbers and named conditions -----------------------------------------------------------------------------

    def _measures(self) -> Iterator[Change]:
        both = self._old.measures, self._new.measures

        def part(name: str, side: int) -> Part:
            measure, said = both[side][name], self._said[side]
            return Part(
                item=CHANGES.measure.format(name=said.words.naming.measure(name)),
                at=f"/x-form/measures/{name}",
                title=measure.title or name,
                written=written(measure),
                meaning=self._meanings[side].measure(name),
                said=said.measure(name),
            )

        yield from compared("measure", both[0], both[1], part)
        for name in both[0].keys() & both[1].keys():
            new = part(name, 1)
            about = about_part(part(name, 0), new)
            yield from about.wording("title", both[0][name].title, both[1][name].title)

    def _conditions(self) -> Iterator[Change]:
        both = self._old.conditions, self._new.conditions

        def part(name: str, side: int) -> Part:
            condition = both[side][name]
            return Part(
                item=CHANGES.condition.format(name=name.replace("-", " ")),
                at=f"/x-form/conditions/{name}",
                title=name,
                written=written(condition),
                meaning=self._meanings[side].condition(condition),
                said=self._said[side].condition(condition),
            )

        yield from compared("condition", both[0], both[1], part)

    # --- prompts and checks ---------------------------------------------------------------------------------------

    def _prompts(self) -> Iterator[Change]:
        for old, new in counterparts(self._old.prompts, self._new.prompts, lambda one: one.text):
            if old is None or new is None:
                yield self._came_or_went("prompt", old, new)
                continue
            first, second = self._prompt_part(old, 0), self._prompt_part(new, 1)
            about = about_part(first, second)
            yield from said_otherwise("prompt", first, second)
            if old.urgency != new.urgency:
                names = SAID.urgencies
                text = CHANGES.urgency.format(item=second.item, new=names[new.urgency], old=names[old.urgency])
                yield about.change("prompt-urgency-changed", text)
            if sorted(old.replaces) != sorted(new.replaces):
                yield about.change("prompt-replaces-changed", CHANGES.replaces.format(item=second.item))
            yield from worded(about, old, new, "text")

    def _prompt_part(self, prompt: Prompt, side: int) -> Part:
        words = (self._old, self._new)[side]
        return Part(
            item=CHANGES.prompt.format(text=prompt.text),
            at=f"/x-form/prompts/{words.prompts.index(prompt)}",
            title=prompt.text,
            written=None if prompt.when is None else written(prompt.when),
            meaning=None if prompt.when is None else self._meanings[side].condition(prompt.when),
            said=self._said[side].shown(prompt.when),
        )

    def _checks(self) -> Iterator[Change]:
        for old, new in counterparts(self._old.checks, self._new.checks, lambda one: one.text):
            if old is None or new is None:
                yield self._came_or_went("check", old, new)
                continue
            first, second = self._check_part(old, 0), self._check_part(new, 1)
            yield from said_otherwise("check", first, second)
            yield from worded(about_part(first, second), old, new, "text")

    def _check_part(self, check: Check, side: int) -> Part:
        words = (self._old, self._new)[side]
        return Part(
            item=CHANGES.check.format(text=check.text),
            at=f"/x-form/checks/{words.checks.index(check)}",
            title=check.text,
            written=written(check.when),
            meaning=self._meanings[side].condition(check.when),
            said=self._said[side].condition(check.when),
        )

    def _came_or_went(self, kind: str, old: Any, new: Any) -> Change:
        side = 0 if new is None else 1
        one = old if new is None else new
        part = self._prompt_part(one, side) if kind == "prompt" else self._check_part(one, side)
        make, what = (removed, f"{kind}-removed") if side == 0 else (added, f"{kind}-added")
        return make(part.item, "policy", what, part.at, part.title, part.said)
