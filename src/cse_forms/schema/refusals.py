"""What a model refuses in a document, told for the people who write documents by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cse_forms import pointers
from cse_forms.pointers import Key
from cse_forms.schema.conditions import CONDITION_WORDS, MEASURE_WORDS
from cse_forms.schema.faults import Fault, suggestion
from cse_forms.schema.words import PATTERNS, Word


def refusals(model: type[Word], document: dict[str, Any]) -> list[Fault]:
    """Return everything that a model refuses in a document; nothing, if it accepts it."""
    try:
        model.model_validate(document)
    except ValidationError as error:
        at_place: dict[tuple[Key, ...], list[ErrorDetails]] = {}
        for details in error.errors(include_url=False):
            if details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]:
                continue  # Only what is wrong with its members leaves it too short.
            at_place.setdefault(pointers.existing(document, details["loc"]), []).append(details)
        # A union, or a list whose member is wrong, is refused for what is wrong deeper down: say that alone. A word
        # that is missing is a fault of its own.
        above = {path[:length] for path in at_place for length in range(len(path))}
        vocabulary = _vocabulary(model)
        return [
            Fault(pointers.join(path), message)
            for path, refused in at_place.items()
            for message in _told([one for one in refused if path not in above or one["type"] == "missing"], vocabulary)
        ]
    return []


def _told(refused: list[ErrorDetails], vocabulary: frozenset[str]) -> list[str]:
    """Say what is refused at one place. Each member of a union refuses what only another one would take."""
    other = [_said(details, vocabulary) for details in refused if _kind_wanted(details) is None]
    if other:
        return list(dict.fromkeys(other))
    kinds = dict.fromkeys(kind for kind in map(_kind_wanted, refused) if kind)
    if "a number" in kinds:
        kinds.pop("a whole number", None)
    return [f"this must be {' or '.join(kinds)}"] if kinds else []


def _kind_wanted(details: ErrorDetails) -> str | None:
    """Return what kind of value is asked for, where another kind of value was given."""
    kind = details["type"]
    if kind in _UNIONS and not isinstance(details["input"], dict):
        return _UNIONS[kind]
    if kind == "literal_error":
        return str(details["ctx"]["expected"]).replace("False", "false")
    return _KINDS.get(kind)


_UNIONS = {
    "unknown_condition": "a condition",
    "unknown_count": "an object with 'items' or 'assessments'",
    "unknown_measure": "a measure",
    "unknown_term": "a term",
}
"""What is meant by what is told apart by the word that it begins with."""

_FIRST_WORDS = {
    "unknown_condition": CONDITION_WORDS,
    "unknown_count": ("items", "assessments"),
    "unknown_measure": MEASURE_WORDS,
    "unknown_term": ("items", "measure"),
}
"""The words that it may begin with."""

_KINDS = {
    "bool_type": "true or false",
    "dict_type": "an object",
    "float_type": "a number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_attributes_type": "an object",
    "model_type": "an object",
    "string_type": "a text",
    "tuple_type": "a list",
}
"""What a refusal of another kind of value asks for."""

_LIMITS = {
    "greater_than": "this must be more than {gt:g}",
    "greater_than_equal": "this must be {ge} or more",
    "less_than_equal": "this must be {le} or less",
    "string_too_long": "this must have at most {max_length} characters",
    "string_too_short": "this must not be empty",
    "too_long": "this must have at most {max_length} members",
}
"""What a refusal of a value that is too much or too little asks for."""


def _said(details: ErrorDetails, vocabulary: frozenset[str]) -> str:
    kind, context = details["type"], details.get("ctx", {})
    last = details["loc"][-1] if details["loc"] else ""
    if kind == "extra_forbidden":
        return f"no word '{last}' is known here{suggestion(str(last), vocabulary)}"
    if kind == "missing":
        return f"'{last}' is missing"
    if kind == "string_pattern_mismatch":
        return f"this is not of the form that is needed here: {PATTERNS.get(context['pattern'], context['pattern'])}"
    if kind in _UNIONS:
        strange = [word for word in map(str, details["input"]) if word not in vocabulary]
        near = (suggestion(word, known) for known in (_FIRST_WORDS[kind], vocabulary) for word in strange)
        return f"{details['msg']}{next(filter(None, near), '')}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "too_short":
        least = context["min_length"]
        return "this must not be empty" if least == 1 else f"this must have {least} members"
    if kind in _LIMITS:
        return _LIMITS[kind].format_map(context)
    return details["msg"][0].lower() + details["msg"][1:]


@cache
def _vocabulary(model: type[Word]) -> frozenset[str]:
    """Return every word of the formats that are in use along with this model."""
    words = set[str]()
    models: list[type[Word]] = [Word, model]
    while models:
        other = models.pop()
        models += other.__subclasses__()
        words |= {field.alias or name for name, field in other.model_fields.items()}
    return frozenset(words)
