"""Whether what a match asks can be true of what it is asked of: answers, a number, or a level."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from cse_forms.schema.checks.form import FormDocument, kind_of, list_of, object_of, options_of, weight_of
from cse_forms.schema.checks.parts import NUMBER_WORDS
from cse_forms.schema.checks.selectors import no_question, pointer_faults
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.places import Place

Schema = dict[str, Any]

NUMBER: Schema = {"type": "number"}
"""A measure, as a question would be written that asks for it."""

_OF_ANSWERS = ("minLength", "contains", "weight", "within")
"""The words that ask something of an answer, and nothing of a number."""

_INSIDE = "dates are compared with one another at the top of a match alone; name the date 'before' which it lies"
_ONE_ROW = (
    "one row is looked at here by itself, and 'within' without 'before' counts the dates of many rows; name the date "
    "'before' which it lies, or count the dates that lie close together in a condition or a 'count' of its own; "
    "what else stands in the rows so found cannot be added up"
)
"""Why dates are not compared with one another, and what to say instead."""

_JSON_TYPES = {str: {"string"}, bool: {"boolean"}, int: {"integer", "number"}, float: {"integer", "number"}}
_TYPES = {
    "choices": {"array"},
    "date": {"string"},
    "string": {"string"},
    "boolean": {"boolean"},
    "integer": {"integer", "number"},
    "number": {"integer", "number"},
}
"""The types, as JSON Schema names them, of the answers to a question."""


def number_match_faults(at: str, match: Any) -> Iterator[Fault]:
    """Whether a match asks what can be true of a number."""
    if isinstance(match, dict):
        for word in (*_OF_ANSWERS, "type"):
            if word in match:
                yield Fault(
                    f"{at}/{word}",
                    f"'{word}' says nothing of a number; compare it with 'minimum' or 'maximum'",
                    "word-out-of-place",
                )
        yield from number_match_faults(f"{at}/not", match.get("not"))
        plain = {word: value for word, value in match.items() if word not in {*_OF_ANSWERS, "type", "not"}}
        yield from _value_faults(at, plain, [NUMBER])


def level_match_faults(at: str, match: Any, levels: Sequence[str]) -> Iterator[Fault]:
    """Whether a match asks what can be true of an assessment's level."""
    if isinstance(match, dict):
        for word in (*NUMBER_WORDS, *_OF_ANSWERS, "type"):
            if word in match:
                yield Fault(
                    f"{at}/{word}",
                    f"'{word}' says nothing of a level; name levels with 'const' or 'enum'",
                    "word-out-of-place",
                )
        yield from level_match_faults(f"{at}/not", match.get("not"), levels)
        for value_at, value in _wanted(at, match):
            if value not in levels:
                yield no_level(value_at, value, levels)


def no_level(at: str, named: Any, levels: Sequence[str]) -> Fault:
    """Return the fault that what is named is no level."""
    written = named if isinstance(named, str) else json.dumps(named, ensure_ascii=False)
    remedy = suggestion(written, levels) or f"; the levels are {', '.join(levels)}"
    return Fault(at, f"no level '{written}'{remedy}", "no-level")


def answer_match_faults(
    form: FormDocument, at: str, match: Any, selected: Sequence[Place], *, narrows: bool = False
) -> Iterator[Fault]:
    """Whether at least one of the selected questions can give what is asked for.

    Args:
        form: the definition's document.
        at: where the match stands.
        match: what it asks.
        selected: the questions that it is asked of.
        narrows: whether it is asked of each row by itself, as in a `when`.
    """
    if isinstance(match, dict) and selected:
        yield from _within_faults(form, at, match, selected, _ONE_ROW if narrows else None)
        yield from _schema_faults(at, match, [place.schema for place in selected])


def _schema_faults(at: str, match: Schema, schemas: list[Schema]) -> Iterator[Fault]:
    if isinstance(match.get("not"), dict):
        yield from _schema_faults(f"{at}/not", match["not"], schemas)
    if "contains" in match:
        lists = [schema for schema in schemas if kind_of(schema) == "choices"]
        if not lists:
            yield Fault(
                f"{at}/contains",
                "'contains' asks for several options chosen, and here is one value alone",
                "impossible-match",
            )
        elif isinstance(match["contains"], dict):
            inside = [object_of(schema.get("items")) for schema in lists]
            yield from _schema_faults(f"{at}/contains", match["contains"], inside)
    yield from _value_faults(at, match, schemas)
    if "minLength" in match and not any("string" in _types(schema) for schema in schemas):
        yield Fault(f"{at}/minLength", "'minLength' asks for a text, and no text is given here", "impossible-match")
    if "within" in match and not any(kind_of(schema) == "date" for schema in schemas):
        yield Fault(f"{at}/within", "'within' asks for a date, and no date is given here", "impossible-match")
    kind = match.get("type")
    if isinstance(kind, str) and kind in {"string", "boolean", "integer", "number", "array"}:
        given = set().union(*map(_types, schemas))
        if kind not in given:
            yield Fault(
                f"{at}/type",
                f"this can never be of the type '{kind}'; it is {' or '.join(sorted(given))}",
                "impossible-match",
            )
    if "weight" in match:
        yield from _weight_faults(f"{at}/weight", match["weight"], schemas)


