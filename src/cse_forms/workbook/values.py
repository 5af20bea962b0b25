"""What stands in a cell: the values of a definition as people read and write them, one kind for each sort of column."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeGuard

from cse_forms.errors import CseFormsError, InputError
from cse_forms.reading import parse_json

Cell = str | int | float | bool
"""What a cell of a spreadsheet holds."""

EMPTY_LIST = "(none)"
"""What stands for a list without members; an empty cell says nothing at all."""
NO_LEVEL = "(no level)"


class CellError(CseFormsError):
    """What is wrong with a cell, and what would be right."""


@dataclass(frozen=True, slots=True)
class Value:
    """A kind of value, as a cell shows it and as JSON has it."""

    show: Callable[[Any], Cell | None]
    """JSON to a cell; None for what such a cell cannot show."""
    read: Callable[[Cell], Any]
    """A cell to JSON; raises `CellError`."""

    def shown(self, value: Any) -> Cell | None:
        """Return the cell that shows a value, or None if none would be read back to the letter."""
        cell = self.show(value)
        try:
            return cell if cell is not None and same(self.read(cell), value) else None
        except CellError:
            return None


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, with their keys in the same order."""
    return json.dumps(one) == json.dumps(other)


# --- texts ---------------------------------------------------------------------------------------------------


def read_text(cell: Cell) -> str:
    """Return the text of a cell."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        raise CellError("the program has made TRUE or FALSE of this; format the cell as Text, and type it again")
    if isinstance(cell, float):
        raise CellError(
            "this is stored as a number, so that its zeros may be lost; format the cell as Text, and type it again"
        )
    return str(cell)


def _show_text(value: Any) -> Cell | None:
    return value if isinstance(value, str) and value else None


TEXT = Value(_show_text, read_text)
"""Wording."""


def read_lines(cell: Cell) -> list[str]:
    """Return the lines of a cell."""
    text = read_text(cell)
    return [] if text == EMPTY_LIST else [line.strip() for line in text.split("\n") if line.strip()]


def _show_lines(value: Any) -> Cell | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    return "\n".join(value) if value else EMPTY_LIST


LINES = Value(_show_lines, read_lines)
"""A list of texts, one on each line."""

LEVEL_LINES = Value(
    lambda value: _show_lines([NO_LEVEL if one is None else one for one in value]) if isinstance(value, list) else None,
    lambda cell: [None if one == NO_LEVEL else one for one in read_lines(cell)],
)
"""A list of levels, among them "no level"."""

LEVEL = Value(
    lambda value: NO_LEVEL if value is None else _show_text(value),
    lambda cell: None if cell == NO_LEVEL else read_text(cell),
)
"""A level, or none."""


def _read_one_or_lines(cell: Cell) -> str | list[str]:
    lines = read_lines(cell)
    return lines[0] if len(lines) == 1 else lines


ONE_OR_LINES = Value(
    lambda value: _show_text(value) if isinstance(value, str) else _show_lines(value), _read_one_or_lines
)
"""One id, or several on a line each."""


def _pair(line: str, example: str) -> tuple[str, str]:
    first, mark, rest = line.partition(": ")
    if not mark or not rest.strip():
        raise CellError(f"each line here says something, a colon, a space and something of it: {example}")
    return first.strip(), rest.strip()


_KEYED = re.compile(r"[a-z0-9-]+: \S")


def _show_hint(value: Any) -> Cell | None:
    if not isinstance(value, dict):
        return _show_text(value)
    return "\n".join(f"{key}: {text}" for key, text in value.items()) or None


def _read_hint(cell: Cell) -> str | dict[str, str]:
    text = read_text(cell)
    lines = read_lines(text)
    if not all(_KEYED.match(line) for line in lines):
        return text
    keyed = dict(_pair(line, "'notes: Say who saw it.'") for line in lines)
    if len(keyed) < len(lines):
        raise CellError("two lines here begin with the same key; keep one")
    return keyed


HINT = Value(_show_hint, _read_hint)
"""A text, or a text for each column by its key, one on each line."""


def _show_terms(value: Any) -> Cell | None:
    try:
        return "\n".join(f"{one['term']}: {text}" for one in value for text in one["texts"]) or None
    except (KeyError, TypeError):
        return None


def _read_terms(cell: Cell) -> list[dict[str, Any]]:
    terms: list[dict[str, Any]] = []
    for line in read_lines(cell):
        term, text = _pair(line, "'Grooming: Making somebody trust you in order to harm them.'")
        if terms and terms[-1]["term"] == term:
            terms[-1]["texts"].append(text)
        else:
            terms.append({"term": term, "texts": [text]})
    return terms


TERMS = Value(_show_terms, _read_terms)
"""Terms and what is said of them."""


def _show_links(value: Any) -> Cell | None:
    try:
        return "\n".join(f"{one['title']} <{one['href']}>" for one in value) or None
    except (KeyError, TypeError):
        return None


def _read_links(cell: Cell) -> list[dict[str, str]]:
    links = []
    for line in read_lines(cell):
        title, mark, rest = line.rpartition(" <")
        if not mark or not rest.endswith(">"):
            raise CellError("each line here is a link's words and its address in angle brackets: 'Help <https://...>'")
        links.append({"title": title.strip(), "href": rest[:-1]})
    return links


LINKS = Value(_show_links, _read_links)
"""Links, one on each line."""

# --- truth values and numbers --------------------------------------------------------------------------------

_YES, _NO = {"yes", "true", "y"}, {"no", "false", "n"}


def read_flag(cell: Cell) -> bool:
    """Return whether a cell says yes."""
    if isinstance(cell, bool):
        return cell
    said = str(cell).casefold()
    if said not in _YES | _NO:
        raise CellError("this must be yes or no")
    return said in _YES


def _show_flag(value: Any) -> Cell | None:
    return ("yes" if value else "no") if isinstance(value, bool) else None


FLAG = Value(_show_flag, read_flag)


def show_number(value: Any) -> Cell | None:
    """Return a number for a cell; as text, where a spreadsheet would round it or lose its point."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    is_safe = len(repr(abs(value)).replace(".", "")) <= 15 and not (isinstance(value, float) and value.is_integer())
    return value if is_safe else json.dumps(value)


