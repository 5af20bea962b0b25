"""What is wrong with the files beside a definition: each kind of them has a function here that says so.

The scenarios are looked at elsewhere, since they are run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from cse_forms.checking.checked import Notice
from cse_forms.errors import DefinitionError, InputError, Problem
from cse_forms.reading import read_file
from cse_forms.schema.catalogue import FORM_FILE
from cse_forms.schema.faults import suggestion
from cse_forms.schema.index import INDEX_FILE, read_index

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The definition that a file stands beside."""

    path: Path
    """Its own file."""
    document: dict[str, Any]
    """What it holds, be it sound or not."""
    definition: Definition | None
    """None where its faults leave open what it means."""


Check: TypeAlias = Callable[[Path, bytes, Beside | None], Iterable[Problem]]
"""Yields what is wrong with a file beside a definition; the definition is None where it is not even an object.

Its arguments are the file, its bytes, and the definition. A `DefinitionError` that it raises tells of the file as well.
"""


def _index(path: Path, _data: bytes, _beside: Beside | None) -> Iterable[Problem]:
    read_index(path.parent)
    return ()


def _variant(path: Path, data: bytes, _beside: Beside | None) -> Iterable[Problem]:
    from cse_forms.schema.catalogue import shipped_directory
    from cse_forms.variants.files import problems, stores

    return problems(path, data, stores((path.resolve().parent.parent.parent, shipped_directory())))


def _migration(path: Path, data: bytes, beside: Beside | None) -> Iterable[Problem]:
    from cse_forms.migrating.checks import check_migration

    return check_migration(path, data, beside.definition if beside else None)


def _translation(path: Path, data: bytes, beside: Beside | None) -> Iterable[Problem]:
    from cse_forms.schema.translation import translation_problems

    return translation_problems(path, data, beside.document, beside.definition) if beside else ()


KINDS: tuple[tuple[str, Check], ...] = (
    (r"migration\.json", _migration),
    (r"variant\.json", _variant),
    (r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\.json", _translation),
)
"""What stands in a version's folder: an expression for the whole of its name, and what looks at it."""

_KNOWN = ("scenarios.json", "migration.json", "variant.json")
"""The files that have one name, for whoever misspells it."""


def beside_problems(path: Path, beside: Beside | None) -> tuple[Notice, ...]:
    """Return what is wrong with the files beside a definition, and with the index of its form.

    Args:
        path: the definition's file.
        beside: the definition; None where it is no JSON object.
    """
    found: list[Notice] = []
    index = path.parent.parent / INDEX_FILE
    if index.is_file():
        found += (Notice(index, problem) for problem in _told(index, _index, beside))
    for file in sorted(path.parent.glob("*.json")):
        for pattern, check in KINDS:
            if re.fullmatch(pattern, file.name):
                found += (Notice(file, problem) for problem in _told(file, check, beside))
                break
        else:
            found += (Notice(file, problem) for problem in _misspelt(file))
    return tuple(found)


def _told(file: Path, check: Check, beside: Beside | None) -> tuple[Problem, ...]:
    """Return what a check says of a file, in the order of its lines."""
    try:
        return tuple(sorted(check(file, read_file(file), beside)))
    except DefinitionError as error:
        return error.problems
    except InputError as error:
        return (Problem(line=1, column=1, pointer="", message=str(error), code="unreadable"),)


def _misspelt(file: Path) -> Iterator[Problem]:
    if file.name in {FORM_FILE, *_KNOWN}:
        return
    near = suggestion(file.name, _KNOWN)
    if near:
        message = f"no file of this name is read{near}"
        yield Problem(line=1, column=1, pointer="", message=message, code="unknown-file", severity="warning")
