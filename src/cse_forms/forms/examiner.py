"""Answers read by a form: what is wrong with them, and what the form's rules make of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cse_forms.answers.findings import Finding, Report
from cse_forms.answers.response import Response
from cse_forms.errors import InputError

if TYPE_CHECKING:
    from cse_forms.answers.validation import Validator
    from cse_forms.schema.definition import Definition
    from cse_forms.thresholds.outcome import AssessmentOutcome, CheckOutcome, JudgementOutcome
    from cse_forms.thresholds.policy import Evaluation, Policy


class Examiner:
    """Reads the answers to one form. What it needs is compiled when it is first asked for."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    @cached_property
    def validator(self) -> Validator:
        """Finds what the form's JSON Schema refuses."""
        from cse_forms.answers.validation import Validator

        return Validator(self.definition)

    @cached_property
    def policy(self) -> Policy:
        """Evaluates the form's rules."""
        from cse_forms.thresholds.policy import Policy

        return Policy(self.definition)

    def answers_of(self, answers: Any, *, draft: bool) -> tuple[Any, bool]:
        """Return the answers of a response to this form, and whether it is a draft; plain answers as they are.

        Raises:
            InputError: a `Response` to another form or version.
            DigestError: a `Response` to other bytes of this definition.
        """
        if not isinstance(answers, Response):
            return answers, draft
        own = self.definition
        if (answers.form, answers.version) != (own.id, own.version):
            raise InputError(
                f"This response answers {answers.form} {answers.version}, and this form is {own.id} {own.version}"
            )
        answers.check_digest(own)
        return answers.answers, draft or answers.is_draft

    def report(self, answers: Any, evaluation: Evaluation, *, draft: bool) -> Report:
        """Return everything that is wrong with plain answers, which are also evaluated."""
        validator = self.validator

        def warnings() -> list[Finding]:
            return [*validator.unprintable(answers), *self._warnings(evaluation, draft=draft)]

        return Report(lambda: validator.errors(answers, draft=draft), warnings, validator.in_order)

    def not_asked(self, answers: Any, *, draft: bool) -> Iterator[str]:
        """Yield the pointers of plain answers whose question other answers have done away with."""
        reader = self.policy.reader(answers, draft=draft)
        for question in self.definition.questions.values():
            for instance in reader.instances(question):
                says_nothing = instance.is_missing or instance.value is False or instance.value == []
                if not says_nothing and reader.is_asked(question, instance.keys) is False:
                    yield instance.pointer

    def _warnings(self, evaluation: Evaluation, *, draft: bool) -> Iterator[Finding]:
        """Yield what no JSON Schema says: answers that cannot stand together, gaps, a judgement without its reason."""
        from cse_forms.answers.messages import Message

        if not draft:
            for instance in evaluation.missing:
                yield self.validator.missing(instance.pointer)
        for check in evaluation.checks:
            if check.truth is True:
                yield self._contradiction(check)
        for assessment in evaluation.assessments.values():
            judgement = assessment.judgement
            if judgement is not None and judgement.is_permitted is False:
                yield self._not_permitted(assessment, judgement)
            if judgement is not None and judgement.differs and judgement.reason is None and not draft:
                yield self.validator.finding(
                    "judgement-without-reason", judgement.reason_pointer, Message("reason_missing"), warning=True
                )

    def _not_permitted(self, assessment: AssessmentOutcome, judgement: JudgementOutcome) -> Finding:
        from cse_forms.answers.messages import Message
        from cse_forms.passages import strung

        titles = [level.title for level in assessment.assessment.levels if level.id in judgement.permitted]
        reasons = [
            limit.limit.because
            for limit in judgement.limits
            if limit.truth and limit.limit.because and judgement.level not in limit.permitted
        ]
        levels = strung(", ", titles) or Message("no_levels")
        message = Message("not_permitted", levels=levels)
        if reasons:
            message = Message("not_permitted_because", levels=levels, reasons=strung(" ", reasons))
        return self.validator.finding("judgement-not-permitted", judgement.level_pointer, message, warning=True)

    def _contradiction(self, check: CheckOutcome) -> Finding:
        pointer = check.answers[0] if check.answers else ""
        return self.validator.finding("contradiction", pointer, check.check.text, warning=True)
