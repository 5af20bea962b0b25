"""A text's words, marks and quotations, one after another."""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NamedTuple, NoReturn

from cse_forms.errors import ConditionTextError
from cse_forms.thresholds.in_text.spelling import BARE

MAX_DEPTH = 60
"""Brackets within brackets. The deepest real condition has four."""

_SPACE = re.compile(r"\s*")
_OPENING = '"“„”'
"""A word processor turns quotation marks; whichever begins, a turned or a straight one ends."""
_TURNED = re.compile("[”“]")
_DECODER = json.JSONDecoder()


class Token(NamedTuple):
    """One of them."""

    kind: Literal["word", "text", "json", "mark", "end"]
    """A word, a text in quotation marks, a list or object of JSON, a mark, or the end."""
    value: Any
    """What it stands for."""
    written: str
    """What is written."""
    at: int
    """Where it begins."""

    def is_(self, *words: str) -> bool:
        """Whether it is one of these words or marks, in capitals or not."""
        return self.kind in {"word", "mark"} and self.written.casefold() in words


class Tokens:
    """A text, read from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ahead: list[Token] = []
        self._end = 0
        self._depth = 0

    def peek(self, ahead: int = 0) -> Token:
        """Return the next token, or one after it, without taking it."""
        while len(self._ahead) <= ahead:
            self._ahead.append(self._read())
        return self._ahead[ahead]

    def take(self) -> Token:
        """Take the next token."""
        token = self.peek()
        self._ahead.pop(0)
        return token

    def took(self, *words: str) -> bool:
        """Take the next tokens if they are these words, and tell whether they are."""
        if all(self.peek(ahead).is_(word) for ahead, word in enumerate(words)):
            for _ in words:
                self.take()
            return True
        return False

    def expect(self, *words: str) -> None:
        """Take these words.

        Raises:
            ConditionTextError: something else stands there.
        """
        for word in words:
            if not self.took(word):
                self.refuse(f"'{word}'")

    def word(self, what: str) -> str:
        """Take an id or a pointer, in quotation marks or not."""
        if self.peek().kind not in {"word", "text"}:
            self.refuse(what)
        return str(self.take().value)

    def refuse(self, expected: str) -> NoReturn:
        """Say what was expected where the next token stands."""
        token = self.peek()
        found = "the end" if token.kind == "end" else f"'{_short(token.written)}'"
        self.fault(token.at, f"{expected} was expected here, and not {found}")

    def fault(self, at: int, message: str) -> NoReturn:
        """Say what is wrong at a place."""
        line = self._text.count("\n", 0, at) + 1
        column = at - (self._text.rfind("\n", 0, at) + 1) + 1
        raise ConditionTextError(message, line=line, column=column)

    def open(self, what: str = "'('") -> None:
        """Take an opening bracket."""
        if not self.took("("):
            self.refuse(what)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fault(self.peek().at, f"brackets stand in brackets more than {MAX_DEPTH} times; name a part of it")

    def close(self, or_else: str = "") -> None:
        """Take the closing bracket."""
        if not self.took(")"):
            self.refuse(f"{or_else}')'")
        self._depth -= 1

    def _read(self) -> Token:
        found = _SPACE.match(self._text, self._end)
        at = self._end if found is None else found.end()
        if at >= len(self._text):
            return Token("end", None, "", at)
        first = self._text[at]
        kind: Literal["word", "text", "json", "mark"]
        if first in "();:,":
            kind, value, end = "mark", first, at + 1
        elif first in _OPENING:
            kind, (value, end) = "text", self._quotation(at)
        elif first in "[{":
            kind, (value, end) = "json", self._json(at)
        elif bare := BARE.match(self._text, at):
            kind, value, end = "word", bare.group(), bare.end()
        else:
            self.fault(at, f"'{first}' has no meaning here")
        self._end = end
        return Token(kind, value, self._text[at:end], at)

    def _quotation(self, at: int) -> tuple[str, int]:
        if self._text[at] == '"':
            return self._json(at)
        closing = _TURNED.search(self._text, at + 1)
        if closing is None:
            self.fault(at, "this quotation mark is never closed")
        return self._text[at + 1 : closing.start()], closing.end()

    def _json(self, at: int) -> tuple[Any, int]:
        try:
            return _DECODER.raw_decode(self._text, at)
        except (ValueError, RecursionError):
            is_text = self._text[at] == '"'
            self.fault(at, "this quotation mark is never closed" if is_text else "what begins here is no JSON")


def _short(written: str) -> str:
    return written if len(written) <= 40 else f"{written[:40]}..."
