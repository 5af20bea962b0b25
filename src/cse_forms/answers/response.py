"""A response: answers to one version of one form, and who recorded them when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cse_forms.errors import DigestError

if TYPE_CHECKING:
    from cse_forms.schema.definition import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """Answers to one version of one form."""

    form: str
    version: str
    answers: dict[str, Any] = field(repr=False)
    digest: str | None = None
    meta: dict[str, Any] = field(default_factory=dict, repr=False)
    migrated_from: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    """The responses that it was made from when it was taken to another version, the first one first."""

    @property
    def is_draft(self) -> bool:
        """Whether it may have gaps."""
        return bool(self.meta.get("status") == "draft")

    def to_dict(self) -> dict[str, Any]:
        """Return it as its file has it."""
        envelope: dict[str, Any] = {"form": self.form, "version": self.version}
        if self.digest is not None:
            envelope["digest"] = self.digest
        if self.meta:
            envelope["meta"] = self.meta
        envelope["answers"] = self.answers
        if self.migrated_from:
            envelope["migrated_from"] = list(self.migrated_from)
        return envelope

    def check_digest(self, definition: Definition) -> None:
        """Refuse a definition of other bytes than the one that was answered.

        Raises:
            DigestError: the response carries a digest, and it is another one.
        """
        if self.digest is not None and not definition.is_known_as(self.digest):
            raise DigestError(
                f"This response was made with another {self.form} {self.version} ({self.digest}) than the one at hand "
                f"({definition.digest}). Find the definition that was used; its answers cannot be judged by this one."
            )
