"""The parameters that stand after the question mark of an address: what they are called, and what they may say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from cse_forms.web.problems import ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_ROWS = 200
"""More than anybody fills in by hand."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter."""

    name: str
    description: str
    values: tuple[str, ...] = ()
    """What it may say; nothing, for a whole number."""
    most: int = 0
    """The largest whole number."""

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it says true or false."""
        return self.values == _YES_OR_NO

    def value_of(self, text: str) -> Any:
        """Return what a text says.

        Raises:
            ProblemError: it says nothing that this parameter may say.
        """
        if not self.values:
            if text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= self.most:
                return int(text)
            raise ProblemError("bad-parameter", f"'{self.name}' is a whole number from 0 to {self.most}.")
        if text not in self.values:
            listed = ", ".join(self.values)
            raise ProblemError("bad-parameter", f"'{self.name}' is one of: {listed}.", available=self.values)
        return text == "true" if self.is_yes_or_no else text

    def schema(self) -> dict[str, Any]:
        """Return what it may say, as JSON Schema."""
        if self.is_yes_or_no:
            return {"type": "boolean"}
        if self.values:
            return {"type": "string", "enum": list(self.values)}
        return {"type": "integer", "minimum": 0, "maximum": self.most}


_YES_OR_NO = ("false", "true")

DRAFT = Parameter(
    "draft", "Read the response as a draft: gaps are no faults, wrong answers are. It may say so itself.", _YES_OR_NO
)
ANSWERS = Parameter(
    "answers",
    "Name the answers that each part rests on, or that leave it open, which is meant if nothing is said. Not to name "
    "them takes less time.",
    _YES_OR_NO,
)
LARGE_PRINT = Parameter("large_print", "Set it in letters of 18 points.", _YES_OR_NO)
ROWS = Parameter("rows", "At least so many rows in each table to which rows can be added.", most=MOST_ROWS)
BLANK_PURPOSE = Parameter(
    "purpose", "print: to write on by hand, which is meant if nothing is said. fill: on a screen.", ("print", "fill")
)
FILLED_PURPOSE = Parameter(
    "purpose",
    "record: the response with its evaluation, which is meant if nothing is said. fill: to go on filling it in.",
    ("record", "fill"),
)


def language(spoken: tuple[str, ...]) -> Parameter:
    """Return the parameter that names a language."""
    return Parameter("language", "The language to say it in; English, if none is said.", spoken)


def formats(known: Iterable[str]) -> Parameter:
    """Return the parameter that names a format, for those who cannot send an Accept header."""
    return Parameter("format", "The format, whatever the Accept header says.", tuple(known))


def said(request: Request, known: tuple[Parameter, ...]) -> Mapping[str, Any]:
    """Return what the parameters of a request say.

    Raises:
        ProblemError: one is not known here, stands twice, or says nothing that it may say.
    """
    query: bytes = request.scope["query_string"]
    if not query:
        return {}
    by_name = {parameter.name: parameter for parameter in known}
    found: dict[str, Any] = {}
    for name, text in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name not in by_name:
            listed = ", ".join(by_name) or "none"
            detail = f"There is a parameter that is not known here; known are: {listed}."
            raise ProblemError("bad-parameter", detail, available=tuple(by_name))
        if name in found:
            raise ProblemError("bad-parameter", f"'{name}' is said twice; say it once.")
        found[name] = by_name[name].value_of(text)
    return found
