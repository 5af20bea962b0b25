"""The pages beside the form: what the check finds, and how the scenarios come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cse_forms.checking import Checked
from cse_forms.document import tree
from cse_forms.document.languages import ENGLISH_LANGUAGE
from cse_forms.document.phrases import ENGLISH
from cse_forms.errors import Problem
from cse_forms.forms import Form
from cse_forms.reading import read_file
from cse_forms.scenarios import SCENARIO_FILE, run_scenario
from cse_forms.schema.definition import Definition
from cse_forms.schema.scenarios import Scenario, load_scenarios

if TYPE_CHECKING:
    from cse_forms.thresholds.outcome import AssessmentOutcome

MEND_FIRST = "First mend the faults that 'What the check finds' tells of. This page shows itself again when you save."


class Unsound(NamedTuple):
    """A definition that cannot be read, by the names of its folders."""

    id: str
    version: str


def message(definition: Definition | Unsound, title: str, texts: Iterable[str]) -> tree.Document:
    """Return a page of a few sentences."""
    return _page(definition, title, [_text(*texts)])


def summary_of(checked: Checked) -> str:
    """Return in one line whether a definition is fit for use."""
    errors = [notice for notice in checked.notices if notice.problem.severity == "error"]
    warnings = len(checked.notices) - len(errors)
    verdict = "Fit for use" if checked.is_fit else f"Not fit for use: {_count(len(errors), 'problem')}"
    return f"{verdict}; {_count(warnings, 'warning')}" if warnings else verdict


def findings(definition: Definition | Unsound, checked: Checked) -> tree.Document:
    """Return what the check finds, the faults first, each with its file and line."""
    blocks: list[tree.Block] = [_text(f"{summary_of(checked)}.")]
    for severity, heading in (("error", "Problems"), ("warning", "Warnings")):
        found = [notice for notice in checked.notices if notice.problem.severity == severity]
        if found:
            blocks.append(tree.Heading(level=2, text=heading, anchor=severity))
            blocks += [_finding(notice.path, notice.problem) for notice in found]
    return _page(definition, "What the check finds", blocks)


def _finding(path: Path, problem: Problem) -> tree.Panel:
    place = f"{path.name}, line {problem.line}, column {problem.column}"
    paragraphs = [problem.message, f"{problem.pointer or 'The whole of it'} ({problem.code})"]
    return tree.Panel(
        kind="warning" if problem.severity == "error" else "note",
        title=place,
        blocks=tuple(tree.Paragraph(text=text) for text in paragraphs),
    )


def scenarios(definition: Definition, path: Path) -> tree.Document:
    """Return each scenario, what it expects, and what comes out.

    Args:
        definition: the form.
        path: its file; the scenarios stand beside it.

    Raises:
        DefinitionError: the file of scenarios is not sound.
    """
    file = path.with_name(SCENARIO_FILE)
    if not file.is_file():
        return message(definition, "Scenarios", [f"There are none yet; write some in {SCENARIO_FILE} beside the form."])
    form = Form(definition)
    told = [_scenario(form, scenario) for scenario in load_scenarios(read_file(file), str(file))]
    failed = sum(not came for came, _ in told)
    summary = f"{_count(len(told), 'scenario')}; {failed or 'none'} of them not as expected."
    # What needs to be looked at stands first.
    ordered = sorted(told, key=lambda one: one[0])
    return _page(definition, "Scenarios", [_text(summary), *(panel for _, panel in ordered)])


def _scenario(form: Form, scenario: Scenario) -> tuple[bool, tree.Panel]:
    differences = list(run_scenario(form, scenario))
    outcome = form.evaluate(scenario.answers, draft=scenario.draft)
    lines = list(_levels(outcome.assessments.values()))
    lines += [f"Expected otherwise: {difference}" for difference in differences]
    panel = tree.Panel(
        kind="warning" if differences else "note",
        label="Not as expected" if differences else "As expected",
        title=scenario.name,
        blocks=(tree.BulletList(items=tuple(lines)),) if lines else (),
    )
    return not differences, panel


def _levels(outcomes: Iterable[AssessmentOutcome]) -> Iterator[str]:
    for found in outcomes:
        levels = (found.level(level) for level in (found.lowest, found.highest))
        lowest, highest = (level.title if level else "no level" for level in levels)
        title = found.assessment.title
        yield f"{title}: {lowest}" if found.lowest == found.highest else f"{title}: {lowest}, up to {highest}"


def _page(definition: Definition | Unsound, title: str, blocks: Iterable[tree.Block]) -> tree.Document:
    name = f"{definition.id} {definition.version}"
    return tree.Document(
        title=title or name,
        language=ENGLISH_LANGUAGE,
        form=definition.id,
        version=definition.version,
        digest=definition.digest if isinstance(definition, Definition) else "",
        status="policy",
        banner=None,
        reference=name,
        labels=ENGLISH.labels,
        blocks=tuple(blocks),
    )


def _text(*texts: str) -> tree.Panel:
    return tree.Panel(kind="text", blocks=tuple(tree.Paragraph(text=text) for text in texts))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
