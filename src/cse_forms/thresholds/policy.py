"""A form's whole policy, compiled once: measures, assessments, prompts and checks, read over one response."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from cse_forms.once import once
from cse_forms.pointers import value_at
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Table
from cse_forms.schema.vocabulary import Assessment, Limit, Suggested
from cse_forms.thresholds.as_schema import unsaid
from cse_forms.thresholds.evaluate import Evaluator
from cse_forms.thresholds.intervals import Interval
from cse_forms.thresholds.outcome import (
    AssessmentOutcome,
    CheckOutcome,
    JudgementOutcome,
    LimitOutcome,
    MeasureOutcome,
    PromptOutcome,
    by_urgency,
    check_outcomes,
    in_order,
    prompt_outcomes,
)
from cse_forms.thresholds.reading import Asked, Instance, Keys, Reading, Run, instances, is_asked


class Evaluation:
    """All that a form's rules say of one response. Each part is worked out when it is asked for, and once."""

    def __init__(self, policy: Policy, run: Run) -> None:
        self._policy = policy
        self._run = run

    @once
    def measures(self) -> Mapping[str, MeasureOutcome]:
        """The form's named numbers, by id."""
        return self._policy.measures(self._run)

    def number(self, measure: str) -> Interval:
        """Return one of the form's named numbers, without the answers that it rests on."""
        return self._policy.number(self._run, measure)

    @once
    def assessments(self) -> Mapping[str, AssessmentOutcome]:
        """The form's assessments, by id."""
        return self._policy.assessments(self._run)

    @once
    def prompts(self) -> tuple[PromptOutcome, ...]:
        """By urgency - immediate, soon, consider - and then in the order of the form."""
        return self._policy.prompts(self._run)

    @once
    def checks(self) -> tuple[CheckOutcome, ...]:
        """The checks of the form, in its order."""
        return self._policy.checks(self._run)

    @once
    def missing(self) -> tuple[Instance, ...]:
        """The blank answers that are certainly required, on conditions of which JSON Schema has no words to speak."""
        return self._policy.missing(self._run)

    @property
    def shown_prompts(self) -> tuple[PromptOutcome, ...]:
        """The prompts that people are to read."""
        return tuple(prompt for prompt in self.prompts if prompt.is_shown)