def is_number(value: Any) -> TypeGuard[int | float]:
    """Whether a value is a number as JSON has them."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def read_number(cell: Cell) -> int | float:
    """Return the number of a cell."""
    number: Any = cell
    if isinstance(cell, str):
        try:
            number = json.loads(cell)
        except ValueError:
            number = None
    if not is_number(number):
        raise CellError("this must be a number, such as 3 or 2.5")
    return number


NUMBER = Value(show_number, read_number)

# --- any JSON ------------------------------------------------------------------------------------------------

_LITERALS = {"true", "false", "null"}


def _looks_like_json(text: str) -> bool:
    if text.startswith(('"', "[", "{")) or text.casefold() in _LITERALS:
        return True
    try:
        read_number(text)
    except CellError:
        return False
    return True


def _show_answer(value: Any) -> Cell | None:
    if isinstance(value, str) and value and not _looks_like_json(value):
        return value
    return show_number(value) if show_number(value) is not None else json.dumps(value, ensure_ascii=False)


def _read_answer(cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    return _read_json(cell.casefold() if cell.casefold() in _LITERALS else cell) if _looks_like_json(cell) else cell


def _read_json(cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    try:
        return parse_json(cell.encode("utf-8", "surrogatepass"), "this")
    except InputError as error:
        raise CellError(str(error)) from None


ANSWER = Value(_show_answer, _read_answer)
"""An answer: a text as it is; what would be read as something else stands in quotation marks, as in JSON."""

JSON = Value(lambda value: json.dumps(value, ensure_ascii=False), _read_json)
"""Whatever no other column has room for."""


def read_bound(cell: Cell) -> Any:
    """Return the level that a judgement may not be below or above."""
    text = read_text(cell)
    words = text.replace("+", " + ").replace("-", " - ").split() if text.startswith("suggested") else []
    if len(words) == 3 and words[1] in {"+", "-"} and words[2].isdecimal():
        return {"suggested": int(words[2]) * (1 if words[1] == "+" else -1)}
    return text


def _show_bound(value: Any) -> Cell | None:
    if isinstance(value, dict) and value.keys() == {"suggested"} and isinstance(value["suggested"], int):
        return f"suggested {'-' if value['suggested'] < 0 else '+'} {abs(value['suggested'])}"
    return _show_text(value)


BOUND = Value(_show_bound, read_bound)
