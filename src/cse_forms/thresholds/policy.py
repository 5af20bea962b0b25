"""A form's whole policy, compiled once: measures, assessments, prompts and checks, read over one response."""

from __future__ import annotations

from typing import Any

from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question
from cse_forms.schema.vocabulary import Judgement
from cse_forms.thresholds.evaluate import Evaluator
from cse_forms.thresholds.outcome import (
    AssessmentOutcome,
    Evaluation,
    JudgementOutcome,
    MeasureOutcome,
    assess,
    check_outcomes,
    prompt_outcomes,
)
from cse_forms.thresholds.reading import Instance, Run, instances


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

    def is_asked(self, question: Question, answers: Any, keys: tuple[str | int, ...], *, draft: bool) -> bool | None:
        """Return whether a question is asked in a response; None while that is unknown, and it is shown then.

        Args:
            question: one of the form's.
            answers: the response's.
            keys: where its answer stands, with the numbers of its rows.
            draft: whether the response is one.
        """
        run = Run(answers, draft)
        truths = [condition.truth(run, keys[:depth]) for condition, depth in self._asked[question.pointer]]
        return False if False in truths else (None if None in truths else True)

    def answers_to(self, question: Question, answers: Any) -> list[Instance]:
        """Return a question's answers in a response: one, or one for each row of the tables that hold it."""
        return list(instances(Run(answers, draft=False), question))

    def _measure(self, name: str, run: Run) -> MeasureOutcome:
        return MeasureOutcome(
            id=name,
            title=self._definition.words.measures[name].title,
            interval=self._evaluator.number(run, name),
            counted=tuple(instance.pointer for instance in self._evaluator.counted(run, name)),
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
