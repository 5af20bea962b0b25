"""A version's files as a workbook, and a workbook as a version's files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cse_forms.errors import DefinitionError, InputError, Problem
from cse_forms.schema.faults import suggestion
from cse_forms.schema.loading import load_definition
from cse_forms.schema.scenarios import load_scenarios
from cse_forms.schema.translation import load_translation
from cse_forms.thresholds.as_schema import with_derived_rules
from cse_forms.workbook import tables
from cse_forms.workbook.apart import take_apart
from cse_forms.workbook.columns import ORDER, Table
from cse_forms.workbook.files import FORM, Files, digest_of, to_bytes
from cse_forms.workbook.records import CellFault, Place, Record
from cse_forms.workbook.rows import Places
from cse_forms.workbook.sheet_reading import Grid, Sheet, Spoilt, WorkbookFile
from cse_forms.workbook.sheet_writing import workbook_bytes
from cse_forms.workbook.together import Assembled, put_together
from cse_forms.workbook.values import Cell

_MADE_FROM = "cse-forms made from "
"""How the properties begin that tell the digests of the files that a workbook was made from."""

_HEADINGS_WITHIN = 30
"""Rows in which the headings of a sheet are looked for."""


class WorkbookError(InputError):
    """A workbook says no sound definition. It carries every fault, each with its sheet and cell."""

    def __init__(self, name: str, faults: tuple[CellFault, ...]) -> None:
        self.name = name
        """The file's name."""
        self.faults = faults
        super().__init__("\n".join(f"{name}: {fault}" for fault in faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookReading:
    """What a workbook says."""

    files: Files
    made_from: Mapping[str, str]
    """The digests of the files that it was made from, by their names; none, where the workbook has lost them."""
    version_cell: str
    """Where it says its version: About!B5."""

    @property
    def is_unchanged(self) -> bool:
        """Whether the definition is the one that the workbook was made from."""
        return self.made_from.get(FORM) == digest_of(self.files.form)


def to_xlsx(files: Files) -> bytes:
    """Return the workbook of a version.

    Args:
        files: a sound definition and what stands beside it.

    Raises:
        TooLongError: a text is longer than a cell of a spreadsheet can be.
    """
    made_from = {f"{_MADE_FROM}{name}": digest_of(document) for name, document in files.by_name().items()}
    form = files.form
    return workbook_bytes(take_apart(files), made_from, form["title"], form["x-form"]["language"])


def from_xlsx(data: bytes, name: str) -> WorkbookReading:
    """Return what a workbook says.

    Args:
        data: the file's bytes.
        name: what to call it in errors.

    Raises:
        InputError: it is no workbook of a form, holds macros, or is larger than any form's.
        WorkbookError: with all that is wrong in its cells.
    """
    book = WorkbookFile(data, name)
    reading = _Reading(book)
    assembled = put_together(reading.records)
    # A cell that cannot be read is not told to be empty as well.
    spoilt = {fault.place for fault in reading.faults}
    faults = [*reading.faults, *(fault for fault in assembled.faults if fault.place not in spoilt)]
    files, problems = _checked(assembled, name)
    told = {(fault.place.sheet_at, fault.place.row) for fault in faults}
    # What is missing because its cell could not be read is not told again.
    faults += [fault for fault in problems if (fault.place.sheet_at, fault.place.row) not in told]
    if faults or files is None:
        raise WorkbookError(name, tuple(sorted(set(faults))))
    made_from = {
        name.removeprefix(_MADE_FROM): digest.strip()
        for name, digest in book.properties.items()
        if name.startswith(_MADE_FROM)
    }
    version = reading.records[tables.ABOUT.name][0].place("Version")
    return WorkbookReading(files=files, made_from=made_from, version_cell=str(version))


def _checked(assembled: Assembled, name: str) -> tuple[Files | None, list[CellFault]]:
    """Return the files with the rules that follow from the definition, and what is wrong with them, by cell."""
    files, faults = assembled.files, []
    form = files.form
    try:
        definition = load_definition(to_bytes(form), name)
    except DefinitionError as error:
        faults += [_in_cell(problem, assembled.form_places) for problem in error.problems]
    else:
        form = with_derived_rules(definition) if assembled.derives_rules else form
    if files.scenarios is not None:
        try:
            load_scenarios(to_bytes(files.scenarios), name)
        except DefinitionError as error:
            faults += [_in_cell(problem, assembled.scenario_places) for problem in error.problems]
    for language, document in files.translations.items():
        try:
            load_translation(to_bytes(document), name)
        except DefinitionError as error:
            places = assembled.translation_places[language]
            faults += [_in_cell(problem, places) for problem in error.problems]
    if faults:
        return None, faults
    return Files(form=form, scenarios=files.scenarios, translations=files.translations), []


def _in_cell(problem: Problem, places: Places) -> CellFault:
    """Return a fault of a document in the cell that it comes from, or in the nearest one above it."""
    pointer = problem.pointer
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    place = places.get(pointer) or next(iter(places.values()), Place(0, 1, 1, tables.ABOUT.name))
    below = problem.pointer[len(pointer) :]
    within = f" (at {below})" if below and pointer else ""
    return CellFault(place=place, message=f"{problem.message}{within}")


class _Reading:
    """The sheets of a workbook as rows with headings."""

    def __init__(self, book: WorkbookFile) -> None:
        self.faults: list[CellFault] = []
        self.records: dict[str, list[Record]] = {}
        wanted = {table.name.casefold(): table for table in tables.TABLES}
        sheets = {sheet.name.strip().casefold(): sheet for sheet in book.sheets(set(wanted))}
        if not {tables.ABOUT.name.casefold(), tables.QUESTIONS.name.casefold()} & sheets.keys():
            raise InputError(
                f"{book.name} is a workbook, but none that was made from a form; 'cse-forms to-xlsx FORM' makes one"
            )
        for at, table in enumerate(tables.TABLES):
            sheet = sheets.get(table.name.casefold())
            if sheet is None:
                place = Place(at, 1, 1, table.name)
                self._fault(place, "this sheet is missing; put it back, with its headings")
                sheet = Sheet(table.name)
            read = self._vertical if table.is_vertical else self._rows
            self.records[table.name] = list(read(at, table, sheet))

    def _fault(self, place: Place, message: str) -> None:
        self.faults.append(CellFault(place=place, message=message))

    def _vertical(self, at: int, table: Table, sheet: Sheet) -> Iterator[Record]:
        """Yield the words of a sheet that stand below one another."""
        heads = {_plain(cells.get(1)): row for row, cells in sorted(sheet.grid.items(), reverse=True)}
        columns = {one.heading: heads[_plain(one.heading)] for one in table.columns if _plain(one.heading) in heads}
        start = Place(at, 1, 2, sheet.name)
        if sheet.grid:
            self._missing(table, columns, start, heads, "row")
        record = Record(start=start, cells={}, columns=columns, is_vertical=True)
        cells = {name: sheet.grid[row][2] for name, row in columns.items() if 2 in sheet.grid[row]}
        yield Record(start=start, cells=self._sound(record, cells), columns=columns, is_vertical=True)

    def _rows(self, at: int, table: Table, sheet: Sheet) -> Iterator[Record]:
        """Yield the rows of a sheet below its headings."""
        if not sheet.grid:
            return
        head = _head_row(table, sheet.grid)
        heads = {_plain(cell): column for column, cell in sorted(sheet.grid[head].items(), reverse=True)}
        columns = {one.heading: heads[_plain(one.heading)] for one in table.columns if _plain(one.heading) in heads}
        self._missing(table, columns, Place(at, head, 1, sheet.name), heads, "column")
        first = min(columns.values(), default=1)
        for number in sorted(row for row in sheet.grid if row > head):
            row = sheet.grid[number]
            cells = {name: row[column] for name, column in columns.items() if column in row}
            if cells:
                place = Place(at, number, first, sheet.name)
                record = Record(start=place, cells={}, columns=columns)
                yield Record(start=place, cells=self._sound(record, cells), columns=columns)

    def _missing(self, table: Table, columns: Mapping[str, int], place: Place, heads: Mapping[str, int], what: str) -> None:  # fmt: skip  # noqa: E501
        for column in table.columns:
            if column.heading not in columns and column.heading != ORDER:
                near = suggestion(_plain(column.heading), heads)
                said = near.replace("did you mean", "is it") if near else "; put it back, empty or not"
                self._fault(place, f"there is no {what} '{column.heading}'{said}")

    def _sound(self, record: Record, cells: Mapping[str, Cell | Spoilt]) -> dict[str, Cell]:
        sound: dict[str, Cell] = {}
        for heading, cell in cells.items():
            if isinstance(cell, Spoilt):
                self._fault(record.place(heading), cell.message)
            else:
                sound[heading] = cell
        return sound


def _plain(cell: Any) -> str:
    """Return a heading without regard to capitals and spaces."""
    return " ".join(cell.split()).casefold() if isinstance(cell, str) else ""


def _head_row(table: Table, grid: Grid) -> int:
    """Return the row that has the most headings of a sheet."""
    wanted = {_plain(column.heading) for column in table.columns}
    rows = [row for row in sorted(grid) if row <= _HEADINGS_WITHIN] or [min(grid)]
    return max(rows, key=lambda row: (len(wanted & {_plain(cell) for cell in grid[row].values()}), -row))
