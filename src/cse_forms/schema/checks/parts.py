"""The parts of a definition's policy: its conditions, measures and assessments, with all that stands inside them.

One walk for every check. It takes the document as it came: what is malformed is no part, and the models report it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, object_of, objects, selectors
from cse_forms.schema.places import Place

NUMBER_WORDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
"""The words of a match that compare a number."""
UNITS = ("years", "months", "days")
OF_TERMS = ("sum", "highest", "lowest")
"""The words of the measures that are made of terms."""


class Sort(Enum):
    """What a part is."""

    CONDITION = "condition"
    MEASURE = "measure"
    ASSESSMENT = "assessment"
    RULE = "rule"
    TERM = "term"
    SCALE = "scale"
    COUNT = "count"
    MATCH = "match"
    WITHIN = "within"
    NUMBER = "number"


Node: TypeAlias = tuple[Sort, str] | tuple[str, ...]
"""What may depend on others: a measure, condition or assessment by its name, or an item by its keys."""


@dataclass(frozen=True, eq=False)
class Part:
    """One part, where it stands."""

    sort: Sort
    at: str
    value: dict[str, Any]
    start: Place | None = None
    """The object that `./` starts at."""
    selected: tuple[Place, ...] | None = None
    """The questions whose answers it weighs or matches; None where it speaks of no answers."""
    narrows: bool = False
    """Whether it stands in a `when` that is asked of each row of a selection."""


@dataclass(frozen=True, eq=False)
class Root:
    """A part that stands in no other one."""

    part: Part
    node: Node | None
    """What depends on what it reads, if anything does."""


def roots(form: FormDocument) -> Iterator[Root]:
    """Yield every part that stands in no other one."""
    for sort, name, members in (
        (Sort.CONDITION, "conditions", form.conditions),
        (Sort.MEASURE, "measures", form.measures),
    ):
        for key, value in members.items():
            if isinstance(value, dict):
                yield Root(Part(sort, f"/x-form/{name}/{pointers.escape(key)}", value), (sort, key))
    for at, assessment in form.assessments():
        yield Root(Part(Sort.ASSESSMENT, at, assessment), (Sort.ASSESSMENT, str(assessment.get("id"))))
        # What a policy lets be decided is no part of what is suggested.
        for limit_at, limit in objects(f"{at}/judgement/may", object_of(assessment.get("judgement")).get("may")):
            yield from (Root(part, None) for part in _of(Sort.CONDITION, f"{limit_at}/when", limit.get("when")))
    for name in ("prompts", "checks"):
        for at, said in objects(f"/x-form/{name}", form.words.get(name)):
            yield from (Root(part, None) for part in _of(Sort.CONDITION, f"{at}/when", said.get("when")))
    for place in form.root.walk():
        if place.holder is not None:
            for word, node in (("showWhen", place.keys), ("required", None)):
                # The words of a shape's row are written with the shape: the first of both that has them is named.
                for part in _of(Sort.CONDITION, f"{place.at}/x-form/{word}", place.words.get(word), place.holder):
                    yield Root(part, node)


def parts(form: FormDocument) -> Iterator[Part]:
    """Yield every part, each once for every shape of the row that it may speak of."""
    seen: set[tuple[Sort, str, str]] = set()
    for root in roots(form):
        pending = [root.part]
        while pending:
            part = pending.pop()
            key = (
                part.sort,
                part.at,
                part.start.inside if part.start is not None and speaks_of_row(part.value) else "",
            )
            if key not in seen:
                seen.add(key)
                yield part
                pending += reversed(list(inner(form, part)))


def inner(form: FormDocument, part: Part) -> Iterator[Part]:
    """Yield the parts that stand directly in another one; what speaks of a row, once for every row that is selected."""
    match part.sort:
        case Sort.CONDITION:
            yield from _in_condition(form, part)
        case Sort.MEASURE:
            yield from _in_measure(part)
        case Sort.ASSESSMENT:
            yield from _in_assessment(part)
        case Sort.RULE:
            yield from _of(Sort.CONDITION, f"{part.at}/when", part.value.get("when"))
            for at, band in objects(f"{part.at}/bands", part.value.get("bands")):
                yield from _numbers(at, band, ("from", "to"))
        case Sort.TERM:
            yield from _in_term(form, part)
        case Sort.SCALE:
            yield from _in_scale(part)
        case Sort.COUNT:
            yield from _in_selection(form, part)
        case Sort.MATCH:
            yield from _in_match(part)
        case Sort.WITHIN:
            yield from _numbers(part.at, part.value, UNITS)
        case Sort.NUMBER:
            pass


def selected_by(form: FormDocument, part: Part) -> tuple[Place, ...]:
    """Return the questions that the selectors of a part name."""
    found = [form.select(selector, part.start) for _, selector in selectors(part.value.get("items"))]
    if len(found) == 1:
        return found[0]
    return tuple({place.keys: place for places in found for place in places}.values())


def rows_of(selected: Iterable[Place], value: Any) -> list[Place]:
    """Return the rows that a part inside a selection speaks of; one of them, where it speaks of none."""
    holders = list({id(place.holder): place.holder for place in selected if place.holder is not None}.values())
    return holders if speaks_of_row(value) else holders[:1]


def speaks_of_row(value: Any) -> bool:
    """Whether some selector in it begins with `./`."""
    if isinstance(value, str):
        return value.startswith("./")
    if isinstance(value, dict):
        return any(map(speaks_of_row, value.values()))
    return isinstance(value, list) and any(map(speaks_of_row, value))


def _of(sort: Sort, at: str, value: Any, start: Place | None = None, *, narrows: bool = False) -> Iterator[Part]:
    """Yield a part, if there is one."""
    if isinstance(value, dict):
        yield Part(sort, at, value, start, narrows=narrows)


def _numbers(at: str, value: dict[str, Any], words: Iterable[str]) -> Iterator[Part]:
    for word in words:
        yield from _of(Sort.NUMBER, f"{at}/{pointers.escape(word)}", value.get(word))


def _in_condition(form: FormDocument, part: Part) -> Iterator[Part]:
    at, value, start = part.at, part.value, part.start
    if "items" in value:
        yield from _numbers(at, value, ("atLeast", "atMost"))
        yield from _in_selection(form, part)
    elif isinstance(value.get("match"), dict):
        yield Part(Sort.MATCH, f"{at}/match", value["match"])
    for word in ("all", "any"):
        for member_at, member in objects(f"{at}/{word}", value.get(word)):
            yield Part(Sort.CONDITION, member_at, member, start, narrows=part.narrows)
    yield from _of(Sort.CONDITION, f"{at}/not", value.get("not"), start, narrows=part.narrows)


def _in_selection(form: FormDocument, part: Part) -> Iterator[Part]:
    """Yield the match over the selected answers, and the condition on their rows."""
    at, value = part.at, part.value
    selected = selected_by(form, part) if "items" in value else None
    if isinstance(value.get("match"), dict):
        yield Part(Sort.MATCH, f"{at}/match", value["match"], selected=selected)
    yield from _at_rows(at, value, selected or ())


def _at_rows(at: str, value: dict[str, Any], selected: Iterable[Place]) -> Iterator[Part]:
    """Yield the condition on the rows of the selected answers."""
    for row in rows_of(selected, value.get("when")):
        yield from _of(Sort.CONDITION, f"{at}/when", value.get("when"), row, narrows=True)


def _in_measure(part: Part) -> Iterator[Part]:
    at, value = part.at, part.value
    for word in OF_TERMS:
        for term_at, term in objects(f"{at}/{word}", value.get(word)):
            yield Part(Sort.TERM, term_at, term)
    prorating = object_of(object_of(value.get("missing")).get("prorate"))
    yield from _numbers(f"{at}/missing/prorate", prorating, ("answered",))
    yield from _of(Sort.COUNT, f"{at}/count", value.get("count"))
    for word in ("product", "quotient"):
        for number_at, number in objects(f"{at}/{word}", value.get(word)):
            yield Part(Sort.NUMBER, number_at, number)


def _in_assessment(part: Part) -> Iterator[Part]:
    at, value = part.at, part.value
    yield from _of(Sort.CONDITION, f"{at}/showWhen", value.get("showWhen"))
    for rule_at, rule in objects(f"{at}/rules", value.get("rules")):
        yield Part(Sort.RULE, rule_at, rule)
    for adjustment_at, adjustment in objects(f"{at}/adjustments", value.get("adjustments")):
        yield from _of(Sort.CONDITION, f"{adjustment_at}/when", adjustment.get("when"))


def _in_term(form: FormDocument, part: Part) -> Iterator[Part]:
    selected = selected_by(form, part) if "items" in part.value else None
    scales = list(objects(f"{part.at}/choose", part.value.get("choose")))
    if not scales:
        own: dict[str, Any] = {word: part.value[word] for word in ("weights", "steps") if word in part.value}
        yield Part(Sort.SCALE, part.at, own, None, selected)
    for at, scale in scales:
        yield Part(Sort.SCALE, at, scale, None, selected)
    yield from _numbers(part.at, part.value, ("times",))
    for at, said in ((part.at, part.value), *scales):
        if selected is None:
            yield from _of(Sort.CONDITION, f"{at}/when", said.get("when"))
        else:
            yield from _at_rows(at, said, selected)


def _in_scale(part: Part) -> Iterator[Part]:
    weights = object_of(part.value.get("weights"))
    yield from _numbers(f"{part.at}/weights", weights, weights)
    for at, step in objects(f"{part.at}/steps", part.value.get("steps")):
        yield from _numbers(at, step, ("maximum", "exclusiveMaximum", "weight"))


def _in_match(part: Part) -> Iterator[Part]:
    at, value = part.at, part.value
    if object_of(value.get("const")).keys() == {"measure"}:
        yield from _numbers(at, value, ("const",))
    yield from _numbers(at, value, NUMBER_WORDS)
    for word in ("not", "contains", "weight"):
        if isinstance(value.get(word), dict):
            yield Part(Sort.MATCH, f"{at}/{word}", value[word], selected=part.selected)
    if isinstance(value.get("within"), dict):
        yield Part(Sort.WITHIN, f"{at}/within", value["within"], selected=part.selected)
