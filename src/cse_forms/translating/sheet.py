"""Excel: a row for each string, for translators who have nothing but a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cse_forms.errors import CseFormsError, InputError
from cse_forms.schema.translation import State
from cse_forms.translating.jobs import Job, Unit
from cse_forms.workbook.characters import LONGEST, to_cell
from cse_forms.workbook.sheet_reading import Sheet, Spoilt, WorkbookFile

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIX = ".xlsx"

STRINGS, ABOUT = "Strings", "About"
COLUMNS = {
    "Where": 34,
    "What": 22,
    "Wording": 60,
    "Translation": 60,
    "Status": 12,
    "Note": 30,
    "Pointer": 18,
    "Digest": 12,
    "Translates": 12,
}
"""The headings, with how wide their columns are. They are read by their names, wherever they stand."""

_OWN = ("Wording", "Pointer", "Digest", "Translates")
"""The columns that translators leave as they are."""

_NEEDED = ("Translation", "Status", "Pointer", "Digest")
_FACTS = {"Form": "form", "Version": "version", "From": "source_language", "Into": "language"}
_STRINGS, _ABOUT = STRINGS.casefold(), ABOUT.casefold()


def write(job: Job) -> bytes:
    """Return the workbook of a job.

    Raises:
        InputError: a text is longer than a cell holds.
        CseFormsError: the library that writes such files is not installed.
    """
    openpyxl = _library()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = STRINGS
    _append(sheet, list(COLUMNS))
    for unit in job.units:
        state = "" if unit.state is State.MISSING else str(unit.state)
        told = (unit.where, unit.kind, unit.source, unit.text, state, unit.note or "")
        _append(sheet, [*told, unit.pointer, unit.digest, unit.translates or ""])
    _set_out(sheet)
    about = book.create_sheet(ABOUT)
    for fact, name in _FACTS.items():
        _append(about, [fact, str(getattr(job, name))])
    for line in _ADVICE:
        _append(about, ["", line])
    about.column_dimensions["B"].width = 90
    held = BytesIO()
    book.save(held)
    return held.getvalue()


_ADVICE = (
    "Write the translation beside the wording, and say in Status whether it is a draft or reviewed.",
    "The status 'stale' says that the wording was changed after it was translated: look again, and write 'draft'.",
    "Leave the other columns and the sheet's name as they are. A row that stays empty stays untranslated.",
)


def _append(sheet: Worksheet, texts: list[str]) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, text in enumerate(texts, 1):
        if not text:
            continue
        held = to_cell(text)
        if len(held) > LONGEST:
            raise InputError(
                f"A text of {len(held):,} characters is longer than a cell of a workbook holds ({LONGEST:,}); "
                "extract it as xliff or po"
            )
        cell = sheet.cell(row=row, column=column)
        cell.value = held
        # A text that begins with a sign of arithmetic is a text, and is worked out by nobody.
        cell.data_type = "s"
        cell.quotePrefix = held[0] in "=+-@\t"


def _set_out(sheet: Worksheet) -> None:
    """Give the sheet its widths, its drop-down and its frozen head."""
    from openpyxl.styles import Alignment, Font, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, (heading, width) in enumerate(COLUMNS.items(), 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        sheet.cell(row=1, column=column).font = Font(bold=True)
        for (cell,) in sheet.iter_rows(min_row=2, min_col=column, max_col=column):
            cell.alignment = Alignment(wrap_text=heading not in {"Pointer", "Digest", "Translates"}, vertical="top")
            cell.number_format = "@"
            cell.protection = Protection(locked=heading in _OWN)
        if heading == "Status":
            choices = DataValidation(type="list", formula1='"draft,reviewed,stale"', allow_blank=True)
            choices.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
            sheet.add_data_validation(choices)
    sheet.freeze_panes = "D2"


def read(data: bytes, name: str) -> Job:
    """Return the job that a workbook holds, also after another program has saved it.

    Args:
        data: the file's bytes.
        name: what to call it in errors.

    Raises:
        InputError: it is no workbook of one of our forms, or larger than any.
    """
    sheets = {sheet.name.casefold(): sheet for sheet in WorkbookFile(data, name).sheets({_STRINGS, _ABOUT})}
    for wanted in (STRINGS, ABOUT):
        if wanted.casefold() not in sheets:
            raise InputError(f"{name} has no sheet '{wanted}'; extract it anew")
    faults: list[str] = []
    facts = {row.get(1, ""): row.get(2, "") for _, row in _rows(sheets[_ABOUT], faults)}
    _refuse(faults, name)
    told = {member: facts.get(fact, "") for fact, member in _FACTS.items()}
    if missing := [fact for fact, member in _FACTS.items() if not told[member]]:
        raise InputError(f"{name}: the sheet '{ABOUT}' does not say '{missing[0]}'; extract it anew")
    units = tuple(_units(sheets[_STRINGS], name, faults))
    _refuse(faults, name)
    return Job(units=units, **told)


def _refuse(faults: list[str], name: str) -> None:
    if faults:
        raise InputError("\n".join(f"{name}: {fault}" for fault in faults))


def _rows(sheet: Sheet, faults: list[str]) -> Iterator[tuple[int, dict[int, str]]]:
    """Yield the rows of a sheet that hold something, with their numbers; each cell as a text, by its column.

    What another program has made of a cell is added to the faults, and the cell is left out.
    """
    for number, cells in sorted(sheet.grid.items()):
        texts = {}
        for column, value in cells.items():
            if isinstance(value, Spoilt):
                faults.append(f"{sheet.name}, row {number}: {value.message}")
            else:
                texts[column] = value if isinstance(value, str) else json.dumps(value)
        yield number, texts


def _units(sheet: Sheet, name: str, faults: list[str]) -> Iterator[Unit]:
    rows = _rows(sheet, faults)
    _, heads = next(rows, (0, {}))
    columns = {heading.strip(): column for column, heading in heads.items()}
    if missing := [heading for heading in _NEEDED if heading not in columns]:
        raise InputError(f"{name}: the sheet '{STRINGS}' has no column '{missing[0]}'; extract it anew")
    for number, row in rows:
        cells = {heading: row.get(columns.get(heading, 0), "") for heading in COLUMNS}
        if not any(cells.values()):
            continue
        if not cells["Pointer"] or not cells["Digest"]:
            faults.append(
                f"{STRINGS}, row {number} has lost its pointer or digest, so that nothing tells what it translates; "
                "put it back, or extract the file anew"
            )
            continue
        status = cells["Status"].strip().casefold() or State.DRAFT
        if status not in {State.DRAFT, State.REVIEWED, State.STALE}:
            faults.append(f"{STRINGS}, row {number}: the status is draft, reviewed or stale, and not '{status}'")
            continue
        yield _unit(cells, State(status))


def _unit(cells: dict[str, str], status: State) -> Unit:
    return Unit(
        pointer=cells["Pointer"],
        source=cells["Wording"],
        digest=cells["Digest"],
        text=cells["Translation"],
        state=status if cells["Translation"] else State.MISSING,
        translates=cells["Translates"] or None,
        note=cells["Note"] or None,
        where=cells["Where"],
        kind=cells["What"],
    )


def _library() -> Any:
    try:
        import openpyxl
    except ImportError as error:
        raise CseFormsError("Workbooks need a library besides: pip install 'cse_forms[xlsx]'") from error
    return openpyxl
