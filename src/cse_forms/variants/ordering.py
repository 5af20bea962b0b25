"""The order of parts that stand beside each other, where both a base and a variant of it may have changed it."""

from __future__ import annotations

from collections.abc import Sequence


def orders(
    base: Sequence[str], theirs: Sequence[str], yours: Sequence[str], made: set[str], *, order_counts: bool
) -> tuple[list[str], list[str]]:
    """Return the order by the variant and that by the base which moved on: the same, unless somebody has to decide.

    Args:
        base: the names as they stood before either changed them.
        theirs: those of the base that moved on.
        yours: those of the variant.
        made: the names that are to be put in order.
        order_counts: whether an answer may come out otherwise in another order. Then it is to be decided too which of
            two parts stands first that both sides put into the same place.
    """
    common = [name for name in base if name in made and name in theirs and name in yours]
    at_first = [name for name in theirs if name in common], [name for name in yours if name in common]
    by_yours = _filled_in(yours, theirs, made)
    by_theirs = _filled_in(theirs, yours, made)
    if at_first[0] == at_first[1]:
        same_place = _anchors(theirs, common, made) & _anchors(yours, common, made)
        return (by_yours, by_theirs) if order_counts and same_place else (by_theirs, by_theirs)
    if at_first[1] == common:
        return by_theirs, by_theirs
    if at_first[0] == common:
        return by_yours, by_yours
    return by_yours, by_theirs


def _filled_in(first: Sequence[str], second: Sequence[str], made: set[str]) -> list[str]:
    """Return the order of the first, and what only the second has behind whatever stands before it there."""
    order = [name for name in first if name in made]
    place = dict.fromkeys(order)
    before: str | None = None
    for name in second:
        if name not in made:
            continue
        if name not in place:
            order.insert(0 if before is None else order.index(before) + 1, name)
            place[name] = None
        before = name
    return order


def _anchors(names: Sequence[str], common: Sequence[str], made: set[str]) -> set[str | None]:
    """Return the common names behind which a side has put others of its own; None for the beginning."""
    found: set[str | None] = set()
    anchor: str | None = None
    shared = set(common)
    for name in names:
        if name in shared:
            anchor = name
        elif name in made:
            found.add(anchor)
    return found
