"""What a check of one definition found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cse_forms.checking.remarks import Remark
from cse_forms.errors import Problem
from cse_forms.scenarios import SCENARIO_FILE, Difference
from cse_forms.schema.definition import Definition


class Notice(NamedTuple):
    """Something that was found, and in which file."""

    path: Path
    problem: Problem


class Held(NamedTuple):
    """What a definition holds."""

    form: str
    version: str
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """All that was found about one definition."""

    path: Path
    definition: Definition | None
    """None where its faults leave open what it means, and where another process checked it."""
    held: Held | None = None
    """None where its faults leave open what it means."""
    problems: tuple[Problem, ...] = ()
    """Faults of its document: it must not be used."""
    scenario_problems: tuple[Problem, ...] = ()
    """Faults of the file of scenarios beside it, with their places in that file."""
    scenarios: int = 0
    differences: tuple[Difference, ...] = ()
    failures: tuple[Problem, ...] = ()
    """The differences, with their places in the file of scenarios."""
    remarks: tuple[Remark, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """What may be meant so, and often is not: it may be used none the less."""
    beside: tuple[Notice, ...] = ()
    """What is wrong with the other files beside it, and with the form's index."""

    @property
    def is_fit(self) -> bool:
        """Whether it may be used."""
        return not (self.is_broken or self.differences)

    @property
    def is_broken(self) -> bool:
        """Whether a file has a fault, scenarios that come out otherwise aside."""
        found = (*self.problems, *self.scenario_problems, *(notice.problem for notice in self.beside))
        return any(problem.severity == "error" for problem in found)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All problems and warnings, each with its file: the definition's first, and in the order of their lines."""
        scenario_file = self.path.with_name(SCENARIO_FILE)
        own = [Notice(self.path, problem) for problem in (*self.problems, *self.warnings)]
        told = [Notice(scenario_file, problem) for problem in (*self.scenario_problems, *self.failures)]
        return (*own, *told, *self.beside)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `check --json` prints it."""
        return {
            "path": str(self.path),
            "form": self.held.form if self.held else None,
            "version": self.held.version if self.held else None,
            "fit": self.is_fit,
            "problems": [problem.to_dict() for problem in self.problems],
            "scenario_problems": [problem.to_dict() for problem in self.scenario_problems],
            "scenarios": self.scenarios,
            "differences": [
                difference.to_dict() | {word: told for word, told in place.to_dict().items() if word != "message"}
                for difference, place in zip(self.differences, self.failures, strict=True)
            ],
            "beside": [
                {"path": str(notice.path), "severity": notice.problem.severity, **notice.problem.to_dict()}
                for notice in self.beside
            ],
            "remarks": [remark.to_dict() for remark in self.remarks],
            "warnings": [warning.to_dict() for warning in self.warnings],
        }
