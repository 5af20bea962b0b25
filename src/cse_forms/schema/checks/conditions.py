"""Whether what a definition's conditions ask can be answered by the questions that they select."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, list_of, object_of, objects
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import Place, select

MATCH_NUMBER_WORDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def _conditions(form: FormDocument) -> Iterator[tuple[str, Any, Place | None]]:
    """Yield every value that holds conditions or selections, with the object that `./` starts at."""
    for name in ("measures", "assessments", "prompts", "checks"):
        yield f"/x-form/{name}", form.words.get(name), None
    for place in form.root.walk():
        if place.holder is not None:
            for name in ("showWhen", "required"):
                if name in place.words:
                    # The words of a shape's row are written with the shape: the first of both that has them is named.
                    yield f"{place.at}/x-form/{name}", place.words[name], place.holder


def condition_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether every selector selects, and every match can be met."""
    for at, value, start in _conditions(form):
        yield from _selection_faults(form, at, value, start)


def _selection_faults(form: FormDocument, at: str, value: Any, start: Place | None) -> Iterator[Fault]:
    """Whether the selectors of a condition select, and what they ask can be answered."""
    if isinstance(value, list):
        for index, member in enumerate(value):
            yield from _selection_faults(form, f"{at}/{index}", member, start)
    if not isinstance(value, dict):
        return
    selected: list[Place] = []
    if "items" in value:
        written = value["items"]
        for index, selector in enumerate(written if isinstance(written, list) else [written]):
            if not isinstance(selector, str):
                continue
            found = select(form.root, selector, start)
            selected += found
            if not found:
                where = f"{at}/items/{index}" if isinstance(written, list) else f"{at}/items"
                yield Fault(where, selects_nothing(form, selector, start))
        yield from _match_faults(f"{at}/match", value.get("match"), [place.schema for place in selected])
        # `when` speaks of the row of each selected answer; what holds for one row's shape is asked of each.
        for holder in {id(place.holder): place.holder for place in selected}.values():
            yield from _selection_faults(form, f"{at}/when", value.get("when"), holder)
    if isinstance(value.get("measure"), str):
        measures = object_of(form.words.get("measures"))
        if value["measure"] not in measures:
            yield Fault(f"{at}/measure", f"no measure '{value['measure']}'{suggestion(value['measure'], measures)}")
        yield from _match_faults(f"{at}/match", value.get("match"), [{"type": "number"}])
    for key, member in value.items():
        if not ("items" in value and key in {"items", "when"}):
            yield from _selection_faults(form, f"{at}/{pointers.escape(key)}", member, start)


def selects_nothing(form: FormDocument, selector: str, start: Place | None) -> str:
    """Say that a selector names no question, and which one may be meant."""
    if selector.startswith("./"):
        if start is None:
            return f"'{selector}' speaks of a row, and there is none here; begin with a slash"
        known = [f"./{key}" for key, child in start.children.items() if child.is_question]
    else:
        known = sorted({*form.questions(), *_patterns(form)})
    return f"no question '{selector}'{suggestion(selector, known)}"


def _patterns(form: FormDocument) -> Iterator[str]:
    """Yield the selectors with one or two `*` that would select something."""
    for place in form.root.walk():
        if place.is_question and place.keys:
            keys = place.keys
            for count in (1, 2):
                if len(keys) > count + 1:
                    yield pointers.join((*keys[: -count - 1], *("*",) * count, keys[-1]))


