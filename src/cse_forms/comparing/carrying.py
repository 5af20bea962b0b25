"""A response to the old version, as the new one reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Kind, Question, Table
from cse_forms.thresholds.proving.answers import Answer, Keys, Rows, Sheet, blank, values_of
from cse_forms.thresholds.proving.logic import Bool, amount


class CannotCarryError(Exception):
    """A question is asked for another kind of answer now: the solver cannot read the old answer as the new one."""


class CarriedSheet(Sheet):
    """A response to the old version, as the new one reads it."""

    def __init__(self, definition: Definition, base: Sheet, rows: int) -> None:
        super().__init__(definition, rows=rows)
        self._base = base
        self._items = {item.keys: item for item in base.definition.walk()}

    def _made(self, question: Question, keys: Keys) -> Answer:
        own = self._items.get(question.keys)
        if not isinstance(own, Question):
            return blank(question)
        answer = self._base.answer(own, keys)
        if own.kind is not question.kind and {own.kind, question.kind} != {Kind.INTEGER, Kind.NUMBER}:
            raise CannotCarryError
        taken = {_option(value): chosen for value, chosen in answer.chosen}
        chosen = tuple((value, taken.get(_option(value), False)) for value in values_of(question))
        return replace(answer, question=question, chosen=chosen)

    def _made_rows(self, table: Table, keys: Keys) -> Rows:
        own = self._items.get(table.keys)
        return self._base.rows(own, keys) if isinstance(own, Table) else Rows(False, amount(0))

    def limits(self) -> Mapping[Keys, list[Bool]]:
        """Return what holds of the response to the old version."""
        return self._base.limits()

    def names(self, keys: Keys) -> frozenset[str]:
        """Return the names of all that the solver may choose at one place of that response."""
        return self._base.names(keys)


def _option(value: Any) -> tuple[bool, Any]:
    return isinstance(value, bool), value
