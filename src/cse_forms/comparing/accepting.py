"""Whether one version accepts every response that another accepts, as far as their keywords tell it place by place.

What cannot be told so is left open: a rule that joins several answers may ask for more than the old one, or for
nothing that was not asked for before. `searching` then looks for a response that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from cse_forms import pointers
from cse_forms.comparing.canonical import canonical
from cse_forms.schema.definition import Definition
from cse_forms.schema.places import Place, expand
from cse_forms.thresholds.as_schema import is_derived

Constraint: TypeAlias = tuple[str, Any]
"""A keyword of JSON Schema, and what it says."""

_SAYS_NOTHING = frozenset({"$ref", "$schema", "$id", "$defs", "$comment", "title", "description", "x-form", "default",
                           "properties", "additionalProperties"})  # fmt: skip
"""Words that refuse no answer, and those that are followed to what an item holds."""

DERIVED = "derived"
"""The word for a rule that follows from `showWhen` and `required`."""

_NO_LESS = {"minimum", "exclusiveMinimum", "minLength", "minItems"}
_NO_MORE = {"maximum", "exclusiveMaximum", "maxLength", "maxItems"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A place at which the new version may refuse what the old one accepts."""

    pointer: str
    """Of the answers, in a response to the old version; `*` stands for the rows of a table."""
    word: str
    """The keyword that asks for more; `properties`, where the new version has no such question."""
    said: Any = None
    """What the keyword says."""

    @property
    def asks(self) -> bool:
        """Whether it asks for an answer that may be missing; all else refuses one that is given."""
        return self.word in {"required", "allOf", "if", DERIVED}


def narrowings(old: Definition, new: Definition) -> tuple[Narrowing, ...]:
    """Return every place at which the new version may refuse what the old one accepts; none, where it never does."""
    roots = expand(dict(old.schema)), expand(dict(new.schema))
    return tuple(_narrower(old, new, *roots))


def _narrower(old: Definition, new: Definition, before: Place, after: Place) -> Iterator[Narrowing]:
    had = list(constraints(old, before))
    for word, said in constraints(new, after):
        if not any(_implies(one, (word, said)) for one in had):
            yield Narrowing(pointer=before.pointer, word=word, said=said)
    for key, child in before.children.items():
        if key in after.children:
            yield from _narrower(old, new, child, after.children[key])
        else:
            yield Narrowing(pointer=child.pointer, word="properties")


def constraints(definition: Definition, place: Place) -> Iterator[Constraint]:
    """Yield what an item asks of its answer, by itself and by each shape that it refers to."""
    for layer in _layers(definition.schema, place.at):
        for word, said in layer.items():
            if word == "allOf":
                yield from ((DERIVED if is_derived(rule) else "allOf", canonical(without_words(rule))) for rule in said)
            elif word == "required":
                yield from (("required", key) for key in said)
            elif word in {"then", "else"} or word in _SAYS_NOTHING or (word == "uniqueItems" and said is False):
                continue
            elif word == "if":
                rule = {part: layer[part] for part in ("if", "then", "else") if part in layer}
                yield "if", canonical(without_words(rule))
            elif word == "oneOf":
                yield "oneOf", _values(said)
            elif word == "items":
                # The rows of a table are items of their own.
                if "oneOf" in said:
                    yield "items", _values(said["oneOf"])
            else:
                yield word, said


def _layers(document: Mapping[str, Any], at: str) -> Iterator[Mapping[str, Any]]:
    """Yield an item's schema as it is written, and then the shapes that it refers to."""
    seen: set[str] = set()
    layer = pointers.value_at(document, pointers.keys_in(document, at))
    while isinstance(layer, dict):
        yield layer
        reference = layer.get("$ref", "")
        if not reference or reference in seen:
            return
        seen.add(reference)
        layer = pointers.value_at(document, ("$defs", reference.removeprefix("#/$defs/")))


def _values(options: Any) -> frozenset[str]:
    return frozenset(canonical(option["const"]) for option in options)


def without_words(rule: Any) -> Any:
    """Return a rule without the comments in it."""
    if isinstance(rule, dict):
        return {word: without_words(said) for word, said in rule.items() if word != "$comment"}
    return [without_words(part) for part in rule] if isinstance(rule, list) else rule


def _implies(had: Constraint, asked: Constraint) -> bool:
    """Return whether whatever meets one constraint meets the other."""
    (word, before), (other, after) = had, asked
    if {word, other} == {"minimum", "exclusiveMinimum"}:
        return bool(before > after if other == "exclusiveMinimum" else before >= after)
    if {word, other} == {"maximum", "exclusiveMaximum"}:
        return bool(before < after if other == "exclusiveMaximum" else before <= after)
    if word != other:
        return False
    if word in _NO_LESS:
        return bool(before >= after)
    if word in _NO_MORE:
        return bool(before <= after)
    if word in {"oneOf", "items"}:
        return bool(before <= after)
    if word == "type":
        return bool(before == after or (before == "integer" and after == "number"))
    return canonical(before) == canonical(after)