def _match_faults(at: str, match: Any, schemas: list[dict[str, Any]]) -> Iterator[Fault]:
    """Whether at least one of the selected questions, or a measure, can give what is asked for."""
    if not isinstance(match, dict) or not schemas:
        return
    yield from _match_faults(f"{at}/not", match.get("not"), schemas)
    if "contains" in match:
        lists = [schema for schema in schemas if schema.get("type") == "array"]
        if not lists:
            yield Fault(f"{at}/contains", "'contains' asks for several options chosen, and here is one value alone")
        yield from _match_faults(f"{at}/contains", match["contains"], [object_of(part.get("items")) for part in lists])
    wanted = [(f"{at}/const", match["const"])] if "const" in match else []
    wanted += [(f"{at}/enum/{index}", value) for index, value in enumerate(list_of(match.get("enum")))]
    for value_at, value in wanted:
        if isinstance(value, dict) and value.keys() == {"measure"} and value_at == f"{at}/const":
            if not any(map(_may_be_number, schemas)):
                yield Fault(value_at, "a measure is a number, and no number is given here")
        elif not any(_may_be(schema, value) for schema in schemas):
            options = [option for schema in schemas for option in _options(schema)]
            known = list(dict.fromkeys(map(str, options)))
            listed = f"; the options are {', '.join(known)}" if known else ""
            remedy = suggestion(str(value), known) or listed
            yield Fault(value_at, f"this can never be {json.dumps(value, ensure_ascii=False)}{remedy}")
    numeric = [word for word in MATCH_NUMBER_WORDS if word in match]
    if numeric and not any(map(_may_be_number, schemas)):
        yield Fault(f"{at}/{numeric[0]}", f"'{numeric[0]}' asks for a number, and no number is given here")


def _options(schema: dict[str, Any]) -> list[Any]:
    return [option.get("const") for _, option in objects("", schema.get("oneOf"))]


def _may_be_number(schema: dict[str, Any]) -> bool:
    return schema.get("type") in ("integer", "number") or any(
        type(option) in (int, float) for option in _options(schema)
    )


def _may_be(schema: dict[str, Any], value: Any) -> bool:
    options = _options(schema)
    if options:
        return any(option == value and type(option) is type(value) for option in options)
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "boolean": (bool,),
        "integer": (int,),
        "number": (int, float),
        "array": (list,),
    }
    kind = kinds.get(str(schema.get("type")))
    return kind is None or type(value) in kind


def circle_faults(form: FormDocument) -> Iterator[Fault]:
    """Whether a question's being asked, or a measure, depends on itself."""
    places = {place.keys: place for place in form.root.walk() if place.holder and "showWhen" in place.words}
    measures = object_of(form.words.get("measures"))
    reads: dict[_Node, set[_Node]] = {
        keys: _nodes(form, place.words["showWhen"], place.holder) for keys, place in places.items()
    }
    reads |= {name: _nodes(form, measure, None) for name, measure in measures.items()}
    # The rows of one shape share its words: what is wrong there is told once.
    told: dict[str, tuple[str, ...]] = {}
    for node in reads:
        seen: set[_Node] = set()
        pending = [node]
        while pending:
            for read in reads.get(pending.pop(), set()) - seen:
                seen.add(read)
                pending.append(read)
        if node not in seen:
            continue
        if isinstance(node, str):
            yield Fault(f"/x-form/measures/{pointers.escape(node)}", f"the measure '{node}' depends on itself")
        else:
            told.setdefault(places[node].at, node)
    for at, keys in told.items():
        yield Fault(f"{at}/x-form/showWhen", f"whether {pointers.join(keys)} is asked depends on itself")


_Node: TypeAlias = str | tuple[str, ...]
"""A measure by its name, or an item by its keys."""


def _nodes(form: FormDocument, value: Any, start: Place | None) -> set[_Node]:
    """Return the measures and items that a condition or measure reads."""
    nodes: set[_Node] = set()
    for read in _read(form, value, start):
        if isinstance(read, str):
            nodes.add(read)
        else:
            # A question is hidden with the section that holds it.
            nodes |= {read.keys[:depth] for depth in range(1, len(read.keys) + 1)}
    return nodes


def _read(form: FormDocument, value: Any, start: Place | None) -> Iterator[Place | str]:
    """Yield the questions that a condition or measure reads, and the names of measures."""
    if isinstance(value, list):
        for member in value:
            yield from _read(form, member, start)
    if not isinstance(value, dict):
        return
    selected = [read for selector in _selectors(value.get("items")) for read in select(form.root, selector, start)]
    ends = [read for word in ("from", "to") for read in select(form.root, str(value.get(word, "")))]
    yield from (*selected, *ends)
    for holder in {id(place.holder): place.holder for place in selected}.values():
        yield from _read(form, value.get("when"), holder)
    if isinstance(value.get("measure"), str):
        yield value["measure"]
    for key, member in value.items():
        if not ("items" in value and key in {"items", "when"}):
            yield from _read(form, member, start)


def _selectors(value: Any) -> list[str]:
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, str)]
