"""A base that moved on, and a variant of it as it was: what the variant becomes, and what somebody has to decide.

Whatever one side alone changed is taken from that side. Where both changed the same thing, and not to the same, it is
a conflict: nothing is chosen for anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cse_forms.pointers import BLANK
from cse_forms.variants.applying import IDENTITY, REQUIRED
from cse_forms.variants.deriving import is_alike
from cse_forms.variants.naming import FORM, named
from cse_forms.variants.ordering import orders
from cse_forms.variants.parts import QUESTIONS, ROW, Part, Path, holding, is_same

ConflictKind = Literal["words", "left-out-here", "left-out-there", "added-twice", "order"]
_BEHIND_A_COLON: Mapping[ConflictKind, str] = {
    "left-out-here": "left-out",
    "left-out-there": "left-out",
    "added-twice": "added",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody decided of a conflict."""

    choice: Literal["keep", "take", "write"]
    """Their own, the base's, or another wording."""
    text: str = ""
    """With "write": the wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One thing that both sides changed, and not to the same."""

    id: str
    """The name of the part, and after a colon what of it: "/child/name:title"."""
    kind: ConflictKind
    part: str
    part_kind: str
    """Such as "question" or "rule"."""
    title: str
    """What people call the part, where it has a title."""
    words: tuple[Path, ...] = ()
    """The words that both changed. Several of them stand together where one without the other means something else."""
    was: Any = None
    theirs: Any = None
    yours: Any = None
    """Of words, the words by path; of an order, the names; else None."""

    @property
    def may_write(self) -> bool:
        """Whether another wording can be written: of a single text."""
        return len(self.words) == 1 and isinstance(self.yours.get(self.words[0]), str)


