"""One thing that changed between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias, TypeVar

from cse_forms.comparing.phrases import CHANGES
from cse_forms.comparing.redline import Redline, redline
from cse_forms.schema.vocabulary import Provenance
from cse_forms.thresholds.in_words.sentences import sentence

Area: TypeAlias = Literal["form", "questions", "policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changed between two versions."""

    what: str
    """The kind of change, such as `question-added`. These words stay the same from release to release."""
    area: Area
    old_pointer: str | None = None
    """Where it stands in the old definition's document; None for what was not there."""
    new_pointer: str | None = None
    """Where it stands in the new definition's document; None for what is gone."""
    number: str | None = None
    """The number of the item that it is about, such as 4.1, as the new version has it where it is in both."""
    title: str = ""
    """The title of what it is about."""
    sentences: tuple[str, ...]
    """What changed, in words."""
    redline: Redline = ()
    """Of a wording: both versions of it at once."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as `diff --json` prints it."""
        return {
            "what": self.what,
            "area": self.area,
            "old_pointer": self.old_pointer,
            "new_pointer": self.new_pointer,
            "number": self.number,
            "title": self.title,
            "sentences": list(self.sentences),
            "redline": [{"text": run.text, "mark": run.mark} for run in self.redline],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What changes are about: something that stands in both versions."""

    item: str
    """What it is called in a sentence."""
    area: Area
    old_pointer: str
    new_pointer: str
    number: str | None = None
    title: str = ""
    old_provenance: Provenance | None = None
    """Of a question: where it comes from, and its options with it, if they do not say otherwise."""
    new_provenance: Provenance | None = None

    def change(self, what: str, *sentences: str, old: str | None = None, new: str | None = None) -> Change:
        """Return a change of it.

        Args:
            what: the kind of change.
            sentences: what changed, in words.
            old: its wording, as it was.
            new: its wording, as it is now.
        """
        return Change(
            what=what,
            area=self.area,
            old_pointer=self.old_pointer,
            new_pointer=self.new_pointer,
            number=self.number,
            title=self.title,
            sentences=tuple(map(sentence, sentences)),
            redline=() if old is None and new is None else redline(old or "", new or ""),
        )

    def wording(self, aspect: str, old: str | None, new: str | None) -> Iterator[Change]:
        """Yield that a wording of it changed, if it did."""
        if (old or None) == (new or None):
            return
        phrase = CHANGES.reworded if old and new else CHANGES.given if new else CHANGES.taken
        text = phrase.format(aspect=CHANGES.aspects[aspect], item=self.item)
        yield self.change(f"{aspect}-changed", text, old=old, new=new)

    def wordings(self, aspect: str, old: Iterable[str], new: Iterable[str]) -> Iterator[Change]:
        """Yield what changed of a list of wordings, each with its counterpart."""
        for before, after in paired(list(old), list(new)):
            yield from self.wording(aspect, before, after)


def added(item: str, area: Area, what: str, pointer: str, title: str, *more: str, number: str | None = None) -> Change:
    """Return that something was added."""
    said = sentence(CHANGES.added.format(item=item)), *map(sentence, more)
    return Change(what=what, area=area, new_pointer=pointer, title=title, sentences=said, number=number)


def removed(
    item: str, area: Area, what: str, pointer: str, title: str, *more: str, number: str | None = None
) -> Change:
    """Return that something was removed."""
    said = sentence(CHANGES.removed.format(item=item)), *map(sentence, more)
    return Change(what=what, area=area, old_pointer=pointer, title=title, sentences=said, number=number)


T = TypeVar("T")


def paired(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the entries of two lists side by side; what stands in one of them alone has no counterpart."""
    for word, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if word == "equal":
            continue
        gone, come = old[start:end], new[first:last]
        for index in range(max(len(gone), len(come))):
            yield (
                gone[index] if index < len(gone) else None,
                come[index] if index < len(come) else None,
            )


def out_of_order(old: list[T], new: list[T]) -> list[T]:
    """Return the fewest of the new entries whose moving makes one order of the other; both hold the same."""
    place = {entry: index for index, entry in enumerate(old)}
    best: list[tuple[int, int]] = []
    for index, entry in enumerate(new):
        longest = (0, -1)
        for earlier in range(index):
            if place[new[earlier]] < place[entry] and best[earlier][0] > longest[0]:
                longest = best[earlier][0], earlier
        best.append((longest[0] + 1, longest[1]))
    kept: set[int] = set()
    at = max(range(len(best)), key=lambda index: best[index][0], default=-1)
    while at >= 0:
        kept.add(at)
        at = best[at][1]
    return [entry for index, entry in enumerate(new) if index not in kept]
