"""Looking for a response that shows what is not the same in two versions: answers beside what changed come first."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, TypeAlias

from cse_forms.comparing.accepting import Narrowing
from cse_forms.comparing.outcomes import Difference, Outcomes
from cse_forms.coverage.sampling import Drawer
from cse_forms.coverage.trimming import made_small
from cse_forms.pointers import BLANK, keys_in, split
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Table
from cse_forms.schema.places import ROW
from cse_forms.thresholds.proving.reads import Reader
from cse_forms.thresholds.reading import Instance, Keys
from cse_forms.thresholds.supposing.candidates import Candidates
from cse_forms.thresholds.supposing.what_if import supposing

Trial: TypeAlias = tuple[dict[str, Any], bool]
"""Answers, and whether they are a draft's."""

DRAWN = 400
"""Responses that are drawn at random, the same ones each time."""

_SEED = 20
_MOST_SINGLE = 4_000
_FLIPPED = 12
_ROUNDS = 6
_LATER = 400
"""Responses that are looked at after the first that shows a difference, for one that shows it more plainly."""


_TEXTS = (
    "Example",
    "example",
    "EXAMPLE",
    "1",
    "0123456789",
    "x",
    "Ash Example-Jones, 12 High Street",
    "-",
    " x ",
    "\u00e9",
)
"""Texts of all kinds: most patterns refuse one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterExample:
    """A response to the old version that the new one refuses, or of which it says something else."""

    answers: dict[str, Any]
    draft: bool
    refused: tuple[str, ...] = ()
    """Why the new version refuses it, in words."""
    differences: tuple[Difference, ...] = ()
    """What the two versions do not say alike of it."""
    form: str
    version: str

    def response(self) -> dict[str, Any]:
        """Return it as a response's file has it: one to the old version."""
        meta = {"meta": {"status": "draft"}} if self.draft else {}
        return {"form": self.form, "version": self.version, **meta, "answers": self.answers}

    def to_dict(self) -> dict[str, Any]:
        """Return it as `diff --json` prints it."""
        return {
            "response": self.response(),
            "refused": list(self.refused),
            "differences": [difference.to_dict() for difference in self.differences],
        }


