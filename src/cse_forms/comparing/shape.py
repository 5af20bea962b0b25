"""All of a definition but its words: what is asked, in which order and how it is set out, and how it is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cse_forms.comparing.accepting import constraints
from cse_forms.comparing.canonical import canonical
from cse_forms.comparing.meaning import Meaning
from cse_forms.schema.definition import Definition
from cse_forms.schema.items import NO_DEFAULT, Item, Question, Section, Table
from cse_forms.schema.places import expand


def shape(definition: Definition, meaning: Meaning) -> str:
    """Return a text that is the same for two definitions that differ in words for people alone."""
    words = definition.words
    told = [[name, measure.title is None, meaning.measure(name)] for name, measure in words.measures.items()]
    assessments = [
        [
            meaning.assessment(one),
            # A rule that stands there twice decides nothing, and is read twice.
            [meaning.rule(rule) for rule in one.rules],
            meaning.judgement(one),
            one.follow_up,
        ]
        for one in words.assessments
    ]
    prompts = [
        [one.id, one.urgency, None if one.when is None else meaning.condition(one.when), sorted(one.replaces)]
        for one in words.prompts
    ]
    checks = [[one.id, meaning.condition(one.when)] for one in words.checks]
    items = list(_items(definition, meaning))
    return canonical([items, words.header, sorted(told, key=canonical), assessments, prompts, checks])


def _items(definition: Definition, meaning: Meaning) -> Iterator[Any]:
    places = {place.keys: place for place in expand(dict(definition.schema)).walk()}
    for item in (definition.root, *definition.walk()):
        asked = [
            [word, sorted(said) if isinstance(said, frozenset) else said]
            for word, said in constraints(definition, places[item.keys])
        ]
        yield [
            item.pointer,
            type(item).__name__,
            sorted(map(canonical, asked)),
            meaning.asked(item) if item.keys else [],
            _required(item, meaning),
            _own(item),
        ]


def _required(item: Item, meaning: Meaning) -> Any:
    required = item.words.required
    return required if isinstance(required, bool) else meaning.condition(required, item.holder)


def _own(item: Item) -> Any:
    words = item.words
    layout = [words.layout, words.lines, words.rows, words.assessment, sorted(words.tags)]
    if isinstance(item, Question):
        options = [[option.value, option.unknown, option.weight] for option in item.options]
        return [layout, item.kind, options, _default(item.default)]
    assert isinstance(item, Section | Table)
    return [layout, _default(item.default) if isinstance(item, Table) else None]


def _default(default: Any) -> Any:
    return ["none"] if default is NO_DEFAULT else ["default", default]
