"""What became of a response that was migrated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from cse_forms.answers.findings import Finding
from cse_forms.answers.response import Response
from cse_forms.errors import CseFormsError

LossCode: TypeAlias = Literal[
    "dropped", "no-question", "not-accepted", "place-taken", "another-kind", "no-text", "rows-differ", "empty"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An answer that is in the new response: as it was, or written otherwise."""

    old: tuple[str, ...]
    """Its pointer in the response that was migrated; several, where answers were joined."""
    new: str
    """Its pointer in the new response."""
    title: str | None
    """What the new version calls the question; None where neither version has one, and the answer stays as it was."""
    because: tuple[str, ...] = ()
    """Why it stands elsewhere or is written otherwise, as the migration says."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        return {"old": list(self.old), "new": self.new, "title": self.title, "because": list(self.because)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """An answer, or a part of one, that the new response does not have."""

    old: tuple[str, ...]
    """Its pointer in the response that was migrated."""
    title: str | None
    """What the version that still had it calls the question."""
    code: LossCode
    because: str
    """Why it has no place."""
    is_agreed: bool
    """Whether the migration itself gives it up, with its reason, or nothing stands in it."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        return {
            "old": list(self.old),
            "title": self.title,
            "code": self.code,
            "because": self.because,
            "agreed": self.is_agreed,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the new version to which no answer of the old one comes."""

    pointer: str
    """`*` stands for the rows of a table."""
    title: str
    is_filled: bool
    """Whether the migration fills something in."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        return {"pointer": self.pointer, "title": self.title, "filled": self.is_filled}


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What an assessment came to."""

    suggested: str | None
    """The title of the level that is suggested; None while none is."""
    possible: tuple[str | None, ...]
    """The titles of all levels that are not ruled out; None stands for "no level"."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        return {"suggested": self.suggested, "possible": list(self.possible)}

    def __str__(self) -> str:
        others = [one or "no level" for one in self.possible if one is None or one != self.suggested]
        said = self.suggested or "no level suggested"
        return f"{said} (not ruled out: {', '.join(others)})" if others else said


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """What an assessment came to before and after."""

    id: str
    title: str
    before: Levels | None
    """None where the old version has no such assessment."""
    after: Levels | None
    """None where the new version has no such assessment."""

    @property
    def is_same(self) -> bool:
        """Whether it comes to the same, in the same words."""
        return self.before == self.after

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        before, after = (levels.to_dict() if levels else None for levels in (self.before, self.after))
        return {"id": self.id, "title": self.title, "before": before, "after": after, "same": self.is_same}


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationReport:
    """What became of each answer, of the levels, and of what is asked."""

    form: str
    path: tuple[str, ...]
    """The versions, from that of the response to the one that it was taken to."""
    carried: tuple[Carried, ...]
    """The answers that are as they were, be it at another pointer."""
    changed: tuple[Carried, ...]
    """The answers that are written otherwise."""
    lost: tuple[Lost, ...]
    asked: tuple[Asked, ...]
    levels: tuple[LevelChange, ...]
    was_valid: bool
    """Whether the response was valid, as the draft or complete response that it is."""
    is_valid: bool
    """Whether the new response is."""
    findings: tuple[Finding, ...] = field(repr=False)
    """What is to be said of the new response."""

    @property
    def is_clean(self) -> bool:
        """Whether there is nothing that a person should look at."""
        lost = [one for one in self.lost if one.code != "empty"]
        return not lost and self.is_valid and all(one.is_same for one in self.levels)

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        return {
            "form": self.form,
            "path": list(self.path),
            "carried": [one.to_dict() for one in self.carried],
            "changed": [one.to_dict() for one in self.changed],
            "lost": [one.to_dict() for one in self.lost],
            "asked": [one.to_dict() for one in self.asked],
            "levels": [one.to_dict() for one in self.levels],
            "was_valid": self.was_valid,
            "valid": self.is_valid,
            "findings": [finding.to_dict() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A response to the new version, with the one that it was made from inside, and the report."""

    response: Response
    report: MigrationReport

    def to_dict(self) -> dict[str, Any]:
        """Return it as `migrate --json` prints it."""
        return {"response": self.response.to_dict(), "report": self.report.to_dict()}


class MigrationError(CseFormsError):
    """A response that cannot be migrated, or not without losing answers that nobody named."""

    def __init__(self, message: str, lost: Iterable[Lost] = ()) -> None:
        self.lost = tuple(lost)
        """The answers that would be lost."""
        super().__init__(message)


def loss_error(form: str, old: str, new: str, lost: Iterable[Lost]) -> MigrationError:
    """Return the error that names every answer that would be lost. The answers themselves are not in it."""
    found = tuple(lost)
    lines = [f"  {', '.join(one.old)} {one.title or '(no question)'}: {one.because}" for one in found]
    answers = "this answer" if len(found) == 1 else f"these {len(found)} answers"
    said = " ".join(f"--accept-loss {pointer}" for one in found for pointer in one.old)
    return MigrationError(
        "\n".join(
            [
                f"Taking this response from {form} {old} to {new} would lose {answers}, and nothing was made:",
                *lines,
                f"Mend the migration, or name what may be lost: {said}",
            ]
        ),
        found,
    )
