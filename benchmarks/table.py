"""The printed table: what was measured, how long it took, and whether that meets its target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTHS = (62, 12, 9, 14)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measured case."""

    name: str
    seconds: float
    ratio: float | None = None
    """To what the group is compared with."""
    target: str = ""
    met: bool | None = None
    """None where there is no target."""

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:,.1f}"
        verdict = "" if self.met is None else "  met" if self.met else "  NOT MET"
        cells = (self.name, duration(self.seconds), ratio, self.target)
        return f"{_cells(cells)}{verdict}".rstrip()


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:,.1f} us"
    return f"{seconds * 1e3:,.1f} ms" if seconds < 1 else f"{seconds:,.2f} s"


def show(title: str, rows: Iterable[Row]) -> None:
    """Print one group of rows."""
    print(f"\n{title}")
    print(_cells(("", "time", "ratio", "target")))
    for row in rows:
        print(row)


def _cells(cells: tuple[str, str, str, str]) -> str:
    name, *rest = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "  ".join([name.strip().ljust(WIDTHS[0]), *rest])
