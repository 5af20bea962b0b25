"""Conditions, measures and bands in a cell."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from cse_forms.errors import ConditionTextError
from cse_forms.schema.conditions import Condition, Measure
from cse_forms.schema.vocabulary import Band
from cse_forms.thresholds.in_text.reading import read_condition
from cse_forms.thresholds.in_text.reading_measures import read_bands, read_measure
from cse_forms.thresholds.in_text.said import condition_text
from cse_forms.thresholds.in_text.said_measures import bands_text, measure_text
from cse_forms.workbook.values import FLAG, JSON, Cell, CellError, Value, read_flag, read_text


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _value(kind: Any, said: Callable[[Any, Any], str], read: Callable[[str], Any]) -> Value:
    """Return the value that is shown as text, or as JSON where the text would lose something."""

    def show(value: Any) -> Cell:
        try:
            text = said(_adapter(kind).validate_python(value), value)
            if json.dumps(read(text)) == json.dumps(value):
                return text
        except (ConditionTextError, ValidationError):
            pass
        return json.dumps(value, ensure_ascii=False)

    def from_cell(cell: Cell) -> Any:
        text = read_text(cell)
        if text.startswith(("{", "[")):
            return JSON.read(text)
        try:
            return read(text)
        except ConditionTextError as error:
            raise CellError(str(error)) from None

    return Value(show, from_cell)


CONDITION = _value(Condition, condition_text, read_condition)
MEASURE = _value(Measure, measure_text, read_measure)
BANDS = _value(tuple[Band, ...], lambda bands, _: bands_text(bands), read_bands)


def _read_asked(cell: Cell) -> Any:
    if isinstance(cell, bool) or cell in {"yes", "no", "Yes", "No"}:
        return read_flag(cell)
    return CONDITION.read(cell)


FLAG_OR_CONDITION = Value(lambda value: CONDITION.show(value) if isinstance(value, dict) else FLAG.show(value),
                          _read_asked)  # fmt: skip
"""Yes, no, or where a condition holds."""
