"""A definition's document as a tree of parts, each with a name that stays the same when its neighbours change.

A part has words, which say something, and holds other parts: a section its questions, a question its options, an
assessment its levels and rules. Words are compared and replaced whole, but for those under `x-form`, of which each is
a word of its own. A condition is one word: half of one condition and half of another would say what nobody wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cse_forms.errors import CseFormsError
from cse_forms.thresholds.as_schema import is_derived

Path = tuple[str, ...]
"""Where a word stands in its part: ("title",) or ("x-form", "hint")."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What a kind of part holds other parts in."""

    label: str
    path: Path
    kind: str
    """What the parts in it are."""
    by: Literal["key", "id", "const", "one"]
    """What their names are; "one" if it holds a single part."""
    order_counts: bool = False
    """Whether an answer may come out otherwise if they are put into another order."""


QUESTIONS, SHAPES, OPTIONS, ROW = "", "shapes", "options", "*"

_OF_ITEMS = Holding(QUESTIONS, ("properties",), "item", "key")

HOLDINGS: Mapping[str, tuple[Holding, ...]] = {
    "form": (
        _OF_ITEMS,
        Holding(SHAPES, ("$defs",), "item", "key"),
        Holding("sources", ("x-form", "sources"), "source", "id"),
        Holding("conditions", ("x-form", "conditions"), "condition", "key"),
        Holding("measures", ("x-form", "measures"), "measure", "key"),
        Holding("assessments", ("x-form", "assessments"), "assessment", "id"),
        Holding("prompts", ("x-form", "prompts"), "prompt", "id"),
        Holding("checks", ("x-form", "checks"), "check", "id"),
    ),
    "item": (_OF_ITEMS, Holding(OPTIONS, ("oneOf",), "option", "const"), Holding(ROW, ("items",), "item", "one")),
    "assessment": (
        Holding("levels", ("levels",), "level", "id", order_counts=True),
        Holding("rules", ("rules",), "rule", "id"),
        Holding("otherwise", ("otherwise",), "otherwise", "one"),
        Holding("adjustments", ("adjustments",), "adjustment", "id", order_counts=True),
        Holding("judgement", ("judgement",), "judgement", "one"),
    ),
}
"""What each kind of part holds; kinds that are not listed hold nothing."""

_NESTED = {("x-form",): ("form", "item", "option"), ("items",): ("item",)}
"""Words that hold words, and the kinds of part in which they do."""


def holding(kind: str, label: str) -> Holding | None:
    """Return what a kind of part holds under a label, or None."""
    return next((one for one in HOLDINGS.get(kind, ()) if one.label == label), None)


@dataclass(slots=True)
class Part:
    """A part of a form. It is changed in place: `copy` it before."""

    kind: str
    words: dict[Path, Any] = field(default_factory=dict)
    """What it says, in the order of the document. The path ("", label) keeps the place of what it holds."""
    held: dict[str, dict[str, Part]] = field(default_factory=dict)
    """The parts that it holds, by label and name."""

    def said(self) -> dict[Path, Any]:
        """Return its words without those that only keep a place."""
        return {path: value for path, value in self.words.items() if path[0] and path != ("x-form",)}

    def hold(self, label: str) -> dict[str, Part]:
        """Return what it holds under a label, to be added to."""
        self.words.setdefault(("", label), None)
        return self.held.setdefault(label, {})

    def release(self, label: str, name: str) -> None:
        """Let a part go, and the place of what is held with the last one."""
        del self.held[label][name]
        if not self.held[label]:
            del self.held[label], self.words[("", label)]

    def copy(self) -> Part:
        """Return a copy whose words and parts can be replaced without changing this one."""
        held = {label: {name: part.copy() for name, part in parts.items()} for label, parts in self.held.items()}
        return Part(self.kind, dict(self.words), held)


