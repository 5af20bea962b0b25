"""Is a definition fit to be used? Its document, its derived rules, what stands beside it, and what is awkward in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cse_forms import pointers
from cse_forms.checking.beside import Beside, beside_problems
from cse_forms.checking.checked import Checked, Held, Notice
from cse_forms.checking.remarks import remarks
from cse_forms.errors import CseFormsError, DefinitionError, InputError, Problem
from cse_forms.forms import Form
from cse_forms.reading import read_file
from cse_forms.scenarios import SCENARIO_FILE, Difference, run_scenario
from cse_forms.schema.catalogue import FORM_FILE, record_faults
from cse_forms.schema.checks.form import FormDocument, object_of
from cse_forms.schema.checks.warnings import find_warnings
from cse_forms.schema.checks.wording import wording_warnings
from cse_forms.schema.definition import Definition
from cse_forms.schema.faults import Awkward, Fault
from cse_forms.schema.index import read_index
from cse_forms.schema.loading import Examined, examine, located
from cse_forms.schema.places import expand
from cse_forms.schema.scenarios import load_scenarios
from cse_forms.thresholds.as_schema import disagreements

__all__ = ["Checked", "Notice", "check_file", "definition_files"]


def definition_files(path: Path) -> list[Path]:
    """Return the definitions that a path means: the file itself, or all in the folders below it.

    Folders whose name begins with a dot are passed over: what a program was about to make when it was interrupted
    stands there.

    Raises:
        CseFormsError: there is none.
    """
    if path.is_dir():
        found = sorted(file for file in path.rglob(FORM_FILE) if not _is_hidden(file.relative_to(path)))
        if not found:
            raise CseFormsError(f"No {FORM_FILE} stands below {path}; a catalogue holds <id>/<version>/{FORM_FILE}")
        return found
    if not path.exists():
        raise CseFormsError(f"There is no file or folder {path}")
    return [path]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def check_file(path: Path) -> Checked:
    """Check one definition and what stands beside it.

    What a fault leaves open is not looked at: a definition whose parts do not fit together has no outcome that its
    scenarios could be held against. All that can be said is said at once.

    Raises:
        InputError: the file cannot be read.
    """
    data = read_file(path)
    try:
        examined = examine(data, str(path))
    except DefinitionError as error:
        found = Checked(path=path, definition=None, problems=error.problems)
        return _with_scenarios(replace(found, beside=beside_problems(path, None)), None)
    definition = examined.definition
    faults = [*_record_faults(path, data, examined), *examined.faults]
    if definition is not None:
        faults += [Fault(pointer, _NOT_DERIVED, "rules-not-derived") for pointer in disagreements(definition)]
    checked = Checked(
        path=path,
        definition=definition,
        held=Held(definition.id, definition.version, len(definition.questions)) if definition is not None else None,
        problems=located(data, faults) if faults else (),
        remarks=tuple(remarks(definition)) if definition is not None else (),
        beside=beside_problems(path, Beside(path=path, document=examined.document, definition=definition)),
    )
    checked = _with_scenarios(checked, definition)
    return replace(checked, warnings=_warnings(data, examined, checked))


_NOT_DERIVED = (
    "the rules derived from 'showWhen' and 'required' are missing here or out of date; "
    "run 'cse-forms format' on the file"
)


def _record_faults(path: Path, data: bytes, examined: Examined) -> Iterator[Fault]:
    """Yield how a definition is not what its folder and its form's index say, whatever else is wrong with it."""
    words = object_of(examined.document.get("x-form"))
    form, version, status = (words.get(word) for word in ("id", "version", "status"))
    try:
        publication = read_index(path.parent.parent).versions.get(path.parent.name)
    except (DefinitionError, InputError):
        # That file's faults are told where it stands.
        return
    if isinstance(form, str) and isinstance(version, str) and isinstance(status, str):
        yield from record_faults(path, data, publication, form=form, version=version, status=status)


def _with_scenarios(checked: Checked, definition: Definition | None) -> Checked:
    """Return what was found with what the scenarios show; they are run where it is known what the definition means."""
    beside = checked.path.with_name(SCENARIO_FILE)
    if not beside.is_file():
        return checked
    data = read_file(beside)
    try:
        scenarios = load_scenarios(data, str(beside))
    except DefinitionError as error:
        return replace(checked, scenario_problems=error.problems)
    if definition is None:
        return replace(checked, scenarios=len(scenarios))
    form = Form(definition)
    found = [
        (f"/scenarios/{number}", difference)
        for number, scenario in enumerate(scenarios)
        for difference in run_scenario(form, scenario)
    ]
    return replace(
        checked,
        scenarios=len(scenarios),
        differences=tuple(difference for _, difference in found),
        failures=tuple(_failures(data, found)),
    )


def _failures(data: bytes, found: list[tuple[str, Difference]]) -> Iterator[Problem]:
    """Yield the differences with their places: of what is expected, or of the answer that is a slip."""
    if not found:
        return
    at = [f"{base}{difference.pointer}" for base, difference in found]
    places = pointers.locate(data.decode("utf-8-sig"), at)
    for pointer, (_, difference) in zip(at, found, strict=True):
        line, column = places[pointer]
        yield Problem(line=line, column=column, pointer=pointer, message=str(difference), code="scenario-fails")


def _warnings(data: bytes, examined: Examined, checked: Checked) -> tuple[Problem, ...]:
    """Return what is awkward in a definition, in the order of its file."""
    if examined.definition is not None:
        found = find_warnings(examined.definition)
    else:
        found = list(wording_warnings(FormDocument(examined.document, expand(examined.document))))
    if not checked.scenarios and not checked.scenario_problems:
        message = f"no scenario says what must come out; write some in {SCENARIO_FILE} beside the definition"
        found.append(Awkward("", "no-scenarios", message))
    told = located(data, (Fault(one.pointer, one.message, one.code) for one in found)) if found else ()
    return tuple(replace(one, severity="warning") for one in told)
