"""What a model refuses in a document, told for the people who write documents by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cse_forms import pointers
from cse_forms.pointers import Key
from cse_forms.schema.allowed import models_at, words_of
from cse_forms.schema.conditions import CONDITION_WORDS, MEASURE_WORDS, MeasureReference
from cse_forms.schema.faults import Fault, nearest, suggestion
from cse_forms.schema.words import PATTERNS, POINTER, SELECTOR, Word, listed


def refusals(model: type[Word], document: dict[str, Any]) -> list[Fault]:
    """Return everything that a model refuses in a document; nothing, if it accepts it."""
    try:
        model.model_validate(document)
    except ValidationError as error:
        at_place: dict[tuple[Key, ...], list[ErrorDetails]] = {}
        for details in _own(error.errors(include_url=False)):
            at_place.setdefault(pointers.existing(document, details["loc"]), []).append(details)
        # A union, or a list whose member is wrong, is refused for what is wrong deeper down: say that alone. A word
        # that is missing is a fault of its own.
        above = {path[:length] for path in at_place for length in range(len(path))}
        say = partial(_said, model)
        return [
            Fault(pointers.join(path), message, code)
            for path, refused in at_place.items()
            for message, code in _told([one for one in refused if path not in above or one["type"] == "missing"], say)
        ]
    return []


def _own(errors: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the refusals that tell something of their own."""
    misspelt = {one["loc"][:-1]: _is_misspelt(one["input"]) for one in errors if _is_no_number(one)}
    for details in errors:
        kind, at = details["type"], details["loc"][:-1]
        if kind == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]:
            continue  # Only what is wrong with its members leaves it too short.
        if kind == "missing" and misspelt.get(at) is True:
            continue  # The word is there, misspelt.
        if kind == "extra_forbidden" and misspelt.get(at) is False:
            continue  # What stands there is no number at all, and no word of it is wrong.
        yield details


def _is_no_number(details: ErrorDetails) -> bool:
    """Whether an object stands where a number does, and is none that is taken from a measure."""
    is_reference = details["loc"][-2:] == (MeasureReference.__name__, "measure")
    return details["type"] == "missing" and is_reference and isinstance(details["input"], dict)


def _is_misspelt(written: dict[str, Any]) -> bool:
    return nearest("measure", written) is not None


def _told(refused: list[ErrorDetails], say: Callable[[ErrorDetails], str]) -> list[tuple[str, str]]:
    """Say what is refused at one place, each with its code. Each member of a union refuses what another would take."""
    other = [(say(details), _code(details)) for details in refused if _kind_wanted(details) is None]
    if other:
        return list(dict.fromkeys(other))
    kinds = dict.fromkeys(kind for kind in map(_kind_wanted, refused) if kind)
    if "a number" in kinds:
        kinds.pop("a whole number", None)
    return [(f"this must be {' or '.join(kinds)}", "wrong-kind")] if kinds else []


def _code(details: ErrorDetails) -> str:
    kind = details["type"]
    if kind == "missing":
        return "wrong-kind" if _is_no_number(details) else "missing-word"
    if kind in _LIMITS or kind == "too_short":
        return "out-of-bounds"
    return "unknown-word" if kind in _UNIONS else _CODES.get(kind, "wrong-kind")


_CODES = {
    "extra_forbidden": "unknown-word",
    "string_pattern_mismatch": "wrong-pattern",
    "value_error": "contradiction",
}
"""The rule that is broken by what a model refuses."""


def _kind_wanted(details: ErrorDetails) -> str | None:
    """Return what kind of value is asked for, where another kind of value was given."""
    kind = details["type"]
    if kind in _UNIONS and not isinstance(details["input"], dict):
        return _UNIONS[kind]
    if kind in _KINDS and details["loc"][-1:] == (MeasureReference.__name__,):
        return '{"measure": "its-name"}'
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


_FEW = 12
"""So many words are listed where none of them is near to one that is wrong."""

_ELSEWHERE = {
    ("Scale", "times"): "'times' stands in the term, beside 'choose'",
    ("Rule", "items"): "a rule reads a number: sum or count the answers in a measure, and name that in 'measure'",
    ("Rule", "sum"): "a rule reads a number: name the sum under 'measures', and say its name in 'measure'",
    ("Rule", "count"): "a rule reads a number: name the count under 'measures', and say its name in 'measure'",
}
"""What to say of a word that is known, and stands where another model's words do."""

_NOW = {"today", "now"}
"""What is written for the day of reading, which nothing here knows."""


def _said(model: type[Word], details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    last = details["loc"][-1] if details["loc"] else ""
    if kind == "extra_forbidden":
        return _unknown_word(str(last), models_at(model, details["loc"][:-1]))
    if kind == "missing" and _is_no_number(details):
        return f'this must be a number or {{"measure": "its-name"}}{_named_apart(details["input"])}'
    if kind == "missing":
        return f"'{last}' is missing"
    if kind == "string_pattern_mismatch" and details["input"] in _NOW and context["pattern"] in {POINTER, SELECTOR}:
        return "there is no clock: let a question ask for the date, and give its pointer here, such as /form/date"
    if kind == "string_pattern_mismatch":
        return f"this is not of the form that is needed here: {PATTERNS.get(context['pattern'], context['pattern'])}"
    if kind in _UNIONS:
        near = (suggestion(word, _FIRST_WORDS[kind]) for word in map(str, details["input"]))
        remedy = _named_apart(details["input"]) if kind == "unknown_term" else ""
        return f"{details['msg']}{remedy or next(filter(None, near), '')}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "too_short":
        least = context["min_length"]
        return "this must not be empty" if least == 1 else f"this must have {least} members"
    if kind in _LIMITS:
        return _LIMITS[kind].format_map(context)
    return details["msg"][0].lower() + details["msg"][1:]


def _unknown_word(word: str, models: tuple[type[Word], ...]) -> str:
    """Say that a word has no place in an object; only words that have one are named instead."""
    for model in models:
        if (model.__name__, word) in _ELSEWHERE:
            return f"no word '{word}' is known here; {_ELSEWHERE[model.__name__, word]}"
    known = words_of(models)
    remedy = suggestion(word, known)
    if not remedy and 0 < len(known) <= _FEW:
        remedy = (
            f"; the words here are {listed(known, 'and')}" if len(known) > 1 else f"; the word here is '{known[0]}'"
        )
    return f"no word '{word}' is known here{remedy}"


def _named_apart(written: dict[str, Any]) -> str:
    """Say how a measure that is written out in another one is named instead, if one is."""
    words = [word for word in written if word in {*MEASURE_WORDS, "items", "assessments"}]
    if not words or (words == ["items"] and "match" not in written):
        return "" if not words else "; to add up answers, write a 'sum' under 'measures', and name it here"
    what = f"what has '{words[0]}' is a measure of its own"
    return f'; {what}: give it a name under \'measures\', and say {{"measure": "its-name"}} here'
