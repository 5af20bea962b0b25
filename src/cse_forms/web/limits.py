"""How much a request may send, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass

from cse_forms.reading import MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of a service. How deep a response is nested and how many values it holds is the library's to bound."""

    response_bytes: int = 2_000_000
    """The largest response that is read. The largest real one is about a twentieth of it."""
    document_bytes: int = MAX_BYTES
    """The largest document that is read back; no more than the library reads at all."""
    all_bytes: int = 200_000_000
    """So much of all bodies together is held in memory; whoever sends more then is told to come again."""
    body_seconds: float = 30.0
    """Within so many seconds the whole of a body must have come."""
    work_seconds: float = 30.0
    """Within so many seconds a request is answered once its body is there, or it is told that it takes too long."""
    threads: int = 4
    """So many requests are worked on at once that take more than a moment."""
    waiting: int = 64
    """So many more may wait for their turn; whoever comes then is told to come again."""

    def __post_init__(self) -> None:
        """Refuse bounds within which nothing could be answered.

        Raises:
            ValueError: a bound is too small.
        """
        for name in ("response_bytes", "document_bytes", "all_bytes", "body_seconds", "work_seconds", "threads"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be more than 0")
        if self.waiting < 0:
            raise ValueError("waiting must be 0 or more")