def split(node: Mapping[str, Any], kind: str = "form") -> Part:
    """Return a document, or a part of one, as parts. The derived rules are left out, since a build derives them anew.

    Raises:
        CseFormsError: two parts have one name, so that an operation could not tell them apart.
    """
    part = Part(kind)
    for path, value in flattened(node, kind):
        found = _holding_at(kind, path, value)
        if found is not None:
            parts = part.hold(found.label)
            for name, member in _members(found, value):
                if name in parts:
                    raise CseFormsError(
                        f"Two of the {found.label or 'questions'} are called '{name}', and a variant cannot tell them "
                        "apart; give one of them another name"
                    )
                parts[name] = split(member, found.kind)
        elif path == ("allOf",):
            if own := [rule for rule in value if not is_derived(rule)]:
                part.words[path] = own
        else:
            part.words[path] = value
    return part


def join(part: Part) -> dict[str, Any]:
    """Return parts as a document, or as a part of one."""
    node: dict[str, Any] = {}
    for path, value in part.words.items():
        if path[0]:
            _put(node, path, dict(value) if path in _NESTED and isinstance(value, dict) else value)
            continue
        found = holding(part.kind, path[1])
        assert found is not None
        members = {name: join(member) for name, member in part.held[found.label].items()}
        match found.by:
            case "key":
                made: Any = members
            case "one":
                (made,) = members.values()
            case _:
                made = list(members.values())
        is_of_several = found.label == OPTIONS and ("items",) in part.words
        _put(node, ("items", *found.path) if is_of_several else found.path, made)
    return node


def flattened(node: Mapping[str, Any], kind: str) -> Iterator[tuple[Path, Any]]:
    """Yield the words of a part, each with its path; of what holds words, those too."""
    for key, value in node.items():
        path = (key,)
        is_nested = kind in _NESTED.get(path, ()) and isinstance(value, dict)
        # The items of an array are a row with parts of its own, unless they are the options of a question.
        if not is_nested or (path == ("items",) and value and "oneOf" not in value):
            yield path, value
            continue
        yield path, {}
        for inner, member in value.items():
            yield (key, inner), member


def words_in(patch: Mapping[str, Any], kind: str) -> Iterator[tuple[Path, Any]]:
    """Yield the words that an operation's 'set' or 'was' names, each with its path."""
    for path, value in flattened(patch, kind):
        if path != ("x-form",) or value != {}:
            yield path, value


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: 1 is not true, and the order of keys says nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def is_same(one: Part | None, other: Part | None) -> bool:
    """Whether two parts say and hold the same, in the same order."""
    if one is None or other is None:
        return one is other
    mine, theirs = one.said(), other.said()
    if mine.keys() != theirs.keys() or not all(alike(value, theirs[path]) for path, value in mine.items()):
        return False
    for label in {**one.held, **other.held}:
        own, others = one.held.get(label, {}), other.held.get(label, {})
        if list(own) != list(others) or not all(is_same(part, others[name]) for name, part in own.items()):
            return False
    return True


def _holding_at(kind: str, path: Path, value: Any) -> Holding | None:
    if kind == "item" and path == ("items",):
        return holding(kind, ROW) if value else None
    path = ("oneOf",) if path == ("items", "oneOf") else path
    return next((one for one in HOLDINGS.get(kind, ()) if one.path == path), None)


def _members(found: Holding, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    match found.by:
        case "key":
            yield from value.items()
        case "one":
            yield found.label, value
        case by:
            for member in value:
                yield name_of(member[by]), member


def name_of(value: Any) -> str:
    """Return the name of a part whose id or constant this is; `true` and `3` are named as JSON writes them."""
    return value if isinstance(value, str) else json.dumps(value)


def _put(node: dict[str, Any], path: Path, value: Any) -> None:
    for key in path[:-1]:
        node = node.setdefault(key, {})
    if value == {} and path in _NESTED:
        node.setdefault(path[-1], {})
    else:
        node[path[-1]] = value
