"""The operations by which one form becomes another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Any

from cse_forms.pointers import BLANK
from cse_forms.schema.variant import Operation
from cse_forms.variants.applying import IDENTITY, REQUIRED
from cse_forms.variants.naming import FORM, named
from cse_forms.variants.parts import QUESTIONS, Part, Path, alike, join

Because = Callable[[str, str, Path | None], str]
"""Why the form differs: for an action on a part, and on one of its words where it is changed."""


def derived(base: Part, edited: Part, because: Because) -> list[Operation]:
    """Return the operations by which `base` becomes `edited`: as few as it takes, from the top of the form."""
    return list(_operations(base, edited, FORM, because))


def _operations(base: Part, edited: Part, name: str, because: Because) -> Iterator[Operation]:
    yield from _changes(base, edited, name, because)
    for label in {**base.held, **edited.held}:
        own, others = base.held.get(label, {}), edited.held.get(label, {})
        for member in own:
            if member not in others:
                gone = named(name, label, member)
                yield Operation(remove=gone, because=because("remove", gone, None))
        yield from _placed(own, others, name, label, because)
        for member, part in own.items():
            if member in others:
                yield from _operations(part, others[member], named(name, label, member), because)


def _changes(base: Part, edited: Part, name: str, because: Because) -> Iterator[Operation]:
    """Yield the words of a part that are others, those together that are so for the same reason."""
    before, after = base.said(), edited.said()
    # What is taken out is no longer required either, and need not be said.
    gone = base.held.get(QUESTIONS, {}).keys() - edited.held.get(QUESTIONS, {}).keys()
    found: dict[str, dict[Path, Any]] = {}
    for path in {**after, **before}:
        was, now = before.get(path, BLANK), after.get(path, BLANK)
        if path == REQUIRED and was is not BLANK:
            was = [key for key in was if key not in gone]
            now = [] if now is BLANK else now
        if (name == FORM and path in IDENTITY) or is_alike(was, now):
            continue
        found.setdefault(because("change", name, path), {})[path] = now
    for reason, words in found.items():
        was_said = {path: before.get(path, BLANK) for path in words}
        yield Operation(change=name, set_=patch(words), was=patch(was_said), because=reason)


def is_alike(was: Any, now: Any) -> bool:
    """Whether a word is the same, or is not there in either."""
    return was is now or (was is not BLANK and now is not BLANK and alike(was, now))


def patch(words: dict[Path, Any]) -> dict[str, Any]:
    """Return words as 'set' and 'was' have them."""
    made: dict[str, Any] = {}
    for path, value in words.items():
        said = None if value is BLANK else value
        if len(path) == 1:
            if path == ("items",) and said == {}:
                made.setdefault("items", {})
            else:
                made[path[0]] = said
        else:
            made.setdefault(path[0], {})[path[1]] = said
    return made


def _placed(
    own: dict[str, Part], others: dict[str, Part], name: str, label: str, because: Because
) -> Iterator[Operation]:
    """Yield what adds and moves members, so that they stand in the order of the others."""
    state = [member for member in own if member in others]
    staying = _longest_in_order(state, list(others))
    before: str | None = None
    for member, part in others.items():
        if member not in staying:
            place = named(name, label, member)
            if member in state:
                state.remove(member)
            after = None if before is None else named(name, label, before)
            first = named(name, label, state[0]) if before is None and state else None
            state.insert(0 if before is None else state.index(before) + 1, member)
            if member in own:
                yield Operation(move=place, because=because("move", place, None), after=after, before=first)
            else:
                yield Operation(
                    add=place, value=join(part), because=because("add", place, None), after=after, before=first
                )
        before = member


def _longest_in_order(members: list[str], wanted: list[str]) -> set[str]:
    """Return as many members as can stay where they are while the others are put into the wanted order."""
    rank = {member: place for place, member in enumerate(wanted)}
    ends: list[int] = []
    ending: list[str] = []
    before: dict[str, str | None] = {}
    for member in members:
        at = bisect_left(ends, rank[member])
        before[member] = ending[at - 1] if at else None
        ends[at : at + 1], ending[at : at + 1] = [rank[member]], [member]
    found: set[str] = set()
    last = ending[-1] if ending else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found
