"""A definition's scenarios run, and what they show of its policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cse_forms.coverage.aims import KINDS, Aim, Kind, aims
from cse_forms.coverage.observing import Observer
from cse_forms.coverage.possible import may_be_shown
from cse_forms.errors import DefinitionError, Problem
from cse_forms.forms import Form
from cse_forms.reading import read_file
from cse_forms.scenarios import SCENARIO_FILE, Difference, run_scenario
from cse_forms.schema.catalogue import load_file
from cse_forms.schema.definition import Definition
from cse_forms.schema.scenarios import Expected, Scenario, load_scenarios


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A scenario that would show what is not shown yet, for the policy's owner to read and confirm."""

    scenario: dict[str, Any]
    """As scenarios.json has it."""
    shows: tuple[Aim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """All that a definition's scenarios show, and what they do not."""

    path: Path
    definition: Definition | None
    problems: tuple[Problem, ...] = ()
    """Faults of its document, or of the file of scenarios: nothing was tested."""
    has_scenarios: bool = False
    """Whether there is a file of scenarios."""
    scenarios: int = 0
    differences: tuple[Difference, ...] = ()
    covered: tuple[Aim, ...] = field(default=(), repr=False)
    uncovered: tuple[Aim, ...] = field(default=(), repr=False)
    impossible: tuple[Aim, ...] = field(default=(), repr=False)
    """What no answers can show."""
    undecided: tuple[Aim, ...] = field(default=(), repr=False)
    """Those of the uncovered for which no answers were found, though nobody proved that there are none."""
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether the scenarios show all that can be shown."""
        return not self.uncovered

    @property
    def is_sound(self) -> bool:
        """Whether every scenario came out as expected, and all is shown."""
        return not (self.problems or self.differences) and self.is_covered

    def counts(self) -> dict[Kind, tuple[int, int]]:
        """Return how many things of each kind are shown, and how many there are that can be."""
        found: dict[Kind, tuple[int, int]] = {}
        for kind in KINDS:
            shown = sum(aim.kind == kind for aim in self.covered)
            total = shown + sum(aim.kind == kind for aim in self.uncovered)
            if total or any(aim.kind == kind for aim in self.impossible):
                found[kind] = shown, total
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return it as `test --json` prints it."""
        return {
            "path": str(self.path),
            "form": self.definition.id if self.definition else None,
            "version": self.definition.version if self.definition else None,
            "sound": self.is_sound,
            "problems": [problem.to_dict() for problem in self.problems],
            "scenarios": self.scenarios,
            "differences": [difference.to_dict() for difference in self.differences],
            "coverage": {kind: {"shown": shown, "of": total} for kind, (shown, total) in self.counts().items()},
            "uncovered": [told(aim) for aim in self.uncovered],
            "impossible": [told(aim) for aim in self.impossible],
            "undecided": [told(aim) for aim in self.undecided],
            "suggestions": [
                {"scenario": one.scenario, "shows": [told(aim) for aim in one.shows]} for one in self.suggestions
            ],
        }


def told(aim: Aim) -> dict[str, str]:
    """Return something to be shown as JSON has it."""
    return {"kind": aim.kind, "about": aim.about, "what": aim.what}


def scenarios_beside(path: Path) -> tuple[Scenario, ...] | None:
    """Return the scenarios beside a definition's file; None where there is no such file.

    Raises:
        DefinitionError: the file of scenarios is no sound one.
    """
    beside = path.with_name(SCENARIO_FILE)
    return load_scenarios(read_file(beside), str(beside)) if beside.is_file() else None


def run_scenarios(path: Path) -> Coverage:
    """Run the scenarios beside one definition, and say what they show.

    Raises:
        InputError: a file cannot be read.
    """
    definition: Definition | None = None
    try:
        definition = load_file(path)
        scenarios = scenarios_beside(path)
    except DefinitionError as error:
        return Coverage(path=path, definition=definition, problems=error.problems)
    found = covered_by(definition, scenarios or ())
    form = Form(definition)
    differences = tuple(difference for scenario in scenarios or () for difference in run_scenario(form, scenario))
    return replace(found, path=path, has_scenarios=scenarios is not None, differences=differences)


def covered_by(definition: Definition, scenarios: Sequence[Scenario]) -> Coverage:
    """Return what scenarios show of a definition's policy; whether they come out as expected is not looked at."""
    observer = Observer(definition)
    every = aims(definition)
    open_ = list(every)
    for scenario in scenarios:
        expected = [aim for aim in open_ if is_expected(aim, scenario.expect)]
        shown = {id(aim) for aim in observer.seen(expected, scenario.answers, draft=scenario.draft)}
        open_ = [aim for aim in open_ if id(aim) not in shown]
    left = {id(aim) for aim in open_}
    impossible = tuple(aim for aim in open_ if not may_be_shown(definition, aim.goal))
    never = {id(aim) for aim in impossible}
    return Coverage(
        path=Path(),
        definition=definition,
        scenarios=len(scenarios),
        covered=tuple(aim for aim in every if id(aim) not in left),
        uncovered=tuple(aim for aim in open_ if id(aim) not in never),
        impossible=impossible,
    )


def is_expected(aim: Aim, expect: Expected) -> bool:
    """Return whether a scenario would notice if what it shows were otherwise."""
    match aim.kind:
        case "rule" | "band" | "adjustment" | "level" | "limit":
            assessment = aim.about.partition("/")[0].partition(",")[0]
            return assessment in (expect.assessments or {})
        case "prompt":
            return expect.prompts is not None
        case "check":
            return expect.findings is not None
        case "condition" | "boundary":
            return bool(expect.model_fields_set)


Progress = Callable[[int, int], None]
"""Is told how many of how many things were searched for."""


def searched(found: Coverage, *, time_limit: float, progress: Progress = lambda _done, _of: None) -> Coverage:
    """Look for answers that would show what is not shown yet, and for proofs that there are none.

    Args:
        found: what the scenarios show.
        time_limit: seconds for each thing.
        progress: is told how far it has come.

    Raises:
        CseFormsError: the solver is not installed.
    """
    from cse_forms.coverage.expecting import scenario_of
    from cse_forms.coverage.suggesting import Suggester

    if found.definition is None or found.is_covered:
        return found
    suggester = Suggester(found.definition, time_limit)
    left = list(found.uncovered)
    suggestions: list[Suggestion] = []
    impossible: list[Aim] = []
    undecided: list[Aim] = []
    while left:
        progress(len(found.uncovered) - len(left), len(found.uncovered))
        aim = left.pop(0)
        answers = suggester.answers(aim)
        if answers is None:
            impossible.append(aim)
        elif not isinstance(answers, dict):
            undecided.append(aim)
        else:
            others = tuple(suggester.observer.seen(left, answers, draft=False))
            shown = {id(other) for other in others}
            left = [other for other in left if id(other) not in shown]
            suggestions.append(Suggestion(scenario=scenario_of(suggester.form, aim, answers), shows=(aim, *others)))
    progress(len(found.uncovered), len(found.uncovered))
    never = {id(aim) for aim in impossible}
    return replace(
        found,
        uncovered=tuple(aim for aim in found.uncovered if id(aim) not in never),
        impossible=(*found.impossible, *impossible),
        undecided=tuple(undecided),
        suggestions=tuple(suggestions),
    )
