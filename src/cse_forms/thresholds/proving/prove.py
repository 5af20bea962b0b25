"""All claims about one form, each proved, refuted or not decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cse_forms.schema.definition import Definition
from cse_forms.thresholds.proving import changing, exactness, reaching, rising
from cse_forms.thresholds.proving.claims import Claim, Decision, Proof
from cse_forms.thresholds.proving.solving import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A claim, and what came of it."""

    claim: Claim
    decision: Decision
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong with the definition as far as this claim goes, and that is certain."""
        return self.decision.verdict in {"proved", "exact", "wider"}

    def to_dict(self, definition: Definition) -> dict[str, Any]:
        """Return it as `prove --json` prints it."""
        return {
            "claim": self.claim.kind,
            "about": self.claim.about,
            "statement": self.claim.statement,
            "verdict": self.decision.verdict,
            "note": self.decision.note,
            "seconds": round(self.seconds, 2),
            "examples": [
                {"part": example.part or None, "response": example.response(definition)}
                for example in self.decision.examples
            ],
        }


def claims_of(definition: Definition, scenarios: Sequence[Mapping[str, Any]] = ()) -> list[Claim]:
    """Return all that is to be proved of a form.

    Args:
        definition: the form's.
        scenarios: answers of complete responses, such as those of the scenarios beside the form. What one of them
            shows need not be looked for.
    """
    proof = Proof(definition, scenarios)
    return [claim for part in (reaching, rising, changing, exactness) for claim in part.claims(proof)]


def prove(claims: list[Claim], time_limit: float) -> Iterator[Result]:
    """Yield what comes of each claim, in order.

    Args:
        claims: those of `claims_of`.
        time_limit: seconds for all of them together. None is passed over: those that are left are not decided.
    """
    clock = Clock.of(time_limit)
    for index, claim in enumerate(claims):
        # One claim that is hard must not take the time of all that come after it.
        own = clock.share(max(_FOR_ONE, clock.left / 6, clock.left / (len(claims) - index)))
        left = clock.left
        decision = claim.decide(own)
        yield Result(claim=claim, decision=decision, seconds=left - clock.left)


_FOR_ONE = 4.0
"""Seconds that one claim may take although there is not as much for each of the others."""
