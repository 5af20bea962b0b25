"""Every exception of the package. Each names a fact: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


class CseFormsError(Exception):
    """The base of all of them: `except CseFormsError` catches whatever the library refuses."""


class InputError(CseFormsError):
    """A file or text that is no response: not JSON, not UTF-8, too large, too deep, or of another shape."""


class FormNotFoundError(CseFormsError, LookupError):
    """The catalogue has no such form, or not that version of it."""


class DigestError(CseFormsError):
    """A response was made with other bytes of the definition than those at hand."""


class ConditionTextError(CseFormsError):
    """A text that says no condition, measure or band, and the place in it that is not understood."""

    def __init__(self, message: str, *, line: int, column: int) -> None:
        self.message = message
        """What was expected."""
        self.line = line
        """Line of the text, from 1."""
        self.column = column
        """Column in that line in characters, from 1."""
        place = f"column {column}" if line == 1 else f"line {line}, column {column}"
        super().__init__(f"{message} ({place})")


class OutputError(CseFormsError):
    """A file that cannot be written."""


class ConflictError(OutputError):
    """A file that somebody else has changed since it was read; it is left as it is."""


class RendererError(CseFormsError):
    """No such format, or what a package offers for it is no renderer."""


class NotRenderableError(RendererError):
    """A document that its format has no room for, or that holds what cannot be drawn in it."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One fault of a definition or of a file beside it, and its place."""

    line: int
    """Line of the document, from 1."""
    column: int
    """Column in that line in characters, from 1."""
    pointer: str
    """JSON Pointer into the document; empty for the whole of it."""
    message: str
    """What is wrong and, after a semicolon, what would be right."""
    code: str
    """The name of the rule that it breaks, such as "no-title"; it stays the same from release to release."""
    severity: Literal["error", "warning"] = "error"
    """A warning names what may be meant so and often is not: the definition may be used none the less."""

    @property
    def remedy(self) -> str | None:
        """What would be right here; None where the message says no more than what is wrong."""
        return self.message.partition("; ")[2] or None

    def __str__(self) -> str:
        return f"{self.line}:{self.column} {self.pointer or '(the document)'}: {self.message}"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        words = ("line", "column", "pointer", "code", "message", "remedy")
        return {word: getattr(self, word) for word in words}


class DefinitionError(CseFormsError):
    """A definition is not what the format says. It carries every fault of the document, in the order of its lines."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        """The file's name, or the form's id."""
        self.problems = problems
        super().__init__("\n".join(f"{name}:{problem}" for problem in problems))
