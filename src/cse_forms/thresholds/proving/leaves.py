"""Selected answers, before anybody has answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cse_forms.thresholds.proving.answers import Spot
from cse_forms.thresholds.proving.logic import Truth, contrary, every, some


@dataclass(frozen=True, slots=True)
class Leaf:
    """One selected answer."""

    spot: Spot
    counted: Truth
    """Whether it is asked, and the selection looks at its row."""
    matches: Truth


def every_one(leaves: Iterable[Leaf]) -> Truth:
    """Return whether every answer that counts matches."""
    return every(some((contrary(leaf.counted), leaf.matches)) for leaf in leaves)
