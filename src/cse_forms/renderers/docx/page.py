"""The sheet of paper: its measures, and how much room words take on it.

All lengths are twips, twentieths of a point, as WordprocessingML has them: 567 to the centimetre.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

CENTIMETRE = 567


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet, its margins, and the size of its running text."""

    width: int
    height: int
    margin: int
    text: float
    """Size of running text in points; every other size follows from it."""
    line: int
    """Height of one line of room to write by hand."""
    tallest_whole: int = 9 * CENTIMETRE
    """Up to this height a row or a panel is kept on one page. A taller one may part, to leave no paper empty."""
    least: float = 0
    """Size in points below which no letters are set."""

    @property
    def measure(self) -> int:
        """The width that the text takes up, from margin to margin."""
        return self.width - 2 * self.margin

    def columns(self, shares: tuple[int, ...]) -> tuple[int, ...]:
        """Divide the measure in these shares. The last column takes what rounding leaves."""
        widths = [self.measure * share // sum(shares) for share in shares]
        return (*widths[:-1], self.measure - sum(widths[:-1]))

    def letters(self, columns: int) -> int:
        """Estimate how many letters stand side by side in a table of so many columns."""
        # As in `height_of`; words in a table have 10 points where running text has 11.
        size = max(self.least, self.text * 10 / 11)
        return int((self.measure - columns * 0.3 * CENTIMETRE) / (size * 20 * 0.5))

    def height_of(self, text: str, width: int, size: float | None = None) -> int:
        """Estimate the height of text in a column of this width, rather too much than too little.

        Args:
            text: its line breaks count.
            width: of the column, with the margins of a cell.
            size: in points for running text of 11; that of running text, if none is said.
        """
        scaled = self.text if size is None else max(self.least, self.text * size / 11)
        # A letter of Arial is half as wide as it is high, and a cell has margins of 1.5 mm at its sides.
        letters = max(1, int((width - 0.3 * CENTIMETRE) / (scaled * 20 * 0.5)))
        lines = sum(max(1, ceil(len(line) / letters)) for line in text.split("\n"))
        return int(lines * scaled * 20 * 1.2)


A4 = Page(width=11906, height=16838, margin=1134, text=11, line=int(0.8 * CENTIMETRE) + 1)
LARGE_PRINT = Page(
    width=11906,
    height=16838,
    margin=1134,
    text=18,
    line=int(1.1 * CENTIMETRE),
    tallest_whole=14 * CENTIMETRE,
    least=18,
)
"""For those who need large letters: none are smaller than 18 points."""
