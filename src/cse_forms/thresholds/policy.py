"""A form's whole policy, compiled once: measures, assessments, prompts and checks, read over one response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cse_forms.pointers import value_at
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Table
from cse_forms.schema.vocabulary import Judgement
from cse_forms.thresholds.evaluate import Evaluator
from cse_forms.thresholds.matching import all_hold
from cse_forms.thresholds.outcome import (
    AssessmentOutcome,
    Evaluation,
    JudgementOutcome,
    MeasureOutcome,
    assess,
    check_outcomes,
    in_order,
    prompt_outcomes,
)
from cse_forms.thresholds.reading import Asked, Instance, Keys, Run, instances


class Policy:
    """What a definition's author wrote about thresholds, ready to be read over any number of responses."""

    def __init__(self, definition: Definition) -> None:
        self._definition = definition
        self._evaluator = Evaluator(definition)
        condition = self._evaluator.condition
        words = definition.words
        self._assessments = tuple(
            (
                assessment,
                (
                    tuple(condition(rule.when) for rule in assessment.rules),
                    tuple(condition(adjustment.when) for adjustment in assessment.adjustments),
                ),
            )
            for assessment in words.assessments
        )
        self._prompts = tuple(
            (prompt, None if prompt.when is None else condition(prompt.when)) for prompt in words.prompts
        )
        self._checks = tuple((check, condition(check.when)) for check in words.checks)
        self._asked = {pointer: self._evaluator.asked(item) for pointer, item in definition.questions.items()}

    def evaluate(self, answers: Any, *, draft: bool) -> Evaluation:
        """Return what the policy says of a response, which may be invalid: a wrong answer counts as unknown.

        The answers must not be changed while the outcome is in use: reasons are looked up when they are asked for.
        """
        run = Run(answers, draft)
        return Evaluation(
            measures={name: self._measure(name, run) for name in self._definition.words.measures},
            assessments={outcome.id: outcome for outcome in self._assess(run)},
            prompts=prompt_outcomes(self._prompts, run),
            checks=check_outcomes(self._checks, run),
        )

    def reader(self, answers: Any, *, draft: bool) -> ResponseReader:
        """Return what reads single answers of a response."""
        return ResponseReader(self._asked, Run(answers, draft))

    def _measure(self, name: str, run: Run) -> MeasureOutcome:
        return MeasureOutcome(
            id=name,
            title=self._definition.words.measures[name].title,
            interval=self._evaluator.number(run, name),
            counted=in_order(self._evaluator.counted(run, name)),
            open=in_order(self._evaluator.uncounted(run, name)),
        )

    def _assess(self, run: Run) -> list[AssessmentOutcome]:
        found = []
        for assessment, readings in self._assessments:
            outcome = assess(assessment, readings, run)
            if assessment.judgement is not None:
                outcome = outcome.judged(self._judgement(assessment.judgement, outcome, run))
            found.append(outcome)
        return found

    def _judgement(self, judgement: Judgement, outcome: AssessmentOutcome, run: Run) -> JudgementOutcome:
        level = self._given(judgement.level, run)
        reason = self._given(judgement.reason, run)
        return JudgementOutcome(
            level=level if isinstance(level, str) else None,
            reason=reason if isinstance(reason, str) else None,
            suggested=outcome.suggested,
            level_pointer=judgement.level,
            reason_pointer=judgement.reason,
        )

    def _given(self, pointer: str, run: Run) -> Any:
        for instance in instances(run, self._definition.questions[pointer]):
            if instance.is_given:
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
        return all_hold(condition.truth(self._run, keys[:depth]) for condition, depth in self._asked[question.pointer])