def _weight_faults(at: str, match: Any, schemas: list[Schema]) -> Iterator[Fault]:
    single = [schema for schema in schemas if kind_of(schema) == "choice"]
    if not any(weight_of(option) is not None for schema in single for option in options_of(schema)):
        several = any(weight_of(option) is not None for schema in schemas for option in options_of(schema))
        remedy = "put it inside 'contains'" if several else "say 'weight' in the 'x-form' of the options"
        yield Fault(at, f"no option here has a weight of its own; {remedy}", "no-weight")
    yield from number_match_faults(at, match)


def _value_faults(at: str, match: Schema, schemas: list[Schema]) -> Iterator[Fault]:
    """Whether the values that are asked for can be given."""
    for value_at, value in _wanted(at, match):
        if object_of(value).keys() == {"measure"} and value_at == f"{at}/const":
            if not any("number" in _types(schema) for schema in schemas):
                yield Fault(value_at, "a measure is a number, and no number is given here", "impossible-match")
        elif not any(_may_be(schema, value) for schema in schemas):
            known = list(dict.fromkeys(str(option.get("const")) for schema in schemas for option in _single(schema)))
            remedy = suggestion(str(value), known)
            if not remedy and known:
                remedy = f"; the options are {', '.join(known)}"
            elif not remedy and all(kind_of(schema) == "boolean" for schema in schemas):
                remedy = "; a tick is true or false, without quotation marks"
            yield Fault(
                value_at, f"this can never be {json.dumps(value, ensure_ascii=False)}{remedy}", "impossible-match"
            )
    numeric = [word for word in NUMBER_WORDS if word in match]
    if numeric and not any("number" in _types(schema) for schema in schemas):
        yield Fault(
            f"{at}/{numeric[0]}", f"'{numeric[0]}' asks for a number, and no number is given here", "impossible-match"
        )


def _wanted(at: str, match: Schema) -> Iterator[tuple[str, Any]]:
    """Yield the values that an answer must be one of."""
    if "const" in match:
        yield f"{at}/const", match["const"]
    for index, value in enumerate(list_of(match.get("enum"))):
        yield f"{at}/enum/{index}", value


def _single(schema: Schema) -> list[Schema]:
    """Return the options of a question that one of them answers."""
    return options_of(schema) if kind_of(schema) == "choice" else []


def _types(schema: Schema) -> set[str]:
    if kind_of(schema) == "choice":
        return set().union(*(_JSON_TYPES.get(type(option.get("const")), set()) for option in options_of(schema)))
    return _TYPES.get(kind_of(schema), set())


def _may_be(schema: Schema, value: Any) -> bool:
    if kind_of(schema) == "choice":
        given = (option.get("const") for option in options_of(schema))
        return any(option == value and isinstance(option, bool) == isinstance(value, bool) for option in given)
    if kind_of(schema) == "choices":
        return isinstance(value, list)
    kind = "number" if type(value) in (int, float) else {str: "string", bool: "boolean"}.get(type(value))
    return not _types(schema) or kind in _types(schema)


def _within_faults(
    form: FormDocument, at: str, match: Schema, selected: Sequence[Place], barred: str | None
) -> Iterator[Fault]:
    """Whether a span of time ends at one date, or is one for all the answers of a selection.

    Args:
        form: the definition's document.
        at: where the match stands.
        match: what it asks.
        selected: the questions that it is asked of.
        barred: why dates are not compared with one another here; None where they may be.
    """
    for word in ("not", "contains"):
        if isinstance(match.get(word), dict):
            yield from _within_faults(form, f"{at}/{word}", match[word], selected, barred or _INSIDE)
    within = match.get("within")
    if not isinstance(within, dict):
        return
    before = within.get("before")
    if before is None and barred is not None:
        yield Fault(f"{at}/within", barred, "dates-compared")
    if not isinstance(before, str):
        return
    rows = {place.holder.inside: place.holder for place in selected if place.holder is not None}
    starts: list[Place | None] = [*rows.values()] if before.startswith("./") else [None]
    for start in starts:
        if start is not None and not form.select(before, start):
            yield no_question(form, f"{at}/within/before", before, start)
        else:
            yield from pointer_faults(form, f"{at}/within/before", before, start, is_date=True)
