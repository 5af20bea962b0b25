"""What is to be said of answers that are not acceptable as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias

from cse_forms.once import once

Severity: TypeAlias = Literal["error", "warning"]

CODES = {
    "missing-answer": "a question that a complete response must answer is blank",
    "unknown-question": "an answer stands where the form has no question",
    "wrong-type": "the answer is of another kind than the question asks for",
    "not-an-option": "the answer is none of the options",
    "not-a-date": "the answer is no date",
    "too-short": "the text is shorter than the form asks for",
    "too-long": "the text is longer than the form allows",
    "too-few": "fewer options or rows than the form asks for",
    "too-many": "more options or rows than the form allows",
    "repeated-option": "an option stands twice",
    "out-of-range": "the number lies outside what the form allows",
    "wrong-pattern": "the text is not of the form that is asked for",
    "rule-broken": "a rule of the form's own that joins several answers is not met",
    "not-json": "the value is none that JSON can carry",
    "control-character": "the text holds a character that can be neither seen nor printed (a warning)",
    "contradiction": "answers that cannot stand together (a warning)",
    "judgement-not-permitted": "the judgement is a level that the policy does not allow here (a warning)",
    "judgement-without-reason": "the judgement differs from the suggested level, and the reason is blank (a warning)",
}
"""Every code that a finding can carry, and what it means. Codes stay the same from release to release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a response, and its place."""

    code: str
    """One of `CODES`."""
    pointer: str
    """JSON Pointer into the answers; empty for the whole of them."""
    question: str | None
    """The question in the form's own words, with its row's; None where the form has no such question."""
    message: str
    """What is wrong and what to do, in a plain sentence. Answers are not quoted in it."""
    severity: Severity = "error"
    """Errors make a response invalid; warnings are for a person to look at."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `validate --json` prints it."""
        return {
            "code": self.code,
            "pointer": self.pointer,
            "question": self.question,
            "message": self.message,
            "severity": self.severity,
        }


class Report:
    """What was found in a response. Errors and warnings are looked for when they are asked for, and once."""

    def __init__(
        self,
        errors: Callable[[], tuple[Finding, ...]],
        warnings: Callable[[], list[Finding]],
        in_order: Callable[[Iterable[Finding]], tuple[Finding, ...]],
    ) -> None:
        self._find_errors = errors
        self._find_warnings = warnings
        self._in_order = in_order

    @once
    def _errors(self) -> tuple[Finding, ...]:
        return self._find_errors()

    @property
    def valid(self) -> bool:
        """Whether no finding is an error: what any JSON Schema validator says of the same answers."""
        return not self._errors

    @once
    def findings(self) -> tuple[Finding, ...]:
        """Errors and warnings, in the order of the form."""
        told = {(error.code, error.pointer) for error in self._errors}
        warnings = [warning for warning in self._find_warnings() if (warning.code, warning.pointer) not in told]
        return self._in_order((*self._errors, *warnings)) if warnings else self._errors

    def said(self, sentence: Callable[[str], str]) -> Report:
        """Return the same report with each finding's sentence said otherwise, such as in another language."""

        def again(finding: Finding) -> Finding:
            return replace(finding, message=sentence(finding.message))

        return Report(
            lambda: tuple(map(again, self._errors)), lambda: list(map(again, self._find_warnings())), self._in_order
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as `validate --json` prints it."""
        return {"valid": self.valid, "findings": [finding.to_dict() for finding in self.findings]}
