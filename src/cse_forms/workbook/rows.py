"""Rows read as objects of a definition: the cells of each, and what belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from cse_forms.pointers import join, split
from cse_forms.schema.faults import suggestion
from cse_forms.workbook.columns import ORDER, OTHER, Column, Table
from cse_forms.workbook.leaves import Path, arranged, leaves_of, object_of
from cse_forms.workbook.records import CellFault, Place, Record, Records
from cse_forms.workbook.values import JSON, Cell, CellError, Value, read_text

Node = dict[str, Any]
Places = dict[str, Place]
"""The cells that the values of a document were read from, by their pointers."""


class RowReader:
    """Reads rows, and notes what is wrong in their cells."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.faults: list[CellFault] = []
        self.places: Places = {}

    def rows(self, table: Table) -> Sequence[Record]:
        """Return the rows of a sheet."""
        return self._records[table.name]

    def fault(self, place: Place, message: str) -> None:
        """Note what is wrong in a cell."""
        self.faults.append(CellFault(place=place, message=message))

    def read(self, record: Record, column: Column | str, value: Value | None = None) -> Any:
        """Return what a cell says; None where it is empty or says nothing that is known."""
        heading = column if isinstance(column, str) else column.heading
        cell = record.cells.get(heading)
        if cell is None:
            return None
        read = column.value.read if isinstance(column, Column) else value.read if value else read_text
        try:
            return read(cell)
        except CellError as error:
            self.fault(record.place(heading), str(error))
            return None

    def object(
        self, table: Table, record: Record, at: str, *, places: Places | None = None,
        structure: Mapping[Path, Any] | None = None, implied: Collection[Path] = (),
        said: Mapping[Path, Any] | None = None,
    ) -> Node:  # fmt: skip
        """Return the object of a row.

        Args:
            table: its sheet.
            record: the row.
            at: the object's pointer in the document.
            places: where its cells are noted.
            structure: its words that stand on other sheets.
            implied: those of them that are there even if they hold nothing.
            said: words that a key column says.
        """
        places = self.places if places is None else places
        places.setdefault(at, record.start)
        leaves: dict[Path, Any] = {}
        for column in table.columns:
            if column.is_key or column.heading not in record.cells:
                continue
            places[f"{at}{join(column.path)}"] = record.place(column.heading)
            faults = len(self.faults)
            value = self.read(record, column)
            if len(self.faults) == faults:
                leaves[column.path] = value
        for path, value in self._others(table, record):
            if path in leaves:
                self.fault(record.place(OTHER), f"'{'/'.join(path)}' has a column of its own here; say it there alone")
                continue
            places.setdefault(f"{at}{join(path)}", record.place(OTHER))
            leaves[path] = value
        order = self.order(record)
        for path, value in (structure or {}).items():
            if path not in leaves and (value or path in implied or join(path) in order.get("empty", ())):
                leaves[path] = value
        for path, value in (said or {}).items():
            if path not in leaves:
                leaves[path] = value
        known = [tuple(split(path)) for path in order.get("order", ())]
        return object_of((path, leaves[path]) for path in arranged(leaves, table.usual, known))

    def _others(self, table: Table, record: Record) -> Iterable[tuple[Path, Any]]:
        other = self.read(record, OTHER, JSON)
        if other is None:
            return ()
        if not isinstance(other, dict):
            self.fault(record.place(OTHER), 'this must be words with their values, as JSON: {"word": "value"}')
            return ()
        return leaves_of(other, table.prefixes)

    def order(self, record: Record) -> Mapping[str, list[str]]:
        """Return the order of words that was recorded for a row."""
        order = self.read(record, ORDER, JSON)
        if order is None:
            return {}
        is_sound = isinstance(order, dict) and all(
            isinstance(paths, list) and all(isinstance(path, str) for path in paths) for paths in order.values()
        )
        if not is_sound:
            self.fault(record.place(ORDER), "this was changed by hand; empty the cell")
        return order if is_sound else {}

    def grouped(self, table: Table, known: Collection[str], what: str) -> dict[str, list[Record]]:
        """Return rows by what they belong to."""
        heading = table.keys[0].heading
        found: dict[str, list[Record]] = {}
        for record in self.rows(table):
            owner = self.key(record, heading)
            if owner is None:
                continue
            if owner not in known:
                near = suggestion(owner, known)
                self.fault(record.place(heading), f"there is no {what} '{owner}'{near or '; add it, or mend this'}")
                continue
            found.setdefault(owner, []).append(record)
        return found

    def key(self, record: Record, heading: str) -> str | None:
        """Return what says which row this is."""
        cell: Cell | None = record.cells.get(heading)
        if cell is None:
            self.fault(record.place(heading), f"'{heading}' is empty; say it, or remove the whole row")
            return None
        key = self.read(record, heading)
        return None if key is None else str(key)

    def unique(self, table: Table) -> dict[str, Record]:
        """Return rows by the key that each has for itself."""
        heading = table.keys[0].heading
        found: dict[str, Record] = {}
        for record in self.rows(table):
            key = self.key(record, heading)
            if key is None:
                continue
            if key in found:
                first = found[key].place(heading)
                self.fault(record.place(heading), f"'{key}' stands in {first} already; each is there once")
                continue
            found[key] = record
        return found

    def all(self, table: Table, records: Sequence[Record], at: str) -> list[Node]:
        """Return the objects of rows, which are a list of the definition."""
        return [self.object(table, record, f"{at}/{index}") for index, record in enumerate(records)]
