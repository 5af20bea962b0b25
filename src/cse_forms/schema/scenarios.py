"""Scenarios: a definition's own tests, written by the people who own its policy."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from cse_forms.errors import DefinitionError
from cse_forms.schema.loading import located, read_object
from cse_forms.schema.refusals import refusals
from cse_forms.schema.words import Many, Text, Word


class ExpectedInterval(Word):
    """The bounds of a number of which no more is known."""

    lowest: int | float | None
    highest: int | float | None
    has_value: Annotated[bool | None, Field(alias="has_value")] = True
    """Whether there is a number at all; null where that is unknown."""


class ExpectedAssessment(Word):
    """What an assessment must come to; what is left out is not compared."""

    lowest: str | None = None
    highest: str | None = None
    determined: bool | None = None
    applies: bool | None = None
    clash: bool | None = None
    recorded: bool | None = None
    possible: Many[str | None] | None = None
    rules: Many[str] | None = None
    """The ids of the rules that hold, in the order of the definition."""
    adjustments: Many[str] | None = None
    """The ids of the adjustments that hold."""
    unanswered: Many[str] | None = None
    not_known: Annotated[Many[str] | None, Field(alias="not_known")] = None
    permitted: Many[str] | None = None
    """The ids of the levels that the policy allows a judgement to be, in the order of the definition."""


class Expected(Word):
    """What must come out; what is left out is not compared."""

    valid: bool | None = None
    findings: Many[str] | None = None
    """The codes, in the order of the form."""
    measures: dict[str, int | float | ExpectedInterval | Literal["no value"] | None] | None = None
    """A number, null for one that has no bounds, its bounds, or "no value"."""
    assessments: dict[str, ExpectedAssessment] | None = None
    prompts: Many[str] | None = None
    """The ids of the prompts that are shown, the most urgent first."""


class Scenario(Word):
    """Example answers, and what must come out."""

    name: Text
    """A sentence that says what is shown."""
    draft: bool = False
    answers: dict[str, Any]
    expect: Expected


class ScenarioFile(Word):
    """scenarios.json, beside a definition."""

    scenarios: Annotated[Many[Scenario], Field(min_length=1)]


def load_scenarios(data: bytes, name: str) -> tuple[Scenario, ...]:
    """Return the scenarios of a file.

    Raises:
        DefinitionError: with every fault of the file and its place.
    """
    document = read_object(data, name, 'this must be an object: {"scenarios": [...]}')
    faults = refusals(ScenarioFile, document)
    if faults:
        raise DefinitionError(name, located(data, faults))
    return ScenarioFile.model_validate(document).scenarios
