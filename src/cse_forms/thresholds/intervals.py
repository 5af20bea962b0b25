"""Numbers of which only the bounds are known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

Real: TypeAlias = int | Decimal
Truth: TypeAlias = bool | None
"""True, false, or None for unknown."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that lies between two bounds, both included; None where there is no bound."""

    lowest: Real | None
    highest: Real | None

    @property
    def is_exact(self) -> bool:
        """Whether the number itself is known."""
        return self.lowest is not None and self.lowest == self.highest

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {"lowest": _plain(self.lowest), "highest": _plain(self.highest)}

    def is_at_least(self, other: Interval) -> Truth:
        """Whether this number is the other one or more."""
        if self.lowest is not None and other.highest is not None and self.lowest >= other.highest:
            return True
        if self.highest is not None and other.lowest is not None and self.highest < other.lowest:
            return False
        return None

    def equals(self, other: Interval) -> Truth:
        """Whether the two are the same number."""
        if self.is_exact and other.is_exact:
            return self.lowest == other.lowest
        apart = self.is_at_least(other) is False or other.is_at_least(self) is False
        return False if apart else None


UNBOUNDED = Interval(None, None)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def exactly(number: Real) -> Interval:
    """Return the interval that holds this number alone."""
    return Interval(number, number)


def exact_number(value: Any) -> Real | None:
    """Return a JSON number without binary rounding, or None where the value is no finite number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        number = Decimal(repr(value))
        return number if number.is_finite() else None
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _plain(number: Real | None) -> int | float | None:
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number


def day_of(value: Any) -> date | None:
    """Return the date that a text names as JSON Schema's `date` does, or None."""
    # Python also reads dates that JSON Schema does not know, such as 2026-W13-2.
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def completed_years(start: date, end: date) -> int:
    """Return the completed years from one date to another; a birthday of 29 February is else on 1 March."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def completed_months(start: date, end: date) -> int:
    """Return the completed months from one date to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def completed_days(start: date, end: date) -> int:
    """Return the days from one date to another."""
    return (end - start).days


ELAPSED: dict[str, Callable[[date, date], int]] = {
    "years": completed_years,
    "months": completed_months,
    "days": completed_days,
}
