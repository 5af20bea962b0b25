"""Whether a definition is a JSON Schema that every validator can read, with nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import jsonschema_rs

from cse_forms import pointers
from cse_forms.pointers import BLANK, keys_in, value_at
from cse_forms.schema.checks.form import walk
from cse_forms.schema.document import DIALECT
from cse_forms.schema.faults import Fault

RULES = ("if", "then", "else", "allOf")
"""The words under which rules stand: an author's own, and those that are derived."""


def standard_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """What JSON Schema 2020-12 itself refuses in the rules and patterns that an author wrote."""
    standard = jsonschema_rs.Draft202012Validator({"$ref": DIALECT}, offline=True)
    for at, node in walk("", {key: value for key, value in document.items() if key != "x-form"}):
        pattern = node.get("pattern")
        if isinstance(pattern, str) and not _is_readable(pattern):
            remedy = "it must do without look-around"
            yield Fault(
                f"{at}/pattern",
                f"this is no regular expression that is read in bounded time; {remedy}",
                "unreadable-pattern",
            )
        if is_in_rule(at):
            yield from _reference_faults(document, at, node)
            continue
        for error in standard.iter_errors({word: node[word] for word in RULES if word in node}):
            yield Fault(
                f"{at}{pointers.join(error.instance_path)}",
                f"this is no valid JSON Schema: {error.message}",
                "not-json-schema",
            )


def _reference_faults(document: dict[str, Any], at: str, rule: dict[str, Any]) -> Iterator[Fault]:
    """Whether a rule speaks of this document alone."""
    for word, value in rule.items():
        if word == "$ref" and isinstance(value, str) and not _leads_inside(document, value):
            remedy = "nothing outside this document is fetched"
            yield Fault(f"{at}/$ref", f"this leads to no shape under $defs, and {remedy}", "outside-reference")
        elif word.startswith("$") and word not in {"$ref", "$comment"}:
            yield Fault(
                f"{at}/{pointers.escape(word)}", f"'{word}' has no place in a rule; '$ref' has", "word-out-of-place"
            )


def is_in_rule(at: str) -> bool:
    """Whether a pointer leads into a rule."""
    return not set(RULES).isdisjoint(at.split("/"))


def _leads_inside(document: dict[str, Any], reference: str) -> bool:
    return reference.startswith("#/$defs/") and value_at(document, keys_in(document, reference[1:])) is not BLANK


def _is_readable(pattern: str) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    except ValueError:
        return False
    return True


def null_faults(document: dict[str, Any], refused: Collection[str]) -> Iterator[Fault]:
    """Whether a word is there and says nothing: JSON Schema would refuse it.

    Args:
        document: the definition.
        refused: the pointers at which its models refuse something already.
    """
    for at, node in walk("", document):
        for word, value in node.items():
            place = f"{at}/{pointers.escape(word)}"
            if value is None and word not in {"const", "default"} and place not in refused and not is_in_rule(at):
                yield Fault(place, f"null says nothing; leave '{word}' out", "null")


def unreadable_faults(document: dict[str, Any]) -> Iterator[Fault]:
    """What a validator cannot read; it tells one fault alone, so it is asked about a document that has no other."""
    try:
        jsonschema_rs.Draft202012Validator(document, offline=True, pattern_options=jsonschema_rs.RegexOptions())
    except ValueError as error:
        place = pointers.join(getattr(error, "instance_path", ()))
        yield Fault(place, f"no validator can read this: {getattr(error, 'message', error)}", "not-json-schema")
