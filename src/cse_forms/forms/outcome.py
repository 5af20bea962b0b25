"""What a form says of a response."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cse_forms.answers.findings import Finding, Report

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition
    from cse_forms.thresholds.outcome import AssessmentOutcome, MeasureOutcome, PromptOutcome
    from cse_forms.thresholds.policy import Evaluation


class Outcome:
    """What a form says of a response: suggested levels with their reasons, prompts, and findings.

    Each part is worked out when it is asked for, and once: the answers must not be changed meanwhile.
    """

    def __init__(self, definition: Definition, evaluation: Evaluation, report: Report) -> None:
        self.form = definition.id
        self.version = definition.version
        self._definition = definition
        self.evaluation = evaluation
        self._report = report

    @property
    def digest(self) -> str:
        """The form's digest."""
        return self._definition.digest

    @property
    def report(self) -> Report:
        """What `Form.validate` says of the same answers."""
        return self._report

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What `Form.validate` finds in the same answers."""
        return self._report.findings

    @property
    def measures(self) -> Mapping[str, MeasureOutcome]:
        """The form's named numbers, by id."""
        return self.evaluation.measures

    @property
    def assessments(self) -> Mapping[str, AssessmentOutcome]:
        """The form's assessments, by id."""
        return self.evaluation.assessments

    @property
    def prompts(self) -> tuple[PromptOutcome, ...]:
        """Every prompt of the form, the most urgent first, whether it holds or not."""
        return self.evaluation.prompts

    def to_dict(self, *, answers: bool = True) -> dict[str, Any]:
        """Return it as `evaluate --json` prints it and outcome.schema.json describes it.

        Args:
            answers: whether to name the answers that each part of it rests on, or that leave it open. Without them it
                takes less time, and its members `answers`, `unanswered` and `not_known` are left out.
        """
        measures = self._definition.words.measures
        return {
            "form": self.form,
            "version": self.version,
            "digest": self.digest,
            "measures": {name: self.evaluation.number(name).to_dict() for name in measures},
            "assessments": [assessment.to_dict(answers=answers) for assessment in self.assessments.values()],
            "prompts": [prompt.to_dict(answers=answers) for prompt in self.prompts],
            "findings": [finding.to_dict() for finding in self.findings],
        }
