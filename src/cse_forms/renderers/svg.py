"""A decision diagram as SVG: one drawing that needs nothing beside itself, and reads in black and white.

It is no renderer of documents: it draws a `Diagram` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from cse_forms.document.tree import Chart, Diagram, Step, runs_of

WIDTH = 960
MARGIN = 24
BOX = 560
"""The width of a question's box; a result's stands to the right of it."""
RESULT = 232
GAP = 44
"""Between one box and the next."""
PADDING = 12
SIZE = 15
LINE = 20
TITLE = 19
INDENT = 18

_FONT = "Helvetica, Arial, &quot;Liberation Sans&quot;, sans-serif"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
"""How wide Helvetica and Arial draw the printable characters of ASCII, in thousandths of their size."""

_OTHER = 800
_WIDE = 1050
_ROOM = 1.12
"""By how much another font may be wider, where neither of the two is there."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int
    bullet: bool


def draw(diagram: Diagram) -> str:
    """Return the drawing as a text that ends in a line break."""
    body: list[str] = []
    y = float(MARGIN)
    for line in _wrapped(diagram.title, WIDTH - 2 * MARGIN, TITLE + 3):
        y += TITLE + 9
        body.append(_text(MARGIN, y, line, TITLE + 3, bold=True))
    for chart in diagram.charts:
        y += 30
        y = _chart(chart, y, body)
    y += 34
    for line in _wrapped(diagram.reference, WIDTH - 2 * MARGIN, 12):
        body.append(_text(MARGIN, y, line, 12))
        y += 16
    height = round(y + MARGIN / 2)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{_safe(diagram.language)}" role="img" '
        f'aria-labelledby="diagram-title diagram-description" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="{_FONT}" font-size="{SIZE}" fill="#000">'
    )
    return "\n".join(
        [
            head,
            f'<title id="diagram-title">{_safe(diagram.title)}</title>',
            f'<desc id="diagram-description">{_safe(diagram.description)}</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            *body,
            "</svg>\n",
        ]
    )


def _chart(chart: Chart, y: float, body: list[str]) -> float:
    """Draw the boxes of a chart, and return where the last one ends."""
    for line in _wrapped(chart.title, WIDTH - 2 * MARGIN, TITLE):
        y += TITLE + 5
        body.append(_text(MARGIN, y, line, TITLE, bold=True))
    y += 16
    for index, step in enumerate(chart.steps):
        y = _step(step, y, body)
        if step.onward is not None and index + 1 < len(chart.steps):
            x = MARGIN + BOX / 2
            body += _arrow(x, y, x, y + GAP)
            body.append(_text(x + 10, y + GAP / 2 + 4, step.onward, SIZE - 1, italic=True))
            y += GAP
    return y


def _step(step: Step, y: float, body: list[str]) -> float:
    """Draw a box with its result beside it, and return where the taller of the two ends."""
    lines = list(_box_lines(step))
    height = len(lines) * LINE + 2 * PADDING
    results = [] if step.result is None else _wrapped(step.result, RESULT - 2 * PADDING, SIZE, bold=True)
    result_height = len(results) * LINE + 2 * PADDING if results else 0
    row = max(height, result_height)
    body.append(_rect(MARGIN, y, BOX, height, stroke=1.5))
    for index, line in enumerate(lines):
        baseline = y + PADDING + LINE * index + SIZE - 1
        x = float(MARGIN + PADDING + line.indent)
        if line.bullet:
            body.append(f'<circle cx="{x - 9:g}" cy="{baseline - 5:g}" r="2.5"/>')
        body.append(_text(x, baseline, line.text, SIZE))
    if results:
        left, middle = WIDTH - MARGIN - RESULT, y + min(height, result_height) / 2
        body += _arrow(MARGIN + BOX, middle, left, middle)
        if step.label:
            body.append(
                _text((MARGIN + BOX + left) / 2 - 3, middle - 8, step.label, SIZE - 1, italic=True, middle=True)
            )
        body.append(_rect(left, y, RESULT, result_height, stroke=3, round_by=12))
        for index, text in enumerate(results):
            body.append(_text(left + PADDING, y + PADDING + LINE * index + SIZE - 1, text, SIZE, bold=True))
    # Where the result is the taller one, the way to the next box is longer.
    if step.onward is not None and height < row:
        x = MARGIN + BOX / 2
        body.append(f'<path d="M{x:g} {y + height:g}V{y + row:g}" stroke="#000" stroke-width="1.5"/>')
    return y + row


def _box_lines(step: Step) -> Iterator[_Line]:
    for depth, text in step.lines:
        indent = INDENT * depth
        wrapped = _wrapped(text, BOX - 2 * PADDING - indent, SIZE)
        for index, line in enumerate(wrapped):
            yield _Line(line, indent, bullet=depth > 0 and index == 0)


def _wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return a text in lines that are no wider than this, whichever of the usual fonts draws them."""
    room = width / _ROOM / (1.1 if bold else 1)
    lines: list[str] = []
    line = ""
    for word in _words(text):
        for piece in _pieces(word, room, size):
            longer = line + " " + piece if line else piece
            if line and _width(longer, size) > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line] if line else lines


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, each in its own language."""
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        yield text[start:end]


def _pieces(word: str, room: float, size: float) -> Iterator[str]:
    """Yield a word, or parts of one that is wider than a line."""
    start = 0
    for end in range(1, len(word)):
        if _width(word[start : end + 1], size) > room:
            yield word[start:end]
            start = end
    yield word[start:]


def _width(text: str, size: float) -> float:
    return sum(map(_width_of, text)) * size / 1000


def _width_of(character: str) -> int:
    code = ord(character)
    if 32 <= code < 32 + len(_WIDTHS):
        return _WIDTHS[code - 32]
    return _OTHER if code < 0x2E80 else _WIDE


def _rect(x: float, y: float, width: float, height: float, *, stroke: float, round_by: float = 0) -> str:
    corner = f' rx="{round_by:g}"' if round_by else ""
    place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
    return f'<rect {place}{corner} fill="#fff" stroke="#000" stroke-width="{stroke:g}"/>'


def _arrow(x: float, y: float, to_x: float, to_y: float) -> Iterator[str]:
    """Yield a line that ends in a point, to the right or down."""
    if y == to_y:
        point = f"{to_x:g},{to_y:g} {to_x - 10:g},{to_y - 5:g} {to_x - 10:g},{to_y + 5:g}"
        end = f"H{to_x - 8:g}"
    else:
        point = f"{to_x:g},{to_y:g} {to_x - 5:g},{to_y - 10:g} {to_x + 5:g},{to_y - 10:g}"
        end = f"V{to_y - 8:g}"
    yield f'<path d="M{x:g} {y:g}{end}" fill="none" stroke="#000" stroke-width="1.5"/>'
    yield f'<polygon points="{point}"/>'


def _text(
    x: float, y: float, text: str, size: float, *, bold: bool = False, italic: bool = False, middle: bool = False
) -> str:
    look = ' font-weight="bold"' if bold else ""
    look += ' font-style="italic"' if italic else ""
    look += ' text-anchor="middle"' if middle else ""
    look += f' font-size="{size:g}"' if size != SIZE else ""
    return f'<text x="{x:g}" y="{y:g}"{look}>{_spoken(text)}</text>'


def _spoken(text: str) -> str:
    """Return a text of which each part says in which language it is, where that is not the drawing's."""
    return "".join(
        f'<tspan xml:lang="{_safe(run.lang)}">{_safe(run.text)}</tspan>' if run.lang else _safe(run.text)
        for run in runs_of(text)
    )


def _safe(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})
