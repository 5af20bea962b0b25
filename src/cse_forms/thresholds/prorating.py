"""A sum of the answers given, scaled to all questions that apply."""

from __future__ import annotations

from collections.abc import Sequence

from cse_forms.schema.conditions import Prorating
from cse_forms.thresholds.intervals import (
    NO_VALUE,
    Interval,
    Real,
    exactly,
    hull,
)
from cse_forms.thresholds.matching import Surroundings
from cse_forms.thresholds.terms import Part
from cse_forms.thresholds.weighing import (
    total_of,
)


def prorated(parts: Sequence[Part], how: Prorating, around: Surroundings, *, draft: bool) -> Interval:
    """Return the sum of the answers given, scaled to all questions that apply.

    Args:
        parts: the answers that apply, or may.
        how: how many must be answered, and how the result is rounded.
        around: the numbers of the form's measures.
        draft: whether every gap may still be answered.
    """
    if any(part.is_many or part.is_gap is None for part in parts):
        return Interval(None, None, None)
    needed = exactly(how.answered) if isinstance(how.answered, int) else around.number(how.answered.measure)
    if needed.has_value is False:
        return NO_VALUE
    given = [part.number for part in parts if part.included and not part.is_gap]
    gaps = [part.number for part in parts if part.included and part.is_gap]
    open_given = [part.number for part in parts if not part.included and not part.is_gap]
    open_gaps = [part.number for part in parts if not part.included and part.is_gap]
    # What may be added to the answers: those that may count, and in a draft the gaps.
    pool = [*open_given, *(gaps + open_gaps if draft else [])]
    base = total_of(given)
    found: list[Interval] = []
    is_certain = needed.has_value is True
    for added in range(len(pool) + 1):
        answered = len(given) + added
        enough = None if answered == 0 else exactly(answered).is_at_least(needed)
        if answered == 0 or enough is False:
            is_certain = False
            continue
        is_certain = is_certain and enough is True
        fewest = len(given) + len(gaps) + max(0, added - (len(gaps) if draft else 0))
        most = len(given) + len(gaps) + len(open_given) + len(open_gaps)
        scale = Interval(fewest, most).divided_by(exactly(answered))
        total = base.plus(_of_some(pool, added)).times(scale)
        found.append(total if how.round is None else total.rounded(how.round))
    if not found:
        return NO_VALUE
    return hull(found) if is_certain else hull(found).or_else(NO_VALUE)


def _of_some(pool: Sequence[Interval], count: int) -> Interval:
    """Return the bounds of the sum of so many of these numbers."""
    lows = [number.lowest for number in pool]
    highs = [number.highest for number in pool]
    return Interval(_sum_of_least(lows, count), _negative(_sum_of_least([_negative(high) for high in highs], count)))


def _sum_of_least(numbers: Sequence[Real | None], count: int) -> Real | None:
    known = sorted(number for number in numbers if number is not None)
    if count and len(known) < len(numbers):
        return None
    return sum(known[:count])


def _negative(number: Real | None) -> Real | None:
    return None if number is None else -number
