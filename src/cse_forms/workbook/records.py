"""The rows of a workbook's sheets as they were read, each cell with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cse_forms.workbook.values import Cell


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell."""

    sheet_at: int
    """Which sheet of the workbook it is, from 0."""
    row: int
    column: int
    """From 1."""
    sheet: str

    def __str__(self) -> str:
        return f"{self.sheet}!{letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CellFault:
    """What is wrong, and in which cell."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row, or a sheet whose words stand below one another."""

    start: Place
    """Its first cell."""
    cells: Mapping[str, Cell]
    """What its cells hold, by their headings; an empty one is left out."""
    columns: Mapping[str, int]
    """The column of each heading; its row, where the words stand below one another."""
    is_vertical: bool = False

    def place(self, heading: str) -> Place:
        """Return the place of a cell."""
        at = self.columns.get(heading)
        if at is None:
            return self.start
        if self.is_vertical:
            return Place(self.start.sheet_at, at, self.start.column, self.start.sheet)
        return Place(self.start.sheet_at, self.start.row, at, self.start.sheet)


Records = Mapping[str, Sequence[Record]]
"""The rows of each sheet, by its name."""


def letters(column: int) -> str:
    """Return a column's letters: A, Z, AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
