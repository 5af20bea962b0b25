"""Phrases that depend on a number: one for each of the forms that a language has for it.

English has two, "1 year" and "2 years"; Welsh has up to six. Which number takes which form is the language's own rule,
as catalogues of gettext state it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any


def english_form(number: int) -> int:
    """Return which form a number takes in English: the first of one, the second of all others."""
    return int(number != 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A phrase with a form for each kind of number, filled in as a text is."""

    by: str
    """The name of the number in the phrase, which decides the form."""
    forms: tuple[str, ...]
    """What is said, in the order of the language's rule; the last one also of what is not a whole number."""
    rule: Callable[[int], int] = english_form

    def of(self, number: Any) -> str:
        """Return the phrase for a number, or for one that is written in figures."""
        try:
            value = Fraction(str(number))
        except (ValueError, ZeroDivisionError):
            return self.forms[-1]
        if value.denominator != 1:
            return self.forms[-1]
        return self.forms[min(self.rule(abs(int(value))), len(self.forms) - 1)]

    def format(self, **values: Any) -> str:
        """Return the phrase of the number with everything filled in."""
        return self.of(values[self.by]).format(**values)


def counted(by: str, *forms: str) -> Counted:
    """Return a phrase in English.

    Args:
        by: the name of the number that decides.
        forms: what is said of one, and of several.
    """
    return Counted(by=by, forms=forms)