@dataclass(slots=True)
class Merge:
    """The merging of three forms: the conflicts that it found, by the answers that it was given."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def of(self, base: Part, theirs: Part, yours: Part) -> Part:
        """Return what `yours` becomes over `theirs`. Where an answer is missing it is as in `yours`."""
        return self._part(base, theirs, yours, FORM)

    def _part(self, base: Part, theirs: Part, yours: Part, name: str) -> Part:
        made = Part(theirs.kind, self._words(base, theirs, yours, name))
        for label in dict.fromkeys((*theirs.held, *yours.held, *base.held)):
            members = self._members(base, theirs, yours, name, label)
            if members:
                made.hold(label).update(members)
            else:
                made.words.pop(("", label), None)
        return made

    def _words(self, base: Part, theirs: Part, yours: Part, name: str) -> dict[Path, Any]:
        words = dict(theirs.words)
        before, there, here = base.said(), theirs.said(), yours.said()
        bundles: dict[str, list[Path]] = {}
        for path in {**there, **here, **before}:
            if not (name == FORM and path in IDENTITY):
                bundles.setdefault(bundle_of(theirs.kind, path), []).append(path)
        for bundle, paths in bundles.items():
            was, their, your = ({path: side.get(path, BLANK) for path in paths} for side in (before, there, here))
            if _same(was, your) or _same(their, your):
                continue
            chosen: dict[Path, Any] = your
            if not _same(was, their):
                chosen = _as_sets(was, their, your) or self._decided(
                    Conflict(
                        id=f"{name}:{bundle}",
                        kind="words",
                        part=name,
                        part_kind=kind_of(theirs),
                        title=title_of(theirs),
                        words=tuple(path for path in paths if not is_alike(their[path], your[path])),
                        was=was,
                        theirs=their,
                        yours=your,
                    )
                )
            for path, value in chosen.items():
                if value is BLANK:
                    words.pop(path, None)
                else:
                    words[path] = value
        return words

    def _decided(self, conflict: Conflict) -> dict[Path, Any]:
        self.conflicts.append(conflict)
        answer = self.answers.get(conflict.id)
        if answer is not None and answer.choice == "write" and conflict.may_write:
            return {conflict.words[0]: answer.text}
        side: dict[Path, Any] = conflict.theirs if self._takes(conflict) else conflict.yours
        return side

    def _members(self, base: Part, theirs: Part, yours: Part, above: str, label: str) -> dict[str, Part]:
        was, their, your = (side.held.get(label, {}) for side in (base, theirs, yours))
        made: dict[str, Part] = {}
        for member in {**their, **your}:
            name, three = named(above, label, member), [side.get(member) for side in (was, their, your)]
            match three:
                case [Part() as before, Part() as there, Part() as here]:
                    made[member] = self._part(before, there, here, name)
                case [before, there, here]:
                    if chosen := self._chosen(before, there, here, name):
                        made[member] = chosen
        found = holding(theirs.kind, label)
        counts = found is not None and found.order_counts
        mine, other = orders(list(was), list(their), list(your), set(made), order_counts=counts)
        if mine != other:
            titles = {member: title_of(part) or member for member, part in made.items()}
            mine = self._ordered(
                Conflict(
                    id=f"{above}:order-of-{label or 'questions'}",
                    kind="order",
                    part=above,
                    part_kind=kind_of(theirs),
                    title=title_of(theirs),
                    theirs={member: titles[member] for member in other},
                    yours={member: titles[member] for member in mine},
                )
            )
        return {member: made[member] for member in mine}

    def _ordered(self, conflict: Conflict) -> list[str]:
        self.conflicts.append(conflict)
        return list(conflict.theirs if self._takes(conflict) else conflict.yours)

    def _chosen(self, was: Part | None, their: Part | None, your: Part | None, name: str) -> Part | None:
        """Return a part that one side at least does not have, or None where it is to go."""
        if is_same(was, your) or is_same(their, your):
            return their
        if is_same(was, their):
            return your
        kind: ConflictKind = "added-twice"
        if their is None or your is None:
            kind = "left-out-there" if their is None else "left-out-here"
        one = your if their is None else their
        assert one is not None
        conflict = Conflict(
            id=f"{name}:{_BEHIND_A_COLON[kind]}", kind=kind, part=name, part_kind=kind_of(one), title=title_of(one)
        )
        self.conflicts.append(conflict)
        return their if self._takes(conflict) else your

    def _takes(self, conflict: Conflict) -> bool:
        answer = self.answers.get(conflict.id)
        return answer is not None and answer.choice == "take"


def kind_of(part: Part) -> str:
    """Return what people call a part of its kind: "question", "section" or "rule"."""
    if part.kind != "item":
        return part.kind
    return "section" if QUESTIONS in part.held else "table" if ROW in part.held else "question"


def title_of(part: Part) -> str:
    """Return what people call a part: its title; nothing where it has none."""
    title = part.words.get(("title",))
    return title if isinstance(title, str) else ""


_WORDING = frozenset({"title", "description", "because", "text", "provenance"})
_POLICY = frozenset({"adjustment", "check", "condition", "judgement", "measure", "otherwise", "prompt", "rule"})
"""Parts of which all that is not wording says one thing together."""
_ANSWER = frozenset(
    {
        "$ref", "default", "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength",
        "maximum", "minItems", "minLength", "minimum", "multipleOf", "pattern", "type", "uniqueItems",
    }
)  # fmt: skip
"""What an answer may be, said together: half of one such statement and half of another may allow nothing."""
_RULES = frozenset({"if", "then", "else", "allOf"})
_SETS: frozenset[Path] = frozenset({REQUIRED, ("x-form", "tags")})
"""Words that list things of which each stands for itself."""


def bundle_of(kind: str, path: Path) -> str:
    """Return the name of the words that are decided together with this one; its own where it stands alone."""
    word = path[0]
    if kind in _POLICY and word not in _WORDING:
        return "meaning"
    if kind == "item" and word in _ANSWER:
        return "answer"
    if word in _RULES:
        return "rules"
    is_clear = word == "x-form" and path[1] != "required"
    return ".".join(path[1:] if is_clear else path)


def _same(one: Mapping[Path, Any], other: Mapping[Path, Any]) -> bool:
    return all(is_alike(value, other[path]) for path, value in one.items())


def _as_sets(was: dict[Path, Any], their: dict[Path, Any], your: dict[Path, Any]) -> dict[Path, Any] | None:
    """Return a list of things that each stand for themselves with what both sides took out and put in."""
    (path, *more) = was
    if more or path not in _SETS:
        return None
    before, there, here = ([] if side[path] is BLANK else side[path] for side in (was, their, your))
    kept = [one for one in there if one in here or one not in before]
    return {path: kept + [one for one in here if one not in before and one not in there]}