class Policy:
    """What a definition's author wrote about thresholds, ready to be read over any number of responses."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._evaluator = Evaluator(definition)
        condition = self._evaluator.condition
        words = definition.words
        self._assessments = tuple(self._evaluator.compiled(assessment.id) for assessment in words.assessments)
        self._limits = {assessment.id: self._compiled_limits(assessment) for assessment in words.assessments}
        self._prompts = tuple(
            (prompt, None if prompt.when is None else condition(prompt.when)) for prompt in by_urgency(words.prompts)
        )
        self._checks = tuple((check, condition(check.when)) for check in words.checks)

    @property
    def definition(self) -> Definition:
        """The form."""
        return self._definition

    def evaluate(self, answers: Any, *, draft: bool) -> Evaluation:
        """Return what the policy says of a response, which may be invalid: a wrong answer counts as unknown.

        The answers must not be changed while the evaluation is in use: each part is worked out when it is asked for.
        """
        return Evaluation(self, Run(answers, draft))

    def reader(self, answers: Any, *, draft: bool) -> ResponseReader:
        """Return what reads single answers of a response."""
        return ResponseReader(self._asked, Run(answers, draft))

    def number(self, run: Run, measure: str) -> Interval:
        """Return a measure's number for a response."""
        return self._evaluator.number(run, measure)

    def measures(self, run: Run) -> Mapping[str, MeasureOutcome]:
        """Return the form's measures for a response."""
        return {
            name: MeasureOutcome(
                id=name,
                title=measure.title,
                interval=self._evaluator.number(run, name),
                counted=in_order(self._evaluator.counted(run, name)),
                open=in_order(self._evaluator.uncounted(run, name)),
            )
            for name, measure in self._definition.words.measures.items()
        }

    def assessments(self, run: Run) -> Mapping[str, AssessmentOutcome]:
        """Return the outcome of the form's assessments for a response."""

        def judgement(outcome: AssessmentOutcome) -> JudgementOutcome | None:
            return self._judgement(outcome, run)

        return {compiled.assessment.id: AssessmentOutcome(compiled, run, judgement) for compiled in self._assessments}

    def prompts(self, run: Run) -> tuple[PromptOutcome, ...]:
        """Return every prompt for a response, the most urgent first."""
        return prompt_outcomes(self._prompts, run)

    def checks(self, run: Run) -> tuple[CheckOutcome, ...]:
        """Return every check for a response."""
        return check_outcomes(self._checks, run)

    def missing(self, run: Run) -> tuple[Instance, ...]:
        """Return the blank answers that are certainly required, and that no stock validator can ask for."""
        return tuple(
            instance
            for question, required in self._unsaid
            for instance in instances(run, question)
            if instance.is_missing
            and not instance.rows_unknown
            and is_asked(self._asked[question.pointer], run, instance.keys)
            and (required is None or required.truth(run, instance.keys[:-1]))
        )

    @cached_property
    def _unsaid(self) -> tuple[tuple[Question, Reading | None], ...]:
        """The questions that the library alone asks for, each with the condition on which it is required."""
        found = []
        for question in unsaid(self._definition):
            required = question.words.required
            reading = None if isinstance(required, bool) else self._evaluator.condition(required, question.holder)
            found.append((question, reading))
        return tuple(found)

    @cached_property
    def _asked(self) -> Mapping[str, Asked]:
        return {pointer: self._evaluator.asked(item) for pointer, item in self._definition.questions.items()}

    def _compiled_limits(self, assessment: Assessment) -> tuple[tuple[Limit, Reading | None], ...]:
        may = assessment.judgement.may if assessment.judgement else "differ"
        condition = self._evaluator.condition
        limits = () if may == "differ" else may
        return tuple((limit, None if limit.when is None else condition(limit.when)) for limit in limits)

    def _judged_limits(self, outcome: AssessmentOutcome, run: Run) -> tuple[LimitOutcome, ...]:
        """Return what each limit allows; one that is reckoned from the suggestion bars nothing where there is none."""
        levels = [level.id for level in outcome.assessment.levels]

        def place(bound: Suggested | str | None, otherwise: int) -> int:
            if isinstance(bound, Suggested) or bound == "suggested":
                steps = bound.suggested if isinstance(bound, Suggested) else 0
                if outcome.suggested is None:
                    return otherwise
                return min(max(levels.index(outcome.suggested) + steps, 0), len(levels) - 1)
            return otherwise if bound is None else levels.index(bound)

        found = []
        for limit, reading in self._limits[outcome.id]:
            truth = True if reading is None else reading.truth(run)
            first, last = place(limit.at_least, 0), place(limit.at_most, len(levels) - 1)
            found.append(LimitOutcome(truth, reading, run, limit, frozenset(levels[first : last + 1])))
        return tuple(found)

    def _judgement(self, outcome: AssessmentOutcome, run: Run) -> JudgementOutcome | None:
        judgement = outcome.assessment.judgement
        if judgement is None:
            return None
        level = self._given(judgement.level, run)
        reason = self._given(judgement.reason, run)
        limits = self._judged_limits(outcome, run)
        barring = [limit for limit in limits if limit.truth]
        return JudgementOutcome(
            level=level if isinstance(level, str) else None,
            reason=reason if isinstance(reason, str) else None,
            suggested=outcome.suggested,
            permitted=tuple(
                found.id for found in outcome.assessment.levels if all(found.id in limit.permitted for limit in barring)
            ),
            limits=limits,
            level_pointer=judgement.level,
            reason_pointer=judgement.reason,
        )

    def _given(self, pointer: str, run: Run) -> Any:
        question = self._definition.questions[pointer]
        for instance in instances(run, question):
            if instance.is_given and is_asked(self._asked[pointer], run, instance.keys) is not False:
                return instance.value
        return None


class ResponseReader:
    """Reads single answers of one response, and whether they are asked for."""

    def __init__(self, asked: Mapping[str, Asked], run: Run) -> None:
        self._asked = asked
        self._run = run

    @property
    def answers(self) -> Any:
        """The response's answers as they came."""
        return self._run.answers

    @property
    def is_draft(self) -> bool:
        """Whether every blank may still be answered."""
        return self._run.draft

    def instance(self, question: Question, keys: Keys) -> Instance:
        """Return a question's answer.

        Args:
            question: one of the form's.
            keys: where its answer stands, with the numbers of its rows.
        """
        return Instance(question, keys, value_at(self._run.answers, keys))

    def instances(self, question: Question) -> list[Instance]:
        """Return a question's answers: one, or one for each row of the tables that hold it."""
        return list(instances(self._run, question))

    def row_count(self, table: Table) -> int:
        """Return how many rows were added to a table."""
        rows = value_at(self._run.answers, table.keys)
        return len(rows) if isinstance(rows, list) else 0

    def is_asked(self, question: Question, keys: Keys) -> bool | None:
        """Return whether a question is asked; None while that is unknown, and it is shown then."""
        return is_asked(self._asked[question.pointer], self._run, keys)
