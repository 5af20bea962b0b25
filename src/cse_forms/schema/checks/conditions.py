"""Whether what a definition's conditions ask can be answered by the questions that they select."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cse_forms import pointers
from cse_forms.schema.checks.form import FormDocument, object_of, objects, walk
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
        yield from _match_faults(form, f"{at}/match", value.get("match"), selected)
        # `when` speaks of the row of each selected answer; what holds for one row's shape is asked of each.
        for holder in {id(place.holder): place.holder for place in selected}.values():
            yield from _selection_faults(form, f"{at}/when", value.get("when"), holder)
    if isinstance(value.get("measure"), str):
        measures = object_of(form.words.get("measures"))
        if value["measure"] not in measures:
            yield Fault(f"{at}/measure", f"no measure '{value['measure']}'{suggestion(value['measure'], measures)}")
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


def _match_faults(form: FormDocument, at: str, match: Any, selected: list[Place]) -> Iterator[Fault]:
    """Whether at least one of the selected questions can give what is asked for."""
    if not isinstance(match, dict) or not selected:
        return
    schemas = [place.schema for place in selected]
    if "not" in match:
        yield from _match_faults(form, f"{at}/not", match["not"], selected)
    if "contains" in match:
        if not any(schema.get("type") == "array" for schema in schemas):
            yield Fault(f"{at}/contains", "'contains' asks for several options chosen; this question takes one answer")
        else:
            schemas = [object_of(schema.get("items")) for schema in schemas]
            yield from _value_faults(f"{at}/contains", match["contains"], schemas)
    yield from _value_faults(at, match, schemas)


def _value_faults(at: str, match: Any, schemas: list[dict[str, Any]]) -> Iterator[Fault]:
    if not isinstance(match, dict):
        return
    wanted = [(f"{at}/const", match["const"])] if "const" in match else []
    if isinstance(match.get("enum"), list):
        wanted += [(f"{at}/enum/{index}", value) for index, value in enumerate(match["enum"])]
    for value_at, value in wanted:
        if not isinstance(value, dict) and not any(_may_be(schema, value) for schema in schemas):
            options = [option.get("const") for schema in schemas for _, option in objects("", schema.get("oneOf"))]
            known = list(dict.fromkeys(str(option) for option in options))
            listed = f"; its options are {', '.join(known)}" if known else ""
            remedy = suggestion(str(value), known) or listed
            yield Fault(value_at, f"the question cannot be answered with {value!r}{remedy}")
    numeric = [word for word in MATCH_NUMBER_WORDS if word in match]
    if numeric and not any(schema.get("type") in {"integer", "number"} for schema in schemas):
        yield Fault(f"{at}/{numeric[0]}", f"'{numeric[0]}' asks for a number; this question is not answered with one")


def _may_be(schema: dict[str, Any], value: Any) -> bool:
    options = [option.get("const") for _, option in objects("", schema.get("oneOf"))]
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
    """Whether a question's being asked depends on itself."""
    reads: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for place in form.root.walk():
        condition = place.words.get("showWhen") if place.holder else None
        if condition is not None:
            reads[place.keys] = {
                read.keys
                for _, node in walk("", condition)
                for selector in _selectors(node.get("items"))
                for read in select(form.root, selector, place.holder)
            }
    for keys in reads:
        seen: set[tuple[str, ...]] = set()
        pending = [keys]
        while pending:
            for read in reads.get(pending.pop(), ()):
                # A question is hidden with the section that holds it.
                for depth in range(1, len(read) + 1):
                    if read[:depth] in reads and read[:depth] not in seen:
                        seen.add(read[:depth])
                        pending.append(read[:depth])
        if keys in seen:
            at = next(place.at for place in form.root.walk() if place.keys == keys)
            yield Fault(f"{at}/x-form/showWhen", f"whether {pointers.join(keys)} is asked depends on itself")


def _selectors(value: Any) -> list[str]:
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, str)]