class Search:
    """Looks for counter-examples to what two versions have in common."""

    def __init__(self, outcomes: Outcomes, examples: Iterable[Trial] = ()) -> None:
        """Prepare the search.

        Args:
            outcomes: the parts of the two versions.
            examples: responses to the old version that are known beforehand, such as those of its scenarios.
        """
        self._outcomes = outcomes
        self._old, self._new = outcomes.old, outcomes.new
        self._examples = list(examples)
        self._definition = self._old.definition
        self._candidates = [Candidates(form.definition, {}) for form in (self._old, self._new)]

    # --- what is refused ------------------------------------------------------------------------------------------

    def refused(self, narrowings: Sequence[Narrowing], until: float) -> CounterExample | None:
        """Return a response that the old version accepts and the new one refuses; None where none was found."""
        focus = self._questions_near(narrowings)
        telling = [self._put(one, value) for one in narrowings for value in self._telling(one)]
        needs_whole = all(one.asks for one in narrowings)
        for answers in self._responses(focus, until, telling):
            trials: list[Trial] = [(self.completed(answers), False)]
            if not needs_whole:
                trials.insert(0, (answers, True))
            for trial, draft in trials:
                if self.is_refused(trial, draft=draft):
                    return self.refusal(trial, draft=draft)
        return None

    def is_refused(self, answers: Any, *, draft: bool) -> bool:
        """Whether the old version accepts these answers, and the new one does not."""
        return not self._new.validate(answers, draft=draft).valid and self._old.validate(answers, draft=draft).valid

    def refusal(self, answers: dict[str, Any], *, draft: bool) -> CounterExample:
        """Return answers that are refused, made few, with what is said of them."""
        few = made_small(self._old, answers, lambda one: self.is_refused(one, draft=draft))
        findings = self._new.validate(few, draft=draft).findings
        said = tuple(
            f"{finding.question}: {finding.message}" if finding.question else finding.message
            for finding in findings
            if finding.severity == "error"
        )
        return CounterExample(answers=few, draft=draft, refused=said, form=self._old.id, version=self._old.version)

    # --- what comes to something else ---------------------------------------------------------------------------------

    def differing(self, until: float) -> CounterExample | None:
        """Return a response of which the two versions do not say the same, or None where none was found.

        The plainest of those that are found is returned: one that is complete, of which another level is suggested.
        """
        found: dict[tuple[bool, bool], dict[str, Any]] = {}
        last = 0
        for number, answers in enumerate(self._responses(self._questions_read(), until, ())):
            for draft in (False, True):
                if not self.differs(answers, draft=draft):
                    continue
                trial = answers if draft else self.completed(answers)
                if self.is_example(trial, draft=draft):
                    is_plain = any(one.is_plain for one in self._outcomes.differences(trial, draft=draft))
                    last = last or number + _LATER
                    found.setdefault((not is_plain, draft), trial)
            if (False, False) in found or (found and number >= last):
                break
        if not found:
            return None
        rank = min(found)
        return self.example(found[rank], draft=rank[1])

    def differs(self, answers: Any, *, draft: bool) -> bool:
        """Whether the two versions do not say the same of these answers, valid or not."""
        return next(self._outcomes.differences(answers, draft=draft), None) is not None

    def is_example(self, answers: Any, *, draft: bool) -> bool:
        """Whether both versions accept these answers and do not say the same of them."""
        return self.differs(answers, draft=draft) and all(
            form.validate(answers, draft=draft).valid for form in (self._old, self._new)
        )

    def example(self, answers: dict[str, Any], *, draft: bool) -> CounterExample:
        """Return answers that come to something else, made few, with what is said of them."""
        is_plain = any(one.is_plain for one in self._outcomes.differences(answers, draft=draft))

        def shows_as_much(fewer: dict[str, Any]) -> bool:
            if not self.is_example(fewer, draft=draft):
                return False
            return not is_plain or any(one.is_plain for one in self._outcomes.differences(fewer, draft=draft))

        few = made_small(self._old, answers, shows_as_much)
        differences = tuple(self._outcomes.differences(few, draft=draft))
        return CounterExample(
            answers=few, draft=draft, differences=differences, form=self._old.id, version=self._old.version
        )

    # --- responses that are tried ---------------------------------------------------------------------------------

    def _responses(
        self, focus: Sequence[Question], until: float, telling: Iterable[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        for answers in self._all_responses(focus, telling):
            if time.monotonic() >= until:
                return
            yield answers

    def _all_responses(self, focus: Sequence[Question], telling: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        yield from telling
        yield {}
        for answers, _ in self._examples:
            yield answers
        singles = [(question, value) for question in focus for value in self._values(question)]
        for question, value in singles[:_MOST_SINGLE]:
            yield supposing({}, _first_place(question), value)
        for question in focus:
            # All rows of a table, and all questions of one kind, alike.
            for value in self._values(question)[:_FLIPPED]:
                yield self._alike(focus, question, value)
        for answers, _ in self._examples:
            for question, value in singles[:_MOST_SINGLE]:
                yield supposing(answers, _first_place(question), value)
        draw = Random(_SEED)  # noqa: S311 - nothing depends on nobody guessing it
        drawers = [Drawer(form.definition) for form in (self._old, self._new)]
        others = [question for question in self._definition.questions.values() if question not in focus]
        for number in range(DRAWN):
            asked = [*focus, *others] if number % 2 else focus
            yield drawers[number // 2 % 2].answers(asked, draw)

    def _alike(self, focus: Sequence[Question], question: Question, value: Any) -> dict[str, Any]:
        """Return the same answer to every question of the focus that offers it."""
        answers: dict[str, Any] = {}
        for other in focus:
            if other.kind is question.kind and other.option_titles.keys() == question.option_titles.keys():
                answers = supposing(answers, _first_place(other), value)
        return answers

    def _values(self, question: Question) -> tuple[Any, ...]:
        """Return the answers that are worth trying: those of either version, and that it is not known."""
        asked = (question, self._new.definition.questions.get(question.pointer))
        found: list[Any] = [option.value for option in question.options if option.unknown]
        if question.kind is Kind.CHOICES:
            found = [[value] for value in found]
        for candidates, one in zip(self._candidates, asked, strict=True):
            if one is not None and one.kind is question.kind:
                found += candidates.values(Instance(one, one.keys, BLANK))
        return tuple({repr(value): value for value in found}.values())

    def completed(self, answers: dict[str, Any]) -> dict[str, Any]:
        """Return answers with something in every place that the old version asks for."""
        for _ in range(_ROUNDS):
            missing = [
                finding.pointer
                for finding in self._old.validate(answers).findings
                if finding.code == "missing-answer" and finding.severity == "error"
            ]
            if not missing:
                break
            for pointer in missing:
                item = self._definition.item_at(pointer)
                value: Any = [{}] if isinstance(item, Table) else {}
                if isinstance(item, Question):
                    value = next(iter(self._candidates[0].values(Instance(item, item.keys, BLANK))), BLANK)
                if value is not BLANK:
                    answers = supposing(answers, keys_in(answers, pointer), value)
        return answers

    # --- where something changed ----------------------------------------------------------------------------------

    def _questions_read(self) -> tuple[Question, ...]:
        """Return the questions of the old version that the parts read that do not mean the same, changed ones first."""
        before, after = self._outcomes.meanings
        found: dict[str, Question] = {}
        for definition in (self._old.definition, self._new.definition):
            for question in _read_by(definition, self._outcomes):
                found[question.pointer] = question
        own, new = self._definition.questions, self._new.definition.questions
        read = [own[pointer] for pointer in found if pointer in own]

        def is_same(question: Question) -> bool:
            other = new.get(question.pointer)
            return other is not None and before.question(question) == after.question(other)

        return tuple(sorted(read, key=is_same))

    def _questions_near(self, narrowings: Sequence[Narrowing]) -> tuple[Question, ...]:
        """Return the questions at which something is refused, and those that rules on them read."""
        pointers = [one.pointer for one in narrowings]
        found = {
            pointer: question
            for pointer, question in self._definition.questions.items()
            if any(pointer == near or pointer.startswith(f"{near}/") for near in pointers)
        }
        for read in self._asking:
            found.setdefault(read.pointer, read)
        return tuple(found.values())

    @cached_property
    def _asking(self) -> tuple[Question, ...]:
        """The questions on which it depends what is asked and required in the new version."""
        definition = self._new.definition
        reader = Reader(definition, follow=True)
        found: list[Question] = []
        for item in definition.walk():
            for condition in (item.show_when, item.words.required):
                if condition is not None and not isinstance(condition, bool):
                    found += (read.question for read in reader.condition(condition, item.holder))
        own = self._definition.questions
        return tuple({one.pointer: own[one.pointer] for one in found if one.pointer in own}.values())

    def _put(self, narrowing: Narrowing, value: Any) -> dict[str, Any]:
        keys: Keys = tuple(0 if key == ROW else key for key in split(narrowing.pointer))
        answers: dict[str, Any] = supposing({}, keys, value)
        return answers

    def _telling(self, narrowing: Narrowing) -> Iterator[Any]:
        """Yield answers that a narrower keyword is likely to refuse."""
        item = self._definition.item_at(narrowing.pointer.replace(ROW, "0"))
        number = narrowing.said if isinstance(narrowing.said, int | float) else 0
        if isinstance(item, Question):
            match narrowing.word:
                case "minimum" | "exclusiveMinimum":
                    yield from (number, number - 1, number - 0.5)
                case "maximum" | "exclusiveMaximum":
                    yield from (number, number + 1, number + 0.5)
                case "minLength":
                    yield "x" * max(0, int(number) - 1)
                case "maxLength":
                    yield "x" * (int(number) + 1)
                case "minItems" | "maxItems":
                    values = [option.value for option in item.options]
                    yield from (values[:count] for count in range(len(values) + 1))
                case "uniqueItems":
                    yield from ([option.value] * 2 for option in item.options)
                case "oneOf" | "items":
                    values = [option.value for option in item.options]
                    yield from ([value] for value in values) if item.kind is Kind.CHOICES else values
                case "pattern":
                    yield from _TEXTS
                case "multipleOf" | "type":
                    yield from (1, 0.5, 0.25, 0.1)
                case _:
                    pass
            yield from self._values(item)
        elif isinstance(item, Table):
            yield from ([{}] * count for count in range(8))


def _first_place(question: Question) -> Keys:
    return tuple(0 if key == ROW else key for key in question.keys)


def _read_by(definition: Definition, outcomes: Outcomes) -> Iterator[Question]:
    """Yield the questions that the parts of a version read that do not mean the same in the other."""
    reader, words = Reader(definition, follow=True), definition.words
    side = 0 if definition is outcomes.old.definition else 1
    differing = set(outcomes.differing)
    for assessment in words.assessments:
        if {("assessment", assessment.id), ("judgement", assessment.id)} & differing:
            yield from (read.question for read in reader.assessment(assessment))
            if assessment.judgement is not None:
                yield definition.questions[assessment.judgement.level]
                limits = () if assessment.judgement.may == "differ" else assessment.judgement.may
                for when in (limit.when for limit in limits if limit.when is not None):
                    yield from (read.question for read in reader.condition(when))
    for name, measure in words.measures.items():
        if ("measure", name) in differing:
            yield from (read.question for read in reader.measure(name, measure))
    conditions = [
        *(one.when for one in words.prompts if ("prompt", outcomes.prompt_name(one, side)) in differing),
        *(one.when for one in words.checks if ("check", outcomes.check_name(one, side)) in differing),
    ]
    for condition in conditions:
        if condition is not None:
            yield from (read.question for read in reader.condition(condition))
    for item in definition.walk():
        if item.show_when is not None:
            yield from (read.question for read in reader.condition(item.show_when, item.holder))
