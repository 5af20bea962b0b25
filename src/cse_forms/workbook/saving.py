"""The files of a version read from its folder, and what a workbook says written into one: nobody's change is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cse_forms.errors import ConflictError, InputError, OutputError
from cse_forms.reading import parse_json, read_file
from cse_forms.schema.loading import load_definition
from cse_forms.schema.scenarios import load_scenarios
from cse_forms.schema.translation import load_translation, translation_files
from cse_forms.workbook.files import FORM, SCENARIOS, Files, digest_of, to_bytes
from cse_forms.workbook.values import same
from cse_forms.workbook.workbook import WorkbookReading
from cse_forms.writing import write_file


def files_at(path: Path) -> Files:
    """Return a definition and what stands beside it.

    Args:
        path: the definition's file.

    Raises:
        DefinitionError: one of the files is not sound.
    """
    data = read_file(path)
    load_definition(data, str(path))
    scenarios = None
    beside = path.with_name(SCENARIOS)
    if beside.is_file():
        told = read_file(beside)
        load_scenarios(told, str(beside))
        scenarios = parse_json(told, str(beside))
    translations = {}
    for language, file in translation_files(path.parent).items():
        told = read_file(file)
        load_translation(told, str(file))
        translations[language] = parse_json(told, str(file))
    return Files(form=parse_json(data, str(path)), scenarios=scenarios, translations=translations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A file that a workbook says."""

    path: Path
    is_written: bool
    """Whether it held something else before."""


def save(reading: WorkbookReading, workbook: Path, target: Path, *, force: bool = False) -> tuple[Saved, ...]:
    """Write what a workbook says.

    Args:
        reading: what it says.
        workbook: its own file.
        target: the definition's file, which ends in .json, or a folder of definitions, in which it gets its own.
        force: whether files are written over that were changed since the workbook was made.

    Raises:
        ConflictError: a file was changed since, or is published. Nothing is written then.
        OutputError: a file cannot be written.
    """
    form = reading.files.form
    words = form["x-form"]
    path = target if target.suffix == ".json" else target / words["id"] / words["version"] / FORM
    read_back = _read_back(workbook)
    before: dict[Path, bytes | None] = {}
    wanted = {path.with_name(name) if name != FORM else path: one for name, one in reading.files.by_name().items()}
    names = dict(zip(wanted, reading.files.by_name(), strict=True))
    for file, document in wanted.items():
        before[file] = read_file(file) if file.is_file() else None
        there = before[file]
        if there is None:
            if file == path and words["status"] == "published" and not reading.is_unchanged:
                raise _published(reading, path)
            continue
        if _says(there, document, file):
            continue
        if file == path and _is_published(there, file):
            raise _published(reading, path)
        known = {reading.made_from.get(names[file]), read_back.get(str(file.resolve()))}
        if not force and _digest(there, file) not in known:
            raise ConflictError(
                f"{file} was changed since this workbook was made, and nothing was written. Make a new workbook of it "
                "with 'cse-forms to-xlsx' and put your changes into that; or say --force to write over it"
            )
    saved = tuple(_write(wanted, before))
    wrote = {str(file.resolve()): digest_of(document) for file, document in wanted.items()}
    # It only saves a question when the same workbook is read again.
    with suppress(OutputError):
        write_file(_beside(workbook), to_bytes(wrote))
    return saved


def _write(wanted: Mapping[Path, dict[str, Any]], before: Mapping[Path, bytes | None]) -> Iterator[Saved]:
    for file, document in wanted.items():
        was = before[file]
        is_new = was is None or not _says(was, document, file)
        if is_new:
            write_file(file, to_bytes(document), was=was)
        yield Saved(path=file, is_written=is_new)


def _published(reading: WorkbookReading, path: Path) -> ConflictError:
    return ConflictError(
        f"{path}: a published version never changes, and nothing was written. Give the form a new version in the cell "
        f"{reading.version_cell}, and set the status below it to draft"
    )


def _says(data: bytes, document: dict[str, Any], path: Path) -> bool:
    """Whether a file says the same already, in whatever layout."""
    try:
        return same(parse_json(data, str(path)), document)
    except InputError:
        return False


def _is_published(data: bytes, path: Path) -> bool:
    try:
        found = parse_json(data, str(path))["x-form"]["status"]
    except (InputError, KeyError, TypeError):
        return False
    return bool(found == "published")


def _digest(data: bytes, path: Path) -> str | None:
    try:
        found = parse_json(data, str(path))
    except InputError:
        return None
    return digest_of(found) if isinstance(found, dict) else None


def _beside(workbook: Path) -> Path:
    """Return the file that tells what a workbook was read to, so that it can be read again after the next change."""
    return workbook.with_name(f".{workbook.name}.read-back")


def _read_back(workbook: Path) -> dict[str, str]:
    try:
        found = json.loads(read_file(_beside(workbook))) if _beside(workbook).is_file() else {}
    except (InputError, ValueError):
        return {}
    return {str(path): str(digest) for path, digest in found.items()} if isinstance(found, dict) else {}
