"""What would come out if answers were other than they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cse_forms.pointers import Key, value_at
from cse_forms.schema.items import Kind
from cse_forms.thresholds.policy import Policy
from cse_forms.thresholds.reading import Instance, Keys
from cse_forms.thresholds.supposing.candidates import Candidates

_TRIALS = 40
"""So many answers are tried for each possibility that is asked for."""

_OFFERED = {Kind.TICK, Kind.CHOICE, Kind.CHOICES}
"""What questions ask for whose answers the form itself offers."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """One answer that is supposed in place of what is there."""

    instance: Instance
    """The answer as it is."""
    value: Any
    alike: tuple[Instance, ...] = ()
    """The other answers that would do as well: to questions of the same shape that the policy reads alike."""


@dataclass(frozen=True, slots=True)
class Possibility:
    """What an assessment would come to with other answers."""

    supposed: tuple[Supposed, ...]
    assessment: str
    possible: tuple[str | None, ...]
    """The ids of the levels that would then be possible; None stands for "no level"."""


def single_changes(policy: Policy, answers: Any, *, draft: bool, limit: int = 50) -> tuple[Possibility, ...]:
    """Return what each blank or Not Known answer could change by itself, for all that is not determined.

    Only answers that the form offers are tried: options, and boxes to tick. `smallest_sets` tries others, too.

    Args:
        policy: the form's.
        answers: the response's.
        draft: whether it is one.
        limit: how many possibilities are returned at most.
    """
    return tuple(islice(_single_changes(policy, answers, draft=draft, trials=limit * _TRIALS), limit))


def _single_changes(policy: Policy, answers: Any, *, draft: bool, trials: int) -> Iterator[Possibility]:
    candidates = Candidates(policy.definition, answers)
    for name, outcome in policy.evaluate(answers, draft=draft).assessments.items():
        for instance in outcome.open:
            if instance.question.kind not in _OFFERED:
                continue
            for value in candidates.values(instance):
                if trials == 0:
                    return
                trials -= 1
                changed = supposing(answers, instance.keys, value)
                possible = policy.evaluate(changed, draft=draft).assessments[name].possible
                if possible != outcome.possible:
                    yield Possibility((Supposed(instance, value),), name, possible)


def supposing(answers: Any, keys: Keys, value: Any) -> Any:
    """Return answers with another value at a place; all else is shared with the answers that were there.

    A row that there is not yet is added after the last one.
    """
    if not keys:
        return value
    key, rest = keys[0], keys[1:]
    if isinstance(key, int):
        rows = answers if isinstance(answers, list) else []
        return [*rows[:key], supposing(_at(rows, key), rest, value), *rows[key + 1 :]]
    held = answers if isinstance(answers, dict) else {}
    return {**held, key: supposing(held.get(key), rest, value)}


def without(answers: Any, keys: Keys) -> Any:
    """Return answers without what stands at a place; all else is shared with the answers that were there.

    Without a row, the rows after it take its place.
    """
    held, last = value_at(answers, keys[:-1]), keys[-1]
    if isinstance(held, list) and isinstance(last, int):
        return supposing(answers, keys[:-1], [*held[:last], *held[last + 1 :]])
    if not isinstance(held, dict) or last not in held:
        return answers
    return supposing(answers, keys[:-1], {key: value for key, value in held.items() if key != last})


def _at(rows: list[Any], key: Key) -> Any:
    return rows[key] if isinstance(key, int) and key < len(rows) else None
