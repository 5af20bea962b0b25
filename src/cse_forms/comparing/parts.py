"""A part of a policy - a rule, a number, a prompt - as each of two versions has it, held side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from cse_forms.comparing.canonical import canonical
from cse_forms.comparing.change import About, Change, added, removed
from cse_forms.comparing.phrases import CHANGES
from cse_forms.comparing.texts import provenance_text
from cse_forms.schema.vocabulary import Adjustment, Check, Prompt, Provenance, Rule

_WORDS = {"id", "because", "provenance", "text", "title"}
"""What a part of a policy says to people alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a policy, as one version has it."""

    item: str
    """What it is called in a sentence."""
    at: str
    """Where it stands in the definition's document."""
    title: str
    written: Any
    """How it is written, without words for people."""
    meaning: Any
    said: str
    """What it says, in words."""


def written(word: Any) -> Any:
    """Return a word of a definition as it is written, without what it says to people alone."""
    said = word.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {key: value for key, value in said.items() if key not in _WORDS}


def about_part(old: Part, new: Part) -> About:
    """Return what changes of a part are about that stands in both versions."""
    return About(item=new.item, area="policy", old_pointer=old.at, new_pointer=new.at, title=new.title)


def compared(kind: str, old: Iterable[str], new: Iterable[str], part: Callable[[str, int], Part]) -> Iterator[Change]:
    """Yield what changed of parts that are known by their names."""
    before, after = list(old), list(new)
    for name in after:
        one = part(name, 1)
        if name in before:
            yield from said_otherwise(kind, part(name, 0), one)
        else:
            yield added(one.item, "policy", f"{kind}-added", one.at, one.title, one.said)
    for name in before:
        if name not in after:
            one = part(name, 0)
            yield removed(one.item, "policy", f"{kind}-removed", one.at, one.title, one.said)


def said_otherwise(kind: str, old: Part, new: Part) -> Iterator[Change]:
    """Yield that a part says something else, or the same in another way; if it reads what changed, that is told there.

    Args:
        kind: what the part is.
        old: the part as it was.
        new: the part as it is.
    """
    about = about_part(old, new)
    is_same = canonical(old.meaning) == canonical(new.meaning)
    if canonical(old.written) == canonical(new.written):
        return
    if is_same or old.said == new.said:
        if not (is_same and old.said == new.said):
            phrase = CHANGES.rephrased if is_same else CHANGES.reads_the_same
            yield about.change(f"{kind}-rephrased", phrase.format(item=new.item))
        return
    yield about.change(
        f"{kind}-changed",
        CHANGES.changed.format(item=new.item),
        CHANGES.before.format(text=old.said),
        CHANGES.now.format(text=new.said),
        old=old.said,
        new=new.said,
    )


def worded(about: About, old: Any, new: Any, aspect: str) -> Iterator[Change]:
    """Yield what changed of a part's words, and whether its id is another: nothing depends on that.

    Args:
        about: the part.
        old: the part as it was.
        new: the part as it is.
        aspect: the name of its wording, such as because.
    """
    yield from about.wording(aspect, getattr(old, aspect), getattr(new, aspect))
    before: Provenance | None = old.provenance
    after: Provenance | None = new.provenance
    yield from about.wording("provenance", provenance_text(before), provenance_text(after))
    if old.id != new.id:
        yield about.change("id-changed", CHANGES.other_id.format(item=about.item, old=old.id, new=new.id))


P = TypeVar("P", Rule, Adjustment, Prompt, Check)


def counterparts(
    old: Sequence[P], new: Sequence[P], alike: Callable[[P], object]
) -> Iterator[tuple[P | None, P | None]]:
    """Yield each part of the new version with the old one of its id, or one that is alike; then what is gone.

    Args:
        old: the old version's parts.
        new: the new version's parts.
        alike: what two parts with different ids have in common that are one and the same.
    """
    by_id = {one.id: one for one in old}
    left = [one for one in old if one.id not in {other.id for other in new}]
    for one in new:
        found = by_id.get(one.id) or next((other for other in left if alike(other) == alike(one)), None)
        if found is not None and found in left:
            left.remove(found)
        yield found, one
    for gone in left:
        yield gone, None
