"""Rules that a stock validator needs in order to ask for what is required where it is asked.

From `showWhen` and `required` follow `if` and `then`, which `cse-forms format` writes into the definition and
`cse-forms check` holds it against. `if` is met where the condition certainly holds: an answer that may or may not be
needed is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import jsonschema_rs

from cse_forms.pointers import escape, join
from cse_forms.schema.conditions import Condition
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import Question, Section, Table
from cse_forms.schema.places import ROW
from cse_forms.thresholds.schema_writer import (
    CannotSayError,
    Path,
    Schema,
    SchemaWriter,
    joined,
    paths_read,
    required_at,
    shown_when,
)

MARK = "Derived from x-form: "
"""How the comment of a derived rule begins. A rule without it is the author's own, and stays."""


class Rule(NamedTuple):
    """A rule of JSON Schema, and the path of the object that it is a rule of."""

    base: Path
    schema: Schema


def derived_rules(definition: Definition) -> dict[str, list[Schema]]:
    """Return the rules that follow from `showWhen` and `required`, by the pointer of the object that they stand in."""
    insides = {place.keys: place.inside for place in definition.places.walk()}
    found: dict[str, list[Schema]] = {}
    for rule in _placed_rules(definition).values():
        if rule is not None:
            rules = found.setdefault(insides[rule.base], [])
            # The rows of one shape share its rules.
            if rule.schema not in rules:
                rules.append(rule.schema)
    return found


def unsaid(definition: Definition) -> tuple[Question, ...]:
    """Return the questions that are required at times of which JSON Schema has no words to speak."""
    if all(question.words.required is False for question in definition.questions.values()):
        return ()
    return tuple(definition.questions[join(path)] for path, rule in _placed_rules(definition).items() if rule is None)


def _placed_rules(definition: Definition) -> dict[Path, Rule | None]:
    """Return the rule of each question that is required at times, or None where it cannot be said."""
    places = list(definition.places.walk())
    written_at: dict[str, list[Path]] = {}
    for place in places:
        written_at.setdefault(place.inside, []).append(place.keys)
    insides = {place.keys: place.inside for place in places}
    questions = {question.keys: question for question in definition.questions.values()}

    @cache
    def rule_of(path: Path, base: Path) -> Rule | None:
        question = questions.get(path)
        if question is None or question.words.required is False:
            return None
        try:
            return _rule(definition, question, base)
        except CannotSayError:
            return None

    def is_shared(path: Path, rule: Rule) -> bool:
        """Whether the same rule follows for each object that is written in the same place."""
        tail = path[len(rule.base) :]
        return all(rule_of((*base, *tail), base) == (base, rule.schema) for base in written_at[insides[rule.base]])

    placed: dict[Path, Rule | None] = {}
    for path, question in questions.items():
        if question.words.required is not False:
            rule = rule_of(path, path[:-1])
            while rule is not None and not is_shared(path, rule):
                # Not every row of the shape has this rule: it stands outside the shape.
                rule = rule_of(path, rule.base[:-1])
            placed[path] = rule
    return placed


def _rule(definition: Definition, question: Question, base: Path) -> Rule:
    """Return the rule, as one of the innermost object, from `base` outwards, that holds all it speaks of."""
    conditions = list(_conditions(question))
    read = [found for condition, start in conditions for found in paths_read(definition, condition, start)]
    for path, in_row in read:
        base = base[: _shared_length(base, path[:-1])]
        if not in_row and ROW in base:
            # It speaks of every row, not of this one.
            base = base[: base.index(ROW)]
    if ROW in question.keys[len(base) :] and any(in_row and ROW in path for path, in_row in read):
        # What is required in a row depends on that row and on what stands outside all rows.
        raise CannotSayError
    writer = SchemaWriter(definition, question, base)
    parts = [writer.said(condition, start, truth=True) for condition, start in conditions]
    when = joined(parts, every=True) if parts else {}
    if base and base[-1] != ROW and jsonschema_rs.is_valid(when, {}, offline=True):
        # Blanks are enough for it to be required; so it is where the whole object is missing.
        return _rule(definition, question, base[:-1])
    schema: Schema = {"$comment": f"{MARK}{'/'.join(question.keys[len(base) :])}"}
    then = required_at(question, base)
    return Rule(base, schema | ({"if": when, "then": then} if parts else then))


def _conditions(question: Question) -> Iterator[tuple[Condition, Section | Table | None]]:
    """Yield all on which an answer is required, each with the object that `./` starts at."""
    if not isinstance(question.words.required, bool):
        yield question.words.required, question.holder
    yield from shown_when(question)


def _shared_length(mine: Path, theirs: Path) -> int:
    same = [one == other for one, other in zip(mine, theirs, strict=False)]
    return same.index(False) if False in same else len(same)


def is_derived(rule: Any) -> bool:
    """Whether a rule of a definition says that it is derived."""
    return isinstance(rule, dict) and str(rule.get("$comment", "")).startswith(MARK)


def with_derived_rules(definition: Definition) -> Schema:
    """Return the document with the rules that follow from it in place of those that it had."""
    rules = derived_rules(definition)

    def rewritten(at: str, value: Any) -> Any:
        if isinstance(value, list):
            return [rewritten(f"{at}/{index}", member) for index, member in enumerate(value)]
        if not isinstance(value, dict):
            return value
        own = [rule for rule in value.get("allOf", ()) if not is_derived(rule)]
        written = {
            key: rewritten(f"{at}/{escape(key)}", member)
            for key, member in value.items()
            if key != "allOf" or "properties" not in value
        }
        if "properties" in value and (own or rules.get(at)):
            written["allOf"] = [*own, *rules.get(at, ())]
        return written

    document = rewritten("", dict(definition.schema))
    assert isinstance(document, dict)
    return document


def disagreements(definition: Definition) -> Iterable[str]:
    """Yield the pointers of the objects whose derived rules are not those that follow from them."""
    rules = derived_rules(definition)

    def walk(at: str, value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for index, member in enumerate(value):
                yield from walk(f"{at}/{index}", member)
        elif isinstance(value, dict):
            if "properties" in value:
                written = [rule for rule in value.get("allOf", ()) if is_derived(rule)]
                if written != rules.get(at, []):
                    yield at
            for key, member in value.items():
                if key != "x-form":
                    yield from walk(f"{at}/{escape(key)}", member)

    return walk("", dict(definition.schema))
